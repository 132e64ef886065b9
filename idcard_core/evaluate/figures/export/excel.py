"""A run as an Excel workbook: a sheet for each table, and one with a row for each card."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from idcard_core.evaluate.figures.export.records import (
    Cell,
    Subject,
    card_record,
    labelled_fields,
    picture_record,
)
from idcard_core.evaluate.figures.export.tables import Sheet, figure_tables
from idcard_core.evaluate.figures.export.words import Words
from idcard_core.evaluate.figures.run_figures import RunFigures

_LONGEST_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\\/*?:\[\]]")
_NOT_IN_CELLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML has no place for."""


def to_excel(subject: Subject, figures: RunFigures, words: Words) -> bytes:
    """Opened by Excel and by whatever else reads ``.xlsx``; every text is a text, never a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    bold = Font(bold=True)
    for table in (*figure_tables(subject, figures, words), _cards(subject, words)):
        sheet = book.create_sheet(_NOT_IN_TITLES.sub(" ", table.title)[:_LONGEST_TITLE])
        sheet.freeze_panes = "B2"
        for number, head in enumerate(table.header):
            sheet.column_dimensions[_letter(number)].width = 12 + 12 * (number == 0) + len(head)
        heads = [_cell(sheet, head) for head in table.header]
        for cell in heads:
            cell.font = bold
        sheet.append(heads)
        for row in table.rows:
            sheet.append([_formatted(sheet, value, number in table.plain) for number, value in enumerate(row)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cards(subject: Subject, words: Words) -> Sheet:
    """A row for each card: what is told of the picture, then each field as printed and as read."""
    fields = labelled_fields(subject.results)
    rows = tuple(_card_rows(subject, [name.value for name in fields]))
    about = (*picture_record(subject, subject.results[0]), *_CARD_KEYS) if rows else ()
    called = [words.field(name) for name in fields]
    pairs = [(f"{name} · {words.say('expected')}", f"{name} · {words.say('read')}") for name in called]
    header = (*about, *(head for heads in pairs for head in heads))
    plain = tuple(range(len(header)))
    return Sheet(words.say("cards"), header, rows, plain)


_CARD_KEYS = ("card", "side", "found", "card_right", "wrong_fields", "needs_review")


def _card_rows(subject: Subject, fields: list[str]) -> Iterator[tuple[Cell, ...]]:
    for result in subject.results:
        picture = tuple(picture_record(subject, result).values())
        if not result.cards:
            yield (*picture, *[None] * (len(_CARD_KEYS) + 2 * len(fields)))
        for number, card in enumerate(result.cards):
            said = {read.name.value: (subject.shown(read.expected), subject.shown(read.read)) for read in card.fields}
            values = [value for name in fields for value in said.get(name, (None, None))]
            yield (*picture, *card_record(card, number).values(), *values)


def _formatted(sheet: Any, value: Cell, plain: bool) -> Any:
    if not isinstance(value, float) or plain:
        return _cell(sheet, value)
    cell = _cell(sheet, value)
    cell.number_format = "0.0%"
    return cell


def _cell(sheet: Any, value: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, _NOT_IN_CELLS.sub("\ufffd", value)[:32_767])
    cell.data_type = "s"  # also for what begins with =
    return cell


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    letter: str = get_column_letter(number + 1)
    return letter
