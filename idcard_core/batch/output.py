"""The output of a batch: JSON lines that a run killed at any moment can be resumed from."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from idcard_core.batch.manifest import Row
from idcard_core.contract import JsonObject, parse_json
from idcard_core.errors import JsonError

ADDED_KEYS = frozenset({"response", "latency_ms"})
"""What a row's answer adds to the row."""


class OutputError(Exception):
    """The output file cannot be used as asked; the message is for the user."""


class Output:
    """Where answered rows go, one line each, every line handed to the operating system before the next one starts.

    ``rows_kept`` is how many rows of an earlier run are already there.
    """

    def __init__(self, file: BinaryIO, rows_kept: int = 0) -> None:
        self._file = file
        self.rows_kept = rows_kept

    def write(self, record: JsonObject) -> None:
        """Append one line."""
        self._file.write(to_line(record))
        self._file.flush()

    def finish(self) -> None:
        """All rows are written."""

    def close(self) -> None:
        """Close the file, which also releases its lock."""
        self._file.close()


def create_output(path: Path, *, overwrite: bool = False) -> Output:
    """A new output at ``path``; a device or pipe is written to as it is.

    Raises:
        OutputError: it exists and is not to be overwritten, or another run writes it.
        OSError: it cannot be written.
    """
    if path.exists() and not path.is_file():
        return Output(path.open("wb"))
    if path.exists() and not overwrite:
        raise OutputError(f"{path} exists already")
    file = _open_locked(path)
    file.truncate()
    return Output(file)


def resume_output(path: Path, rows: Iterator[Row]) -> Output:
    """Go on with the output at ``path``, or start it: keep its complete lines, drop a half-written last one.

    ``rows`` is advanced past the rows that are kept, each of which must be the one it answers.

    Raises:
        OutputError: what is there does not belong to these rows, or another run writes it.
        OSError: it cannot be read or written.
    """
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is no file that could be resumed")
    file = _open_locked(path)
    try:
        kept = end = 0
        for line in file:
            if not line.endswith(b"\n"):
                break
            if not is_answer(line, next(rows, None)):
                raise OutputError(f"{path}, line {kept + 1}, is not the answer to that row of the manifest")
            kept += 1
            end += len(line)
        file.seek(end)
        file.truncate()
    except BaseException:
        file.close()
        raise
    return Output(file, kept)


class _Stream(Output):
    def close(self) -> None:
        """Whoever opened it closes it."""


def stream_output(file: BinaryIO) -> Output:
    """An output to an open stream such as the standard output, which stays open."""
    return _Stream(file)


def _open_locked(path: Path) -> BinaryIO:
    """Open for reading and writing, made if need be, with a lock that ends with the process."""
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666), "r+b")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise OutputError(f"{path} is being written by another run") from error
    return file


def is_answer(line: bytes, row: Row | None) -> bool:
    """Whether an output line is the complete answer to ``row``."""
    try:
        record = parse_json(line)
    except JsonError:
        return False
    if row is None or not isinstance(record, dict) or not record.keys() >= ADDED_KEYS:
        return False
    return _carried(cast(JsonObject, record)) == _carried(row.record)


def _carried(record: JsonObject) -> JsonObject:
    return {key: value for key, value in record.items() if key not in ADDED_KEYS}


def to_line(record: JsonObject) -> bytes:
    """A record as a line of JSON."""
    try:
        return json.dumps(record, ensure_ascii=False, allow_nan=False).encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        # Half of a surrogate pair, which JSON can escape and UTF-8 cannot hold.
        return json.dumps(record, allow_nan=False).encode("ascii") + b"\n"
