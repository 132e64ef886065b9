"""Recognitions as rows of the list: what each one says in a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from idcard_core.card import FieldName, ImageStatus, Reading, RiskType
from idcard_core.store.readings.rows import KeptReading
from idcard_core.ui.look import RISK_TONES, STATUS_TONES, Tone, page_name
from idcard_core.ui.rows_table.rows_table import Cell, Column, Row
from idcard_core.ui.strings import Texts

_COLUMNS: Mapping[str, int] = {
    "time": 0,
    "file": 0,
    "side": 620,
    "status": 0,
    "risk": 620,
    "outcome": 0,
    "ms": 620,
    "engine": 900,
    "number": 760,
}
"""Each with the width that the list must have to show it, pixels."""


def columns(texts: Texts) -> list[Column]:
    """Of a list of recognitions."""
    return [Column(name, texts(f"rows.{name}"), least) for name, least in _COLUMNS.items()]


def row_of(
    reading: KeptReading,
    texts: Texts,
    zone: tzinfo | None,
    number: str | None = None,
    current: bool = False,
) -> Row:
    """One recognition; ``number`` is its ID number in full, where somebody wants to see it."""
    cells = {
        "time": Cell(short_time(reading.occasion.time, zone), title=full_time(reading.occasion.time, zone)),
        "file": Cell(name := page_name(reading.occasion.source, reading.page, texts), title=name),
        "side": Cell(_sides(reading, texts)),
        "status": _status(reading.status, texts),
        "risk": _risk(reading.risk, texts),
        "outcome": _outcome(reading, texts),
        "ms": Cell(f"{reading.milliseconds:.0f}"),
        "engine": Cell(reading.occasion.engine),
        "number": Cell(number or reading.number, masked=bool(reading.number) and not number, shown=bool(number)),
    }
    return Row(reading.id, cells, current)


def numbers_of(reading: Reading) -> str:
    """The ID numbers on a picture in full, as rows have them masked."""
    cards = sorted(reading.cards, key=lambda card: card.order)
    return ", ".join(text for card in cards if (text := card.field(FieldName.IDCARDNO).text))


def short_time(time: datetime, zone: tzinfo | None) -> str:
    """The day only where it is not today."""
    local = time.astimezone(zone)
    today = datetime.now(zone or local.tzinfo).date() == local.date()
    return local.strftime("%H:%M:%S" if today else "%m-%d %H:%M")


def full_time(time: datetime, zone: tzinfo | None) -> str:
    return time.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def _sides(reading: KeptReading, texts: Texts) -> str:
    """The one side, both, or how many where there is more than one card of a side."""
    different = {side.value for side in reading.sides}
    if len(reading.sides) > len(different):
        return texts("rows.side.many", count=len(reading.sides))
    side = "both" if len(different) > 1 else next(iter(different), "none")
    return texts(f"rows.side.{side}")


def _status(status: ImageStatus | None, texts: Texts) -> Cell:
    return Cell("") if status is None else Cell(texts(f"verdict.status.{status.value}"), STATUS_TONES[status])


def _risk(risk: RiskType | None, texts: Texts) -> Cell:
    return Cell("—") if risk is None else Cell(texts(f"verdict.risk.{risk.value}"), RISK_TONES[risk])


def _outcome(reading: KeptReading, texts: Texts) -> Cell:
    """An error, what is wrong by the label, what is doubted, or that all is right by the label."""
    if reading.failed is not None:
        return Cell(texts("rows.outcome.failed", code=reading.failed.code), Tone.BAD)
    wrong = [name for name, right in reading.marks.items() if not right]
    if wrong:
        title = texts("rows.outcome.wrong.title", fields=_names(wrong, texts))
        return Cell(texts("rows.outcome.wrong", count=len(wrong)), Tone.BAD, title)
    if reading.marks:
        return Cell(texts("rows.outcome.right"), Tone.GOOD)
    if reading.doubted:
        title = texts("rows.outcome.doubted.title", fields=_names(reading.doubted, texts))
        return Cell(texts("rows.outcome.doubted", count=len(reading.doubted)), Tone.FAIR, title)
    return Cell("")


def _names(fields: Sequence[FieldName], texts: Texts) -> str:
    return texts("reason.field.and").join(texts(f"short.{name.value}") for name in fields)
