"""Prints and photocopies of a card: scanned, toned, put on paper as dots of ink, with what goes wrong on the way."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME, Image
from idcard_core.specimen.recapture.grid import Grid, Plane
from idcard_core.specimen.recapture.halftone import coverages, rastered
from idcard_core.specimen.recapture.printers import INCH, Printer
from idcard_core.specimen.textures import smooth_noise

AROUND, FAR_AROUND = 24.0, 220.0
"""Units around the card that are printed dot by dot; what lies further off is printed in even tones. The second one is
of prints that have more than white around the card."""


def toned(image: Image, printer: Printer) -> Image:
    """``image`` in the printer's tones and colours, before any raster."""
    tone = image.astype(np.float32)
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.float32)[..., None]
    if printer.colour:
        tone = grey + (tone - grey) * np.float32(printer.saturation)
        tone *= np.array(printer.balance, np.float32)
    else:
        tone = np.repeat(grey, 3, axis=2)
    tone = (tone - 128) * np.float32(printer.contrast) + 128 + np.float32(printer.lightness)
    return np.asarray(tone.clip(0, 255), np.uint8)


def printed(
    rng: np.random.Generator,
    grid: Grid,
    printer: Printer,
    page: Image,
    place: tuple[tuple[float, float], float],
    around: float = AROUND,
) -> Plane:
    """Reflectance (float32, linear, 0 to 1) on the grid of a ``page`` printed; ``place``: its top left and scale."""
    corner, scale = place
    page = toned(_scanned(page, printer, scale), printer)
    even = grid.seen(page, corner, scale, border=1)
    sheet = np.asarray(cv2.LUT(even, (np.arange(256, dtype=np.float32) / 255) ** np.float32(2.2)), np.float32)
    sheet = sheet * np.float32(1 - printer.ink) + np.float32(printer.ink)
    box = (-around, -around, CARD_FRAME[0] + around, CARD_FRAME[1] + around)
    left, top, right, bottom = (round((at - corner[way]) / scale) for at, way in zip(box, (0, 1, 0, 1), strict=True))
    pitch = INCH / printer.dots_an_inch
    size = (round((box[2] - box[0]) / pitch), round((box[3] - box[1]) / pitch))
    inked = rastered(rng, coverages(page[top:bottom, left:right], printer), printer, size)
    seen = grid.sampled(inked, (box[0], box[1]), pitch)
    within = grid.inside((box[0] + 4, box[1] + 4, box[2] - 4, box[3] - 4))[..., None]
    sheet = sheet + (seen.reshape(*seen.shape[:2], -1) - sheet) * within
    return _spoilt(rng, grid, printer, np.asarray(sheet, np.float32))


def _scanned(page: Image, printer: Printer, scale: float) -> Image:
    soft = cv2.GaussianBlur(page, (0, 0), max(0.3, printer.scan_blur / scale))
    if printer.scan_sharpening:
        softer = cv2.GaussianBlur(soft, (0, 0), max(0.5, 2.0 / scale))
        soft = cv2.addWeighted(soft, 1 + printer.scan_sharpening, softer, -printer.scan_sharpening, 0)
    return np.asarray(soft, np.uint8)


def _spoilt(rng: np.random.Generator, grid: Grid, printer: Printer, sheet: Plane) -> Plane:
    """With the streaks and specks of its drum and rollers."""
    if printer.streaks:
        lanes = rng.normal(0, 1, (1, 160)).astype(np.float32)
        at = np.clip(((grid.u + 400) / 1700 * 160), 0, 159).astype(np.float32)
        sheet = (
            sheet + np.float32(printer.streaks) * cv2.remap(lanes, at, np.zeros_like(at), cv2.INTER_LINEAR)[..., None]
        )
    if printer.specks:
        dots = (rng.random(sheet.shape[:2], np.float32) < printer.specks).astype(np.float32)
        dots = cv2.GaussianBlur(dots, (0, 0), max(0.4, 0.8 / grid.units_a_pixel)) * np.float32(3)
        sheet = sheet - dots.clip(0, 0.8)[..., None]
    return np.asarray(sheet.clip(printer.ink / 2, 1), np.float32)


def paper(rng: np.random.Generator, size: tuple[int, int]) -> Plane:
    """Reflectance (height, width, 3), 0 to 1, of a sheet: nearly white, a little uneven, with a fold now and then."""
    width, height = size
    tint = np.array([float(rng.uniform(0.82, 0.97)) for _ in range(3)], np.float32)
    tint = tint.mean() + (tint - tint.mean()) * np.float32(0.35)
    uneven = smooth_noise(rng, size, (width / 3.0, height / 3.0)) * np.float32(0.03)
    uneven = uneven + smooth_noise(rng, size, (4, 4)) * np.float32(rng.uniform(0.0, 0.06))
    if rng.random() < 0.3:
        uneven = uneven + _fold(rng, size)
    return np.asarray(tint[None, None] * (0.96 + uneven[..., None]), np.float32)


def _fold(rng: np.random.Generator, size: tuple[int, int]) -> Plane:
    angle, offset = float(rng.uniform(0, np.pi)), float(rng.uniform(0.25, 0.75))
    x = np.linspace(-0.5, 0.5, size[0], dtype=np.float32)[None]
    y = np.linspace(-0.5, 0.5, size[1], dtype=np.float32)[:, None]
    away = x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle)) - np.float32(offset - 0.5)
    return np.asarray(
        np.float32(rng.uniform(0.02, 0.08)) * np.tanh(away * 60) - 0.1 * np.exp(-((away * 150) ** 2)), np.float32
    )
