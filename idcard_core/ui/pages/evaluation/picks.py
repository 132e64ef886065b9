"""HTML of which parts can be picked: a click, or Enter, on what carries ``data-pick`` tells the script its word."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_COMPONENT = st.components.v2.component(
    "idcard_picks", js=(_HERE / "picks.js").read_text("utf-8"), isolate_styles=False
)


def picks(html: str, key: str) -> str | None:
    """Show ``html``, every text in it escaped; the word that was picked, in the one run that the pick started."""
    picked: str | None = _COMPONENT(key=key, data={"html": html}, on_picked_change=lambda: None).picked
    return picked


def dress() -> None:
    """Put the page's own style sheet beside the common one; dialogs, outside of the page, are told light or dark."""
    scheme = "dark" if st.context.theme.type == "dark" else "light"
    sheet = (_HERE / "evaluation.css").read_text("utf-8")
    st.html(f'<style>[data-testid="stDialog"] {{ color-scheme: {scheme}; }}\n{sheet}</style>')
