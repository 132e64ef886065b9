"""The side bar: where pictures come from, and how they are to be read."""

from __future__ import annotations

from html import escape
from pathlib import PurePosixPath
from typing import Literal, get_args
from urllib.parse import urlsplit

import streamlit as st

from idcard_core.card import ReadOptions, Side
from idcard_core.ui.pages.try_it.gallery import pick_sample
from idcard_core.ui.shelf import Original
from idcard_core.ui.state import Session
from idcard_core.ui.strings import Texts

Source = Literal["upload", "url", "camera", "gallery"]


def source_panel(state: Session, texts: Texts) -> list[Original]:
    """What was handed in since the last look; empty when nothing was."""
    chosen: Source = st.segmented_control(
        texts("source"),
        get_args(Source),
        default="upload",
        required=True,
        format_func=lambda source: texts(f"source.{source}"),
        key="source",
        label_visibility="collapsed",
        width="stretch",
        persist_state="session",
    )
    panels = {"upload": _upload, "url": _url, "camera": _camera, "gallery": _gallery}
    return panels[chosen](state, texts)


def options_panel(texts: Texts) -> ReadOptions:
    """Which side is asked for, and what is to be detected; everything is, unless switched off."""
    st.html(f'<div class="id-section">{escape(texts("options"))}</div>')
    side = st.segmented_control(
        texts("options.side"),
        ["auto", Side.FRONT.value, Side.BACK.value],
        default="auto",
        required=True,
        format_func=lambda value: texts(f"options.side.{value}"),
        key="side",
        label_visibility="collapsed",
        width="stretch",
        persist_state="session",
    )
    return ReadOptions(
        side=None if side == "auto" else Side(side),
        direction=_switch("direction", texts),
        risk=_switch("risk", texts),
        photo=_switch("photo", texts),
    )


def _switch(name: str, texts: Texts) -> bool:
    return st.toggle(
        texts(f"options.{name}"),
        value=True,
        help=texts(f"options.{name}.help"),
        key=f"detect_{name}",
        persist_state="session",
    )


def _upload(state: Session, texts: Texts) -> list[Original]:
    """Takes files of every kind: one that is no picture gets the message of the wire contract, not the browser's."""
    files = st.file_uploader(
        texts("upload.label"),
        accept_multiple_files=True,
        key=f"upload-{state.round}",
        label_visibility="collapsed",
    )
    return [Original(file.name, file.getvalue(), file.file_id) for file in files]


def _url(state: Session, texts: Texts) -> list[Original]:
    with st.form("url_form", border=False):
        address = st.text_input(texts("url.label"), placeholder=texts("url.placeholder"), key="url")
        sent = st.form_submit_button(texts("url.submit"), type="primary", width="stretch")
    st.caption(texts("url.note"))
    address = address.strip()
    return [Original(name_of(address), address)] if sent and address else []


def _camera(state: Session, texts: Texts) -> list[Original]:
    shot = st.camera_input(
        texts("camera.label"), key=f"camera-{state.round}", label_visibility="collapsed", resolution="1080p"
    )
    st.caption(texts("camera.note"))
    return [] if shot is None else [Original(shot.name, shot.getvalue(), shot.file_id)]


def _gallery(state: Session, texts: Texts) -> list[Original]:
    picked = pick_sample("gallery-side", texts)
    st.caption(texts("gallery.note"))
    return [] if picked is None else [picked]


def name_of(address: str) -> str:
    """A short name for a picture behind ``address``: the last part of its path, else its host."""
    try:
        parts = urlsplit(address)
        return PurePosixPath(parts.path).name or parts.hostname or address[:60]
    except ValueError:
        return address[:60]
