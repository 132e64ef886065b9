"""The side bar: which items there are, the worst first, and what they are picked by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
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
_FILTER = "review-filter-"
_QUESTIONS = ("reason", "confidence", "status", "condition", "reviewer")
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
    answers: dict[str, str | None] = {
        "reason": wanted.reason,
        "confidence": None if wanted.confidence is None else str(wanted.confidence),
        "status": None if wanted.status is None else wanted.status.value,
        "condition": wanted.condition,
        "reviewer": wanted.reviewer,
    }
    options: dict[str, list[str]] = {
        "reason": [*(reason.value for reason in Reason), BY_HAND],
        "confidence": [str(limit) for limit in _LIMITS],
        "status": [status.value for status in ImageStatus],
        "condition": queue.conditions(),
        "reviewer": queue.reviewers(),
    }
    asked = sum(answer is not None for answer in answers.values())
    label = texts("review.filter.on", count=asked) if asked else texts("review.filter")
    with st.popover(label, icon=":material/filter_list:", width="stretch", key="review-filter"):
        for name, values in options.items():
            chosen = answers[name]
            st.selectbox(
                texts(f"review.filter.{name}"),
                [_ANY, *values],
                index=values.index(chosen) + 1 if chosen in values else 0,
                format_func=partial(_answer, name, texts=texts),
                key=_FILTER + name,
                on_change=_refilter,
                args=(desk,),
            )


def _answer(name: str, value: str, texts: Texts) -> str:
    """One of the answers to a question of the filter, in words."""
    if value == _ANY:
        return texts("review.filter.any")
    match name:
        case "reason":
            return reason_name(value, texts)
        case "confidence":
            return texts("review.filter.most", limit=f"{float(value):.0%}")
        case "status":
            return texts(f"verdict.status.{value}")
        case "condition":
            return condition_name(value, texts)
        case _:
            return value


def _refilter(desk: Desk) -> None:
    """Begin anew with what is asked for now."""
    said = {name: st.session_state.get(_FILTER + name) or None for name in _QUESTIONS}
    desk.wanted = QueueFilter(
        state=desk.wanted.state,
        reason=said["reason"],
        confidence=None if said["confidence"] is None else float(said["confidence"]),
        status=None if said["status"] is None else ImageStatus(said["status"]),
        condition=said["condition"],
        reviewer=said["reviewer"],
    )
    desk.page = 0
    desk.go_to(None)
