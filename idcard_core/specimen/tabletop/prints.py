"""A print of a card: a page, a part of one or a cutting, photographed or scanned."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import CARD_MM, Image, Points
from idcard_core.specimen.brush import (
    between,
    bytes_of,
    chance,
    floats,
    pick,
    scaled,
    spread,
)
from idcard_core.specimen.tabletop.grounds import lay_ground, page_of_text
from idcard_core.specimen.tabletop.ink import Printer, printed, printer_of
from idcard_core.specimen.tabletop.lens import expose, see
from idcard_core.specimen.tabletop.light import draw_lighting, shade
from idcard_core.specimen.tabletop.scenes import Still, depict, draw_turn, recede
from idcard_core.specimen.tabletop.stage import Pose, Sheet, stage_for
from idcard_core.specimen.tabletop.things import (
    cut_outline,
    lay_clutter,
    lay_fingers,
    lay_sleeve,
    shape_paper,
)
from idcard_core.specimen.tabletop.view import View, draw_view


def copy(rng: np.random.Generator, number: int) -> Still:
    """A print on paper, photographed or scanned."""
    own = printer_of(number)
    source, inner = depict(rng, number)
    if chance(rng, 0.12):
        other = cv2.resize(depict(rng, number)[0], (source.shape[1], source.shape[0]))
        gap = np.full((int(rng.integers(10, 120)), source.shape[1], 3), 255, np.uint8)
        source = np.concatenate([source, gap, other])
    enlarged = 1.0 if chance(rng, 0.6) else scaled(rng, 0.7, 2.2)
    pixel = CARD_MM[0] * enlarged / float(np.hypot(*(inner[1] - inner[0])))
    corners = floats((inner - inner.mean(0)) * np.float32(pixel))
    turn = draw_turn(rng)
    card = Pose(0, 0, turn).world(corners)
    scan = chance(rng, 0.2)
    view = draw_view(rng, card, scan)
    stage = stage_for(view)
    lay_ground(rng, stage, "lid" if scan else None)
    held = not scan and chance(rng, 0.12)
    if held:
        recede(rng, stage)
    elif not scan and chance(rng, 0.25):
        lay_clutter(rng, stage, 60 * enlarged)
    sheet, middle, way = _page(rng, own, (source, inner, pixel), view, stage.density)
    cos, sin = np.cos(turn), np.sin(turn)
    pose = Pose(-cos * middle[0] + sin * middle[1], -sin * middle[0] - cos * middle[1], turn)
    if held:
        lay_fingers(rng, stage, Pose(0, 0, turn), (50 * enlarged, 40 * enlarged), above=False)
    stage.lay(sheet, pose, 0.0 if held else None)
    if not scan and chance(rng, 0.08):
        lay_sleeve(rng, stage, Pose(0, 0, turn), CARD_MM[0] * enlarged * 1.2, CARD_MM[1] * enlarged * 1.3)
    if held or (not scan and chance(rng, 0.08)):
        lay_fingers(rng, stage, Pose(0, 0, turn), (46 * enlarged, 30 * enlarged), above=True)
    light, _ = see(stage, view, shade(stage, view, draw_lighting(rng, scan)))
    quad = view.project(card, stage.heights(card))
    return Still(expose(rng, number, light, quad), quad, f"{own.kind}_{'scan' if scan else way}")


def _page(
    rng: np.random.Generator, own: Printer, source: tuple[Image, Points, float], view: View, density: float
) -> tuple[Sheet, tuple[float, float], str]:
    """A printed page, the place of the card's middle about the page's (mm), and ``page``, ``part`` or ``cut``."""
    picture, inner, pixel = source
    block = printed(rng, own, picture, picture.shape[1] * pixel, density)
    rows, columns = block.shape[:2]
    half = float(np.hypot(*view.size)) / 2 * view.distance / view.focal
    way = pick(rng, ("page", "part", "cut"), (5, 3, 2))
    most = half if way == "page" else 45.0
    edges = [min(scaled(rng, 4, 160) if way == "page" else scaled(rng, 1.5, 45), most) for _ in range(4)]
    if way == "page" and chance(rng, 0.35):
        edges = [half] * 4
    left, right, top, bottom = (int(edge * density) for edge in edges)
    page = np.asarray(cv2.copyMakeBorder(block, top, bottom, left, right, 0, value=bytes_of(own.paper)), np.uint8)
    ink = page_of_text(rng, page.shape[0], page.shape[1], density) if way != "cut" else None
    quad = inner * np.float32(pixel * density) + floats([left, top])
    if ink is not None:
        room = int(2 * density)
        ink[max(top - room, 0) : top + rows + room, max(left - room, 0) : left + columns + room] = 0
        dark = np.float32(own.inks[-1][0])
        page = np.asarray(cv2.multiply(page, spread(1 - ink * (1 - dark)), dtype=cv2.CV_8U), np.uint8)
        _notes(rng, page, density)
    mask = cut_outline(rng, page.shape[:2], quad, density) if way == "cut" else np.full(page.shape[:2], 255, np.uint8)
    rise = shape_paper(rng, page.shape[0], page.shape[1], density, own.relief)
    middle = (quad.mean(0) - floats([page.shape[1] / 2, page.shape[0] / 2])) / np.float32(density)
    sheet = Sheet(page, mask, rise, density, own.gloss, between(rng, 0.004, 0.02))
    return sheet, (float(middle[0]), float(middle[1])), way


def _notes(rng: np.random.Generator, page: Image, density: float) -> None:
    """A stamp or strokes of a pen, at times, anywhere."""
    rows, columns = page.shape[:2]
    if chance(rng, 0.15):
        spot = (int(between(rng, 0, 1) * columns), int(between(rng, 0, 1) * rows))
        seal = page.copy()
        for radius in (20, 19.2, 12):
            cv2.circle(seal, spot, int(radius * density), (60, 50, 215), max(1, int(0.4 * density)), cv2.LINE_AA)
        page[:] = np.minimum(page, seal)
    if chance(rng, 0.2):
        start = rng.uniform(0, 1, 2) * (columns, rows)
        walk = start + np.cumsum(rng.normal((0.5, 0), 1.6, (40, 2)), 0) * density
        cv2.polylines(page, [np.int32(walk)], False, (150, 60, 40), max(1, int(0.5 * density)), cv2.LINE_AA)
