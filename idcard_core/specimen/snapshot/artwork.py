"""The art of a card: tints, guilloche, portrait, emblem, labels and values, drawn in millimetres."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import CARD_MM
from idcard_core.specimen.brush import Colour, Paint, between, chance, floats, hsv, pick, scaled, tinted
from idcard_core.specimen.fonts import Style, choose_face, load
from idcard_core.specimen.people import Person, make_person
from idcard_core.specimen.snapshot.noise import Pen, fractal, grid, pixels, wide


def draw_card(rng: np.random.Generator, density: float) -> Paint:
    """A front or a back as paint, ``density`` pixels a millimetre; square corners."""
    width, height = round(CARD_MM[0] * density), round(CARD_MM[1] * density)
    person = make_person(rng)
    ground = _ground(rng, height, width, density)
    art = _front(rng, ground, density, person) if chance(rng, 0.6) else _back(rng, ground, density, person)
    return _specimen(rng, art, density)


def _ground(rng: np.random.Generator, height: int, width: int, density: float) -> Paint:
    """Pale tints running into each other, and families of fine waves over them."""
    hue, step = between(rng, 0.38, 0.62), between(rng, -0.2, 0.45)
    tints = [hsv(hue + step * t, between(rng, 0.03, 0.26), between(rng, 0.84, 0.98)) for t in (0, 0.5, 1)]
    rows = [[tints[int(np.clip(i + rng.integers(-1, 2), 0, 2))] for i in range(3)] for _ in range(3)]
    paint = wide(floats(rows), height, width)
    x, y = grid(height, width)
    x, y = x / floats(density), y / floats(density)
    for _ in range(int(rng.integers(2, 5))):
        strength, period = between(rng, 0.02, 0.13), scaled(rng, 0.5, 2.4)
        if chance(rng, 0.55):
            turn, bend = between(rng, -1.6, 1.6), scaled(rng, 6, 40)
            along = x * floats(np.cos(turn)) + y * floats(np.sin(turn))
            across = y * floats(np.cos(turn)) - x * floats(np.sin(turn))
            phase = across + floats(between(rng, 0.3, 4)) * np.sin(along * floats(6.28 / bend))
        else:
            dx, dy = x - floats(between(rng, 10, 76)), y - floats(between(rng, 5, 49))
            petals = int(rng.integers(3, 14))
            radius = np.hypot(dx, dy)
            phase = radius * (
                1 + floats(between(rng, 0.02, 0.2)) * np.sin(np.arctan2(dy, dx) * petals + radius * floats(0.2))
            )
        wave = np.clip(np.cos(phase * floats(6.283 / period)) * floats(2) - floats(between(rng, -0.5, 1.4)), 0, 1)
        tone = floats(hsv(between(rng, 0.35, 1.0), between(rng, 0.2, 0.7), between(rng, 0.45, 0.8)))
        paint -= (floats(strength) * wave)[..., None] * (1 - tone)
    if chance(rng, 0.5):
        paint += floats(0.015) * fractal(rng, height, width, 1.6)[..., None]
    return floats(np.clip(paint, 0, 1))


def _faces(rng: np.random.Generator) -> tuple[Colour, Colour]:
    """Colours of labels and of values."""
    return hsv(between(rng, 0.52, 0.64), between(rng, 0.35, 0.9), between(rng, 0.35, 0.7)), hsv(
        between(rng, 0, 1), between(rng, 0, 0.3), between(rng, 0.02, 0.22)
    )


def _front(rng: np.random.Generator, ground: Paint, density: float, person: Person) -> Paint:
    k = density
    ground = _portrait(rng, ground, k, person.sex == "女")
    pen = Pen(ground)
    blue, black = _faces(rng)
    hei = choose_face(rng, (Style.SANS, Style.SERIF))
    shift = rng.normal(0, 0.5, 2)
    small, large = (hei, between(rng, 2.5, 3.0) * k, blue), (hei, between(rng, 3.2, 3.8) * k, black)

    def put(x: float, y: float, text: str, look: tuple[object, float, Colour] = large, gap: float = 0) -> float:
        rise = (large[1] - look[1]) * 0.75
        return pen.write(((x + shift[0]) * k, (y + shift[1]) * k + rise), text, (hei, look[1], look[2]), gap)

    left, value = 6.6, 16.2
    for y, label, text in ((6.4, "姓名", person.name), (13.6, "性别", person.sex), (26.6, "住址", "")):
        put(left, y, label, small)
        put(value, y, text)
    put(26.5, 13.6, "民族", small)
    put(35.5, 13.6, person.nation)
    put(left, 20.0, "出生", small)
    born = (person.birthday[:4], str(int(person.birthday[4:6])), str(int(person.birthday[6:])))
    for x, text, unit in zip((value, 28.8, 36.5), born, "年月日", strict=True):
        end = put(x, 20.0, text) / k - shift[0]
        put(end + 0.9, 20.0, unit, small)
    broad, between_rows = (11, 4.3) if large[1] < 3.35 * k else (10, 4.5)
    for row in range(0, len(person.address), broad):
        put(value, 26.6 + row / broad * between_rows, person.address[row : row + broad])
    put(left, 45.0, "公民身份号码", small)
    number = choose_face(rng, (Style.NUMBER,))
    size = between(rng, 3.7, 4.3) * k
    gap = (50.5 * k - load(number, round(size)).getlength(person.idcardno)) / 18
    pen.write(((29 + shift[0]) * k, (44.2 + shift[1]) * k), person.idcardno, (number, size, black), gap)
    return pen.done()


def _portrait(rng: np.random.Generator, ground: Paint, k: float, woman: bool) -> Paint:
    """A schematic head and shoulders, 26 by 32 mm, laid into the right of the front."""
    tall, broad = round(32 * k), round(26 * k)
    x0, y0 = round(between(rng, 53, 55) * k), round(between(rng, 7, 9) * k)
    area = ground[y0 : y0 + tall, x0 : x0 + broad].copy()
    if chance(rng, 0.4):
        area = floats(
            0.3 * area + 0.7 * np.asarray(hsv(between(rng, 0, 1), between(rng, 0, 0.1), between(rng, 0.8, 1)))
        )
    skin = np.asarray(hsv(between(rng, 0.03, 0.09), between(rng, 0.2, 0.5), between(rng, 0.6, 0.95)))
    hair = hsv(between(rng, 0, 0.1), between(rng, 0, 0.5), between(rng, 0.05, 0.3))
    cloth = hsv(between(rng, 0, 1), between(rng, 0, 0.7), between(rng, 0.05, 0.8))
    turn = between(rng, -0.6, 0.6)

    def oval(x: float, y: float, a: float, b: float, colour: Colour) -> None:
        cv2.ellipse(area, (round((13 + x) * k), round(y * k)), (round(a * k), round(b * k)), 0, 0, 360, colour, -1, 16)

    def tone(times: float) -> Colour:
        return tuple(np.clip(skin * times, 0, 1))

    fat = between(rng, 0.88, 1.12)
    if woman and chance(rng, 0.7):
        oval(turn, 15, 8.2 * fat, 11.5, hair)
    oval(0, 35, 12.5 * fat, 11, cloth)
    oval(0, 24, 2.9, 5, tone(0.82))
    if chance(rng, 0.5):
        collar = pixels([[(9 + turn) * k, 26 * k], [(17 + turn) * k, 26 * k], [(13 + turn) * k, 31 * k]])
        cv2.fillConvexPoly(area, collar, hsv(between(rng, 0, 1), 0.1, between(rng, 0.6, 1)), 16)
    oval(turn, 10.5, 6.9 * fat, 7.2, hair)
    oval(turn, 14.5, 5.9 * fat, 7.6, tone(1))
    oval(turn, between(rng, 7, 8.4), 5.8 * fat, between(rng, 2, 3), hair)
    for side in (-1, 1):
        oval(turn + side * 6 * fat, 14.5, 0.8, 1.6, tone(0.9))
        oval(turn + side * 2.5, 13.7, 0.95, 0.4, (0.85, 0.88, 0.9))
        oval(turn + side * 2.5, 13.7, 0.42, 0.42, (0.1, 0.1, 0.12))
        oval(turn + side * 2.5, 12.1, 1.4, 0.3, hair)
    oval(turn, 17, 0.8, 0.35, tone(0.75))
    oval(turn, 19.2, 1.6, 0.4, tuple(np.clip(skin * (0.75, 0.65, 0.95), 0, 1)))
    area = floats(cv2.GaussianBlur(area, (0, 0), max(0.22 * k, 0.5)))
    shade = 1 + 0.025 * fractal(rng, tall, broad, 1.2) + wide(floats(rng.normal(0, 0.06, (2, 3))), tall, broad)
    result = floats(ground.copy())
    result[y0 : y0 + tall, x0 : x0 + broad] = np.clip(area * shade[..., None], 0, 1)[: ground.shape[0] - y0]
    return result


def _back(rng: np.random.Generator, ground: Paint, density: float, person: Person) -> Paint:
    k = density
    blue, black = _faces(rng)
    red = hsv(between(rng, -0.03, 0.04), between(rng, 0.6, 0.95), between(rng, 0.5, 0.85))
    gold = hsv(between(rng, 0.08, 0.14), between(rng, 0.3, 0.8), between(rng, 0.65, 0.95))
    centre, radius = (between(rng, 13, 15.5) * k, between(rng, 12.5, 14.5) * k), between(rng, 7, 8.6) * k
    art = ground.copy()
    turns = np.linspace(0, 2 * np.pi, 240)
    teeth = radius * (1 + 0.035 * np.sign(np.sin(turns * int(rng.integers(16, 40)))))
    rim = np.stack([centre[0] + teeth * np.cos(turns), centre[1] + teeth * np.sin(turns)], 1)
    cv2.fillPoly(art, [pixels(rim)], red, 16)
    at = (round(centre[0]), round(centre[1]))
    cv2.circle(art, at, round(radius * 0.8), gold, max(1, round(0.4 * k)), 16)
    for size, dx, dy in [(0.3, 0.0, -0.3)] + [
        (0.11, 0.5 * np.cos(a), -0.25 + 0.35 * np.sin(a)) for a in (0.2, 1, 2.1, 2.9)
    ]:
        spokes = np.arange(10) * np.pi / 5 - np.pi / 2
        reach = np.where(np.arange(10) % 2 == 0, 1.0, 0.4) * size * radius
        star = np.stack(
            [centre[0] + dx * radius + reach * np.cos(spokes), centre[1] + dy * radius + reach * np.sin(spokes)], 1
        )
        cv2.fillPoly(art, [pixels(star)], gold, 16)
    gate = np.array([[-0.5, 0.55], [-0.5, 0.4], [-0.3, 0.28], [0.3, 0.28], [0.5, 0.4], [0.5, 0.55]]) * radius + centre
    cv2.fillPoly(art, [pixels(gate)], gold, 16)
    pen = Pen(floats(art))
    title, hei = choose_face(rng, (Style.SANS, Style.SERIF, Style.SCRIPT)), choose_face(rng, (Style.SANS, Style.SERIF))
    pen.write((27 * k, 6.2 * k), "中华人民共和国", (title, between(rng, 5, 5.8) * k, black), between(rng, 1, 2) * k)
    pen.write((26 * k, 15 * k), "居民身份证", (title, between(rng, 7.5, 8.8) * k, black), between(rng, 1.5, 2.8) * k)
    dates = [f"{d[:4]}.{d[4:6]}.{d[6:]}" if d.isdigit() else d for d in (person.begindate, person.enddate)]
    size = between(rng, 3.1, 3.6) * k
    for y, label, text in ((38.5, "签发机关", person.gov), (45.5, "有效期限", "-".join(dates))):
        pen.write((20 * k, y * k + size * 0.1), label, (hei, size * 0.88, black if chance(rng, 0.5) else blue))
        pen.write((36 * k, y * k), text, (hei, size, black))
    return pen.done()


def _specimen(rng: np.random.Generator, art: Paint, k: float) -> Paint:
    """A small 样本 set somewhere, faint."""
    pen = Pen(art)
    where = pick(rng, [(46.0, 1.5), (76.0, 48.5), (3.0, 49.0), (44.0, 34.0), (76.0, 2.0)])
    colour = hsv(pick(rng, [0.0, 0.55, 0.6]), between(rng, 0.2, 0.7), between(rng, 0.4, 0.7))
    face = choose_face(rng, (Style.SANS,))
    pen.write((where[0] * k, where[1] * k), "样本", (face, between(rng, 2.2, 3) * k, colour))
    return pen.done()


def faded(rng: np.random.Generator, art: Paint) -> Paint:
    """What years do to a card: paler print, a yellower film, scratches and dirt."""
    height, width = art.shape[:2]
    light = floats(np.asarray(hsv(between(rng, 0.08, 0.18), between(rng, 0, 0.15), between(rng, 0.8, 1))))
    pale = between(rng, 0, 0.35) if chance(rng, 0.5) else 0.0
    art = art * floats(1 - pale) + light * floats(pale)
    for _ in range(int(rng.integers(0, 30)) if chance(rng, 0.4) else 0):
        start = rng.uniform(0, (width, height))
        end = start + rng.normal(0, width * 0.12, 2)
        value = between(rng, 0.7, 1) if chance(rng, 0.7) else between(rng, 0.3, 0.6)
        cv2.line(art, [int(v) for v in start], [int(v) for v in end], (value,) * 3, 1, 16)
    if chance(rng, 0.25):
        stain = np.clip(fractal(rng, height, width, 1.5) - floats(1), 0, 1) * floats(between(rng, 0.05, 0.25))
        art = art * (1 - stain)[..., None] + tinted(stain, (0, 0, 0), (0.2, 0.3, 0.35))
    return floats(np.clip(art, 0, 1))
