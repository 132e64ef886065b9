"""The session so far: accuracy and latency in figures, and the newest recognitions."""

from __future__ import annotations

from html import escape

import streamlit as st

from idcard_core.ui.figures import show_figures, total_of
from idcard_core.ui.reading_rows import columns, numbers_of, row_of
from idcard_core.ui.rows_table.rows_table import rows_table
from idcard_core.ui.state import Session
from idcard_core.ui.strings import Texts

NEWEST = 6
"""Rows; all others are on the page "History"."""


def show_session(state: Session, texts: Texts) -> None:
    """Figures above, rows below; a sentence instead while nothing was read."""
    st.subheader(texts("session.title"), anchor=False)
    if not state.rows:
        st.html(f'<div class="id-nothing">{escape(texts("session.empty"))}</div>')
        return
    lost = sum(row.lost for row in state.rows)
    if lost:
        st.warning(texts("session.lost", count=lost))
    readings = [row.as_reading(state.visitor) for row in state.rows]
    show_figures(total_of(readings), texts)
    newest = [
        row_of(reading, texts, None, _bared(reading.id, state), current=reading.id == state.shown)
        for reading in reversed(readings[-NEWEST:])
    ]
    told = rows_table(columns(texts), newest, texts, key="session-rows")
    if len(readings) > NEWEST:
        st.caption(texts("session.more", count=NEWEST))
    if told.eyed is not None:
        state.bared.symmetric_difference_update({told.eyed})
        st.rerun()
    if told.opened is not None and told.opened != state.shown:
        state.shown = told.opened
        st.rerun()


def _bared(row_id: int, state: Session) -> str | None:
    """A row's number in full where somebody wants to see it, and it is still in memory."""
    exhibit = state.shelf.get(row_id) if row_id in state.bared else None
    return None if exhibit is None else numbers_of(exhibit.reading)
