"""The side bar: which items there are, the worst first, and what they are picked by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from idcard_core.card import ImageStatus, Reason
from idcard_core.store.review.items import Item, QueueFilter
from idcard_core.store.review.project import State
from idcard_core.store.review.queue import Queue
from idcard_core.ui.look import CONFIDENT, DOUBTFUL, percent
from idcard_core.ui.pages.review.desk_state import Desk
from idcard_core.ui.pages.review.screen import condition_name, local_time, reason_name, tone_of
from idcard_core.ui.send_to_review import BY_HAND
from idcard_core.ui.strings import Texts

KEY = "review-queue"
PAGE = 20
_HERE = Path(__file__).parent / "queue"
_QUEUE = st.components.v2.component(
    "idcard_review_queue",
    html='<div class="queue"></div>',
    css=(_HERE / "queue.css").read_text("utf-8"),
    js=(_HERE / "queue.js").read_text("utf-8"),
)
_WORDS = ("nothing", "before", "after")
_ANY = ""
_LIMITS = (CONFIDENT, DOUBTFUL, 0.5)


def show_queue(desk: Desk, queue: Queue, texts: Texts) -> None:
    """The queue, and above it the filter. Raises what the store raises where it cannot be reached."""
    _filter(desk, queue, texts)

    def pick() -> None:
        said = st.session_state[KEY].get("pick")
        if isinstance(said, Mapping):
            _picked(desk, said)

    _QUEUE(key=KEY, data=queue_data(desk, queue, texts), on_pick_change=pick)


def queue_data(desk: Desk, queue: Queue, texts: Texts) -> dict[str, Any]:
    """What the list shows."""
    total = queue.count(desk.wanted)
    pages = max(1, -(-total // PAGE))
    desk.page = min(desk.page, pages - 1)
    counts = queue.states()
    items = queue.page(desk.wanted, PAGE, desk.page * PAGE)
    return {
        "words": {word: texts(f"review.queue.{word}") for word in _WORDS},
        "states": [
            {
                "value": state.value,
                "label": texts(f"review.state.{state.value}"),
                "count": counts[state],
                "on": state is desk.wanted.state,
            }
            for state in State
        ],
        "items": [_row(item, desk, texts) for item in items],
        "page": desk.page,
        "pages": pages,
        "where": texts("review.queue.where", page=desk.page + 1, pages=pages, total=total),
    }


def _row(item: Item, desk: Desk, texts: Texts) -> dict[str, Any]:
    status = "" if item.status in (None, ImageStatus.NORMAL) else texts(f"verdict.status.{item.status.value}")
    facts = [item.reviewer, condition_name(item.condition, texts), status, local_time(item.updated)[5:]]
    return {
        "id": item.id,
        "percent": "" if item.confidence is None else percent(item.confidence),
        "tone": tone_of(item.confidence),
        "why": " · ".join(reason_name(reason, texts) for reason in item.reasons),
        "facts": " · ".join(fact for fact in facts if fact),
        "on": item.id == desk.item,
    }


def _picked(desk: Desk, said: Mapping[str, object]) -> None:
    kind, value = said.get("kind"), said.get("value")
    if kind == "state" and value in {state.value for state in State}:
        desk.wanted, desk.page = replace(desk.wanted, state=State(str(value))), 0
        desk.go_to(None)
    elif kind == "item" and isinstance(value, int):
        desk.go_to(value)
    elif kind == "page" and isinstance(value, int):
        desk.page = max(0, value)


def _filter(desk: Desk, queue: Queue, texts: Texts) -> None:
    """Five questions behind one button, which says how many of them are asked."""
    wanted = desk.wanted
    asked = sum(
        value is not None
        for value in (wanted.reason, wanted.confidence, wanted.status, wanted.condition, wanted.reviewer)
    )
    label = texts("review.filter.on", count=asked) if asked else texts("review.filter")
    with st.popover(label, icon=":material/filter_list:", width="stretch", key="review-filter"):
        reasons = [reason.value for reason in Reason] + [BY_HAND]
        reason = _choice("reason", reasons, wanted.reason, lambda value: reason_name(value, texts), texts)
        limits = [str(limit) for limit in _LIMITS]
        limit = _choice(
            "confidence",
            limits,
            None if wanted.confidence is None else str(wanted.confidence),
            lambda value: texts("review.filter.most", limit=f"{float(value):.0%}"),
            texts,
        )
        status = _choice(
            "status",
            [status.value for status in ImageStatus],
            None if wanted.status is None else wanted.status.value,
            lambda value: texts(f"verdict.status.{value}"),
            texts,
        )
        condition = _choice(
            "condition", queue.conditions(), wanted.condition, lambda value: condition_name(value, texts), texts
        )
        reviewer = _choice("reviewer", queue.reviewers(), wanted.reviewer, str, texts)
    found = QueueFilter(
        state=wanted.state,
        reason=reason,
        confidence=None if limit is None else float(limit),
        status=None if status is None else ImageStatus(status),
        condition=condition,
        reviewer=reviewer,
    )
    if found != wanted:
        desk.wanted, desk.page = found, 0
        desk.go_to(None)


def _choice(
    name: str, values: Sequence[str], chosen: str | None, words: Callable[[str], str], texts: Texts
) -> str | None:
    """One of ``values``, or None for all."""
    options = [_ANY, *values]
    picked = st.selectbox(
        texts(f"review.filter.{name}"),
        options,
        index=options.index(chosen) if chosen in options else 0,
        format_func=lambda value: texts("review.filter.any") if value == _ANY else words(value),
        key=f"review-filter-{name}",
        persist_state="session",
    )
    return picked or None
