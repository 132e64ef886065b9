"""Finds where on a card the portrait stands.

The place where it is expected is a strong prior; around it the four edges of the box and the axis of the head are
looked for. A real portrait has no frame: its whitish ground merges with the card's, so that the lower edge, where the
shoulders end, and the head's axis often are all there is. Each of them only adds evidence; where nothing tells
otherwise the prior stands.

Coordinates are of the card frame (856 x 540).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import CARD_FRAME, Image
from idcard_core.judge.portrait.expected import STANDARD, Box

Floats = NDArray[np.float32]
Doubles = NDArray[np.floating[Any]]

UNIT_PX = 0.4
"""Pixels a unit in the picture that is searched."""
WINDOW = (490, 10, 856, 450)
"""Left, top, right, bottom of the part of the card that is searched."""
REACH = 37.5
"""Units the box's middle may be off its expected place."""
MIDDLES_OFF = np.arange(-REACH, REACH + 0.1, 1.25)
"""The middles that are tried, half a pixel apart."""
OFF = (9.0, 10.0)
"""Usual distance of the middle from its expected place: the print's own jitter and the card's wrong corners, units."""
SIZE_OFF = (4.0, 5.0)
"""Usual deviation of width and height, units: a few per cent at most, the box being of 26 x 32 mm."""
FREEDOM = 4.0
"""Degrees of freedom of the distribution of both."""
SIZES_OFF = np.arange(-10.0, 10.1, 2.5)
"""The widths and heights that are tried."""
CARD_EDGE = 836.0
"""Edges right of it may be the card's own."""
BLUR_PX = 0.8
"""Takes out noise and moire, and keeps edges."""
FULL_LIGHT, MOST_GAIN = 220.0, 4.0
"""The grey level the ground is brought to, so that steps in dim pictures count as they do in bright ones."""
STEP_PX = 1
"""Pixels averaged on either side of an edge."""
BANDS = 6
"""Stretches an edge is seen in: what all of them show is an edge, what one of them shows is something beside it."""
LEAST_STEP = 1.6
"""Grey levels below which a step is no more than the ground's pattern."""
MOST_EVIDENCE = 12.0
"""Log odds that one edge tells at most."""
PER_STEP = 0.9
"""Log odds that a step as large as its own scatter tells."""
SLOW_PX = 61
"""Pixels over which changes of light are taken out before the halves of the head are compared."""
LEAST_DETAIL = 3.0
"""Grey levels below which what the halves have in common is chance."""
AXIS_WEIGHT = 5.0
"""Log odds between no and full mirror symmetry of the head."""


def find_box(part: Floats, expected: Box) -> Box:
    """The portrait's box in the window ``part``, near ``expected``."""
    search = _Search(part, expected)
    x, width = search.horizontally()
    y, height = search.vertically(x)
    return Box(x, y, width, height)


def upright(part: Floats, lean: float) -> Floats:
    """The window with its uprights, which ``lean`` to the left (dx/dy), set straight about the standard middle."""
    middle = (STANDARD.y - WINDOW[1]) * UNIT_PX
    matrix = np.array([[1, lean, -lean * middle], [0, 1, 0]])
    size = part.shape[1], part.shape[0]
    way = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(part, matrix, size, flags=way, borderMode=cv2.BORDER_REPLICATE), np.float32)


def inside(part: Floats, box: Box) -> Floats:
    """What the window ``part`` shows within ``box``."""
    left, right = ((round((x - WINDOW[0]) * UNIT_PX)) for x in (box.left, box.right))
    top, bottom = ((round((y - WINDOW[1]) * UNIT_PX)) for y in (box.top, box.bottom))
    return part[max(0, top) : bottom, max(0, left) : right]


def searched(small: Image) -> Floats:
    """The window of the rectified card ``small`` (of any size), BGR float32, ``UNIT_PX`` pixels a unit, well lit."""
    across, down = small.shape[1] / CARD_FRAME[0], small.shape[0] / CARD_FRAME[1]
    left, top, right, bottom = WINDOW[0] * across, WINDOW[1] * down, WINDOW[2] * across, WINDOW[3] * down
    size = round((WINDOW[2] - WINDOW[0]) * UNIT_PX), round((WINDOW[3] - WINDOW[1]) * UNIT_PX)
    part = cv2.resize(small[round(top) : round(bottom), round(left) : round(right)], size, interpolation=cv2.INTER_AREA)
    part = cv2.GaussianBlur(part, (0, 0), BLUR_PX)
    gain = min(FULL_LIGHT / max(1.0, float(np.percentile(part[::4, ::4], 90))), MOST_GAIN)
    return np.asarray(part * np.float32(gain), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """The window ``part``, in which the box is looked for near ``expected``."""

    part: Floats
    expected: Box

    def horizontally(self) -> tuple[float, float]:
        """Middle and width of the box that the upright edges and the head's axis speak for."""
        box = self.expected
        top, bottom = self._row(box.top + 0.06 * box.height), self._row(box.top + 0.8 * box.height)
        edges = step_evidence(self.part[top:bottom].transpose(1, 0, 2))
        edges[self._column(CARD_EDGE) :] = 0
        low, high = self._row(box.top + 0.05 * box.height), self._row(box.top + 0.62 * box.height)
        middles = box.x + MIDDLES_OFF
        axis = AXIS_WEIGHT * self._symmetry(middles, low, high)
        return _best(middles, (edges, WINDOW[0]), (box.x, box.width), (OFF[0], SIZE_OFF[0]), axis)

    def vertically(self, x: float) -> tuple[float, float]:
        """Middle and height of the box that the level edges speak for, its middle being at ``x``."""
        box = self.expected
        left, right = self._column(x - 0.42 * box.width), self._column(x + 0.42 * box.width)
        edges = step_evidence(self.part[:, left:right])
        middles = box.y + MIDDLES_OFF
        return _best(middles, (edges, WINDOW[1]), (box.y, box.height), (OFF[1], SIZE_OFF[1]), np.zeros(len(middles)))

    def _row(self, y: float) -> int:
        return round((y - WINDOW[1]) * UNIT_PX)

    def _column(self, x: float) -> int:
        return round((x - WINDOW[0]) * UNIT_PX)

    def _symmetry(self, middles: Doubles, top: int, bottom: int) -> Doubles:
        """How much alike the halves of the head are (0 to 1), mirrored at each of ``middles``."""
        grey = cv2.cvtColor(self.part[top:bottom:2], cv2.COLOR_BGR2GRAY)
        detail = np.asarray(grey - cv2.blur(grey, (SLOW_PX, SLOW_PX // 2)), np.float32)
        half = round(0.42 * self.expected.width * UNIT_PX)
        found = []
        for middle in middles:
            twice = round(2 * (middle - WINDOW[0]) * UNIT_PX)  # column c and column twice - 1 - c are mirrored
            start = max(0, twice - detail.shape[1], twice // 2 - half)
            strip = detail[:, start : twice - start]
            alike, whole = np.vdot(strip, strip[:, ::-1]), np.vdot(strip, strip)
            found.append(float(alike / (whole + LEAST_DETAIL**2 * strip.size)))
        return np.asarray(found).clip(0, 1)


def step_evidence(lines: Floats) -> Doubles:
    """Log odds (n + 1) that an edge runs before each of n ``lines`` (n, length, 3), by the step between its sides."""
    bands = np.stack([band.mean(axis=1) for band in np.array_split(lines, BANDS, axis=1)], axis=1)
    sums = np.concatenate([np.zeros((1, BANDS, 3)), np.cumsum(bands, axis=0)])
    count = len(lines)
    places = np.arange(STEP_PX, count - STEP_PX + 1)
    after = (sums[places + STEP_PX] - sums[places]) / STEP_PX
    before = (sums[places] - sums[places - STEP_PX]) / STEP_PX
    steps = after - before
    mean = steps.mean(axis=1)
    scatter = np.sqrt(steps.var(axis=1).sum(axis=1) / BANDS)
    clear = np.linalg.norm(mean, axis=1) / (LEAST_STEP + scatter)
    evidence = np.zeros(count + 1)
    evidence[places] = np.minimum(PER_STEP * clear, MOST_EVIDENCE)
    return evidence


def _best(
    middles: Doubles,
    seen: tuple[Doubles, int],
    usual: tuple[float, float],
    off: tuple[float, float],
    more: Doubles,
) -> tuple[float, float]:
    """The middle and the length that the evidence ``seen`` at both ends, ``more`` and the prior speak for."""
    edges, origin = seen
    lengths = usual[1] + SIZES_OFF
    ends = middles[:, None] + np.array([-0.5, 0.5])[:, None, None] * lengths
    at = ((ends - origin) * UNIT_PX).clip(0, len(edges) - 1)
    odds = np.interp(at, np.arange(len(edges)), edges).sum(axis=0) + more[:, None]
    odds -= _surprise((middles[:, None] - usual[0]) / off[0]) + _surprise((lengths[None] - usual[1]) / off[1])
    row, column = np.unravel_index(int(np.argmax(odds)), odds.shape)
    return float(middles[row]), float(lengths[column])


def _surprise(deviations: Doubles) -> Doubles:
    """Log odds against ``deviations``, in usual ones: Student's t, as a card cut wrongly is far off at once."""
    return np.asarray((FREEDOM + 1) / 2 * np.log1p(deviations**2 / FREEDOM))
