"""Cards as a short program draws them: a tint, some lines, a figure or an emblem, and the words."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image as Pictures
from PIL import ImageDraw, ImageFilter

from idcard_core.card import CARD_CORNER_MM, CARD_MM, Image, Side
from idcard_core.specimen.brush import Paint, between, chance, hsv, pick, rounded, scaled
from idcard_core.specimen.fonts import FontFace, Style, choose_face, face_for, load
from idcard_core.specimen.people import Person, make_person

_Ink = tuple[int, int, int]
"""Red, green and blue, as Pillow has them."""


def draw_card(rng: np.random.Generator, width: int) -> Image:
    """One side of a new card, ``width`` pixels wide, square-cornered (BGR)."""
    height = round(width * CARD_MM[1] / CARD_MM[0])
    side = pick(rng, (Side.FRONT, Side.BACK), (55, 45))
    sheet = _tinted(rng, width, height)
    if chance(rng, 0.75):
        _lines(rng, sheet)
    if chance(rng, 0.3):
        sheet = sheet.filter(ImageFilter.GaussianBlur(between(rng, 0.3, 1.2)))
    pen = _Pen(rng, sheet)
    if side is Side.FRONT:
        _portrait(rng, sheet, pen.unit)
        pen.front(make_person(rng, None))
    else:
        _emblem(rng, sheet, pen.unit)
        pen.back(make_person(rng, None))
    pen.mark()
    return np.ascontiguousarray(np.asarray(sheet)[..., ::-1])


def outline(rng: np.random.Generator, height: int, width: int) -> Paint:
    """The mask of a card: its corners are as round as a card's, a little more or less."""
    return rounded(height, width, CARD_CORNER_MM * between(rng, 0.75, 1.3) * width / CARD_MM[0])


def _ink(rng: np.random.Generator, hue: tuple[float, float], saturation: tuple[float, float], value: float) -> _Ink:
    blue, green, red = hsv(between(rng, *hue), between(rng, *saturation), value)
    return int(red * 255), int(green * 255), int(blue * 255)


def _tinted(rng: np.random.Generator, width: int, height: int) -> Pictures.Image:
    """A ground of one colour or of a few that run into one another."""
    strength = scaled(rng, 0.02, 0.35)
    tones = [_ink(rng, (0, 1), (0, strength), between(rng, 0.82, 1)) for _ in range(int(rng.integers(1, 5)))]
    few = np.array([tones, tones[::-1] if chance(rng, 0.4) else tones], np.uint8)
    smooth = cv2.resize(few, (width, height), interpolation=pick(rng, (cv2.INTER_LINEAR, cv2.INTER_CUBIC)))
    return Pictures.fromarray(np.ascontiguousarray(smooth))


def _lines(rng: np.random.Generator, sheet: Pictures.Image) -> None:
    """Waves, rings, rays or a net, thin and pale."""
    draw, (width, height) = ImageDraw.Draw(sheet, "RGBA"), sheet.size
    unit = width / CARD_MM[0]
    for _ in range(int(rng.integers(1, 4))):
        step, thick = scaled(rng, 0.5, 5) * unit, max(1, round(scaled(rng, 0.05, 0.3) * unit))
        ink = (*_ink(rng, (0, 1), (0.2, 0.8), between(rng, 0.4, 0.9)), int(rng.integers(20, 120)))
        x = np.linspace(0, width, 90)
        kind = pick(rng, ("waves", "rings", "rays", "net"))
        swing, length, phase = scaled(rng, 0.3, 6) * unit, scaled(rng, 4, 60) * unit, between(rng, 0, 6)
        middle = (between(rng, 0, width), between(rng, 0, height))
        for number in range(int(min(height / step, 70))):
            if kind == "waves":
                y = number * step + swing * np.sin(x / length * 6.28 + phase + number * 0.2)
                draw.line([(float(a), float(b)) for a, b in zip(x, y, strict=True)], ink, thick)
            elif kind == "rings":
                reach = (number + 1) * step
                draw.ellipse([middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach], None, ink)
            elif kind == "rays":
                angle = number * 0.11 + phase
                end = (middle[0] + width * float(np.cos(angle)), middle[1] + width * float(np.sin(angle)))
                draw.line([middle, end], ink, thick)
            else:
                draw.line([(0, number * step), (width, number * step + swing)], ink, thick)
                draw.line([(number * step * 1.6, 0), (number * step * 1.6 + swing, height)], ink, thick)


class _Pen:
    """Writes on one card: lengths in millimetres, ``unit`` pixels each."""

    def __init__(self, rng: np.random.Generator, sheet: Pictures.Image) -> None:
        self._rng, self._draw = rng, ImageDraw.Draw(sheet)
        self.unit = sheet.width / CARD_MM[0]
        self._size = between(rng, 0.85, 1.12)
        self._label = _ink(rng, (0.5, 0.66), (0.3, 0.9), between(rng, 0.4, 0.8))
        if chance(rng, 0.25):
            self._label = _ink(rng, (0, 1), (0, 0.4), between(rng, 0.1, 0.5))
        self._value = _ink(rng, (0, 1), (0, 0.2), between(rng, 0, 0.25))
        self._small, self._face = (choose_face(rng, (Style.SANS, Style.SERIF)) for _ in range(2))

    def _write(self, x: float, y: float, text: str, size: float, ink: _Ink, face: FontFace, gap: float = 0.0) -> None:
        font = load(face_for(text, face), round(size * self._size * self.unit))
        if not gap:
            self._draw.text((x * self.unit, y * self.unit), text, font=font, fill=ink, anchor="lm")
            return
        for letter in text:
            self._draw.text((x * self.unit, y * self.unit), letter, font=font, fill=ink, anchor="lm")
            x += font.getlength(letter) / self.unit + gap

    def front(self, person: Person) -> None:
        """Names of fields and their values."""
        rng, left, middle = self._rng, between(self._rng, 4.5, 7.5), between(self._rng, 15, 18)
        top, step = between(rng, 7, 9.5), between(rng, 6.4, 7.8)
        born = f"{person.birthday[:4]} 年 {int(person.birthday[4:6])} 月 {int(person.birthday[6:])} 日"
        rows = (("姓名", person.name), ("性别", f"{person.sex}    民族 {person.nation}"), ("出生", born))
        for number, (label, value) in enumerate(rows):
            self._write(left, top + number * step, label, 2.7, self._label, self._small)
            self._write(middle, top + number * step, value, 3.3, self._value, self._face)
        self._write(left, top + 3 * step, "住址", 2.7, self._label, self._small)
        for row, start in enumerate(range(0, len(person.address), 11)):
            line = person.address[start : start + 11]
            self._write(middle, top + 3 * step + row * 4.3, line, 3.2, self._value, self._face)
        self._write(left, 47.5, "公民身份号码", 2.7, self._label, self._small)
        number_face = choose_face(rng, (Style.NUMBER, Style.SANS))
        self._write(between(rng, 27, 30), 47.5, person.idcardno, 3.7, self._value, number_face, between(rng, 0.2, 0.6))

    def back(self, person: Person) -> None:
        """The titles, the office and the term."""
        rng, title = self._rng, choose_face(self._rng, (Style.SANS, Style.SERIF))
        self._write(between(rng, 26, 31), between(rng, 10, 13), "中华人民共和国", 5, self._value, title, 1.0)
        self._write(between(rng, 24, 29), between(rng, 20, 24), "居民身份证", 7.6, self._value, title, 2.2)
        left, low = between(rng, 17, 24), between(rng, 39, 42)
        begin, end = (f"{day[:4]}.{day[4:6]}.{day[6:]}" for day in (person.begindate, person.enddate))
        term = f"{begin}-{end if person.enddate.isdigit() else person.enddate}"
        for row, (label, value) in enumerate((("签发机关", person.gov), ("有效期限", term))):
            self._write(left, low + row * 6.6, label, 2.9, self._value, self._small)
            self._write(left + 16, low + row * 6.6, value, 3.2, self._value, self._face)

    def mark(self) -> None:
        """A small 样本."""
        rng, ink = self._rng, _ink(self._rng, (0, 1), (0, 0.9), between(self._rng, 0.3, 0.7))
        self._write(between(rng, 40, 48), between(rng, 3.5, 6), "样本", between(rng, 1.6, 3), ink, self._small)


def _portrait(rng: np.random.Generator, sheet: Pictures.Image, unit: float) -> None:
    """Head and shoulders at the right, drawn as an icon or, softened and grained, more like a photograph."""
    left, top = between(rng, 52, 56), between(rng, 6, 10)
    width, height = between(rng, 23, 27), between(rng, 29, 34)
    box = [round(value * unit) for value in (left, top, left + width, top + height)]
    part = sheet.crop((box[0], box[1], box[2], box[3]))
    draw = ImageDraw.Draw(part)
    if chance(rng, 0.5):
        draw.rectangle([0, 0, *part.size], _ink(rng, (0.5, 0.65), (0, 0.3), between(rng, 0.75, 1)))

    def oval(x: float, y: float, a: float, b: float, ink: _Ink) -> None:
        draw.ellipse([(x - a) * part.width, (y - b) * part.height, (x + a) * part.width, (y + b) * part.height], ink)

    hair, skin = _ink(rng, (0, 1), (0, 0.3), between(rng, 0.05, 0.2)), _ink(rng, (0.03, 0.1), (0.2, 0.5), 0.85)
    oval(0.5, 1.05, between(rng, 0.36, 0.5), between(rng, 0.28, 0.4), _ink(rng, (0, 1), (0, 0.7), rng.random()))
    if chance(rng, 0.5):
        oval(0.5, 0.5, 0.3, between(rng, 0.3, 0.45), hair)
    oval(0.5, 0.72, 0.1, 0.14, skin)
    oval(0.5, 0.38, 0.25, 0.25, hair)
    oval(0.5, 0.44, between(rng, 0.19, 0.23), between(rng, 0.2, 0.25), skin)
    for x in (0.42, 0.58):
        oval(x, 0.42, 0.03, 0.012, hair)
    if chance(rng, 0.6):
        soft = part.filter(ImageFilter.GaussianBlur(between(rng, 0.1, 0.6) * unit))
        noise = rng.normal(0, between(rng, 0, 8), (part.height, part.width, 1))
        part = Pictures.fromarray(np.clip(np.asarray(soft, np.float32) + noise, 0, 255).astype(np.uint8))
    sheet.paste(part, (box[0], box[1]))


def _emblem(rng: np.random.Generator, sheet: Pictures.Image, unit: float) -> None:
    """A red disc with a gold rim and dots, or a star."""
    draw = ImageDraw.Draw(sheet)
    x, y, radius = (value * unit for value in (between(rng, 10, 14), between(rng, 12, 16), between(rng, 5.5, 8.5)))
    red = _ink(rng, (-0.03, 0.03), (0.6, 1), between(rng, 0.6, 0.95))
    gold = _ink(rng, (0.09, 0.15), (0.4, 0.9), between(rng, 0.7, 1))
    draw.ellipse(
        [x - radius, y - radius, x + radius, y + radius], red, gold, max(1, round(radius * between(rng, 0.05, 0.2)))
    )
    points = 10 if chance(rng, 0.6) else 2 * int(rng.integers(4, 12))
    turns = np.arange(points) * 2 * np.pi / points - np.pi / 2
    far = np.where(np.arange(points) % 2, 0.2, 0.5) * radius
    draw.polygon([(float(x + f * np.cos(t)), float(y + f * np.sin(t))) for f, t in zip(far, turns, strict=True)], gold)
