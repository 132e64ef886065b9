"""Two runs over the same pictures: what got better, what got worse, and whether that may be chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from idcard_core.evaluate.figures.run_figures import RunFigures
from idcard_core.store.runs.results import ComparedCard, PictureResult, Run
from idcard_core.store.runs.table import RunTable


class Change(str, Enum):
    """What became of a card from one run to the other, by how many of its fields are right."""

    BETTER = "better"
    WORSE = "worse"
    OTHER = "other"
    """As many fields right, but others."""
    SAME = "same"


@dataclass(frozen=True, slots=True, eq=False)
class PairedRuns:
    """Two runs, each in figures over the pictures that both have read, and their cards one by one."""

    one: RunFigures
    other: RunFigures
    cards: tuple[ComparedCard, ...]

    def changed(self, change: Change) -> list[ComparedCard]:
        """The cards with this change; those that are right in one run alone first."""
        found = [card for card in self.cards if change_of(card) is change]
        return sorted(found, key=lambda card: not (card.better or card.worse))

    @property
    def whole_better(self) -> int:
        """Cards right in the other run alone."""
        return sum(card.better for card in self.cards)

    @property
    def whole_worse(self) -> int:
        return sum(card.worse for card in self.cards)

    @property
    def chance(self) -> float:
        """See `sign_test`."""
        return sign_test(self.whole_better, self.whole_worse)


def change_of(card: ComparedCard) -> Change:
    before, after = len(card.one.wrong), len(card.other.wrong)
    if before != after:
        return Change.BETTER if after < before else Change.WORSE
    return Change.SAME if set(card.one.wrong) == set(card.other.wrong) else Change.OTHER


def pair(runs: RunTable, one: tuple[Run, RunFigures], other: tuple[Run, RunFigures]) -> PairedRuns:
    """The two runs side by side; a picture that only one of them has read counts nowhere."""
    shared = {_key(r) for r in one[1].results} & {_key(r) for r in other[1].results}
    first, second = (_over(figures, shared) for _, figures in (one, other))
    readable = {_key(result) for result in first.results if result.readable}
    cards = runs.compare(one[0].id, other[0].id)
    return PairedRuns(first, second, tuple(card for card in cards if (card.sha256, card.page) in readable))


def sign_test(better: int, worse: int) -> float:
    """How likely so uneven a split is where neither run reads better: the exact two-sided sign test of McNemar.

    Q. McNemar, *Note on the sampling error of the difference between correlated proportions* (Psychometrika 12, 1947).
    """
    both = better + worse
    tail = sum(math.comb(both, k) for k in range(min(better, worse) + 1))
    chance: float = 2 * tail / 2**both
    return min(1.0, chance)


def _over(figures: RunFigures, shared: set[tuple[str, int | None]]) -> RunFigures:
    kept: Sequence[PictureResult] = [result for result in figures.results if _key(result) in shared]
    return figures if len(kept) == len(figures.results) else RunFigures.of(figures.accuracy.name, kept)


def _key(result: PictureResult) -> tuple[str, int | None]:
    return result.sha256, result.page
