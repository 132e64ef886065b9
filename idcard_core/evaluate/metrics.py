"""Rates with their intervals, distances between texts, and latencies, as plain, printable values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

Z_95 = 1.959963984540054
"""Standard normal quantile for a two-sided interval of 95 %."""


@dataclass(frozen=True, slots=True)
class Proportion:
    """``right`` of ``total``."""

    right: int = 0
    total: int = 0

    @classmethod
    def of(cls, rights: Iterable[bool]) -> Proportion:
        """How many of ``rights`` are true."""
        counted = list(rights)
        return cls(sum(counted), len(counted))

    @property
    def rate(self) -> float:
        """0 to 1; NaN of nothing."""
        return self.right / self.total if self.total else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval of 95 %, as 0 to 1; (0, 1) of nothing.

        E. B. Wilson, *Probable Inference, the Law of Succession, and Statistical Inference* (JASA 22, 1927).
        """
        if not self.total:
            return 0.0, 1.0
        n, p, z2 = self.total, self.rate, Z_95**2
        centre = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z_95 / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        # At the ends the formula gives 0 and 1 but for rounding.
        return (0.0 if self.right == 0 else centre - half), (1.0 if self.right == n else centre + half)


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """Characters to insert, delete or replace, against the characters there are."""

    edits: int = 0
    characters: int = 0

    @property
    def rate(self) -> float:
        """0 for a perfect reading; may pass 1; NaN of nothing."""
        return self.edits / self.characters if self.characters else math.nan


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Milliseconds that half, 90 % and 99 % of calls stay within."""

    count: int
    p50: float
    p90: float
    p99: float


def edit_distance(one: str, other: str) -> int:
    """Levenshtein's distance: the fewest insertions, deletions and replacements that turn one into the other."""
    if one == other:
        return 0
    if len(one) < len(other):
        one, other = other, one
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        diagonal, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (left != right))
    return row[-1]


def percentiles(milliseconds: Sequence[float]) -> Percentiles:
    """NaN of nothing. Percentiles between two calls are interpolated."""
    p50, p90, p99 = (float(value) for value in np.percentile(milliseconds or [math.nan], (50, 90, 99)))
    return Percentiles(len(milliseconds), p50, p90, p99)
