"""Printers, copiers, photo labs and faxes: a picture as ink on paper.

Clustered dots are built as rational screens (two whole-number vectors span a cell), so that each printer's raster is a
small tile of thresholds; inkjets scatter their dots by high-passed noise; labs and dye printers have no raster.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.specimen.brush import Colour, Paint, between, chance, floats, hsv, pick, scaled
from idcard_core.specimen.snapshot.noise import fractal, grain

_SERIES = 88_417


@dataclass(frozen=True, slots=True, eq=False)
class Printer:
    """One device; ``density`` is dots of its raster a millimetre."""

    kind: str
    """laser_page, copier, colour_laser, inkjet, photo, fax."""
    density: float
    tiles: tuple[Paint, ...]
    """A tile of thresholds for each of cyan, magenta, yellow, black."""
    hard: float
    gain: float
    inks: tuple[Colour, ...]
    soft: float
    """Spread of ink, dots."""
    steep: float
    base: float
    """Haze that a copier lays on white."""
    speckle: float
    streak: float


def draw_printer(number: int) -> Printer:
    """The printer of that number."""
    rng = np.random.default_rng([_SERIES, number])
    kind = pick(rng, ["laser_page", "copier", "colour_laser", "inkjet", "photo", "fax"], [4, 4, 5, 4, 3, 0.6])
    inks = [hsv(rng.normal(h, 0.015), between(rng, 0.75, 0.98), between(rng, 0.8, 1)) for h in (0.53, 0.9, 0.155)]
    black = between(rng, 0.03, 0.28)
    spots = [(2, 1), (2, 2), (3, 1), (2, 3), (3, 3), (4, 1), (4, 2), (4, 4), (5, 1), (5, 3), (6, 1), (6, 4), (7, 2)]
    lines = chance(rng, 0.25)
    tiles = [_cells(*pick(rng, spots), lines) for _ in range(4)]
    if kind == "inkjet" or (kind in ("laser_page", "fax") and chance(rng, 0.35)):
        tiles = [_scatter(rng, between(rng, 0.6, 1.6)) for _ in range(4)]
    density = {"fax": 8.0, "inkjet": scaled(rng, 10, 18), "photo": 12.0}.get(kind, scaled(rng, 11.5, 18))
    return Printer(
        kind, density, tuple(tiles), scaled(rng, 2.5, 14), between(rng, 0.65, 1.15), (*inks, (black,) * 3),
        scaled(rng, 0.3, 1.3), between(rng, 0.9, 1.5), between(rng, 0, 0.05), scaled(rng, 0.004, 0.05),
        scaled(rng, 0.002, 0.03),
    )  # fmt: skip


def _equalised(spot: Paint) -> Paint:
    """Thresholds of even spread from the order of the spot function's values."""
    order = np.empty(spot.size, np.float32)
    order[np.argsort(spot, axis=None, kind="stable")] = (np.arange(spot.size) + 0.5) / spot.size
    return floats(order.reshape(spot.shape))


def _cells(a: int, b: int, lines: bool) -> Paint:
    area = a * a + b * b
    x, y = np.meshgrid(np.arange(area), np.arange(area))
    u, v = (a * x + b * y) / area + 0.13, (a * y - b * x) / area + 0.29
    return _equalised(floats(np.cos(2 * np.pi * u) + (0.15 if lines else 1) * np.cos(2 * np.pi * v)))


def _scatter(rng: np.random.Generator, size: float) -> Paint:
    noise = floats(cv2.GaussianBlur(grain(rng, 160, 160), (0, 0), size * 0.5, borderType=cv2.BORDER_REFLECT))
    return _equalised(noise - floats(cv2.GaussianBlur(noise, (0, 0), size * 1.3)))


def printed(rng: np.random.Generator, picture: Paint, printer: Printer) -> Paint:
    """The picture (``printer.density`` pixels a mm) as light that ink lets through: one is bare paper."""
    height, width = picture.shape[:2]
    steep, mono = printer.steep, printer.kind in ("laser_page", "copier", "fax")
    picture = (picture - floats(0.5)) * floats(steep) + floats(0.5 + 0.12 * (steep - 1))
    cmy = [1 - part for part in cv2.split(picture)[::-1]]
    if mono:
        parts, inks, tiles = (
            [1 - floats(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))],
            printer.inks[3:],
            printer.tiles[3:],
        )
    else:
        key = cv2.min(cv2.min(cmy[0], cmy[1]), cmy[2]) * floats(0.75)
        parts, inks, tiles = [floats(part - key) for part in cmy] + [floats(key)], printer.inks, printer.tiles
    levels = np.linspace(0, 1, 256)
    table = floats(np.clip(levels + printer.base * 0.5, 0, 1) ** printer.gain * (levels > 0.015))
    uneven = (
        1 + floats(printer.streak) * grain(rng, height, 1) + floats(printer.speckle) * fractal(rng, height, width, 0.5)
    )
    planes = [np.ones((height, width), np.float32) for _ in range(3)]
    for part, ink, tile in zip(parts, inks, tiles, strict=True):
        dense = floats(cv2.LUT(cv2.convertScaleAbs(np.maximum(part * uneven, 0), alpha=255), table))
        if printer.kind != "photo":
            rows = np.tile(tile, (-(-height // tile.shape[0]), -(-width // tile.shape[1])))[:height, :width]
            hard = floats(50.0 if printer.kind == "fax" else printer.hard)
            bare = dense <= 0
            dense = np.minimum(np.maximum((dense - rows) * hard + floats(0.5), 0), 1)
            dense[bare] = 0
        for plane, through in zip(planes, ink, strict=True):
            plane *= 1 - dense * floats(1 - through)
    result = floats(cv2.merge(planes))
    return floats(cv2.GaussianBlur(result, (0, 0), printer.soft)) if printer.soft > 0.35 else result
