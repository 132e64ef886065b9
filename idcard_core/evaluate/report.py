"""Benchmark results as tables, for the terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from idcard_core.evaluate.benchmark import BenchmarkResult, ContestantResult
from idcard_core.evaluate.calibration import Calibration, calibrations, overall_calibration
from idcard_core.evaluate.metrics import Percentiles, Proportion
from idcard_core.evaluate.outcomes import cards_on
from idcard_core.evaluate.review import review
from idcard_core.evaluate.speed import SpeedResult
from idcard_core.evaluate.summary import CardSummary, FieldSummary, summarise
from idcard_core.evaluate.table import (
    NOTHING,
    Table,
    decimal,
    error_rate,
    milliseconds,
    of_total,
    percent,
    ratio,
    with_interval,
)
from idcard_core.evaluate.targets import verdicts

_MET = {True: "met", False: "not met", None: NOTHING}


def benchmark_tables(result: BenchmarkResult) -> list[Table]:
    """Targets, accuracy, latency, conditions, and what this project tells of its own sureness."""
    ours, names = result.contestants[0], [contestant.name for contestant in result.contestants]
    return [
        _targets_table(ours),
        Table(
            f"Accuracy: {result.cards} cards on {result.pictures} pictures",
            ("", *names),
            tuple(_accuracy_rows(result.contestants)),
        ),
        Table("Character error rate", ("", *names), tuple(_error_rows(result.contestants))),
        _latency_table("Latency, ms a picture, decoding included", [(c.name, c.latency) for c in result.contestants]),
        _condition_table("Whole cards right, by condition", result, lambda s: with_interval(s.whole)),
        _condition_table("Character error rate, by condition", result, lambda s: error_rate(s.characters)),
        *_unreadable_tables(result),
        *_review_tables(ours),
        *_confidence_tables(ours),
    ]


def detail_tables(result: BenchmarkResult) -> list[Table]:
    """Character error rates by condition and field, a table for each reader: too wide for a terminal."""
    return [_errors_by_condition_and_field(contestant) for contestant in result.contestants]


def speed_tables(result: SpeedResult) -> list[Table]:
    """Latencies and how often each reader fits into the first one's place; and how well each reads these pictures."""
    title = f"A 12-megapixel JPEG, ms: {result.pictures} pictures, {result.rounds} rounds, readers in alternation"
    rows = [
        (name, with_interval(read.whole), error_rate(read.characters))
        for (name, _), read in zip(result.latencies, result.accuracies, strict=True)
    ]
    header = ("reader", "whole cards", "character error rate")
    return [_latency_table(title, result.latencies), Table("The same pictures", header, tuple(rows))]


def _targets_table(ours: ContestantResult) -> Table:
    rows = [
        (
            verdict.subject,
            f"{'at most' if verdict.at_most else 'at least'} {verdict.goal:.1%}",
            with_interval(verdict.measured),
            _MET[verdict.met],
        )
        for verdict in verdicts(ours)
    ]
    return Table(f"Targets: {ours.name}", ("", "target", "measured", ""), tuple(rows))


def _accuracy_rows(contestants: Sequence[ContestantResult]) -> list[tuple[str, ...]]:
    return [
        _row("whole cards", contestants, lambda c: with_interval(c.overall.whole)),
        *_field_rows(contestants, lambda field: with_interval(field.right)),
        _row("direction", contestants, lambda c: with_interval(c.overall.direction)),
        _row("pictures failed", contestants, lambda c: str(c.failures)),
    ]


def _error_rows(contestants: Sequence[ContestantResult]) -> list[tuple[str, ...]]:
    return [
        _row("all characters", contestants, lambda c: error_rate(c.overall.characters)),
        *_field_rows(contestants, lambda field: error_rate(field.characters)),
    ]


def _row(
    label: str, contestants: Sequence[ContestantResult], cell: Callable[[ContestantResult], str]
) -> tuple[str, ...]:
    return label, *(cell(contestant) for contestant in contestants)


def _field_rows(contestants: Sequence[ContestantResult], cell: Callable[[FieldSummary], str]) -> list[tuple[str, ...]]:
    """A row for each kind of field that any picture has a label for."""
    labelled = contestants[0].overall.fields
    return [(name.label, *(cell(c.overall.field(name)) for c in contestants)) for name in labelled]


def _condition_table(title: str, result: BenchmarkResult, cell: Callable[[CardSummary], str]) -> Table:
    rows = [
        (condition, str(summary.whole.total), *(cell(c.conditions[condition]) for c in result.contestants))
        for condition, summary in result.contestants[0].conditions.items()
    ]
    return Table(title, ("condition", "cards", *(c.name for c in result.contestants)), tuple(rows))


def _errors_by_condition_and_field(contestant: ContestantResult) -> Table:
    fields = contestant.overall.fields
    rows = [
        (condition, error_rate(summary.characters), *(error_rate(summary.field(name).characters) for name in fields))
        for condition, summary in contestant.conditions.items()
    ]
    header = ("condition", "all", *(name.label for name in fields))
    return Table(f"Character error rate, by condition and field: {contestant.name}", header, tuple(rows))


def _latency_table(title: str, latencies: Sequence[tuple[str, Percentiles]]) -> Table:
    first = latencies[0][1]
    rows = [
        (name, *(milliseconds(ms) for ms in (p.p50, p.p90, p.p99)), ratio(p.p50, first.p50), ratio(p.p90, first.p90))
        for name, p in latencies
    ]
    return Table(title, ("reader", "p50", "p90", "p99", "p50 ratio", "p90 ratio"), tuple(rows))


def _unreadable_tables(result: BenchmarkResult) -> list[Table]:
    """Pictures that no person could read whole: what should be asked of a reader is that it says so."""
    ours = result.contestants[0]
    tells_doubts = review([*ours.cards, *cards_on(chain.from_iterable(ours.unreadable.values()))]) is not None
    rows = []
    for condition, pictures in ours.unreadable.items():
        wholes = [percent(summarise(c.unreadable[condition]).whole) for c in result.contestants]
        cards = cards_on(pictures)
        flagged = percent(Proportion.of(card.needs_review for card in cards)) if tells_doubts else NOTHING
        rows.append((condition, str(len(cards)), *wholes, flagged))
    header = ("condition", "cards", *(c.name for c in result.contestants), f"needs review, {ours.name}")
    return [Table("Unreadable pictures, counted nowhere else: whole cards right", header, tuple(rows))] if rows else []


def _review_tables(ours: ContestantResult) -> list[Table]:
    found = review(ours.cards)
    if found is None:
        return []
    rates = (
        ("cards with a wrong field", of_total(found.of_wrong)),
        ("cards read right", of_total(found.of_right)),
        ("cards not found, among the wrong ones", str(found.not_found)),
    )
    counts = [
        (reason.value, str(c.wrong_cards), str(c.right_cards), str(c.wrong_fields), str(c.right_fields))
        for reason, c in found.reasons.items()
    ]
    return [
        Table(f"Cards that carry needs_review: {ours.name}", ("", "needs_review"), rates),
        Table(
            "Doubts, by reason", ("reason", "wrong cards", "right cards", "wrong fields", "right fields"), tuple(counts)
        ),
    ]


def _confidence_tables(ours: ContestantResult) -> list[Table]:
    overall = overall_calibration(ours.cards)
    if not overall.right.total:
        return []
    kinds = [("all", overall), *((name.label, found) for name, found in calibrations(ours.cards).items())]
    bins = [
        (f"{b.low:g} to {b.high:g}", str(b.right.total), decimal(b.confidence), with_interval(b.right))
        for b in overall.bins
    ]
    return [
        Table(
            f"Confidence: {ours.name}",
            ("field", "fields", "mean confidence", "right", "expected calibration error", "Brier score"),
            tuple(_calibration_row(label, found) for label, found in kinds),
        ),
        Table("Confidence against right fields", ("confidence", "fields", "mean", "right"), tuple(bins)),
    ]


def _calibration_row(label: str, found: Calibration) -> tuple[str, ...]:
    numbers = (decimal(found.confidence), with_interval(found.right), decimal(found.expected_error))
    return label, str(found.right.total), *numbers, decimal(found.brier)
