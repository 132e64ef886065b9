"""A reading as a table for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from idcard_core.card import (
    FIELDS,
    Card,
    Field,
    FieldName,
    Location,
    NumberType,
    Reading,
    Reason,
    Severity,
    Side,
)
from idcard_core.cli.console import table_console

_SIDES = {Side.FRONT: "front (人像面)", Side.BACK: "back (国徽面)"}
_TURNS = {
    -1: "cannot be told",
    0: "upright",
    1: "turned 90 degrees counter-clockwise",
    2: "turned 180 degrees",
    3: "turned 270 degrees counter-clockwise",
}
_NUMBERS = {
    NumberType.EMPTY: "nothing to hold it against",
    NumberType.IMPOSSIBLE: "not a possible number",
    NumberType.AGREES: "agrees with the printed sex and birth date",
    NumberType.DISAGREES: "disagrees with the printed sex and birth date",
    NumberType.BIRTH_DISAGREES: "disagrees with the printed birth date",
    NumberType.SEX_DISAGREES: "disagrees with the printed sex",
}
_REVIEW = "needs review"
_CONFIDENT, _DOUBTFUL = 0.9, 0.6
"""Confidence from which a value is shown green, and yellow; red below."""


def print_table(name: str, reading: Reading) -> None:
    """Print the picture's name, what holds for all of it, and for each card a table and what is to be said of it."""
    console = table_console()
    console.print(Text(name, style="bold"))
    cards = _cards(reading)
    _print_facts(console, _facts(reading))
    for number, card in enumerate(cards, start=1):
        title = _SIDES[card.side] if len(cards) == 1 else f"{number}. {_SIDES[card.side]}"
        console.print(_table(card, title))
        _print_facts(console, _card_facts(card))
    console.print()


def _print_facts(console: Console, facts: Iterable[tuple[str, str]]) -> None:
    for label, value in facts:
        style = "bold yellow" if label == _REVIEW else "dim"
        console.print(Text.assemble("  ", (f"{label}: ", style), value))


def _cards(reading: Reading) -> list[Card]:
    """The cards an answer speaks of: the one for the side asked for, or all."""
    if reading.options.side is None:
        return sorted(reading.cards, key=lambda card: card.order)
    return [] if reading.answering is None else [reading.answering]


def _facts(reading: Reading) -> Iterator[tuple[str, str]]:
    yield "status", reading.status.value
    if reading.options.direction:
        yield "direction", _TURNS[reading.direction]
    if reading.options.risk:
        yield "risk", reading.risk.value
        if reading.edit_tool is not None:
            yield "edited with", reading.edit_tool
    if "total" in reading.timings_ms:
        yield "time", f"{reading.timings_ms['total']:.0f} ms"


def _card_facts(card: Card) -> Iterator[tuple[str, str]]:
    if card.needs_review:
        yield _REVIEW, ", ".join(_doubt(name, reasons) for name, reasons in card.doubted.items())
    if card.side is Side.FRONT:
        yield "number", f"{'valid' if card.valid else 'not valid'}, {_NUMBERS[card.number_type]}"
    if card.portrait is not None:
        yield "portrait", _place(card.portrait.location)
    for finding in card.findings:
        if finding.severity is Severity.WARNING:
            where = "" if finding.field is None else f" ({finding.field.label})"
            yield "warning", _words(finding.code) + where


def _doubt(name: FieldName, reasons: Sequence[Reason]) -> str:
    return f"{name.label} ({', '.join(_words(reason.value) for reason in reasons)})"


def _words(code: str) -> str:
    return code.replace("_", " ")


def _table(card: Card, title: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="dim", box=box.ROUNDED)
    table.add_column("field", no_wrap=True)
    table.add_column("value", overflow="fold", ratio=1)
    table.add_column("confidence", justify="right", no_wrap=True)
    table.add_column("place", justify="right", no_wrap=True)
    for name in FIELDS[card.side]:
        mark = " !" if name in card.doubted else ""
        table.add_row(Text.assemble(name.label, (mark, "bold yellow")), *_cells(card.field(name)))
    return table


def _cells(printed: Field) -> tuple[Text, Text, Text]:
    if not printed.text:
        return Text("(not read)", style="dim"), Text(), Text()
    style = "green" if printed.confidence >= _CONFIDENT else "yellow" if printed.confidence >= _DOUBTFUL else "red"
    place = "" if printed.quad is None else _place(Location.around(printed.quad))
    return Text(printed.text), Text(f"{printed.confidence:.2f}", style=style), Text(place)


def _place(box_: Location) -> str:
    return f"{box_.left},{box_.top} {box_.width}x{box_.height}"
