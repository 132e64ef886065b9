"""Runs several readers over the same labelled pictures, in alternation, and scores them by the same metrics."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeVar

from idcard_core.evaluate.answers import Answer, Contestant
from idcard_core.evaluate.metrics import Percentiles, percentiles
from idcard_core.evaluate.outcomes import CardOutcome, PictureOutcome, cards_on, judge_picture
from idcard_core.evaluate.samples import Sample
from idcard_core.evaluate.summary import CardSummary, summarise

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

WARM_UPS = 2
"""Pictures every reader reads before anything counts: models load at the first, shapes settle at the second."""


@dataclass(frozen=True, slots=True)
class ContestantResult:
    """What one reader came to over the readable pictures: all of them, and by condition in alphabetical order.

    ``unreadable`` has the pictures that nobody could read whole, by condition; they count nowhere else.
    """

    name: str
    pictures: tuple[PictureOutcome, ...]
    unreadable: Mapping[str, Sequence[PictureOutcome]]
    overall: CardSummary
    conditions: Mapping[str, CardSummary]

    @classmethod
    def of(cls, name: str, pictures: Sequence[PictureOutcome]) -> ContestantResult:
        """From every picture, the unreadable ones included."""
        readable = tuple(picture for picture in pictures if picture.sample.readable)
        unreadable = by_condition(picture for picture in pictures if not picture.sample.readable)
        conditions = {condition: summarise(found) for condition, found in by_condition(readable).items()}
        return cls(name, readable, unreadable, summarise(readable), conditions)

    @property
    def cards(self) -> list[CardOutcome]:
        return cards_on(self.pictures)

    @property
    def milliseconds(self) -> list[float]:
        return [picture.milliseconds for picture in self.pictures]

    @property
    def latency(self) -> Percentiles:
        return percentiles(self.milliseconds)

    @property
    def failures(self) -> int:
        """Pictures the reader failed on."""
        return sum(picture.failed for picture in self.pictures)


@dataclass(frozen=True, slots=True)
class BenchmarkResult:
    """The readers side by side, this project's first; readable ``pictures`` and the ``cards`` on them."""

    pictures: int
    cards: int
    contestants: tuple[ContestantResult, ...]


def compare(
    contestants: Sequence[Contestant],
    samples: Iterable[Sample],
    track: Callable[[Iterable[Sample]], Iterable[Sample]] = iter,
) -> BenchmarkResult:
    """Let every reader (at least one) read every sample; who begins changes from picture to picture.

    ``samples`` is gone through once, and each picture's file is needed until the next one is asked for but for the
    first, which are for warming up too. ``track`` may wrap the samples, to show progress.
    """
    coming = iter(samples)
    first = list(islice(coming, WARM_UPS))
    for contestant in contestants:
        for sample in first:
            timed_read(contestant, str(sample.path))
    outcomes: list[list[PictureOutcome]] = [[] for _ in contestants]
    pairs = list(zip(contestants, outcomes, strict=True))
    for number, sample in enumerate(track(chain(first, coming))):
        for contestant, found in in_turn(pairs, number):
            answer, milliseconds = timed_read(contestant, str(sample.path))
            found.append(judge_picture(sample, answer, milliseconds))
    results = tuple(ContestantResult.of(contestant.name, found) for contestant, found in pairs)
    return BenchmarkResult(len(results[0].pictures), len(results[0].cards), results)


def by_condition(pictures: Iterable[PictureOutcome]) -> dict[str, list[PictureOutcome]]:
    """Pictures by their condition, in alphabetical order."""
    grouped: dict[str, list[PictureOutcome]] = {}
    for picture in sorted(pictures, key=lambda picture: picture.sample.condition):
        grouped.setdefault(picture.sample.condition, []).append(picture)
    return grouped


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
