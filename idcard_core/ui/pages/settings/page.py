"""The page "Settings": how this installation is set up, what it keeps, and how to change either."""

from __future__ import annotations

from html import escape

import streamlit as st

from idcard_core.settings import data_folder, settings_file
from idcard_core.store.store import Store
from idcard_core.ui.kept_notice import with_store
from idcard_core.ui.look import Tone, badge
from idcard_core.ui.pages.settings.origin import (
    SECRET,
    Origin,
    Path_,
    Sources,
    changed_since,
    environment_line,
    environment_name,
    read_sources,
    toml_line,
    value_of,
)
from idcard_core.ui.pages.settings.upkeep import SAID, show_upkeep, show_usage
from idcard_core.ui.pages.settings.versions import networks, versions
from idcard_core.ui.pages.settings.words import GROUPS, key_of, said
from idcard_core.ui.service import settings
from idcard_core.ui.state import session
from idcard_core.ui.strings import Texts

_ORIGIN_TONES = {Origin.DEFAULT: Tone.QUIET, Origin.FILE: Tone.INFO, Origin.ENVIRONMENT: Tone.GOOD}
_NEW_KEY = 'python -c "from idcard_core.store.sealing import new_key; print(new_key())"'


def render() -> None:
    """Draws the page."""
    texts = Texts(session().language)
    if done := st.session_state.pop(SAID, ""):
        st.toast(done, icon=":material/check:")
    st.html(f'<div class="id-title"><h2>{escape(texts("page.settings"))}</h2></div>')
    _places(texts)
    _pending(texts)
    st.html(f'<div class="id-section">{escape(texts("settings.usage"))}</div>')

    def draw(store: Store) -> None:
        show_usage(store.upkeep.usage(), texts)
        show_upkeep(store, texts)

    with_store(draw, texts)
    _all_settings(read_sources(), texts)
    _how_to_change(texts)
    _versions(texts)


def _pending(texts: Texts) -> None:
    """Says so where a start would change something."""
    changed = changed_since(settings())
    if changed is None:
        st.warning(texts("settings.file.broken"))
    elif changed:
        st.info(texts("settings.pending"))


def _places(texts: Texts) -> None:
    """Where things lie on this machine."""
    places = {"data_folder": data_folder(), "file": settings_file()}
    items = "".join(
        f"<b>{escape(texts(f'settings.{name}'))}</b><code>{escape(str(place))}</code>" for name, place in places.items()
    )
    with st.sidebar:
        st.html(f'<div class="id-places">{items}</div>')


def _all_settings(sources: Sources, texts: Texts) -> None:
    st.html(f'<div class="id-section">{escape(texts("settings.values"))}</div>')
    names = list(GROUPS)
    for name, tab in zip(names, st.tabs([texts(f"settings.group.{name}") for name in names]), strict=True):
        rows = "".join(_row(path, sources, texts) for path in GROUPS[name])
        heads = "".join(f"<th>{escape(texts(f'settings.head.{head}'))}</th>" for head in ("name", "value", "origin"))
        tab.html(
            f'<table class="id-settings" data-group="{name}"><thead><tr>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )


def _row(path: Path_, sources: Sources, texts: Texts) -> str:
    key, origin = key_of(path), sources.origin(path)
    value = said(settings(), path, value_of(settings(), path), texts)
    return (
        f'<tr data-setting="{key}"><td><b>{escape(texts(f"settings.name.{key}"))}</b><code>{key}</code></td>'
        f"<td>{escape(value)}</td>"
        f"<td>{badge(texts(f'settings.origin.{origin.value}'), _ORIGIN_TONES[origin])}</td></tr>"
    )


def _how_to_change(texts: Texts) -> None:
    """The lines to copy for one setting."""
    st.html(f'<div class="id-section">{escape(texts("settings.change"))}</div>')
    paths = [path for group in GROUPS.values() for path in group]
    chosen = st.selectbox(
        texts("settings.change.which"),
        paths,
        format_func=lambda path: f"{texts(f'settings.name.{key_of(path)}')} · {key_of(path)}",
        key="settings_change",
        label_visibility="collapsed",
        persist_state="session",
    )
    if chosen is None:
        return
    if chosen == SECRET:
        st.caption(texts("settings.change.key"))
        st.code(_NEW_KEY, language="bash")
        st.code(f"{environment_name(SECRET)}=…", language="bash")
        return
    value = value_of(settings(), chosen)
    with st.container(key="settings-lines"):
        file, environment = st.columns(2, gap="medium")
        with file:
            st.caption(texts("settings.change.file"))
            st.code(toml_line(chosen, value), language="toml")
        with environment:
            st.caption(texts("settings.change.environment"))
            st.code(environment_line(chosen, value), language="bash")
    st.caption(texts("settings.change.restart"))


def _versions(texts: Texts) -> None:
    st.html(f'<div class="id-section">{escape(texts("settings.versions"))}</div>')
    for name, found in (("programs", versions()), ("networks", networks())):
        items = "".join(
            f"<li><span>{escape(what)}</span><code>{escape(version)}</code></li>" for what, version in found.items()
        )
        st.html(
            f'<div class="id-line">{escape(texts(f"settings.versions.{name}"))}</div>'
            f'<ul class="id-versions-list" data-versions="{name}">{items}</ul>'
        )
