"""The page "History": what was read in this session and, where readings are kept, before."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from html import escape

import streamlit as st

from idcard_core.store.readings.rows import EVERYTHING
from idcard_core.store.store import Store
from idcard_core.ui.figures import EVER, show_figures
from idcard_core.ui.kept_notice import with_store
from idcard_core.ui.pages.history.charts import show_trend, width_for
from idcard_core.ui.pages.history.choice import choose
from idcard_core.ui.pages.history.desk import Desk, Scope, desk
from idcard_core.ui.pages.history.kept_source import KeptReadings
from idcard_core.ui.pages.history.listing import Listing, show_list
from idcard_core.ui.pages.history.opened import show_opened
from idcard_core.ui.pages.history.source import SessionReadings, Source
from idcard_core.ui.service import settings
from idcard_core.ui.state import session
from idcard_core.ui.strings import Texts


def render() -> None:
    """Draws the page."""
    state, at = session(), desk()
    texts = Texts(state.language)
    scope = _scope(texts)
    if at.said:
        st.toast(at.said, icon=":material/check:")
        at.said = ""
    if scope == "session":
        _show(SessionReadings(state), scope, at, texts)
        return
    if not settings().store.keep_readings:
        _keeping_is_off(texts)

    def draw(store: Store) -> None:
        _show(KeptReadings(store), scope, at, texts)

    with_store(draw, texts)


def zone_of_visitor() -> timezone:
    """The time zone of the browser, else that of this machine."""
    minutes = st.context.timezone_offset
    if minutes is not None:
        return timezone(timedelta(minutes=-minutes))
    return timezone(datetime.now().astimezone().utcoffset() or timedelta(0))


def _scope(texts: Texts) -> Scope:
    with st.sidebar:
        chosen: Scope = st.segmented_control(
            texts("history.scope"),
            ["session", "kept"],
            default="kept" if settings().store.keep_readings else "session",
            required=True,
            format_func=lambda scope: texts(f"history.scope.{scope}"),
            key="history_scope",
            label_visibility="collapsed",
            width="stretch",
            persist_state="session",
        )
    return chosen


def _show(source: Source, scope: Scope, at: Desk, texts: Texts) -> None:
    zone = zone_of_visitor()
    with st.sidebar:
        wanted = choose(source.engines(), zone, texts)
    listing = Listing(source, wanted, scope, zone)
    at.ask((scope, wanted))
    if at.opened is not None:
        show_opened(listing, at.opened, at, texts)
        return
    st.html(f'<div class="id-title"><h2>{escape(texts(f"history.title.{scope}"))}</h2></div>')
    count = source.count(wanted)
    if not count:
        _nothing(source, scope, texts)
        return
    if not wanted.search:  # the store tells no figures of what a name finds
        _figures(listing, count, texts)
    show_list(listing, count, at, texts)


def _figures(listing: Listing, count: int, texts: Texts) -> None:
    source, wanted = listing.source, listing.wanted
    total = source.trend(wanted, EVER, listing.zone)
    show_figures(total[0] if total else None, texts)
    newest, oldest = source.page(wanted, 1, 0), source.page(wanted, 1, count - 1)
    if not newest or not oldest:  # deleted by somebody else meanwhile
        return
    width = width_for(newest[0].occasion.time - oldest[0].occasion.time)
    show_trend(source.trend(wanted, width, listing.zone), width, texts)


def _nothing(source: Source, scope: Scope, texts: Texts) -> None:
    """Nothing passes the filter, or there is nothing at all."""
    key = "history.none.found" if source.count(EVERYTHING) else f"history.none.{scope}"
    st.html(f'<div class="id-nothing">{escape(texts(key))}</div>')


def _keeping_is_off(texts: Texts) -> None:
    st.info(texts("history.off"), icon=":material/info:")
    with st.expander(texts("history.off.how")):
        st.caption(texts("history.off.file"))
        st.code("[store]\nkeep_readings = true\nretention_days = 90", language="toml")
        st.caption(texts("history.off.environment"))
        st.code("IDCARD_STORE__KEEP_READINGS=true", language="bash")
