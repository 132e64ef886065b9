"""What stands in the place of a page, or of a part of it, that needs the store while the store cannot be had."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st
from alembic.util import CommandError

from idcard_core.store.errors import Damaged, KeyMalformed, KeyMissing, KeyUnexpected, KeyWrong
from idcard_core.store.store import Store
from idcard_core.ui.kept import TROUBLES, store
from idcard_core.ui.strings import Texts

_KINDS: tuple[tuple[type[Exception], str], ...] = (
    (KeyMalformed, "key_malformed"),
    (KeyMissing, "key_missing"),
    (KeyWrong, "key_wrong"),
    (KeyUnexpected, "key_unexpected"),
    (Damaged, "damaged"),
    (CommandError, "newer"),
    (ImportError, "driver"),
    (OSError, "folder"),
)


def with_store(draw: Callable[[Store], None], texts: Texts) -> None:
    """Draw what needs the store; a notice that says why, and what to do, where it cannot be had."""
    try:
        draw(store())
    except TROUBLES as error:
        show_trouble(error, texts)


def show_trouble(error: Exception, texts: Texts) -> None:
    """The notice: never a value, an address or a key."""
    kind = trouble(error)
    st.html(
        f'<div class="id-failure" role="alert" data-trouble="{kind}"><h3>{escape(texts("kept.title"))}</h3>'
        f"<p>{escape(texts(f'kept.{kind}'))}</p>"
        f'<p class="id-line">{escape(texts(f"kept.{kind}.what"))} {escape(texts("kept.goes_on"))}</p></div>'
    )
    st.button(texts("kept.again"), icon=":material/refresh:", key="kept_again")


def trouble(error: Exception) -> str:
    """Which kind of trouble it is, as the words of this page name it."""
    return next((name for kind, name in _KINDS if isinstance(error, kind)), "unreachable")
