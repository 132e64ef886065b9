"""One recognition, opened again: what it says of itself, then all that can still be shown."""

from __future__ import annotations

from html import escape

import streamlit as st

from idcard_core.store.readings.rows import KeptReading
from idcard_core.ui.errors_panel import show_failure
from idcard_core.ui.history import Failure
from idcard_core.ui.look import milliseconds, page_name
from idcard_core.ui.pages.history.desk import Desk
from idcard_core.ui.pages.history.listing import Listing
from idcard_core.ui.pages.history.removal import ask_to_delete
from idcard_core.ui.reading_rows import full_time
from idcard_core.ui.reading_view.panel import show_reading
from idcard_core.ui.strings import Texts


def show_opened(listing: Listing, id: int, desk: Desk, texts: Texts) -> None:
    """In the place of the list, with a way back to it."""

    def back() -> None:
        desk.opened = None

    reading = listing.source.get(id)
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="history-opened"
    ):
        st.button(texts("history.back"), on_click=back, icon=":material/arrow_back:", key="history_back")
        deleting = reading is not None and st.button(
            texts("history.delete.one"), icon=":material/delete:", key="history_delete_one"
        )
    if reading is None:
        st.warning(texts("history.opened.deleted"))
        return
    if deleting:
        ask_to_delete(1, lambda: listing.source.delete([id]), listing.scope, desk, texts)
    name = page_name(reading.occasion.source, reading.page, texts)
    _title(reading, name, listing, texts)
    if reading.failed is not None:
        failure = Failure(reading.failed.code, reading.failed.message)
        show_failure(name, failure, texts)
        return
    exhibit = listing.source.exhibit(reading)
    if exhibit is None:
        st.info(texts("history.opened.gone"))
        return
    if not exhibit.preview:
        st.caption(texts("history.opened.no_picture"))
    show_reading(exhibit, name, texts)


def _title(reading: KeptReading, name: str, listing: Listing, texts: Texts) -> None:
    occasion = reading.occasion
    facts = [
        full_time(occasion.time, listing.zone),
        occasion.engine,
        texts("result.took", ms=milliseconds(reading.milliseconds)),
        texts("history.log_id", log_id=occasion.log_id),
    ]
    st.html(
        f'<div class="id-title"><h2 title="{escape(name)}">{escape(name)}</h2>'
        f'<div class="id-line">{escape(" · ".join(facts))}</div></div>'
    )
