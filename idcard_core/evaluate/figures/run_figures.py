"""Everything that is told of a run, from its results, by the same measures as ``idcard bench``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from idcard_core.card import FieldName
from idcard_core.evaluate.benchmark import ContestantResult
from idcard_core.evaluate.calibration import Calibration, calibrations, overall_calibration
from idcard_core.evaluate.confusion import Confusion
from idcard_core.evaluate.figures.characters import SlipCount, count_slips
from idcard_core.evaluate.metrics import Percentiles, percentiles
from idcard_core.evaluate.outcomes import PictureOutcome
from idcard_core.evaluate.review import ReviewSummary, review
from idcard_core.evaluate.samples import Sample
from idcard_core.evaluate.summary import CardSummary, summarise
from idcard_core.store.runs.results import PictureResult

TOTAL = "total"
"""What all stages together are called."""


@dataclass(frozen=True, slots=True, eq=False)
class RunFigures:
    """A run in figures; pictures that nobody can read whole count only in ``status``, ``risk`` and ``latency``.

    ``latency`` is by stage in the order that stages run, with ``TOTAL`` last, over the pictures that were read.
    """

    results: tuple[PictureResult, ...]
    accuracy: ContestantResult
    slices: Mapping[str, CardSummary]
    slips: tuple[SlipCount, ...]
    status: Confusion
    risk: Confusion
    calibration: Calibration
    field_calibrations: Mapping[FieldName, Calibration]
    review: ReviewSummary | None
    latency: Mapping[str, Percentiles]

    @classmethod
    def of(cls, name: str, results: Sequence[PictureResult]) -> RunFigures:
        """From the results of a run that is called ``name``."""
        outcomes = [outcome_of(result) for result in results]
        accuracy = ContestantResult.of(name, outcomes)
        cards = accuracy.cards
        return cls(
            results=tuple(results),
            accuracy=accuracy,
            slices=_by_slice(results, outcomes),
            slips=count_slips(cards),
            status=Confusion.of(
                [(r.status_label.value, r.status.value) for r in results if r.status_label and r.status]
            ),
            risk=Confusion.of([(r.risk_label.value, r.risk.value) for r in results if r.risk_label and r.risk]),
            calibration=overall_calibration(cards),
            field_calibrations=calibrations(cards),
            review=review(cards),
            latency=_latency(results),
        )


def outcome_of(result: PictureResult) -> PictureOutcome:
    """A result as the benchmark's measures take it; its picture is named by its hash."""
    told = result.direction is not None and result.direction_label is not None
    return PictureOutcome(
        Sample(Path(result.sha256), result.condition, (), result.direction_label, result.readable),
        result.cards,
        result.milliseconds,
        result.direction == result.direction_label if told else None,
        result.error_code is not None,
    )


def times_of(results: Sequence[PictureResult]) -> dict[str, list[float]]:
    """Milliseconds of the pictures that were read, by stage, ``TOTAL`` last."""
    read = [result for result in results if result.error_code is None]
    stages = list(dict.fromkeys(stage for result in read for stage in result.stages))
    times = {stage: [result.stages.get(stage, 0.0) for result in read] for stage in stages}
    return {**times, TOTAL: [result.milliseconds for result in read]}


def _latency(results: Sequence[PictureResult]) -> dict[str, Percentiles]:
    return {stage: percentiles(times) for stage, times in times_of(results).items()}


def _by_slice(results: Sequence[PictureResult], outcomes: Sequence[PictureOutcome]) -> dict[str, CardSummary]:
    found: dict[str, list[PictureOutcome]] = {}
    for result, outcome in zip(results, outcomes, strict=True):
        if result.readable:
            for word in result.slices:
                found.setdefault(word, []).append(outcome)
    return {word: summarise(found[word]) for word in sorted(found)}
