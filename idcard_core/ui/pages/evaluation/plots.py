"""The reliability diagram and the distribution of latencies, as SVG in the page's own colours."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape

import numpy as np

from idcard_core.evaluate.calibration import Calibration
from idcard_core.evaluate.figures.behind import Question
from idcard_core.evaluate.reliability_chart import TICKS, stretched
from idcard_core.ui.look import percent
from idcard_core.ui.pages.evaluation.questions import to_pick
from idcard_core.ui.strings import Texts

_WIDTH, _HEIGHT, _LEFT, _FOOT, _TOP, _RIGHT = 460, 330, 44, 40, 10, 14
_MOST_STEPS = 160
"""Points of a curve: more are not seen."""


def reliability(found: Calibration, texts: Texts) -> str:
    """Confidence told against fields right, the axes drawn out towards 1; a bin's dot asks for its cards."""

    def place(across: float, up: float) -> tuple[float, float]:
        return _x(stretched(across)), _y(stretched(up))

    parts = []
    for tick in TICKS:
        x, y = place(tick, tick)
        parts += [_line((x, _y(0)), (x, _y(1)), "grid"), _line((_x(0), y), (_x(1), y), "grid")]
        parts += [_text((x, _y(0) + 15), f"{tick:g}", "middle"), _text((_x(0) - 6, y + 4), f"{tick:g}", "end")]
    parts.append(_line(place(0, 0), place(1, 1), "ideal"))
    most = max((each.right.total for each in found.bins), default=1)
    for each in found.bins:
        if not each.right.total:
            continue
        low, high = each.right.interval
        x, y = place(each.confidence, each.right.rate)
        radius = 4 + 7 * math.sqrt(each.right.total / max(most, 1))
        title = texts(
            "evaluation.bin",
            low=f"{each.low:g}",
            high=f"{each.high:g}",
            count=each.right.total,
            right=percent(each.right.rate),
            told=f"{each.confidence:.3f}",
        )
        asked = to_pick(Question(confidence=(each.low, each.high)))
        parts += [
            _line(place(each.confidence, low), place(each.confidence, high), "span"),
            f'<g class="dot" data-pick="{escape(asked)}"><circle class="reach" cx="{x:.1f}" cy="{y:.1f}" r="16"/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/><title>{escape(title)}</title></g>',
        ]
    parts.append(_text((_x(0.5), _HEIGHT - 4), texts("evaluation.axis.told"), "middle"))
    parts.append(_text((_x(0) + 6, _y(1) + 12), texts("evaluation.axis.right"), "start"))
    return _svg(parts, texts("evaluation.panel.reliability"))


def distribution(times: Mapping[str, Sequence[float]], label: str, axis: str) -> str:
    """How many pictures are done within a time, a curve for each name, over a logarithmic axis of milliseconds."""
    everything = [max(value, 1.0) for values in times.values() for value in values] or [1.0, 10.0]
    low, high = math.log10(min(everything)), math.log10(max(everything))
    low, high = low - 0.02, max(high, low + 0.3) + 0.02

    def place(value: float, share: float) -> tuple[float, float]:
        return _x((math.log10(max(value, 1.0)) - low) / (high - low)), _y(share)

    parts = []
    for share in (0.0, 0.25, 0.5, 0.75, 0.9, 1.0):
        parts += [_line((_x(0), _y(share)), (_x(1), _y(share)), "grid")]
        parts += [_text((_x(0) - 6, _y(share) + 4), f"{share:.0%}", "end")]
    for value in _decimal_ticks(low, high):
        x, _ = place(value, 0)
        parts += [_line((x, _y(0)), (x, _y(1)), "grid"), _text((x, _y(0) + 15), f"{value:g}", "middle")]
    parts.append(_text((_x(0.5), _HEIGHT - 4), axis, "middle"))
    for number, (name, values) in enumerate(times.items()):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in _curve(values)))
        parts.append(
            f'<polyline class="curve curve-{number % 6}" points="{points}"><title>{escape(name)}</title></polyline>'
        )
    return _svg(parts, label)


def legend(names: Sequence[str]) -> str:
    """What the curves are called."""
    marks = "".join(f'<span><i class="key-{number % 6}"></i>{escape(name)}</span>' for number, name in enumerate(names))
    return f'<div class="id-legend">{marks}</div>'


def _curve(values: Sequence[float]) -> Iterator[tuple[float, float]]:
    """Of many values those at even shares."""
    if len(values) <= _MOST_STEPS:
        for done, value in enumerate(sorted(values)):
            yield value, done / len(values)
            yield value, (done + 1) / len(values)
        return
    shares = np.linspace(0, 1, _MOST_STEPS)
    for share, value in zip(shares, np.quantile(values, shares), strict=True):
        yield float(value), float(share)


def _decimal_ticks(low: float, high: float) -> list[float]:
    ticks = [step * 10.0**power for power in range(math.floor(low), math.ceil(high) + 1) for step in (1, 2, 5)]
    within = [tick for tick in ticks if low <= math.log10(tick) <= high]
    return within if len(within) <= 9 else [tick for tick in within if f"{tick:g}".startswith("1")]


def _x(share: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * share


def _y(share: float) -> float:
    return _TOP + (_HEIGHT - _TOP - _FOOT) * (1 - share)


def _line(start: tuple[float, float], end: tuple[float, float], kind: str) -> str:
    return f'<line class="{kind}" x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"/>'


def _text(at: tuple[float, float], words: str, anchor: str) -> str:
    return f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _svg(parts: Sequence[str], label: str) -> str:
    return (
        f'<svg class="id-plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="group" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )
