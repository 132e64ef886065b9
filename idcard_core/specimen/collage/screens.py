"""What stands on a display, and how a picture of it looks.

A grid of subpixels is read out pixel by pixel, so that it beats with the picture's own; fringes, tints, bands and
reflections are laid over it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import CARD_MM, Image
from idcard_core.specimen.brush import (
    Paint,
    between,
    blob,
    blurred,
    bytes_of,
    chance,
    clouds,
    floats,
    hsv,
    image,
    over,
    paint,
    pick,
    rounded,
    scaled,
    spread,
)
from idcard_core.specimen.collage.framing import Framing, Layer, plane_of
from idcard_core.specimen.interfaces import interface
from idcard_core.specimen.plane import at

_SCREENS = 9109
_CELL = 32
"""Pixels a side of the tile that holds one screen pixel."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What stays the same on one display."""

    lattice: str
    pitch: float
    """Of its pixels, in millimetres of a card shown at 85.6 mm."""
    gap: float
    tint: tuple[float, float, float]
    black: float
    gloss: float
    body: tuple[float, float, float]
    bezel: float
    """Millimetres of the same."""
    chequered: bool
    """Whether the pixels that it shows stand out as squares."""
    number: int

    @classmethod
    def of(cls, number: int) -> Screen:
        """The display of device ``number``."""
        rng = np.random.default_rng([_SCREENS, number])
        tint = np.exp(rng.normal([0.05, 0, -0.03], 0.06))
        return cls(
            pick(rng, ("stripes", "columns", "pentile", "delta", "mesh", "waves"), (40, 8, 20, 8, 10, 14)),
            CARD_MM[0] / scaled(rng, 300, 1500),
            between(rng, 0.05, 0.35),
            (float(tint[0]), float(tint[1]), float(tint[2])),
            scaled(rng, 0.003, 0.12),
            scaled(rng, 0.05, 0.7),
            hsv(rng.random(), between(rng, 0, 0.3), pick(rng, (0.04, between(rng, 0.05, 0.3), 0.9), (6, 3, 1))),
            scaled(rng, 0.8, 14),
            chance(rng, 0.35),
            number,
        )

    def tile(self) -> Paint:
        """One pixel of it: how much of each colour shines where (BGR, mean 1)."""
        rows, columns = np.mgrid[0:_CELL, 0:_CELL] / _CELL
        if self.lattice == "columns":
            rows, columns = columns, rows
        if self.lattice == "waves":
            return self._waves()
        lit = np.zeros((_CELL, _CELL, 3), np.float32)
        if self.lattice == "mesh":  # dark lines between rows, or between all pixels, of one colour
            lit[:] = (np.abs(rows - 0.5) < 0.5 - self.gap / 2)[..., None]
            if self.number % 2:
                lit *= (np.abs(columns - 0.5) < 0.5 - self.gap / 2)[..., None]
            return _even(lit)
        for channel, place in enumerate((5 / 6, 1 / 2, 1 / 6)):
            if self.lattice == "pentile":
                x, y = ((0.25, 0.25), (0.75, 0.5), (0.25, 0.75))[channel]
                away = np.hypot((columns - x + 0.5) % 1 - 0.5, (rows - y + 0.5) % 1 - 0.5)
                lit[..., channel] = away < 0.3 - 0.3 * self.gap
                continue
            shift = 0.5 if self.lattice == "delta" else 0.0
            x = (columns + shift * (rows > 0.5) - place + 0.5) % 1 - 0.5
            lit[..., channel] = (np.abs(x) < (1 - self.gap) / 6) & (np.abs(rows * 2 % 1 - 0.5) < 0.5 - self.gap * 0.3)
        return _even(lit)

    def _waves(self) -> Paint:
        """A few waves along and across, those of each colour its own or alike."""
        rng = np.random.default_rng([_SCREENS, self.number, 1])
        rows, columns = np.mgrid[0:_CELL, 0:_CELL] * (2 * np.pi / _CELL)
        lit = np.ones((_CELL, _CELL, 3), np.float32)
        for _ in range(int(rng.integers(1, 4))):
            along, across = pick(rng, ((1, 0), (0, 1), (1, 1), (1, -1), (2, 0), (0, 2), (2, 1)), (6, 3, 2, 2, 2, 1, 1))
            phase, strength = rng.uniform(0, 2 * np.pi, 3), scaled(rng, 0.1, 0.8)
            if chance(rng, 0.4):
                phase[:] = phase[0]
            lit += floats(np.cos(columns[..., None] * along + rows[..., None] * across + phase) * strength)
        return _even(np.clip(lit, 0, None))


def _even(lit: Paint) -> Paint:
    """A tile a little blurred, its mean 1."""
    lit = floats(cv2.blur(np.tile(lit, (3, 3, 1)), (5, 5)))[_CELL : 2 * _CELL, _CELL : 2 * _CELL]
    return floats(lit / np.maximum(lit.mean(axis=(0, 1)), 1e-3))


def display(rng: np.random.Generator, number: int, shown: Layer, unit: float) -> tuple[tuple[Layer, Layer], Screen]:
    """The display of device ``number`` with ``shown`` on it: its body and its face, and the screen."""
    screen = Screen.of(number)
    box = at(floats([[0, 0], [shown.picture.shape[1], shown.picture.shape[0]]]), shown.to_plane)
    size = box[1] - box[0]
    edges = rng.uniform(0.5, 8, 4) * (rng.random(4) < 0.4) + np.exp(rng.uniform(np.log(2), np.log(60), 4)) * (
        rng.random(4) < 0.6
    )
    if chance(rng, 0.3):  # filled from one side to the other
        edges[:2] = 0
    left, right, top, bottom = (float(edge) for edge in edges)
    wide, tall = float(size[0]) + left + right, float(size[1]) + top + bottom
    fine = min(unit, 1500 / max(wide, tall))
    canvas = interface(rng, max(int(tall * fine), 8), max(int(wide * fine), 8), CARD_MM[0] * fine)
    _put(canvas, shown, (int(left * fine), int(top * fine)), fine)
    height, width = canvas.shape[:2]
    if screen.chequered and screen.pitch * fine > 0.7:
        across = (max(int(width / (screen.pitch * fine)), 8), max(int(height / (screen.pitch * fine)), 8))
        coarse = cv2.resize(canvas, across, interpolation=pick(rng, (cv2.INTER_AREA, cv2.INTER_LINEAR)))
        canvas = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_NEAREST), np.uint8)
    place = plane_of(fine, float(box[0, 0]) - left, float(box[0, 1]) - top)
    round_by = pick(rng, (0.6, scaled(rng, 1, 12))) * fine
    edge = max(int(screen.bezel * fine), 1)
    body = np.empty((height + 2 * edge, width + 2 * edge, 3), np.uint8)
    body[:] = bytes_of(screen.body)
    outer = rounded(height + 2 * edge, width + 2 * edge, round_by + edge)
    under = Layer(body, outer, place @ np.array([[1, 0, -edge], [0, 1, -edge], [0, 0, 1.0]]))
    return (under, Layer(canvas, rounded(height, width, round_by), place)), screen


def _put(canvas: Image, shown: Layer, corner: tuple[int, int], fine: float) -> None:
    """``shown`` on ``canvas``, its top left in ``corner``, ``fine`` pixels a millimetre; in place."""
    scale = fine / shown.unit
    size = (max(int(shown.picture.shape[1] * scale), 4), max(int(shown.picture.shape[0] * scale), 4))
    x, y = corner
    part = canvas[y : y + size[1], x : x + size[0]]
    small = paint(np.asarray(cv2.resize(shown.picture, size, interpolation=cv2.INTER_AREA), np.uint8))
    veil = spread(floats(cv2.resize(shown.mask, size, interpolation=cv2.INTER_AREA)))
    height, width = part.shape[:2]
    part[:] = image(over(paint(part), small[:height, :width], veil[:height, :width, 0]))


def shining(rng: np.random.Generator, screen: Screen, scene: Paint, framing: Framing, soft: float) -> Paint:
    """``scene``, of a display, as a camera sees it whose lens blurs by ``soft`` pixels."""
    height, width = scene.shape[:2]
    seen = scene * (1 - screen.black) + screen.black
    seen = seen * floats(screen.tint)
    deep = pick(rng, (0.0, between(rng, 0.1, 0.5), between(rng, 0.4, 1)), (2, 4, 4))
    if deep:
        seen = seen * (1 + (_grid(rng, screen, framing, soft) - 1) * floats(deep))
    if chance(rng, 0.45):
        seen = seen * (1 + _fringes(rng, height, width))
    if chance(rng, 0.15):  # of a shutter and a lamp that flicker
        bands = np.sin(np.arange(height) / scaled(rng, 15, 400) * 6.28 + between(rng, 0, 6)) * scaled(rng, 0.02, 0.2)
        seen = seen * (1 + floats(bands)[:, None, None])
    if chance(rng, 0.6):
        seen = seen * (1 + clouds(rng, height, width, max(height, width) * 0.5)[..., None] * floats(0.06))
    if chance(rng, 0.2 + 0.6 * screen.gloss):
        for _ in range(int(rng.integers(1, 3))):
            where = (between(rng, 0, width), between(rng, 0, height))
            spot = blob(rng, height, width, where, scaled(rng, 0.1, 1) * width)
            seen = seen + spread(spot) * floats(hsv(rng.random(), 0.2, 1)) * scaled(rng, 0.03, 0.5)
    if chance(rng, 0.4):
        seen = blurred(floats(seen), scaled(rng, 0.01, 0.03) * width) * 0.12 + seen * 0.9  # a glow
    return floats(seen)


def _grid(rng: np.random.Generator, screen: Screen, framing: Framing, soft: float) -> Paint:
    """The lattice as each pixel of the picture meets it."""
    y, x = np.mgrid[0 : framing.height, 0 : framing.width].astype(np.float32)
    back = np.linalg.inv(framing.matrix @ np.diag([screen.pitch, screen.pitch, 1.0]))
    depth = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    u = (back[0, 0] * x + back[0, 1] * y + back[0, 2]) / depth
    v = (back[1, 0] * x + back[1, 1] * y + back[1, 2]) / depth
    each = 1 / max(screen.pitch * framing.unit, 1e-3)  # screen pixels in one of the picture
    blur = np.hypot(soft, 0.35) * each * _CELL
    tile = np.tile(screen.tile(), (3, 3, 1))
    tile = floats(cv2.GaussianBlur(tile, (0, 0), min(blur, 12)))[_CELL : 2 * _CELL + 1, _CELL : 2 * _CELL + 1]
    strength = pick(rng, (1.0, scaled(rng, 1, 4)))  # beats stand out more where the picture was sharpened
    columns, rows = floats((u % 1) * _CELL), floats((v % 1) * _CELL)
    met = floats(cv2.remap(tile, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))
    return np.clip(1 + (met - 1) * floats(strength), 0, 3)


def _fringes(rng: np.random.Generator, height: int, width: int) -> Paint:
    """Bands of colour or brightness that bend a little, as moire is drawn by hand."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    bands = np.zeros((height, width, 3), np.float32)
    for _ in range(int(rng.integers(1, 4))):
        turn, period = between(rng, 0, np.pi), scaled(rng, 2.5, 120)
        bend = clouds(rng, height, width, max(height, width) * between(rng, 0.2, 0.8)) * between(rng, 0, 3)
        phase = (x * np.cos(turn) + y * np.sin(turn)) / period * 6.28 + bend
        strength = scaled(rng, 0.01, 0.15)
        if chance(rng, 0.6):
            shift = rng.uniform(0, 6.28, 3)
            bands += cv2.merge([floats(np.sin(phase + s)) for s in shift]) * floats(strength)
        else:
            bands += spread(floats(np.sin(phase))) * floats(strength)
    return bands


def screenshot(rng: np.random.Generator, shown: Image, unit: float) -> tuple[Image, float, float]:
    """A display's own picture with ``shown`` in it, and how far from its left and top."""
    margins = rng.uniform(0, pick(rng, (0.1, 0.5)), 4) * shown.shape[1]
    if chance(rng, 0.4):
        margins[:2] = 0
    left, right, top, bottom = (int(margin) for margin in margins)
    canvas = interface(rng, shown.shape[0] + top + bottom, shown.shape[1] + left + right, CARD_MM[0] * unit)
    canvas[top : top + shown.shape[0], left : left + shown.shape[1]] = shown
    return canvas, float(left), float(top)
