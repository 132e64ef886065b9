"""Both sides of a fictional card, drawn flat and anew each time: lettering, portrait, emblem and a small 样本."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image as Pictures
from PIL import ImageDraw

from idcard_core.card import CARD_MM, Image, Side
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
    paint,
    pick,
)
from idcard_core.specimen.fonts import FontFace, Style, choose_face, face_for, load
from idcard_core.specimen.painted.tint import card_ground
from idcard_core.specimen.people import Person, make_person


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes on one card: lengths in millimetres, ``unit`` pixels each; all places shifted by ``shift``."""

    draw: ImageDraw.ImageDraw
    unit: float
    size: float
    shift: tuple[float, float]

    def write(
        self, where: tuple[float, float], text: str, face: FontFace, size: float, colour: Colour, gap: float = 0.0
    ) -> float:
        """Writes ``text`` from its left middle; ``gap`` mm between characters; gives the right end."""
        x, y = where[0] + self.shift[0], where[1] + self.shift[1]
        font = load(face_for(text, face), round(size * self.size * self.unit))
        blue, green, red = bytes_of(colour)
        if not gap:
            self.draw.text((x * self.unit, y * self.unit), text, font=font, fill=(red, green, blue), anchor="lm")
            return float(x + font.getlength(text) / self.unit)
        for character in text:
            self.draw.text((x * self.unit, y * self.unit), character, font=font, fill=(red, green, blue), anchor="lm")
            x += font.getlength(character) / self.unit + gap
        return x


def draw_card(rng: np.random.Generator, width: int) -> Image:
    """One side of a new card, ``width`` pixels wide, square-cornered (BGR)."""
    height = round(width * CARD_MM[1] / CARD_MM[0])
    side = pick(rng, (Side.FRONT, Side.BACK), (6, 4))
    flat = image(card_ground(rng, height, width))
    unit = width / CARD_MM[0]
    if side is Side.FRONT:
        _portrait(rng, flat, unit)
    else:
        _emblem(rng, flat, (between(rng, 11, 14) * unit, between(rng, 12.5, 16) * unit), between(rng, 6.5, 8.5) * unit)
    sheet = Pictures.fromarray(np.ascontiguousarray(flat[..., ::-1]))
    shift = (between(rng, -1.2, 1.2), between(rng, -1.2, 1.2))
    pen = _Pen(ImageDraw.Draw(sheet), unit, between(rng, 0.88, 1.1), shift)
    (_front if side is Side.FRONT else _back)(rng, pen, make_person(rng, None))
    tone = hsv(rng.random(), 0.3, between(rng, 0.3, 0.7))
    spot = (
        (between(rng, 30, 48), between(rng, 4, 8))
        if side is Side.FRONT
        else (between(rng, 68, 78), between(rng, 28, 36))
    )
    pen.write(spot, "样本", choose_face(rng, (Style.SANS,)), between(rng, 1.5, 2.6), tone)
    return np.ascontiguousarray(np.asarray(sheet)[..., ::-1])


def _inks(rng: np.random.Generator) -> tuple[Colour, Colour]:
    label = hsv(between(rng, 0.52, 0.63), between(rng, 0.4, 0.9), between(rng, 0.4, 0.75))
    if chance(rng, 0.12):
        label = hsv(rng.random(), between(rng, 0, 0.6), between(rng, 0.2, 0.6))
    return label, hsv(rng.random(), between(rng, 0, 0.25), between(rng, 0.02, 0.25))


def _front(rng: np.random.Generator, pen: _Pen, person: Person) -> None:
    label, value = _inks(rng)
    small, face = choose_face(rng, (Style.SANS,)), choose_face(rng, (Style.SANS, Style.SERIF))
    left, middle = between(rng, 5.5, 7.5), between(rng, 15.5, 17.5)
    step = between(rng, 6.6, 7.6)
    top = between(rng, 7.2, 9.0)
    pen.write((left, top), "姓名", small, 2.8, label, 0.5)
    pen.write((middle, top), person.name, face, between(rng, 3.4, 4.1), value)
    pen.write((left, top + step), "性别", small, 2.8, label, 0.5)
    pen.write((middle, top + step), person.sex, face, 3.2, value)
    pen.write((middle + 10, top + step), "民族", small, 2.8, label, 0.5)
    pen.write((middle + 18, top + step), person.nation, face, 3.2, value)
    pen.write((left, top + 2 * step), "出生", small, 2.8, label, 0.5)
    x = middle
    born = (person.birthday[:4], str(int(person.birthday[4:6])), str(int(person.birthday[6:8])))
    for text, mark in zip(born, "年月日", strict=True):
        x = pen.write((x, top + 2 * step), text, face, 3.1, value) - pen.shift[0]
        x = pen.write((x + 1, top + 2 * step), mark, small, 2.7, label) - pen.shift[0] + 1
    pen.write((left, top + 3.05 * step), "住址", small, 2.8, label, 0.5)
    starts = range(0, len(person.address), 11)
    for row, place in enumerate(starts):
        y = top + 3.05 * step + row * min(4.8, 13.5 / len(starts))
        pen.write((middle, y), person.address[place : place + 11], face, 3.1, value)
    pen.write((left, 47.3), "公民身份号码", small, 2.8, label, 0.25)
    number = choose_face(rng, (Style.NUMBER, Style.SANS))
    size, gap = between(rng, 3.6, 4.2), between(rng, 0.35, 0.75)
    start = between(rng, 28, 30.5)
    span = load(number, 100).getlength(person.idcardno) / 100 * size * pen.size
    gap = min(gap, (82.5 - start - span) / 17)
    pen.write((start, 47.3), person.idcardno, number, size, value, gap or 0.01)


def _back(rng: np.random.Generator, pen: _Pen, person: Person) -> None:
    label, value = _inks(rng)
    title = choose_face(rng, (Style.SANS, Style.SERIF))
    small, face = choose_face(rng, (Style.SANS,)), choose_face(rng, (Style.SANS, Style.SERIF))
    black = hsv(0, 0, between(rng, 0.05, 0.25))
    pen.write(
        (between(rng, 28, 31), between(rng, 10, 12.5)), "中华人民共和国", title, between(rng, 4.6, 5.6), black, 0.9
    )
    pen.write((between(rng, 25, 29), between(rng, 20, 23.5)), "居民身份证", title, between(rng, 7.0, 8.6), black, 2.2)
    left = between(rng, 18, 24)
    low = between(rng, 39.5, 42)
    size = between(rng, 3.0, 3.5)
    end = person.enddate if not person.enddate.isdigit() else _dotted(person.enddate)
    pen.write((left, low), "签发机关", small, 2.9, label if chance(rng, 0.3) else black, 0.2)
    pen.write((left + 16, low), person.gov, face, size, value)
    pen.write((left, low + 6.5), "有效期限", small, 2.9, label if chance(rng, 0.3) else black, 0.2)
    pen.write((left + 16, low + 6.5), f"{_dotted(person.begindate)}-{end}", face, size, value)


def _dotted(day: str) -> str:
    return f"{day[:4]}.{day[4:6]}.{day[6:]}"


def _portrait(rng: np.random.Generator, flat: Image, unit: float) -> None:
    """A schematic head and shoulders painted into ``flat`` at the right."""
    left, top = int(between(rng, 52.5, 55) * unit), int(between(rng, 6.5, 9.5) * unit)
    width, height = int(between(rng, 24, 27) * unit), int(between(rng, 30, 33.5) * unit)
    under = flat[top : top + height, left : left + width]
    canvas = under.copy()
    if chance(rng, 0.3):
        canvas[:] = bytes_of(hsv(between(rng, 0.5, 0.65), between(rng, 0, 0.25), between(rng, 0.8, 1)))
    back = canvas.copy()
    middle, span = (width * between(rng, 0.47, 0.53), height * between(rng, 0.4, 0.46)), width * between(rng, 0.2, 0.25)
    skin = hsv(between(rng, 0.04, 0.09), between(rng, 0.2, 0.45), between(rng, 0.65, 0.95))
    shade = bytes_of((skin[0] * 0.75, skin[1] * 0.78, skin[2] * 0.82))
    hair = bytes_of(hsv(rng.random(), 0.2, between(rng, 0.05, 0.22)))
    coat = bytes_of(hsv(rng.random(), between(rng, 0, 0.6), between(rng, 0.08, 0.8)))
    x, y = middle

    def oval(dx: float, dy: float, w: float, h: float, colour: tuple[int, int, int]) -> None:
        place = ((x + dx * span, y + dy * span), (w * span * 2, h * span * 2), 0)
        cv2.ellipse(canvas, place, colour, -1, cv2.LINE_AA)

    if chance(rng, 0.5):
        oval(0, between(rng, 0.1, 0.8), 1.15, between(rng, 1.4, 2.0), hair)
    oval(0, 3.4, between(rng, 1.9, 2.3), between(rng, 1.5, 1.9), coat)
    oval(0, 1.5, 0.5, 0.75, shade)
    oval(0, -0.2, 1.06, 1.4, hair)
    oval(0, 0.15, 0.95, 1.25, bytes_of(skin))
    oval(0.3, 0.3, 0.6, 1.0, bytes_of((skin[0] * 0.95, skin[1] * 0.96, skin[2] * 0.97)))
    for sign in (-1, 1):
        oval(sign * 0.4, -0.28, 0.24, 0.05, hair)
        oval(sign * 0.4, -0.05, 0.16, 0.07, hair)
        oval(sign * 0.12, 0.4, 0.06, 0.05, shade)
    oval(0, 0.78, 0.3, 0.08, bytes_of((skin[0] * 0.6, skin[1] * 0.6, skin[2] * 0.9)))
    mixed = blurred(paint(canvas), unit * between(rng, 0.05, 0.25))
    drawn = np.any(canvas != back, axis=2).astype(np.float32)
    shading = clouds(rng, height, width, span * between(rng, 0.3, 1.5), 2) * between(rng, 0, 0.07)
    mixed = mixed * (1 + shading * drawn)[..., None]
    edge = drawn[..., None] if chance(rng, 0.7) else floats(1)
    veil = floats(between(rng, 0.75, 1.0))
    under[:] = image(paint(back) * (1 - edge * veil) + mixed * edge * veil)


def _emblem(rng: np.random.Generator, flat: Image, centre: tuple[float, float], radius: float) -> None:
    """A schematic red and gold emblem painted into ``flat``; places in pixels."""
    red = bytes_of(hsv(between(rng, -0.03, 0.03), between(rng, 0.6, 0.95), between(rng, 0.6, 0.9)))
    gold = bytes_of(hsv(between(rng, 0.08, 0.14), between(rng, 0.3, 0.8), between(rng, 0.7, 0.95)))
    x, y = centre

    def disc(dx: float, dy: float, size: float, colour: tuple[int, int, int]) -> None:
        cv2.circle(
            flat, (int(x + dx * radius), int(y + dy * radius)), max(int(size * radius), 1), colour, -1, cv2.LINE_AA
        )

    for turn in np.linspace(0, 2 * np.pi, 28, endpoint=False):
        disc(0.9 * np.cos(turn), 0.95 * np.sin(turn), 0.13, gold if chance(rng, 0.8) else red)
    disc(0, 0, 0.82, red)
    disc(0, -0.42, 0.16, gold)
    for turn in (0.35, 0.85, 2.3, 2.8):
        disc(0.42 * np.cos(turn), -0.42 + 0.4 * np.sin(turn), 0.06, gold)
    for row, (half, tall) in enumerate(((0.36, 0.06), (0.46, 0.07), (0.6, 0.14))):
        top = y + (0.18 + 0.13 * row) * radius
        cv2.rectangle(
            flat, (int(x - half * radius), int(top)), (int(x + half * radius), int(top + tall * radius)), gold, -1
        )
    cv2.ellipse(
        flat, (int(x), int(y + radius)), (int(radius * 0.6), int(radius * 0.16)), 0, 0, 360, red, -1, cv2.LINE_AA
    )
