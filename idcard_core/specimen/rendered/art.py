"""Both sides of a card as they leave the card printer: lettering, portrait and emblem over the printed ground."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw

from idcard_core.card import CARD_MM, Image, Side
from idcard_core.specimen.fonts import FontFace, Style, choose_face, face_for, load
from idcard_core.specimen.people import Person
from idcard_core.specimen.rendered.fields import Float, colour, fractal, single, smooth, stored
from idcard_core.specimen.rendered.guilloche import ground


class _Pen:
    """Writes on a picture in millimetres, with one draw of layout for the whole card."""

    def __init__(self, rng: np.random.Generator, picture: Image, density: float) -> None:
        self._canvas = Pillow.fromarray(picture[..., ::-1])
        self._draw = ImageDraw.Draw(self._canvas)
        self._density = density
        self._shift = rng.normal(0, 0.5, 2)
        self._scale = float(rng.uniform(0.9, 1.1))

    def write(self, at: tuple[float, float], text: str, size: float, face: FontFace, ink: tuple[int, ...]) -> None:
        """``text`` with its left edge and middle height ``at`` and ``size`` millimetres an em; ``ink`` is BGR."""
        font = load(face_for(text, face), round(size * self._scale * self._density))
        place = tuple((np.asarray(at) + self._shift) * self._density)
        self._draw.text((place[0], place[1]), text, fill=ink[::-1], font=font, anchor="lm")

    def spread(
        self, span: tuple[float, float, float], text: str, size: float, face: FontFace, ink: tuple[int, ...]
    ) -> None:
        """``text`` with its letters spread evenly over ``span``: left, right and middle height in millimetres."""
        for place, letter in zip(np.linspace(span[0], span[1], len(text)), text, strict=True):
            self.write((float(place), span[2]), letter, size, face, ink)

    @property
    def picture(self) -> Image:
        """What has been written so far, BGR."""
        return np.ascontiguousarray(np.asarray(self._canvas)[..., ::-1])


def draw(rng: np.random.Generator, person: Person, side: Side, density: float) -> Image:
    """One side of the card, square-cornered, at ``density`` pixels a millimetre."""
    sheet = ground(rng, density)
    if side is Side.FRONT:
        _portrait(rng, sheet, density)
    picture = stored(sheet)
    if side is Side.BACK:
        _emblem(rng, picture, density)
    pen = _Pen(rng, picture, density)
    black = tuple(int(v) for v in rng.integers(5, 60) + rng.integers(-5, 6, 3))
    blue = tuple(int(255 * v) for v in colour(rng, 0.57, float(rng.uniform(0.5, 0.9)), float(rng.uniform(0.4, 0.8))))
    label = blue if rng.random() < 0.8 else tuple(int(255 * v) for v in colour(rng, float(rng.random()), 0.5, 0.4))
    face = choose_face(rng, (Style.SANS, Style.SANS, Style.SERIF) if rng.random() < 0.3 else (Style.SANS,))
    (_letter_back if side is Side.BACK else _letter_front)(rng, pen, person, face, (label, black))
    spot = (float(rng.uniform(3, 70)), float(rng.choice([2.4, 51.3])))
    pen.write(spot, "样本", float(rng.uniform(1.3, 2.2)), face, label)
    return _faded(rng, pen.picture)


def _letter_front(
    rng: np.random.Generator,
    pen: _Pen,
    person: Person,
    face: FontFace,
    inks: tuple[tuple[int, ...], tuple[int, ...]],
) -> None:
    label, black = inks
    small, large = rng.uniform(2.4, 3.0), rng.uniform(3.0, 3.7)
    rows = np.array([8.6, 15.6, 22.3, 29.4]) + rng.normal(0, 0.3)
    left, value = 6.2, 15.6 + rng.normal(0, 0.4)
    for text, row in zip(("姓名", "性别", "出生", "住址"), rows, strict=True):
        pen.spread((left, left + small * 1.25, float(row)), text, small, face, label)
    pen.write((value, rows[0]), person.name, large * 1.1, face, black)
    pen.write((value, rows[1]), person.sex, large, face, black)
    pen.write((value + 10, rows[1]), "民族", small, face, label)
    pen.write((value + 17.5, rows[1]), person.nation.removesuffix("族"), large, face, black)
    for at, text, ink in (
        (0.0, person.birthday[:4], black),
        (8.6, "年", label),
        (12.2, person.birthday[4:6].lstrip("0"), black),
        (16.6, "月", label),
        (20.0, person.birthday[6:].lstrip("0"), black),
        (24.6, "日", label),
    ):
        pen.write((value + at, rows[2]), text, large if ink is black else small, face, ink)
    wide = int(rng.integers(10, 12))
    for line in range(0, len(person.address), wide):
        row = float(rows[3] + line / wide * large * 1.35)
        pen.write((value, row), person.address[line : line + wide], large, face, black)
    base = 47.0 + rng.normal(0, 0.4)
    pen.write((left, base), "公民身份号码", small, face, label)
    digits = choose_face(rng, (Style.NUMBER,))
    pen.spread((29.0, 29.0 + rng.uniform(44, 48), base), person.idcardno, large * 1.15, digits, black)


def _letter_back(
    rng: np.random.Generator,
    pen: _Pen,
    person: Person,
    face: FontFace,
    inks: tuple[tuple[int, ...], tuple[int, ...]],
) -> None:
    label, black = inks
    title = black if rng.random() < 0.7 else label
    heading = choose_face(rng, (Style.SERIF, Style.SCRIPT, Style.SANS))
    pen.spread((27.0, 66.0, 11.5), "中华人民共和国", rng.uniform(4.4, 5.2), heading, title)
    pen.spread((27.5, 66.0, 22.0), "居民身份证", rng.uniform(6.6, 8.0), heading, title)
    small, large = rng.uniform(2.5, 3.0), rng.uniform(3.0, 3.6)
    term = "-".join(
        f"{day[:4]}.{day[4:6]}.{day[6:]}" if day.isdigit() else day for day in (person.begindate, person.enddate)
    )
    for row, name, value in ((40.8, "签发机关", person.gov), (47.2, "有效期限", term)):
        pen.write((18.5, row), name, small, face, black if rng.random() < 0.5 else label)
        pen.write((33.0, row), value, large, face, black)


def _portrait(rng: np.random.Generator, sheet: Float, density: float) -> None:
    """A schematic bust with soft light from one side, over a pale rectangle at the right."""
    width, height = round(26 * density), round(32 * density)
    left, top = round((53.5 + rng.normal(0, 0.7)) * density), round((8 + rng.normal(0, 0.7)) * density)
    u, v = width / 26.0, rng.uniform(0.93, 1.07)
    patch = np.empty((height, width, 3), np.float32)
    patch[:] = colour(rng, 0.55, float(rng.choice([0.03, 0.03, 0.3])), 0.96, 0.03)
    skin = colour(rng, 0.06, 0.38, float(rng.uniform(0.65, 0.9)), 0.03)
    hair = colour(rng, 0.06, 0.3, 0.1, 0.04)
    cloth = colour(rng, float(rng.random()), 0.3, float(rng.uniform(0.08, 0.7)), 0.1)
    long_hair = rng.random() < 0.5

    def oval(x: float, y: float, a: float, b: float, paint: Float) -> None:
        centre, axes = (round(x * u), round(y * u)), (round(a * u * v), round(b * u))
        cv2.ellipse(patch, centre, axes, 0, 0, 360, [float(c) for c in paint], -1, cv2.LINE_AA)

    if long_hair:
        oval(13, 16.5, 7.4, 11, hair)
    oval(13, 33, rng.uniform(10, 12.5), 8.2, cloth)
    oval(13, 25, 2.9, 4.5, skin * 0.85)
    oval(13, 27.5, 3.4, 2.2, single([0.95, 0.95, 0.95]) if rng.random() < 0.5 else skin * 0.9)
    oval(13, 12.6, 6.4, 7.2, hair)
    oval(13, 15.8, 5.6, 7.4, skin)
    oval(13, 9.4, 5.4, rng.uniform(2.2, 3.6), hair)
    for sign in (-1, 1):
        oval(13 + sign * 5.8, 16, 0.8, 1.6, skin * 0.85)
        oval(13 + sign * 2.4, 13.9, 1.4, 0.28, hair)
        oval(13 + sign * 2.4, 15.2, 0.95, 0.38, single([0.06, 0.06, 0.08]))
    oval(13, 18.2, 0.9, 0.4, skin * 0.75)
    oval(13, 20.3, 1.8, 0.45, skin * single([0.6, 0.6, 0.85]))
    cv2.GaussianBlur(patch, (0, 0), 0.28 * density, dst=patch)
    light = np.linspace(-1, 1, width, dtype=np.float32)[None] * rng.normal(0, 0.15)
    patch *= (1 + light + 0.03 * fractal(rng, (height, width), (3 * density, 3 * density), 3))[..., None]
    lightness = np.asarray(patch.mean(axis=2))
    keep = np.clip((0.98 - lightness) * 6, rng.choice([0.0, 0.0, 0.5, 1.0]), 1)[..., None]
    if rng.random() < 0.1:
        patch = np.repeat(lightness[..., None], 3, axis=2)
    under = sheet[top : top + height, left : left + width]
    under[:] = under * (1 - keep) + np.clip(patch, 0, 1) * keep


def _emblem(rng: np.random.Generator, sheet: Image, density: float) -> None:
    """A red disc in a golden wreath with five stars and a gate, much simplified."""
    centre = np.array([13.5, 14.5]) + rng.normal(0, 0.6, 2)
    red, gold = colour(rng, 0.0, 0.8, 0.75), colour(rng, 0.12, 0.6, 0.85)
    size = rng.uniform(7.5, 9.5)

    def disc(x: float, y: float, radius: float, paint: Float) -> None:
        at = (centre + np.array([x, y]) * size) * density
        place = (round(at[0]), round(at[1]))
        cv2.circle(
            sheet, place, max(round(radius * size * density), 1), [float(c) * 255 for c in paint], -1, cv2.LINE_AA
        )

    for angle in np.linspace(0, 2 * np.pi, int(rng.integers(18, 40)), endpoint=False):
        disc(0.93 * np.cos(angle), 0.93 * np.sin(angle), 0.13, gold)
    disc(0, 0, 0.95, red)
    disc(0, 0, 0.8, gold)
    disc(0, 0, 0.76, red)
    disc(0, -0.4, 0.16, gold)
    for angle in np.linspace(0.5, np.pi - 0.5, 4):
        disc(0.42 * np.cos(angle), -0.4 + 0.35 * np.sin(angle), 0.065, gold)
    for wide, low in ((0.62, 0.2), (0.5, 0.32), (0.62, 0.44)):
        start, end = centre + np.array([-wide, low]) * size, centre + np.array([wide, low + 0.07]) * size
        corners = [tuple(int(n) for n in point * density) for point in (start, end)]
        cv2.rectangle(sheet, corners[0], corners[1], [float(c) * 255 for c in gold], -1)


def _faded(rng: np.random.Generator, picture: Image) -> Image:
    """The card after some years: paler, scratched and stained, or as new."""
    height, width = picture.shape[:2]
    if rng.random() < 0.15:
        share, more = float(rng.uniform(0.6, 0.95)), float(rng.uniform(5, 40))
        picture = np.asarray(cv2.addWeighted(picture, share, picture, 0, more), np.uint8)
    if rng.random() < 0.25:
        over, mix = picture.copy(), float(rng.uniform(0.2, 0.7))
        for _ in range(int(rng.integers(2, 25))):
            start = rng.uniform(0, (width, height))
            ends = [(int(x), int(y)) for x, y in (start, start + rng.normal(0, width * 0.12, 2))]
            shade = int(rng.integers(150, 255))
            cv2.line(over, ends[0], ends[1], (shade, shade, shade), max(int(width / CARD_MM[0] * 0.07), 1), cv2.LINE_AA)
        picture = np.asarray(cv2.addWeighted(over, mix, picture, 1 - mix, 0), np.uint8)
    if rng.random() < 0.3:
        stain = 1 + rng.uniform(0.01, 0.03) * smooth(rng, (height, width), (height / 4, height / 4))
        picture = np.asarray(np.clip(picture * stain[..., None], 0, 255), np.uint8)
    return np.asarray(picture, np.uint8)
