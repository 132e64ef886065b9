"""Cohen's kappa: known values, what is not defined, and which items count."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_builders import NAME, OTHER_NAME, an_entry, an_item

from idcard_core.card import FieldName, ImageStatus
from idcard_core.evaluate.metrics import Proportion
from idcard_core.store.review.actions import Accept, Action, ChangeField, LabelStatus, NotACard, Postpone, Undo
from idcard_core.store.review.agreement import Subject, agreement, changed_alike, cohen_kappa
from idcard_core.store.store import Store


@pytest.mark.parametrize(
    ("both_yes", "yes_no", "no_yes", "both_no", "expected"),
    [
        (20, 5, 10, 15, 0.4),
        (45, 15, 25, 15, 0.1304),
        (25, 35, 5, 35, 0.2593),
        (10, 0, 0, 10, 1.0),
        (0, 10, 10, 0, -1.0),
        (25, 25, 25, 25, 0.0),
    ],
    ids=["grant proposals", "same agreement 1", "same agreement 2", "always", "never", "chance"],
)
def test_known_values(both_yes: int, yes_no: int, no_yes: int, both_no: int, expected: float) -> None:
    """The first three are worked out in Wikipedia's article on Cohen's kappa."""
    pairs = [(True, True)] * both_yes + [(True, False)] * yes_no + [(False, True)] * no_yes + [(False, False)] * both_no
    assert cohen_kappa(pairs) == pytest.approx(expected, abs=5e-5)


def test_three_categories() -> None:
    """J. Cohen's own table of 1960, 200 cases: observed 0.70, by chance 0.41, kappa 0.49."""
    table = [[88, 10, 2], [14, 40, 6], [18, 10, 12]]
    pairs = [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]
    assert cohen_kappa(pairs) == pytest.approx(0.4915, abs=5e-5)


@pytest.mark.parametrize("pairs", [[], [("a", "a")] * 5], ids=["nothing", "only ever the same"])
def test_where_it_is_not_defined(pairs: list[tuple[str, str]]) -> None:
    assert math.isnan(cohen_kappa(pairs))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1))
def test_it_is_at_most_one_and_the_same_either_way(pairs: list[tuple[int, int]]) -> None:
    kappa = cohen_kappa(pairs)
    if not math.isnan(kappa):
        assert -1 <= kappa <= 1
        assert (kappa == 1) == all(one == other for one, other in pairs)
        assert cohen_kappa([(other, one) for one, other in pairs]) == pytest.approx(kappa)


def play(store: Store, item: int, *events: tuple[str, Action]) -> None:
    for reviewer, action in events:
        found = store.review.get(item)
        assert found is not None
        store.review.record(an_entry(item, action, reviewer, found.version))


def test_only_items_that_both_called_done_count_each_as_its_reviewer_left_it(store: Store) -> None:
    change = ChangeField(0, FieldName.NAME, NAME)
    blurred = LabelStatus(ImageStatus.BLURRED)
    play(store, an_item(store, 1), ("甲", Accept()), ("乙", Accept()))
    play(store, an_item(store, 2), ("甲", Accept()), ("乙", change), ("乙", blurred), ("乙", Accept()))
    play(store, an_item(store, 3), ("甲", change), ("甲", Accept()), ("乙", ChangeField(0, FieldName.NAME, OTHER_NAME)))
    play(store, 3, ("乙", Accept()))
    play(store, an_item(store, 4), ("甲", NotACard()), ("乙", Postpone()))
    play(store, an_item(store, 5), ("甲", Accept()), ("乙", Accept()), ("乙", Undo()))
    play(store, an_item(store, 6), ("甲", NotACard()), ("乙", Accept()))
    judged = store.review.judged_by("甲", "乙")
    assert [each.item.id for each in judged] == [1, 2, 3, 6]
    outcome = agreement(Subject.OUTCOME, judged)
    assert outcome.same == Proportion(3, 4)
    assert outcome.kappa == pytest.approx((3 * 4 - 5) / (16 - 5))
    assert agreement(Subject.STATUS, judged).same == Proportion(3, 4)
    assert agreement(Subject.RISK, judged).same == Proportion(4, 4)
    assert agreement(Subject.DIRECTION, judged).same == Proportion(4, 4)
    assert changed_alike(judged) == Proportion(0, 2)
    assert store.review.judged_by("甲", "丙") == []
