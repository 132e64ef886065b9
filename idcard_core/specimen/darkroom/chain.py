"""What every stage of reproduction has: a tone curve, a modulation transfer and a spectrum of grain.

A plate is BGR uint8 in square-root coding of reflectance: ``code = 255 * sqrt(light)``. Laying one dye on another
multiplies codes, and averaging codes is Yule-Nielsen mixing with n = 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from idcard_core.card import Image

Plate = Image
"""BGR uint8 (height, width, 3), square-root coding."""
Light = NDArray[np.float32]
"""Linear light, 1 is white: (height, width, 3) or (height, width)."""
Code = tuple[float, float, float]
"""One colour in a plate's coding, BGR, 0 to 255."""
_SQUARES = (np.arange(256, dtype=np.float32) / 255) ** 2
_BINS = 32
"""Frequencies an axis at which a modulation transfer is sampled."""


def light_of(plate: Plate) -> Light:
    """Linear light of a plate."""
    return cast(Light, cv2.LUT(plate, _SQUARES))


@dataclass(frozen=True, slots=True)
class Tone:
    """A tone curve on codes: power, S-shape (0 straight to 1), and the ends it maps black and white to."""

    gamma: float = 1.0
    contrast: float = 0.0
    black: float = 0.0
    white: float = 1.0

    def table(self) -> Image:
        """The 256 entries of the curve."""
        x = (np.arange(256) / 255) ** self.gamma
        x = (1 - self.contrast) * x + self.contrast * x * x * (3 - 2 * x)
        return np.clip(255 * (self.black + (self.white - self.black) * x) + 0.5, 0, 255).astype(np.uint8)

    def apply(self, plate: Image) -> Image:
        """The plate through the curve."""
        return cast(Image, cv2.LUT(plate, self.table()))


@dataclass(frozen=True, slots=True)
class Mtf:
    """Modulation transfer of a stage; lengths in pixels."""

    sigma: float = 0.0
    """Gaussian part."""
    disk: float = 0.0
    """Radius of the circle of confusion."""
    smear: float = 0.0
    """Length of a straight motion."""
    angle: float = 0.0
    """Direction of the motion, radians."""
    halo: float = 0.0
    """Share of light that scatters widely within the stage."""

    def response(self) -> NDArray[np.complex128]:
        """The transfer at ``_BINS`` by ``_BINS`` frequencies in the order of the FFT."""
        f = np.fft.fftfreq(_BINS)
        fx, fy = f[None, :], f[:, None]
        square = fx**2 + fy**2
        answer = np.exp(-2 * np.pi**2 * self.sigma**2 * square) * np.sinc(
            self.smear * (fx * np.cos(self.angle) + fy * np.sin(self.angle))
        )
        answer = answer * (1 - self.halo + self.halo / (1 + 900 * square))
        if self.disk > 0.4:
            reach = np.hypot(fx * _BINS, fy * _BINS)
            spot = np.clip(self.disk + 0.5 - reach, 0, 1)
            answer = answer * np.fft.fft2(spot / spot.sum())
        return cast("NDArray[np.complex128]", answer.astype(np.complex128))

    def spread(self) -> NDArray[np.float64]:
        """The point spread function: odd square kernel that sums to one."""
        full = np.fft.fftshift(np.fft.ifft2(self.response()).real)
        reach = int(np.clip(np.ceil(2.6 * self.sigma + self.disk + self.smear / 2 + 5 * self.halo + 0.6), 1, 15))
        middle = _BINS // 2
        part = full[middle - reach : middle + reach + 1, middle - reach : middle + reach + 1]
        return cast("NDArray[np.float64]", part / part.sum())

    def apply(self, picture: Light) -> Light:
        """The picture through the transfer, as a sum of up to three separable filters."""
        left, size, right = np.linalg.svd(self.spread())
        total: Light | None = None
        for term in range(min(3, len(size))):
            if size[term] < 0.02 * size[0]:
                break
            down, across = left[:, term] * size[term], right[term]
            part = cast(Light, cv2.sepFilter2D(picture, cv2.CV_32F, across, down))
            total = part if total is None else total + part
        return picture if total is None else total


def grain(
    rng: np.random.Generator, shape: tuple[int, int], cell: float, steep: float = 2.0, stretch: float = 1.0
) -> Light:
    """Noise of spread one whose spectrum falls beyond one over ``cell`` pixels; ``stretch`` makes it long across."""
    edge = 384
    shrink = max(1.0, cell * max(stretch, 1) / 40)
    fy, fx = np.fft.fftfreq(edge)[:, None], np.fft.rfftfreq(edge)[None, :]
    reach = np.hypot(fy, fx * stretch) * (2 * cell / shrink)
    waves = np.fft.rfft2(rng.standard_normal((edge, edge), dtype=np.float32)) / (1 + reach**steep)
    waves[0, 0] = 0
    tile = np.fft.irfft2(waves, (edge, edge)).astype(np.float32)
    tile /= tile.std() + 1e-9
    if shrink > 1:
        tile = cast(Light, cv2.resize(tile, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_CUBIC))
    rows = (np.arange(shape[0]) + int(rng.integers(edge))) % tile.shape[0]
    columns = (np.arange(shape[1]) + int(rng.integers(edge))) % tile.shape[1]
    return cast(Light, tile[rows][:, columns])


def haze(rng: np.random.Generator, shape: tuple[int, int], cells: tuple[int, int]) -> Light:
    """Smooth noise of spread about one with ``cells`` blobs down and across."""
    grid = rng.standard_normal((cells[0] + 2, cells[1] + 2), dtype=np.float32)
    return cast(Light, cv2.resize(grid, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC))


def lay(under: Plate, upper: Plate, mask: MatLike) -> Plate:
    """``upper`` over ``under`` through a mask (height, width)."""
    cover = cv2.merge([mask, mask, mask])
    kept = cv2.multiply(under, cv2.bitwise_not(cover), scale=1 / 255)
    return cast(Plate, cv2.add(kept, cv2.multiply(upper, cover, scale=1 / 255)))


def shade(plate: Plate, field: Light) -> Plate:
    """The plate's codes times a field (height, width)."""
    return cast(Plate, cv2.multiply(plate, cv2.merge([field, field, field]), dtype=cv2.CV_8U))


def dyed(field: Light, low: Code, high: Code) -> Plate:
    """A field (0 to 1) as a plate from one colour to another."""
    ramp = np.linspace(0, 1, 256)[:, None] * (np.array(high) - np.array(low)) + np.array(low)
    steps = cv2.convertScaleAbs(np.clip(field, 0, 1), alpha=255)
    table = np.clip(ramp, 0, 255).astype(np.uint8).reshape(256, 1, 3)
    return cast(Plate, cv2.LUT(cv2.merge([steps, steps, steps]), table))
