"""Whether a picture is a screenshot: whether an edge of its interface runs exactly along a row or a column of pixels.

What a program draws, a window, a bar, the picture in its viewer, ends at one row of pixels from end to end, and beside
it lies one colour without any noise. What a camera or a scanner sees is never that straight, nor that plain.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image, Points

Rows = NDArray[np.intp]
"""Numbers of rows."""

PIXELS = 400_000
"""Larger pictures are made smaller; an edge along a row stays along one."""
AROUND_CARDS = 1.08
"""Cards are left out, so many times as large as they are: one that was copied straight has such edges, too."""
RIM = 0.012
"""Share of the picture's height at its top and bottom that is left out."""
STEP = 10
"""Levels between the two sides of an edge, at least, in one channel."""
SHORTEST, SHORTEST_PIXELS = 0.2, 60
"""Length of an edge, at least, as a share of the picture's width and in pixels."""
FILLED = 0.8
"""Share of that length that stands out at all, at least: an edge has gaps."""
THINNED, LIKELY = 4, 0.5
"""Of so many columns one is looked at first; a row of which less than that share of ``FILLED`` stands out there beside
one colour has no edge."""
TOP = 7
"""Rows of which only the one where most stands out may be an edge."""
GAP = 4
"""Pixels that an edge may be broken over, by what stands beside it."""
BESIDE = (4, 5, 6)
"""Rows from an edge that are looked at for the one colour; of three, the middle one tells."""
PLAIN, PLAIN_SHARE = 1, 0.75
"""Levels by which so many of the pixels of such a row are off their median, at most."""
ALIKE = 2
"""Levels between neighbours along such a row, at most; only to see soon what is not plain."""
NEAR = 4
"""Rows to either side of an edge in which its place is measured."""
NOISE = 3
"""Levels between two rows that are no part of an edge."""
SEEN = 0.7
"""Share of an edge's columns in which its place can be measured, at least."""
DRIFT, SPREAD = 0.1, 0.25
"""Pixels that the middle places of an edge's four quarters may lie apart, and that its places lie off their median."""
SHARP = 0.37
"""Share of an edge's step that lies between two rows, at least: what a program draws ends at once, and over two rows
where the picture was made smaller since; what a lens has blurred, a window out of focus, does not."""
FRAMED = 8.0
"""Log odds of a screen where there is such an edge. Measured on 8 880 simulated pictures that nothing above was chosen
by, 210 of 250 screenshots have one and 2 of 8 630 others, which is 8.2. How sharp it is was not asked then; of 31
further screenshots with an edge none lost it by that.
``python -m idcard_core.models.risk.frame`` measures it on fresh ones."""


def framed(picture: Image, cards: Sequence[Points]) -> bool:
    """Whether ``picture`` (BGR) has an edge of an interface anywhere but at the ``cards`` (corners, pixels) on it."""
    picture, scale = _smaller(picture)
    free = np.full(picture.shape[:2], 255, np.uint8)
    for quad in cards:
        middle = quad.mean(axis=0)
        cv2.fillConvexPoly(free, np.round((middle + (quad - middle) * AROUND_CARDS) * scale).astype(np.int32), (0,))
    return any(_has_edge(picture, free, turned=turned) for turned in (False, True))


def odds_of_frame(picture: Image, cards: Sequence[Points]) -> NDArray[np.float32]:
    """Log odds (3,) that a card, a print or a screen is seen, by ``framed`` alone."""
    return np.array([0, 0, FRAMED if framed(picture, cards) else 0], np.float32)


def _turned(picture: Image) -> Image:
    return np.asarray(cv2.transpose(picture), np.uint8)


def _smaller(picture: Image) -> tuple[Image, float]:
    """``picture`` with no more than ``PIXELS``, and how large it is of what it was."""
    width = picture.shape[1]
    while (share := (PIXELS / (picture.shape[0] * picture.shape[1])) ** 0.5) < 1:
        share = max(share, 0.5)  # halves are made ten times as fast as other shares
        way = cv2.INTER_AREA if share == 0.5 else cv2.INTER_LINEAR
        size = (int(picture.shape[1] * share), int(picture.shape[0] * share))
        picture = np.asarray(cv2.resize(picture, size, interpolation=way), np.uint8)
    return picture, picture.shape[1] / width


def _has_edge(picture: Image, free: Image, *, turned: bool) -> bool:
    """Whether an edge runs along a row of ``picture``, or along a column of it (``turned``), where ``free`` (height,
    width) is not 0."""
    thin, thin_free = _thinned(picture, turned=turned), _thinned(free, turned=turned)
    height, width = thin.shape[0], free.shape[0 if turned else 1]
    rim, shortest = max(max(BESIDE) + 1, round(RIM * height)), max(SHORTEST * width, SHORTEST_PIXELS)
    if height <= 2 * rim:
        return False
    least = LIKELY * FILLED * shortest * thin.shape[1] / width
    rows, _ = _strong(thin, thin_free, np.arange(rim, height - rim), least)
    if len(rows) == 0:
        return False
    if turned:
        picture, free = _turned(picture), _turned(free)
    rows, strong = _strong(picture, free, rows, FILLED * shortest)
    if len(rows) == 0:
        return False
    lengths = np.zeros(height, np.float32)
    lengths[rows] = _lengths(strong)
    tops = cv2.dilate(lengths, np.ones((TOP, 1), np.uint8)).ravel() <= lengths
    for row, line in zip(rows, strong, strict=True):
        if not tops[row]:
            continue
        start, end = _longest(line)
        if (
            end - start >= shortest
            and _parts_colours(picture, row, start, end)
            and _is_plain(picture, row, start, end)
            and _is_straight(band := picture[row - NEAR : row + NEAR + 1, start:end])
            and _is_sharp(band)
        ):
            return True
    return False


def _thinned(picture: Image, *, turned: bool) -> Image:
    """Of ``picture`` one in ``THINNED`` columns; or rows, which are columns of what it is ``turned``."""
    height, width = picture.shape[:2]
    size = (width, max(1, height // THINNED)) if turned else (max(1, width // THINNED), height)
    thin = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    return _turned(thin) if turned else thin


def _strong(picture: Image, free: Image, rows: Rows, least: float) -> tuple[Rows, Image]:
    """Those of ``rows`` of ``picture`` that may be an edge, as at ``least`` so many pixels are ``free``, stand out and
    lie beside one colour; and those pixels (rows, width): 255, elsewhere 0."""
    alike = _alike(picture[rows + 1], picture[rows - 1], STEP - 1)
    steps = np.asarray(cv2.bitwise_and(cv2.bitwise_not(alike), free[rows]), np.uint8)
    long = np.flatnonzero(_lengths(steps) >= least)
    rows, steps = rows[long], steps[long]
    if len(rows) == 0:
        return rows, steps
    plain = cv2.bitwise_or(_plain(picture[rows - BESIDE[1]]), _plain(picture[rows + BESIDE[1]]))
    strong = np.asarray(cv2.bitwise_and(steps, plain), np.uint8)
    long = np.flatnonzero(_lengths(strong) >= least)
    return rows[long], strong[long]


def _lengths(strong: Image) -> Rows:
    """How many of the pixels of each row of ``strong`` (rows, width) are not 0."""
    return np.asarray(np.count_nonzero(strong, axis=1), np.intp)


def _plain(rows: Image) -> Image:
    """Where (rows, width) pixels of ``rows`` (rows, width, 3) are like those before them: 255, elsewhere 0."""
    plain = np.zeros(rows.shape[:2], np.uint8)
    plain[:, 1:] = _alike(rows[:, 1:], rows[:, :-1], ALIKE)
    return plain


def _alike(one: Image, other: Image, levels: int) -> Image:
    """Where no channel differs by more than ``levels``: 255, elsewhere 0."""
    return np.asarray(cv2.inRange(cv2.absdiff(one, other), np.full(3, 0), np.full(3, levels)), np.uint8)


def _longest(strong: Image) -> tuple[int, int]:
    """Start and end of the longest run, over gaps of up to ``GAP``, of what is not 0, of which there must be some."""
    at = np.flatnonzero(strong)
    breaks = np.flatnonzero(np.diff(at) > GAP)
    starts, ends = np.append(0, breaks + 1), np.append(breaks, len(at) - 1)
    longest = int(np.argmax(at[ends] - at[starts]))
    return int(at[starts[longest]]), int(at[ends[longest]]) + 1


def _parts_colours(picture: Image, row: int, start: int, end: int) -> bool:
    """Whether the two sides of an edge differ; of a line, as on ruled paper or between tiles, they do not."""
    above, below = (np.median(picture[row + side * BESIDE[1], start:end], axis=0) for side in (-1, 1))
    return bool(np.abs(above - below).max() >= STEP / 2)


def _is_plain(picture: Image, row: int, start: int, end: int) -> bool:
    """Whether one side of an edge has one colour."""
    for side in (-1, 1):
        off = []
        for away in BESIDE:
            line = picture[row + side * away, start:end].astype(np.int16)
            from_median = np.abs(line - np.median(line, axis=0)).max(axis=1)
            off.append(np.quantile(from_median, PLAIN_SHARE))
        if np.median(off) <= PLAIN:
            return True
    return False


def _is_straight(band: Image) -> bool:
    """Whether the edge in ``band`` (2 NEAR + 1 rows) lies at the same place, to parts of a pixel, from end to end."""
    steps = np.maximum(cv2.absdiff(band[1:], band[:-1]).max(axis=2).astype(np.float32) - NOISE, 0)
    weights = steps.sum(axis=0)
    seen = weights > 2 * NOISE
    if seen.mean() < SEEN:
        return False
    places = (np.arange(len(steps), dtype=np.float32) @ steps)[seen] / weights[seen]
    quarters = [np.median(quarter) for quarter in np.array_split(places, 4)]
    return bool(np.ptp(quarters) < DRIFT and np.median(np.abs(places - np.median(places))) < SPREAD)


def _is_sharp(band: Image) -> bool:
    """Whether the edge in ``band`` goes from one side's colour to the other's at once."""
    profile = np.median(band, axis=1).astype(np.float32)
    heights = np.ptp(profile, axis=0)
    steps = np.abs(np.diff(profile[:, int(np.argmax(heights))]))
    return bool(steps[NEAR - 2 : NEAR + 2].max() >= SHARP * max(float(heights.max()), 1.0))
