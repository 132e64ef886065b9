"""Storage in use, and what can be done about it: purge now, forget a picture."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timezone
from html import escape

import streamlit as st

from idcard_core.store.errors import StillInUse
from idcard_core.store.store import Store
from idcard_core.store.upkeep import Usage
from idcard_core.ui.figures import tile
from idcard_core.ui.kept import TROUBLES
from idcard_core.ui.kept_notice import trouble
from idcard_core.ui.pages.settings.words import bytes_said
from idcard_core.ui.service import settings
from idcard_core.ui.state import session
from idcard_core.ui.strings import Texts
from idcard_core.ui.uploads import forget

SAID = "settings_said"
"""Where the session keeps what has just been done, to be told once."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


def show_usage(usage: Usage, texts: Texts) -> None:
    """How much is kept, in figures."""
    figures = {
        "database": bytes_said(usage.database_bytes),
        "pictures": bytes_said(usage.picture_bytes),
        "readings": str(usage.readings),
        "review": str(usage.review_items),
        "samples": str(usage.samples),
        "runs": str(usage.runs),
    }
    notes = {
        "pictures": texts("settings.usage.files", count=usage.pictures),
        "review": texts("settings.usage.events", count=usage.review_events),
    }
    tiles = (tile(name, texts(f"settings.usage.{name}"), value, notes.get(name, "")) for name, value in figures.items())
    st.html(f'<div class="id-tiles">{"".join(tiles)}</div>')


def show_upkeep(store: Store, texts: Texts) -> None:
    """Two things to do, side by side; both are asked for once more."""
    with st.container(key="upkeep"):
        purge, forget = st.columns(2, gap="medium")
        with purge:
            _purge_panel(store, texts)
        with forget:
            _forget_panel(store, texts)


def _purge_panel(store: Store, texts: Texts) -> None:
    days = settings().store.retention_days
    st.html(f'<div class="id-section">{escape(texts("settings.purge"))}</div>')
    rule = texts("settings.purge.forever") if days is None else texts("settings.purge.days", count=days)
    st.caption(rule)
    st.caption(texts("settings.purge.pictures"))
    if st.button(texts("settings.purge.now"), icon=":material/mop:", key="settings_purge"):
        _ask_to_purge(store, rule, texts)


def _ask_to_purge(store: Store, rule: str, texts: Texts) -> None:
    @st.dialog(texts("settings.purge.now"))
    def dialog() -> None:
        st.write(rule)
        st.caption(texts("settings.purge.pictures"))
        if _confirmed("purge", texts):
            _carry_out(lambda: _purge(store, texts), texts)

    dialog()


def _purge(store: Store, texts: Texts) -> str:
    purged = store.upkeep.purge(datetime.now(timezone.utc))
    return texts("settings.purged", readings=purged.readings, items=purged.review_items, pictures=purged.pictures)


def _forget_panel(store: Store, texts: Texts) -> None:
    """By the file itself, of which only the hash is taken, or by the hash."""
    st.html(f'<div class="id-section">{escape(texts("settings.forget"))}</div>')
    st.caption(texts("settings.forget.what"))
    file = st.file_uploader(
        texts("settings.forget.file"), key=f"settings_forget_file-{session().round}", label_visibility="collapsed"
    )
    typed = st.text_input(
        texts("settings.forget.hash"),
        placeholder=texts("settings.forget.hash"),
        key="settings_forget_hash",
        label_visibility="collapsed",
    )
    sha256 = typed.strip().lower() if file is None else hashlib.sha256(file.getvalue()).hexdigest()
    if not sha256:
        return
    if not _SHA256.fullmatch(sha256):
        st.error(texts("settings.forget.malformed"))
        return
    traces = store.upkeep.traces(sha256)
    if not traces.any:
        st.info(texts("settings.forget.nothing"))
        return
    kept = texts("settings.forget.file_kept" if traces.has_file else "settings.forget.no_file")
    counts = {"readings": traces.readings, "labels": traces.samples, "items": traces.review_items}
    st.write(texts("settings.forget.found", file=kept, **counts))
    if st.button(texts("settings.forget.now"), icon=":material/delete_forever:", key="settings_forget"):
        _ask_to_forget(store, sha256, None if file is None else file.file_id, texts)


def _ask_to_forget(store: Store, sha256: str, token: str | None, texts: Texts) -> None:
    @st.dialog(texts("settings.forget"))
    def dialog() -> None:
        st.write(texts("settings.forget.ask"))
        if _confirmed("forget", texts):
            _carry_out(lambda: _forget(store, sha256, token, texts), texts)

    dialog()


def _forget(store: Store, sha256: str, token: str | None, texts: Texts) -> str:
    """Out of the store, this session's list, and the browser's upload."""
    state = session()
    state.forget([row.id for row in state.rows if row.sha256 == sha256])
    state.round += 1
    if token is not None:
        forget([token])
    store.upkeep.forget(sha256)
    return texts("settings.forgotten")


def _confirmed(what: str, texts: Texts) -> bool:
    """A way out, and the button that does it."""
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button(texts("settings.no"), key=f"settings_{what}_no"):
            st.rerun()
        return st.button(texts(f"settings.{what}.yes"), type="primary", key=f"settings_{what}_yes")


def _carry_out(act: Callable[[], str], texts: Texts) -> None:
    """Does it and says so on the page; what goes wrong is said in the dialog."""
    try:
        st.session_state[SAID] = act()
    except StillInUse:
        st.session_state[SAID] = texts("settings.traces")
    except TROUBLES as error:
        st.error(texts(f"kept.{trouble(error)}"))
        return
    st.rerun()
