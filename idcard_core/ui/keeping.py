"""Keeps a recognition beyond its session, where the settings say so; without the store the session goes on."""

from __future__ import annotations

import json
from dataclasses import replace

from idcard_core.card import FieldName
from idcard_core.store.accuracy import marks_of
from idcard_core.store.readings.rows import Failed, ReadingRow
from idcard_core.store.store import Store
from idcard_core.ui.history import HistoryRow
from idcard_core.ui.kept import TROUBLES, store
from idcard_core.ui.service import Outcome, settings
from idcard_core.ui.shelf import Exhibit


def keep(outcome: Outcome, visitor: str) -> HistoryRow:
    """The outcome's row as the session remembers it: with its number in the store where it was kept, and marked by the
    store's labels of its picture, if there are any. ``visitor`` names the session."""
    row = outcome.row
    if not settings().store.keep_readings:
        return row
    try:
        return _keep(store(), row, outcome.exhibit, visitor)
    except TROUBLES:
        return replace(row, lost=True)


def _keep(kept: Store, row: HistoryRow, exhibit: Exhibit | None, visitor: str) -> HistoryRow:
    occasion = row.occasion(visitor)
    if exhibit is None:
        failed = None if row.failure is None else Failed(row.failure.code, row.failure.message)
        lost = ReadingRow(occasion=occasion, milliseconds=row.milliseconds, page=row.page, failed=failed)
        return replace(row, kept=kept.readings.keep(lost))
    answer = without_portrait(exhibit.wire_detail)
    info = exhibit.reading.picture
    labels = kept.samples.of_picture(info.sha256, info.page)
    marks = marks_of(answer, labels[0].label) if labels else dict[FieldName, bool](row.marks)
    number = kept.readings.keep(ReadingRow.of(exhibit.reading, occasion, marks), answer)
    return replace(row, kept=number, marks=marks)


def without_portrait(answer: str) -> str:
    """An answer as it is kept: the portrait is a picture, and stays out."""
    said = json.loads(answer)
    if "photo" in said:
        said["photo"] = ""
    return json.dumps(said, ensure_ascii=False)
