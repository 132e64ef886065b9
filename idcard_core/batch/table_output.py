"""Outputs that are no JSON lines: answers go to a work file of lines beside, which becomes the table at the end.

So a table is there when it is whole, and not before; and a run that is killed goes on as one that writes lines does.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from idcard_core.batch.manifest import Row, read_rows
from idcard_core.batch.output import Output, OutputError, create_output, resume_output
from idcard_core.batch.table import carried, text_of
from idcard_core.batch.table_files import Records, read_csv, read_parquet, write_csv, write_parquet
from idcard_core.contract import JsonObject


@dataclass(frozen=True, slots=True)
class Form:
    """A form of tables: how it is written, and how a row's own cells are read back."""

    write: Callable[[Records, BinaryIO], None]
    read: Callable[[str], Iterator[dict[str, object]]]


FORMS = {".csv": Form(write_csv, read_csv), ".parquet": Form(write_parquet, read_parquet)}
"""By the end of an output's name; any other name stands for JSON lines."""
WORK = ".rows.jsonl"
"""What the work file's name has more than the table's."""


class TableOutput(Output):
    """A table at ``path``, written from the answers in ``work`` when all are there."""

    def __init__(self, path: Path, form: Form, work: Output) -> None:
        self.rows_kept = work.rows_kept
        self._path, self._form, self._work = path, form, work

    def write(self, record: JsonObject) -> None:
        """Append one answer to the work file."""
        self._work.write(record)

    def finish(self) -> None:
        """Write the table and put it in its place in one step; the work file goes."""
        lines = work_path(self._path)
        part = self._path.with_name(self._path.name + ".part")
        try:
            with part.open("wb") as file:
                self._form.write(lambda: _records(lines), file)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path)
        finally:
            part.unlink(missing_ok=True)
        lines.unlink()

    def close(self) -> None:
        """Close the work file, which also releases its lock."""
        self._work.close()


class FinishedOutput(Output):
    """A table that an earlier run has finished."""

    def __init__(self, rows_kept: int) -> None:
        self.rows_kept = rows_kept

    def write(self, record: JsonObject) -> None:
        """There is no row left to be written."""
        raise OutputError("the output is finished")

    def close(self) -> None:
        """There is nothing open."""


def work_path(path: Path) -> Path:
    """Where the answers are kept until the table at ``path`` is written."""
    return path.with_name(path.name + WORK)


def create_table(path: Path, form: Form, *, overwrite: bool = False) -> Output:
    """A new table at ``path``. Raises as `create_output` does."""
    work = work_path(path)
    for there in (path, work):
        if there.exists() and not overwrite:
            raise OutputError(f"{there} exists already")
    return TableOutput(path, form, create_output(work, overwrite=overwrite))


def resume_table(path: Path, form: Form, rows: Iterator[Row]) -> Output:
    """Go on with the table at ``path``, or start it. Raises as `resume_output` does."""
    work = work_path(path)
    if path.exists() and not work.exists():
        return check_finished(str(path), form, rows)
    return TableOutput(path, form, resume_output(work, rows))


def check_finished(place: str, form: Form, rows: Iterator[Row]) -> FinishedOutput:
    """A table that is all there: it must have the answer to each of ``rows``, and no other."""
    kept = 0
    try:
        for own in form.read(place):
            row = next(rows, None)
            if row is None or not _same(own, row):
                raise OutputError(f"{place}, row {kept + 1}, is not the answer to that row of the manifest")
            kept += 1
    except (ValueError, KeyError) as error:
        raise OutputError(f"{place} is no table of answers") from error
    if next(rows, None) is not None:
        raise OutputError(f"{place} is finished, and there are more rows now than it has")
    return FinishedOutput(kept)


def _records(lines: Path) -> Iterator[JsonObject]:
    with lines.open("rb") as file:
        for row in read_rows(file):
            yield row.record


def _same(own: dict[str, object], row: Row) -> bool:
    """Whether a table's cells are those of ``row``; a cell that is empty and one that is not there are alike."""
    expected = {key: text for key, value in carried(row.record).items() if (text := text_of(value))}
    found = {key: text for key, value in own.items() if (text := text_of(value))}  # type: ignore[arg-type]  # of JSON
    return expected.keys() == found.keys() and all(_alike(expected[key], found[key]) for key in expected)


def _alike(one: str, other: str) -> bool:
    """The same text, or the same number: a column of whole and other numbers holds 1 as 1.0."""
    if one == other:
        return True
    try:
        return float(one) == float(other)
    except ValueError:
        return False
