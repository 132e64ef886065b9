"""What the dashboard keeps: one store that all sessions share, purged at the start and once a day.

Nothing here stops a page: the store is opened and purged in the background, and what cannot be opened is not tried
again at every click.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from time import monotonic

import streamlit as st
from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from idcard_core.store.errors import SealError, StillInUse
from idcard_core.store.store import Store, open_store
from idcard_core.ui.service import settings

TROUBLES = (SealError, SQLAlchemyError, CommandError, ImportError, OSError)
"""Why a store cannot be opened, or no longer be used: its key, its database, a newer program's tables, a driver that is
not installed, its folder."""
PURGE_EVERY = timedelta(days=1)
TRY_AGAIN = timedelta(minutes=1)
"""After a purge that failed."""
CLOSED_SECONDS = 5.0
"""A store that could not be opened is not tried again before."""


class Door:
    """Opens the store once; while it cannot be opened it says so at once, and tries again after a while."""

    def __init__(self, open: Callable[[], Store]) -> None:
        self._open = open
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._error: Exception | None = None
        self._again = 0.0

    def store(self) -> Store:
        """The store. Raises one of `TROUBLES`."""
        with self._lock:
            if self._store is None:
                if self._error is not None and monotonic() < self._again:
                    raise self._error.with_traceback(None)
                try:
                    self._store = self._open()
                except TROUBLES as error:
                    self._error, self._again = error, monotonic() + CLOSED_SECONDS
                    raise
            return self._store


@st.cache_resource(show_spinner=False)
def door() -> Door:
    """The one of all sessions."""
    configured = settings()
    return Door(lambda: open_store(configured))


def store() -> Store:
    """The store of the settings. Raises one of `TROUBLES`."""
    return door().store()


class Purger:
    """Purges when it is called first, and then once a day, as long as somebody uses the dashboard."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._due = datetime.min.replace(tzinfo=timezone.utc)

    def __call__(self, kept: Callable[[], Store], now: datetime) -> bool:
        """Purge if that is due; whether it was. Raises one of `TROUBLES`, and is due again soon after that."""
        with self._lock:
            if now < self._due:
                return False
            self._due = now + TRY_AGAIN
        with suppress(StillInUse):  # traces go with the next one
            kept().upkeep.purge(now)
        self._due = now + PURGE_EVERY
        return True

    def is_due(self, now: datetime) -> bool:
        """Whether a call would purge."""
        return now >= self._due


@st.cache_resource(show_spinner=False)
def purger() -> Purger:
    """The one of all sessions."""
    return Purger()


def look_after_store() -> threading.Thread | None:
    """Open and purge the store in the background if that is due; pages that need the store tell what is wrong."""
    now, purge = datetime.now(timezone.utc), purger()
    if not purge.is_due(now):
        return None

    def work() -> None:
        with suppress(*TROUBLES):
            purge(opened.store, now)

    opened = door()
    thread = threading.Thread(target=work, name="purge", daemon=True)
    thread.start()
    return thread
