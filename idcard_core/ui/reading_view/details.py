"""More about a reading: the rectified card and portrait, the wire answer, the time of each stage."""

from __future__ import annotations

from html import escape
from pathlib import PurePath

import streamlit as st

from idcard_core.ui.look import milliseconds
from idcard_core.ui.reading_view.risks import show_risks
from idcard_core.ui.shelf import Exhibit, Original
from idcard_core.ui.strings import Texts

CARD_WIDTH_PX, PORTRAIT_WIDTH_PX = 320, 164
"""So that both are 202 px high: a card is 85.6 x 54 mm, its portrait 26 x 32 mm."""
_JSON_HEIGHT_PX = 320


def show_details(exhibit: Exhibit, texts: Texts) -> None:
    """Four tabs under the picture."""
    names = [texts(f"tab.{name}") for name in ("card", "risks", "json", "times")]
    card, risks, wire, times = st.tabs(names, key="details")
    with card:
        _cards(exhibit, texts)
    with risks:
        show_risks(exhibit, texts)
    with wire:
        _wire(exhibit, texts)
    with times:
        _times(exhibit, texts)


def _cards(exhibit: Exhibit, texts: Texts) -> None:
    if not any(pictures.rectified or pictures.portrait for pictures in exhibit.pictures):
        st.caption(texts("card.none"))
        return
    with st.container(horizontal=True, gap="medium", key="cards"):
        for shown in exhibit.cards:
            side = texts("card.rectified", side=texts(f"verdict.side.{shown.card.side.value}"))
            # A card and its portrait stay on one line.
            with st.container(horizontal=True, gap="medium", width="content"):
                for picture, caption, width in (
                    (shown.pictures.rectified, side, CARD_WIDTH_PX),
                    (shown.pictures.portrait, texts("card.portrait"), PORTRAIT_WIDTH_PX),
                ):
                    if picture is not None:
                        named = _numbered(caption, shown.number, texts)
                        st.image(picture, named, width=width, alt=named)


def _numbered(caption: str, number: int | None, texts: Texts) -> str:
    return caption if number is None else texts("card.number", number=number, caption=caption)


def _wire(exhibit: Exhibit, texts: Texts) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        detail = st.toggle(texts("json.detail"), help=texts("json.detail.help"), key="json_detail")
        wire = exhibit.wire_detail if detail else exhibit.wire
        st.download_button(
            texts("json.download"),
            wire.encode,  # made when it is clicked, so that no copy lies in memory
            file_name=_file_name(exhibit.original),
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
            key="download_json",
        )
    st.code(wire, language="json", height=_JSON_HEIGHT_PX)
    cards = exhibit.reading.cards
    several = not detail and len(cards) > len({card.side for card in cards})
    st.caption(texts("json.several", count=len(cards)) if several else texts("json.note"))


def _file_name(original: Original) -> str:
    stem = PurePath(original.name).stem or "reading"
    return f"{stem}.json" if original.page is None else f"{stem}-{original.page}.json"


def _times(exhibit: Exhibit, texts: Texts) -> None:
    stages = {name: ms for name, ms in exhibit.reading.timings_ms.items() if name != "total"}
    total = exhibit.reading.timings_ms.get("total", sum(stages.values()))
    if not stages:
        st.caption(texts("times.none"))
        return
    longest = max(stages.values()) or 1.0
    rows = "".join(
        f"<tr><th>{escape(_stage(name, texts))}</th>"
        f'<td><span class="id-meter"><i class="id-fill-info" style="width:{ms / longest:.1%}"></i></span></td>'
        f'<td class="id-right">{milliseconds(ms)}</td></tr>'
        for name, ms in stages.items()
    )
    rows += (
        f'<tr class="id-total"><th>{escape(texts("times.total"))}</th><td></td>'
        f'<td class="id-right">{milliseconds(total)}</td></tr>'
    )
    st.html(f'<table class="id-times"><tbody>{rows}</tbody></table>')


def _stage(name: str, texts: Texts) -> str:
    key = f"stage.{name}"
    return texts(key) if key in texts else name
