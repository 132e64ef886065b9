"""The tables of a run, as Excel and the report show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from idcard_core.evaluate.confusion import Confusion
from idcard_core.evaluate.figures.export.records import Cell, Subject
from idcard_core.evaluate.figures.export.words import Words
from idcard_core.evaluate.figures.run_figures import RunFigures
from idcard_core.evaluate.metrics import ErrorRate, Proportion
from idcard_core.evaluate.summary import CardSummary

MOST_SLIPS = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; cells of floats below 1 are shares unless their column is one of ``plain``."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    plain: tuple[int, ...] = ()


def figure_tables(subject: Subject, figures: RunFigures, words: Words) -> list[Sheet]:
    """All but the cards; a table without rows is left out."""
    tables = [
        _about(subject, words),
        _summary(figures, words),
        _parts("conditions", "condition", figures.accuracy.conditions, words, words.condition),
        _parts("slices", "slice", figures.slices, words, str),
        _slips(figures, words),
        _matrix("status", figures.status, words),
        _matrix("risk", figures.risk, words),
        _latency(figures, words),
    ]
    return [table for table in tables if table.rows]


def _about(subject: Subject, words: Words) -> Sheet:
    run, say = subject.run, words.say
    rows: tuple[tuple[Cell, ...], ...] = (
        (say("set"), subject.shown(subject.set_name)),
        (say("engine"), run.engine),
        (say("started"), f"{run.started:%Y-%m-%d %H:%M} UTC"),
        (say("state"), words.value("state", run.state.value)),
        (say("pictures"), f"{run.done} / {run.planned}"),
    )
    return Sheet(say("title"), ("", ""), rows)


def _summary(figures: RunFigures, words: Words) -> Sheet:
    say, overall = words.say, figures.accuracy.overall
    failed = sum(result.error_code is not None for result in figures.results)
    rows: tuple[tuple[Cell, ...], ...] = (
        (say("whole"), *_counted(overall.whole), _rate(overall.characters)),
        *((words.field(name), *_counted(f.right), _rate(f.characters)) for name, f in overall.fields.items()),
        (say("direction"), *_counted(overall.direction), None),
        (say("failed"), failed, len(figures.results), None, None, None, None),
    )
    header = ("", *(say(key) for key in ("right", "total", "rate", "low", "high", "characters")))
    return Sheet(say("summary"), header, rows)


def _parts(
    title: str, head: str, parts: Mapping[str, CardSummary], words: Words, called: Callable[[str], str]
) -> Sheet:
    rows = [(called(word), *_counted(found.whole), _rate(found.characters)) for word, found in parts.items()]
    header = tuple(words.say(key) for key in (head, "right", "total", "rate", "low", "high", "characters"))
    return Sheet(words.say(title), header, tuple(rows))


def _slips(figures: RunFigures, words: Words) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (found.slip.expected, found.slip.read, found.count, ", ".join(words.field(name) for name in found.fields))
        for found in figures.slips[:MOST_SLIPS]
    ]
    header = tuple(words.say(key) for key in ("expected", "read", "count", "fields"))
    return Sheet(words.say("slips"), header, tuple(rows))


def _matrix(kind: str, confusion: Confusion, words: Words) -> Sheet:
    called = [words.value(kind, word) for word in confusion.words]
    rows: list[tuple[Cell, ...]] = [(word, *counts) for word, counts in zip(called, confusion.counts, strict=True)]
    return Sheet(words.say(kind), ("", *called), tuple(rows))


def _latency(figures: RunFigures, words: Words) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (words.stage(stage), found.count, *(round(ms, 1) for ms in (found.p50, found.p90, found.p99)))
        for stage, found in figures.latency.items()
        if found.count
    ]
    header = (words.say("stage"), words.say("pictures"), "p50 ms", "p90 ms", "p99 ms")
    return Sheet(words.say("latency"), header, tuple(rows), plain=(2, 3, 4))


def _rate(errors: ErrorRate) -> float | None:
    return errors.rate if errors.characters else None


def _counted(proportion: Proportion) -> tuple[Cell, ...]:
    """Right, of how many, the share and its interval."""
    if not proportion.total:
        return 0, 0, None, None, None
    return proportion.right, proportion.total, proportion.rate, *proportion.interval
