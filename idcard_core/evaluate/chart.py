"""Bar charts by condition and reader: whole cards right, and character error rate."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from idcard_core.evaluate import svg
from idcard_core.evaluate.benchmark import BenchmarkResult
from idcard_core.evaluate.metrics import ErrorRate, Proportion

LABEL_PX, PLOT_PX, VALUE_PX = 170, 420, 80
LONGEST_LABEL = 24
"""Characters of a condition's name that have room."""
BAR_PX, GROUP_GAP_PX, HEAD_PX = 13, 12, 54


@dataclass(frozen=True, slots=True)
class Bar:
    """A value from 0 on, NaN for none, with the words beside it and the interval it may be in."""

    value: float
    words: str
    interval: tuple[float, float] | None = None

    @classmethod
    def of_proportion(cls, proportion: Proportion) -> Bar:
        return cls(proportion.rate, f"{proportion.rate:.1%}", proportion.interval)

    @classmethod
    def of_errors(cls, errors: ErrorRate) -> Bar:
        return cls(errors.rate, f"{errors.rate:.2%}")


def whole_cards_chart(result: BenchmarkResult) -> str:
    """Whole cards right, by condition and reader, with intervals."""
    groups = {
        condition: [Bar.of_proportion(c.conditions[condition].whole) for c in result.contestants]
        for condition in result.contestants[0].conditions
    }
    return bar_chart("Whole cards right, with 95 % intervals", [c.name for c in result.contestants], groups, 1.0)


def character_errors_chart(result: BenchmarkResult) -> str:
    """Character error rate, by condition and reader."""
    groups = {
        condition: [Bar.of_errors(c.conditions[condition].characters) for c in result.contestants]
        for condition in result.contestants[0].conditions
    }
    rates = [bar.value for bars in groups.values() for bar in bars if not math.isnan(bar.value)]
    names = [c.name for c in result.contestants]
    return bar_chart("Character error rate, lower is better", names, groups, max(rates, default=0.0))


def bar_chart(title: str, names: Sequence[str], groups: Mapping[str, Sequence[Bar]], full: float) -> str:
    """Horizontal bars from 0 to ``full``: a group for each entry, in it a bar for each of ``names``; NaN leaves one
    out."""
    group_px = BAR_PX * len(names) + GROUP_GAP_PX
    parts = svg.legend(names, 8, 30, (LABEL_PX + PLOT_PX + VALUE_PX) / max(1, len(names)))
    for place, (label, bars) in enumerate(groups.items()):
        top = HEAD_PX + place * group_px
        parts.append(svg.text(LABEL_PX - 8, top + BAR_PX * len(names) / 2 + 4, label[:LONGEST_LABEL], "end"))
        for number, bar in enumerate(bars):
            if not math.isnan(bar.value):
                parts += _bar(top + number * BAR_PX, bar, svg.COLOURS[number % len(svg.COLOURS)], full)
    height = HEAD_PX + group_px * len(groups) + GROUP_GAP_PX
    return svg.document(LABEL_PX + PLOT_PX + VALUE_PX, height, title, parts)


def _bar(top: float, bar: Bar, colour: str, full: float) -> list[str]:
    scale = PLOT_PX / full if full else 0.0
    parts = [svg.rect(LABEL_PX, top, scale * bar.value, BAR_PX - 2, colour)]
    right = bar.value
    if bar.interval is not None:
        low, right = bar.interval
        middle = top + (BAR_PX - 2) / 2
        parts.append(svg.line((LABEL_PX + scale * low, middle), (LABEL_PX + scale * right, middle)))
        for end in (low, right):
            x = LABEL_PX + scale * end
            parts.append(svg.line((x, middle - 3), (x, middle + 3)))
    return [*parts, svg.text(LABEL_PX + scale * right + 5, top + BAR_PX - 3, bar.words, size=10)]
