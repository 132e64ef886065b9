"""Random fields, ramps and the step from stored pixels to linear light."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from idcard_core.card import Image, Points

Float = NDArray[np.float32]
"""Single-precision values, of whatever shape the docstring at hand says."""

_CODES = np.arange(256, dtype=np.float64) / 255
_LINEAR = np.where(_CODES <= 0.04045, _CODES / 12.92, ((_CODES + 0.055) / 1.055) ** 2.4).astype(np.float32)
"""Linear light of each code of sRGB (IEC 61966-2-1)."""


def linear(picture: Image) -> Float:
    """Linear light, 0 to 1, of stored pixels."""
    return np.asarray(cv2.LUT(picture, _LINEAR), np.float32)


def single(values: ArrayLike) -> Float:
    """``values`` in single precision."""
    return np.asarray(values, np.float32)


def stored(values: Float) -> Image:
    """Pixels of values from 0 to 1, without any curve."""
    return np.asarray(cv2.convertScaleAbs(np.clip(values, 0, 1), alpha=255.0), np.uint8)


def smooth(rng: np.random.Generator, shape: tuple[int, int], cell: tuple[float, float]) -> Float:
    """A field (height, width) of about zero mean and unit spread that changes over ``cell`` (down, across) pixels."""
    rows, columns = (max(int(np.ceil(n / c)), 1) + 3 for n, c in zip(shape, cell, strict=True))
    coarse = rng.standard_normal((rows, columns), np.float32)
    matrix = np.array([[1 / cell[1], 0, rng.random() + 1], [0, 1 / cell[0], rng.random() + 1]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(coarse, matrix, shape[::-1], flags=flags, borderMode=cv2.BORDER_REFLECT), "f4")


def fractal(
    rng: np.random.Generator, shape: tuple[int, int], cell: tuple[float, float], octaves: int = 4, fall: float = 0.55
) -> Float:
    """A sum of smooth fields, each twice as fine as the last and ``fall`` times as strong."""
    total = np.zeros(shape, np.float32)
    for octave in range(octaves):
        size = (max(cell[0] / 2**octave, 1.0), max(cell[1] / 2**octave, 1.0))
        total += smooth(rng, shape, size) * fall**octave
    return total


def ramp(values: Float, width: float | Float) -> Float:
    """0 to 1 as ``values`` go from minus half of ``width`` to plus half, smoothly."""
    t = np.clip(values / width + 0.5, 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def colour(rng: np.random.Generator, hue: float, saturation: float, value: float, spread: float = 0.05) -> Float:
    """A BGR colour, 0 to 1, near a hue (0 to 1), saturation and value."""
    h, s, v = hue + rng.normal(0, spread), saturation + rng.normal(0, spread), value + rng.normal(0, spread)
    k = (np.array([1.0, 3.0, 5.0]) + (h % 1.0) * 6) % 6
    s, v = float(np.clip(s, 0, 1)), float(np.clip(v, 0.01, 1))
    return np.asarray(v - v * s * np.clip(np.minimum(k, 4 - k), 0, 1), np.float32)


def mapped(matrix: Float, points: Points) -> Points:
    """Points (n, 2) through a homography (3, 3)."""
    return np.asarray(cv2.perspectiveTransform(points[None].astype(np.float64), matrix)[0], np.float32)


def log_uniform(rng: np.random.Generator, low: float, high: float) -> float:
    """A number between the two, evenly by its logarithm."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))
