"""The page "Review": one picture after another, the worst first, everything that is done written into a log."""

from __future__ import annotations

from datetime import datetime, timezone
from html import escape

import streamlit as st

from idcard_core.store.errors import NotKept
from idcard_core.store.review.items import QueueFilter
from idcard_core.store.review.project import State
from idcard_core.store.store import Store
from idcard_core.ui.kept import TROUBLES, store
from idcard_core.ui.kept_notice import show_trouble
from idcard_core.ui.look import Tone
from idcard_core.ui.pages.review.desk import show_desk
from idcard_core.ui.pages.review.desk_state import Desk
from idcard_core.ui.pages.review.moves import Moves
from idcard_core.ui.pages.review.panels import show_panels
from idcard_core.ui.pages.review.presence import presence
from idcard_core.ui.pages.review.queue_panel import show_queue
from idcard_core.ui.pages.review.reviewer_panel import ask_reviewer
from idcard_core.ui.state import session
from idcard_core.ui.strings import Texts

_ITEM = "item"
"""The open item in the address, so that it is found again after a fresh start."""


def render() -> None:
    """Draws the page."""
    state = session()
    texts, desk = Texts(state.language), state.review
    if not desk.reviewer:
        ask_reviewer(desk, texts)
        return
    try:
        _work(desk, store(), texts)
    except TROUBLES as trouble:
        show_trouble(trouble, texts)


def _work(desk: Desk, kept: Store, texts: Texts) -> None:
    _asked_for(desk)
    if desk.item is None:
        desk.item = Moves(desk, store, presence()).next_of(None)
    _side_bar(desk, kept, texts)
    if desk.item is None:
        _empty(desk, kept, texts)
        return
    st.query_params[_ITEM] = str(desk.item)
    try:
        show_desk(desk, texts)
    except NotKept:
        desk.item = None
        desk.tell("review.notice.gone", Tone.FAIR)
        st.query_params.pop(_ITEM, None)
        st.rerun()


def _side_bar(desk: Desk, kept: Store, texts: Texts) -> None:
    """While the store cannot be reached, the open item stays on the desk with what is typed."""
    with st.sidebar:
        try:
            show_queue(desk, kept.review.queue, texts)
            show_panels(desk, kept, texts)
        except TROUBLES as trouble:
            if not desk.is_shown:
                raise
            show_trouble(trouble, texts)


def _asked_for(desk: Desk) -> None:
    """The item that the address names, at the first look of a session."""
    asked = st.query_params.get(_ITEM, "")
    if desk.item is None and not desk.visited and not desk.acked and asked.isdigit():
        desk.item = int(asked)


def _empty(desk: Desk, kept: Store, texts: Texts) -> None:
    """Nothing in the queue: why, and where to go on."""
    st.query_params.pop(_ITEM, None)
    presence().sit(desk.token, desk.reviewer, None, datetime.now(timezone.utc))
    counts = kept.review.queue.states()
    filtered = desk.wanted != QueueFilter(state=desk.wanted.state)
    if filtered:
        key = "filtered"
    elif not any(counts.values()):
        key = "ever"
    else:
        key = "done" if desk.wanted.state is State.PENDING else "state"
    title, lead = texts(f"review.empty.{key}"), texts(f"review.empty.{key}.lead")
    st.html(
        f'<div class="id-invitation id-review-empty" data-empty="{key}"><h1>{escape(title)}</h1>'
        f"<p>{escape(lead)}</p></div>"
    )
