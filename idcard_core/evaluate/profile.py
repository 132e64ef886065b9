"""Where the time of a reading goes: by stage and by what is part of it, and the trace of one reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from idcard_core.contract import JsonObject
from idcard_core.evaluate.folder import Report
from idcard_core.evaluate.samples import Sample
from idcard_core.evaluate.table import Table
from idcard_core.networks import NETWORK
from idcard_core.reader import IdCardReader
from idcard_core.tracing import Trace, record, span

READING = "reading"
"""The span of all of it."""
Path = tuple[str, ...]


def measure(
    reader: IdCardReader,
    samples: Sequence[Sample],
    rounds: int = 3,
    track: Callable[[Sequence[Sample]], Iterable[Sample]] = iter,
) -> list[Trace]:
    """A trace of each reading of each picture, with everything switched on; a first round is not told."""
    for sample in samples:
        _traced(reader, sample)
    return [_traced(reader, sample) for sample in track([*samples] * rounds)]


def _traced(reader: IdCardReader, sample: Sample) -> Trace:
    with record() as trace, span(READING):
        reader.read(sample.path, direction=True, risk=True, photo=True)
    return trace


def profile_report(traces: Sequence[Trace], pictures: int) -> Report:
    """The stages as a tree, and the trace of the reading that took the median time."""
    spent = _by_path(traces)
    networks = [sum(s.milliseconds for s in trace.spans if s.path[-1] == NETWORK) for trace in traces]
    rows = [_row("  " * (len(path) - 1) + path[-1], times, calls, spent) for path, (times, calls) in spent.items()]
    rows.append(_row("all networks", networks, [], spent))
    title = f"A 12-megapixel JPEG, ms: {pictures} pictures, {len(traces) // pictures} rounds, risk and photo too"
    table = Table(title, ("", "calls", "p50", "p90", "mean", "share"), tuple(rows))
    totals = spent[(READING,)][0]
    middle = sorted(range(len(traces)), key=lambda number: totals[number])[len(traces) // 2]
    numbers: JsonObject = {
        "pictures": pictures,
        "ms": {" / ".join(path): [*times] for path, (times, _) in spent.items()},
    }
    return Report("profile", [table], numbers, trace=traces[middle])


def _by_path(traces: Sequence[Trace]) -> dict[Path, tuple[list[float], list[int]]]:
    """Milliseconds and calls in each reading by path, what is part of something below it, in the order they ran."""
    spent: dict[Path, tuple[list[float], list[int]]] = {}
    for number, trace in enumerate(traces):
        for found in trace.spans:
            times, calls = spent.setdefault(found.path, ([0.0] * len(traces), [0] * len(traces)))
            times[number] += found.milliseconds
            calls[number] += 1
    first: dict[Path, float] = {}
    for found in (found for trace in traces for found in trace.spans):
        first[found.path] = min(first.get(found.path, found.start), found.start)
    return {path: spent[path] for path in sorted(spent, key=lambda path: _place(path, first))}


def _place(path: Path, first: dict[Path, float]) -> list[tuple[float, str]]:
    """Orders a path behind what it is part of, and by when it first began."""
    return [(first[path[:depth]], path[depth - 1]) for depth in range(1, len(path) + 1)]


def _row(
    name: str, times: list[float], calls: list[int], spent: dict[Path, tuple[list[float], list[int]]]
) -> tuple[str, ...]:
    p50, p90 = np.percentile(times, (50, 90))
    share = sum(times) / sum(spent[(READING,)][0])
    called = f"{np.mean(calls):.1f}" if calls else ""
    return name, called, f"{p50:.1f}", f"{p90:.1f}", f"{np.mean(times):.1f}", f"{share:.0%}"
