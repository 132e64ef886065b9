"""Benchmark results as JSON: every number, unrounded, and no field value; rates from 0 to 1, null for none."""

from __future__ import annotations

import math

from idcard_core.contract import JsonObject
from idcard_core.evaluate.benchmark import BenchmarkResult, ContestantResult
from idcard_core.evaluate.calibration import Calibration, calibrations, overall_calibration
from idcard_core.evaluate.metrics import ErrorRate, Percentiles, Proportion
from idcard_core.evaluate.review import ReviewSummary, review
from idcard_core.evaluate.speed import SpeedResult
from idcard_core.evaluate.summary import CardSummary, summarise
from idcard_core.evaluate.targets import verdicts


def benchmark_json(result: BenchmarkResult) -> JsonObject:
    """All of a benchmark, the targets held against its first reader."""
    return {
        "pictures": result.pictures,
        "cards": result.cards,
        "targets": [
            {
                "subject": verdict.subject,
                "at_most" if verdict.at_most else "at_least": verdict.goal,
                "measured": _proportion(verdict.measured),
                "met": verdict.met,
            }
            for verdict in verdicts(result.contestants[0])
        ],
        "contestants": [_contestant(contestant) for contestant in result.contestants],
    }


def speed_json(result: SpeedResult) -> JsonObject:
    """All of a speed benchmark."""
    return {
        "pictures": result.pictures,
        "rounds": result.rounds,
        "latency_ms": {name: _percentiles(latency) for name, latency in result.latencies},
        "accuracy": {name: _summary(read) for (name, _), read in zip(result.latencies, result.accuracies, strict=True)},
    }


def _contestant(contestant: ContestantResult) -> JsonObject:
    reviewed = review(contestant.cards)
    overall = overall_calibration(contestant.cards)
    return {
        "name": contestant.name,
        "failures": contestant.failures,
        "overall": _summary(contestant.overall),
        "conditions": {name: _summary(found) for name, found in contestant.conditions.items()},
        "unreadable": {name: _summary(summarise(pictures)) for name, pictures in contestant.unreadable.items()},
        "latency_ms": _percentiles(contestant.latency),
        "review": None if reviewed is None else _review(reviewed),
        "confidence": None
        if not overall.right.total
        else {
            "overall": _calibration(overall),
            "fields": {name.value: _calibration(found) for name, found in calibrations(contestant.cards).items()},
        },
    }


def _summary(summary: CardSummary) -> JsonObject:
    return {
        "whole": _proportion(summary.whole),
        "fields": {
            name.value: {**_proportion(field.right), "characters": _errors(field.characters)}
            for name, field in summary.fields.items()
        },
        "characters": _errors(summary.characters),
        "direction": _proportion(summary.direction),
    }


def _review(found: ReviewSummary) -> JsonObject:
    return {
        "of_wrong": _proportion(found.of_wrong),
        "of_right": _proportion(found.of_right),
        "not_found": found.not_found,
        "reasons": {
            reason.value: {
                "wrong_cards": count.wrong_cards,
                "right_cards": count.right_cards,
                "wrong_fields": count.wrong_fields,
                "right_fields": count.right_fields,
            }
            for reason, count in found.reasons.items()
        },
    }


def _calibration(found: Calibration) -> JsonObject:
    return {
        "right": _proportion(found.right),
        "mean_confidence": _number(found.confidence),
        "expected_calibration_error": _number(found.expected_error),
        "brier": _number(found.brier),
        "bins": [
            {"low": b.low, "high": b.high, "mean_confidence": _number(b.confidence), "right": _proportion(b.right)}
            for b in found.bins
        ],
    }


def _errors(errors: ErrorRate) -> JsonObject:
    return {"edits": errors.edits, "characters": errors.characters, "rate": _number(errors.rate)}


def _proportion(proportion: Proportion) -> JsonObject:
    low, high = proportion.interval
    return {
        "right": proportion.right,
        "total": proportion.total,
        "rate": _number(proportion.rate),
        "interval_95": [low, high],
    }


def _percentiles(latency: Percentiles) -> JsonObject:
    return {
        "count": latency.count,
        "p50": _number(latency.p50),
        "p90": _number(latency.p90),
        "p99": _number(latency.p99),
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
