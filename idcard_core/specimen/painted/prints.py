"""A flat picture as a printer or photocopier puts it on paper: tones, inks, raster, and the paper's own face."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image as Pictures

from idcard_core.card import Image
from idcard_core.specimen.brush import (
    Paint,
    between,
    blurred,
    chance,
    clouds,
    floats,
    grain,
    paint,
    pick,
    resized,
    scaled,
)

_PRINTERS = 7302


@dataclass(frozen=True, slots=True)
class Printer:
    """The fixed properties of one printer; ``lines`` is its raster in cells an inch."""

    kind: str
    raster: str
    lines: float
    colour: bool
    angle: float
    harshness: float
    inks: tuple[tuple[float, float, float], ...]
    gloss: float
    depth: float
    """Contrast of the raster: under 1 where drops are small or light inks fill in."""
    spread: float
    """Softening of the print in millimetres."""
    dull: bool = False
    """Its colours are paler than the original's, and it has no black."""

    @classmethod
    def of(cls, number: int) -> Printer:
        """The printer beside the device ``number``."""
        rng = np.random.default_rng([_PRINTERS, number])
        kinds = ("bw_laser", "grey_copier", "grey_laser", "colour_laser", "inkjet", "photo_print")
        kind = pick(rng, kinds, (8, 12, 14, 26, 22, 18))
        rasters = {
            "bw_laser": ("none", "dots"),
            "grey_copier": ("dots", "diffusion", "lines", "fine"),
            "grey_laser": ("dots", "lines", "fine"),
            "colour_laser": ("dots", "lines", "fine"),
            "inkjet": ("diffusion", "blue", "fine"),
            "photo_print": ("fine", "blue", "fine"),
        }
        raster = pick(rng, rasters[kind])
        inks = ((0.9, 0.62, 0.05), (0.5, 0.12, 0.9), (0.05, 0.9, 0.98), (0.1, 0.1, 0.1))
        jitter = rng.normal(0, 0.05, (4, 3))
        return cls(
            kind,
            raster,
            scaled(rng, 120, 600) if raster in ("blue", "diffusion") else scaled(rng, 60, 212),
            kind in ("colour_laser", "inkjet", "photo_print"),
            between(rng, 0, 90),
            scaled(rng, 1.5, 8),
            tuple(tuple(float(v) for v in np.clip(np.array(i) + j, 0, 1)) for i, j in zip(inks, jitter, strict=True)),  # type: ignore[misc]
            scaled(rng, 0.25, 1) if kind == "photo_print" else scaled(rng, 0.02, 0.5),
            between(rng, 0.3, 1),
            scaled(rng, 0.01, 0.08),
        )

    def dulled(self, rng: np.random.Generator) -> Printer:
        """As one of those in colours whose raster no camera sees: soft, and paler than what was copied."""
        kind, soft = pick(rng, ("colour_laser", "inkjet")), scaled(rng, 0.02, 0.2)
        return replace(
            self, kind=kind, raster="fine", colour=True, gloss=scaled(rng, 0.02, 0.3), spread=soft, dull=True
        )


def printed(rng: np.random.Generator, printer: Printer, flat: Image, unit: float) -> Image:
    """``flat`` (``unit`` pixels a millimetre) as printed; the same size."""
    picture = _paled(rng, paint(flat)) if printer.dull else _toned(rng, printer, paint(flat))
    picture = blurred(picture, printer.spread * unit)
    if printer.raster == "fine":
        height, width = picture.shape[:2]
        mottle = clouds(rng, height, width, max(unit * 0.12, 1.0)) * scaled(rng, 0.002, 0.03)
        picture = picture + (mottle * (1 - picture[..., 1]))[..., None]
    elif printer.raster != "none":
        most = float(np.clip(np.sqrt(2.0e6 / (picture.shape[0] * picture.shape[1])), 1.0, 3.0))
        fine = float(np.clip(4 * printer.lines / 25.4 / unit, 1.0, most))
        height, width = (int(side * fine) for side in picture.shape[:2])
        inked = _screened(rng, printer, resized(picture, height, width, smooth=False), unit * fine)
        picture = floats(cv2.resize(inked, picture.shape[1::-1], interpolation=cv2.INTER_AREA))
    picture = _on_paper(rng, printer, picture, unit)
    return np.asarray(cv2.convertScaleAbs(np.clip(picture, 0, 1), alpha=255), np.uint8)


def _toned(rng: np.random.Generator, printer: Printer, picture: Paint) -> Paint:
    """The tones and colours a copier or driver makes of the original."""
    good = printer.colour and chance(rng, 0.55)
    bend = 0.3 if good else 1.0
    if printer.kind == "bw_laser":
        grey = floats(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
        local = blurred(grey, picture.shape[1] * 0.03) if chance(rng, 0.4) else floats(np.median(grey[::4, ::4]))
        edge = between(rng, 6, 30)
        flatly = np.clip((grey - local * between(rng, 0.72, 0.93)) * edge + 0.5, 0, 1)
        return np.repeat(floats(flatly)[..., None], 3, axis=2)
    if not printer.colour:
        grey = floats(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
        picture = np.repeat(grey[..., None], 3, axis=2)
    else:
        grey = floats(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))[..., None]
        strength = float(np.exp(rng.normal(0.02, 0.3 * bend)))
        picture = grey + (picture - grey) * floats(strength)
        picture = picture * floats(np.exp(rng.normal(0, 0.06 * bend, 3)))
    contrast = float(np.exp(rng.normal(0.05, 0.3 * bend)))
    picture = (picture - 0.55) * contrast + 0.55 + rng.normal(0.02, 0.06 * bend)
    if not good and chance(rng, 0.4):  # the ground whitened
        picture = picture / between(rng, 0.72, 0.95)
    picture = np.clip(picture, 0, 1) ** floats(np.exp(rng.normal(0, 0.25 * bend)))
    if chance(rng, 0.3):  # a copier's sharpening thickens or breaks fine lines
        picture = picture + (picture - blurred(picture, 1.5)) * floats(between(rng, 0.3, 2.0))
    if not good and chance(rng, 0.3):  # strokes grown or eaten away
        grown = (cv2.erode if chance(rng, 0.6) else cv2.dilate)(picture, np.ones((3, 3), np.uint8))
        picture = picture + (grown - picture) * between(rng, 0.2, 1)
    floor = floats(between(rng, 0.0, 0.05 if good else 0.2))
    return np.clip(floor + picture * (1 - floor), 0, 1).astype(np.float32)


def _paled(rng: np.random.Generator, picture: Paint) -> Paint:
    """The original's tones drawn together towards a light grey, with little of its colours."""
    grey = floats(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))[..., None]
    picture = grey + (picture - grey) * floats(between(rng, 0.3, 1.0))
    darkest, lightest = between(rng, 0.0, 0.35), pick(rng, (1.0, between(rng, 0.82, 1.0)), (7, 3))
    picture = darkest + picture ** floats(scaled(rng, 0.7, 1.5)) * floats(lightest - darkest)
    return np.clip(picture * floats(np.exp(rng.normal(0, 0.03, 3))), 0, 1).astype(np.float32)


def _screened(rng: np.random.Generator, printer: Printer, picture: Paint, unit: float) -> Paint:
    """The picture in four inks (or black alone), each broken up by its raster."""
    tone = 1 - picture
    if printer.colour:
        black = tone.min(axis=2) * floats(between(rng, 0.4, 1))
        rest = np.clip((tone - black[..., None]) / (1.001 - black[..., None]), 0, 1)
        plates = [(rest[..., 2], 15), (rest[..., 1], 75), (rest[..., 0], 0), (black, 45)]
    else:
        plates = [(tone[..., 1], 45)]
    result = np.ones_like(picture)
    for (cover, turn), ink in zip(plates, printer.inks[-len(plates) :], strict=True):
        if chance(rng, 0.3):  # plates out of register
            shift = np.array([[1, 0, rng.normal(0, 0.05 * unit)], [0, 1, rng.normal(0, 0.05 * unit)]])
            cover = floats(cv2.warpAffine(cover, shift, cover.shape[::-1], borderMode=cv2.BORDER_REPLICATE))
        dots = _raster(rng, printer, np.clip(cover, 0, 1), unit, printer.angle + turn)
        dots = cover + (dots - cover) * floats(printer.depth)
        for channel in range(3):
            result[..., channel] *= 1 - dots * floats(1 - ink[channel])
    return result


def _raster(rng: np.random.Generator, printer: Printer, cover: Paint, unit: float, turn: float) -> Paint:
    height, width = cover.shape
    if printer.raster in ("diffusion", "blue"):
        step = max(unit * 25.4 / printer.lines, 0.7)
        small = floats(cv2.resize(cover, (int(width / step) + 1, int(height / step) + 1), interpolation=cv2.INTER_AREA))
        if printer.raster == "diffusion":
            plate = Pictures.fromarray(np.uint8(np.clip(255 - small * 255, 0, 255))).convert("1")
            bits = 1 - np.asarray(plate, np.float32)
        else:
            tile = _blue_noise()
            rows, columns = (
                np.arange(small.shape[0]) + int(rng.integers(128)),
                np.arange(small.shape[1]) + int(rng.integers(128)),
            )
            bits = (small > tile[rows % 128][:, columns % 128]).astype(np.float32)
        way = cv2.INTER_AREA if step < 1 else cv2.INTER_LINEAR if step < 2 else cv2.INTER_CUBIC
        return floats(cv2.resize(bits, (width, height), interpolation=way))
    cell = unit * 25.4 / printer.lines
    if cell < 2.6:  # too fine to be drawn here, as it is for a camera
        return cover
    turns = floats(2 * np.pi / cell)
    first = _wave(height, width, turns, np.radians(turn))
    second = _wave(height, width, turns, np.radians(turn + 90)) if printer.raster == "dots" else first
    threshold = 0.5 + (first + second) * floats(0.25)
    # the share of a plate of this threshold that is inked follows its rank, not its height
    rank = 0.5 + (threshold - 0.5) * floats(0.92)
    return np.clip((cover - rank) * floats(printer.harshness) + cover, 0, 1).astype(np.float32)


def _wave(height: int, width: int, turns: Paint, angle: float) -> Paint:
    """A cosine grating of ``turns`` radians a pixel toward ``angle``, from two outer products."""
    x = np.arange(width, dtype=np.float32) * turns * floats(np.cos(angle))
    y = np.arange(height, dtype=np.float32) * turns * floats(np.sin(angle))
    return floats(np.outer(np.cos(y), np.cos(x)) - np.outer(np.sin(y), np.sin(x)))


@lru_cache(maxsize=1)
def _blue_noise() -> Paint:
    """A tile (128, 128) of thresholds without coarse structure: white noise filtered high and ranked anew."""
    tile = np.random.default_rng(5).standard_normal((128, 128)).astype(np.float32)
    for _ in range(4):
        wide = floats(cv2.GaussianBlur(np.tile(tile, (3, 3)), (0, 0), 1.4))[128:256, 128:256]
        tile = floats(np.argsort(np.argsort((tile - wide).ravel())).reshape(128, 128) / 16384)
    return tile


def _on_paper(rng: np.random.Generator, printer: Printer, picture: Paint, unit: float) -> Paint:
    """The print on its paper: whiteness, tooth, streaks and specks of toner."""
    height, width = picture.shape[:2]
    shade = [between(rng, 0.92, 1.04), between(rng, 0.97, 1.01), between(rng, 0.96, 1)]
    white = np.clip(floats(shade) * floats(between(rng, 0.87, 1)), 0, 1)
    tooth = clouds(rng, height, width, max(unit * between(rng, 0.1, 0.4), 1.0)) * scaled(rng, 0.001, 0.02)
    if not printer.colour and chance(rng, 0.3):
        specks = (grain(rng, height, width) > between(rng, 3.2, 4.2)).astype(np.float32)
        picture = picture * (1 - blurred(specks, 0.7)[..., None])
    if printer.kind != "photo_print" and chance(rng, 0.25):
        bands = clouds(rng, height, 1, (unit * scaled(rng, 0.4, 6), 1)) * scaled(rng, 0.005, 0.05)
        picture = picture + bands[..., None]
    return picture * white * (1 + tooth)[..., None]
