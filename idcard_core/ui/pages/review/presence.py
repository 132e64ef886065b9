"""Who has which item open just now, so that two reviewers are not led to the same one.

Of one server only: it spares people work, and is no lock. The log is what keeps them from overwriting each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

import streamlit as st

FORGOTTEN_AFTER = timedelta(minutes=3)
"""Without a sign of life, an item counts as left."""


@dataclass(frozen=True, slots=True)
class _Seat:
    reviewer: str
    item: int
    time: datetime


class Presence:
    """Sessions by their token; threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seats: dict[str, _Seat] = {}

    def sit(self, token: str, reviewer: str, item: int | None, now: datetime) -> None:
        """A session has ``item`` open now, or none."""
        with self._lock:
            old = [name for name, seat in self._seats.items() if now - seat.time > FORGOTTEN_AFTER]
            for name in [*old, token]:
                self._seats.pop(name, None)
            if item is not None:
                self._seats[token] = _Seat(reviewer, item, now)

    def taken(self, token: str) -> dict[int, datetime]:
        """What other sessions have open, with the latest sign of life."""
        with self._lock:
            seats = sorted((seat for name, seat in self._seats.items() if name != token), key=lambda seat: seat.time)
        return {seat.item: seat.time for seat in seats}

    def beside(self, token: str, item: int) -> list[str]:
        """Who else has ``item`` open."""
        with self._lock:
            return sorted({seat.reviewer for name, seat in self._seats.items() if name != token and seat.item == item})


@st.cache_resource(show_spinner=False)
def presence() -> Presence:
    """The one of all sessions."""
    return Presence()
