"""How a print gives tones: by dots, lines or droplets of ink, of one ink or of several."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import cv2
import numpy as np

from idcard_core.specimen.brush import Paint, between, chance, clouds, floats, pick, scaled

_BAYER = floats(
    [[0, 32, 8, 40, 2, 34, 10, 42], [48, 16, 56, 24, 50, 18, 58, 26], [12, 44, 4, 36, 14, 46, 6, 38],
     [60, 28, 52, 20, 62, 30, 54, 22], [3, 35, 11, 43, 1, 33, 9, 41], [51, 19, 59, 27, 49, 17, 57, 25],
     [15, 47, 7, 39, 13, 45, 5, 37], [63, 31, 55, 23, 61, 29, 53, 21]]
) / 64  # fmt: skip
"""Thresholds of ordered dither (Bayer 1973)."""
KINDS = ("dots", "ellipses", "diamonds", "lines", "ordered", "scattered", "droplets")
_SPOTS = {"dots": (0.24, 0.24), "ellipses": (0.34, 0.14), "lines": (0.48, 0.0)}
"""How much a threshold changes along and across a raster's angle."""
_MOST = 4e6
"""Pixels that a raster is drawn with at most."""


@dataclass(frozen=True, slots=True)
class Raster:
    """What stays the same in all that one printer prints."""

    kind: str
    pitch: float
    """Millimetres."""
    angles: tuple[float, float, float, float]
    """Of the rasters of yellow, magenta, cyan and black (radians)."""
    black: float
    """How much of what all three inks have in common is printed in black instead."""
    uneven: float
    """How far lines and dots stray, as a share of the pitch."""

    @classmethod
    def of(cls, rng: np.random.Generator) -> Raster:
        """One of any printer's."""
        start = between(rng, 0, np.pi / 2)
        steps = floats([0, 15, 75, 45]) if chance(rng, 0.7) else floats(rng.uniform(0, 90, 4))
        angles = start + np.radians(steps)
        kind = pick(rng, KINDS, (20, 10, 8, 14, 8, 12, 28))
        return cls(
            kind,
            scaled(rng, 0.03, 0.16) if kind == "droplets" else scaled(rng, 0.1, 0.42),
            (float(angles[0]), float(angles[1]), float(angles[2]), float(angles[3])),
            pick(rng, (0.0, between(rng, 0.3, 1.0)), (5, 5)),
            pick(rng, (0.0, scaled(rng, 0.05, 0.5)), (6, 4)),
        )

    def threshold(self, rng: np.random.Generator, angle: float, pitch: float, shape: tuple[int, int]) -> Paint:
        """What a tone (0 to 1) must be above to be left white, of a picture whose ``pitch`` is in pixels."""
        tall, wide = shape
        if self.kind == "scattered":
            return floats(np.clip(0.5 + clouds(rng, tall, wide, max(pitch * 0.35, 1)) * 0.28, 0.02, 0.98))
        if self.kind == "droplets":
            return _droplets(rng, max(pitch, 1), shape)
        if self.kind == "ordered":
            cell = max(pitch / 4, 1)
            rows, columns = (np.arange(side) / cell for side in shape)
            return floats(_BAYER[rows.astype(int) % 8][:, columns.astype(int) % 8])
        y, x = np.arange(tall, dtype=np.float32)[:, None], np.arange(wide, dtype=np.float32)[None]
        turn = 2 * np.pi / pitch
        along = turn * (x * np.cos(angle) + y * np.sin(angle))
        across = turn * (y * np.cos(angle) - x * np.sin(angle))
        if self.uneven:
            along = along + clouds(rng, tall, wide, pitch * 1.5) * floats(self.uneven)
        if self.kind == "diamonds":
            folded = [np.abs((phase / (2 * np.pi)) % 1 - 0.5) for phase in (along, across)]
            return floats(np.clip(folded[0] + folded[1], 0.02, 0.98))
        first, second = _SPOTS[self.kind]
        return floats(0.5 + first * np.cos(along) + second * np.cos(across))


def _droplets(rng: np.random.Generator, cell: float, shape: tuple[int, int]) -> Paint:
    """Thresholds without low frequencies, as error diffusion has (blue noise: Ulichney 1988): white noise less what is
    left of it when it is blurred, its values evenly spread; ``cell`` pixels a droplet."""
    tall, wide = (int(side / cell) + 2 for side in shape)
    noise = rng.standard_normal((tall, wide), dtype=np.float32)
    noise = noise - floats(cv2.GaussianBlur(noise, (0, 0), between(rng, 0.8, 1.6)))
    steps = np.linspace(-3, 3, 1024)
    evenly = np.array([NormalDist().cdf(step) for step in steps])
    even = floats(np.interp(noise / max(float(noise.std()), 1e-3), steps, evenly))
    return floats(cv2.resize(even, shape[::-1], interpolation=cv2.INTER_NEAREST))


def rastered(rng: np.random.Generator, raster: Raster, picture: Paint, unit: float, colour: bool) -> Paint:
    """Each tone of ``picture``, ``unit`` pixels a millimetre, or each ink of a ``colour`` one, as dots, lines or
    droplets that grow with it. Drawn finer than the picture, then shrunk."""
    height, width = picture.shape[:2]
    finest = max(float(np.sqrt(_MOST / (height * width))), 1)
    fine = float(np.clip((2 if raster.kind == "droplets" else 4) / (raster.pitch * unit), 1, finest))
    large = floats(cv2.resize(picture, (int(width * fine), int(height * fine)), interpolation=cv2.INTER_LINEAR))
    pitch, hard, keep = raster.pitch * unit * fine, between(rng, 2, 9), between(rng, 0, 0.6)

    def inked(tone: Paint, angle: float) -> Paint:
        sharp = np.clip((tone - raster.threshold(rng, angle, pitch, tone.shape[:2])) * hard + 0.5, 0, 1)
        return floats(sharp + (tone - sharp) * keep)

    if not colour:
        whole = inked(large[..., 0], raster.angles[3])
        large = floats(cv2.merge([whole] * 3))
    else:
        black = floats(1 - (1 - large.max(axis=2)) * raster.black)  # its tone: 1 where there is none
        inks = [
            inked(floats(np.clip(large[..., n] / np.maximum(black, 1e-3), 0, 1)), raster.angles[n]) for n in range(3)
        ]
        if raster.black:
            black = inked(black, raster.angles[3])
            inks = [floats(ink * black) for ink in inks]
        large = floats(cv2.merge(inks))
    return floats(cv2.resize(large, (width, height), interpolation=cv2.INTER_AREA))
