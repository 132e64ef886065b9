"""A flat picture as if printed: tones, a raster, streaks and specks, each by a formula of its own."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.brush import (
    Paint,
    between,
    blurred,
    chance,
    clouds,
    floats,
    image,
    paint,
    pick,
    scaled,
    spread,
)

_PRINTERS = 9107
_BAYER = floats(
    [[0, 32, 8, 40, 2, 34, 10, 42], [48, 16, 56, 24, 50, 18, 58, 26], [12, 44, 4, 36, 14, 46, 6, 38],
     [60, 28, 52, 20, 62, 30, 54, 22], [3, 35, 11, 43, 1, 33, 9, 41], [51, 19, 59, 27, 49, 17, 57, 25],
     [15, 47, 7, 39, 13, 45, 5, 37], [63, 31, 55, 23, 61, 29, 53, 21]]
) / 64  # fmt: skip
"""Thresholds of ordered dither (Bayer 1973)."""


@dataclass(frozen=True, slots=True)
class Printer:
    """What stays the same in all that one printer prints; ``pitch`` is its raster's, in millimetres."""

    colour: bool
    raster: str
    pitch: float
    angles: tuple[float, float, float, float]
    """Of the rasters of yellow, magenta, cyan and black, or black's last alone (radians)."""
    saturation: float
    contrast: float
    lightest: float
    darkest: float
    streaks: float
    mottle: float
    soft: float
    """Millimetres."""

    @classmethod
    def of(cls, number: int) -> Printer:
        """The printer of device ``number``."""
        rng = np.random.default_rng([_PRINTERS, number])
        colour = chance(rng, 0.55)
        start = between(rng, 0, np.pi / 2)
        steps = floats([0, 15, 75, 45]) if chance(rng, 0.7) else floats(rng.uniform(0, 90, 4))
        angles = start + np.radians(steps)
        return cls(
            colour,
            pick(rng, ("none", "dots", "lines", "ordered", "scattered"), (35, 30, 12, 8, 15)),
            scaled(rng, 0.12, 0.42),
            (float(angles[0]), float(angles[1]), float(angles[2]), float(angles[3])),
            scaled(rng, 0.35, 1.3),
            scaled(rng, 0.6, 2.2),
            between(rng, 0.8, 1.0),
            between(rng, 0.0, 0.3),
            pick(rng, (0.0, scaled(rng, 0.004, 0.06)), (5, 5)),
            scaled(rng, 0.002, 0.05),
            scaled(rng, 0.01, 0.12),
        )


def printed(rng: np.random.Generator, printer: Printer, flat: Image, unit: float) -> Image:
    """``flat``, ``unit`` pixels a millimetre, on paper; the same size."""
    picture = blurred(paint(flat), printer.soft * unit)
    height, width = picture.shape[:2]
    grey = floats(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))[..., None]
    picture = floats(grey + (picture - grey) * printer.saturation) if printer.colour else np.repeat(grey, 3, axis=2)
    contrast = printer.contrast * scaled(rng, 0.8, 1.25) * (1 if printer.colour else scaled(rng, 0.8, 2))
    middle = between(rng, 0.45, 0.75)
    picture = np.clip((picture - middle) * contrast + middle + between(rng, -0.05, 0.15), 0, 1)
    if not printer.colour and chance(rng, 0.15):  # hardly any tones
        edge = scaled(rng, 6, 30)
        picture = floats(np.clip((picture - between(rng, 0.45, 0.7)) * edge + 0.5, 0, 1))
    picture = floats(printer.darkest + picture * (printer.lightest - printer.darkest))
    if printer.raster != "none":
        picture = _rastered(rng, printer, picture, unit)
    if printer.streaks:
        rows = clouds(rng, height, 1, scaled(rng, 0.4, 8) * unit) * pick(rng, (0.0, 1.0))
        columns = clouds(rng, 1, width, scaled(rng, 0.4, 8) * unit) * pick(rng, (0.3, 1.0))
        picture = floats(picture + (rows + columns)[..., None] * floats(printer.streaks) * (1.05 - picture))
    picture = floats(picture + spread(clouds(rng, height, width, max(0.15 * unit, 1), 2)) * printer.mottle)
    if chance(rng, 0.25):
        specks = clouds(rng, height, width, max(0.12 * unit, 1)) > between(rng, 2.6, 3.6)
        picture = np.where(specks[..., None], floats(pick(rng, (0.1, 1.0))), picture)
    return image(floats(picture))


def _rastered(rng: np.random.Generator, printer: Printer, picture: Paint, unit: float) -> Paint:
    """Each tone, or each ink, as dots or lines that grow with it. Drawn finer than the picture, then shrunk."""
    height, width = picture.shape[:2]
    fine = float(np.clip(4 / (printer.pitch * unit), 1, np.sqrt(4e6 / (height * width)) if height * width < 4e6 else 1))
    large = floats(cv2.resize(picture, (int(width * fine), int(height * fine)), interpolation=cv2.INTER_LINEAR))
    tall, wide = large.shape[:2]
    pitch, hard = printer.pitch * unit * fine, between(rng, 2, 9)
    keep = between(rng, 0, 0.6)
    channels = []
    for channel in range(3 if printer.colour else 1):
        tone = large[..., channel]
        threshold = _threshold(rng, printer, printer.angles[channel if printer.colour else 3], pitch, (tall, wide))
        inked = np.clip((tone - threshold) * hard + 0.5, 0, 1)
        channels.append(floats(inked + (tone - inked) * keep))
    inked = cv2.merge(channels * (1 if printer.colour else 3))
    return floats(cv2.resize(inked, (width, height), interpolation=cv2.INTER_AREA))


def _threshold(rng: np.random.Generator, printer: Printer, angle: float, pitch: float, shape: tuple[int, int]) -> Paint:
    """What a tone must be above to be left white, 0 to 1."""
    tall, wide = shape
    if printer.raster == "scattered":
        return floats(np.clip(0.5 + clouds(rng, tall, wide, max(pitch * 0.35, 1)) * 0.28, 0.02, 0.98))
    if printer.raster == "ordered":
        cell = max(pitch / 4, 1)
        rows, columns = (np.arange(side) / cell for side in shape)
        return floats(_BAYER[rows.astype(int) % 8][:, columns.astype(int) % 8])
    y, x = np.arange(tall, dtype=np.float32)[:, None], np.arange(wide, dtype=np.float32)[None]
    turn = 2 * np.pi / pitch
    u = np.cos(turn * (x * np.cos(angle) + y * np.sin(angle)))
    if printer.raster == "lines":
        return floats(0.5 + 0.48 * u)
    return floats(0.5 + 0.24 * (u + np.cos(turn * (y * np.cos(angle) - x * np.sin(angle)))))
