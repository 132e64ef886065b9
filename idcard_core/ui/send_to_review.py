"""From a reading on the screen to the review queue: the picture is kept, and what was read with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timezone

import streamlit as st

from idcard_core.card import RiskType
from idcard_core.store.errors import NotKept
from idcard_core.store.pictures import NewPicture
from idcard_core.store.review.items import NewItem
from idcard_core.store.store import Store
from idcard_core.ui.kept import TROUBLES, store
from idcard_core.ui.samples import condition_of
from idcard_core.ui.shelf import Exhibit
from idcard_core.ui.strings import Texts

BY_HAND = "by_hand"
"""The reason of an item that only a person's wish has brought into the queue."""


def needs_review(exhibit: Exhibit) -> bool:
    """Whether a card on the picture should be looked at again."""
    return any(card.needs_review for card in exhibit.reading.cards)


def send(kept: Store, exhibit: Exhibit, now: datetime) -> int:
    """Keep the picture and put it into the queue, once however often it is sent; the item's number.

    Raises what the store raises where it cannot be had.
    """
    source, info = exhibit.original.source, exhibit.reading.picture
    if isinstance(source, str):
        raise NotKept("picture")  # an address; what it led to is no longer there
    kept.pictures.keep(NewPicture(source, info.format, info.width, info.height), now)
    return kept.review.add(item_of(exhibit, now))


def item_of(exhibit: Exhibit, now: datetime) -> NewItem:
    """What the queue is told of a reading; the portrait is not kept a second time."""
    reading = exhibit.reading
    answer = json.loads(exhibit.wire_detail)
    answer.pop("photo", None)
    reasons = dict.fromkeys(doubt.reason.value for card in reading.cards for doubt in card.doubts)
    confidences = [field.confidence for card in reading.cards for field in card.fields]
    return NewItem(
        sha256=reading.picture.sha256,
        page=reading.picture.page,
        time=now,
        reasons=tuple(reasons) or (BY_HAND,),
        answer=json.dumps(answer, ensure_ascii=False),
        confidence=min(confidences, default=None),
        status=reading.status,
        risk=None if reading.risk is RiskType.UNKNOWN else reading.risk,
        direction=reading.direction,
        condition=condition_of(reading.picture.sha256),
    )


def send_button(shown: Exhibit, texts: Texts) -> None:
    """Sends the picture on the page; suggests it where something is doubtful, says so where it is done."""
    info = shown.reading.picture
    try:
        sent = store().review.of_picture(info.sha256, info.page) is not None
    except TROUBLES:
        sent = False  # a click will tell
    suggested = needs_review(shown) and not sent
    label = "review.send.done" if sent else "review.send.suggested" if suggested else "review.send"
    clicked = st.button(
        texts(label),
        type="primary" if suggested else "secondary",
        icon=":material/check:" if sent else ":material/rate_review:",
        help=texts("review.send.help"),
        disabled=sent,
        key="send",
    )
    if clicked:
        _send_all([shown], texts)


def send_all_button(batch: Sequence[Exhibit], texts: Texts) -> None:
    """Sends every doubtful picture of those that were handed in together; nothing where there are fewer than two."""
    try:
        doubtful = [
            each
            for each in batch
            if needs_review(each)
            and store().review.of_picture(each.reading.picture.sha256, each.reading.picture.page) is None
        ]
    except TROUBLES:
        return
    if len(doubtful) > 1 and st.button(
        texts("review.send.many", count=len(doubtful)), icon=":material/rate_review:", key="send-all"
    ):
        _send_all(doubtful, texts)


def _send_all(exhibits: Sequence[Exhibit], texts: Texts) -> None:
    now = datetime.now(timezone.utc)
    try:
        for exhibit in exhibits:
            send(store(), exhibit, now)
    except (*TROUBLES, NotKept):
        st.toast(texts("review.send.failed"), icon=":material/error:")
    else:
        st.rerun()
