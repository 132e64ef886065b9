"""Beside the queue: who reviews, how far reviewers agree, and finished reviews to labelled samples."""

from __future__ import annotations

import math
from datetime import datetime, timezone
from html import escape

import streamlit as st

from idcard_core.evaluate.metrics import Proportion
from idcard_core.store.review.agreement import Subject, agreement, changed_alike
from idcard_core.store.store import Store
from idcard_core.ui.look import percent
from idcard_core.ui.pages.review.desk_state import Desk
from idcard_core.ui.pages.review.export import Progress, Target, export
from idcard_core.ui.strings import Texts

LONGEST_SET_NAME = 80


def show_panels(desk: Desk, kept: Store, texts: Texts) -> None:
    """Three buttons at the foot of the side bar."""
    with st.container(horizontal=True, gap="small", key="review-panels"):
        if st.button(texts("review.agreement"), key="review-agreement", width="stretch"):
            _agreement(kept, texts)
        if st.button(texts("review.export"), key="review-export", width="stretch"):
            _export(desk, kept, texts)
    with st.container(horizontal=True, vertical_alignment="center", key="review-who"):
        name = escape(desk.reviewer)
        st.html(f'<div class="id-line">{escape(texts("review.reviewer.is"))} <b>{name}</b></div>')
        if st.button(texts("review.reviewer.change"), key="review-change", type="tertiary"):
            desk.reviewer, desk.asks_name = "", True
            st.rerun()


def _agreement(kept: Store, texts: Texts) -> None:
    @st.dialog(texts("review.agreement.title"), width="medium")
    def dialog() -> None:
        names = kept.review.queue.reviewers()
        if len(names) < 2:
            st.html(f'<div class="id-nothing">{escape(texts("review.agreement.few"))}</div>')
            return
        left, right = st.columns(2)
        one = left.selectbox(texts("review.agreement.one"), names, key="review-agreement-one")
        rest = [name for name in names if name != one]
        other = right.selectbox(texts("review.agreement.other"), rest, key="review-agreement-other")
        if one is not None and other is not None:
            st.html(agreement_html(kept, one, other, texts))

    dialog()


def agreement_html(kept: Store, one: str, other: str, texts: Texts) -> str:
    """Two reviewers on what both have finished, subject by subject."""
    judged = kept.review.judged_by(one, other)
    if not judged:
        return f'<div class="id-nothing">{escape(texts("review.agreement.none"))}</div>'
    found = [agreement(subject, judged) for subject in Subject]
    rows = [_row(each.subject.value, each.same, each.kappa, texts) for each in found]
    fields = changed_alike(judged)
    if fields.total:
        rows.append(_row("fields", fields, math.nan, texts))
    heads = [f"<th>{escape(texts(f'review.agreement.head.{name}'))}</th>" for name in ("subject", "same", "kappa")]
    note = escape(texts("review.agreement.note", count=len(judged)))
    return (
        f'<table class="id-contract" data-table="agreement"><thead><tr>{"".join(heads)}</tr></thead>'
        f'<tbody>{"".join(rows)}</tbody></table><p class="id-line id-agreement-note">{note}</p>'
    )


def _row(subject: str, same: Proportion, kappa: float, texts: Texts) -> str:
    share = percent(same.right / same.total if same.total else None)
    cells = [
        texts("review.agreement.of", share=share, right=same.right, count=same.total),
        "—" if math.isnan(kappa) else f"{kappa:.2f}",
    ]
    name = escape(texts(f"review.agreement.{subject}"))
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr data-subject="{subject}"><th>{name}</th>{told}</tr>'


def _export(desk: Desk, kept: Store, texts: Texts) -> None:
    @st.dialog(texts("review.export.title"), width="medium")
    def dialog() -> None:
        st.html(f'<p class="id-line">{escape(texts("review.export.lead"))}</p>')
        sets = [known.name for known in kept.samples.sets()]
        name = st.selectbox(
            texts("review.export.set"),
            sets or [texts("review.export.default")],
            accept_new_options=True,
            key="review-export-set",
        )
        if st.button(texts("review.export.go"), type="primary", key="review-export-go") and name:
            target = Target(name.strip()[:LONGEST_SET_NAME], desk.reviewer, datetime.now(timezone.utc))
            bar, last = st.progress(0.0), Progress(0, 0, 0)
            for last in export(kept, desk.wanted, target):
                bar.progress((last.done + last.skipped) / max(1, last.total))
            bar.empty()
            said = texts("review.export.done", count=last.done, name=target.set_name)
            said += texts("review.export.skipped", count=last.skipped) if last.skipped else ""
            st.html(f'<p class="id-line" data-export="done">{escape(said)}</p>')

    dialog()
