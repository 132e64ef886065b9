"""Prints and photocopies of a card: tone curve, halftone, toner and paper.

Amplitude-modulated screens have dots that grow with the tone, on a lattice of so many lines an inch at an angle of each
ink's own; ink jets scatter dots of one size; a photocopier adds contrast, streaks and specks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.recapture.grid import Grid, Plane
from idcard_core.specimen.textures import smooth_noise

INCH = 254.0
"""Card-frame units an inch."""


class Raster(str, Enum):
    """How tones are made of ink that is there or not."""

    DOTS = "dots"
    LINES = "lines"
    SCATTERED = "scattered"
    CONTINUOUS = "continuous"
    """Dye sublimation, photographic paper."""


@dataclass(frozen=True, slots=True)
class Printer:
    """One device."""

    colour: bool
    raster: Raster
    lines_an_inch: float
    strength: float
    """How much of the raster shows, 0 to 1: the rest is smeared."""
    contrast: float
    """Some copiers of black and white leave hardly a grey."""
    lightness: float
    """Grey levels added."""
    saturation: float
    balance: tuple[float, float, float]
    ink: float
    """Reflectance of its black."""
    specks: float
    streaks: float
    bleed: float
    """Deviation, in card-frame units, by which ink spreads."""


def make_printer(number: int) -> Printer:
    """Device ``number``; the same number is the same device."""
    rng = np.random.default_rng([78, number])
    colour = bool(rng.random() < 0.5)
    raster = [Raster.DOTS, Raster.DOTS, Raster.LINES, Raster.SCATTERED, Raster.SCATTERED, Raster.CONTINUOUS][
        int(rng.integers(6))
    ]
    spread = 0.05 if colour else 0.0
    blue, green, red = (1 + float(rng.normal(0, spread)) for _ in range(3))
    plain = float(rng.uniform(1.0, 1.6)) if rng.random() < 0.75 else float(rng.uniform(1.8, 4.0))
    return Printer(
        colour=colour,
        raster=raster,
        lines_an_inch=float(rng.uniform(70, 212)),
        strength=float(rng.uniform(0.25, 0.9)),
        contrast=plain if not colour else float(rng.uniform(0.9, 1.35)),
        lightness=float(rng.uniform(-12, 34)),
        saturation=float(rng.uniform(0.55, 1.4)),
        balance=(blue, green, red),
        ink=float(rng.uniform(0.03, 0.2)),
        specks=float(rng.uniform(0, 0.0004)) if rng.random() < 0.5 else 0.0,
        streaks=float(rng.uniform(0, 0.035)) if rng.random() < 0.4 else 0.0,
        bleed=float(rng.uniform(0.3, 2.2)),
    )


def toned(image: Image, printer: Printer) -> Image:
    """``image`` in the printer's tones and colours, before any raster."""
    tone = image.astype(np.float32)
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.float32)[..., None]
    if printer.colour:
        tone = grey + (tone - grey) * np.float32(printer.saturation)
        tone *= np.array(printer.balance, np.float32)
    else:
        tone = np.repeat(grey, 3, axis=2)
    tone = (tone - 128) * np.float32(printer.contrast) + 128 + np.float32(printer.lightness)
    return np.asarray(tone.clip(0, 255), np.uint8)


def printed(
    rng: np.random.Generator, grid: Grid, printer: Printer, page: Image, place: tuple[tuple[float, float], float]
) -> Plane:
    """Reflectance (float32, linear, 0 to 1) on the grid of a ``page`` printed; ``place``: its top left and scale."""
    corner, scale = place
    flat = np.asarray(cv2.GaussianBlur(page, (0, 0), max(0.3, printer.bleed / scale)), np.uint8)
    tone: Plane = grid.seen(toned(flat, printer), corner, scale, border=1).astype(np.float32) / 255
    tone = _rastered(rng, grid, printer, tone)
    if printer.streaks:
        lanes = rng.normal(0, 1, (1, 160)).astype(np.float32)
        at = np.clip(((grid.u + 400) / 1700 * 160), 0, 159).astype(np.float32)
        tone += np.float32(printer.streaks) * cv2.remap(lanes, at, np.zeros_like(at), cv2.INTER_LINEAR)[..., None]
    if printer.specks:
        dots = (rng.random(tone.shape[:2], np.float32) < printer.specks).astype(np.float32)
        dots = cv2.GaussianBlur(dots, (0, 0), max(0.4, 0.8 / grid.units_a_pixel)) * np.float32(3)
        tone -= dots.clip(0, 0.8)[..., None]
    tone = tone.clip(0, 1) ** np.float32(2.2)
    return np.asarray(tone * np.float32(1 - printer.ink) + np.float32(printer.ink), np.float32)


def _rastered(rng: np.random.Generator, grid: Grid, printer: Printer, tone: Plane) -> Plane:
    if printer.raster is Raster.CONTINUOUS:
        return tone
    mean = tone if printer.colour else tone[:, :, :1]
    if printer.raster is Raster.SCATTERED:
        dot = INCH / (2.2 * printer.lines_an_inch)
        noise = rng.standard_normal(mean.shape, np.float32)
        share = min(1.0, dot / (grid.units_a_pixel * max(1.0, 2.5 * grid.blur)))
        soft = cv2.GaussianBlur(noise, (0, 0), max(0.35, 0.4 * dot / grid.units_a_pixel)).reshape(mean.shape)
        scattered = (
            soft / max(1e-6, float(soft.std())) * np.float32(share * 0.5) * np.sqrt(np.clip(mean * (1 - mean), 0, 1))
        )
        return np.asarray(tone + np.float32(printer.strength) * scattered, np.float32)
    frequency = printer.lines_an_inch / INCH
    angles = (0.262, 1.309, 0.785) if printer.colour else (0.785 if rng.random() < 0.7 else 0.0,)
    base = float(rng.uniform(0, np.pi)) if rng.random() < 0.3 else 0.0
    marks = []
    for channel, angle in enumerate(angles):
        spot = grid.waves(frequency, base + angle)
        if printer.raster is Raster.DOTS:
            spot = 0.5 * (spot + grid.waves(frequency, base + angle + np.pi / 2))
        level = mean[:, :, channel]
        # a threshold of the spot at the tone: its first harmonics are strongest in the middle tones
        marks.append(spot * 2 * np.sqrt(np.clip(level * (1 - level), 0, 1)))
    spots = np.stack([np.broadcast_to(mark, tone.shape[:2]) for mark in marks], axis=2)
    return np.asarray(tone + np.float32(0.6 * printer.strength) * spots, np.float32)


def paper(rng: np.random.Generator, size: tuple[int, int]) -> Plane:
    """Reflectance (height, width, 3), 0 to 1, of a sheet: nearly white, a little uneven, with a fold now and then."""
    width, height = size
    tint = np.array([float(rng.uniform(0.82, 0.97)) for _ in range(3)], np.float32)
    tint = tint.mean() + (tint - tint.mean()) * np.float32(0.35)
    uneven = smooth_noise(rng, size, (width / 3.0, height / 3.0)) * np.float32(0.03)
    uneven = uneven + smooth_noise(rng, size, (4, 4)) * np.float32(0.05)
    if rng.random() < 0.3:
        uneven = uneven + _fold(rng, size)
    return np.asarray(tint[None, None] * (0.96 + uneven[..., None]), np.float32)


def _fold(rng: np.random.Generator, size: tuple[int, int]) -> Plane:
    angle, offset = float(rng.uniform(0, np.pi)), float(rng.uniform(0.25, 0.75))
    x = np.linspace(-0.5, 0.5, size[0], dtype=np.float32)[None]
    y = np.linspace(-0.5, 0.5, size[1], dtype=np.float32)[:, None]
    away = x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle)) - np.float32(offset - 0.5)
    return np.asarray(
        np.float32(rng.uniform(0.02, 0.08)) * np.tanh(away * 60) - 0.1 * np.exp(-((away * 150) ** 2)), np.float32
    )
