"""What is printed on a card: both sides, their tint and guilloche, a schematic portrait and emblem."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image as Pictures
from PIL import ImageDraw

from idcard_core.card import CARD_MM, Image
from idcard_core.specimen.brush import (
    Colour,
    between,
    blurred,
    bytes_of,
    chance,
    clouds,
    floats,
    hsv,
    image,
    over,
    pick,
)
from idcard_core.specimen.fonts import FontFace, Style, choose_face, face_for, load
from idcard_core.specimen.people import Person, make_person
from idcard_core.specimen.tabletop.guilloche import ground_of

LABEL_BLUE = (0.66, 0.42, 0.10)
"""BGR of the labels on the front."""


class Pen:
    """Writes on a picture in millimetres; ``density`` is pixels a millimetre."""

    def __init__(self, picture: Image, density: float) -> None:
        self._canvas = Pictures.fromarray(np.ascontiguousarray(picture[..., ::-1]))
        self._draw = ImageDraw.Draw(self._canvas)
        self._density = density

    def write(self, text: str, at: tuple[float, float], size: float, face: FontFace, colour: Colour) -> None:
        """One line of text, its top left ``at`` (mm), ``size`` mm an em."""
        font = load(face_for(text, face), round(size * self._density))
        blue, green, red = bytes_of(colour)
        self._draw.text((at[0] * self._density, at[1] * self._density), text, font=font, fill=(red, green, blue))

    def picture(self) -> Image:
        """What is written so far, BGR."""
        return np.ascontiguousarray(np.asarray(self._canvas)[..., ::-1])


def draw_card(rng: np.random.Generator, density: float) -> Image:
    """One side of a fictional card, square at its corners, at ``density`` pixels a millimetre."""
    width, height = round(CARD_MM[0] * density), round(CARD_MM[1] * density)
    ground = image(ground_of(rng, height, width, density))
    person = make_person(rng)
    card = _front(rng, ground, density, person) if chance(rng, 0.6) else _back(rng, ground, density, person)
    pen = Pen(card, density)
    ink = hsv(rng.random(), between(rng, 0, 0.8), between(rng, 0.3, 0.7))
    spot = (between(rng, 46, 50) if chance(rng, 0.5) else between(rng, 76, 80), between(rng, 40, 44))
    pen.write("样本", spot, between(rng, 1.5, 2.6), choose_face(rng, (Style.SANS, Style.SERIF)), ink)
    return pen.picture()


def _front(rng: np.random.Generator, ground: Image, density: float, person: Person) -> Image:
    portrait = _portrait(rng, round(26 * density), round(32 * density), person.sex == "女")
    left, top = round(between(rng, 53, 55.5) * density), round(between(rng, 5.5, 8) * density)
    tall, wide = portrait.shape[:2]
    if chance(rng, 0.7):
        plain = portrait[2:3, 2:3].repeat(tall, 0).repeat(wide, 1)
        shade = np.asarray((cv2.absdiff(portrait, plain).max(2) > 26) * 255, np.uint8)
        soft = cv2.GaussianBlur(cv2.dilate(shade, np.ones((3, 3), np.uint8)), (0, 0), 0.12 * density)
        under = floats(ground[top : top + tall, left : left + wide])
        portrait = np.uint8(over(under, floats(portrait), floats(soft) / floats(255)))
    ground[top : top + tall, left : left + wide] = portrait
    pen = Pen(ground, density)
    label_face, value_face = choose_face(rng, (Style.SANS,)), choose_face(rng, (Style.SANS, Style.SERIF))
    small, size = between(rng, 2.3, 2.8), between(rng, 2.8, 3.3)
    blue = tuple(float(np.clip(c + rng.normal(0, 0.06), 0, 1)) for c in LABEL_BLUE)
    ink = (between(rng, 0.05, 0.2),) * 3
    day = person.birthday
    values = ((person.name, 16.0, 6.0), (person.sex, 16.0, 14.0), (person.nation, 34.0, 14.0), (day[:4], 16.0, 21.5))
    labels = (("姓名", 5.5, 6.3), ("性别", 5.5, 14.3), ("民族", 27.5, 14.3), ("出生", 5.5, 21.8), ("住址", 5.5, 29.3))
    marks = (("年", 25.5, 21.8), ("月", 33.5, 21.8), ("日", 41.5, 21.8), ("公民身份号码", 5.5, 45.6))
    for text, x, y in labels + marks:
        pen.write(text, (x, y), small, label_face, (blue[0], blue[1], blue[2]))
    shift = between(rng, -0.5, 0.5)
    for text, x, y in (*values, (str(int(day[4:6])), 29.0, 21.5), (str(int(day[6:])), 37.0, 21.5)):
        pen.write(text, (x + shift, y), size, value_face, ink)
    for row in range(0, len(person.address), 11):
        pen.write(person.address[row : row + 11], (16 + shift, 29 + row / 11 * 4.4), size, value_face, ink)
    number_face = choose_face(rng, (Style.NUMBER,))
    for place, digit in enumerate(person.idcardno):
        pen.write(digit, (29 + place * 2.62, 45.1), 3.8, number_face, ink)
    return pen.picture()


def _portrait(rng: np.random.Generator, width: int, height: int, female: bool) -> Image:
    """A schematic face before white or pale blue, ``(height, width, 3)``."""
    ground = hsv(between(rng, 0.5, 0.65), pick(rng, (0.0, between(rng, 0.02, 0.2))), between(rng, 0.93, 1))
    canvas = np.full((height, width, 3), bytes_of(ground), np.uint8)
    skin = hsv(between(rng, 0.04, 0.08), between(rng, 0.2, 0.45), between(rng, 0.7, 0.97))
    dark = tuple(c * 0.82 for c in skin)
    hair = bytes_of(hsv(between(rng, 0.02, 0.1), between(rng, 0, 0.4), between(rng, 0.05, 0.2)))
    coat = bytes_of(hsv(rng.random(), between(rng, 0, 0.7), between(rng, 0.1, 0.75)))
    x, y, w = width / 2 + rng.normal(0, width * 0.01), height * 0.42, width * between(rng, 0.2, 0.245)
    h = w * between(rng, 1.25, 1.45)

    def oval(dx: float, dy: float, ax: float, ay: float, colour: tuple[int, ...]) -> None:
        centre, axes = (round((x + dx * w) * 16), round((y + dy * h) * 16)), (round(ax * w * 16), round(ay * h * 16))
        cv2.ellipse(canvas, centre, axes, 0, 0, 360, colour, -1, cv2.LINE_AA, 4)

    if female and chance(rng, 0.7):
        oval(0, 0.25, 1.3, 1.35, hair)
    oval(0, 2.15, 2.3, 1.05, coat)
    oval(0, 1.05, 0.5, 0.5, bytes_of((dark[0], dark[1], dark[2])))
    oval(0, -0.2, 1.1, 1.05, hair)
    oval(0, 0, 1, 1, bytes_of(skin))
    oval(0, -0.85, 0.92, between(rng, 0.2, 0.42), hair)
    for side in (-1, 1):
        oval(side * 0.4, -0.12, 0.17, 0.06, (235, 238, 240))
        oval(side * 0.4, -0.12, 0.075, 0.065, (30, 30, 40))
        oval(side * 0.4, -0.33, 0.24, 0.035, hair)
        oval(side * 1.0, 0.0, 0.09, 0.18, bytes_of((dark[0], dark[1], dark[2])))
    oval(0, 0.22, 0.13, 0.05, bytes_of((dark[0], dark[1], dark[2])))
    oval(0, 0.5, 0.3, 0.065, bytes_of(hsv(0.99, between(rng, 0.3, 0.6), between(rng, 0.55, 0.8))))
    soft = blurred(floats(canvas), width * 0.008)
    return np.asarray(np.clip(soft * (1 + 0.02 * clouds(rng, height, width, width / 5))[..., None], 0, 255), np.uint8)


def _back(rng: np.random.Generator, ground: Image, density: float, person: Person) -> Image:
    _emblem(rng, ground, density)
    pen = Pen(ground, density)
    ink = (between(rng, 0.05, 0.2),) * 3
    title, text = choose_face(rng, (Style.SERIF, Style.SANS, Style.SCRIPT)), choose_face(rng, (Style.SANS,))
    for row, (line, size, left, step) in enumerate((("中华人民共和国", 5.0, 29, 7.0), ("居民身份证", 7.0, 29, 10.4))):
        for place, character in enumerate(line):
            pen.write(character, (left + place * step, 8.0 + row * 8.5), size, title, ink)
    term = [d if d == "长期" else f"{d[:4]}.{d[4:6]}.{d[6:]}" for d in (person.begindate, person.enddate)]
    for line, x, y in (
        ("签发机关", 18, 37.4),
        (person.gov, 34, 37.3),
        ("有效期限", 18, 44.4),
        ("-".join(term), 34, 44.3),
    ):
        pen.write(line, (x, y), between(rng, 2.7, 3.1), text, ink)
    return pen.picture()


def _emblem(rng: np.random.Generator, ground: Image, density: float) -> None:
    """A red round schematic emblem, left above."""
    red = bytes_of(hsv(between(rng, -0.02, 0.02), between(rng, 0.65, 0.95), between(rng, 0.6, 0.85)))
    gold = bytes_of(hsv(between(rng, 0.1, 0.14), between(rng, 0.3, 0.7), between(rng, 0.8, 0.98)))
    centre = np.array([between(rng, 14, 17), between(rng, 14, 17)])

    def disc(dx: float, dy: float, radius: float, colour: tuple[int, ...], thick: float = 0) -> None:
        spot = np.round((centre + np.array([dx, dy])) * density * 16).astype(int)
        width = -1 if thick == 0 else max(1, round(thick * density))
        cv2.circle(ground, (int(spot[0]), int(spot[1])), round(radius * density * 16), colour, width, cv2.LINE_AA, 4)

    disc(0, 0, 9.2, red)
    disc(0, 0, 8.1, gold, 0.5)
    for turn in np.linspace(0.2 * np.pi, 0.8 * np.pi, int(rng.integers(7, 15))):
        disc(8.3 * np.cos(turn), 8.3 * np.sin(turn), 0.8, gold)
    for dx, dy, size in ((0, -3.6, 1.5), (-3.6, -1.2, 0.7), (-2, -0.4, 0.7), (2, -0.4, 0.7), (3.6, -1.2, 0.7)):
        turns = -np.pi / 2 + np.arange(10) * np.pi / 5
        reach = np.where(np.arange(10) % 2 == 0, size, size * 0.4)
        star = (centre + np.array([dx, dy]) + np.stack([reach * np.cos(turns), reach * np.sin(turns)], 1)) * density
        cv2.fillPoly(ground, [np.int32(np.round(star * 16))], gold, cv2.LINE_AA, 4)
    box = np.round((centre + np.array([[-4, 2], [4, 4.4]])) * density).astype(int)
    cv2.rectangle(ground, tuple(box[0].tolist()), tuple(box[1].tolist()), gold, -1, cv2.LINE_AA)
