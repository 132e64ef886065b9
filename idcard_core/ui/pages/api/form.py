"""The side bar of the API's page: a call put together from the contract's own parameters."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import streamlit as st

from idcard_core.contract.tables import PARAMETERS, SWITCH
from idcard_core.ui.pages.api.call import ApiCall, WireShape
from idcard_core.ui.pages.api.contract_tables import in_words
from idcard_core.ui.pages.try_it.gallery import condition
from idcard_core.ui.samples import samples, thumbnail
from idcard_core.ui.strings import Texts

_SOURCES = Literal["sample", "upload", "url"]
_Picture: TypeAlias = "tuple[str | None, str | None]"
"""What goes under ``image``, and the file it came from."""


def call_form(keys: bool, texts: Texts) -> ApiCall:
    """The call as the widgets describe it now; ``keys`` tells whether to ask for one."""
    shape = WireShape(
        st.selectbox(
            texts("api.shape"),
            [shape.value for shape in WireShape],
            format_func=lambda value: texts(f"api.shape.{value}"),
            key="api_shape",
            persist_state="session",
        )
    )
    image, file = _picture(texts)
    side = st.segmented_control(
        "id_card_side",
        shape.sides,
        default="front",
        required=True,
        help=_meaning("id_card_side", texts),
        key=f"api_side_{len(shape.sides)}",
        width="stretch",
        persist_state="session",
    )
    switches = tuple(parameter.name for parameter in PARAMETERS if parameter.values == SWITCH)
    with st.container(gap="xsmall"):
        on = tuple(name for name in switches if _switch(name, texts))
    return ApiCall(shape, image, file, side, on, _key(texts) if keys else "")


def _switch(name: str, texts: Texts) -> bool:
    return st.toggle(name, help=_meaning(name, texts), key=f"api_{name}", persist_state="session")


def _meaning(name: str, texts: Texts) -> str:
    return next(in_words(parameter.meaning, texts) for parameter in PARAMETERS if parameter.name == name)


def _key(texts: Texts) -> str:
    key = st.text_input(
        texts("api.key"),
        type="password",
        placeholder=texts("api.key.placeholder", command="idcard keys add"),
        key="api_key",
        autocomplete="off",
    )
    return key.strip()


def _picture(texts: Texts) -> _Picture:
    source: _SOURCES = st.segmented_control(
        texts("api.picture"),
        get_args(_SOURCES),
        default="sample",
        required=True,
        format_func=lambda source: texts(f"api.source.{source}"),
        key="api_source",
        width="stretch",
        persist_state="session",
    )
    return {"sample": _sample, "upload": _upload, "url": _url}[source](texts)


def _sample(texts: Texts) -> _Picture:
    shipped = samples()
    name = st.selectbox(
        texts("api.source.sample"),
        list(shipped),
        format_func=lambda name: f"{name.partition('_')[0]} · {condition(shipped[name], texts)}",
        key="api_sample",
        label_visibility="collapsed",
        persist_state="session",
    )
    if name is None:  # there are none
        return None, None
    path = shipped[name].path
    st.html(f'<img class="id-sample" src="{thumbnail(path)}" alt="{escape(condition(shipped[name], texts))}">')
    return _encoded(path.read_bytes()), _within_reach(path)


def _upload(texts: Texts) -> _Picture:
    file = st.file_uploader(texts("upload.label"), key="api_upload", label_visibility="collapsed")
    return (None, None) if file is None else (_encoded(file.getvalue()), file.name)


def _url(texts: Texts) -> _Picture:
    address = st.text_input(
        texts("url.label"),
        placeholder=texts("url.placeholder"),
        key="api_url",
        label_visibility="collapsed",
        persist_state="session",
    ).strip()
    return address or None, None


def _encoded(data: bytes) -> str:
    return b64encode(data).decode()


def _within_reach(path: Path) -> str:
    """``path`` from the working directory, or its name where it lies elsewhere: no page tells where."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else path.name
