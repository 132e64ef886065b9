"""What went wrong with a picture: a headline in the reader's language and the exact message of the wire contract."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from idcard_core.errors import DocumentError, FormatError, ImageDataError
from idcard_core.ui.history import Failure, HistoryRow
from idcard_core.ui.look import Tone, badge, page_name
from idcard_core.ui.strings import Texts

_CASES = {
    FormatError.MISSING_IMAGE: "image",
    ImageDataError.DOWNLOAD: "url",
    ImageDataError.EMPTY: "empty",
    ImageDataError.DECODE: "decode",
    ImageDataError.SIZE: "size",
    ImageDataError.GIF_OPEN: "gif",
    ImageDataError.GIF_READ: "gif",
    ImageDataError.GIF_DECODE: "gif",
    ImageDataError.GIF_NO_COLOR_MAP: "gif",
    ImageDataError.GIF_EMPTY: "gif",
    DocumentError.BROKEN: "pdf",
    DocumentError.ENCRYPTED: "encrypted",
    DocumentError.SLOW: "slow",
    DocumentError.TOO_MANY_PAGES: "pages",
}
"""How messages of 461 and 462 begin, and whose sentence each one gets."""


def explain(failure: Failure, texts: Texts) -> str:
    """A sentence about ``failure`` for people."""
    case = next((case for start, case in _CASES.items() if failure.message.startswith(start)), None)
    return texts(f"error.{failure.code}" if case is None else f"error.{failure.code}.{case}")


def show_failure(name: str, failure: Failure, texts: Texts) -> None:
    """Takes the place of a result when the picture called ``name`` could not be read."""
    st.html(f'<div class="id-title"><h2>{escape(texts("error.title"))}</h2></div>')
    st.html(
        f'<div class="id-failure" role="alert">{_item(name, failure, texts)}'
        f'<p class="id-line">{escape(texts("error.goes_on"))}</p></div>'
    )


def show_failures(rows: Sequence[HistoryRow], texts: Texts) -> None:
    """A short list above a result, for the pictures of the same submission that could not be read."""
    items = "".join(
        _item(page_name(row.file, row.page, texts), row.failure, texts) for row in rows if row.failure is not None
    )
    if items:
        count = sum(row.failure is not None for row in rows)
        st.html(
            f'<div class="id-failure id-failure-list" role="alert">'
            f"<h3>{escape(texts('error.some', count=count))}</h3>{items}</div>"
        )


def _item(name: str, failure: Failure, texts: Texts) -> str:
    return (
        f'<div class="id-failure-item"><div>{badge(texts("error.code", code=failure.code), Tone.BAD)}'
        f'<span class="id-file">{escape(name)}</span></div>'
        f"<p>{escape(explain(failure, texts))}</p>"
        f'<code title="{escape(texts("error.exact"))}">{escape(failure.message)}</code></div>'
    )
