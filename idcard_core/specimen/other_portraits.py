"""Fronts with another kind of portrait art in other places: what a finder of portraits may not take for granted.

The everyday specimens paste a drawn figure on a plain ground of its own, always near one place. Here head and shoulders
are shaded, softly outlined and without a ground: the card's own shows around them, as on a real card. Place and size
vary more, and the print moves along only in part. No person's likeness.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from idcard_core.card import CARD_FRAME, FIELDS, Image, Points, Side
from idcard_core.specimen import artwork
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.flat import FlatCard, finish
from idcard_core.specimen.front import set_front
from idcard_core.specimen.layout import choose_look, plan_front
from idcard_core.specimen.lettering import Sheet
from idcard_core.specimen.people import Person, make_person
from idcard_core.specimen.photograph import Photograph, photograph
from idcard_core.specimen.recipes import make_shot
from idcard_core.specimen.surfaces import grey_copy, on_screen, stamped, watermarked

PORTRAIT = (545.0, 74.0, 260.0, 320.0)
"""Where the portrait stands on the average, in frame units: left, top, width, height."""
_SURFACES = {
    Condition.GREY_COPY: grey_copy,
    Condition.SCREEN: on_screen,
    Condition.WATERMARK: watermarked,
    Condition.STAMP: stamped,
}
_DRAWN_WIDTH = 1284
_FINE = 2
"""Pixels a unit that figures are drawn with."""
Floats = NDArray[np.float32]


def photograph_other(seed: int, condition: Condition = Condition.PLAIN) -> Photograph:
    """A front with another portrait, photographed under ``condition``; the same arguments give the same picture.

    Raises FontsMissingError without a Chinese font.
    """
    rng = np.random.default_rng([seed, list(Condition).index(condition), 32])
    shot, person = make_shot(condition, rng), make_person(rng)
    card = draw_other_front(person, rng, _DRAWN_WIDTH)
    if condition in _SURFACES:
        card = _SURFACES[condition](rng, card)
    return photograph([card], shot, rng)


def draw_other_front(person: Person, rng: np.random.Generator, width: int = _DRAWN_WIDTH) -> FlatCard:
    """The portrait side of ``person``'s card with another portrait, flat, ``width`` pixels wide."""
    size = (width, round(width * CARD_FRAME[1] / CARD_FRAME[0]))
    look, plan = choose_look(rng), plan_front(rng)
    left, top, wide, tall = PORTRAIT
    scale = float(rng.uniform(0.96, 1.03))
    place = (left + float(rng.uniform(-16, 16)), top + float(rng.uniform(-16, 16)), wide * scale, tall * scale)
    picture = artwork.ground(rng, size, Side.FRONT)
    picture = laid(rng, picture, place, grey=bool(rng.random() < 0.15))
    sheet = Sheet(Pillow.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)))
    quads = set_front(sheet, person, replace(plan, portrait=place), look, rng)
    return finish(Side.FRONT, sheet, (person, FIELDS[Side.FRONT]), quads, _quad(place))


def _quad(box: tuple[float, float, float, float]) -> Points:
    left, top, width, height = box
    right, bottom = left + width, top + height
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def laid(rng: np.random.Generator, picture: Image, box: tuple[float, float, float, float], grey: bool) -> Image:
    """``picture`` with a figure in ``box`` (frame units); its whitish ground fades into the card's."""
    scale = picture.shape[1] / CARD_FRAME[0]
    left, top, width, height = (round(value * scale) for value in box)
    figure, solid = soft_figure(rng, (round(box[2] * _FINE), round(box[3] * _FINE)))
    if grey:
        figure = np.asarray(cv2.merge([cv2.cvtColor(figure, cv2.COLOR_BGR2GRAY)] * 3), np.float32)
    figure = np.asarray(cv2.resize(figure, (width, height), interpolation=cv2.INTER_AREA), np.float32)
    share = np.asarray(cv2.resize(solid, (width, height), interpolation=cv2.INTER_AREA), np.float32)
    place = picture[top : top + height, left : left + width].astype(np.float32)
    fade = np.zeros((height, width), np.float32)
    inset = round(float(rng.uniform(0.03, 0.12)) * width)
    fade[inset : height - inset, inset : width - inset] = 1
    fade = cv2.GaussianBlur(fade, (0, 0), max(1.0, inset / 2))[:, :, None] * np.float32(rng.uniform(0, 0.8))
    place = place * (1 - fade) + np.float32(248) * fade
    mixed = place * (1 - share[:, :, None]) + figure * share[:, :, None]
    picture = picture.copy()
    picture[top : top + height, left : left + width] = mixed.clip(0, 255).astype(np.uint8)
    return picture


def soft_figure(rng: np.random.Generator, size: tuple[int, int]) -> tuple[Floats, Floats]:
    """Head and shoulders as BGR (height, width, 3), 0 to 255, and how solid each place is (height, width), 0 to 1."""
    width, height = size
    figure = np.full((height, width, 3), 245, np.float32)
    solid = np.zeros((height, width), np.float32)
    cx = width * float(rng.uniform(0.48, 0.52))
    chin, crown = height * float(rng.uniform(0.6, 0.68)), height * float(rng.uniform(0.09, 0.16))
    half = 0.5 * (chin - crown) * float(rng.uniform(0.68, 0.78))
    middle = (chin + crown) / 2
    skin = np.array([138, 168, 212]) * rng.uniform(0.75, 1.08) + rng.normal(0, 5, 3)
    hair = np.array([30, 30, 34]) * rng.uniform(0.6, 1.9) if rng.random() < 0.85 else rng.uniform(110, 190) * np.ones(3)
    cloth = rng.uniform(15, 240) + rng.normal(0, 25, 3)

    def paint(outline: Floats, colour: NDArray[np.floating], softness: float, shade: float = 0.0) -> None:
        mask = np.zeros((height, width), np.uint8)
        cv2.fillPoly(mask, [np.round(outline).astype(np.int32)], (255,), cv2.LINE_AA)
        share = cv2.GaussianBlur(mask, (0, 0), softness * _FINE).astype(np.float32) / 255
        across = np.linspace(-1, 1, width, dtype=np.float32)[None, :, None]
        lit = np.asarray(colour, np.float32)[None, None] * (1 + np.float32(shade) * across)
        figure[:] = figure * (1 - share[:, :, None]) + lit * share[:, :, None]
        np.maximum(solid, share, out=solid)

    side_light = float(rng.uniform(-0.18, 0.18))
    if rng.random() < 0.4:
        fall = height * float(rng.uniform(0.62, 0.95))
        paint(_oval(cx, (crown + fall) / 2, 1.3 * half, (fall - crown) / 2, 2.6), hair, 2.5)
    slope, reach = float(rng.uniform(0.7, 0.8)) * height, width * float(rng.uniform(0.46, 0.56))
    neck = 0.5 * half
    body = [(cx - reach, height + 9), (cx - reach * 0.97, slope + 0.11 * height), (cx - reach * 0.7, slope)]
    body += [(cx - neck, slope - 0.07 * height), (cx + neck, slope - 0.07 * height)]
    body += [(2 * cx - x, y) for x, y in body[2::-1]]
    paint(np.array(body, np.float32), cloth, 1.5, side_light)
    throat = [(cx - neck, chin - 0.1 * height), (cx + neck, chin - 0.1 * height), (cx + neck, slope - 0.03 * height)]
    throat += [(cx, slope + float(rng.uniform(0.03, 0.14)) * height), (cx - neck, slope - 0.03 * height)]
    paint(np.array(throat, np.float32), skin * 0.86, 1.5, side_light)
    top = crown + 0.4 * (chin - crown)
    paint(_oval(cx, top, 1.13 * half, top - crown, 2.2), hair, 2.0)
    for sign in (-1, 1):
        paint(_oval(cx + sign * half, middle + 0.06 * height, 0.13 * half, 0.06 * height), skin * 0.9, 1.0)
    face_top = crown + float(rng.uniform(0.14, 0.26)) * (chin - crown)
    paint(_oval(cx, (face_top + chin) / 2, half, (chin - face_top) / 2, 2.3), skin, 1.5, side_light)
    brow = middle - 0.01 * height
    for sign in (-1, 1):
        paint(_oval(cx + sign * 0.42 * half, brow, 0.24 * half, 0.012 * height), hair * 0.6 + skin * 0.4, 1.0)
        paint(_oval(cx + sign * 0.42 * half, brow + 0.045 * height, 0.17 * half, 0.013 * height), skin * 0.3, 0.8)
    nose = middle + 0.1 * height
    paint(_oval(cx, nose, 0.2 * half, 0.012 * height), skin * 0.82, 1.5)
    paint(_oval(cx, nose + 0.06 * height, 0.36 * half, 0.016 * height), skin * np.array([0.62, 0.6, 0.82]), 1.0)
    return figure, solid


def _oval(x: float, y: float, a: float, b: float, power: float = 2.0) -> Floats:
    """The outline of a superellipse, (48, 2)."""
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    bend = 2 / power
    u = np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** bend
    v = np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** bend
    return np.stack([x + a * u, y + b * v], axis=1).astype(np.float32)
