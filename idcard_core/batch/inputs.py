"""What a batch reads: a manifest of any form, folders, patterns, pictures."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from idcard_core.batch.csv_rows import InputError, csv_rows
from idcard_core.batch.manifest import Row, count_rows, read_rows
from idcard_core.batch.parquet_rows import count_parquet, open_parquet, parquet_rows
from idcard_core.batch.pictures import in_folder, is_pattern, is_picture, matching, picture_rows
from idcard_core.batch.places import exists, is_remote, open_read
from idcard_core.contract import JsonObject
from idcard_core.settings import Limits

DEFAULT_SIDE = "auto"
"""Which side pictures without a manifest are asked for."""


@dataclass(frozen=True, slots=True)
class Input:
    """Rows, from the first one at each call of ``rows``; ``manifest`` is the file that lists them, if one does."""

    rows: Callable[[], Iterator[Row]]
    count: Callable[[], int | None]
    manifest: str | None = None

    @property
    def folder(self) -> str:
        """Where a manifest's relative paths are looked for first."""
        if self.manifest is None:
            return ""
        return self.manifest.rpartition("/")[0] if is_remote(self.manifest) else os.path.dirname(self.manifest)


def pipe_input(lines: Iterable[bytes], asked: JsonObject) -> Input:
    """JSON lines that come one by one, and once."""
    return Input(lambda: _with(asked, read_rows(lines)), lambda: None)


def open_input(places: Sequence[str], asked: JsonObject, limits: Limits) -> Input:
    """What ``places`` name: one manifest, or any number of folders, patterns and pictures.

    ``asked`` are parameters for the rows that do not give them themselves.

    Raises:
        InputError: a place is nothing that can be read, or a manifest is not alone.
        OSError: a place cannot be looked at.
    """
    kinds = [_kind(place) for place in places]
    if kinds == ["manifest"]:
        return _manifest(places[0], asked)
    if "manifest" in kinds:
        raise InputError(f"{places[kinds.index('manifest')]} is a manifest, which goes alone")
    asked = {"id_card_side": DEFAULT_SIDE, **asked}

    def rows() -> Iterator[Row]:
        return picture_rows(chain.from_iterable(map(_paths, places)), asked, limits)

    if next(rows(), None) is None:
        raise InputError("no picture there")
    return Input(rows, lambda: sum(1 for _ in rows()))


def _kind(place: str) -> str:
    """``folder``, ``pattern``, ``picture`` or ``manifest``."""
    if is_pattern(place):
        return "pattern"
    if is_picture(place):
        return "picture"
    if is_remote(place):
        return "manifest" if exists(place) else "folder"
    if os.path.isdir(place):
        return "folder"
    if os.path.exists(place):
        return "manifest"
    raise InputError(f"{place} is not there")


def _paths(place: str) -> Iterator[str]:
    kind = _kind(place)
    if kind == "folder":
        return in_folder(place)
    return iter(matching(place) if kind == "pattern" else [place])


def _manifest(place: str, asked: JsonObject) -> Input:
    suffix = os.path.splitext(place)[1].lower()
    if suffix == ".parquet":
        open_parquet(place).close()
        return Input(lambda: _with(asked, parquet_rows(place)), lambda: count_parquet(place), place)
    form = csv_rows if suffix == ".csv" else read_rows

    def rows() -> Iterator[Row]:
        with open_read(place) as lines:
            yield from _with(asked, form(lines))

    if suffix == ".csv" or is_remote(place):
        next(rows(), None)  # what is wrong with all of it is told before an output is begun
        return Input(rows, lambda: sum(1 for _ in rows()), place)
    return Input(rows, lambda: _count(place), place)


def _count(place: str) -> int | None:
    """How many rows a manifest of JSON lines has; a pipe does not tell."""
    path = Path(place)
    return count_rows(path) if path.is_file() else None


def _with(asked: JsonObject, rows: Iterator[Row]) -> Iterator[Row]:
    """The rows, each with what it does not say itself."""
    for row in rows:
        left = {key: value for key, value in asked.items() if key not in row.record} if row.error is None else {}
        yield replace(row, record={**row.record, **left}) if left else row
