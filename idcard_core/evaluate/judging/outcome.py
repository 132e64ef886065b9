"""What was said of each picture beside what should have been."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

import numpy as np

from idcard_core.card import ImageStatus, Location, Reading, ReadOptions, RiskType
from idcard_core.evaluate.judging.samples import JudgedSample
from idcard_core.intake import open_picture
from idcard_core.judgement import Risks
from idcard_core.reader import IdCardReader

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Judged:
    """One picture: what should have been said, what was, and how sure."""

    way: str
    status: tuple[ImageStatus, ImageStatus] | None
    """What is right, then what was told; so with the others."""
    risk: tuple[RiskType, RiskType] | None
    direction: tuple[int, int] | None
    overlap: float | None
    """Intersection over union of the portrait's box; 0 when none was found."""
    risks: Risks | None
    milliseconds: float
    """What judging took."""


def judge_all(reader: IdCardReader, samples: Iterable[JudgedSample]) -> Iterator[Judged]:
    """Read and judge every sample."""
    for sample in samples:
        options = ReadOptions(sample.side, direction=True, risk=True, photo=True)
        yield compared(sample, reader.answer(open_picture(sample.jpeg, reader.settings.limits), options))


def compared(sample: JudgedSample, reading: Reading) -> Judged:
    """``reading`` beside the truth of ``sample``."""
    card = reading.answering
    overlap = None
    if sample.portrait is not None and card is not None:
        found = card.portrait
        overlap = 0.0 if found is None else box_overlap(Location.around(sample.portrait), found.location)
    return Judged(
        way=sample.way,
        status=None if sample.status is None else (sample.status, reading.status),
        risk=None if sample.risk is None or card is None else (sample.risk, reading.risk),
        direction=None if sample.direction is None else (sample.direction, reading.direction),
        overlap=overlap,
        risks=None if sample.risk is None or card is None else card.risks,
        milliseconds=reading.timings_ms.get("judge", 0.0),
    )


def box_overlap(one: Location, other: Location) -> float:
    """Intersection over union of two boxes."""
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    shared = max(0, across) * max(0, down)
    both = one.width * one.height + other.width * other.height - shared
    return shared / both if both else 0.0


def roc(scores: Sequence[float], truths: Sequence[bool]) -> tuple[list[tuple[float, float]], float]:
    """Points (false alarms, found) over all thresholds, and the area under them.

    The area is the probability that one that is has a higher score than one that is not (Hanley and McNeil, 1982).
    """
    order = np.argsort(-np.asarray(scores), kind="stable")
    hits = np.asarray(truths, bool)[order]
    positives, negatives = int(hits.sum()), int((~hits).sum())
    if not positives or not negatives:
        return [], float("nan")
    values = np.asarray(scores)[order]
    last = np.append(np.flatnonzero(np.diff(values)), len(values) - 1)
    found = np.concatenate(([0.0], np.cumsum(hits)[last] / positives))
    alarms = np.concatenate(([0.0], np.cumsum(~hits)[last] / negatives))
    area = float(np.sum(np.diff(alarms) * (found[1:] + found[:-1]) / 2))
    return list(zip(alarms.tolist(), found.tolist(), strict=True)), area


def typical(values: Iterable[float]) -> float:
    """The median, not a number where there is nothing."""
    found = list(values)
    return median(found) if found else float("nan")
