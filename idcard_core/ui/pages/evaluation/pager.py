"""From one page of a list to another."""

from __future__ import annotations

import math
from html import escape

import streamlit as st

from idcard_core.ui.strings import Texts


def pager(place: int, count: int, per_page: int, key: str, texts: Texts) -> int:
    """Which page is wanted, from 0; nothing is shown for a list of one page."""
    pages = max(1, math.ceil(count / per_page))
    if pages == 1:
        return 0
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", key=f"{key}-pager"):
        first, last = place * per_page + 1, min(count, (place + 1) * per_page)
        said = texts("evaluation.pager", first=first, last=last, count=count)
        st.html(f'<div class="id-line id-pager">{escape(said)}</div>', width="content")
        back = st.button(
            texts("evaluation.pager.back"), icon=":material/chevron_left:", disabled=place == 0, key=f"{key}_back"
        )
        on = st.button(
            texts("evaluation.pager.on"), icon=":material/chevron_right:", disabled=place + 1 >= pages, key=f"{key}_on"
        )
    return place - back + on
