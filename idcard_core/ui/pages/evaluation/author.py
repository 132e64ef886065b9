"""Who labels: the name is asked for once, and is the reviewer's where somebody reviews in this session."""

from __future__ import annotations

import streamlit as st

from idcard_core.evaluate.importing.rows import one_line
from idcard_core.ui.state import session
from idcard_core.ui.strings import Texts


def author(texts: Texts) -> str:
    """An input for the name; the name, which may be empty."""
    written = st.text_input(
        texts("evaluation.author"),
        session().review.reviewer,
        max_chars=60,
        placeholder=texts("evaluation.author.placeholder"),
        key="evaluation_author",
        persist_state="session",
    )
    return one_line(written or "")


def known_author() -> str:
    """The name that was given, if any was."""
    return one_line(str(st.session_state.get("evaluation_author") or session().review.reviewer))
