"""The list itself: a page of it, what is ticked, what can be done to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timezone
from html import escape

import streamlit as st

from idcard_core.store.readings.rows import ReadingFilter
from idcard_core.ui.pages.history.desk import Desk, Scope
from idcard_core.ui.pages.history.export import csv_of
from idcard_core.ui.pages.history.removal import ask_to_delete
from idcard_core.ui.pages.history.source import Source
from idcard_core.ui.reading_rows import columns, row_of
from idcard_core.ui.rows_table.rows_table import rows_table
from idcard_core.ui.strings import Texts

ROWS = 50
"""Of one page."""


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """What is listed: those of ``source`` that pass ``wanted``, with times in ``zone``."""

    source: Source
    wanted: ReadingFilter
    scope: Scope
    zone: timezone


def show_list(listing: Listing, count: int, desk: Desk, texts: Texts) -> None:
    """A page of ``count`` recognitions."""
    pages = max(1, -(-count // ROWS))
    desk.page = min(desk.page, pages - 1)
    _above(listing, count, desk, texts)
    readings = listing.source.page(listing.wanted, ROWS, desk.page * ROWS)
    bared = [reading.id for reading in readings if reading.id in desk.bared]
    numbers = listing.source.numbers(bared) if bared else {}
    told = rows_table(
        columns(texts),
        [row_of(reading, texts, listing.zone, numbers.get(reading.id)) for reading in readings],
        texts,
        key=f"history-rows-{listing.scope}-{desk.page}",
        tickable=True,
    )
    _below(listing, count, desk, texts)
    if told.opened is not None:
        desk.opened = told.opened
        st.rerun()
    if told.eyed is not None:
        desk.flip(told.eyed)
        if told.eyed in desk.bared and not listing.source.numbers([told.eyed]):
            desk.bared.discard(told.eyed)
            desk.said = texts("history.number.gone")
        st.rerun()
    _ticked(listing, told.ticked, desk, texts)


def _above(listing: Listing, count: int, desk: Desk, texts: Texts) -> None:
    first, last = desk.page * ROWS + 1, min((desk.page + 1) * ROWS, count)
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="history-above"
    ):
        st.html(f'<div class="id-line">{escape(texts("history.range", first=first, last=last, count=count))}</div>')
        with st.container(horizontal=True, width="content", gap="small"):
            st.download_button(
                texts("history.export"),
                lambda: csv_of(listing.source, listing.wanted, listing.zone, texts),
                file_name="idcard-history.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
                key="history_export",
            )
            if st.button(texts("history.delete.all"), icon=":material/delete_sweep:", key="history_delete_all"):
                ask_to_delete(count, lambda: listing.source.delete_all(listing.wanted), listing.scope, desk, texts)


def _below(listing: Listing, count: int, desk: Desk, texts: Texts) -> None:
    """To the other pages."""
    pages = -(-count // ROWS)
    if pages < 2:
        return

    def turn(by: int) -> None:
        desk.page += by

    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="center", key="history-pages"):
        st.button(
            texts("history.newer"), on_click=turn, args=(-1,), disabled=desk.page == 0, key="history_newer", icon=_LEFT
        )
        st.html(f'<div class="id-line">{escape(texts("history.page", page=desk.page + 1, pages=pages))}</div>')
        st.button(
            texts("history.older"),
            on_click=turn,
            args=(1,),
            disabled=desk.page >= pages - 1,
            key="history_older",
            icon=_RIGHT,
        )


_LEFT, _RIGHT = ":material/chevron_left:", ":material/chevron_right:"


def _ticked(listing: Listing, ticked: tuple[int, ...], desk: Desk, texts: Texts) -> None:
    """What can be done to what is ticked, in a bar that lies over the page's foot."""
    if not ticked:
        return
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="history-ticked"
    ):
        st.html(f"<b>{escape(texts('history.ticked', count=len(ticked)))}</b>")
        if st.button(texts("history.delete"), icon=":material/delete:", key="history_delete"):
            ask_to_delete(len(ticked), lambda: listing.source.delete(ticked), listing.scope, desk, texts)
