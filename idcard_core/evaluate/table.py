"""Tables of finished texts, as Markdown and for the terminal, and the texts that stand in them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from idcard_core.evaluate.metrics import ErrorRate, Proportion

if TYPE_CHECKING:
    import rich.table

NOTHING = "–"
"""Stands where there is nothing to tell."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of finished texts; the first column names the row."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def to_markdown(self) -> str:
        """A GitHub table under a heading, numbers to the right."""
        rule = ("---", *["---:"] * (len(self.header) - 1))
        # A condition may be any word.
        rows = [[cell.replace("|", "\\|") for cell in cells] for cells in (self.header, rule, *self.rows)]
        lines = ["| " + " | ".join(cells) + " |" for cells in rows]
        return "\n".join([f"## {self.title}", "", *lines, ""])

    def to_rich(self) -> rich.table.Table:
        """The same for a terminal."""
        from rich.table import Table as RichTable
        from rich.text import Text

        table = RichTable(title=self.title, title_justify="left")
        for number, head in enumerate(self.header):
            table.add_column(head, justify="right" if number else "left")
        for row in self.rows:
            table.add_row(*(Text(cell) for cell in row))
        return table


def percent(proportion: Proportion) -> str:
    return f"{proportion.rate:.1%}" if proportion.total else NOTHING


def with_interval(proportion: Proportion) -> str:
    """The rate and its interval of 95 %."""
    if not proportion.total:
        return NOTHING
    low, high = proportion.interval
    return f"{proportion.rate:.1%} ({low:.1%} to {high:.1%})"


def of_total(proportion: Proportion) -> str:
    """The rate, its interval of 95 %, and the counts it comes from."""
    return f"{with_interval(proportion)}, {proportion.right} of {proportion.total}" if proportion.total else NOTHING


def error_rate(errors: ErrorRate) -> str:
    return f"{errors.rate:.2%}" if errors.characters else NOTHING


def milliseconds(value: float) -> str:
    return NOTHING if math.isnan(value) else f"{value:.0f}"


def ratio(value: float, first: float) -> str:
    return NOTHING if math.isnan(value) or not first > 0 else f"{value / first:.2f}"


def decimal(value: float) -> str:
    """A number from 0 to 1 that is no share of anything."""
    return NOTHING if math.isnan(value) else f"{value:.4f}"
