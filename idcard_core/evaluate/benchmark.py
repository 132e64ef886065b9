"""Runs several readers over the same labelled pictures, in alternation, and scores them by the same metrics."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from idcard_core.card import Side
from idcard_core.evaluate.answers import Answer, Contestant, pair_up
from idcard_core.evaluate.metrics import CardMetric, CardSummary, LatencyMetric, Percentiles
from idcard_core.evaluate.samples import Sample

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

WARM_UPS = 2
"""Pictures every reader reads before anything counts: models load at the first, shapes settle at the second."""


@dataclass(frozen=True, slots=True)
class ContestantResult:
    """What one reader came to: over all pictures, by condition, its latency, and pictures it failed on."""

    name: str
    overall: CardSummary
    conditions: Mapping[str, CardSummary]
    latency: Percentiles
    failures: int


@dataclass(frozen=True, slots=True)
class BenchmarkResult:
    """The readers side by side, this project's first."""

    pictures: int
    cards: int
    contestants: tuple[ContestantResult, ...]


@dataclass(slots=True)
class Scorer:
    """Scores one reader's answers."""

    name: str
    _overall: CardMetric = field(default_factory=CardMetric)
    _conditions: dict[str, CardMetric] = field(default_factory=lambda: defaultdict(CardMetric))
    _latency: LatencyMetric = field(default_factory=LatencyMetric)
    _failures: int = 0

    def update(self, sample: Sample, answer: Answer | None, milliseconds: float) -> None:
        """Hold an answer, or None where the reader failed, against a picture's labels."""
        self._failures += answer is None
        answer = answer or Answer()
        self._latency.update(milliseconds)
        metrics = (self._overall, self._conditions[sample.condition])
        for side in Side:
            truths = [card.texts for card in sample.cards if card.side is side]
            answers = [card.texts for card in answer.cards if card.side is side]
            for truth, read in zip(truths, pair_up(truths, answers), strict=True):
                for metric in metrics:
                    metric.update(side, truth, read)
        if sample.direction is not None and answer.direction is not None:
            for metric in metrics:
                metric.update_direction(answer.direction == sample.direction)

    def summary(self) -> ContestantResult:
        conditions = {name: metric.summary() for name, metric in sorted(self._conditions.items())}
        return ContestantResult(self.name, self._overall.summary(), conditions, self._latency.summary(), self._failures)


def compare(
    contestants: Sequence[Contestant],
    samples: Sequence[Sample],
    track: Callable[[Sequence[Sample]], Iterable[Sample]] = iter,
) -> BenchmarkResult:
    """Let every reader read every sample; who begins changes from picture to picture.

    ``track`` may wrap the samples, to show progress.
    """
    for contestant in contestants:
        for sample in samples[:WARM_UPS]:
            timed_read(contestant, str(sample.path))
    scorers = [Scorer(contestant.name) for contestant in contestants]
    pairs = list(zip(contestants, scorers, strict=True))
    for number, sample in enumerate(track(samples)):
        for contestant, scorer in in_turn(pairs, number):
            answer, milliseconds = timed_read(contestant, str(sample.path))
            scorer.update(sample, answer, milliseconds)
    cards = sum(len(sample.cards) for sample in samples)
    return BenchmarkResult(len(samples), cards, tuple(scorer.summary() for scorer in scorers))


def in_turn(items: Sequence[_T], number: int) -> list[_T]:
    """``items`` begun at a different one for each ``number``, so that none always runs on another's warm caches."""
    start = number % len(items) if items else 0
    return [*items[start:], *items[:start]]


def timed_read(contestant: Contestant, path: str) -> tuple[Answer | None, float]:
    """A reader's answer and its milliseconds; None where it raised, which one bad picture must not stop the rest by."""
    start = time.perf_counter()
    try:
        answer = contestant.read(path)
    except Exception as error:  # whatever a foreign program raises; its message may hold what it read
        _log.warning("%s failed on a picture: %s", contestant.name, type(error).__name__)
        answer = None
    return answer, (time.perf_counter() - start) * 1000
