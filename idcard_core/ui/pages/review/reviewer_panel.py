"""Who reviews: asked once, remembered by the browser. A name, not a login: nobody checks it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from idcard_core.ui.pages.review.desk_state import Desk
from idcard_core.ui.strings import Texts

KEY = "review-reviewer"
LONGEST_NAME = 40
_HERE = Path(__file__).parent / "reviewer"
_FORM = st.components.v2.component(
    "idcard_reviewer",
    html="<form hidden><h2></h2><p></p><label for='name'></label>"
    "<input id='name' autocomplete='off'><button></button></form>",
    css=(_HERE / "reviewer.css").read_text("utf-8"),
    js=(_HERE / "reviewer.js").read_text("utf-8"),
)
_WORDS = ("title", "lead", "name", "go")


def ask_reviewer(desk: Desk, texts: Texts) -> None:
    """The form; a browser that knows the name answers at once, unless another one is asked for."""

    def named() -> None:
        name = st.session_state[KEY].get("name")
        if isinstance(name, str) and name.strip():
            desk.reviewer, desk.asks_name = clean_name(name), False

    words = {word: texts(f"review.reviewer.{word}") for word in _WORDS}
    _FORM(
        key=KEY,
        data={"words": words, "asked": desk.asks_name, "longest": LONGEST_NAME},
        on_name_change=named,
    )


def clean_name(name: str) -> str:
    """A name on one line, not too long, without what a database has no text with."""
    return " ".join(name.replace("\0", "").split())[:LONGEST_NAME]
