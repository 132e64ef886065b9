"""What this project's reader is meant to reach, and whether a run's own numbers reach it."""

from __future__ import annotations

from dataclasses import dataclass

from idcard_core.card import FieldName
from idcard_core.evaluate.benchmark import ContestantResult
from idcard_core.evaluate.metrics import Proportion
from idcard_core.evaluate.review import review

WHOLE_CARDS = 0.985
FIELDS = {FieldName.IDCARDNO: 0.998, FieldName.NAME: 0.99, FieldName.ADDRESS: 0.99}
DIRECTION = 0.995
EVERY_CONDITION = 0.95
"""Whole cards, in each condition by itself."""
CONDITIONS = {"watermark": 0.85}
"""Whole cards, in conditions with a target of their own."""
REVIEW_OF_WRONG = 0.80
REVIEW_OF_RIGHT = 0.10
"""At most; all others are at least."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One target and what a run came to; ``met`` goes by the rate itself, not by its interval."""

    subject: str
    goal: float
    measured: Proportion
    at_most: bool = False

    @property
    def met(self) -> bool | None:
        """None where nothing was measured."""
        if not self.measured.total:
            return None
        return self.measured.rate <= self.goal if self.at_most else self.measured.rate >= self.goal


def verdicts(result: ContestantResult) -> list[Verdict]:
    """Every target; the review of cards only for a reader that tells doubts."""
    found = [
        Verdict("whole cards", WHOLE_CARDS, result.overall.whole),
        *(Verdict(name.label, goal, result.overall.field(name).right) for name, goal in FIELDS.items()),
        Verdict("direction", DIRECTION, result.overall.direction),
        _lowest_condition(result),
    ]
    for condition, goal in CONDITIONS.items():
        if condition in result.conditions:
            found.append(Verdict(f"whole cards, {condition}", goal, result.conditions[condition].whole))
    if reviewed := review(result.cards):
        found.append(Verdict("review of wrong cards", REVIEW_OF_WRONG, reviewed.of_wrong))
        found.append(Verdict("review of right cards", REVIEW_OF_RIGHT, reviewed.of_right, at_most=True))
    return found


def _lowest_condition(result: ContestantResult) -> Verdict:
    """The condition with the lowest rate stands for all: where it reaches the target, each does."""
    wholes = {
        condition: summary.whole
        for condition, summary in result.conditions.items()
        if condition not in CONDITIONS and summary.whole.total
    }
    if not wholes:
        return Verdict("whole cards, every condition", EVERY_CONDITION, Proportion())
    lowest = min(wholes, key=lambda condition: wholes[condition].rate)
    below = sum(whole.rate < EVERY_CONDITION for whole in wholes.values())
    subject = f"whole cards, every condition ({below} of {len(wholes)} below; lowest: {lowest})"
    return Verdict(subject, EVERY_CONDITION, wholes[lowest])
