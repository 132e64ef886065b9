"""How often each word was told where each was right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from idcard_core.evaluate.metrics import Proportion


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each of ``words`` was told (columns) where each was right (rows)."""

    words: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, pairs: Sequence[tuple[str, str]]) -> Confusion:
        """Of (right, told)."""
        words = tuple(sorted({word for pair in pairs for word in pair}))
        return cls(words, tuple(tuple(sum(pair == (r, t) for pair in pairs) for t in words) for r in words))

    def recall(self, word: str) -> Proportion:
        """Of those where ``word`` is right, how many it was told of."""
        row = self.counts[self.words.index(word)]
        return Proportion(row[self.words.index(word)], sum(row))

    def precision(self, word: str) -> Proportion:
        """Of those that ``word`` was told of, where it is right."""
        at = self.words.index(word)
        return Proportion(self.counts[at][at], sum(row[at] for row in self.counts))

    @property
    def right(self) -> Proportion:
        """All that were told rightly."""
        hits = sum(row[number] for number, row in enumerate(self.counts))
        return Proportion(hits, sum(map(sum, self.counts)))
