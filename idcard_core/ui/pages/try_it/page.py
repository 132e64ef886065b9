"""The page "Try": hand in a picture, see everything that was read, and the session so far."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from html import escape

import streamlit as st

from idcard_core.card import ReadOptions
from idcard_core.ui.errors_panel import show_failure, show_failures
from idcard_core.ui.history import HistoryRow
from idcard_core.ui.keeping import keep
from idcard_core.ui.look import milliseconds, page_name
from idcard_core.ui.pages.try_it.gallery import pick_sample
from idcard_core.ui.pages.try_it.inputs import options_panel, source_panel
from idcard_core.ui.pages.try_it.session_panel import show_session
from idcard_core.ui.reading_view.panel import show_reading
from idcard_core.ui.send_to_review import send_all_button, send_button
from idcard_core.ui.service import pages_of, recognise
from idcard_core.ui.shelf import MOST_EXHIBITS, Exhibit, Original
from idcard_core.ui.state import Session, session
from idcard_core.ui.strings import Texts
from idcard_core.ui.uploads import forget

_SAMPLES_ON_EMPTY_PAGE = 12


def render() -> None:
    """Draws the page."""
    state = session()
    texts = Texts(state.language)
    with st.sidebar:
        handed_in = source_panel(state, texts)
        progress = st.container()
        options = options_panel(texts)
    if handed_in:
        with progress:
            _read(handed_in, options, state, texts)
    _result(state, options, texts)
    show_session(state, texts)


def _read(handed_in: Sequence[Original], options: ReadOptions, state: Session, texts: Texts) -> None:
    """Reads all that was handed in, one after the other, and shows the page anew."""
    batch: list[HistoryRow] = []
    pictures = [page for original in handed_in for page in pages_of(original)]
    count = len(pictures)
    bar = st.progress(0.0) if count > 1 else None
    with st.spinner(texts("progress.one")) if bar is None else nullcontext():
        for number, original in enumerate(pictures, start=1):
            if bar is not None:
                bar.progress((number - 1) / count, texts("progress.many", number=number, count=count))
            batch.append(read_once(original, options, state))
    # The first that can be shown; the first error when there is none.
    shown = next((row for row in batch if row.failure is None and state.shelf.get(row.id)), batch[0])
    state.finish(batch, shown)
    forget(original.token for original in handed_in)
    st.rerun()


def read_once(original: Original, options: ReadOptions, state: Session) -> HistoryRow:
    """Reads one picture, unless an interrupted run of this submission did already."""
    if (row := state.begun.get((original.token, original.page))) is not None:
        return row
    outcome = recognise(original, options, state.next_id())
    row = keep(outcome, state.visitor)
    state.rows.append(row)
    if original.token:
        state.begun[original.token, original.page] = row
    if outcome.exhibit is not None:
        state.shelf.put(outcome.exhibit)
    return row


def _result(state: Session, options: ReadOptions, texts: Texts) -> None:
    """The recognition on the page: a result, an error, or, before the first one, an invitation."""
    row = state.row(state.shown)
    if row is None:
        _invitation(state, options, texts)
        return
    _batch(state, texts)
    if row.failure is not None:
        show_failure(page_name(row.file, row.page, texts), row.failure, texts)
        return
    others = [found for row_id in state.batch if (found := state.row(row_id)) is not None]
    if row in others:
        show_failures(others, texts)
    exhibit = state.shelf.get(row.id)
    if exhibit is None:
        st.info(texts("result.gone", count=MOST_EXHIBITS))
        return
    _title(row, exhibit, state, options, texts)
    show_reading(exhibit, page_name(row.file, row.page, texts), texts)


def _invitation(state: Session, options: ReadOptions, texts: Texts) -> None:
    """The empty page: what can be done here, and samples to do it with."""
    st.html(
        f'<div class="id-invitation"><h1>{escape(texts("empty.title"))}</h1><p>{escape(texts("empty.lead"))}</p>'
        f'<div class="id-section">{escape(texts("empty.samples"))}</div></div>'
    )
    picked = pick_sample("gallery-wide", texts, layout="wide", most=_SAMPLES_ON_EMPTY_PAGE)
    if picked is not None:
        _read([picked], options, state, texts)


def _batch(state: Session, texts: Texts) -> None:
    """A switch between the pictures that were handed in together."""
    if len(state.batch) < 2:
        return

    def switch() -> None:
        state.shown = st.session_state["batch"]

    st.session_state["batch"] = state.shown if state.shown in state.batch else None
    st.pills(
        texts("result.batch"),
        state.batch,
        format_func=lambda row_id: _short(state.row(row_id), texts),
        key="batch",
        label_visibility="collapsed",
        on_change=switch,
        wrap=False,
    )
    send_all_button([found for row_id in state.batch if (found := state.shelf.get(row_id)) is not None], texts)


def _short(row: HistoryRow | None, texts: Texts) -> str:
    if row is None:
        return "—"
    name = row.file if len(row.file) <= 24 else f"{row.file[:14]}…{row.file[-8:]}"
    mark = ":material/error: " if row.failure is not None else ":material/flag: " if row.doubted else ""
    return mark + page_name(name, row.page, texts)


def _title(row: HistoryRow, exhibit: Exhibit, state: Session, options: ReadOptions, texts: Texts) -> None:
    info = exhibit.reading.picture
    facts = [
        texts("result.size", width=info.width, height=info.height),
        info.format.upper(),
        _size(info.size_bytes),
        texts("result.took", ms=milliseconds(row.milliseconds)),
    ]
    name = escape(page_name(row.file, row.page, texts))
    changed = exhibit.reading.options != options
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="title"):
        st.html(
            f'<div class="id-title"><h2 title="{name}">{name}</h2>'
            f'<div class="id-line">{escape(" · ".join(facts))}</div></div>'
        )
        send_button(exhibit, texts)
        again = st.button(
            texts("result.changed" if changed else "result.again"),
            type="primary" if changed else "secondary",
            icon=":material/refresh:",
            help=texts("result.again.help"),
            key="again",
        )
    if again:
        _read([exhibit.original], options, state, texts)


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1024:.0f} KB" if size_bytes < 2**20 else f"{size_bytes / 2**20:.1f} MB"
