"""Printers and copiers: devices with fixed properties."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

INCH = 254.0
"""Card-frame units an inch."""


class Raster(str, Enum):
    """How tones are made of ink that is there or not."""

    DOTS = "dots"
    """Dots that grow with the tone, on a lattice at an angle of each ink's own: lasers and copiers."""
    LINES = "lines"
    ORDERED = "ordered"
    """Dots of one size, in the order of a small square matrix (Bayer 1973)."""
    SCATTERED = "scattered"
    """Dots of one size, scattered by error diffusion (Floyd and Steinberg 1976): ink jets."""
    CONTINUOUS = "continuous"
    """Dye sublimation, photographic paper."""


@dataclass(frozen=True, slots=True)
class Printer:
    """One device."""

    colour: bool
    raster: Raster
    dots_an_inch: int
    lines_an_inch: float
    """Of its lattice, for dots and lines."""
    turn: float
    """Radians by which all its lattices are turned."""
    strength: float
    """How much of the raster shows, 0 to 1: small and light drops, and smear, leave less."""
    contrast: float
    """Some copiers of black and white leave hardly a grey."""
    lightness: float
    """Grey levels added."""
    saturation: float
    balance: tuple[float, float, float]
    ink: float
    """Reflectance of its black."""
    black_share: float
    """How much of the grey in a colour its black ink prints."""
    off_register: tuple[tuple[float, float], ...]
    """Where each ink lands beside its place, units."""
    gain: float
    """Deviation, units, by which ink spreads on the paper."""
    scan_blur: float
    """Deviation, units, of what the scanner saw that the print was made from."""
    scan_sharpening: float
    mottle: float
    """Unevenness of inked areas."""
    specks: float
    streaks: float


def make_printer(number: int) -> Printer:
    """Device ``number``; the same number is the same device."""
    rng = np.random.default_rng([78, number])
    colour = bool(rng.random() < 0.6)
    kinds = [Raster.DOTS, Raster.DOTS, Raster.LINES, Raster.SCATTERED, Raster.SCATTERED, Raster.SCATTERED]
    raster = [*kinds, Raster.CONTINUOUS if colour else Raster.ORDERED, Raster.ORDERED][int(rng.integers(8))]
    scattered = raster in (Raster.SCATTERED, Raster.ORDERED)
    faithful = colour and rng.random() < 0.5
    spread = float(rng.choice([0.01, 0.04, 0.08])) if colour and not faithful else 0.01 * faithful
    blue, green, red = (1 + float(rng.normal(0, spread)) for _ in range(3))
    copier = not colour and rng.random() < 0.3
    apart = float(rng.choice([0.0, 0.3, 0.9]))
    return Printer(
        colour=colour,
        raster=raster,
        dots_an_inch=int(rng.choice([200, 300, 360, 600, 600, 720])) if scattered else 600,
        lines_an_inch=float(rng.uniform(65, 200)),
        turn=float(rng.uniform(0, np.pi)) if rng.random() < 0.3 else 0.0,
        strength=float(np.exp(rng.uniform(np.log(0.05), 0.0))) if scattered else float(rng.uniform(0.2, 1.0)),
        contrast=float(rng.uniform(1.8, 4.0) if copier else rng.uniform(0.85, 1.4) if not faithful else 1.0),
        lightness=float(rng.uniform(-15, 30) if not faithful else rng.uniform(-6, 6)),
        saturation=float(rng.uniform(0.6, 1.4) if not faithful else rng.uniform(0.85, 1.1)),
        balance=(blue, green, red),
        ink=float(rng.uniform(0.02, 0.15)),
        black_share=float(rng.uniform(0.2, 1.0)),
        off_register=tuple((float(rng.normal(0, apart)), float(rng.normal(0, apart))) for _ in range(4)),
        gain=float(rng.uniform(0.15, 0.9)),
        scan_blur=float(rng.uniform(0.3, 2.0)),
        scan_sharpening=float(rng.uniform(0, 1.5)) if rng.random() < 0.5 else 0.0,
        mottle=float(rng.uniform(0, 0.12)),
        specks=float(rng.uniform(0, 0.0004)) if rng.random() < 0.5 else 0.0,
        streaks=float(rng.uniform(0, 0.035)) if rng.random() < 0.4 else 0.0,
    )
