"""Outputs in a store of objects, where nothing can be appended: answers are kept in parts, put together at the end.

A part appears whole or not at all. Of a run that is killed the rows of the part it was gathering are read again. A
store has no locks: it is for whoever starts the runs to see that two of them do not write to one place.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import BinaryIO, cast

from idcard_core.batch.manifest import Row, read_rows
from idcard_core.batch.output import Output, OutputError, is_answer, to_line
from idcard_core.batch.places import exists, key_of, open_read, remote_files, store
from idcard_core.batch.table_files import Records
from idcard_core.batch.table_output import FinishedOutput, Form, check_finished
from idcard_core.contract import JsonObject

PART_ROWS = 500
PART_BYTES = 16 * 2**20
PART_SECONDS = 30.0
"""A part is written when it has so many rows or bytes, or its first row has waited so long."""


class RemoteOutput(Output):
    """An output at ``place``; ``parts`` of it are there."""

    def __init__(self, place: str, form: Form | None, parts: int, rows_kept: int) -> None:
        self.rows_kept = rows_kept
        self._place, self._form, self._parts = place, form, parts
        self._gathered = io.BytesIO()
        self._rows, self._since = 0, 0.0

    def write(self, record: JsonObject) -> None:
        """Append one answer."""
        if self._rows == 0:
            self._since = time.monotonic()
        self._rows += 1
        self._gathered.write(to_line(record))
        full = self._rows == PART_ROWS or self._gathered.tell() >= PART_BYTES
        if full or time.monotonic() - self._since >= PART_SECONDS:
            self._write_part()

    def finish(self) -> None:
        """Put the parts together, and remove them."""
        self.close()
        parts = list(remote_files(parts_folder(self._place)))
        write = _write_lines if self._form is None else self._form.write
        try:
            with cast(BinaryIO, store().open_output_stream(key_of(self._place))) as file:
                write(lambda: _records(parts), file)
        except BaseException:
            store().delete_file(key_of(self._place))  # what was written so far appears when the stream is closed
            raise
        _remove(parts)

    def close(self) -> None:
        """Keep what was gathered."""
        if self._rows:
            self._write_part()

    def _write_part(self) -> None:
        name = f"{parts_folder(self._place)}/{self._parts:08d}.jsonl"
        with store().open_output_stream(key_of(name)) as file:
            file.write(self._gathered.getvalue())
        self._parts += 1
        self._rows, self._gathered = 0, io.BytesIO()


def parts_folder(place: str) -> str:
    """Where the parts of an output are kept until it is finished."""
    return place + ".parts"


def create_remote(place: str, form: Form | None, *, overwrite: bool = False) -> Output:
    """A new output. Raises OutputError where there is one, or parts of one."""
    parts = list(remote_files(parts_folder(place)))
    if (parts or exists(place)) and not overwrite:
        raise OutputError(f"{place} exists already")
    _remove(parts)
    return RemoteOutput(place, form, 0, 0)


def resume_remote(place: str, form: Form | None, rows: Iterator[Row]) -> Output:
    """Go on with an output, or start it. Raises OutputError where what is there does not belong to ``rows``."""
    parts = list(remote_files(parts_folder(place)))
    if not parts and exists(place):
        return _check_lines(place, rows) if form is None else check_finished(place, form, rows)
    return RemoteOutput(place, form, len(parts), _kept(parts, rows))


def _check_lines(place: str, rows: Iterator[Row]) -> Output:
    """Lines that an earlier run has put together."""
    kept = _kept([place], rows)
    if next(rows, None) is not None:
        raise OutputError(f"{place} is finished, and there are more rows now than it has")
    return FinishedOutput(kept)


def _kept(files: list[str], rows: Iterator[Row]) -> int:
    """How many rows the files have; ``rows`` is advanced past them."""
    kept = 0
    for name in files:
        with open_read(name) as lines:
            for line in lines:
                if not is_answer(line, next(rows, None)):
                    raise OutputError(f"{name}, answer {kept + 1}, is not the answer to that row of the manifest")
                kept += 1
    return kept


def _records(parts: list[str]) -> Iterator[JsonObject]:
    for part in parts:
        with open_read(part) as lines:
            for row in read_rows(lines):
                yield row.record


def _write_lines(records: Records, file: BinaryIO) -> None:
    for record in records():
        file.write(to_line(record))


def _remove(parts: list[str]) -> None:
    """From the last to the first: those left by a run that is killed meanwhile are the answers to the first rows."""
    for part in reversed(parts):
        store().delete_file(key_of(part))
