"""The dashboard's look beyond the theme in ``config.toml``: one style sheet, and small pieces of HTML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum
from html import escape
from pathlib import Path

import streamlit as st

from idcard_core.card import ImageStatus, RiskType
from idcard_core.ui.strings import Texts

_SHEET = Path(__file__).with_name("style.css")


_WIDGET_WORDS = (
    "upload-drop",
    "upload-limit",
    "upload-browse",
    "api-drop",
    "api-limit",
    "labels-drop",
    "labels-limit",
    "camera-shoot",
    "camera-ask",
    "theme-system",
    "theme-light",
    "theme-dark",
    "about",
    "more",
)
"""Words in Streamlit's own widgets; the style sheet puts them in place as ``--word-...``."""


class Tone(str, Enum):
    """What a colour says; the values are class names of the style sheet."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"
    INFO = "info"
    QUIET = "quiet"


STATUS_TONES: Mapping[ImageStatus, Tone] = {
    ImageStatus.NORMAL: Tone.GOOD,
    ImageStatus.REVERSED_SIDE: Tone.FAIR,
    ImageStatus.BLURRED: Tone.FAIR,
    ImageStatus.OVER_EXPOSURE: Tone.FAIR,
    ImageStatus.OVER_DARK: Tone.FAIR,
    ImageStatus.NON_IDCARD: Tone.BAD,
    ImageStatus.OTHER_TYPE_CARD: Tone.BAD,
    ImageStatus.UNKNOWN: Tone.QUIET,
}
RISK_TONES: Mapping[RiskType, Tone] = {
    RiskType.NORMAL: Tone.GOOD,
    RiskType.COPY: Tone.BAD,
    RiskType.SCREEN: Tone.BAD,
    RiskType.TEMPORARY: Tone.FAIR,
    RiskType.UNKNOWN: Tone.QUIET,
}

CONFIDENT, DOUBTFUL = 0.95, 0.80
"""From 0.95 a field counts as sure, below 0.80 as doubtful: the colours of table and boxes."""


def confidence_tone(confidence: float) -> Tone:
    """The colour of a confidence (0 to 1)."""
    if confidence >= CONFIDENT:
        return Tone.GOOD
    return Tone.FAIR if confidence >= DOUBTFUL else Tone.BAD


def dress(texts: Texts) -> None:
    """Puts the style sheet on the page, with the words Streamlit's own widgets would say in English only."""
    words = {name: texts(f"widget.{name}") for name in _WIDGET_WORDS}
    variables = "".join(f"--word-{name}: {json.dumps(word, ensure_ascii=False)};" for name, word in words.items())
    st.html(f"<style>:root {{{variables}}}\n{_SHEET.read_text('utf-8')}</style>")


def page_name(file: str, page: int | None, texts: Texts) -> str:
    """What a picture is called: its file, and the page where the file is a document of several."""
    return file if page is None else texts("result.page", file=file, page=page)


def badge(label: str, tone: Tone) -> str:
    """A small coloured label, as HTML."""
    return f'<span class="id-badge id-{tone.value}">{escape(label)}</span>'


def milliseconds(value: float) -> str:
    """A time for people to read: ``182 ms``, ``1.24 s``."""
    return f"{value:.0f} ms" if value < 1000 else f"{value / 1000:.2f} s"


def percent(share: float | None) -> str:
    """A share (0 to 1) for people to read; a dash when there is none. Never rounds up to 100 %."""
    if share is None:
        return "—"
    return "100 %" if share >= 1 else f"{min(share * 100, 99.9):.1f} %"
