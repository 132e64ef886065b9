"""Boxes around text on a picture of anything: which of them run the same way, and which are parts of one line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from idcard_core.card import Points

VOTERS = 8
"""The longest boxes, whose directions are tried."""
SAME_DIRECTION = np.radians(15)
LEAST_OF_SECOND = 4
"""So many boxes of another direction are worth reading."""
NARROWEST = 1.3
"""Times as long as high that a box is at least, to tell which way its text runs; a single character does not."""
WIDEST_GAP = 1.1
"""Line heights between two pieces of one line: a title's letters are set apart."""
OFF_LINE = 0.3
"""Line heights that pieces of one line may stand off it."""
MOST_TALLER = 1.45
"""Times as high as another piece that one of the same line is at most."""


def length(quad: Points) -> float:
    """The length of a line's upper edge."""
    return float(np.hypot(*(quad[1] - quad[0])))


def height(quad: Points) -> float:
    """The length of its left edge."""
    return float(np.hypot(*(quad[3] - quad[0])))


def rows_by_direction(quads: Sequence[Points]) -> list[list[Points]]:
    """Lines, pieces of one put together: those that run the way most of the text does, then those of another direction.

    The second are left out where they are but a few. All lines of one direction run the same way, maybe backward.
    """
    long = [quad for quad in quads if length(quad) >= NARROWEST * height(quad)]
    short = [quad for quad in quads if length(quad) < NARROWEST * height(quad)]
    rows: list[list[Points]] = []
    for least in (1, LEAST_OF_SECOND):
        group = _largest_group(long)
        if len(group) < least:
            break
        long = [quad for quad in long if not any(quad is other for other in group)]
        longest = max(group, key=length)
        along = (longest[1] - longest[0]) / max(1.0, length(longest))
        rows.append(_joined([_facing(quad, along) for quad in [*group, *short]]))
    return rows


def _largest_group(long: Sequence[Points]) -> list[Points]:
    """The boxes of about one direction that have the most text."""
    best: list[Points] = []
    for quad in sorted(long, key=lambda quad: -length(quad))[:VOTERS]:
        alike = [other for other in long if _apart(_angle(quad), _angle(other)) < SAME_DIRECTION]
        if sum(map(length, alike)) > sum(map(length, best)):
            best = alike
    return best


def degrees_off_level(rows: Sequence[Points]) -> float:
    """How far clockwise from level or upright, whichever is nearer, most of the text runs: -45 to 45."""
    angles = np.degrees([_angle(row) for row in rows])
    middle = _angle(max(rows, key=length))
    off = (angles - np.degrees(middle) + 90) % 180 - 90
    mean = np.degrees(middle) + float(np.average(off, weights=[length(row) for row in rows]))
    return float((mean + 45) % 90 - 45)


def _facing(quad: Points, along: Points) -> Points:
    """The box with its corners so numbered that its upper edge runs ``along``."""
    edges = np.roll(quad, -1, axis=0) - quad
    first = int(np.argmax(edges @ along / np.maximum(1.0, np.hypot(edges[:, 0], edges[:, 1]))))
    return np.ascontiguousarray(np.roll(quad, -first, axis=0))


def _joined(quads: Sequence[Points]) -> list[Points]:
    """Lines; each is as straight as its longest piece."""
    rows: list[Points] = []
    left = sorted(quads, key=lambda quad: -length(quad))
    while left:
        row = left.pop(0)
        grown = True
        while grown:
            grown = False
            for number, other in enumerate(left):
                if (joined := _join(row, other)) is not None:
                    row, grown = joined, True
                    del left[number]
                    break
        rows.append(row)
    return rows


def _join(row: Points, other: Points) -> Points | None:
    """Both in one box, if ``other`` goes on where ``row`` ends or ends where it begins."""
    tall, low = max(height(row), height(other)), min(height(row), height(other))
    if tall > MOST_TALLER * low:
        return None
    along = row[1] - row[0] if length(row) >= length(other) else other[1] - other[0]
    along = along / max(1.0, float(np.hypot(*along)))
    down = np.array([-along[1], along[0]], np.float32)
    if abs(float((row.mean(axis=0) - other.mean(axis=0)) @ down)) > OFF_LINE * low + 0.05 * length(row):
        return None
    spans = [(float((quad @ along).min()), float((quad @ along).max())) for quad in (row, other)]
    gap = max(spans[0][0], spans[1][0]) - min(spans[0][1], spans[1][1])
    if not -0.4 * low < gap < WIDEST_GAP * low:
        return None
    first, last = (row, other) if spans[0][0] < spans[1][0] else (other, row)
    return np.array([first[0], last[1], last[2], first[3]], np.float32)


def _angle(quad: Points) -> float:
    along = quad[1] - quad[0]
    return float(np.arctan2(along[1], along[0]))


def _apart(one: float, other: float) -> float:
    """The difference of two angles, the way along a line not counted."""
    return float(abs((one - other + np.pi / 2) % np.pi - np.pi / 2))
