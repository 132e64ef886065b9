"""A picture as dots of cyan, magenta, yellow and black ink, as a printer puts them on paper.

Dots of several inks lie over one another by chance, so the light they leave multiplies (Demichel, Neugebauer 1937). The
inks' coverages for a colour follow by solving that for one ink after the other until they agree (Gauss-Seidel).
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from idcard_core.card import Image
from idcard_core.specimen.recapture.grid import Plane
from idcard_core.specimen.recapture.printers import INCH, Printer, Raster

_SOLID = np.array([[0.72, 0.33, 0.03], [0.22, 0.03, 0.75], [0.05, 0.80, 0.92]], np.float32)
"""Linear blue, green and red that solid cyan, magenta and yellow leave of white: sRGB of the inks of ISO 12647-2."""
_MAIN = (2, 1, 0)
"""Which of blue, green and red each of the three inks is there to take away."""
ROUNDS = 4
_ANGLES = (0.262, 1.309, 0.0, 0.785)
"""Radians of the lattices of cyan, magenta, yellow and black: 15, 75, 0 and 45 degrees."""
_BAYER = np.array([[0, 32, 8, 40, 2, 34, 10, 42], [48, 16, 56, 24, 50, 18, 58, 26], [12, 44, 4, 36, 14, 46, 6, 38],
                   [60, 28, 52, 20, 62, 30, 54, 22], [3, 35, 11, 43, 1, 33, 9, 41], [51, 19, 59, 27, 49, 17, 57, 25],
                   [15, 47, 7, 39, 13, 45, 5, 37], [63, 31, 55, 23, 61, 29, 53, 21]], np.float32)  # fmt: skip


def coverages(tone: Image, printer: Printer) -> list[Image]:
    """How much of the paper each ink covers (height, width), 0 to 255: four inks, or black alone, for BGR ``tone``."""
    light = np.asarray(cv2.LUT(tone, (np.arange(256, dtype=np.float32) / 255) ** np.float32(2.2)), np.float32)
    black = np.float32(max(printer.ink, 0.01))
    if not printer.colour:
        grey = light @ np.array([0.0722, 0.7152, 0.2126], np.float32)
        return [_bytes((1 - grey) / (1 - black))]
    covers = [np.zeros(light.shape[:2], np.float32) for _ in _MAIN]
    of_black = np.float32(printer.black_share) * (1 - light.max(axis=2))
    wanted = light / (1 - of_black * (1 - black))[..., None]
    for _ in range(ROUNDS):
        for ink, channel in enumerate(_MAIN):
            others = [1 - covers[other] * (1 - _SOLID[other, channel]) for other in range(3) if other != ink]
            left = wanted[:, :, channel] / (others[0] * others[1])
            covers[ink] = np.asarray(((1 - left) / (1 - _SOLID[ink, channel])).clip(0, 1), np.float32)
    return [*(_bytes(cover) for cover in covers), _bytes(of_black)]


def rastered(rng: np.random.Generator, cover: list[Image], printer: Printer, size: tuple[int, int]) -> Plane:
    """Reflectance of white paper with ``cover``'s inks on it, at ``size`` (width, height) of the printer's own dots.

    float32, (height, width, 3), or (height, width) where black is the only ink.
    """
    pitch = INCH / printer.dots_an_inch
    base = float(rng.uniform(0, 6.3))
    planes = []
    for number, plane in enumerate(cover):
        shift = printer.off_register[number]
        move = np.array(
            [[size[0] / plane.shape[1], 0, shift[0] / pitch], [0, size[1] / plane.shape[0], shift[1] / pitch]]
        )
        grown = cv2.warpAffine(plane, move, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        angle = printer.turn + (_ANGLES[number] if len(cover) == 4 else _ANGLES[3])
        dots = _dots(rng, np.asarray(grown, np.uint8), printer, angle, base)
        share = np.float32(printer.strength)
        dots = share * dots + (1 - share) * (grown.astype(np.float32) / 255)
        planes.append(cv2.GaussianBlur(dots, (0, 0), max(0.3, printer.gain / pitch)))
    if printer.mottle:
        small = rng.standard_normal((size[1] // 8 + 1, size[0] // 8 + 1), np.float32)
        uneven = 1 + np.float32(printer.mottle) * cv2.resize(small, size, interpolation=cv2.INTER_CUBIC)
        planes = [plane * uneven for plane in planes]
    black = 1 - planes[-1] * np.float32(1 - printer.ink)
    if len(planes) == 1:
        return np.asarray(black.clip(0, 1), np.float32)
    channels = []
    for channel in range(3):
        left = black
        for ink in range(3):
            left = left * (1 - planes[ink] * np.float32(1 - _SOLID[ink, channel]))
        channels.append(left)
    return np.asarray(cv2.merge(channels), np.float32).clip(0, 1)


def _bytes(share: Plane) -> Image:
    return np.asarray((share.clip(0, 1) * 255 + 0.5), np.uint8)


def _dots(rng: np.random.Generator, cover: Image, printer: Printer, angle: float, phase: float) -> Plane:
    """1 where there is ink, 0 where there is none; shares where inks mix without dots."""
    if printer.raster is Raster.CONTINUOUS:
        return cover.astype(np.float32) / 255
    if printer.raster is Raster.SCATTERED:
        noise = rng.integers(0, int(rng.integers(1, 25)), cover.shape, np.uint8)
        bits = Pillow.fromarray(255 - np.asarray(cv2.subtract(cover, noise), np.uint8)).convert("1")
        return 1 - np.asarray(bits, np.float32)
    if printer.raster is Raster.ORDERED:
        tiles = (cover.shape[0] // 8 + 1, cover.shape[1] // 8 + 1)
        matrix = np.roll(_BAYER.T if angle > 1 else _BAYER, rng.integers(0, 8, 2), (0, 1))
        order = np.tile((matrix + 0.5) * 4, tiles)[: cover.shape[0], : cover.shape[1]]
        return (cover > order).astype(np.float32)
    turn = 2 * np.pi * printer.lines_an_inch / printer.dots_an_inch
    spot = _wave(cover.shape[:2], turn, angle, phase)
    if printer.raster is Raster.DOTS:
        spot = spot + _wave(cover.shape[:2], turn, angle + np.pi / 2, 2 * phase)
    return (spot < cv2.LUT(cover, _levels(printer.raster))).astype(np.float32)


def _wave(shape: tuple[int, ...], turn: float, angle: float, phase: float) -> Plane:
    x = np.arange(shape[1], dtype=np.float32) * np.float32(turn * np.cos(angle)) + np.float32(phase)
    y = np.arange(shape[0], dtype=np.float32)[:, None] * np.float32(turn * np.sin(angle))
    return np.asarray(np.cos(y) * np.cos(x) - np.sin(y) * np.sin(x), np.float32)


@lru_cache(maxsize=2)
def _levels(raster: Raster) -> NDArray[np.float32]:
    """Up to which height of the lattice's waves ink stands, for each coverage, 0 to 255."""
    steps = np.cos((np.arange(256) + 0.5) / 256 * 2 * np.pi)
    heights = np.add.outer(steps, steps).ravel() if raster is Raster.DOTS else steps
    levels = np.quantile(heights, np.linspace(0, 1, 256)).astype(np.float32)
    levels[0], levels[-1] = -9, 9  # white paper has no dot at all, and solid ink no hole
    return np.asarray(levels, np.float32)
