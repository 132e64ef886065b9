"""What the dashboard keeps: one store that all sessions share, purged at the start and once a day."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime, timedelta, timezone

import streamlit as st

from idcard_core.store.errors import StillInUse
from idcard_core.store.store import Store, open_store
from idcard_core.ui.service import settings

PURGE_EVERY = timedelta(days=1)


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The store of the settings. Raises SealError, and what the database says where it cannot be reached."""
    return open_store(settings())


class Purger:
    """Purges when it is called first, and then once a day, as long as somebody uses the dashboard."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._due = datetime.min.replace(tzinfo=timezone.utc)

    def __call__(self, kept: Store, now: datetime) -> bool:
        """Purge if that is due; whether it was."""
        with self._lock:
            if now < self._due:
                return False
            self._due = now + PURGE_EVERY
        with suppress(StillInUse):  # traces go with the next one
            kept.upkeep.purge(now)
        return True


@st.cache_resource(show_spinner=False)
def purger() -> Purger:
    """The one of all sessions."""
    return Purger()
