"""All of a recognition: judgements above, picture and fields side by side, more below."""

from __future__ import annotations

import streamlit as st

from idcard_core.ui.reading_view.details import show_details
from idcard_core.ui.reading_view.field_table import show_fields
from idcard_core.ui.reading_view.verdicts import show_verdicts
from idcard_core.ui.reading_view.views import show_picture
from idcard_core.ui.shelf import Exhibit
from idcard_core.ui.strings import Texts


def show_reading(exhibit: Exhibit, name: str, texts: Texts) -> None:
    """Draws it; ``name`` is what the picture is called."""
    show_verdicts(exhibit.reading, texts)
    with st.container(key="result"):
        seen, read = st.columns([11, 9], gap="medium")
        with seen:
            show_picture(exhibit, name, texts)
        with read:
            show_fields(exhibit, texts)
    show_details(exhibit, texts)
