"""The page "API": call it from a form, see request and answer, and read its contract."""

from __future__ import annotations

from html import escape

import streamlit as st

from idcard_core.serve.paths import RECOGNISE
from idcard_core.ui.pages.api.client import quota, send
from idcard_core.ui.pages.api.contract_tables import show_contract
from idcard_core.ui.pages.api.exchange import show_answer, show_quota, show_request
from idcard_core.ui.pages.api.form import call_form
from idcard_core.ui.service import settings
from idcard_core.ui.state import session
from idcard_core.ui.strings import Texts


def render() -> None:
    """Draws the page."""
    state = session()
    texts = Texts(state.language)
    with st.sidebar:
        call = call_form(settings().serve.keys, texts)
        if st.button(texts("api.send"), type="primary", width="stretch", key="api_send"):
            with st.spinner(texts("api.sending")):
                state.exchange = send(call)
    _title(texts)
    show_quota(quota(call.key), call.key, texts)
    with st.container(key="exchange"):
        sent, received = st.columns(2, gap="medium")
        with sent:
            show_request(call, texts)
        with received:
            show_answer(state.exchange, call, texts)
    show_contract(texts)


def _title(texts: Texts) -> None:
    links = "".join(
        f'<a href="{path}" target="_blank" rel="noopener">{escape(texts(f"api.{name}"))}</a>'
        for name, path in (("docs", f"/docs?lang={texts.language.value}"), ("openapi", "/openapi.json"))
    )
    st.html(
        f'<div class="id-api-title"><h1>{escape(texts("api.title"))}</h1><code>POST {RECOGNISE}</code>'
        f"<nav>{links}</nav></div>"
        f'<p class="id-api-lead">{escape(texts("api.lead"))}</p>'
    )
