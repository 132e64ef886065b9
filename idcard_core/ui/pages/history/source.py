"""Where a list of recognitions comes from: this session's memory, or the store. Both answer the same questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta, timezone
from typing import Protocol

from idcard_core.store.readings.rows import KeptReading, ReadingFilter
from idcard_core.store.readings.trend import Span, spans
from idcard_core.ui.figures import told
from idcard_core.ui.reading_rows import numbers_of
from idcard_core.ui.shelf import Exhibit
from idcard_core.ui.state import Session


class Source(Protocol):
    """As `ReadingTable` gives them."""

    def page(self, wanted: ReadingFilter, limit: int, offset: int) -> list[KeptReading]:
        """``limit`` readings, newest first, after ``offset`` newer ones."""

    def count(self, wanted: ReadingFilter) -> int:
        """How many pass."""

    def trend(self, wanted: ReadingFilter, width: timedelta, zone: timezone) -> list[Span]:
        """Latency and accuracy over time."""

    def engines(self) -> list[str]:
        """In alphabetical order."""

    def get(self, id: int) -> KeptReading | None:
        """One; None where it is gone."""

    def delete(self, ids: Iterable[int]) -> int:
        """How many there were."""

    def delete_all(self, wanted: ReadingFilter) -> int:
        """How many passed."""

    def numbers(self, ids: Sequence[int]) -> Mapping[int, str]:
        """ID numbers in full, of those that are still known."""

    def exhibit(self, reading: KeptReading) -> Exhibit | None:
        """All there is to show of one; None where nothing but its row is left."""


class SessionReadings:
    """The rows that a session remembers; what is deleted here goes from its list and its memory, not from the store."""

    def __init__(self, state: Session) -> None:
        self._state = state
        self._readings = [row.as_reading(state.visitor) for row in reversed(state.rows)]

    def page(self, wanted: ReadingFilter, limit: int, offset: int) -> list[KeptReading]:
        return self._found(wanted)[offset : offset + limit]

    def count(self, wanted: ReadingFilter) -> int:
        return len(self._found(wanted))

    def trend(self, wanted: ReadingFilter, width: timedelta, zone: timezone) -> list[Span]:
        return spans(told(reversed(self._found(wanted))), width, zone)

    def engines(self) -> list[str]:
        return sorted({reading.occasion.engine for reading in self._readings})

    def get(self, id: int) -> KeptReading | None:
        return next((reading for reading in self._readings if reading.id == id), None)

    def delete(self, ids: Iterable[int]) -> int:
        gone = set(ids)
        before = len(self._state.rows)
        self._state.forget(gone)
        self._readings = [reading for reading in self._readings if reading.id not in gone]
        return before - len(self._state.rows)

    def delete_all(self, wanted: ReadingFilter) -> int:
        return self.delete([reading.id for reading in self._found(wanted)])

    def numbers(self, ids: Sequence[int]) -> Mapping[int, str]:
        shown = {id: self._state.shelf.get(id) for id in ids}
        return {id: numbers_of(exhibit.reading) for id, exhibit in shown.items() if exhibit is not None}

    def exhibit(self, reading: KeptReading) -> Exhibit | None:
        return self._state.shelf.get(reading.id)

    def _found(self, wanted: ReadingFilter) -> list[KeptReading]:
        return [reading for reading in self._readings if passes(reading, wanted)]


def passes(reading: KeptReading, wanted: ReadingFilter) -> bool:
    """Whether ``reading`` passes, as the store's own filter decides."""
    occasion = reading.occasion
    checks: Sequence[tuple[object, Callable[[], bool]]] = (
        (wanted.since, lambda: wanted.since is not None and occasion.time >= wanted.since),
        (wanted.until, lambda: wanted.until is not None and occasion.time < wanted.until),
        (wanted.session, lambda: occasion.session == wanted.session),
        (wanted.engine, lambda: occasion.engine == wanted.engine),
        (wanted.side, lambda: wanted.side in reading.sides),
        (wanted.status, lambda: reading.status is wanted.status),
        (wanted.risk, lambda: reading.risk is wanted.risk),
        (wanted.failed, lambda: (reading.failed is not None) is wanted.failed),
        (wanted.needs_review, lambda: reading.needs_review is wanted.needs_review),
        (wanted.labelled, lambda: bool(reading.marks) is wanted.labelled),
        (wanted.right, lambda: reading.whole is wanted.right),
        (wanted.search or None, lambda: _is_found(reading, wanted.search)),
    )
    return all(check() for asked, check in checks if asked is not None)


def _is_found(reading: KeptReading, search: str) -> bool:
    return search.casefold() in reading.occasion.source.casefold() or search == str(reading.occasion.log_id)
