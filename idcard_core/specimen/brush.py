"""The hand of the simulators that paint: chance, colours, clouds of noise, masks and lines of text.

Pictures in the making are BGR float32 ``(height, width, 3)`` from 0 to 1 in the coding of a display (gamma).
"""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from typing import TypeVar, cast

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image as Pictures
from PIL import ImageDraw

from idcard_core.card import Image
from idcard_core.specimen.fonts import Style, choose_face, load

Paint = NDArray[np.float32]
"""float32, 0 to 1: ``(height, width, 3)`` for a picture, ``(height, width)`` for a mask or a field."""
Colour = tuple[float, float, float]
"""BGR, 0 to 1."""
Matrix = NDArray[np.float64]
"""A homography ``(3, 3)``."""
T = TypeVar("T")

WORDS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"
    "而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好"
)


def chance(rng: np.random.Generator, probability: float) -> bool:
    """True with ``probability``."""
    return bool(rng.random() < probability)


def between(rng: np.random.Generator, low: float, high: float) -> float:
    """A number evenly between ``low`` and ``high``."""
    return float(rng.uniform(low, high))


def scaled(rng: np.random.Generator, low: float, high: float) -> float:
    """A number evenly in its logarithm between ``low`` and ``high``."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def pick(rng: np.random.Generator, things: Sequence[T], weights: Sequence[float] | None = None) -> T:
    """One of ``things``, by weight."""
    p = None if weights is None else np.asarray(weights, np.float64) / np.sum(weights)
    return things[int(rng.choice(len(things), p=p))]


def hsv(hue: float, saturation: float, value: float) -> Colour:
    """BGR of a hue (turns), a saturation and a value (0 to 1)."""
    red, green, blue = colorsys.hsv_to_rgb(hue % 1.0, min(max(saturation, 0), 1), min(max(value, 0), 1))
    return blue, green, red


def floats(values: ArrayLike) -> Paint:
    """The values as float32."""
    return np.asarray(values, np.float32)


def bytes_of(colour: Colour) -> tuple[int, int, int]:
    """The colour as three bytes for OpenCV's drawing."""
    return int(colour[0] * 255), int(colour[1] * 255), int(colour[2] * 255)


def paint(image: Image) -> Paint:
    """A BGR uint8 picture as paint."""
    return cast(Paint, np.multiply(image, floats(1 / 255), dtype=np.float32))


def image(picture: Paint) -> Image:
    """Paint as a BGR uint8 picture (or a mask as bytes), clipped."""
    return cast(Image, cv2.convertScaleAbs(np.clip(picture, 0, 1), alpha=255))


def resized(picture: Paint, height: int, width: int, smooth: bool = True) -> Paint:
    """The field or picture stretched to ``height`` by ``width`` pixels."""
    return cast(
        Paint, cv2.resize(picture, (width, height), interpolation=cv2.INTER_CUBIC if smooth else cv2.INTER_LINEAR)
    )


def blurred(picture: Paint, sigma: float) -> Paint:
    """Gaussian blur of ``sigma`` pixels; wide ones are done on a smaller copy."""
    if sigma < 0.15:
        return picture
    if sigma > 6 and min(picture.shape[:2]) > 32:
        height, width = picture.shape[:2]
        shrink = min(sigma / 3, min(height, width) / 8)
        small = cv2.resize(picture, (int(width / shrink) + 1, int(height / shrink) + 1), interpolation=cv2.INTER_AREA)
        return resized(cast(Paint, cv2.GaussianBlur(small, (0, 0), sigma / shrink)), height, width, smooth=False)
    return cast(Paint, cv2.GaussianBlur(picture, (0, 0), sigma))


def clouds(
    rng: np.random.Generator, height: int, width: int, cell: float | tuple[float, float], octaves: int = 1
) -> Paint:
    """Smooth noise of spread about one; ``cell`` is the size of its blobs in pixels (or down, across)."""
    down, across = cell if isinstance(cell, tuple) else (cell, cell)
    total = np.zeros((height, width), np.float32)
    weight = 1.0
    for _ in range(octaves):
        grid = rng.standard_normal((int(height / down) + 3, int(width / across) + 3), dtype=np.float32)
        total += resized(grid, height, width) * floats(weight)
        weight, down, across = weight * 0.55, max(down / 2.2, 1), max(across / 2.2, 1)
    return total


def grain(rng: np.random.Generator, height: int, width: int) -> Paint:
    """White noise of spread one, laid in tiles of one drawn patch."""
    tall, wide = min(height, 467), min(width, 509)
    tile = rng.standard_normal((tall, wide), dtype=np.float32)
    rows = (np.arange(height) + int(rng.integers(tall))) % tall
    columns = (np.arange(width) + int(rng.integers(wide))) % wide
    return cast(Paint, tile[rows][:, columns])


def spread(mask: Paint) -> Paint:
    """The mask (height, width) in three equal channels: numpy multiplies these much faster than a broadcast."""
    return floats(cv2.merge([mask, mask, mask]))


def over(under: Paint, upper: Paint, mask: Paint) -> Paint:
    """``upper`` laid on ``under`` through a mask (height, width); all three stay as they are."""
    result = upper - under
    result *= spread(mask)
    result += under
    return result


def filled(height: int, width: int, colour: Colour) -> Paint:
    """A picture of one colour."""
    return np.full((height, width, 3), colour, np.float32)


def tinted(field: Paint, dark: Colour, light: Colour) -> Paint:
    """A field (0 to 1) as a picture from one colour to another."""
    low, high = floats(dark), floats(light)
    return cast(Paint, field[..., None] * (high - low) + low)


def gradient(rng: np.random.Generator, height: int, width: int, colours: Sequence[Colour], rows: int = 2) -> Paint:
    """Colours run into one another: ``colours`` from left to right, a little changed from row to row."""
    grid = floats([[np.clip(floats(c) + rng.normal(0, 0.015, 3), 0, 1) for c in colours] for _ in range(rows)])
    return np.clip(resized(grid, height, width, smooth=False), 0, 1)


def rounded(height: int, width: int, radius: float) -> Paint:
    """A mask (height, width) of a rectangle with round corners, its edges against the borders; radius in pixels."""
    radius = max(radius, 0.5)
    y = np.abs(np.arange(height, dtype=np.float32) + 0.5 - height / 2) - (height / 2 - radius)
    x = np.abs(np.arange(width, dtype=np.float32) + 0.5 - width / 2) - (width / 2 - radius)
    far = np.hypot(np.maximum(y, 0)[:, None], np.maximum(x, 0)[None, :])
    return floats(np.clip(radius + 0.5 - far, 0, 1))


def blob(rng: np.random.Generator, height: int, width: int, centre: tuple[float, float], size: float) -> Paint:
    """A mask of a lamp, a window, a tube or a hand about ``centre`` (x, y), ``size`` pixels across, soft or hard."""
    shrink = 8
    canvas = np.zeros((height // shrink + 2, width // shrink + 2), np.float32)
    x, y = centre[0] / shrink, centre[1] / shrink
    across, along = size / shrink * between(rng, 0.3, 1), size / shrink * between(rng, 0.5, 1.6)
    turn = between(rng, 0, 180)
    if chance(rng, 0.5):
        cv2.ellipse(canvas, ((x, y), (across, along), turn), (1.0,), -1, cv2.LINE_AA)
    else:
        panes = int(rng.integers(1, 4))
        for pane in range(panes):
            shift = (pane - (panes - 1) / 2) * across * 1.15
            where = (x + shift * np.cos(np.radians(turn)), y + shift * np.sin(np.radians(turn)))
            box = cv2.boxPoints((where, (across, along), turn))
            cv2.fillConvexPoly(canvas, np.int32(np.round(box)), (1.0,), cv2.LINE_AA)
    canvas = floats(cv2.GaussianBlur(canvas, (0, 0), max(size / shrink * scaled(rng, 0.02, 0.3), 0.6)))
    return resized(canvas, height, width, smooth=False)


def words(rng: np.random.Generator, height: int, width: int, size: float, share: float = 0.9) -> Paint:
    """A mask of lines of print, ``size`` pixels an em, covering about ``share`` of the lines."""
    canvas = Pictures.new("L", (width, height), 0)
    pen = ImageDraw.Draw(canvas)
    font = load(choose_face(rng, (Style.SANS, Style.SERIF)), int(size))
    step = size * between(rng, 1.3, 2.2)
    for row in range(int(height / step) + 1):
        if chance(rng, share):
            length = int(width / max(size, 4) * between(rng, 0.4, 1.0)) + 1
            text = "".join(WORDS[int(i)] for i in rng.integers(len(WORDS), size=min(length, 60)))
            pen.text((0, row * step), text, font=font, fill=255)
    return floats(np.asarray(canvas)) / floats(255)
