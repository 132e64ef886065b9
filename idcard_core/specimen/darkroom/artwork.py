"""The original artwork of a card: tint, guilloche, words and portrait, drawn to the millimetre."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image as Pictures
from PIL import ImageDraw

from idcard_core.card import CARD_MM
from idcard_core.specimen.brush import between, chance, floats, hsv, scaled
from idcard_core.specimen.darkroom.chain import Code, Plate, dyed, grain, haze, lay, shade
from idcard_core.specimen.fonts import FontFace, Style, choose_face, face_for, load
from idcard_core.specimen.people import Person, make_person

_LABEL_MM, _VALUE_MM = 2.9, 3.5
"""Height of an em of the small blue labels and of the values."""


@dataclass(frozen=True, slots=True)
class _Ink:
    """How the words of one card are set."""

    face: FontFace
    digits: FontFace
    label: Code
    value: Code
    swell: float
    shift: tuple[float, float]


def colour(hue: float, saturation: float, value: float) -> Code:
    """A plate's code of a hue (turns), saturation and value (0 to 1)."""
    blue, green, red = hsv(hue, saturation, value)
    return blue * 255, green * 255, red * 255


def draw_face(rng: np.random.Generator, front: bool, scale: float) -> Plate:
    """One side of a fictional card at ``scale`` pixels a millimetre."""
    width, height = round(CARD_MM[0] * scale), round(CARD_MM[1] * scale)
    plate = _tint(rng, height, width)
    for _ in range(int(rng.integers(2, 5))):
        plate = _guilloche(rng, plate, scale)
    person = make_person(rng)
    plate = _portrait(rng, plate, scale) if front else _emblem(rng, plate, scale)
    sheet = Pictures.fromarray(plate)
    pen = ImageDraw.Draw(sheet)
    ink = _Ink(
        choose_face(rng, (Style.SANS, Style.SANS, Style.SERIF)),
        choose_face(rng, (Style.NUMBER,)),
        colour(between(rng, 0.5, 0.65), between(rng, 0.4, 0.9), between(rng, 0.45, 0.75)),
        colour(between(rng, 0, 1), 0.3, between(rng, 0.05, 0.25)),
        between(rng, 0.92, 1.1),
        (between(rng, -1.2, 1.2), between(rng, -1.0, 1.0)),
    )
    lines = _front_lines(person) if front else _back_lines(person)
    for text, x, y, size, label in lines:
        font = load(face_for(text, ink.digits if size < 0 else ink.face), round(abs(size) * ink.swell * scale))
        tone = ink.label if label else ink.value
        place = ((x + ink.shift[0]) * scale, (y + ink.shift[1]) * scale)
        pen.text(place, text, font=font, fill=(int(tone[0]), int(tone[1]), int(tone[2])))
    mark = load(ink.face, round(between(rng, 1.8, 3.2) * scale))
    where = (between(rng, 40, 50), between(rng, 2, 4)) if front else (between(rng, 66, 78), between(rng, 3, 48))
    pen.text((where[0] * scale, where[1] * scale), "样本", font=mark, fill=(120, 110, 160))
    return np.array(sheet, np.uint8)


def _front_lines(person: Person) -> list[tuple[str, float, float, float, bool]]:
    """Text, place (mm), em (mm; negative for digits) and whether it is a label."""
    y, m, d = person.birthday[:4], str(int(person.birthday[4:6])), str(int(person.birthday[6:]))
    lines = [(text, 6.0, top, _LABEL_MM, True) for text, top in (("姓名", 7.2), ("性别", 14.2), ("出生", 20.8))]
    lines += [("民族", 24.5, 14.2, _LABEL_MM, True), ("住址", 6.0, 27.4, _LABEL_MM, True)]
    lines += [("公民身份号码", 6.0, 44.9, _LABEL_MM, True)]
    lines += [(part, x, 20.8, _LABEL_MM, True) for part, x in (("年", 25.6), ("月", 34.0), ("日", 41.6))]
    name = min(4.2, 36 / max(len(person.name), 1))
    lines += [(person.name, 15.0, 6.6, name, False), (person.sex, 15.0, 13.9, _VALUE_MM, False)]
    lines += [(person.nation, 33.0, 13.9, _VALUE_MM, False), (y, 15.4, 20.6, -3.2, False)]
    lines += [(m, 29.6, 20.6, -3.2, False), (d, 37.6, 20.6, -3.2, False)]
    for row in range(0, len(person.address), 11):
        lines.append((person.address[row : row + 11], 15.0, 27.0 + row / 11 * 4.9, _VALUE_MM, False))
    return [*lines, (person.idcardno, 29.5, 44.4, -3.9, False)]


def _back_lines(person: Person) -> list[tuple[str, float, float, float, bool]]:
    """As for the front."""
    first = [f"{d[:4]}.{d[4:6]}.{d[6:]}" if d.isdigit() else d for d in (person.begindate, person.enddate)]
    lines = [("签发机关", 19.0, 38.6, _LABEL_MM, True), ("有效期限", 19.0, 45.6, _LABEL_MM, True)]
    lines += [("中华人民共和国", 29.5, 7.0, 5.9, False), ("居民身份证", 28.0, 17.0, 8.9, False)]
    return [*lines, (person.gov, 34.5, 38.2, _VALUE_MM, False), ("-".join(first), 34.5, 45.3, _VALUE_MM, False)]


def _tint(rng: np.random.Generator, height: int, width: int) -> Plate:
    """Pale colours that run into one another."""
    left = colour(between(rng, 0.42, 0.6), between(rng, 0.04, 0.28), between(rng, 0.86, 0.98))
    right = colour(between(rng, 0.85, 1.08), between(rng, 0.03, 0.25), between(rng, 0.88, 0.99))
    ramp = np.linspace(0, 1, width, dtype=np.float32)[None, :] + haze(rng, (height, width), (2, 3)) * np.float32(0.22)
    return dyed(floats(ramp), left, right)


def _guilloche(rng: np.random.Generator, plate: Plate, scale: float) -> Plate:
    """A family of fine curves: bands of waves or a rosette."""
    height, width = plate.shape[:2]
    mask = np.zeros((height, width), np.uint8)
    curves, t = int(rng.integers(14, 46)), np.linspace(0, 1, 260)
    waves, second = between(rng, 1, 6), int(rng.integers(5, 19))
    rosette, centre = chance(rng, 0.4), (between(rng, 0.1, 0.9) * width, between(rng, 0.2, 0.8) * height)
    swing, drift = between(rng, 1, 9) * scale, between(rng, 0.0, 0.4)
    low, high = sorted((between(rng, -0.1, 0.6), between(rng, 0.4, 1.1)))
    for row in np.linspace(0, 1, curves):
        if rosette:
            angle = 2 * np.pi * t
            reach = scale * (3 + 20 * row) * (1 + 0.25 * np.sin(second * angle + 6 * drift * row * second))
            x, y = centre[0] + reach * np.cos(angle), centre[1] + reach * np.sin(angle)
        else:
            x = t * width
            y = height * (low + (high - low) * row) + swing * np.sin(2 * np.pi * (waves * t + drift * row * 3))
            y = y + swing * 0.3 * np.cos(second * t * 2 * np.pi + row * 4)
        points = np.stack([x, y], 1) * 16
        cv2.polylines(mask, [points.astype(np.int32)], rosette, (255,), max(1, round(scale * 0.11)), cv2.LINE_AA, 4)
    dark = colour(between(rng, 0.35, 1.05), between(rng, 0.2, 0.6), between(rng, 0.55, 0.85))
    return lay(plate, np.full_like(plate, dark), cv2.convertScaleAbs(mask, alpha=between(rng, 0.12, 0.6)))


def _portrait(rng: np.random.Generator, plate: Plate, scale: float) -> Plate:
    """A schematic face in 26 by 32 mm, with shading that a continuous tone process would carry."""
    wide, tall = round(26 * scale), round(32 * scale)
    grey = between(rng, 0.0, 1.0)
    skin = colour(between(rng, 0.03, 0.09), 0.38 * grey, between(rng, 0.72, 0.92))
    hair, coat = colour(0.06, 0.3 * grey, scaled(rng, 0.08, 0.4)), colour(between(rng, 0, 1), 0.5 * grey, 0.1)
    coat = coat if chance(rng, 0.6) else colour(between(rng, 0, 1), 0.4 * grey, between(rng, 0.3, 0.9))
    ground = colour(between(rng, 0.5, 0.65), 0.2 * grey, between(rng, 0.82, 0.98))
    face = np.full((tall, wide, 3), ground, np.uint8)

    def oval(x: float, y: float, rx: float, ry: float, tone: Code) -> None:
        size = (2 * rx * wide, 2 * ry * wide)
        cv2.ellipse(face, ((x * wide, y * wide), size, between(rng, -3, 3)), tone, -1, cv2.LINE_AA)

    jaw, top = between(rng, 0.19, 0.24), between(rng, 0.44, 0.52)
    long = chance(rng, 0.45)
    oval(0.5, top + (0.12 if long else -0.05), jaw + 0.06, 0.42 if long else 0.27, hair)
    oval(0.5, 1.26, between(rng, 0.42, 0.5), 0.36, coat)
    dim: Code = (skin[0] * 0.8, skin[1] * 0.8, skin[2] * 0.85)
    oval(0.5, 0.84, 0.1, 0.16, dim)
    oval(0.5, top + 0.06, jaw, jaw * 1.32, skin)
    oval(0.5, top - jaw * 1.12, jaw * 0.95, jaw * between(rng, 0.35, 0.6), hair)
    for side in (-1, 1):
        oval(0.5 + side * jaw * 0.45, top, 0.036, 0.013, (40, 40, 45))
        oval(0.5 + side * jaw * 0.47, top - 0.05, 0.055, 0.011, hair)
    oval(0.5, top + 0.11, 0.022, 0.03, dim)
    oval(0.5, top + 0.2, 0.065, 0.017, (skin[0] * 0.6, skin[1] * 0.6, skin[2] * 0.78))
    face = np.asarray(cv2.GaussianBlur(face, (0, 0), 0.18 * scale), np.uint8)
    lit = 1 + 0.06 * haze(rng, (tall, wide), (3, 3)) + 0.02 * grain(rng, (tall, wide), 0.15 * scale)
    face = shade(face, floats(lit))
    x, y = round(between(rng, 54.5, 57.5) * scale), round(between(rng, 6.5, 9) * scale)
    mask = np.zeros((tall, wide), np.uint8)
    cv2.rectangle(mask, (2, 2), (wide - 3, tall - 3), 255, -1)
    if chance(rng, 0.5):
        mask[np.abs(face.astype(np.int16) - np.array(ground)).sum(2) < 40] = 90
    mask = np.asarray(cv2.GaussianBlur(mask, (0, 0), scaled(rng, 0.05, 0.5) * scale), np.uint8)
    part = plate[y : y + tall, x : x + wide]
    plate[y : y + tall, x : x + wide] = lay(part, face, mask)
    return plate


def _emblem(rng: np.random.Generator, plate: Plate, scale: float) -> Plate:
    """A schematic round emblem: rings, a toothed rim and five stars."""
    red = colour(between(rng, 0.97, 1.03), between(rng, 0.6, 0.9), between(rng, 0.6, 0.85))
    pale = colour(0.12, between(rng, 0.1, 0.6), between(rng, 0.85, 0.97))
    cx, cy, radius = between(rng, 13, 16.5), between(rng, 13, 16.5), between(rng, 7.5, 9)

    def star(x: float, y: float, size: float, points: int, depth: float, tone: Code) -> None:
        angle = np.arange(2 * points) * np.pi / points - np.pi / 2
        reach = size * np.where(np.arange(2 * points) % 2, depth, 1)
        corners = np.stack([x + reach * np.cos(angle), y + reach * np.sin(angle)], 1) * scale * 16
        cv2.fillPoly(plate, [corners.astype(np.int32)], tone, cv2.LINE_AA, 4)

    star(cx, cy, radius, int(rng.integers(18, 40)), between(rng, 0.88, 0.96), red)
    for ring, tone in ((0.84, pale), (0.78, red)):
        cv2.circle(plate, (round(cx * scale), round(cy * scale)), round(ring * radius * scale), tone, -1, cv2.LINE_AA)
    star(cx, cy - 0.3 * radius, 0.26 * radius, 5, 0.4, pale)
    for angle in (0.3, 0.9, 2.2, 2.8):
        star(cx + 0.52 * radius * np.cos(angle), cy + 0.4 * radius * np.sin(angle) - 1.5, 0.11 * radius, 5, 0.4, pale)
    for row in range(3):
        y = cy + (0.35 + 0.14 * row) * radius
        half = radius * (0.6 - 0.1 * row)
        ends = [(round((cx + s * half) * scale), round(y * scale)) for s in (-1, 1)]
        cv2.line(plate, ends[0], ends[1], pale, max(1, round(0.3 * scale)), cv2.LINE_AA)
    return plate
