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
"""A box this many times as long as high, low on the card, is the id number: read apart from its label."""
LOW = 400.0
"""The y below which (nearer the lower edge) the id number stands."""
COLUMN_LEFT, COLUMN_TOP = 150.0, 420.0
"""Labels of the portrait side begin left of the one and, but for the number's, stand above the other."""
SIDE_MARGIN = 0.35
"""Line heights a row is widened by on either side: a detector often cuts a last thin character short."""
SAME_ROW = 0.5
"""Two stretches whose middles differ by less than this many heights stand in one row."""


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
        return float(sum(self.quad[:, 1].tolist())) / 4  # many times faster than the array's own mean

    @property
    def is_long_and_low(self) -> bool:
        """Whether it is the id number, or a period of validity: a long line near the lower edge."""
        return self.middle > LOW and self.right - self.left > LONG_LINE * self.height

    @property
    def slope(self) -> float:
        """dy/dx of its upper edge."""
        along = self.quad[1] - self.quad[0]
        return float(along[1] / max(1.0, along[0]))

    @property
    def height(self) -> float:
        return float((self.quad[3, 1] - self.quad[0, 1] + self.quad[2, 1] - self.quad[1, 1]) / 2)

    def is_level_with(self, other: Row) -> bool:
        """Whether both stand in one row of print."""
        return abs(self.middle - other.middle) < SAME_ROW * min(self.height, other.height)


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
        # A single character may be higher than wide; on a rectified card print is level all the same.
        if abs(quad[1, 1] - quad[0, 1]) > abs(quad[1, 0] - quad[0, 0]):
            quad = np.roll(quad, 1 if quad[1, 1] > quad[0, 1] else -1, axis=0)
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
    spans = [span for span in spans if span.length > 0.3 * span.height and abs(span.slope) < STEEPEST]
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
    rows = [row for row in rows if not _needs_no_reading(row, rows)]
    return rows_in_reading_order([_to_label_column(row, rows) for row in rows])


def _needs_no_reading(row: Row, rows: Sequence[Row]) -> bool:
    """Whether ``row`` is the label beside an id number: that the long line is the number, its digits tell.

    A temporary card has more rows with labels below it, which tell it from others.
    """
    if any(low.middle > row.middle + row.height and low.right - low.left > 3 * low.height for low in rows):
        return False
    return any(
        other.right - other.left > LONG_LINE * other.height
        and other.left > row.right
        and abs(other.middle - row.middle) < 0.5 * min(other.height, row.height)
        for other in rows
        if other.middle > LOW
    )


def _to_label_column(row: Row, rows: Sequence[Row]) -> Row:
    """A row of the portrait side's text block, begun where the labels begin: a lone 性别 男 is easily overlooked."""
    column = [other for other in rows if other.left < COLUMN_LEFT and other.middle < COLUMN_TOP]
    if len(column) < 3 or row.middle > COLUMN_TOP or not COLUMN_LEFT < row.left < 2.5 * COLUMN_LEFT:
        return row
    if any(abs(other.middle - row.middle) < row.height for other in rows if other is not row and other.left < row.left):
        return row
    left = float(np.median([other.left for other in column]))
    return Row(widened(row.quad, row.left - left, 0.0))


def rows_in_reading_order(rows: Sequence[Row]) -> list[Row]:
    """Top to bottom; stretches of one row from left to right."""
    lengths = [row.right - row.left for row in rows]
    slope = float(np.average([row.slope for row in rows], weights=lengths)) if rows else 0.0
    level = {id(row): row.middle - slope * (row.left + row.right) / 2 for row in rows}
    ordered = sorted(rows, key=lambda row: level[id(row)])
    result: list[Row] = []
    while ordered:
        first = ordered[0]
        beside = [row for row in ordered if level[id(row)] - level[id(first)] < 0.5 * min(row.height, first.height)]
        result += sorted(beside, key=lambda row: row.left)
        ordered = [row for row in ordered if not any(row is other for other in beside)]
    return result


def widened(quad: Points, left: float, right: float) -> Points:
    """The quad made longer by so many pixels at either end."""
    along = (quad[1] - quad[0]) / max(1.0, float(np.hypot(*(quad[1] - quad[0]))))
    moves = np.array([-left, right, right, -left], np.float32)[:, None]
    return np.asarray(quad + moves * along, np.float32)


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
    if earlier.y > LOW and max(earlier.length / earlier.height, later.length / later.height) > LONG_LINE:
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
    return Row(widened(np.array(quad, np.float32), SIDE_MARGIN * height, SIDE_MARGIN * height))
