"""Metrics that are updated a card or a call at a time and summed up as plain, printable values."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from idcard_core.card import FIELDS, FieldName, Side

Z_95 = 1.959963984540054
"""Standard normal quantile for a two-sided interval of 95 %."""


@dataclass(frozen=True, slots=True)
class Proportion:
    """``right`` of ``total``."""

    right: int = 0
    total: int = 0

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


@dataclass(frozen=True, slots=True)
class CardSummary:
    """What a set of cards came to."""

    whole: Proportion
    fields: Mapping[FieldName, Proportion]
    characters: ErrorRate
    direction: Proportion


def edit_distance(one: str, other: str) -> int:
    """Levenshtein's distance: the fewest insertions, deletions and replacements that turn one into the other."""
    if len(one) < len(other):
        one, other = other, one
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        diagonal, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (left != right))
    return row[-1]


@dataclass(slots=True)
class CardMetric:
    """Whole cards, single fields, characters and direction, over the cards it is updated with."""

    _whole: list[bool] = field(default_factory=list)
    _fields: dict[FieldName, list[bool]] = field(default_factory=lambda: defaultdict(list))
    _edits: int = 0
    _characters: int = 0
    _direction: list[bool] = field(default_factory=list)

    def update(self, side: Side, truth: Mapping[FieldName, str], read: Mapping[FieldName, str]) -> None:
        """Hold one card's reading against its truth; a field that was not read counts as empty."""
        rights = []
        for name in FIELDS[side]:
            if name not in truth:
                continue
            expected, got = truth[name], read.get(name, "")
            rights.append(expected == got)
            self._fields[name].append(expected == got)
            self._edits += edit_distance(expected, got)
            self._characters += len(expected)
        self._whole.append(all(rights))

    def update_direction(self, right: bool) -> None:
        """Count one picture whose direction was told, rightly or not."""
        self._direction.append(right)

    def summary(self) -> CardSummary:
        return CardSummary(
            whole=_proportion(self._whole),
            fields={name: _proportion(self._fields[name]) for name in FieldName if self._fields.get(name)},
            characters=ErrorRate(self._edits, self._characters),
            direction=_proportion(self._direction),
        )


@dataclass(slots=True)
class LatencyMetric:
    """Latencies in milliseconds."""

    _milliseconds: list[float] = field(default_factory=list)

    def update(self, milliseconds: float) -> None:
        self._milliseconds.append(milliseconds)

    def summary(self) -> Percentiles:
        """NaN of nothing. Percentiles between two calls are interpolated."""
        values = self._milliseconds or [math.nan]
        p50, p90, p99 = (float(value) for value in np.percentile(values, (50, 90, 99)))
        return Percentiles(len(self._milliseconds), p50, p90, p99)


def _proportion(rights: list[bool]) -> Proportion:
    return Proportion(sum(rights), len(rights))
