"""From one page of a list to another."""

from __future__ import annotations

import math
from collections.abc import Callable
from html import escape

import streamlit as st

from idcard_core.ui.strings import Texts


def pager(place: int, count: int, per_page: int, go: Callable[[int], None], texts: Texts, key: str) -> None:
    """Tells ``go`` which page is wanted, from 0; nothing is shown for a list of one page."""
    pages = max(1, math.ceil(count / per_page))
    if pages == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", key=f"{key}-pager"):
        first, last = place * per_page + 1, min(count, (place + 1) * per_page)
        said = texts("evaluation.pager", first=first, last=last, count=count)
        st.html(f'<div class="id-line id-pager">{escape(said)}</div>', width="content")
        for name, icon, to in (("back", "chevron_left", place - 1), ("on", "chevron_right", place + 1)):
            st.button(
                texts(f"evaluation.pager.{name}"),
                icon=f":material/{icon}:",
                disabled=not 0 <= to < pages,
                key=f"{key}_{name}",
                on_click=go,
                args=(to,),
            )
