"""Benchmark results as tables: for the terminal, as Markdown and as JSON."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from idcard_core.card import FieldName
from idcard_core.contract import JsonObject
from idcard_core.evaluate.benchmark import BenchmarkResult, ContestantResult
from idcard_core.evaluate.metrics import CardSummary, ErrorRate, Percentiles, Proportion
from idcard_core.evaluate.speed import SpeedResult

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
        lines = ["| " + " | ".join(cells) + " |" for cells in (self.header, rule, *self.rows)]
        return "\n".join([f"## {self.title}", "", *lines, ""])

    def to_rich(self) -> rich.table.Table:
        """The same for a terminal."""
        from rich.table import Table as RichTable

        table = RichTable(title=self.title, title_justify="left")
        for number, head in enumerate(self.header):
            table.add_column(head, justify="right" if number else "left")
        for row in self.rows:
            table.add_row(*row)
        return table


def benchmark_tables(result: BenchmarkResult) -> list[Table]:
    """Accuracy, latency, and every condition by itself."""
    names = [contestant.name for contestant in result.contestants]
    return [
        Table(
            f"Accuracy: {result.cards} cards on {result.pictures} pictures",
            ("", *names),
            tuple(_accuracy_rows(result.contestants)),
        ),
        _latency_table("Latency, ms a picture, decoding included", [(c.name, c.latency) for c in result.contestants]),
        Table(
            "By condition: whole cards right, and character error rate",
            ("condition", "cards", *names),
            tuple(_condition_rows(result.contestants)),
        ),
    ]


def speed_tables(result: SpeedResult) -> list[Table]:
    """One table of latencies and how often each reader fits into the first one's place."""
    title = f"A 12-megapixel JPEG, ms: {result.pictures} pictures, {result.rounds} rounds, readers in alternation"
    return [_latency_table(title, result.latencies)]


def benchmark_json(result: BenchmarkResult) -> JsonObject:
    """Every number, unrounded; rates from 0 to 1, null for a rate of nothing."""
    return {
        "pictures": result.pictures,
        "cards": result.cards,
        "contestants": [
            {
                "name": contestant.name,
                "failures": contestant.failures,
                "overall": _summary_json(contestant.overall),
                "conditions": {name: _summary_json(s) for name, s in contestant.conditions.items()},
                "latency_ms": _percentiles_json(contestant.latency),
            }
            for contestant in result.contestants
        ],
    }


def speed_json(result: SpeedResult) -> JsonObject:
    """As `benchmark_json`, for the speed benchmark."""
    return {
        "pictures": result.pictures,
        "rounds": result.rounds,
        "latency_ms": {name: _percentiles_json(latency) for name, latency in result.latencies},
    }


def _accuracy_rows(contestants: Sequence[ContestantResult]) -> list[tuple[str, ...]]:
    def row(label: str, cell: Callable[[ContestantResult], str]) -> tuple[str, ...]:
        return label, *(cell(contestant) for contestant in contestants)

    present = {name for contestant in contestants for name in contestant.overall.fields}
    return [
        row("whole cards", lambda c: _with_interval(c.overall.whole)),
        *((name.label, *(_field(c, name) for c in contestants)) for name in FieldName if name in present),
        row("character error rate", lambda c: _error_rate(c.overall.characters)),
        row("direction", lambda c: _percent(c.overall.direction)),
        row("pictures failed", lambda c: str(c.failures)),
    ]


def _field(contestant: ContestantResult, name: FieldName) -> str:
    return _percent(contestant.overall.fields.get(name, Proportion()))


def _condition_rows(contestants: Sequence[ContestantResult]) -> list[tuple[str, ...]]:
    if not contestants:
        return []
    return [
        (
            condition,
            str(summary.whole.total),
            *(
                f"{_percent(c.conditions[condition].whole)}, {_error_rate(c.conditions[condition].characters)}"
                for c in contestants
            ),
        )
        for condition, summary in contestants[0].conditions.items()
    ]


def _latency_table(title: str, latencies: Sequence[tuple[str, Percentiles]]) -> Table:
    first = latencies[0][1]
    rows = [
        (name, *(_milliseconds(ms) for ms in (p.p50, p.p90, p.p99)), _ratio(p.p50, first.p50), _ratio(p.p90, first.p90))
        for name, p in latencies
    ]
    return Table(title, ("reader", "p50", "p90", "p99", "p50 ratio", "p90 ratio"), tuple(rows))


def _percent(proportion: Proportion) -> str:
    return f"{proportion.rate:.1%}" if proportion.total else NOTHING


def _with_interval(proportion: Proportion) -> str:
    if not proportion.total:
        return NOTHING
    low, high = proportion.interval
    return f"{proportion.rate:.1%} ({low:.1%} to {high:.1%})"


def _error_rate(errors: ErrorRate) -> str:
    return f"{errors.rate:.2%}" if errors.characters else NOTHING


def _milliseconds(value: float) -> str:
    return NOTHING if math.isnan(value) else f"{value:.0f}"


def _ratio(value: float, first: float) -> str:
    return NOTHING if math.isnan(value) or not first > 0 else f"{value / first:.2f}"


def _summary_json(summary: CardSummary) -> JsonObject:
    return {
        "whole": _proportion_json(summary.whole),
        "fields": {name.value: _proportion_json(p) for name, p in summary.fields.items()},
        "characters": {
            "edits": summary.characters.edits,
            "characters": summary.characters.characters,
            "rate": _number(summary.characters.rate),
        },
        "direction": _proportion_json(summary.direction),
    }


def _proportion_json(proportion: Proportion) -> JsonObject:
    low, high = proportion.interval
    return {
        "right": proportion.right,
        "total": proportion.total,
        "rate": _number(proportion.rate),
        "interval_95": [low, high],
    }


def _percentiles_json(latency: Percentiles) -> JsonObject:
    return {
        "count": latency.count,
        "p50": _number(latency.p50),
        "p90": _number(latency.p90),
        "p99": _number(latency.p99),
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
