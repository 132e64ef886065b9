"""Printers and copiers: what they make of tones and how they lay ink and toner on paper."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.rendered.fields import Float, fractal, log_uniform, single, smooth

_TILE = 64
_INKS = single([[0.92, 0.72, 0.1], [0.55, 0.12, 0.88], [0.12, 0.93, 0.97]])
"""What cyan, magenta and yellow let pass of blue, green and red."""


@dataclass(frozen=True, slots=True)
class Printer:
    """What does not change about one printer; ``pitch`` is the raster's in millimetres, ``turns`` its angles."""

    kind: str
    colour: bool
    raster: str
    pitch: float
    turns: tuple[float, float, float, float]
    gain: float
    hardness: float
    shift: float
    bands: float
    glossy: bool
    contrast: float
    whitening: float
    saturation: float
    cast: tuple[float, float, float]
    soft: float = 0.0
    """Millimetres by which its ink runs, beside what the raster gives."""
    palest: float = 0.0
    """Tone of its black."""


_KINDS = (
    # name, how often, colour, rasters, pitches in millimetres, share of glossy paper
    ("photocopy", 0.22, False, ("dots", "lines", "noise", "fine"), (0.12, 0.4), 0.0),
    ("grey_laser", 0.16, False, ("dots", "lines", "noise"), (0.1, 0.36), 0.0),
    ("colour_laser", 0.24, True, ("dots", "lines", "dots", "fine"), (0.1, 0.3), 0.15),
    ("ink_jet", 0.24, True, ("noise", "noise", "fine"), (0.03, 0.1), 0.25),
    ("photo_print", 0.14, True, ("fine", "fine", "noise"), (0.042, 0.06), 0.8),
)


def printer_of(number: int) -> Printer:
    """The printer of device ``number``."""
    rng = np.random.default_rng([71107, number])
    name, _, colour, rasters, pitch, shine = _KINDS[int(rng.choice(len(_KINDS), p=[kind[1] for kind in _KINDS]))]
    good = colour and rng.random() < 0.6
    start = rng.uniform(0, 90)
    raster = str(rng.choice(rasters))
    step = log_uniform(rng, *pitch)
    return Printer(
        kind=name,
        colour=colour,
        raster=raster,
        pitch=step * 0.4 if raster == "noise" and name != "ink_jet" else step,
        turns=tuple(float(np.radians(start + at)) for at in (15, 75, 0, 45)),  # type: ignore[arg-type]
        gain=float(rng.uniform(0.0, 0.5)),
        hardness=log_uniform(rng, 1.2, 3.5) if raster == "noise" else float(rng.uniform(3, 14)),
        shift=float(rng.choice([0.0, rng.uniform(0.02, 0.15)])),
        bands=float(rng.choice([0.0, rng.uniform(0.01, 0.05)])),
        glossy=bool(rng.random() < shine),
        contrast=float(rng.normal(1.0, 0.05) if good else rng.uniform(0.6, 1.7)),
        whitening=float(rng.uniform(0, 0.04) if good else rng.uniform(0, 0.3)),
        saturation=float(rng.normal(1.0, 0.08) if good else rng.uniform(0.4, 1.7)),
        cast=tuple(float(v) for v in np.exp(rng.normal(0, 0.02 if good else 0.07, 3))),  # type: ignore[arg-type]
    )


def dulled(rng: np.random.Generator, printer: Printer) -> Printer:
    """``printer`` as one of those in colours whose raster no camera sees: soft, and paler than what was copied."""
    return replace(
        printer,
        kind="dull_colour",
        colour=True,
        raster="fine",
        bands=0.0,
        contrast=float(rng.uniform(0.85, 1.1)),
        whitening=float(rng.uniform(0, 0.12)),
        saturation=float(rng.uniform(0.3, 1.0)),
        cast=tuple(float(v) for v in np.exp(rng.normal(0, 0.03, 3))),  # type: ignore[arg-type]
        soft=log_uniform(rng, 0.02, 0.2),
        palest=float(rng.uniform(0.0, 0.4)),
    )


def printed(rng: np.random.Generator, printer: Printer, source: Image, density: float, paper: Float) -> Image:
    """``source`` as it stands on ``paper`` (BGR) out of the printer, at ``density`` pixels a millimetre."""
    tones = _changed(rng, printer, source, density)
    height, width = tones.shape[:2]
    if not printer.colour:
        ink = _laid(rng, printer, 1 - tones[..., 0], density, printer.turns[3])
        black = np.float32(rng.uniform(0.06, 0.2)) + rng.normal(0, 0.008, 3).astype(np.float32)
        result = paper * (1 - ink[..., None] * (1 - black))
    elif printer.raster == "fine":
        result = paper * np.clip(tones * 0.95 + 0.03, 0, 1)
        result *= 1 + np.float32(0.012) * rng.standard_normal((height, width, 1), np.float32)
    else:
        wanted = 1 - tones
        key = np.clip(wanted.min(axis=2) * 1.6 - 0.75, 0, 1)
        result = (
            np.broadcast_to(paper, tones.shape)
            * (1 - _laid(rng, printer, key, density, printer.turns[3]) * 0.92)[..., None]
        )
        for index, channel in enumerate((2, 1, 0)):
            plane = np.clip((wanted[..., channel] - key) / (1.001 - key), 0, 1)
            if printer.shift:
                move = single([[1, 0, rng.normal(0, printer.shift)], [0, 1, rng.normal(0, printer.shift)]])
                move[:, 2] *= density
                plane = cv2.warpAffine(plane, move, (width, height), borderMode=cv2.BORDER_REPLICATE)
            ink = _laid(rng, printer, np.asarray(plane, np.float32), density, printer.turns[index])
            for layer in range(3):
                result[..., layer] *= 1 - ink * (1 - _INKS[index, layer])
    if rng.random() < 0.5:
        _soiled(rng, result, printer)
    return np.asarray(np.clip(result * 255, 0, 255), np.uint8)


def _changed(rng: np.random.Generator, printer: Printer, source: Image, density: float) -> Float:
    """Tones (0 to 1) after scanning and the printer's corrections."""
    soft = float(np.hypot(rng.uniform(0.02, 0.09), printer.soft)) * density
    picture = cv2.GaussianBlur(source, (0, 0), soft) if soft > 0.35 else source
    tones = picture.astype(np.float32) * np.float32(1 / 255)
    if rng.random() < 0.5:
        wide = cv2.GaussianBlur(tones, (0, 0), 0.25 * density)
        tones += (tones - wide) * np.float32(rng.uniform(0.2, 1.5))
    grey = np.asarray(cv2.cvtColor(np.asarray(tones, np.float32), cv2.COLOR_BGR2GRAY), np.float32)[..., None]
    contrast = printer.contrast * float(np.exp(rng.normal(0, 0.08)))
    white = 1 - printer.whitening * float(rng.uniform(0.5, 1.2))
    tones = grey + (tones - grey) * np.float32(printer.saturation * rng.uniform(0.9, 1.1)) if printer.colour else grey
    tones = (tones / np.float32(white) - 0.5) * np.float32(contrast) + np.float32(0.5 + rng.normal(0, 0.03))
    tones = np.float32(printer.palest) + tones * np.float32(1 - printer.palest)
    tones = tones * single(printer.cast if printer.colour else (1.0,))
    return np.asarray(np.clip(tones, 0, 1), np.float32)


def _thresholds(rng: np.random.Generator, raster: str) -> Float:
    """A tile of thresholds, evenly from 0 to 1, that repeats without a seam."""
    y, x = np.mgrid[:_TILE, :_TILE] * (2 * np.pi / _TILE)
    if raster == "dots":
        order = np.cos(x) + np.cos(y)
    elif raster == "lines":
        order = np.cos(y) + 0.05 * np.cos(x)
    else:
        noise = rng.standard_normal((_TILE * 2, _TILE * 2), np.float32)
        spread = float(rng.uniform(0.8, 2.0))
        three = np.tile(noise, (3, 3))
        order = (three - cv2.GaussianBlur(three, (0, 0), spread))[_TILE * 2 : _TILE * 4, _TILE * 2 : _TILE * 4]
    ranks = np.empty(order.size, np.float32)
    ranks[np.argsort(-order, axis=None)] = (np.arange(order.size, dtype=np.float32) + 0.5) / order.size
    return single(ranks.reshape(order.shape))


def _laid(rng: np.random.Generator, printer: Printer, tone: Float, density: float, turn: float) -> Float:
    """Where ink lies (0 to 1), wanted with strength ``tone``."""
    if printer.raster == "fine":
        return tone
    height, width = tone.shape
    tile = _thresholds(rng, printer.raster)
    noisy = printer.raster == "noise"
    step = 1 / (printer.pitch * density) * (1 if noisy else _TILE)
    if noisy:
        turn = 0.0
    cos, sin = np.float32(np.cos(turn) * step), np.float32(np.sin(turn) * step)
    x, y = np.arange(width, dtype=np.float32)[None], np.arange(height, dtype=np.float32)[:, None]
    size = np.float32(tile.shape[0])
    u, v = x * cos + (y * sin + np.float32(rng.uniform(0, 1) * size)), y * cos - x * sin
    u -= np.floor(u / size) * size
    v -= np.floor(v / size) * size
    limit = tile[v.astype(np.int16) % tile.shape[0], u.astype(np.int16) % tile.shape[0]]
    ink = np.clip((tone - limit) * np.float32(printer.hardness) + 0.5, 0, 1) * (tone > 0.012)
    cell = printer.pitch * density
    resolved = min(cell, 1.0) if noisy else float(np.clip((cell - 1.4) / 1.5, 0, 1))
    ink = tone + (ink - tone) * np.float32(resolved)
    spread = printer.gain * cell * 0.4
    if spread > 0.3:
        ink = cv2.GaussianBlur(np.asarray(ink, np.float32), (0, 0), spread)
    grown = np.asarray(ink, np.float32) * np.float32(1 + 0.25 * printer.gain)
    return np.asarray(np.clip(grown, 0, 1), np.float32)


def _soiled(rng: np.random.Generator, sheet: Float, printer: Printer) -> None:
    """Bands of the print head, uneven toner, specks and streaks."""
    height, width = sheet.shape[:2]
    if printer.bands:
        sheet *= 1 + np.float32(printer.bands) * smooth(rng, (height, 1), (rng.uniform(4, 30), 1))[..., None]
    uneven = fractal(rng, (height // 4 + 1, width // 4 + 1), (12, 12), 3) * rng.uniform(0, 0.02)
    sheet *= 1 + cv2.resize(np.asarray(uneven, np.float32), (width, height))[..., None]
    for _ in range(int(rng.integers(0, 40))):
        place = (int(rng.integers(width)), int(rng.integers(height)))
        cv2.circle(sheet, place, int(rng.integers(0, 3)), [float(rng.uniform(0.1, 0.5))] * 3, -1, cv2.LINE_AA)
    if rng.random() < 0.15:
        column = int(rng.integers(width))
        sheet[:, column : column + int(rng.integers(1, 4))] *= rng.uniform(0.6, 1.05)
