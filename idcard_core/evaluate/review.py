"""Whether ``needs_review`` sends the right cards to a person: the wrong ones, and few others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from idcard_core.card import FieldName, Reason
from idcard_core.evaluate.metrics import Proportion
from idcard_core.evaluate.outcomes import CardOutcome


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """Doubts told for one reason: the cards they are on, by whether all of the card was read right, and the fields."""

    wrong_cards: int = 0
    right_cards: int = 0
    wrong_fields: int = 0
    right_fields: int = 0


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """Of the cards with a wrong field, and of the right ones, how many carry ``needs_review``.

    ``not_found`` of the wrong cards were not found at all; nothing is told of them, so they count as not carrying it.
    """

    of_wrong: Proportion
    of_right: Proportion
    not_found: int
    reasons: Mapping[Reason, ReasonCount]


def review(cards: Sequence[CardOutcome]) -> ReviewSummary | None:
    """The summary of ``cards``; None for a reader that tells no doubts."""
    if all(card.doubts is None for card in cards):
        return None
    wrong = [card for card in cards if not card.is_right]
    right = [card for card in cards if card.is_right]
    return ReviewSummary(
        of_wrong=Proportion.of(card.needs_review for card in wrong),
        of_right=Proportion.of(card.needs_review for card in right),
        not_found=sum(not card.found for card in wrong),
        reasons={reason: _count(reason, wrong, right) for reason in Reason},
    )


def _count(reason: Reason, wrong: Sequence[CardOutcome], right: Sequence[CardOutcome]) -> ReasonCount:
    fields = [doubted in card.wrong for card in (*wrong, *right) for doubted in _doubted(card, reason)]
    return ReasonCount(
        wrong_cards=sum(bool(_doubted(card, reason)) for card in wrong),
        right_cards=sum(bool(_doubted(card, reason)) for card in right),
        wrong_fields=sum(fields),
        right_fields=len(fields) - sum(fields),
    )


def _doubted(card: CardOutcome, reason: Reason) -> set[FieldName]:
    return {doubt.field for doubt in card.doubts or () if doubt.reason is reason}
