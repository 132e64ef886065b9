"""The forms that labels come in: this project's own JSON lines, flat JSON lines, CSV, and PPOCRLabel's Label.txt."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from io import StringIO

from idcard_core.evaluate.importing.ppocrlabel import ppocrlabel_row
from idcard_core.evaluate.importing.rows import NO_CONDITION, LabelRow, flat_row, key_of, slices_of
from idcard_core.evaluate.importing.trouble import ImportTrouble, Trouble, Why
from idcard_core.specimen.labels import LabelsError, parse_label

Found = Iterator[LabelRow | Trouble]
Form = Callable[[str, str], Found]
"""Reads a file's rows: its name and its text."""


def form_of(name: str) -> Form | None:
    """How the file called ``name`` is read; None for one that is no label file."""
    last = name.rpartition("/")[2].lower()
    if last.endswith((".jsonl", ".ndjson")):
        return json_lines
    if last.endswith((".csv", ".tsv")):
        return table
    return ppocrlabel if last == "label.txt" else None


def json_lines(file: str, text: str) -> Found:
    """A line with ``cards`` is in this project's own form, any other is a flat record."""
    for number, line in _lines(text):
        try:
            yield _json_row(file, number, line)
        except ImportTrouble as trouble:
            yield trouble.at(file, number)


def table(file: str, text: str) -> Found:
    """Rows below a row of heads, between commas, semicolons or tabs."""
    if not text.strip():
        return
    first = text.lstrip("\n\r").partition("\n")[0]
    rows = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    heads: list[str | None] = []
    line = 1
    try:
        for cells in rows:
            begin, line = line, rows.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not heads:
                heads = [key_of(cell) for cell in cells]
                if "image" not in heads:
                    yield Trouble(file, begin, Why.NO_IMAGE_COLUMN)
                    return
                continue
            yield _table_row(file, begin, heads, cells)
    except csv.Error:  # a cell of 128 KB, or a quotation that never ends
        yield Trouble(file, line, Why.WRONG_VALUE)


def ppocrlabel(file: str, text: str) -> Found:
    """A picture's path, a tab, and a JSON list of its texts."""
    for number, line in _lines(text):
        try:
            yield ppocrlabel_row(file, number, line)
        except ImportTrouble as trouble:
            yield trouble.at(file, number)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    lines = enumerate(text.split("\n"), start=1)
    return ((number, line.rstrip("\r")) for number, line in lines if line.strip())


def _table_row(file: str, line: int, heads: list[str | None], cells: list[str]) -> LabelRow | Trouble:
    if any(cell.strip() for cell in cells[len(heads) :]):
        return Trouble(file, line, Why.TOO_MANY_CELLS)
    try:
        return flat_row(file, line, {key: cell for key, cell in zip(heads, cells, strict=False) if key is not None})
    except ImportTrouble as trouble:
        return trouble.at(file, line)


def _json_row(file: str, number: int, line: str) -> LabelRow:
    try:
        record = json.loads(line)
    except (RecursionError, ValueError):
        raise ImportTrouble(Why.NOT_JSON) from None
    if not isinstance(record, dict):
        raise ImportTrouble(Why.NOT_JSON)
    if "cards" not in record:
        cells = {key: _cell(value) for name, value in record.items() if (key := key_of(str(name))) is not None}
        return flat_row(file, number, cells)
    page, slices = record.get("page"), record.get("slices")
    if not (page is None or (type(page) is int and page > 0)):
        raise ImportTrouble(Why.WRONG_VALUE, "page")
    try:
        label = parse_label(json.dumps({"condition": NO_CONDITION, **record}))
    except LabelsError as error:
        missing = isinstance(error.__cause__, KeyError)
        raise ImportTrouble(Why.MISSING if missing else Why.WRONG_VALUE, _named(error) if missing else "") from None
    return LabelRow(file, number, label, page, slices_of(_cell(slices)))


def _named(error: LabelsError) -> str:
    """The key that is missing."""
    return str(error.__cause__.args[0]) if error.__cause__ is not None else ""


def _cell(value: object) -> str:
    """A JSON value as a table would have it."""
    if isinstance(value, list):
        return ";".join(_cell(part) for part in value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
