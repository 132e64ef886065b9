"""Copies as they lie there: on their page, cut out of it, or as a photograph on paper."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import CARD_CORNER_MM, CARD_MM, Image
from idcard_core.specimen.brush import (
    Matrix,
    Paint,
    between,
    blurred,
    bytes_of,
    chance,
    clouds,
    floats,
    hsv,
    image,
    paint,
    pick,
    rounded,
    scaled,
    spread,
    words,
)
from idcard_core.specimen.collage.art import draw_card
from idcard_core.specimen.collage.framing import Framing, Layer, Shadow, around, lay, plane_of
from idcard_core.specimen.collage.originals import Original
from idcard_core.specimen.collage.prints import Printer, printed

_DULL_SHARE, _LINED_SHARE = 0.4, 0.3
"""Shares of prints that are in colours without a raster to be seen, and of pages with a line along the card's edge."""


def lay_copy(
    rng: np.random.Generator, number: int, framing: Framing, table: Paint, original: Original
) -> tuple[Paint, str]:
    """``table`` with a print of ``original`` by the printer of device ``number`` on it, and how it lies there."""
    printer, apart = Printer.of(number), rng.spawn(1)[0]  # so that a seed without dull prints draws as before
    if chance(apart, _DULL_SHARE):
        printer = printer.dulled(apart)
    shadow = Shadow(scaled(rng, 0.15, 3), scaled(rng, 0.05, 0.5), between(rng, 0, 2 * np.pi))
    if chance(rng, 0.45):
        layer, way = _cut_out(rng, printer, original), "cut"
        return lay(table, framing, layer, shadow if chance(rng, 0.7) else None), way
    page = _page(rng, framing, original)
    inked = _creased(rng, printed(rng, printer, page.picture, page.unit))
    return lay(table, framing, Layer(inked, page.mask, page.to_plane), shadow), "page"


def _cut_out(rng: np.random.Generator, printer: Printer, original: Original) -> Layer:
    """A print cut along the card, with or without a white rim, or a photograph on paper with all that is on it."""
    unit = original.layer.unit
    above, beneath, before, after = (int(side) for side in rng.uniform(0, pick(rng, (0.01, 1.5, 6)), 4) * unit)
    white = (255, 255, 255)
    edged = cv2.copyMakeBorder(original.on_white, above, beneath, before, after, cv2.BORDER_CONSTANT, value=white)
    inked = printed(rng, printer, np.asarray(edged, np.uint8), unit)
    height, width = inked.shape[:2]
    mask = rounded(height, width, pick(rng, (0.0, CARD_CORNER_MM * between(rng, 0.7, 1.2))) * unit)
    if chance(rng, 0.35):  # crooked
        corners = floats([[0, 0], [width, 0], [width, height], [0, height]])
        inward = floats([[1, 1], [-1, 1], [-1, -1], [1, -1]]) * floats(rng.uniform(0, 1.2 * unit, (4, 2)))
        crooked = np.zeros((height, width), np.float32)
        cv2.fillConvexPoly(crooked, np.int32(np.round(corners + inward)), (1.0,), cv2.LINE_AA)
        mask = np.minimum(mask, crooked)
    shift = np.array([[1, 0, -before], [0, 1, -above], [0, 0, 1.0]])
    return Layer(_creased(rng, inked), mask, original.layer.to_plane @ shift)


def _page(rng: np.random.Generator, framing: Framing, original: Original) -> Layer:
    """What goes to the printer, as much of it as the picture shows: the original and what else is on the page."""
    left, top, right, bottom = around(framing)
    if chance(rng, 0.5):  # an edge of the page in the picture, or two
        reach = [scaled(rng, 3, 90) if chance(rng, 0.5) else 400.0 for _ in range(4)]
        left, top = max(left, -reach[0]), max(top, -reach[1])
        right, bottom = min(right, CARD_MM[0] + reach[2]), min(bottom, CARD_MM[1] + reach[3])
    wide, tall = right - left, bottom - top
    unit = min(framing.unit * 1.1, 15, float(np.sqrt(2.5e6 / (wide * tall))))
    page: Image = np.full((max(int(tall * unit), 8), max(int(wide * unit), 8), 3), 255, np.uint8)
    to_page = np.array([[unit, 0, -left * unit], [0, unit, -top * unit], [0, 0, 1.0]])
    _write(rng, page, unit)
    onto, cover = _warped(original.layer, to_page @ original.layer.to_plane, (page.shape[1], page.shape[0]))
    if chance(rng, 0.15):  # what a copier draws of an edge
        rim = cv2.dilate(cover, np.ones((3, 3), np.uint8), iterations=max(1, int(0.1 * unit))) - cover
        page = image(paint(page) * (1 - spread(floats(rim)) * between(rng, 0.2, 0.9)))
    if chance(rng, 0.12):  # or of its open lid
        page[:] = int(between(rng, 0, 90))
    page = image(paint(page) + (paint(onto) - paint(page)) * spread(cover))
    apart = rng.spawn(1)[0]
    if chance(apart, _LINED_SHARE):
        page = _lined(apart, page, cover, unit)
    if chance(rng, 0.25):
        _other_side(rng, page, to_page, unit)
    return Layer(page, np.ones(page.shape[:2], np.float32), plane_of(unit, left, top))


def _lined(rng: np.random.Generator, page: Image, cover: Paint, unit: float) -> Image:
    """The page with a line along the edge of what ``cover`` covers: thin and dark, or a soft shade all around."""
    wide = scaled(rng, 0.05, 0.9) * unit
    grown, shrunk = blurred(cover, max(wide, 0.5)), blurred(cover, max(wide * between(rng, 0.2, 1), 0.4))
    shift = floats([[1, 0, rng.normal(0, 0.5 * wide)], [0, 1, rng.normal(0, 0.5 * wide)]])
    grown = floats(cv2.warpAffine(grown, shift, (page.shape[1], page.shape[0])))
    line = floats(4 * grown * (1 - shrunk))
    return image(floats(paint(page) * (1 - spread(np.clip(line, 0, 1)) * floats(between(rng, 0.1, 0.8)))))


def _warped(layer: Layer, matrix: Matrix, size: tuple[int, int]) -> tuple[Image, Paint]:
    """The layer's picture and mask at ``matrix`` (from its pixels) on a canvas of ``size``."""
    picture, mask = layer.picture, layer.mask
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    if scale < 0.8:
        picture = np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
        mask = floats(cv2.resize(mask, picture.shape[1::-1], interpolation=cv2.INTER_AREA))
        matrix = matrix @ np.diag(
            [layer.picture.shape[1] / picture.shape[1], layer.picture.shape[0] / picture.shape[0], 1]
        )
    onto = np.asarray(cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_LINEAR), np.uint8)
    return onto, floats(cv2.warpPerspective(mask, matrix, size, flags=cv2.INTER_LINEAR))


def _write(rng: np.random.Generator, page: Image, unit: float) -> None:
    """Lines of text, a red seal or strokes of a pen somewhere on the page."""
    height, width = page.shape[:2]
    if chance(rng, 0.35):
        lines = words(rng, height, width, max(unit * between(rng, 2.5, 6), 6), between(rng, 0.2, 0.9))
        page[:] = image(paint(page) * (1 - spread(lines) * between(rng, 0.5, 1)))
    if chance(rng, 0.15):
        where = (int(between(rng, 0, width)), int(between(rng, 0, height)))
        ink = bytes_of(hsv(between(rng, -0.03, 0.03), 0.85, between(rng, 0.6, 0.95)))
        cv2.circle(page, where, int(scaled(rng, 8, 22) * unit), ink, max(1, int(unit)), cv2.LINE_AA)
    if chance(rng, 0.15):
        ink = bytes_of(hsv(between(rng, 0.55, 0.7), rng.random(), between(rng, 0, 0.6)))
        steps = np.cumsum(rng.normal(0, 1.2 * unit, (60, 2)), axis=0) + rng.uniform(0, 1, 2) * [width, height]
        cv2.polylines(page, [np.int32(np.round(steps))], False, ink, max(1, int(0.5 * unit)), cv2.LINE_AA)


def _other_side(rng: np.random.Generator, page: Image, to_page: Matrix, unit: float) -> None:
    """Another card above or below."""
    flat = draw_card(rng, max(int(CARD_MM[0] * unit), 64))
    gap = CARD_MM[1] + between(rng, 3, 30)
    x, y = (int(v) for v in to_page[:2, 2] + unit * np.array([between(rng, -3, 3), gap if chance(rng, 0.5) else -gap]))
    part = page[max(y, 0) : max(y + flat.shape[0], 0), max(x, 0) : max(x + flat.shape[1], 0)]
    part[:] = flat[max(-y, 0) :, max(-x, 0) :][: part.shape[0], : part.shape[1]]


def _creased(rng: np.random.Generator, paper: Image) -> Image:
    """Paper that is not flat: light rises and falls on it, or a fold runs across."""
    if chance(rng, 0.55):
        return paper
    height, width = paper.shape[:2]
    light = 1 + clouds(rng, height, width, max(height, width) * between(rng, 0.15, 0.6)) * scaled(rng, 0.01, 0.08)
    if chance(rng, 0.4):
        y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j].astype(np.float32)
        turn = between(rng, 0, np.pi)
        away = (x * np.cos(turn) + y * np.sin(turn) - between(rng, 0, 1)) * scaled(rng, 20, 200)
        light = light + between(rng, -0.2, 0.2) * np.exp(-(away**2)) + between(rng, -0.05, 0.05) * np.tanh(away)
    return image(paint(paper) * spread(floats(light)))
