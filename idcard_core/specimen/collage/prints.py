"""A flat picture as if printed: tones, inks, streaks, specks and the relief of paper, each by a formula of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
from idcard_core.specimen.collage.rasters import Raster, rastered

_PRINTERS = 9107


@dataclass(frozen=True, slots=True)
class Printer:
    """What stays the same in all that one printer prints; ``pitch`` is its raster's, in millimetres."""

    colour: bool
    raster: Raster | None
    saturation: float
    contrast: float
    lightest: float
    darkest: float
    streaks: float
    mottle: float
    soft: float
    """Millimetres."""
    stray: float
    """How much toner falls beside what is dark."""
    relief: float
    """How much the paper's fibres shade it."""
    fibres: tuple[float, float]
    """Millimetres down and across; those of laid paper are long."""
    apart: float
    """Millimetres that the inks are off each other."""

    @classmethod
    def of(cls, number: int) -> Printer:
        """The printer of device ``number``."""
        rng = np.random.default_rng([_PRINTERS, number])
        colour = chance(rng, 0.55)
        return cls(
            colour,
            Raster.of(rng) if chance(rng, 0.75) else None,
            scaled(rng, 0.35, 1.3),
            scaled(rng, 0.6, 2.2),
            between(rng, 0.8, 1.0),
            between(rng, 0.0, 0.3),
            pick(rng, (0.0, scaled(rng, 0.004, 0.06)), (5, 5)),
            scaled(rng, 0.002, 0.05),
            scaled(rng, 0.01, 0.12),
            pick(rng, (0.0, scaled(rng, 0.02, 0.4)), (7, 3)),
            pick(rng, (0.0, scaled(rng, 0.004, 0.05)), (4, 6)),
            (scaled(rng, 0.04, 0.5), scaled(rng, 0.04, 0.5)),
            pick(rng, (0.0, scaled(rng, 0.02, 0.2)), (7, 3)),
        )

    def dulled(self, rng: np.random.Generator) -> Printer:
        """As one of those in colours whose raster no camera sees: soft, and paler than what was copied."""
        return replace(
            self,
            colour=True,
            raster=None,
            saturation=scaled(rng, 0.3, 1.0),
            contrast=scaled(rng, 0.8, 1.2),
            lightest=between(rng, 0.82, 1.0),
            darkest=between(rng, 0.05, 0.4),
            mottle=scaled(rng, 0.001, 0.02),
            soft=scaled(rng, 0.02, 0.2),
            stray=0.0,
            apart=0.0,
        )


def printed(rng: np.random.Generator, printer: Printer, flat: Image, unit: float) -> Image:
    """``flat``, ``unit`` pixels a millimetre, on paper; the same size."""
    picture = blurred(paint(flat), printer.soft * unit)
    height, width = picture.shape[:2]
    grey = floats(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))[..., None]
    picture = floats(grey + (picture - grey) * printer.saturation) if printer.colour else np.repeat(grey, 3, axis=2)
    light = float(np.percentile(np.append(grey[::4, ::4][grey[::4, ::4] < 0.97], 0.97), 90))
    if light < 0.6:  # copiers expose by the lightest that lies on them
        picture = floats(picture * (between(rng, 0.65, 0.9) / max(light, 0.05)))
    contrast = printer.contrast * scaled(rng, 0.8, 1.25) * (1 if printer.colour else scaled(rng, 0.8, 2))
    middle = between(rng, 0.45, 0.75)
    picture = np.clip((picture - middle) * contrast + middle + between(rng, -0.05, 0.15), 0, 1)
    if not printer.colour and chance(rng, 0.15):  # hardly any tones
        edge = scaled(rng, 6, 30)
        picture = floats(np.clip((picture - between(rng, 0.45, 0.7)) * edge + 0.5, 0, 1))
    picture = floats(printer.darkest + picture * (printer.lightest - printer.darkest))
    if printer.raster:
        picture = rastered(rng, printer.raster, picture, unit, printer.colour)
    if printer.colour and printer.apart:
        picture = _misregistered(rng, picture, printer.apart * unit)
    if printer.streaks:
        rows = clouds(rng, height, 1, scaled(rng, 0.4, 8) * unit) * pick(rng, (0.0, 1.0))
        columns = clouds(rng, 1, width, scaled(rng, 0.4, 8) * unit) * pick(rng, (0.3, 1.0))
        picture = floats(picture + (rows + columns)[..., None] * floats(printer.streaks) * (1.05 - picture))
    picture = floats(picture + spread(clouds(rng, height, width, max(0.15 * unit, 1), 2)) * printer.mottle)
    if printer.stray:
        dust = np.clip(clouds(rng, height, width, max(0.06 * unit, 1)) - 1.2, 0, 1)
        dark = 1 - floats(cv2.cvtColor(blurred(picture, 0.4 * unit), cv2.COLOR_BGR2GRAY))
        picture = picture * (1 - spread(floats(dust * dark)) * floats(min(printer.stray * 3, 1)))
    if printer.relief:
        down, across = printer.fibres
        shade = clouds(rng, height, width, (max(down * unit, 1), max(across * unit, 1)), 2)
        picture = floats(picture * (1 + spread(shade) * floats(printer.relief)))
    if chance(rng, 0.25):
        specks = clouds(rng, height, width, max(0.12 * unit, 1)) > between(rng, 2.6, 3.6)
        picture = np.where(specks[..., None], floats(pick(rng, (0.1, 1.0))), picture)
    return image(floats(picture))


def _misregistered(rng: np.random.Generator, picture: Paint, most: float) -> Paint:
    """Each ink up to ``most`` pixels off."""
    height, width = picture.shape[:2]
    inks = []
    for ink in cv2.split(picture):
        off = floats([[1, 0, between(rng, -most, most)], [0, 1, between(rng, -most, most)]])
        inks.append(cv2.warpAffine(ink, off, (width, height), borderMode=cv2.BORDER_REPLICATE))
    return floats(cv2.merge(inks))
