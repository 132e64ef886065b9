"""A bar chart as SVG, which Markdown pages show without a plotting library."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from idcard_core.evaluate.benchmark import BenchmarkResult

COLOURS = ("#1f6feb", "#bf8700", "#8250df", "#57606a")
"""One a reader; all readable on white and on dark grey."""
LABEL_PX, PLOT_PX, VALUE_PX = 170, 420, 60
BAR_PX, GROUP_GAP_PX, HEAD_PX = 13, 12, 36


def whole_cards_chart(result: BenchmarkResult) -> str:
    """Whole cards right, by condition and reader."""
    groups = {
        condition: [c.conditions[condition].whole.rate for c in result.contestants]
        for condition in (result.contestants[0].conditions if result.contestants else ())
    }
    return bar_chart("Whole cards right", [c.name for c in result.contestants], groups)


def bar_chart(title: str, names: Sequence[str], groups: Mapping[str, Sequence[float]]) -> str:
    """Horizontal bars from 0 to 1: a group for each entry, in it a bar for each of ``names``; NaN leaves one out."""
    group_px = BAR_PX * len(names) + GROUP_GAP_PX
    height = HEAD_PX + group_px * len(groups) + GROUP_GAP_PX
    width = LABEL_PX + PLOT_PX + VALUE_PX
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f"<title>{escape(title)}</title>",
        *_legend(title, names),
    ]
    for place, (label, values) in enumerate(groups.items()):
        top = HEAD_PX + place * group_px
        middle = top + BAR_PX * len(names) / 2 + 4
        parts.append(f'<text x="{LABEL_PX - 8}" y="{middle:g}" text-anchor="end">{escape(label)}</text>')
        for number, value in enumerate(values):
            if not math.isnan(value):
                parts.extend(_bar(top + number * BAR_PX, value, COLOURS[number % len(COLOURS)]))
    return "\n".join([*parts, "</svg>", ""])


def _legend(title: str, names: Sequence[str]) -> list[str]:
    parts = [f'<text x="8" y="20" font-weight="bold">{escape(title)}</text>']
    for number, name in enumerate(names):
        left = LABEL_PX + number * (PLOT_PX + VALUE_PX) // max(1, len(names))
        parts.append(f'<rect x="{left}" y="10" width="12" height="12" fill="{COLOURS[number % len(COLOURS)]}"/>')
        parts.append(f'<text x="{left + 17}" y="20">{escape(name)}</text>')
    return parts


def _bar(top: float, value: float, colour: str) -> list[str]:
    width = PLOT_PX * value
    return [
        f'<rect x="{LABEL_PX}" y="{top:g}" width="{width:.1f}" height="{BAR_PX - 2}" fill="{colour}"/>',
        f'<text x="{LABEL_PX + width + 5:.1f}" y="{top + BAR_PX - 3:g}" font-size="10">{value:.1%}</text>',
    ]
