"""How far two reviewers agree, beyond what chance alone would make them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from idcard_core.evaluate.metrics import Proportion
from idcard_core.store.review.items import Item
from idcard_core.store.review.project import Verdict


class Subject(str, Enum):
    """What reviewers agree about."""

    OUTCOME = "outcome"
    """As read, corrected, or no card at all."""
    STATUS = "status"
    RISK = "risk"
    DIRECTION = "direction"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers on the items that both judged; ``kappa`` is NaN where it is not defined."""

    subject: Subject
    same: Proportion
    kappa: float


@dataclass(frozen=True, slots=True)
class Judged:
    """One item as two reviewers left it."""

    item: Item
    one: Verdict
    other: Verdict


def cohen_kappa(pairs: Iterable[tuple[Hashable, Hashable]]) -> float:
    """Agreement less that of chance, as a share of what chance leaves: 1 for the same throughout, 0 as good as chance.

    J. Cohen, *A coefficient of agreement for nominal scales*, Educational and Psychological Measurement 20, 1960. NaN
    of no pair, and where both only ever say the same one thing.
    """
    judged = list(pairs)
    if not judged:
        return math.nan
    total = len(judged)
    observed = sum(one == other for one, other in judged)
    ones, others = Counter(one for one, _ in judged), Counter(other for _, other in judged)
    chance = sum(ones[category] * others[category] for category in ones)  # of total squared
    left = total * total - chance
    return (observed * total - chance) / left if left else math.nan


def agreement(subject: Subject, judged: Sequence[Judged]) -> Agreement:
    """Of two reviewers about ``subject``; a label that was not given is that of the reading."""
    pairs = [(_said(subject, each.item, each.one), _said(subject, each.item, each.other)) for each in judged]
    return Agreement(subject, Proportion.of(one == other for one, other in pairs), cohen_kappa(pairs))


def changed_alike(judged: Iterable[Judged]) -> Proportion:
    """Of the fields that either of two reviewers changed, those that both say the same of."""
    rights: list[bool] = []
    for each in judged:
        one, other = each.one.fields, each.other.fields
        rights += [one.get(place) == other.get(place) for place in {*one, *other}]
    return Proportion.of(rights)


def _said(subject: Subject, item: Item, verdict: Verdict) -> Hashable:
    match subject:
        case Subject.OUTCOME:
            if verdict.not_a_card:
                return "not_a_card"
            return "as_read" if verdict.as_read else "corrected"
        case Subject.STATUS:
            return verdict.status or item.status
        case Subject.RISK:
            return verdict.risk or item.risk
        case Subject.DIRECTION:
            return item.direction if verdict.direction is None else verdict.direction
