"""Whether reviews hit the wrong cards, and whether a run's numbers reach the targets."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripted import DARK, DOUBTING, RIGHT, SAMPLES, Scripted

from idcard_core.card import FieldName, Reason, Side
from idcard_core.evaluate import targets
from idcard_core.evaluate.benchmark import ContestantResult, compare
from idcard_core.evaluate.metrics import Proportion
from idcard_core.evaluate.outcomes import CardOutcome, FieldOutcome, PictureOutcome
from idcard_core.evaluate.review import ReasonCount, review
from idcard_core.evaluate.samples import Sample
from idcard_core.evaluate.targets import Verdict, verdicts


def test_reviews_are_counted_by_whether_the_card_is_wrong() -> None:
    (ours,) = compare([Scripted("ours", DOUBTING, [])], [*SAMPLES, DARK]).contestants
    found = review(ours.cards)
    assert found is not None
    assert (found.of_wrong, found.not_found) == (Proportion(1, 2), 1)
    assert found.of_right == Proportion(1, 2)
    assert found.reasons[Reason.DISAGREES] == ReasonCount(right_cards=1, right_fields=1)
    assert found.reasons[Reason.LOW_CONFIDENCE] == ReasonCount(wrong_cards=1, wrong_fields=1, right_fields=1)
    assert found.reasons[Reason.NOT_READ] == ReasonCount(), "the unreadable picture counts nowhere"


def test_a_reader_that_tells_no_doubts_is_not_measured_by_them() -> None:
    (theirs,) = compare([Scripted("theirs", RIGHT, [])], SAMPLES).contestants
    assert review(theirs.cards) is None
    assert not any("review" in verdict.subject for verdict in verdicts(theirs))


@pytest.mark.parametrize(
    ("verdict", "met"),
    [
        pytest.param(Verdict("", 0.95, Proportion(95, 100)), True, id="just reached"),
        pytest.param(Verdict("", 0.95, Proportion(94, 100)), False, id="missed"),
        pytest.param(Verdict("", 0.10, Proportion(10, 100), at_most=True), True, id="at most, just"),
        pytest.param(Verdict("", 0.10, Proportion(11, 100), at_most=True), False, id="too many"),
        pytest.param(Verdict("", 0.95, Proportion()), None, id="nothing measured"),
    ],
)
def test_a_target_is_met_by_the_rate(verdict: Verdict, met: bool | None) -> None:
    assert verdict.met is met


def pictures(condition: str, right: int, wrong: int) -> list[PictureOutcome]:
    """Cards that are a name, of which ``right`` were read."""
    sample = Sample(Path("a.jpg"), condition, ())
    names = [FieldOutcome(FieldName.NAME, "甲", "甲" if number < right else "乙") for number in range(right + wrong)]
    return [PictureOutcome(sample, (CardOutcome(Side.FRONT, (name,), doubts=()),), 1.0) for name in names]


def test_every_condition_is_judged_by_the_lowest_one() -> None:
    found = [*pictures("dim", 19, 1), *pictures("blur", 18, 2), *pictures("small", 9, 1), *pictures("watermark", 17, 3)]
    by_subject = {verdict.subject: verdict for verdict in verdicts(ContestantResult.of("ours", found))}
    lowest = by_subject["whole cards, every condition (2 of 3 below; lowest: blur)"]
    assert (lowest.measured, lowest.met) == (Proportion(18, 20), False)
    watermark = by_subject["whole cards, watermark"]
    assert (watermark.goal, watermark.measured, watermark.met) == (0.85, Proportion(17, 20), True)
    assert (by_subject["姓名"].measured, by_subject["姓名"].met) == (Proportion(63, 70), False)
    assert by_subject["公民身份号码"].met is None
    assert by_subject["review of wrong cards"].measured == Proportion(0, 7)


def test_the_targets_are_those_of_the_project() -> None:
    assert (targets.WHOLE_CARDS, targets.DIRECTION, targets.EVERY_CONDITION) == (0.985, 0.995, 0.95)
    assert {name.value: goal for name, goal in targets.FIELDS.items()} == {
        "idcardno": 0.998,
        "name": 0.99,
        "address": 0.99,
    }
    assert (targets.REVIEW_OF_WRONG, targets.REVIEW_OF_RIGHT) == (0.8, 0.1)
