"""Rows of a CSV file: its first line names the keys, every other one is a row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from idcard_core.batch.manifest import Row
from idcard_core.contract import JsonObject
from idcard_core.errors import FormatError, JsonError

PAGE = "page"
"""The one key of a row that is a number."""


class InputError(Exception):
    """An input cannot be read at all; the message is for the user."""


def csv_rows(lines: Iterable[bytes]) -> Iterator[Row]:
    """The rows of a CSV file in UTF-8. A key whose cell is empty is left out of the row.

    Raises:
        InputError: there is no header, or one that names no key or the same one twice.
    """
    texts = (
        line.decode("utf-8-sig" if number == 0 else "utf-8", "surrogateescape") for number, line in enumerate(lines)
    )
    reader = csv.reader(texts)
    keys = _header(reader)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(number, {"line": number}, JsonError())
            continue
        if cells:
            yield _row(number, keys, cells)
        else:
            number -= 1


def _header(reader: Iterator[list[str]]) -> list[str]:
    try:
        keys = next(reader, [])
    except csv.Error:
        keys = []
    if not keys or not all(keys) or len(set(keys)) < len(keys) or not _is_text(keys):
        raise InputError("the first line of a CSV file names its columns, in UTF-8, each once")
    return keys


def _row(number: int, keys: list[str], cells: list[str]) -> Row:
    if not _is_text(cells):
        return Row(number, {"line": number}, JsonError())
    if len(cells) > len(keys):
        return Row(number, {"line": number}, FormatError(FormatError.RUNTIME))
    record: JsonObject = {key: cell for key, cell in zip(keys, cells, strict=False) if cell}
    page = record.get(PAGE)
    if isinstance(page, str) and page.isascii() and page.isdigit() and len(page) < 10:
        record[PAGE] = int(page)
    return Row(number, record)


def _is_text(cells: list[str]) -> bool:
    """Whether all of it was UTF-8."""
    return not any("\udc80" <= character <= "\udcff" for cell in cells if not cell.isascii() for character in cell)
