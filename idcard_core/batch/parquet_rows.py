"""Rows of a Parquet file."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from idcard_core.batch.csv_rows import InputError
from idcard_core.batch.manifest import Row
from idcard_core.batch.places import is_remote, key_of, store
from idcard_core.contract import JsonValue

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

_AT_ONCE = 256
"""Rows turned into objects at a time."""


def open_parquet(place: str) -> ParquetFile:
    """Open a file. Raises OSError, and InputError where it is no Parquet."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    try:
        if is_remote(place):
            return ParquetFile(store().open_input_file(key_of(place)))
        return ParquetFile(place)
    except pa.ArrowInvalid as error:
        raise InputError(f"{place} is no Parquet file") from error


def parquet_rows(place: str) -> Iterator[Row]:
    """The rows; a key whose value is null is left out. Raises as `open_parquet` does."""
    with open_parquet(place) as file:
        number = 0
        for batch in file.iter_batches(_AT_ONCE):
            for record in batch.to_pylist():
                number += 1
                yield Row(number, {key: _json(value) for key, value in record.items() if value is not None})


def count_parquet(place: str) -> int:
    """How many rows there are."""
    with open_parquet(place) as file:
        return int(file.metadata.num_rows)


def _json(value: object) -> JsonValue:
    """A value as JSON can hold it: times and decimals as text."""
    if isinstance(value, dict):
        return {str(key): _json(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_json(child) for child in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, (Decimal, timedelta)):
        return str(value)
    if isinstance(value, bytes):
        raise InputError("a column of bytes cannot be carried through")
    return cast(JsonValue, value)
