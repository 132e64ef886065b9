"""Printers: inks, screens of threshold tiles, dot gain, banding, paper. A print's raster is laid down at its own
finest resolution and then seen by the camera."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.brush import Paint, between, chance, clouds, floats, grain, hsv, image, pick, scaled

_SEED = 771_913
_TILE = 128
_FINEST = 28.0
"""Most dots a millimetre that are laid singly."""
_MOST = 3.2e6
"""Most dots of one print."""


@dataclass(frozen=True, slots=True)
class Printer:
    """One printer or copier with the paper in it."""

    kind: str
    """``laser``, ``copier``, ``colour_laser``, ``inkjet`` or ``photo_print``."""
    dots: float
    """Dots a millimetre."""
    cells: tuple[tuple[int, int], ...]
    """Periods along and across the tile for each ink: ruling and angle of its screen; (0, 0) is a random screen."""
    gain: float
    """Sigma of the dots' spread, dots."""
    inks: tuple[tuple[float, float, float], ...]
    """BGR root reflectance of each solid ink."""
    curve: float
    clip: float
    """Lightness above which nothing is printed."""
    banding: float
    dust: float
    saturation: float
    paper: tuple[float, float, float]
    gloss: float
    relief: float
    """Spread of the paper's relief, mm."""


@lru_cache(maxsize=64)
def printer_of(number: int) -> Printer:
    """The printer of a number."""
    rng = np.random.default_rng([_SEED, number])
    kind = pick(rng, ("laser", "copier", "colour_laser", "inkjet", "photo_print"), (4, 3, 3, 3, 1.5))
    mono = kind in ("laser", "copier")
    dots = pick(rng, (11.8, 15.7, 23.6, 23.6, _FINEST), (1, 1, 3, 3, 2))
    lines = scaled(rng, 1.7, 7.5)
    random = kind in ("inkjet", "photo_print") or chance(rng, 0.12)
    angles = np.radians(np.array([0, 15, 75, 45]) + rng.normal(0, 4, 4)) if chance(rng, 0.8) else np.full(4, 0.785)
    periods = lines / dots * _TILE * float(np.exp(rng.normal(0, 0.02)))
    cells = tuple((0, 0) if random else (round(periods * np.cos(a)), round(periods * np.sin(a))) for a in angles)
    fade, black = between(rng, 0.04, 0.4), (between(rng, 0.1, 0.3),) * 3
    cyan, magenta = (0.92 - fade * 0.4, 0.72 - fade * 0.4, fade), (0.6 - fade * 0.3, fade * 0.7, 0.92 - fade * 0.3)
    yellow = (fade * 0.7, 0.93 - fade * 0.2, 0.97 - fade * 0.1)
    return Printer(
        kind=kind,
        dots=dots * (0.7 if kind == "inkjet" and chance(rng, 0.4) else 1),
        cells=(cells[3],) if mono else cells,
        gain=between(rng, 0.35, 1.1),
        inks=(black,) if mono else (cyan, magenta, yellow, black),
        curve=scaled(rng, 0.75, 1.8),
        clip=between(rng, 0.88, 1.0),
        banding=pick(rng, (0.0, between(rng, 0.01, 0.07))),
        dust=pick(rng, (0.0, scaled(rng, 0.00003, 0.0008))) if mono else 0.0,
        saturation=between(rng, 0.6, 1.4),
        paper=hsv(pick(rng, (0.6, 0.12)), between(rng, 0, 0.07), between(rng, 0.9, 0.98)),
        gloss=scaled(rng, 0.012, 0.05) if kind == "photo_print" else pick(rng, (0.0, between(rng, 0, 0.006))),
        relief=0.0004 if kind == "photo_print" else scaled(rng, 0.001, 0.006),
    )


@lru_cache(maxsize=256)
def _tile(periods: tuple[int, int]) -> Image:
    """A threshold tile: dots that cluster on a lattice, or, for (0, 0), evenly scattered ones."""
    a, b = periods
    if (a, b) == (0, 0):
        field = np.random.default_rng(5).standard_normal((_TILE, _TILE))
        for _ in range(4):
            wide = np.pad(field, 16, mode="wrap")
            field = field - cv2.GaussianBlur(wide, (0, 0), 1.5)[16:-16, 16:-16]
            field = field.ravel().argsort().argsort().reshape(_TILE, _TILE) / _TILE**2 - 0.5
    else:
        y, x = np.mgrid[0:_TILE, 0:_TILE] * (2 * np.pi / _TILE)
        field = np.cos(a * x + b * y) + np.cos(-b * x + a * y)
        field = field + np.random.default_rng(a * 131 + b).uniform(0, 1e-3, field.shape)
    ranks = field.ravel().argsort().argsort().reshape(_TILE, _TILE)
    return np.asarray(ranks * 254 // (_TILE * _TILE) + 1, np.uint8)


def printed(rng: np.random.Generator, own: Printer, picture: Image, wide: float, density: float) -> Image:
    """A picture printed ``wide`` mm across, as root reflectance with its paper, at ``density`` pixels a millimetre."""
    tall = wide * picture.shape[0] / picture.shape[1]
    dots = min(own.dots, float(np.sqrt(_MOST / len(own.inks) ** 0.4 / (wide * tall))))
    size = (max(8, round(wide * dots)), max(8, round(tall * dots)))
    target = (max(4, round(wide * density)), max(4, round(tall * density)))
    covers = []
    for ink, (amount, cell) in enumerate(zip(_amounts(rng, own, picture), own.cells, strict=True)):
        asked = cv2.resize(amount, size, interpolation=cv2.INTER_LINEAR)
        tile = np.roll(_tile(cell), (int(rng.integers(_TILE)), int(rng.integers(_TILE))), (0, 1))
        across, down = -(-size[0] // _TILE), -(-size[1] // _TILE)
        laid = cv2.compare(asked, np.tile(tile, (down, across))[: size[1], : size[0]], cv2.CMP_GE)
        if own.kind == "photo_print":
            laid = cv2.addWeighted(laid, 0.12, asked, 0.88, 0)
        laid = cv2.GaussianBlur(laid, (0, 0), own.gain)
        if own.kind != "photo_print":
            laid = np.asarray(cv2.LUT(laid, _harden(own)))
        if chance(rng, 0.5):
            shift = floats([[1, 0, rng.normal(0, 0.8)], [0, 1, rng.normal(0, 0.8)]])
            laid = cv2.warpAffine(laid, shift, size, borderMode=cv2.BORDER_REPLICATE) if ink < 3 else laid
        covers.append(floats(cv2.resize(laid, target, interpolation=cv2.INTER_AREA)) / floats(255))
    return _mixed(rng, own, covers)


def _amounts(rng: np.random.Generator, own: Printer, picture: Image) -> list[Image]:
    """How much of each ink is asked for, 0 to 255."""
    steps = np.arange(256) / 255
    shown = np.where(steps > own.clip, 1.0, (steps / own.clip) ** (own.curve * float(np.exp(rng.normal(0, 0.15)))))
    toned = np.asarray(cv2.LUT(picture, np.uint8(np.clip(shown, 0, 1) * 255)))
    grey = cv2.cvtColor(toned, cv2.COLOR_BGR2GRAY)
    if len(own.inks) == 1:
        if own.kind == "copier" and chance(rng, 0.5):
            grey = cv2.addWeighted(grey, 1.8, cv2.GaussianBlur(grey, (0, 0), 3), -0.8, 0)
        return [np.asarray(cv2.bitwise_not(grey), np.uint8)]
    plain = cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)
    share = 0.0 if chance(rng, 0.08) else own.saturation
    toned = cv2.addWeighted(toned, share, plain, 1 - share, 0)
    wanted = cv2.bitwise_not(toned)
    black = cv2.min(cv2.min(wanted[..., 0], wanted[..., 1]), wanted[..., 2])
    black = np.asarray(cv2.LUT(black, np.uint8(np.clip((steps - 0.3) / 0.7, 0, 1) ** 1.3 * 255)))
    rest = [
        cv2.subtract(np.ascontiguousarray(wanted[..., c]), cv2.convertScaleAbs(black, alpha=0.8)) for c in (2, 1, 0)
    ]
    return [np.asarray(amount, np.uint8) for amount in (*rest, black)]


def _harden(own: Printer) -> Image:
    """Dots' edges after spreading: toner fuses hard, ink runs soft."""
    steep, more = (1.25, 0.06) if own.kind == "inkjet" else (1.8, 0.1)
    steps = np.arange(256) / 255
    return np.asarray(np.clip((steps - 0.5) * steep + 0.5 + more * own.gain, 0, 1) * 255, np.uint8)


def _mixed(rng: np.random.Generator, own: Printer, covers: list[Paint]) -> Image:
    rows, columns = covers[0].shape
    planes = [np.full((rows, columns), tone**2, np.float32) for tone in own.paper]
    mottle = 1 + clouds(rng, rows, columns, 5, 2) * np.float32(0.035) + grain(rng, rows, columns) * np.float32(0.05)
    if own.banding:
        mottle = mottle * (1 + clouds(rng, rows, columns, (between(rng, 2, 12), columns * 2)) * np.float32(own.banding))
    for cover, ink in zip(covers, own.inks, strict=True):
        held = np.clip(cover * mottle, 0, 1)
        for plane, tone in zip(planes, ink, strict=True):
            plane *= 1 - held * np.float32(1 - tone**2)
    result = floats(cv2.merge(planes))
    if own.dust:
        spots = rng.integers(0, (columns, rows), (int(own.dust * rows * columns), 2))
        result[spots[:, 1], spots[:, 0]] *= 0.3
    return image(np.sqrt(result))
