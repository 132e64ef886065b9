"""Finds cards with two small networks: one looks at the whole picture, one at each card found, for its corners.

Their weights and how they were trained: ``idcard_core/models/locator.md``.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Lock

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image, Points
from idcard_core.locate.placement import Placement
from idcard_core.locate.pose import is_convex, overlap
from idcard_core.locate.view import apply, quad_homography
from idcard_core.networks import CompiledNetwork, available_cores, read_with_preprocessing
from idcard_core.tracing import span

INPUT_SIZE = 192
"""Pixels a side of the square the whole picture is fitted into."""
INPUT_PAD = 4
"""Pixels left free around the picture, for cards that fill it."""
PAD_GREY = 114
"""What stands where there is no picture."""
STRIDE = 8
"""Pixels of the square that one cell of the finder's answer covers."""
CROP_SIZE = (224, 160)
"""Width and height of the crop that the refiner looks at."""
CROP_CARD = (28.0, 27.0, 196.0, 133.0)
"""Left, top, right, bottom of the card in that crop, were the estimate exact."""
LEAST_CENTRE = 0.1
"""Cells with a lower probability of a card's centre are not looked at."""
LEAST_SCORE, LEAST_HOPE = 0.55, 0.1
"""Candidates below are no cards; below the second, not even looked at once more."""
MOST_CARDS = 6
"""Candidates looked at closely, the likeliest first."""
MOST_OVERLAP, MOST_ROUGH_OVERLAP = 0.35, 0.7
"""Two cards share at most this part of the smaller one (first: once the corners are known); else the likelier stays."""
GROWTHS = (1.0, 1.5)
"""A place is looked at as the finder tells it; if that is no card, once more that much larger."""
SHORTEST_SIDE = 8.0
"""Pixels; a quad with a shorter side is not looked at."""
MOST_ROUNDS = 4
"""How often the corners are looked at, each time in a crop by the corners found before."""
SETTLED_PX = 1.5
"""When no corner moves farther than this in the crop, they are taken as they are."""
MODELS = Path(__file__).parent.parent / "models"
"""Where the installed networks are."""
_CROP_QUAD: Points = np.array(
    [
        [CROP_CARD[0], CROP_CARD[1]],
        [CROP_CARD[2], CROP_CARD[1]],
        [CROP_CARD[2], CROP_CARD[3]],
        [CROP_CARD[0], CROP_CARD[3]],
    ],
    np.float32,
)
_NO_MEAN, _BYTES = (0.0,) * 3, (1 / 255,) * 3
"""The networks take bytes as they are."""
Answer = NDArray[np.float32]


class CardLocator:
    """Finds the cards of a picture. Thread-safe; the networks load at the first use."""

    def __init__(self, threads: int = 0, models: Path = MODELS) -> None:
        self._threads = threads or available_cores()
        self._models = models
        self._loading = Lock()

    @cached_property
    def _finder(self) -> CompiledNetwork:
        return self._compile("locator.onnx", (1, INPUT_SIZE, INPUT_SIZE, 3))

    @cached_property
    def _refiner(self) -> CompiledNetwork:
        return self._compile("corners.onnx", (1, CROP_SIZE[1], CROP_SIZE[0], 3))

    def _compile(self, file: str, shape: tuple[int, int, int, int]) -> CompiledNetwork:
        model = read_with_preprocessing(self._models / file, _NO_MEAN, _BYTES, shape)
        return CompiledNetwork(model, self._threads)

    def load(self) -> None:
        """Load both networks now instead of at the first use."""
        with self._loading:
            _ = self._finder, self._refiner

    def find(self, picture: Image) -> list[Placement]:
        """The cards on ``picture`` (BGR, any size), the surest first; quads in its pixels."""
        self.load()
        steps = _Pyramid(picture)
        with span("cards"):
            roughly = distinct(self._rough(steps), MOST_ROUGH_OVERLAP)[:MOST_CARDS]
        with span("corners"):
            looked_at = [self._exact(steps, rough) for rough in roughly]
        return distinct([placement for placement in looked_at if placement is not None])

    def _rough(self, steps: _Pyramid) -> list[Placement]:
        square, scale, offset = letterbox(steps)
        answer = self._finder.run(square[None])[0]
        return [Placement((cell.quad - offset) / scale, cell.score) for cell in read_cells(answer)]

    def _exact(self, steps: _Pyramid, rough: Placement) -> Placement | None:
        middle = rough.quad.mean(axis=0)
        for growth in GROWTHS:
            exact = self._followed(steps, middle + (rough.quad - middle) * growth)
            if exact is not None and exact.score * rough.score**0.25 >= LEAST_SCORE:
                return replace(exact, score=exact.score * rough.score**0.25)
        return None

    def _followed(self, steps: _Pyramid, quad: Points) -> Placement | None:
        """Where the refiner leads from ``quad``; None if that looks like no card or no quad."""
        front = score = 0.0
        for _ in range(MOST_ROUNDS):
            if not is_convex(quad, SHORTEST_SIDE):
                return None
            crop, to_picture = cut_crop(steps, quad)
            answer = self._refiner.run(crop[None])[0]
            quad = apply(to_picture, in_own_order(answer))
            front, score = (float(value) for value in _sigmoid(answer[12:14]))
            if score < LEAST_HOPE:
                return None
            if np.abs(answer[:8].reshape(4, 2) - _CROP_QUAD).max() < SETTLED_PX:
                break
        return Placement(quad, score, front) if is_convex(quad, SHORTEST_SIDE) else None


class _Pyramid:
    """A picture and its halves, quarters ..., each made when first asked for."""

    def __init__(self, picture: Image) -> None:
        self._levels = [picture]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture itself."""
        height, width = self._levels[0].shape[:2]
        return width, height

    def reduced(self, factor: float) -> tuple[Image, tuple[float, float]]:
        """The smallest level reduced at most by ``factor``, and its own scale across and down."""
        number = max(0, int(np.floor(np.log2(max(factor, 1.0)))))
        while len(self._levels) <= number:
            last = self._levels[-1]
            size = (max(1, last.shape[1] // 2), max(1, last.shape[0] // 2))
            self._levels.append(np.asarray(cv2.resize(last, size, interpolation=cv2.INTER_AREA), np.uint8))
        level = self._levels[number]
        return level, (level.shape[1] / self.size[0], level.shape[0] / self.size[1])


def letterbox(steps: _Pyramid) -> tuple[Image, Points, Points]:
    """The picture fitted into the square; ``square = picture * scale + offset`` for points, both (2,)."""
    width, height = steps.size
    fit = (INPUT_SIZE - 2 * INPUT_PAD) / max(width, height)
    size = (max(1, round(width * fit)), max(1, round(height * fit)))
    level, _ = steps.reduced(0.99 / fit)
    way = cv2.INTER_AREA if fit < 1 else cv2.INTER_LINEAR
    left, top = (INPUT_SIZE - size[0]) // 2, (INPUT_SIZE - size[1]) // 2
    square = np.full((INPUT_SIZE, INPUT_SIZE, 3), PAD_GREY, np.uint8)
    square[top : top + size[1], left : left + size[0]] = cv2.resize(level, size, interpolation=way)
    return square, _point(size[0] / width, size[1] / height), _point(left, top)


def quad_code(quad: Points) -> Points:
    """Eight numbers (8,) for a quad that stay the same when it is turned upside down, and change without a jump.

    Its centre; then, with a and b the halves of its middle lines across and down, a and b each at twice its own angle
    (turning by 180 degrees changes the sign of both, which the doubling hides); last how much it is a trapezium.
    """
    corners = quad.astype(np.float64)
    across, down, skew = (np.array(signs) @ corners / 4 for signs in _MIDDLE_LINES)
    parts = (corners.mean(axis=0), _at_twice_the_angle(across), _at_twice_the_angle(down), skew)
    return np.asarray(np.concatenate(parts), np.float32)


def quad_of_code(code: Points) -> Points:
    """The quad (4, 2) of ``quad_code``'s eight numbers, one of the two ways up."""
    across, down = _at_half_the_angle(code[2:4]), _at_half_the_angle(code[4:6])
    if across[0] * down[1] - across[1] * down[0] < 0:
        down = -down
    lines = np.stack([across, down, code[6:8].astype(np.float64)])
    return np.asarray(np.array(_MIDDLE_LINES).T @ lines + code[:2], np.float32)


_MIDDLE_LINES = ((-1, 1, 1, -1), (-1, -1, 1, 1), (1, -1, 1, -1))
"""Signs of the corners in the middle line across, in that down, and in the trapezium's part."""


def _at_twice_the_angle(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y = vector
    return np.array([x * x - y * y, 2 * x * y]) / max(float(np.hypot(x, y)), 1e-9)


def _at_half_the_angle(vector: Points) -> NDArray[np.float64]:
    length, angle = np.hypot(*vector), np.arctan2(vector[1], vector[0]) / 2
    return np.array([length * np.cos(angle), length * np.sin(angle)])


def read_cells(answer: Answer) -> list[Placement]:
    """The peaks of the finder's ``answer`` (10, rows, columns) as placements in the square, the likeliest first.

    They may stand upside down.
    """
    centres = _sigmoid(answer[0])
    highest = cv2.dilate(centres, np.ones((3, 3), np.uint8))
    rows, columns = np.nonzero((centres >= LEAST_CENTRE) & (centres == highest))
    found = []
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        quad = quad_of_code(answer[1:9, row, column]) + _point((column + 0.5) * STRIDE, (row + 0.5) * STRIDE)
        found.append(Placement(quad, float(centres[row, column])))
    return sorted(found, key=lambda placement: -placement.score)


def cut_crop(steps: _Pyramid, quad: Points) -> tuple[Image, NDArray[np.float64]]:
    """What lies in and around ``quad``, as the refiner wants it, and the homography from crop to picture."""
    longest = float(np.linalg.norm(quad - np.roll(quad, 1, axis=0), axis=1).max())
    level, scale = steps.reduced(longest / (CROP_CARD[2] - CROP_CARD[0]))
    to_crop = quad_homography(quad * _point(*scale) - 0.5, _CROP_QUAD - 0.5)
    # Beyond the picture its last pixels go on: the corner of a blank would be taken for the corner of a card.
    crop = cv2.warpPerspective(level, to_crop, CROP_SIZE, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(crop, np.uint8), quad_homography(_CROP_QUAD, quad)


def in_own_order(answer: Answer) -> Points:
    """The corners of the refiner's ``answer`` (14,), in crop pixels, from the card's own top left."""
    turn = int(np.argmax(answer[8:12]))
    return np.ascontiguousarray(np.roll(answer[:8].reshape(4, 2), -turn, axis=0))


def distinct(placements: list[Placement], most_overlap: float = MOST_OVERLAP) -> list[Placement]:
    """``placements`` by falling score, without those that lie on a better one."""
    kept: list[Placement] = []
    for candidate in sorted(placements, key=lambda placement: -placement.score):
        if is_convex(candidate.quad, SHORTEST_SIDE) and all(
            overlap(candidate.quad, k.quad) <= most_overlap for k in kept
        ):
            kept.append(candidate)
    return kept


def _point(x: float, y: float) -> Points:
    return np.array([x, y], np.float32)


def _sigmoid(logits: Answer) -> Answer:
    return np.asarray(1 / (1 + np.exp(-np.asarray(logits, np.float32))), np.float32)
