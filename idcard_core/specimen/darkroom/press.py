"""Printers: separation into inks, halftoning at the printer's own resolution, Neugebauer mixing, spread and mottle."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.brush import between, chance, pick, scaled
from idcard_core.specimen.darkroom.camera import CONSTANT
from idcard_core.specimen.darkroom.chain import Plate, Tone, grain

_KINDS = ("laser", "copier", "inkjet", "photo")
_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Press:
    """One printer, the same for all prints of its number."""

    kind: str
    dpi: int
    cells: tuple[tuple[int, int], ...]
    """The screen vector (across, down; in its dots) of cyan, magenta, yellow and black; (0, 0) scatters dots."""
    spot: str
    depth: float
    """How much of the picture is halftoned rather than laid down in levels, 0 to 1."""
    inks: tuple[tuple[float, float, float], ...]
    """Codes (BGR, 0 to 1) of the four solids on white paper."""
    undercolour: float
    gain: float
    tone: Tone
    spread: float
    mottle: float
    streaks: float
    register: tuple[float, float]
    """Millimetres: spread of a dot, then how far the inks are out of register."""
    grey: bool
    gloss: float
    paper: tuple[float, float, float]


def press_of(number: int) -> Press:
    """The printer of a number."""
    rng = np.random.default_rng([CONSTANT + 1, number])
    kind = pick(rng, _KINDS, (3.5, 2.5, 3, 1.5))
    dpi = int(pick(rng, (300, 360, 400, 600, 720)))
    lines = scaled(rng, 38, 170)
    pitch = dpi / lines
    turn = between(rng, 0, 90)
    angles = np.radians([turn + 15, turn + 75, turn, turn + 45])
    cells = tuple((max(1, round(pitch * np.cos(a))), round(pitch * np.sin(a))) for a in angles)
    scattered = kind == "inkjet" or (kind == "copier" and chance(rng, 0.3))
    base = ((0.72, 0.6, 0.15), (0.55, 0.22, 0.83), (0.2, 0.9, 0.95), (0.1, 0.1, 0.1))
    solids = [np.clip(np.array(ink) + rng.normal(0, 0.05, 3) + between(rng, -0.03, 0.12), 0.02, 1) for ink in base]
    return Press(
        kind=kind,
        dpi=dpi,
        cells=((0, 0),) * 4 if scattered else cells,
        spot=pick(rng, ("round", "line", "diamond")),
        depth={"photo": between(rng, 0, 0.12), "inkjet": between(rng, 0.25, 0.9)}.get(kind, between(rng, 0.6, 1.0)),
        inks=tuple((float(s[0]), float(s[1]), float(s[2])) for s in solids),
        undercolour=between(rng, 0.3, 1.0),
        gain=between(rng, 0, 0.25),
        tone=Tone(
            scaled(rng, 0.75, 1.8),
            between(rng, -0.1, 1.0) if chance(rng, 0.85) else between(rng, 1, 2.5),
            between(rng, 0, 0.1),
            between(rng, 0.94, 1.05),
        ),
        spread=scaled(rng, 0.008, 0.05),
        mottle=scaled(rng, 1.5, 14) * (0.4 if kind == "photo" else 1),
        streaks=0.0 if chance(rng, 0.4) else scaled(rng, 0.5, 7),
        register=(rng.normal(0, 0.04), rng.normal(0, 0.04)),
        grey=chance(rng, 0.45 if kind in ("laser", "copier") else 0.08),
        gloss={"photo": between(rng, 0.2, 1.0), "inkjet": between(rng, 0, 0.2)}.get(kind, between(rng, 0, 0.15)),
        paper=tuple(np.clip(between(rng, 0.9, 0.99) + rng.normal(0, 0.012, 3), 0, 1)),
    )


@lru_cache(maxsize=64)
def _threshold(cell: tuple[int, int], spot: str) -> Image:
    """One period of a screen's thresholds, ranked so that every level is equally frequent."""
    a, b = cell
    if (a, b) == (0, 0):
        rng = np.random.default_rng(CONSTANT)
        field = rng.standard_normal((128, 128))
        f = np.hypot(np.fft.fftfreq(128)[:, None], np.fft.fftfreq(128)[None, :])
        for _ in range(12):
            field = np.fft.ifft2(np.fft.fft2(field) * np.clip(f / 0.35, 0, 1) ** 2).real
            field = (np.argsort(np.argsort(field.ravel())).reshape(128, 128) + 0.5) / 128**2 - 0.5
    else:
        square = a * a + b * b
        edge = square // int(np.gcd(a, b))
        y, x = np.mgrid[0:edge, 0:edge] + 0.25
        u, v = 2 * np.pi * (a * x + b * y) / square, 2 * np.pi * (a * y - b * x) / square
        shapes = {"line": np.cos(u) + 0.02 * np.cos(v), "diamond": np.abs(np.cos(u / 2)) + np.abs(np.cos(v / 2))}
        field = shapes.get(spot, np.cos(u) + np.cos(v))
        if spot == "diamond":
            field = field - 1.27
    rank = np.argsort(np.argsort(field.ravel(), kind="stable"), kind="stable").reshape(field.shape)
    return np.asarray(1 + rank * 254 // field.size, np.uint8)


def _screened(cover: Image, cell: tuple[int, int], spot: str) -> Image:
    tile = _threshold(cell, spot)
    rows, columns = -(-cover.shape[0] // tile.shape[0]), -(-cover.shape[1] // tile.shape[1])
    screen = np.tile(tile, (rows, columns))[: cover.shape[0], : cover.shape[1]]
    return cast(Image, cv2.compare(cover, screen, cv2.CMP_GE))


def _separate(press: Press, plate: Plate) -> list[Image]:
    """Coverages (0 to 255) of cyan, magenta, yellow and black."""
    if press.grey:
        black = cv2.bitwise_not(cv2.cvtColor(plate, cv2.COLOR_BGR2GRAY))
        return [np.zeros(black.shape, np.uint8)] * 3 + [np.asarray(black, np.uint8)]
    blue, green, red = cv2.split(cv2.bitwise_not(plate))
    least = cv2.min(cv2.min(red, green), blue)
    black = cv2.LUT(least, Tone(1.6).table())
    black = cv2.convertScaleAbs(black, alpha=press.undercolour)
    return [np.asarray(cv2.subtract(part, black), np.uint8) for part in (red, green, blue)] + [
        np.asarray(black, np.uint8)
    ]


def _solids(press: Press) -> Image:
    """The sixteen Neugebauer primaries (256, 1, 3), inks multiplied upon one another."""
    table = np.zeros((256, 1, 3))
    for index in range(16):
        colour = np.ones(3)
        for bit, ink in enumerate(press.inks):
            colour = colour * (np.array(ink) if index >> bit & 1 else 1.0)
        table[index, 0] = colour
    return np.clip(table * 255, 0, 255).astype(np.uint8)


def impress(rng: np.random.Generator, press: Press, plate: Plate, density: float, target: float) -> Plate:
    """A print of ``plate`` (``density`` pixels a millimetre) on white, at ``target`` pixels a millimetre."""
    dots = press.dpi / _INCH
    plate = press.tone.apply(plate)
    gain = np.arange(256) / 255.0
    growth = np.clip(255 * (gain + 4 * press.gain * gain * (1 - gain)) + 0.5, 0, 255).astype(np.uint8)
    size = (round(plate.shape[1] * dots / density), round(plate.shape[0] * dots / density))
    covers = []
    for part in _separate(press, plate):
        covers.append(np.asarray(cv2.resize(cv2.LUT(part, growth), size, interpolation=cv2.INTER_LINEAR), np.uint8))
    covers = [cover if not cover.any() else _mottled(rng, press, cover, dots) for cover in covers]
    index = np.zeros(size[::-1], np.uint8)
    for bit, (cover, cell) in enumerate(zip(covers, press.cells, strict=True)):
        index |= _screened(cover, cell, press.spot) & np.uint8(1 << bit)
    solid = cast(Plate, cv2.LUT(cv2.merge([index, index, index]), _solids(press)))
    solid = np.asarray(cv2.GaussianBlur(solid, (0, 0), max(0.3, press.spread * dots)), np.uint8)
    goal = (round(size[0] * target / dots), round(size[1] * target / dots))
    small = cv2.resize(solid, goal, interpolation=cv2.INTER_AREA if goal[0] < size[0] else cv2.INTER_LINEAR)
    if press.depth > 0.97:
        return np.asarray(small, np.uint8)
    return np.asarray(cv2.addWeighted(small, press.depth, _levels(press, covers, goal), 1 - press.depth, 0), np.uint8)


def _mottled(rng: np.random.Generator, press: Press, cover: Image, dots: float) -> Image:
    """Uneven toner or ink: mottle, and bands across the way of the paper, where there is any of it."""
    noise = grain(rng, (cover.shape[0] // 2 + 1, cover.shape[1] // 2 + 1), max(0.15 * dots / 2, 1.0))
    bands = np.sin(np.arange(noise.shape[0]) * 2 * np.pi / (dots * scaled(rng, 0.2, 2))) + rng.normal(0, 0.6)
    noise = noise * np.float32(press.mottle) + np.float32(press.streaks) * bands[:, None].astype(np.float32)
    change = cv2.resize(cv2.convertScaleAbs(np.clip(noise + 100, 0, 255)), cover.shape[::-1])
    return cast(Image, cv2.multiply(cover, change, scale=0.01))


def _levels(press: Press, covers: list[Image], size: tuple[int, int]) -> Plate:
    """The print as inks laid down in levels would be: coverages mixed without a raster."""
    total = np.full((size[1], size[0], 3), 255, np.uint8)
    for cover, ink in zip(covers, press.inks, strict=True):
        if cover.any():
            small = cv2.resize(cover, size, interpolation=cv2.INTER_AREA)
            parts = [cv2.convertScaleAbs(cv2.bitwise_not(small), alpha=1 - c, beta=255 * c) for c in ink]
            total = np.asarray(cv2.multiply(total, cv2.merge(parts), scale=1 / 255), np.uint8)
    return total
