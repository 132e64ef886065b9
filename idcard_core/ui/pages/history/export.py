"""A list as CSV: what its rows say, numbers masked, in the reader's words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import tzinfo

from idcard_core.card import FieldName
from idcard_core.store.readings.rows import KeptReading, ReadingFilter
from idcard_core.ui.pages.history.source import Source
from idcard_core.ui.reading_rows import full_time
from idcard_core.ui.strings import Texts

_AT_ONCE = 1000
_COLUMNS = ("time", "file", "page", "log_id", "side", "status", "risk", "engine", "ms", "error", "number", "review")


def csv_of(source: Source, wanted: ReadingFilter, zone: tzinfo | None, texts: Texts) -> bytes:
    """All that pass ``wanted``, newest first; with a mark of its encoding, by which spreadsheets know UTF-8."""
    out = io.StringIO()
    lines = csv.writer(out)
    marks = [texts(f"field.{name.value}") for name in FieldName]
    lines.writerow([*(texts(f"history.csv.{name}") for name in _COLUMNS), texts("history.csv.whole"), *marks])
    for reading in _all(source, wanted):
        lines.writerow([as_text(value) for value in _line(reading, zone, texts)])
    return out.getvalue().encode("utf-8-sig")


def as_text(value: str) -> str:
    """``value`` such that no spreadsheet takes it for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _all(source: Source, wanted: ReadingFilter) -> Iterator[KeptReading]:
    offset = 0
    while found := source.page(wanted, _AT_ONCE, offset):
        yield from found
        offset += len(found)


def _line(reading: KeptReading, zone: tzinfo | None, texts: Texts) -> list[str]:
    occasion, failed = reading.occasion, reading.failed
    right = {True: texts("fields.right"), False: texts("fields.wrong"), None: ""}
    return [
        full_time(occasion.time, zone),
        occasion.source,
        "" if reading.page is None else str(reading.page),
        str(occasion.log_id),
        " ".join(texts(f"verdict.side.{side.value}") for side in reading.sides),
        "" if reading.status is None else texts(f"verdict.status.{reading.status.value}"),
        "" if reading.risk is None else texts(f"verdict.risk.{reading.risk.value}"),
        occasion.engine,
        f"{reading.milliseconds:.1f}",
        "" if failed is None else str(failed.code),
        reading.number,
        " ".join(texts(f"field.{name.value}") for name in reading.doubted),
        right[reading.whole],
        *(right[reading.marks.get(name)] for name in FieldName),
    ]
