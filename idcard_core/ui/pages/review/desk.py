"""The desk: picture and form of one item in one component, which works without the server from key to key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from idcard_core.card import Points
from idcard_core.errors import IdCardError
from idcard_core.store.errors import Damaged, NotKept
from idcard_core.store.review.items import OpenItem
from idcard_core.store.review.project import Place
from idcard_core.ui.kept import TROUBLES, store
from idcard_core.ui.look import Tone
from idcard_core.ui.pages.review import screen
from idcard_core.ui.pages.review.answer import cards_of
from idcard_core.ui.pages.review.checks import check
from idcard_core.ui.pages.review.desk_state import Desk
from idcard_core.ui.pages.review.moves import Moves, values_of
from idcard_core.ui.pages.review.presence import presence
from idcard_core.ui.pages.review.reread import read_again
from idcard_core.ui.pages.review.views import pixels_of, url_of, views
from idcard_core.ui.service import reader
from idcard_core.ui.strings import Texts

KEY = "review-desk"
_HERE = Path(__file__).parent / "desk"
_SCRIPTS = ("parts.js", "viewer.js", "form.js", "panels.js", "keys.js", "desk.js")
_DESK = st.components.v2.component(
    "idcard_review_desk",
    html='<div class="desk"></div>',
    css=(_HERE / "desk.css").read_text("utf-8"),
    js="\n".join((_HERE / name).read_text("utf-8") for name in _SCRIPTS),
)
_ACTS = ("accept", "postpone", "next", "not_a_card", "undo", "back", "log", "keys", "whole", "turn", "reread", "reopen")
_KEYS = (
    *("accept", "enter", "doubt_next", "doubt_before", "next", "postpone", "not_a_card", "back", "undo", "reread"),
    *("labels", "zoom_in", "zoom_out", "whole", "turn", "log", "keys", "escape"),
)
WORDS = (
    *(f"do_{act}" for act in _ACTS),
    *(f"key_{key}" for key in _KEYS),
    *("picture", "confidence", "unread", "changed", "read_as", "no_card", "not_a_card", "beside", "close"),
    *("is_saving", "is_unsaved", "is_saved", "is_untouched", "slow", "reconnected", "draw", "reading"),
    *("no_events", "forced", "clash_title", "clash_lead", "clash_note", "take_theirs", "keep_mine"),
)
"""What the component says by itself."""


def show_desk(desk: Desk, texts: Texts) -> None:
    """Draw the open item; what is done there comes back before the page is drawn again."""

    def act() -> None:
        said = st.session_state[KEY].get("act")
        if isinstance(said, Mapping):
            take(desk, said)

    data = _data(desk, texts)
    with st.container(key="review-desk-frame"):
        _DESK(key=KEY, data=data, height="stretch", on_act_change=act, on_draft_change=lambda: None)
    if desk.after is not None:
        views().prepare(desk.after)


def _data(desk: Desk, texts: Texts) -> Mapping[str, Any]:
    """What the component is told; while the store cannot be reached, what it was told last."""
    try:
        desk.shown = desk_data(desk, _draft(desk), texts)
    except TROUBLES:
        if not desk.is_shown:
            raise
        if desk.notice is None:
            desk.tell("review.notice.unreachable", Tone.BAD)
        desk.shown = {**desk.shown, **_news(desk, texts)}
    return desk.shown


def take(desk: Desk, said: Mapping[str, object]) -> None:
    """Do what the browser asks for."""
    if said.get("kind") == "reread":
        with desk.turn:
            _reread(desk, said)
    else:
        Moves(desk, store, presence()).handle(said)


def _draft(desk: Desk) -> Mapping[Place, str]:
    """What is typed and not saved yet."""
    state = st.session_state.get(KEY)
    draft = None if state is None else state.get("draft")
    if not isinstance(draft, Mapping) or draft.get("item") != desk.item:
        return {}
    return values_of(draft.get("values"))


def desk_data(desk: Desk, draft: Mapping[Place, str], texts: Texts) -> dict[str, Any]:
    """All that the component is told. Raises what the store raises where it cannot be reached."""
    assert desk.item is not None
    presence().sit(desk.token, desk.reviewer, desk.item, datetime.now(timezone.utc))
    data = {**_news(desk, texts), "clash": None}
    desk.after = None
    try:
        opened = store().review.open(desk.item)
        cards = cards_of(opened.answer, opened.verdict.fields)
    except Damaged:
        return data | _closed(desk.item, texts)
    read = {(at, each.name): each.text for at, card in enumerate(cards) for each in card.fields}
    values = {**read, **opened.verdict.fields, **draft}
    following = store().review.queue.next(opened.item, desk.wanted)
    desk.after = None if following is None else (following.sha256, following.page)
    return data | {
        "item": screen.item_data(opened.item, texts),
        "picture": _picture(opened, texts),
        "cards": screen.cards_data(cards, opened.verdict.fields, texts),
        "not_a_card": opened.verdict.not_a_card,
        "labels": screen.labels_data(opened, texts),
        "checks": screen.checks_data(check(cards, values, texts)),
        "events": screen.events_data(opened.events, texts),
        "clash": _clash(desk, opened, texts),
    }


def _news(desk: Desk, texts: Texts) -> dict[str, Any]:
    """What is new whether or not the store can be reached."""
    assert desk.item is not None
    return {
        "token": desk.token,
        "acked": desk.acked,
        "words": {word: texts.template(f"review.desk.{word}") for word in WORDS},
        "notice": _notice(desk, texts),
        "beside": presence().beside(desk.token, desk.item),
        "reread": desk.reread,
    }


def _closed(item: int, texts: Texts) -> dict[str, Any]:
    """Of an item that cannot be opened any more; it can still be passed over."""
    found = store().review.get(item)
    if found is None:
        raise NotKept("review item")
    empty: dict[str, Any] = {"cards": [], "labels": [], "events": [], "checks": {"notes": {}, "marks": {}}}
    return empty | {
        "item": screen.item_data(found, texts),
        "picture": {"problem": texts("review.desk.item_damaged")},
        "not_a_card": False,
        "broken": True,
    }


def _picture(opened: OpenItem, texts: Texts) -> dict[str, Any]:
    try:
        view = views().get((opened.item.sha256, opened.item.page))
    except NotKept:
        return {"problem": texts("review.desk.picture_gone")}
    except (*TROUBLES, IdCardError, ValueError):
        return {"problem": texts("review.desk.picture_damaged")}
    return {"url": url_of(view, "review-picture"), "width": view.width, "height": view.height}


def _clash(desk: Desk, opened: OpenItem, texts: Texts) -> dict[str, Any] | None:
    """Who was there first, when, and what they did since."""
    clash = desk.clash
    if clash is None:
        return None
    since = [screen.said_of(event, texts) for event in opened.events if event.version > clash.seen]
    return {"by": clash.by, "when": screen.local_time(clash.time), "what": since, "item": opened.item.id}


def _notice(desk: Desk, texts: Texts) -> dict[str, str] | None:
    notice = desk.notice
    if notice is None:
        return None
    return {"id": notice.id, "text": texts(notice.key, **notice.values), "tone": notice.tone.value}


def _reread(desk: Desk, said: Mapping[str, object]) -> None:
    """Read the drawn box into the answer that the next look carries; nothing of it is saved yet."""
    seq = int(str(said.get("seq", 0)))
    if seq <= desk.acked:
        return
    desk.acked, desk.reread = seq, None
    place = next(iter(values_of({str(said.get("place")): ""})), None)
    if desk.item is None or said.get("item") != desk.item or place is None:
        return
    try:
        item = store().review.get(desk.item)
        if item is None:
            raise NotKept("review item")
        text = read_again(pixels_of((item.sha256, item.page)), _quad(said), place[1], reader().engine)
    except (*TROUBLES, NotKept, IdCardError, ValueError):
        desk.tell("review.notice.not_read")
        return
    if text:
        desk.reread = {"id": f"{desk.token}.{seq}", "place": said.get("place"), "text": text}
    else:
        desk.tell("review.notice.nothing_there")


def _quad(said: Mapping[str, object]) -> Points:
    quad = np.asarray(said.get("quad"), np.float32)
    if quad.shape != (4, 2) or not np.isfinite(quad).all():
        raise ValueError("a quad must be four points")
    return quad
