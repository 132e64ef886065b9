"""What lies around and under things: woods, cloths, stones, papers, keyboards, skin and plain colours."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from idcard_core.specimen.brush import (
    Colour,
    Paint,
    between,
    blurred,
    bytes_of,
    chance,
    clouds,
    filled,
    floats,
    gradient,
    grain,
    hsv,
    image,
    paint,
    pick,
    resized,
    rounded,
    scaled,
    tinted,
    words,
)


def paint_ground(
    rng: np.random.Generator, height: int, width: int, unit: float, name: str | None = None
) -> tuple[str, Paint]:
    """The name of a ground, any if it is not given, and a picture of it; ``unit`` is pixels a millimetre."""
    name = name or pick(rng, tuple(_KINDS), [weight for _, weight in _KINDS.values()])
    picture = _KINDS[name][0](rng, height, width, unit)
    return name, np.clip(picture, 0, 1).astype(np.float32)


def skin(rng: np.random.Generator) -> Colour:
    """A colour of skin, BGR."""
    return hsv(between(rng, 0.02, 0.09), between(rng, 0.25, 0.6), between(rng, 0.35, 0.95))


def _plain_colour(rng: np.random.Generator) -> Colour:
    kind = rng.random()
    if kind < 0.35:  # white and pale, very like the card
        return hsv(rng.random(), scaled(rng, 0.01, 0.15), between(rng, 0.8, 1))
    if kind < 0.55:
        return hsv(rng.random(), between(rng, 0, 0.5), between(rng, 0.02, 0.2))
    return hsv(rng.random(), between(rng, 0, 0.7), between(rng, 0.2, 0.9))


def _plain(rng: np.random.Generator, height: int, width: int, unit: float) -> Paint:
    picture = filled(height, width, _plain_colour(rng))
    rough = grain(rng, height, width) * scaled(rng, 0.001, 0.02)
    mottle = clouds(rng, height, width, unit * scaled(rng, 1, 30), 2) * scaled(rng, 0.002, 0.03)
    return picture + (rough + mottle)[..., None]


def _wood(rng: np.random.Generator, height: int, width: int, unit: float) -> Paint:
    fine = clouds(rng, height, width, (unit * scaled(rng, 0.25, 0.7), unit * scaled(rng, 12, 60)), 2)
    slow = clouds(rng, height, width, (unit * between(rng, 6, 25), unit * between(rng, 60, 200)))
    rings = np.sin(slow * between(rng, 3, 14) + fine * 0.4)
    field = 0.5 + rings * between(rng, 0.02, 0.3) + fine * between(rng, 0.05, 0.16)
    value, saturation = between(rng, 0.2, 0.95), between(rng, 0.12, 0.65)
    hue = between(rng, 0.04, 0.12)
    picture = tinted(
        field, hsv(hue, saturation + 0.1, value * between(rng, 0.55, 0.85)), hsv(hue + 0.01, saturation, value)
    )
    if chance(rng, 0.4):
        plank = int(unit * between(rng, 40, 140))
        picture[int(rng.integers(plank)) :: plank] *= between(rng, 0.2, 0.7)
    return np.ascontiguousarray(picture.transpose(1, 0, 2)) if chance(rng, 0.3) and height == width else picture


def _cloth(rng: np.random.Generator, height: int, width: int, unit: float) -> Paint:
    pitch = max(unit * scaled(rng, 0.25, 1.5), 2.2)
    x, y = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
    wobble = clouds(rng, height, width, unit * 8) * between(rng, 0, 0.6)
    over = np.sin(2 * np.pi * x / pitch)[None] * np.sin(2 * np.pi * y / pitch)[:, None]
    weave = over * (1 + wobble) * between(rng, 0.03, 0.2) + grain(rng, height, width) * 0.04
    picture = filled(height, width, _plain_colour(rng)) * between(rng, 0.7, 1)
    if chance(rng, 0.4):
        broad = unit * between(rng, 3, 30)
        other = floats(_plain_colour(rng))
        bars = (np.sin(2 * np.pi * x / broad + 1) > between(rng, -0.5, 0.8)).astype(np.float32)[None] * 0.5
        if chance(rng, 0.6):
            bars = bars + (np.sin(2 * np.pi * y / broad) > 0.3).astype(np.float32)[:, None] * 0.4
        picture = picture + np.broadcast_to(bars, (height, width))[..., None] * (other - picture)
    folds = clouds(rng, height, width, unit * between(rng, 15, 60)) * scaled(rng, 0.005, 0.12)
    return floats(picture * (1 + weave + folds)[..., None])


def _leather(rng: np.random.Generator, height: int, width: int, unit: float) -> Paint:
    relief = np.abs(clouds(rng, height, width, unit * scaled(rng, 0.5, 2), 2))
    lit = cv2.Sobel(relief, cv2.CV_32F, 1, 1) * between(rng, 0.2, 0.8)
    tone = 1 + np.clip(lit, -0.35, 0.35) - np.exp(-relief * 6) * between(rng, 0.05, 0.35)
    colour = hsv(pick(rng, (between(rng, 0.0, 0.1), rng.random())), between(rng, 0, 0.7), scaled(rng, 0.08, 0.8))
    return filled(height, width, colour) * floats(tone)[..., None]


def _stone(rng: np.random.Generator, height: int, width: int, unit: float) -> Paint:
    cloud = clouds(rng, height, width, unit * scaled(rng, 4, 40), 4)
    field = 0.5 + cloud * between(rng, 0.05, 0.3) + grain(rng, height, width) * scaled(rng, 0.01, 0.2)
    base = hsv(rng.random(), between(rng, 0, 0.2), between(rng, 0.25, 0.95))
    picture = tinted(field, hsv(rng.random(), 0.1, between(rng, 0.1, 0.8)), base)
    if chance(rng, 0.5):
        veins = np.exp(-np.abs(clouds(rng, height, width, unit * between(rng, 15, 50), 3)) * between(rng, 12, 50))
        picture = picture + veins[..., None] * (floats(_plain_colour(rng)) - picture) * between(rng, 0.2, 0.8)
    if chance(rng, 0.4):
        tile = int(unit * between(rng, 30, 120))
        grout, line = between(rng, 0.3, 1.2), max(int(unit * between(rng, 0.5, 3)), 1)
        for shift in range(line):
            picture[shift::tile] = grout * 0.7
            picture[:, shift::tile] = grout * 0.7
    return picture


def _paper(rng: np.random.Generator, height: int, width: int, unit: float) -> Paint:
    picture = filled(height, width, hsv(between(rng, 0.05, 0.65), scaled(rng, 0.005, 0.08), between(rng, 0.82, 1)))
    tooth = clouds(rng, height, width, max(unit * 0.25, 1.2)) * scaled(rng, 0.002, 0.02)
    picture = picture + (tooth + clouds(rng, height, width, unit * 40) * 0.01)[..., None]
    kind = rng.random()
    if kind < 0.55:
        ink = hsv(rng.random(), between(rng, 0, 0.5), between(rng, 0.05, 0.5))
        mask = words(rng, height, width, max(unit * scaled(rng, 2.5, 8), 5), between(rng, 0.5, 1))
        picture = picture * (1 - mask[..., None] * (1 - floats(ink)))
    elif kind < 0.7:
        step = max(int(unit * between(rng, 4, 10)), 3)
        picture[::step] *= between(rng, 0.6, 0.92)
        if chance(rng, 0.5):
            picture[:, ::step] *= between(rng, 0.6, 0.92)
    return picture


def _magazine(rng: np.random.Generator, height: int, width: int, unit: float) -> Paint:
    picture = _paper(rng, height, width, unit)
    for _ in range(int(rng.integers(2, 9))):
        tall, wide = int(unit * between(rng, 15, 90)), int(unit * between(rng, 15, 120))
        top, left = int(rng.integers(-tall // 2, height)), int(rng.integers(-wide // 2, width))
        part = picture[max(top, 0) : top + tall, max(left, 0) : left + wide]
        if part.size:
            colours = [_plain_colour(rng) for _ in range(3)]
            part[:] = gradient(rng, part.shape[0], part.shape[1], colours, 3)
            part += clouds(rng, part.shape[0], part.shape[1], unit * between(rng, 2, 12), 3)[..., None] * between(
                rng, 0, 0.2
            )
    return picture


def _keyboard(rng: np.random.Generator, height: int, width: int, unit: float) -> Paint:
    pitch = max(int(unit * between(rng, 15, 20)), 8)
    key = int(pitch * between(rng, 0.78, 0.92))
    body, cap = _plain_colour(rng), _plain_colour(rng)
    picture = filled(height, width, body) * 0.6
    shape = blurred(rounded(key, key, key * 0.15), 0.6)
    shading = 1 + np.linspace(0.08, -0.08, key, dtype=np.float32)[:, None, None]
    letter = 1.0 - round(sum(cap) / 3)
    for row, top in enumerate(range(0, height, pitch)):
        for left in range(-(row * pitch // 3) % pitch, width, pitch):
            cell = np.full((key, key, 3), cap, np.float32) * shading
            face = image(cell)
            where = (int(key * 0.2), int(key * 0.5))
            sign = chr(int(rng.integers(65, 91)))
            cv2.putText(
                face, sign, where, 0, key / 75, bytes_of((letter, letter, letter)), max(key // 30, 1), cv2.LINE_AA
            )
            part = picture[top : top + key, left : left + key]
            tall, wide = part.shape[:2]
            part += shape[:tall, :wide, None] * (paint(face)[:tall, :wide] - part)
    return picture


def _carpet(rng: np.random.Generator, height: int, width: int, unit: float) -> Paint:
    tufts = clouds(rng, height, width, max(unit * scaled(rng, 0.3, 1.5), 1.5), 2)
    field = np.clip(0.5 + tufts * between(rng, 0.1, 0.35), 0, 1)
    colour = _plain_colour(rng)
    picture = tinted(field, (colour[0] * 0.4, colour[1] * 0.4, colour[2] * 0.4), colour)
    if chance(rng, 0.5):
        pattern = clouds(rng, height, width, unit * between(rng, 5, 30)) > between(rng, -0.3, 0.8)
        picture = np.where(pattern[..., None], picture, tinted(field, (0.05, 0.05, 0.05), _plain_colour(rng)))
    return picture


def _palm(rng: np.random.Generator, height: int, width: int, unit: float) -> Paint:
    tone = skin(rng)
    shape = clouds(rng, height, width, unit * between(rng, 10, 25))
    creases = np.exp(-np.abs(clouds(rng, height, width, (unit * 14, unit * 30), 2)) * 25) * between(rng, 0.05, 0.3)
    pores = clouds(rng, height, width, max(unit * 0.4, 1.5)) * 0.015
    bars = np.abs(np.sin(np.arange(height, dtype=np.float32) / unit / between(rng, 5.5, 7.5)))[:, None]
    shade = np.clip(bars * 1.6, 0.35, 1) if chance(rng, 0.6) else np.ones((height, 1), np.float32)
    return floats(filled(height, width, tone) * ((1 + shape * 0.08 - creases + pores) * shade)[..., None])


def _room(rng: np.random.Generator, height: int, width: int, unit: float) -> Paint:
    """A far-off room, out of focus: the card is held in the air."""
    small = filled(24, 32, _plain_colour(rng))
    for _ in range(int(rng.integers(4, 14))):
        top, left = int(rng.integers(22)), int(rng.integers(30))
        small[top : top + int(rng.integers(2, 16)), left : left + int(rng.integers(2, 16))] = _plain_colour(rng)
    return blurred(resized(small, height, width), unit * scaled(rng, 0.5, 8))


_KINDS: dict[str, tuple[Callable[[np.random.Generator, int, int, float], Paint], float]] = {
    "plain": (_plain, 5),
    "wood": (_wood, 4),
    "cloth": (_cloth, 3),
    "leather": (_leather, 1.5),
    "stone": (_stone, 2.5),
    "paper": (_paper, 3.5),
    "magazine": (_magazine, 1.5),
    "keyboard": (_keyboard, 2),
    "carpet": (_carpet, 1.5),
    "palm": (_palm, 1.5),
    "room": (_room, 1),
}
