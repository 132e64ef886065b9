"""The dashboard as a whole: its frame, its language, its pages."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path

import streamlit as st

from idcard_core.ui import look
from idcard_core.ui.kept import look_after_store
from idcard_core.ui.pages.api import page as api
from idcard_core.ui.pages.evaluation import page as evaluation
from idcard_core.ui.pages.history import page as history
from idcard_core.ui.pages.review import page as review
from idcard_core.ui.pages.settings import page as settings_page
from idcard_core.ui.pages.try_it import page as try_it
from idcard_core.ui.service import warm
from idcard_core.ui.state import Session, session
from idcard_core.ui.strings import Language, Texts

SIDEBAR_PX = 320
# A file of ours: Streamlit fetches the picture of a ``:material/...:`` page icon from the internet.
_FAVICON = Path(__file__).with_name("favicon.png")


def main() -> None:
    """One run of the script, for one visitor."""
    state = session()
    state.keep_language()
    texts = Texts(state.language)
    st.set_page_config(
        page_title=texts("app.title"),
        page_icon=_FAVICON,
        layout="wide",
        initial_sidebar_state=SIDEBAR_PX,
        menu_items={"About": texts("app.about")},
    )
    warm()
    look_after_store()
    look.dress(texts)
    page = st.navigation(
        [
            st.Page(try_it.render, title=texts("page.try"), url_path="try", default=True),
            st.Page(review.render, title=texts("page.review"), url_path="review"),
            st.Page(evaluation.render, title=texts("page.evaluation"), url_path="evaluation"),
            st.Page(history.render, title=texts("page.history"), url_path="history"),
            st.Page(api.render, title=texts("page.api"), url_path="api"),
            st.Page(settings_page.render, title=texts("page.settings"), url_path="settings"),
        ],
        position="top",
    )
    with st.sidebar:
        _brand(texts)
    _language_switch(state, texts)
    page.run()


def _brand(texts: Texts) -> None:
    title, tagline = escape(texts("app.title")), escape(texts("app.tagline"))
    st.html(f'<div class="id-brand"><img src="{_mark()}" alt=""><div><b>{title}</b><span>{tagline}</span></div></div>')


@st.cache_resource(show_spinner=False)
def _mark() -> str:
    """The project's sign as a data URI."""
    return f"data:image/png;base64,{b64encode(_FAVICON.read_bytes()).decode()}"


def _language_switch(state: Session, texts: Texts) -> None:
    def switch() -> None:
        state.speak(Language(st.session_state["language"]))

    with st.container(key="language-switch"):
        st.segmented_control(
            texts("language"),
            [language.value for language in Language],
            default=state.language.value,
            required=True,
            format_func=lambda value: Language(value).own_name,
            key="language",
            label_visibility="collapsed",
            on_change=switch,
        )
