"""Evaluation runs: results come back as they were, and two runs are compared card by card."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_builders import NAME, NOW, OTHER_NAME, SHA, a_card, a_result, a_run, later

from idcard_core.card import Doubt, FieldName, ImageStatus, Reason, Side
from idcard_core.evaluate.outcomes import CardOutcome, FieldOutcome
from idcard_core.store.errors import NotKept
from idcard_core.store.runs.results import RunState
from idcard_core.store.store import Store

WRONG = a_card(OTHER_NAME)
texts = st.text(max_size=20)
outcomes = st.builds(
    CardOutcome,
    side=st.sampled_from(Side),
    fields=st.lists(
        st.builds(FieldOutcome, st.sampled_from(FieldName), texts, texts, st.none() | st.floats(0, 1)),
        unique_by=lambda field: field.name,
    ).map(tuple),
    found=st.booleans(),
    doubts=st.none() | st.lists(st.builds(Doubt, st.sampled_from(FieldName), st.sampled_from(Reason))).map(tuple),
)


@pytest.fixture
def set_id(store: Store) -> int:
    return store.samples.make_set("set", "甲", NOW)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cards=st.lists(outcomes, max_size=3).map(tuple), status=st.none() | st.sampled_from(ImageStatus))
def test_every_result_comes_back_as_it_was_kept(
    either_store: Store, cards: tuple[CardOutcome, ...], status: ImageStatus | None
) -> None:
    run = either_store.runs.begin(a_run(either_store.samples.make_set("set", "甲", NOW)))
    result = a_result(cards=cards, status=status, page=3, readable=False, error_code=464)
    either_store.runs.add(run, result)
    assert either_store.runs.results(run) == [result]


def test_a_run_tells_how_far_it_is(store: Store, set_id: int) -> None:
    id = store.runs.begin(a_run(set_id))
    store.runs.add(id, a_result())
    run = store.runs.get(id)
    assert run is not None
    assert (run.state, run.done, run.planned, run.finished) == (RunState.RUNNING, 1, 2, None)
    store.runs.end(id, RunState.STOPPED, later(minutes=1))
    run = store.runs.get(id)
    assert run is not None
    assert (run.state, run.done, run.finished) == (RunState.STOPPED, 1, later(minutes=1))


def test_runs_are_listed_the_newest_first(store: Store, set_id: int) -> None:
    other = store.samples.make_set("another", "甲", NOW)
    ids = [store.runs.begin(a_run(each, started=later(days=n))) for n, each in enumerate((set_id, other, set_id))]
    assert [run.id for run in store.runs.all()] == ids[::-1]
    assert [run.id for run in store.runs.all(set_id)] == [ids[2], ids[0]]


def test_what_cannot_be_added(store: Store, set_id: int) -> None:
    run = store.runs.begin(a_run(set_id))
    store.runs.add(run, a_result())
    with pytest.raises(NotKept, match="run"):
        store.runs.add(run, a_result())
    with pytest.raises(NotKept, match="run"):
        store.runs.add(run + 1, a_result())
    with pytest.raises(NotKept, match="sample set"):
        store.runs.begin(a_run(set_id + 1))
    assert len(store.runs.results(run)) == 1


def test_two_runs_are_compared_card_by_card(store: Store, set_id: int) -> None:
    one, other = (store.runs.begin(a_run(set_id)) for _ in range(2))
    pictures = {"both right": (a_card(), a_card()), "better": (WRONG, a_card()), "worse": (a_card(), WRONG)}
    shas = {name: f"{n:064x}" for n, name in enumerate(pictures)}
    for name, (first, second) in pictures.items():
        store.runs.add(one, a_result(shas[name], a_card(), first, milliseconds=200.0))
        store.runs.add(other, a_result(shas[name], a_card(), second, milliseconds=100.0))
    store.runs.add(one, a_result(SHA))
    cards = store.runs.compare(one, other)
    assert len(cards) == 6
    assert [(card.sha256, card.number) for card in cards if card.better] == [(shas["better"], 1)]
    assert [(card.sha256, card.number) for card in cards if card.worse] == [(shas["worse"], 1)]
    (worse,) = (card for card in cards if card.worse)
    assert (worse.one.wrong, worse.other.wrong) == ((), (FieldName.NAME,))
    assert (worse.one.milliseconds, worse.other.milliseconds, worse.condition) == (200.0, 100.0, "plain")


def test_a_deleted_run_is_gone(store: Store, set_id: int) -> None:
    run = store.runs.begin(a_run(set_id))
    store.runs.add(run, a_result())
    store.runs.delete(run)
    assert store.runs.get(run) is None
    assert store.runs.results(run) == []


def test_no_value_is_in_a_repr() -> None:
    assert NAME not in repr(a_result())
