"""Whether a confidence means what it says: of the fields told with 0.9, nine in ten should be right."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from idcard_core.card import FieldName
from idcard_core.evaluate.metrics import Proportion
from idcard_core.evaluate.outcomes import CardOutcome

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0)
"""Borders of the bins; narrower towards 1, where nearly all confidences are. A bin has its lower border, not its upper
one; the last has both."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The fields whose confidence is from ``low`` to ``high``; ``confidence`` is their mean, NaN of none."""

    low: float
    high: float
    confidence: float
    right: Proportion


@dataclass(frozen=True, slots=True)
class Calibration:
    """A reliability diagram and its two numbers, both 0 at best; NaN of no field."""

    bins: tuple[Bin, ...]
    expected_error: float
    """Expected calibration error: the bins' distance between mean confidence and share of right ones, weighted by their
    fields (C. Guo et al., *On Calibration of Modern Neural Networks*, ICML 2017, with ``EDGES`` for bins)."""
    brier: float
    """Mean square of confidence less 1 for a right and 0 for a wrong field (G. W. Brier, *Verification of forecasts*,
    Monthly Weather Review 78, 1950)."""
    confidence: float
    """Mean confidence."""
    right: Proportion


def calibrations(cards: Sequence[CardOutcome]) -> Mapping[FieldName, Calibration]:
    """By kind of field, over the fields whose confidence was told."""
    told: dict[FieldName, list[tuple[float, bool]]] = {name: [] for name in FieldName}
    for card in cards:
        for field in card.fields:
            if field.confidence is not None:
                told[field.name].append((field.confidence, field.is_right))
    return {name: calibrate(pairs) for name, pairs in told.items() if pairs}


def overall_calibration(cards: Sequence[CardOutcome]) -> Calibration:
    """Over all fields whose confidence was told."""
    fields = [field for card in cards for field in card.fields]
    return calibrate((field.confidence, field.is_right) for field in fields if field.confidence is not None)


def calibrate(told: Iterable[tuple[float, bool]]) -> Calibration:
    """From confidences (0 to 1) and whether their fields are right."""
    pairs = list(told)
    bins = tuple(_bin(low, high, pairs) for low, high in pairwise(EDGES))
    filled = [each for each in bins if each.right.total]
    gaps = sum(each.right.total * abs(each.right.rate - each.confidence) for each in filled)
    squares = [(confidence - right) ** 2 for confidence, right in pairs]
    return Calibration(
        bins=bins,
        expected_error=gaps / len(pairs) if pairs else math.nan,
        brier=_mean(squares),
        confidence=_mean([confidence for confidence, _ in pairs]),
        right=Proportion.of(right for _, right in pairs),
    )


def _bin(low: float, high: float, pairs: Sequence[tuple[float, bool]]) -> Bin:
    within = [pair for pair in pairs if low <= pair[0] < high or pair[0] == high == EDGES[-1]]
    return Bin(low, high, _mean([confidence for confidence, _ in within]), Proportion.of(right for _, right in within))


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else math.nan
