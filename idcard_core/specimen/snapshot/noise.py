"""Fields of chance: spectral noise, grain and lamps, and the drawing of text with Pillow.

Pictures in the making ("paint") are BGR float32 0 to 1 in the coding of a display; scenes are in linear light.
"""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image as Pictures
from PIL import ImageDraw

from idcard_core.card import Image
from idcard_core.specimen.brush import Colour, Paint, between, chance, floats, scaled
from idcard_core.specimen.fonts import FontFace, face_for, load


def fractal(
    rng: np.random.Generator, height: int, width: int, slope: float = 1.2, stretch: tuple[float, float] = (1, 1)
) -> Paint:
    """Noise of spread one whose amplitude falls as frequency to the power -``slope``; ``stretch`` down, across."""
    edge = 384
    down = np.fft.fftfreq(edge)[:, None] * edge * stretch[0]
    across = np.fft.rfftfreq(edge)[None, :] * edge * stretch[1]
    weight = 1 / np.maximum(np.hypot(down, across), 1.0) ** slope
    weight[0, 0] = 0
    phases = np.exp(2j * np.pi * rng.random(weight.shape))
    field = floats(np.fft.irfft2(weight * phases, (edge, edge)))
    field /= field.std() + 1e-9
    return cast(Paint, cv2.resize(field, (width, height), interpolation=cv2.INTER_CUBIC))


def grain(rng: np.random.Generator, height: int, width: int, channels: int = 1) -> Paint:
    """White noise of spread one, (height, width[, channels]); a drawn patch repeated in shifted rows."""
    tall, wide = min(height, 443), min(width, 611)
    patch = rng.standard_normal((tall, wide, channels) if channels > 1 else (tall, wide), dtype=np.float32)
    rows = []
    for _ in range(-(-height // tall)):
        turned = np.roll(patch, int(rng.integers(wide)), axis=1)
        rows.append(np.concatenate([turned] * (-(-width // wide)), axis=1)[:, :width])
    return cast(Paint, np.ascontiguousarray(np.concatenate(rows)[:height]))


def grid(height: int, width: int) -> tuple[Paint, Paint]:
    """x and y of every pixel as full fields."""
    return cast(
        tuple[Paint, Paint], tuple(np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)))
    )


def wide(field: Paint, height: int, width: int) -> Paint:
    """A coarse field stretched to full size."""
    return cast(Paint, cv2.resize(field, (width, height), interpolation=cv2.INTER_LINEAR))


def lamp(rng: np.random.Generator, height: int, width: int) -> Paint:
    """A reflection or pool of light at an eighth of the size, 0 to 1: round, long, or a window with bars."""
    tall, broad = height // 8 + 2, width // 8 + 2
    field = np.zeros((tall, broad), np.float32)
    centre = (between(rng, -0.1, 1.1) * broad, between(rng, -0.1, 1.1) * tall)
    size, turn = scaled(rng, 0.05, 0.5) * broad, between(rng, 0, 180)
    kind = rng.random()
    if kind < 0.4:
        cv2.ellipse(field, (centre, (size, size * between(rng, 0.5, 1)), turn), (1.0,), -1, cv2.LINE_AA)
    elif kind < 0.65:
        box = cv2.boxPoints((centre, (size * 3, size * between(rng, 0.08, 0.3)), turn))
        cv2.fillConvexPoly(field, pixels(box), (1.0,), cv2.LINE_AA)
    else:
        box = cv2.boxPoints((centre, (size * 1.5, size), turn))
        cv2.fillConvexPoly(field, pixels(box), (1.0,), cv2.LINE_AA)
        if chance(rng, 0.6):
            for a, b in ((0, 2), (1, 3)) if chance(rng, 0.5) else ((0, 1),):
                first, last = (box[a] + box[(a + 1) % 4]) / 2, (box[b] + box[(b + 1) % 4]) / 2
                cv2.line(field, [int(v) for v in first], [int(v) for v in last], (0.0,), 2, cv2.LINE_AA)
    return floats(cv2.GaussianBlur(field, (0, 0), max(size * scaled(rng, 0.02, 0.6), 0.7)))


def coded(values: ArrayLike) -> Image:
    """A picture as bytes."""
    return np.asarray(values, np.uint8)


def pixels(points: ArrayLike) -> NDArray[np.int32]:
    """Points as whole pixels for OpenCV's polygons."""
    return np.asarray(points).astype(np.int32)


class Pen:
    """Writes and draws with Pillow on a BGR paint; ``done`` gives the paint back."""

    def __init__(self, under: Paint) -> None:
        self._picture = Pictures.fromarray(cv2.convertScaleAbs(under, alpha=255)[..., ::-1])
        self.draw = ImageDraw.Draw(self._picture)

    def write(self, at: tuple[float, float], text: str, look: tuple[FontFace, float, Colour], gap: float = 0) -> float:
        """Text from its left top corner in a face, a size in pixels and a colour; returns where it ends."""
        face, size, colour = look
        font = load(face_for(text, face), round(size))
        if gap == 0:
            self.draw.text(at, text, font=font, fill=ink(colour))
            return at[0] + font.getlength(text)
        x = at[0]
        for character in text:
            self.draw.text((x, at[1]), character, font=font, fill=ink(colour))
            x += font.getlength(character) + gap
        return x

    def done(self) -> Paint:
        """What was drawn, BGR 0 to 1."""
        return floats(np.asarray(self._picture)[..., ::-1]) / floats(255)


def ink(colour: Colour) -> tuple[int, int, int]:
    """A BGR colour 0 to 1 as Pillow's RGB bytes."""
    blue, green, red = (int(min(max(part, 0.0), 1.0) * 255) for part in colour)
    return red, green, blue
