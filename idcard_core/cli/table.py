"""A reading as a table for people."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.table import Table
from rich.text import Text

from idcard_core.card import FIELDS, Card, Field, Location, NumberType, Reading, Severity, Side
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
_CONFIDENT, _DOUBTFUL = 0.9, 0.6
"""Confidence from which a value is shown green, and yellow; red below."""


def print_table(name: str, reading: Reading) -> None:
    """Print the picture's name, what holds for all of it, and a table for each side read."""
    console = table_console()
    console.print(Text(name, style="bold"))
    for label, value in _facts(reading):
        console.print(Text.assemble("  ", (f"{label}: ", "dim"), value))
    for card in _cards(reading):
        console.print(_table(card))
    console.print()


def _cards(reading: Reading) -> tuple[Card, ...]:
    """The cards an answer speaks of: the one for the side asked for, or all."""
    if reading.options.side is None:
        return reading.cards
    return () if reading.answering is None else (reading.answering,)


def _facts(reading: Reading) -> Iterator[tuple[str, str]]:
    yield "status", reading.status.value
    if reading.options.direction:
        yield "direction", _TURNS[reading.direction]
    if reading.options.risk:
        yield "risk", reading.risk.value
        if reading.edit_tool is not None:
            yield "edited with", reading.edit_tool
    for card in _cards(reading):
        if reading.options.photo and card.portrait is not None:
            yield "portrait", _place(card.portrait.location)
        if card.side is Side.FRONT:
            yield "number", f"{'valid' if card.valid else 'not valid'}, {_NUMBERS[card.number_type]}"
        for finding in card.findings:
            if finding.severity is Severity.WARNING:
                where = "" if finding.field is None else f" ({finding.field.label})"
                yield "warning", finding.code.replace("_", " ") + where
    if "total" in reading.timings_ms:
        yield "time", f"{reading.timings_ms['total']:.0f} ms"


def _table(card: Card) -> Table:
    table = Table(title=_SIDES[card.side], title_justify="left", title_style="dim", box=box.ROUNDED)
    table.add_column("field", no_wrap=True)
    table.add_column("value", overflow="fold", ratio=1)
    table.add_column("confidence", justify="right", no_wrap=True)
    table.add_column("place", justify="right", no_wrap=True)
    for name in FIELDS[card.side]:
        table.add_row(name.label, *_cells(card.field(name)))
    return table


def _cells(printed: Field) -> tuple[Text, Text, Text]:
    if not printed.text:
        return Text("(not read)", style="dim"), Text(), Text()
    style = "green" if printed.confidence >= _CONFIDENT else "yellow" if printed.confidence >= _DOUBTFUL else "red"
    place = "" if printed.quad is None else _place(Location.around(printed.quad))
    return Text(printed.text), Text(f"{printed.confidence:.2f}", style=style), Text(place)


def _place(box_: Location) -> str:
    return f"{box_.left},{box_.top} {box_.width}x{box_.height}"
