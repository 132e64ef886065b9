"""A copy as a thing to be photographed: what was copied, printed, cut out or left on its page."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import CARD_CORNER_MM, CARD_MM, Image, Points
from idcard_core.specimen.brush import (
    Paint,
    between,
    blurred,
    chance,
    clouds,
    filled,
    floats,
    hsv,
    image,
    paint,
    pick,
    rounded,
    scaled,
    words,
)
from idcard_core.specimen.painted.art import draw_card
from idcard_core.specimen.painted.genuine import over_card, picture_of_card
from idcard_core.specimen.painted.prints import Printer, printed
from idcard_core.specimen.painted.stage import Sheet, Thing, View, reach_of, scale_and_shift
from idcard_core.specimen.plane import CARD_QUAD, at

_DULL_SHARE, _FRAMED_SHARE = 0.4, 0.5
"""Shares of prints that are in colours without a raster to be seen, and of bare cards that were scanned with what lies
around them."""


def original(rng: np.random.Generator, wide: float, photographed: float) -> tuple[Image, Points, bool]:
    """What is copied or shown: a picture with a card, the card's quad in it, and whether it is the bare flat card."""
    kind = rng.random()
    if kind < photographed:
        return *picture_of_card(rng, wide, chance(rng, 0.2)), False
    flat = draw_card(rng, int(np.clip(wide * 1.2, 640, 1500)))
    height, width = flat.shape[:2]
    mask = rounded(height, width, CARD_CORNER_MM * width / CARD_MM[0])[..., None]
    corner = floats(pick(rng, (1.0, between(rng, 0, 1))))
    return image(paint(flat) * mask + corner * (1 - mask)), CARD_QUAD * floats(width / CARD_MM[0]), True


def _framed(rng: np.random.Generator, picture: Image, quad: Points) -> tuple[Image, Points]:
    """A bare flat card as scanners see it: a strip of the lid around it, and a dark line or a shadow at its edge."""
    height, width = picture.shape[:2]
    unit = width / CARD_MM[0]
    rim = int(pick(rng, (scaled(rng, 0.3, 2), scaled(rng, 2, 12))) * unit) + 3
    tone = pick(rng, (1.0, between(rng, 0.9, 1), between(rng, 0.6, 1)))
    mask = cv2.copyMakeBorder(
        rounded(height, width, CARD_CORNER_MM * unit), rim, rim, rim, rim, cv2.BORDER_CONSTANT, value=(0,)
    )
    around = cv2.copyMakeBorder(paint(picture), rim, rim, rim, rim, cv2.BORDER_CONSTANT)
    soft, turn = scaled(rng, 0.05, 0.6) * unit, between(rng, 0, 2 * np.pi)
    far = pick(rng, (0.0, scaled(rng, 0.1, 0.8))) * unit
    move = floats([[1, 0, far * np.cos(turn)], [0, 1, far * np.sin(turn)]])
    shade = cv2.warpAffine(blurred(floats(cv2.dilate(mask, np.ones((3, 3), np.uint8))), soft), move, mask.shape[::-1])
    lid = floats(tone) * (1 - floats(shade) * floats(between(rng, 0.1, 0.8)))[..., None]
    whole = lid + (floats(around) - lid) * floats(mask)[..., None]
    return image(floats(whole)), np.asarray(quad + floats(rim), np.float32)


def straight(picture: Image, quad: Points, width: int) -> tuple[Image, Points]:
    """What stands in ``quad``, as an upright picture ``width`` pixels wide, and the quad there: what scanning apps
    make of a photograph."""
    size = (width, round(width * CARD_MM[1] / CARD_MM[0]))
    target = CARD_QUAD * floats(width / CARD_MM[0])
    matrix = cv2.getPerspectiveTransform(quad, floats(target))
    return np.asarray(cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_CUBIC), np.uint8), target


def to_card(quad: Points) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The similarity that carries ``quad`` (pixels) best onto the card's corners (mm)."""
    found, _ = cv2.estimateAffinePartial2D(quad, CARD_QUAD, method=cv2.LMEDS)
    if found is None:
        raise ValueError("the corners of the card lie in one point")
    return np.vstack([found, [0, 0, 1]])


def copy_thing(rng: np.random.Generator, wide: float, number: int) -> Thing:
    """A copy made by the printer of device ``number``, its card to be seen about ``wide`` pixels wide."""
    printer, apart = Printer.of(number), rng.spawn(1)[0]  # so that a seed without dull prints draws as before
    if chance(apart, _DULL_SHARE):
        printer = printer.dulled(apart)
    picture, quad, flat = original(rng, wide, 0.6)
    if flat and chance(apart, _FRAMED_SHARE):
        picture, quad = _framed(apart, picture, quad)
    cut = rng.random() < 0.45
    straightened = not flat and chance(rng, 0.6 if cut else 0.35)
    if straightened:
        picture, quad = straight(picture, quad, int(np.clip(wide * 1.15, 600, 1500)))
    place = to_card(quad)
    unit = 1 / float(np.linalg.norm(place[:2, 0]))
    seen = at(quad, place)
    if cut and chance(rng, 0.55):  # with a white rim, which may be uneven
        above, below, before, after = (int(v) for v in rng.uniform(0, pick(rng, (1.0, 6.0)), 4) * unit)
        edged = cv2.copyMakeBorder(picture, above, below, before, after, cv2.BORDER_CONSTANT, value=(255, 255, 255))
        picture = np.asarray(edged, np.uint8)
        place = place @ scale_and_shift(1, -before, -above)
    inked = printed(rng, printer, picture, unit)
    height, width = inked.shape[:2]
    way = f"{printer.kind}_{printer.raster}{'' if flat or straightened else '_photograph'}"
    if cut:
        mask = _cut(rng, height, width, unit)
        rise = pick(rng, (between(rng, 0.08, 0.3), between(rng, 0.3, 1.2), scaled(rng, 1, 5)), (4, 4, 2))
        piece = _curled(rng, inked) if chance(rng, 0.4) else inked
        if chance(rng, 0.35):
            piece, mask, pad = _bent(rng, piece, mask)
            place = place @ scale_and_shift(1, -pad, -pad)
        sheet = Sheet(piece, mask, place, rise, min(rise, 0.15), scaled(rng, 0.02, 0.5))
        sheets = (sheet, *over_card(rng)) if flat or straightened else (sheet,)
        return Thing(f"{way}_cut", sheets, seen, printer.gloss)
    mask = np.ones((height, width), np.float32)
    return Thing(f"{way}_page", (Sheet(inked, mask, place),), seen, printer.gloss)


def _cut(rng: np.random.Generator, height: int, width: int, unit: float) -> Paint:
    """The mask of scissors: along the card, crooked, or with round corners."""
    radius = pick(rng, (0.0, CARD_CORNER_MM * between(rng, 0.6, 1.3))) * unit
    mask = rounded(height, width, radius)
    if chance(rng, 0.4):
        shift = rng.uniform(0, unit * between(rng, 0.1, 1.2), (4, 2))
        inward = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]]) + shift * inward
        crooked = np.zeros((height, width), np.float32)
        cv2.fillConvexPoly(crooked, np.int32(np.round(corners * 16)), (1.0,), cv2.LINE_AA, 4)
        mask = np.minimum(mask, crooked)
    return mask


def _bent(rng: np.random.Generator, piece: Image, mask: Paint) -> tuple[Image, Paint, int]:
    """The piece and mask with bowed edges, its corners in place, and the pixels added on every side."""
    height, width = mask.shape
    pad = int(width * 0.03) + 2
    piece = np.asarray(cv2.copyMakeBorder(piece, pad, pad, pad, pad, cv2.BORDER_REPLICATE), np.uint8)
    mask = floats(cv2.copyMakeBorder(mask, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(0,)))
    x, y = np.arange(width + 2 * pad, dtype=np.float32), np.arange(height + 2 * pad, dtype=np.float32)
    down = between(rng, -0.8, 0.8) * pad * np.sin(np.pi * np.clip((x - pad) / width, 0, 1))
    across = between(rng, -0.5, 0.5) * pad * np.sin(np.pi * np.clip((y - pad) / height, 0, 1))
    from_x = floats(x[None] + across[:, None])
    from_y = floats(y[:, None] + down[None])
    bent = np.asarray(cv2.remap(piece, from_x, from_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)
    return bent, floats(cv2.remap(mask, from_x, from_y, cv2.INTER_LINEAR)), pad


def _curled(rng: np.random.Generator, piece: Image) -> Image:
    """Paper that bends a little: light rises and falls along one way, or a crease runs across."""
    height, width = piece.shape[:2]
    shade = np.ones((height, width), np.float32)
    turn = between(rng, 0, 3.14)
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j].astype(np.float32)
    along = x * np.cos(turn) + y * np.sin(turn)
    shade += np.sin(along * between(rng, 1, 5) + between(rng, 0, 6)) * scaled(rng, 0.01, 0.12)
    for _ in range(int(pick(rng, (0, 1, 3)))):
        far = (along - between(rng, 0, 1)) * 60 + clouds(rng, height, width, width / 4) * 0.2
        shade += between(rng, -0.25, 0.25) * np.exp(-(far**2)) + 0.06 * np.tanh(far)
    return image(paint(piece) * shade[..., None])


def page_under(rng: np.random.Generator, thing: Thing, view: View) -> Thing:
    """The thing with the page it was printed on beneath: edges, print, another copy, stamp, handwriting, folds."""
    left, top, right, bottom = reach_of(view)
    unit = min(view.unit, 1300 / max(right - left, bottom - top))
    height, width = int((bottom - top) * unit) + 2, int((right - left) * unit) + 2
    page = filled(height, width, hsv(between(rng, 0, 1), scaled(rng, 0.003, 0.04), between(rng, 0.88, 1)))
    page = page * (1 + clouds(rng, height, width, max(unit * 0.3, 1.2)) * scaled(rng, 0.001, 0.015))[..., None]
    if chance(rng, 0.3):
        lines = words(rng, height, width, max(unit * between(rng, 2.8, 5.5), 5), between(rng, 0.3, 0.9))
        page = page * (1 - lines[..., None] * floats(between(rng, 0.5, 0.95)))
    if chance(rng, 0.25):  # the other side of the card on the same page
        other = printed(rng, Printer.of(int(rng.integers(160))), draw_card(rng, max(int(CARD_MM[0] * unit), 64)), unit)
        gap = CARD_MM[1] + between(rng, 4, 30)
        y, x = int(((gap if chance(rng, 0.5) else -gap) - top) * unit), int((between(rng, -4, 4) - left) * unit)
        part = page[max(y, 0) : max(y + other.shape[0], 0), max(x, 0) : max(x + other.shape[1], 0)]
        if part.size:
            part[:] = paint(other)[max(-y, 0) :, max(-x, 0) :][: part.shape[0], : part.shape[1]]
    for _ in range(int(pick(rng, (0, 1, 2), (6, 3, 1)))):
        _mark(rng, page, unit, (left, top))
    page = paint(_curled(rng, image(page))) if chance(rng, 0.4) else page
    mask = np.ones((height, width), np.float32)
    for axis in (0, 1):
        if chance(rng, 0.3):  # an edge of the page in the picture
            near, far = (left, right) if axis else (top, bottom)
            low, high = thing.quad[:, 1 - axis].min(), thing.quad[:, 1 - axis].max()
            edge = int((low - scaled(rng, 6, 60) - near) * unit)
            other_edge = int((high + scaled(rng, 6, 60) - near) * unit)
            cut = np.moveaxis(mask, 1, 0) if axis else mask
            if chance(rng, 0.5):
                cut[: max(edge, 0)] = 0
            elif other_edge < (far - near) * unit:
                cut[other_edge:] = 0
    under = Sheet(image(page), mask, scale_and_shift(1 / unit, left, top), between(rng, 0.1, 0.8), 0.1, 0.15)
    return Thing(thing.way, (under, *thing.sheets), thing.quad, thing.gloss)


def _mark(rng: np.random.Generator, page: Paint, unit: float, origin: tuple[float, float]) -> None:
    """A round red stamp or a few strokes of a pen, near the card but not on it (mm)."""
    height, width = page.shape[:2]
    y = -origin[1] + pick(rng, (between(rng, -35, -12), between(rng, CARD_MM[1] + 10, CARD_MM[1] + 35)))
    x, size = -origin[0] + between(rng, 0, CARD_MM[0]), between(rng, 8, 20) * unit
    mask = np.zeros((height, width), np.float32)
    where = (int(x * unit), int(y * unit))
    if chance(rng, 0.4):
        colour = hsv(between(rng, -0.03, 0.03), 0.85, between(rng, 0.6, 0.9))
        cv2.circle(mask, where, int(size), (0.8,), max(int(unit * 0.9), 1), cv2.LINE_AA)
        cv2.circle(mask, where, int(size * 0.3), (0.7,), -1, cv2.LINE_AA)
        cv2.circle(mask, where, int(size * 0.75), (0.4,), max(int(unit * 2), 1), cv2.LINE_4)
    else:
        colour = hsv(between(rng, 0.58, 0.7), between(rng, 0, 0.9), between(rng, 0.1, 0.6))
        turns = cv2.GaussianBlur(rng.normal(0, size * 0.2, (90, 2)), (1, 9), 1.5)
        steps = np.cumsum(turns + np.array([size * 0.03, 0]), axis=0)
        cv2.polylines(mask, [np.int32((steps + where) * 16)], False, (1.0,), max(int(unit * 0.5), 1), cv2.LINE_AA, 4)
    page += blurred(mask, 0.6)[..., None] * (floats(colour) - page)
