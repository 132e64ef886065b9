"""The side bar: which recognitions the list has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from html import escape

import streamlit as st

from idcard_core.card import ImageStatus, RiskType, Side
from idcard_core.store.readings.rows import EVERYTHING, ReadingFilter
from idcard_core.ui.strings import Texts

ALL = "all"
_DAYS: Mapping[str, int | None] = {ALL: None, "today": 1, "week": 7, "month": 30}
_OUTCOMES: Mapping[str, ReadingFilter] = {
    ALL: EVERYTHING,
    "right": ReadingFilter(right=True),
    "wrong": ReadingFilter(right=False),
    "doubted": ReadingFilter(needs_review=True),
    "failed": ReadingFilter(failed=True),
    "labelled": ReadingFilter(labelled=True),
    "unlabelled": ReadingFilter(labelled=False),
}
_DATES = "dates"


def choose(engines: Sequence[str], zone: timezone, texts: Texts) -> ReadingFilter:
    """What people have chosen; ``zone`` is theirs, in which days begin."""
    st.html(f'<div class="id-section">{escape(texts("history.filter"))}</div>')
    search = st.text_input(
        texts("history.search"),
        placeholder=texts("history.search.hint"),
        key="history_search",
        label_visibility="collapsed",
        icon=":material/search:",
        persist_state="session",
    )
    since, until = _period(zone, texts)
    outcome = _one("outcome", list(_OUTCOMES), texts)
    status = _one("status", [ALL, *(status.value for status in ImageStatus)], texts)
    side = _one("side", [ALL, *(side.value for side in Side)], texts)
    risk = _one("risk", [ALL, *(risk.value for risk in RiskType)], texts)
    engine = _one("engine", [ALL, *engines], texts) if len(engines) > 1 else ALL
    st.button(texts("history.clear"), on_click=_clear, width="stretch", key="history_clear")
    return replace(
        _OUTCOMES[outcome],
        since=since,
        until=until,
        engine=None if engine == ALL else engine,
        side=None if side == ALL else Side(side),
        status=None if status == ALL else ImageStatus(status),
        risk=None if risk == ALL else RiskType(risk),
        search=search.strip(),
    )


def _period(zone: timezone, texts: Texts) -> tuple[datetime | None, datetime | None]:
    """From when, which counts, until when, which does not."""
    chosen = _one("period", [*_DAYS, _DATES], texts)
    today = datetime.now(zone).date()
    if chosen != _DATES:
        days = _DAYS[chosen]
        return (None if days is None else midnight(today - timedelta(days=days - 1), zone)), None
    dates = st.date_input(
        texts("history.dates"),
        value=(today - timedelta(days=6), today),
        key="history_dates",
        format="YYYY-MM-DD",
        label_visibility="collapsed",
        persist_state="session",
    )
    first, *rest = dates if isinstance(dates, tuple) and dates else (today,)
    last = rest[0] if rest else first
    return midnight(first, zone), midnight(last + timedelta(days=1), zone)


def midnight(day: date, zone: timezone) -> datetime:
    """The beginning of a day."""
    return datetime.combine(day, time(), zone)


def _one(name: str, values: Sequence[str], texts: Texts) -> str:
    """A choice of one; its words are those of ``name``, or what the rest of the dashboard calls the value."""

    def words(value: str) -> str:
        for key in (f"history.{name}.{value}", f"verdict.{name}.{value}"):
            if key in texts:
                return texts(key)
        return value

    chosen = st.selectbox(
        texts(f"history.{name}"), values, format_func=words, key=f"history_{name}", persist_state="session"
    )
    return chosen if chosen is not None and chosen in values else ALL


def _clear() -> None:
    for name in ("search", "period", "outcome", "status", "side", "risk", "engine"):
        st.session_state[f"history_{name}"] = "" if name == "search" else ALL
