"""The session so far: accuracy and latency in figures, and every recognition as a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from idcard_core.card import FieldName
from idcard_core.ui.history import PERCENTILES, HistoryRow, Summary, summarise
from idcard_core.ui.look import Tone, milliseconds, page_name, percent
from idcard_core.ui.state import Session
from idcard_core.ui.strings import Texts

_TABLE_KEY = "history"
ROW_PX, _MOST_VISIBLE = 34, 10
_RIGHT, _WRONG = "✓", "✗"


def show_session(state: Session, texts: Texts) -> None:
    """Figures above, table below; a sentence instead while nothing was read."""
    st.subheader(texts("session.title"), anchor=False)
    if not state.rows:
        st.html(f'<div class="id-nothing">{escape(texts("session.empty"))}</div>')
        return
    rows = list(reversed(state.rows))
    _figures(summarise(rows), texts)
    _table(rows, state, texts)


def _figures(summary: Summary, texts: Texts) -> None:
    failed = texts("session.count.failed", count=summary.failures) if summary.failures else ""
    unlabelled = texts("session.unlabelled")
    cards, fields = summary.cards, summary.all_fields
    tiles = [
        _tile("count", texts("session.count"), str(summary.recognitions), failed),
        _tile(
            "cards",
            texts("session.cards"),
            percent(cards.share),
            texts("session.of", right=cards.right, count=cards.count) if cards.count else unlabelled,
        ),
        _tile(
            "fields",
            texts("session.fields"),
            percent(fields.share),
            texts("session.of", right=fields.right, count=fields.count) if fields.count else unlabelled,
        ),
    ]
    for p in PERCENTILES:
        value = milliseconds(summary.latency_ms[p]) if p in summary.latency_ms else "—"
        tiles.append(_tile(f"p{p}", texts("session.latency", percentile=p), value, ""))
    st.html(f'<div class="id-tiles">{"".join(tiles)}</div>{_per_field(summary, texts)}')


def _tile(name: str, label: str, value: str, note: str) -> str:
    return (
        f'<div class="id-tile" data-figure="{name}"><div class="id-label">{escape(label)}</div>'
        f'<div class="id-figure">{escape(value)}</div><div class="id-line">{escape(note)}</div></div>'
    )


def _per_field(summary: Summary, texts: Texts) -> str:
    """A short bar for every labelled field."""
    bars = []
    for name, score in summary.fields.items():
        if score.share is None:
            continue
        tone = Tone.GOOD if score.right == score.count else Tone.BAD
        bars.append(
            f'<div class="id-score" title="{score.right} / {score.count}">'
            f"<span>{escape(texts(f'short.{name.value}'))}</span><b>{percent(score.share)}</b>"
            f'<span class="id-meter"><i class="id-fill-{tone.value}" style="width:{score.share:.1%}"></i></span></div>'
        )
    if not bars:
        return ""
    title = escape(texts("session.per_field"))
    return f'<div class="id-scores" role="group" aria-label="{title}">{"".join(bars)}</div>'


def _table(rows: Sequence[HistoryRow], state: Session, texts: Texts) -> None:
    def reopen() -> None:
        chosen = st.session_state[_TABLE_KEY]["selection"]["rows"]
        if chosen:
            state.shown = rows[chosen[0]].id

    marked = [name for name in FieldName if any(name in row.marks for row in rows)]
    frame = pd.DataFrame([row_cells(row, marked, texts) for row in rows])
    marks = [texts("history.whole"), *(texts(f"short.{name.value}") for name in marked)]
    marks = [column for column in marks if column in frame]
    st.dataframe(
        frame.style.map(_ink, subset=marks) if marks else frame,
        hide_index=True,
        height=ROW_PX * (min(len(rows), _MOST_VISIBLE) + 1) + 2,
        row_height=ROW_PX,
        column_config=_columns(marks, texts),
        key=_TABLE_KEY,
        on_select=reopen,
        selection_mode="single-row",
        alt=texts("history.alt"),
    )
    st.caption(texts("history.select"))


def row_cells(row: HistoryRow, marked: Sequence[FieldName], texts: Texts) -> dict[str, object]:
    """A row of the table by column, with a mark for each field that any row has labels for."""
    if row.failure is not None:
        status = texts("error.code", code=row.failure.code)
    else:
        status = "" if row.status is None else texts(f"verdict.status.{row.status.value}")
    cells: dict[str, object] = {
        texts("history.time"): row.time.strftime("%H:%M:%S"),
        texts("history.file"): page_name(row.file, row.page, texts),
        texts("history.side"): _sides(row, texts),
        texts("history.engine"): row.engine,
        texts("history.ms"): round(row.milliseconds),
        texts("history.status"): status,
        texts("history.review"): texts("reason.field.and").join(texts(f"short.{name.value}") for name in row.doubted),
    }
    if marked:
        cells[texts("history.whole")] = _mark(row.whole)
        cells |= {texts(f"short.{name.value}"): _mark(row.marks.get(name)) for name in marked}
    cells[texts("history.risk")] = "—" if row.risk is None else texts(f"verdict.risk.{row.risk.value}")
    cells[texts("history.number")] = row.number
    return cells


def _sides(row: HistoryRow, texts: Texts) -> str:
    """The one side, both, or how many where there is more than one card of a side."""
    different = {side.value for side in row.sides}
    if len(row.sides) > len(different):
        return texts("history.side.many", count=len(row.sides))
    side = "both" if len(different) > 1 else next(iter(different), "none")
    return texts(f"history.side.{side}")


def _mark(right: bool | None) -> str:
    return "" if right is None else _RIGHT if right else _WRONG


def _ink(mark: object) -> str:
    """The colour of a mark, readable in light and dark."""
    return {_RIGHT: "color: #17a36b", _WRONG: "color: #e5484d; font-weight: 600"}.get(str(mark), "")


def _columns(marks: Sequence[str], texts: Texts) -> Mapping[str, Any]:
    widths = {
        "time": 70,
        "file": 170,
        "side": 70,
        "engine": 76,
        "ms": 52,
        "status": 82,
        "review": 118,
        "risk": 64,
        "number": 152,
    }
    columns = {texts(f"history.{name}"): st.column_config.Column(width=width) for name, width in widths.items()}
    return columns | {mark: st.column_config.Column(width=48, alignment="center") for mark in marks}
