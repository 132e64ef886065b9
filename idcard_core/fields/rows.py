"""Text boxes on a rectified card, gathered into the rows of print they belong to.

Coordinates are of the card frame (856 x 540).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from idcard_core.card import Points
from idcard_core.text.engine import TextBox

STEEPEST = 0.35
"""Slope (dy/dx) above which a box on a rectified card is no line of print."""
LONGEST_GAP = 4.5
"""Boxes of one row further apart than this many line heights are read apart (the number and its label are such)."""
LONG_LINE = 9.0
"""A box this many times as long as high (the id number) is read on its own, so that nothing blurs its ends."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A stretch of print to be read in one go: its quad (4, 2), clockwise from the top left, in the card frame."""

    quad: Points

    @property
    def left(self) -> float:
        return float(min(self.quad[0, 0], self.quad[3, 0]))

    @property
    def right(self) -> float:
        return float(max(self.quad[1, 0], self.quad[2, 0]))

    @property
    def middle(self) -> float:
        """The y of its centre."""
        return float(self.quad[:, 1].mean())

    @property
    def height(self) -> float:
        return float((self.quad[3, 1] - self.quad[0, 1] + self.quad[2, 1] - self.quad[1, 1]) / 2)


@dataclass(frozen=True, slots=True)
class _Span:
    """A box as a piece of a straight line: centre, slope, half extents."""

    left: float
    right: float
    x: float
    y: float
    slope: float
    height: float

    @classmethod
    def of(cls, quad: Points) -> _Span:
        start, end = (quad[0] + quad[3]) / 2, (quad[1] + quad[2]) / 2
        x, y = (start + end) / 2
        slope = (end[1] - start[1]) / max(1.0, end[0] - start[0])
        height = (np.hypot(*(quad[3] - quad[0])) + np.hypot(*(quad[2] - quad[1]))) / 2
        return cls(float(start[0]), float(end[0]), float(x), float(y), float(slope), float(height))

    @property
    def length(self) -> float:
        return self.right - self.left

    def height_at(self, x: float, slope: float) -> float:
        """The y of its middle line, continued to ``x`` under ``slope``."""
        return self.y + (x - self.x) * slope


def rows_of(boxes: Sequence[TextBox]) -> list[Row]:
    """Rows from top to bottom, and from left to right where one row has several stretches."""
    spans = [_Span.of(box.quad) for box in boxes]
    spans = [span for span in spans if span.length > 0.6 * span.height and abs(span.slope) < STEEPEST]
    slope = _common_slope(spans)
    groups: list[list[_Span]] = []
    for span in sorted(spans, key=lambda s: s.left):
        for group in groups:
            if _continues(group[-1], span, slope):
                group.append(span)
                break
        else:
            groups.append([span])
    rows = [_row(group, slope) for group in groups]
    return sorted(rows, key=lambda row: (row.middle - slope * (row.left + row.right) / 2, row.left))


def _common_slope(spans: Sequence[_Span]) -> float:
    """The slope most of the print shares; longer lines tell it better."""
    if not spans:
        return 0.0
    slopes = np.array([span.slope for span in spans])
    weights = np.array([span.length for span in spans]) ** 2
    order = np.argsort(slopes)
    cumulative = np.cumsum(weights[order])
    return float(slopes[order][np.searchsorted(cumulative, cumulative[-1] / 2)])


def _continues(earlier: _Span, later: _Span, slope: float) -> bool:
    """Whether ``later`` goes on in the row of ``earlier``."""
    height = min(earlier.height, later.height)
    if max(earlier.length / earlier.height, later.length / later.height) > LONG_LINE:
        return False
    gap = later.left - earlier.right
    if not -height < gap < LONGEST_GAP * height:
        return False
    across = (earlier.right + later.left) / 2
    return abs(earlier.height_at(across, slope) - later.height_at(across, slope)) < 0.45 * height


def _row(group: Sequence[_Span], slope: float) -> Row:
    """One quad around the group: a straight middle line, as high as its tallest box."""
    left, right = min(s.left for s in group), max(s.right for s in group)
    height = max(s.height for s in group)
    if len(group) == 1 and group[0].length > 3 * group[0].height:
        slope = group[0].slope
    weight = np.array([s.length for s in group])
    x = float(np.average([s.x for s in group], weights=weight))
    y = float(np.average([s.y for s in group], weights=weight))
    tops = [(left, y + (left - x) * slope - height / 2), (right, y + (right - x) * slope - height / 2)]
    quad = [tops[0], tops[1], (tops[1][0], tops[1][1] + height), (tops[0][0], tops[0][1] + height)]
    return Row(np.array(quad, np.float32))
