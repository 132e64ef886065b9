"""Screens that show a card: the grid of coloured subpixels, the glow, the frame around it and what it reflects.

A screen is a device with fixed properties; a picture taken of it differs by distance, angle and light. Subpixel
layouts: RGB stripes of LCDs, the two diamond lattices of PenTile OLEDs (green at every pixel, red and blue at every
other one), vertical stripes of some tablets. The light of one colour is its mean times one plus a few cosines.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME, Image
from idcard_core.specimen.recapture.grid import Grid, Plane


class Subpixels(str, Enum):
    """How the coloured parts of a pixel lie."""

    STRIPES = "stripes"
    UPRIGHT_STRIPES = "upright_stripes"
    DIAMOND = "diamond"
    DELTA = "delta"


@dataclass(frozen=True, slots=True)
class Screen:
    """One device."""

    subpixels: Subpixels
    across: float
    """Its pixels over the width of the card that it shows."""
    depth: float
    """How dark the gaps between its subpixels are, 0 to 1."""
    gamma: float
    white: tuple[float, float, float]
    """Blue, green and red of its white."""
    black: float
    """Light it gives where it shows black, as a share of its white."""
    phone: bool
    """It is held upright and ends close to the card; its frame is in the picture."""
    glossy: float
    """Share of the room's light it reflects."""
    flicker: float
    """Depth of the bands that dimming by pulses leaves in a rolling shutter's picture."""


def make_screen(number: int) -> Screen:
    """Device ``number``; the same number is the same device."""
    rng = np.random.default_rng([77, number])
    phone = bool(rng.random() < 0.5)
    kinds = [Subpixels.DIAMOND, Subpixels.STRIPES] if phone else [*Subpixels, Subpixels.STRIPES, Subpixels.STRIPES]
    kind = kinds[int(rng.integers(len(kinds)))]
    across = float(rng.uniform(620, 1500)) if phone else float(np.exp(rng.uniform(np.log(380), np.log(1600))))
    blue = float(rng.uniform(1.0, 1.2))
    return Screen(
        subpixels=kind,
        across=across,
        depth=float(rng.uniform(0.5, 1.0)),
        gamma=float(rng.uniform(2.0, 2.5)),
        white=(blue, 1.0, float(rng.uniform(0.85, 1.0)) if rng.random() < 0.8 else 1.05),
        black=0.0 if kind is Subpixels.DIAMOND else float(rng.uniform(0.001, 0.012)),
        phone=phone,
        glossy=float(rng.uniform(0.0, 0.06)),
        flicker=float(rng.uniform(0, 0.12)) if rng.random() < 0.3 else 0.0,
    )


def subpixel_light(grid: Grid, screen: Screen, phase: tuple[float, float]) -> tuple[Plane, Plane, Plane]:
    """How bright blue, green and red subpixels are at each pixel of the camera, about 1 in the mean."""
    f, (x, y) = screen.across / CARD_FRAME[0], phase
    depth, turns = np.float32(screen.depth), [k * 2 * np.pi / 3 for k in (1, 0, -1)]
    along, down = 0.0, np.pi / 2
    if screen.subpixels is Subpixels.UPRIGHT_STRIPES:
        along, down = down, along
    if screen.subpixels in (Subpixels.STRIPES, Subpixels.UPRIGHT_STRIPES):
        rows = 1 + np.float32(0.45) * depth * grid.waves(f, down, y)
        # a stripe covers a third of the pixel: the first two cosines of a box of that width
        stripes = [1.65 * grid.waves(f, along, x + t) + 0.8 * grid.waves(2 * f, along, 2 * (x + t)) for t in turns]
        return _lights([(1 + depth * stripe) * rows for stripe in stripes])
    if screen.subpixels is Subpixels.DIAMOND:
        half, quarter = f / np.sqrt(2), np.pi / 4
        green = 0.7 * grid.waves(f, 0.0, x) + 0.7 * grid.waves(f, np.pi / 2, y)
        red = 0.9 * grid.waves(half, quarter, x) + 0.9 * grid.waves(half, -quarter, y)
        blue = 0.9 * grid.waves(half, quarter, x + np.pi) + 0.9 * grid.waves(half, -quarter, y + np.pi)
        return _lights([1 + depth * part for part in (blue, green, red)])
    return _lights([1 + depth * (grid.waves(f, 0.0, x + t) + 0.7 * grid.waves(f, np.pi / 3, y - t)) for t in turns])


def _lights(parts: list[Plane]) -> tuple[Plane, Plane, Plane]:
    blue, green, red = (np.asarray(np.maximum(part, 0), np.float32) for part in parts)
    return blue, green, red


def interference(rng: np.random.Generator, size: tuple[int, int]) -> Plane:
    """Fringes of a camera's grid against a screen's, drawn as such (float32, about 1).

    Beside the fringes that come by themselves: most pictures were shrunk after the sensor had seen the screen, and no
    simulated lens is every lens. Two lattices beat in two directions; as the subpixels of each colour lie a third of a
    pixel further on, so do the fringes of each colour, in one direction. Lenses and leaning screens bend them.
    """
    x = np.linspace(-0.5, 0.5, size[0], dtype=np.float32)[None] * np.float32(size[0])
    y = np.linspace(-0.5, 0.5, size[1], dtype=np.float32)[:, None] * np.float32(size[1])
    total = np.ones((size[1], size[0], 3), np.float32)
    depth = float(np.exp(rng.uniform(np.log(0.015), np.log(0.45))))
    apart = float(rng.choice([0.0, 2.1, 2.1, -2.1]))
    for number in range(int(rng.integers(1, 4))):
        period, angle = float(np.exp(rng.uniform(np.log(2.1), np.log(120)))), float(rng.uniform(0, np.pi))
        bend, lean = float(rng.normal(0, 0.25)) / max(size), float(rng.normal(0, 0.3)) / max(size)
        along = x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle))
        across = y * np.float32(np.cos(angle)) - x * np.float32(np.sin(angle))
        way = along + np.float32(bend) * across * across + np.float32(lean) * along * across
        phase = np.float32(2 * np.pi / period) * way
        shift = apart if number == 0 else 0.0
        share = np.float32(depth * (1.0 if number == 0 else rng.uniform(0.2, 1.0)))
        for channel in range(3):
            total[:, :, channel] *= 1 + share * np.cos(phase + np.float32(channel * shift))
    return total


def lit_screen(
    rng: np.random.Generator, grid: Grid, screen: Screen, shown: Image, corner: tuple[float, float]
) -> Plane:
    """Light (float32, linear, 1 is white) of the screen on the grid.

    ``shown`` has the screen's own pixels; ``corner`` is where its top left stands, in card-frame units.
    """
    seen = grid.seen(shown, corner, CARD_FRAME[0] / screen.across, border=1)
    curve = (np.arange(256, dtype=np.float32) / 255) ** np.float32(screen.gamma)
    curve = curve * np.float32(1 - screen.black) + np.float32(screen.black)
    light: Plane = np.asarray(cv2.LUT(seen, curve), np.float32)
    masks = subpixel_light(grid, screen, (float(rng.uniform(0, 6.3)), float(rng.uniform(0, 6.3))))
    for channel, (mask, white) in enumerate(zip(masks, screen.white, strict=True)):
        light[:, :, channel] = light[:, :, channel] * mask * np.float32(white)
    if screen.flicker:
        rows = np.arange(light.shape[0], dtype=np.float32)[:, None, None]
        period = float(rng.uniform(0.08, 0.6)) * light.shape[0]
        light = light * (
            1
            + np.float32(screen.flicker) * np.sin(rows * np.float32(2 * np.pi / period) + np.float32(rng.uniform(0, 6)))
        )
    return light
