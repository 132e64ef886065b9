"""How many pictures each reader is done with within a time: the empirical distribution of latencies."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from idcard_core.evaluate import svg
from idcard_core.evaluate.benchmark import BenchmarkResult

LEFT_PX, TOP_PX, WIDTH_PX, HEIGHT_PX = 60, 60, 600, 300
FOOT_PX = 50
Place = Callable[[float, float], tuple[float, float]]
"""From milliseconds and a share of the pictures to pixels."""


def latency_chart(result: BenchmarkResult) -> str:
    """Every reader's latencies over the readable pictures."""
    latencies = {c.name: c.milliseconds for c in result.contestants}
    return distribution_chart(latencies, "Pictures read within a time", "milliseconds a picture")


def distribution_chart(latencies: Mapping[str, Sequence[float]], title: str, axis: str) -> str:
    """A step curve for each name over milliseconds, the axis, which is called ``axis``, logarithmic."""
    everything = [max(value, 1.0) for values in latencies.values() for value in values] or [1.0]
    low, high = _decades(min(everything), max(everything))

    def place(value: float, share: float) -> tuple[float, float]:
        x = LEFT_PX + WIDTH_PX * (math.log10(max(value, 1.0)) - low) / (high - low)
        return x, TOP_PX + HEIGHT_PX * (1 - share)

    parts = svg.legend(list(latencies), 8, 30, (LEFT_PX + WIDTH_PX) / max(1, len(latencies)))
    for share in (0.0, 0.25, 0.5, 0.75, 0.9, 1.0):
        start, end = place(10**low, share), place(10**high, share)
        parts += [svg.line(start, end, svg.GRID), svg.text(start[0] - 6, start[1] + 4, f"{share:.0%}", "end", 10)]
    for value in _ticks(low, high):
        foot = place(value, 0)
        parts += [
            svg.line(foot, place(value, 1), svg.GRID),
            svg.text(foot[0], foot[1] + 16, f"{value:g}", "middle", 10),
        ]
    parts.append(svg.text(LEFT_PX + WIDTH_PX / 2, TOP_PX + HEIGHT_PX + 36, axis, "middle"))
    for number, values in enumerate(latencies.values()):
        parts.append(svg.polyline(_steps(values, place), svg.COLOURS[number % len(svg.COLOURS)]))
    height = TOP_PX + HEIGHT_PX + FOOT_PX
    return svg.document(LEFT_PX + WIDTH_PX + 30, height, title, parts)


def _decades(lowest: float, highest: float) -> tuple[int, int]:
    """Powers of ten around the values, at least one apart."""
    low = math.floor(math.log10(lowest))
    return low, max(low + 1, math.ceil(math.log10(highest)))


def _ticks(low: int, high: int) -> list[float]:
    return [step * 10.0**power for power in range(low, high) for step in (1, 2, 5)] + [10.0**high]


def _steps(values: Sequence[float], place: Place) -> list[tuple[float, float]]:
    count = len(values)
    return [place(value, (done + up) / count) for done, value in enumerate(sorted(values)) for up in (0, 1)]
