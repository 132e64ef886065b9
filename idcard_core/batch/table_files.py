"""Tables of answered rows as files: CSV and Parquet, written in one go from lines that are all there."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from idcard_core.batch.parquet_rows import open_parquet
from idcard_core.batch.places import open_read
from idcard_core.batch.table import ADDED, Kind, cells, columns, text_of
from idcard_core.contract import JsonObject, JsonValue

if TYPE_CHECKING:
    import pyarrow as pa

Records = Callable[[], Iterator[JsonObject]]
"""The answered rows, from the first one at each call."""
_BOM = b"\xef\xbb\xbf"
"""Excel takes a CSV file without it for one in the system's old encoding."""
_GROUP_ROWS = 1000
_GROUP_CHARACTERS = 32 * 2**20
"""A group of rows of a Parquet file is written when it has so many, or their answers are so long."""


def write_csv(records: Records, file: BinaryIO) -> None:
    """A table in UTF-8 with a header, as RFC 4180 has it."""
    kinds = columns(records())
    file.write(_BOM)
    text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(kinds)
    for record in records():
        writer.writerow([text_of(cell) for cell in cells(record, kinds).values()])
    text.flush()
    text.detach()


def write_parquet(records: Records, file: BinaryIO) -> None:
    """A table with a type for each column."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    kinds = columns(records())
    schema = _schema(kinds)
    with ParquetWriter(file, schema) as writer:
        for group in _groups(records(), kinds):
            writer.write_table(pa.Table.from_pylist(group, schema))


def read_csv(place: str) -> Iterator[dict[str, object]]:
    """The rows' own columns of a table that `write_csv` wrote."""
    with open_read(place) as file:
        texts = (line.decode("utf-8-sig" if number == 0 else "utf-8") for number, line in enumerate(file))
        for record in csv.DictReader(texts):
            yield {key: value for key, value in record.items() if key not in ADDED}


def read_parquet(place: str) -> Iterator[dict[str, object]]:
    """As `read_csv`."""
    with open_parquet(place) as file:
        own = [name for name in file.schema_arrow.names if name not in ADDED]
        for batch in file.iter_batches(_GROUP_ROWS, columns=own):
            # Without any column of its own a batch still has its rows.
            yield from batch.to_pylist() if own else [{}] * batch.num_rows


def _schema(kinds: Mapping[str, Kind]) -> pa.Schema:
    import pyarrow as pa

    types = {Kind.WHOLE: pa.int64(), Kind.NUMBER: pa.float64(), Kind.TRUTH: pa.bool_()}
    return pa.schema([(name, types.get(kind, pa.string())) for name, kind in kinds.items()])


def _groups(records: Iterator[JsonObject], kinds: Mapping[str, Kind]) -> Iterator[list[dict[str, JsonValue]]]:
    group: list[dict[str, Any]] = []
    characters = 0
    for record in records:
        row = cells(record, kinds)
        group.append(row)
        characters += sum(len(cell) for cell in row.values() if isinstance(cell, str))
        if len(group) == _GROUP_ROWS or characters >= _GROUP_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group
