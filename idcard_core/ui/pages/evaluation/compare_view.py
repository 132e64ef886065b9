"""Two runs of a set side by side, and every card that got better or worse."""

from __future__ import annotations

from html import escape

import streamlit as st

from idcard_core.evaluate.figures.behind import CardKey
from idcard_core.evaluate.figures.paired import Change, PairedRuns, pair
from idcard_core.evaluate.metrics import Proportion
from idcard_core.store.runs.results import ComparedCard, Run
from idcard_core.store.samples import SampleSet
from idcard_core.store.store import Store
from idcard_core.ui.pages.evaluation.behind_dialog import open_label, shown_result
from idcard_core.ui.pages.evaluation.card_rows import ShownResult, card_rows
from idcard_core.ui.pages.evaluation.desk import EvaluationDesk
from idcard_core.ui.pages.evaluation.forest import ForestRow, forest
from idcard_core.ui.pages.evaluation.pager import pager
from idcard_core.ui.pages.evaluation.picks import picks
from idcard_core.ui.pages.evaluation.questions import condition_word
from idcard_core.ui.pages.evaluation.results_view import figures_of, stage_table
from idcard_core.ui.pages.evaluation.run_view import run_name
from idcard_core.ui.strings import Texts

PER_PAGE = 5
_CHANGES = (Change.WORSE, Change.BETTER, Change.OTHER)


def show_comparison(found: SampleSet, at: EvaluationDesk, store: Store, texts: Texts) -> None:
    """The newest run beside the one before it, until others are chosen."""
    runs = [run for run in store.runs.all(found.id) if run.done]
    if len(runs) < 2:
        st.html(f'<div class="id-nothing">{escape(texts("evaluation.compare.none"))}</div>')
        return
    one, other = _choose(runs, at, texts)
    if one.id == other.id:
        st.html(f'<div class="id-nothing">{escape(texts("evaluation.compare.same"))}</div>')
        return
    both = pair(store.runs, (one, figures_of(one, store)), (other, figures_of(other, store)))
    if not both.one.results:
        st.html(f'<div class="id-nothing">{escape(texts("evaluation.compare.nothing_shared"))}</div>')
        return
    picks(_side_by_side(both, texts), key="comparison")
    _changes(both, found.id, at, store, texts)


def _choose(runs: list[Run], at: EvaluationDesk, texts: Texts) -> tuple[Run, Run]:
    by_id = {run.id: run for run in runs}
    other = by_id.get(at.run_id or 0, runs[0])
    one = by_id.get(at.other_id or 0) or next(run for run in runs if run.id != other.id)

    def switch() -> None:
        at.other_id, at.run_id = st.session_state["compare_a"], st.session_state["compare_b"]
        at.changes_page = 0

    st.session_state["compare_a"], st.session_state["compare_b"] = one.id, other.id
    before, after = st.columns(2, gap="medium")
    for place, letter in ((before, "a"), (after, "b")):
        place.selectbox(
            texts(f"evaluation.compare.{letter}"),
            list(by_id),
            format_func=lambda id: run_name(by_id[id], texts),
            key=f"compare_{letter}",
            on_change=switch,
        )
    return one, other


def _side_by_side(both: PairedRuns, texts: Texts) -> str:
    one, other = both.one.accuracy, both.other.accuracy
    rows = [ForestRow(texts("evaluation.whole"), one.overall.whole, other=other.overall.whole)]
    rows += [
        ForestRow(texts(f"field.{name.value}"), found.right, other=other.overall.field(name).right)
        for name, found in one.overall.fields.items()
    ]
    conditions = [
        ForestRow(condition_word(name, texts), found.whole, other=other.conditions[name].whole)
        for name, found in one.conditions.items()
        if found.whole.total and name in other.conditions
    ]
    conditions.sort(key=lambda row: _gain(row.share, row.other))
    stages = stage_table({"A": both.one, "B": both.other}, texts)
    return (
        f'<div class="id-verdict-line">{escape(_sentence(both, texts))}</div>'
        '<div class="id-key"><span class="id-mark-before"><b></b> A</span>'
        '<span class="id-mark-after"><b></b> B</span></div>'
        f'<div class="id-panels">{_section("fields", forest(rows, texts("evaluation.panel.fields")), texts)}'
        f"{_section('conditions', forest(conditions, texts('evaluation.panel.conditions')), texts)}</div>"
        f"{_section('stages', stages, texts)}"
    )


def _section(name: str, body: str, texts: Texts) -> str:
    title = escape(texts(f"evaluation.panel.{name}"))
    return f'<section class="id-panel" data-panel="{name}"><h3>{title}</h3>{body}</section>'


def _gain(one: Proportion, other: Proportion | None) -> float:
    return 0.0 if other is None else other.rate - one.rate


def _sentence(both: PairedRuns, texts: Texts) -> str:
    """How many cards are right in one run alone, and whether that may be chance."""
    chance = both.chance
    said = texts(
        "evaluation.compare.line",
        pictures=len(both.one.results),
        better=both.whole_better,
        worse=both.whole_worse,
        gain=f"{100 * _gain(both.one.accuracy.overall.whole, both.other.accuracy.overall.whole):+.1f}",
    )
    word = "sure" if chance < 0.05 else "unsure"
    return said + texts(f"evaluation.compare.{word}", chance=f"{chance:.3f}")


def _changes(both: PairedRuns, set_id: int, at: EvaluationDesk, store: Store, texts: Texts) -> None:
    counts = {change: both.changed(change) for change in _CHANGES}

    def turn() -> None:
        at.changes_page = 0

    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="changes-head"
    ):
        first = next((change for change in _CHANGES if counts[change]), Change.WORSE)
        change: Change = st.segmented_control(
            texts("evaluation.compare.changes"),
            _CHANGES,
            default=first,
            required=True,
            format_func=lambda each: texts(f"evaluation.change.{each.value}", count=len(counts[each])),
            key="compare_change",
            on_change=turn,
            label_visibility="collapsed",
        )
        in_clear = st.toggle(texts("evaluation.in_clear"), key="compare_in_clear", persist_state="session")
    cards = counts[change]
    if not cards:
        st.html(f'<div class="id-nothing">{escape(texts("evaluation.compare.no_card"))}</div>')
        return
    place = min(at.changes_page, (len(cards) - 1) // PER_PAGE)
    here = [_shown(card, both, set_id, store) for card in cards[place * PER_PAGE : (place + 1) * PER_PAGE]]
    picked = picks(card_rows(here, ["A", "B"], in_clear, texts), key="changes")
    pager(place, len(cards), PER_PAGE, at.turn_changes, texts, "changes")
    open_label(picked, here, at)


def _shown(card: ComparedCard, both: PairedRuns, set_id: int, store: Store) -> ShownResult:
    key = CardKey(card.sha256, card.page, card.number)
    results = [
        next(result for result in figures.results if (result.sha256, result.page) == (card.sha256, card.page))
        for figures in (both.one, both.other)
    ]
    return shown_result(key, set_id, results, store)
