"""Sheets of paper that carry a print of a card, with what else is on them, and how they bend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np

from idcard_core.card import CARD_MM, Points
from idcard_core.specimen.brush import between, chance, scaled, words
from idcard_core.specimen.darkroom.artwork import colour, draw_face
from idcard_core.specimen.darkroom.chain import Light, Plate, grain, haze, shade
from idcard_core.specimen.darkroom.optics import View, rounded
from idcard_core.specimen.darkroom.press import Press, impress
from idcard_core.specimen.darkroom.stage import Thing, scaling
from idcard_core.specimen.plane import CARD_QUAD

_A4 = (210.0, 297.0)


@dataclass(frozen=True, slots=True, eq=False)
class Original:
    """What is copied or shown: a plate and the card's quad on it, pixels."""

    plate: Plate
    quad: Points

    @property
    def density(self) -> float:
        """Pixels a millimetre of the card."""
        return float(np.linalg.norm(self.quad[1] - self.quad[0])) / CARD_MM[0]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How the paper is cut about the card: ``page``, ``part`` or ``cut``, and its box in millimetres from the card."""

    cut: str
    box: tuple[float, float, float, float]
    outline: Points


def choose_sheet(rng: np.random.Generator) -> Sheet:
    """A page, a piece of one, or a print cut out along the card."""
    kind = rng.random()
    if kind < 0.3:
        edges = rng.uniform(-2.5, 2.5, 4) if chance(rng, 0.5) else rng.uniform(-0.7, 0.7, 4)
        box = (-edges[0], -edges[1], CARD_MM[0] + edges[2], CARD_MM[1] + edges[3])
        radius = between(rng, 1.5, 5) if chance(rng, 0.6) else 0.1
        outline = rounded(*box, radius)
        if chance(rng, 0.5):
            outline = (outline + rng.normal(0, scaled(rng, 0.1, 0.5), outline.shape)).astype(np.float32)
        return Sheet("cut", box, outline)
    if kind < 0.6:
        left, top, right, bottom = rng.uniform(4, 60, 4)
        box = (-left, -top, CARD_MM[0] + right, CARD_MM[1] + bottom)
        outline = rounded(*box, 0.1) + rng.normal(0, 1.2, 2).astype(np.float32)
        return Sheet("part", box, outline)
    wide, tall = _A4 if chance(rng, 0.85) else _A4[::-1]
    x, y = between(rng, 8, wide - CARD_MM[0] - 8), between(rng, 8, tall - CARD_MM[1] - 8)
    box = (-x, -y, wide - x, tall - y)
    return Sheet("page", box, rounded(*box, 0.1))


def print_sheet(
    rng: np.random.Generator, press: Press, original: Original, sheet: Sheet, view: View
) -> tuple[Thing, Points]:
    """The printed sheet as far as the view sees it, and the card's quad on it in millimetres after all bending."""
    seen = view.extent()
    box = [max(sheet.box[0] - 2, seen[0]), max(sheet.box[1] - 2, seen[1])]
    box += [min(sheet.box[2] + 2, seen[2]), min(sheet.box[3] + 2, seen[3])]
    density = min(view.density * 1.15, 1900 / max(box[2] - box[0], box[3] - box[1]))
    shape = (int((box[3] - box[1]) * density) + 1, int((box[2] - box[0]) * density) + 1)
    paper = np.array(press.paper) * 255
    plate = shade(np.full((*shape, 3), paper, np.uint8), 1 + np.float32(0.008) * grain(rng, shape, 0.15 * density))
    origin = np.array(box[:2], np.float32)
    if sheet.cut != "cut":
        _fill(rng, plate, (CARD_QUAD - origin) * density, density)
    _place(rng, press, original, plate, (origin, density))
    if sheet.cut == "page" and chance(rng, 0.3):
        face = draw_face(rng, chance(rng, 0.5), 9.0)
        corners = CARD_QUAD * np.float32(9)
        down = np.array([between(rng, -3, 3), (CARD_MM[1] + between(rng, 3, 25)) * (1 if chance(rng, 0.6) else -1)])
        _place(rng, press, Original(face, corners), plate, ((origin - down).astype(np.float32), density))
    quad = (CARD_QUAD - origin) * density
    bend = 0.0 if chance(rng, 0.35) else scaled(rng, 0.1, 1.0)
    plate, quad = _bent(rng, plate, quad, density, bend)
    thing = Thing(
        plate, scaling(density, box[0], box[1]), sheet.outline, between(rng, 0.08, 0.35), (225, 228, 230), press.gloss
    )
    return thing, cast(Points, (quad / density + origin).astype(np.float32))


def _place(
    rng: np.random.Generator, press: Press, original: Original, plate: Plate, frame: tuple[Points, float]
) -> None:
    """Prints the original about the card's place: straightened to it, with some of what was about it."""
    origin, density = frame
    high, low = origin + np.array(plate.shape[1::-1]) / density, origin
    margin = rng.uniform(0, 1, 2) * (0.0 if chance(rng, 0.3) else scaled(rng, 1, 25))
    left, top = np.maximum(low, -margin)
    right, bottom = np.minimum(high, np.array(CARD_MM) + margin)
    dots = min(original.density * 1.1, press.dpi / 25.4)
    if right - left < 3 or bottom - top < 3:
        return
    size = (max(4, int((right - left) * dots)), max(4, int((bottom - top) * dots)))
    target = ((CARD_QUAD - np.array([left, top])) * dots).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(original.quad, target)
    straight = np.asarray(cv2.warpPerspective(original.plate, matrix, size, borderValue=(255, 255, 255)), np.uint8)
    done = impress(rng, press, straight, dots, density)
    x, y = round((left - origin[0]) * density), round((top - origin[1]) * density)
    height, width = min(done.shape[0], plate.shape[0] - y), min(done.shape[1], plate.shape[1] - x)
    part = plate[y : y + height, x : x + width]
    plate[y : y + height, x : x + width] = cv2.multiply(part, done[:height, :width], scale=1 / 255)


def _fill(rng: np.random.Generator, plate: Plate, quad: Points, density: float) -> None:
    """Words, a table, a stamp and a line of pen on the page, beside the card's place."""
    height, width = plate.shape[:2]
    clear = np.concatenate([quad.min(0) - 6 * density, quad.max(0) + 6 * density])
    ink = np.zeros((height, width), np.float32)
    if chance(rng, 0.5):
        ink = words(rng, height, width, scaled(rng, 2.5, 6) * density, between(rng, 0.1, 1.0)).copy()
    for row in np.arange(0, height, scaled(rng, 7, 20) * density) if chance(rng, 0.2) else ():
        cv2.line(ink, (0, int(row)), (width, int(row)), (1.0,), max(1, round(0.25 * density)))
    x0, y0, x1, y1 = np.clip(clear, 0, [width, height, width, height]).astype(int)
    ink[y0:y1, x0:x1] = 0
    plate[:] = shade(plate, cast(Light, 1 - ink * np.float32(between(rng, 0.5, 0.92))))
    if chance(rng, 0.25):
        where = (int(between(rng, 0, width)), int(between(rng, 0, height)))
        red = np.full_like(plate, 255)
        tone = colour(0.98 if chance(rng, 0.7) else 0.62, between(rng, 0.4, 0.85), between(rng, 0.75, 0.95))
        cv2.circle(red, where, int(between(rng, 14, 21) * density), tone, max(1, round(1.1 * density)), cv2.LINE_AA)
        cv2.circle(red, where, int(3 * density), tone, max(1, round(density)), cv2.LINE_AA)
        plate[:] = cv2.multiply(plate, red, scale=1 / 255)
    if chance(rng, 0.2):
        t = np.linspace(0, 1, 120)
        path = np.cumsum(rng.normal(0, 1, (120, 2)), 0) * density * 1.5 + rng.uniform(0, 1, 2) * (width, height)
        path[:, 0] += t * 40 * density
        tone = colour(between(rng, 0.58, 0.7), 0.8, between(rng, 0.1, 0.7))
        cv2.polylines(plate, [np.rint(path).astype(np.int32)], False, tone, max(1, round(0.5 * density)), cv2.LINE_AA)


def _bent(rng: np.random.Generator, plate: Plate, quad: Points, density: float, bend: float) -> tuple[Plate, Points]:
    """Curls, folds and crumples the sheet: a relief that shades and displaces; the quad goes along."""
    if bend == 0:
        return plate, quad
    height, width = plate.shape[:2]
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j].astype(np.float32)
    relief = haze(rng, (height, width), (2, 2)) * np.float32(2 * bend)
    for _ in range(int(rng.integers(0, 4))):
        turn = between(rng, 0, np.pi)
        side = np.abs((x - between(rng, 0.1, 0.9)) * np.cos(turn) + (y - between(rng, 0.1, 0.9)) * np.sin(turn))
        relief -= np.float32(between(rng, -5, 5) * bend) * np.minimum(side, 0.2 if chance(rng, 0.5) else 2)
    if chance(rng, 0.25):
        for cells in ((5, 7), (11, 13)):
            relief += np.abs(haze(rng, (height, width), cells)) * np.float32(bend * 4 / cells[0])
    soft = np.asarray(cv2.GaussianBlur(relief * np.float32(density), (0, 0), 0.35 * density), np.float32)
    slope_x, slope_y = np.gradient(soft, axis=1), np.gradient(soft, axis=0)
    turn = between(rng, 0, 2 * np.pi)
    slope = slope_x * np.float32(np.cos(turn)) + slope_y * np.float32(np.sin(turn))
    plate = shade(plate, np.clip(1 + slope * np.float32(between(rng, 0.5, 2.0)), 0.3, 1.4))
    move = soft * np.float32(0.25)
    grid_x, grid_y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    moved = cv2.remap(plate, grid_x + move, grid_y - move, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    answer = quad.copy()
    for _ in range(4):
        inside = np.clip(np.rint(answer), 0, [width - 1, height - 1]).astype(int)
        step = move[inside[:, 1], inside[:, 0]]
        answer = quad - np.stack([step, -step], 1)
    return np.asarray(moved, np.uint8), answer.astype(np.float32)
