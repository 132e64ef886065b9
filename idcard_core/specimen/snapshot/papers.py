"""Papers and what is written on them: blank, ruled, printed; lines by hand and columns of type."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.specimen.brush import WORDS, Colour, Paint, between, chance, floats, hsv, pick, scaled
from idcard_core.specimen.fonts import Style, choose_face
from idcard_core.specimen.snapshot.noise import Pen, fractal

PATCH = 760
"""Pixels along a patch of ground."""


def paper_colour(rng: np.random.Generator) -> Colour:
    """Office paper: white, bluish or cream; seldom coloured."""
    if chance(rng, 0.06):
        return hsv(between(rng, 0, 1), between(rng, 0.1, 0.35), between(rng, 0.8, 0.97))
    return hsv(
        between(rng, 0.08, 0.18) if chance(rng, 0.5) else between(rng, 0.55, 0.68),
        scaled(rng, 0.004, 0.09),
        between(rng, 0.85, 0.98),
    )


def paper_ground(rng: np.random.Generator, k: float) -> Paint:
    fibre = fractal(rng, PATCH, PATCH, 0.5) * 0.5 + fractal(rng, PATCH, PATCH, 1.7)
    return floats(floats(paper_colour(rng)) * (1 + floats(scaled(rng, 0.003, 0.02)) * fibre)[..., None])


def white_ground(rng: np.random.Generator, k: float) -> Paint:
    value = between(rng, 0.75, 0.99)
    return np.full((PATCH, PATCH, 3), value, np.float32) * floats(hsv(between(rng, 0, 1), between(rng, 0, 0.04), 1))


def ruled_ground(rng: np.random.Generator, k: float) -> Paint:
    picture = paper_ground(rng, k)
    ink, step = hsv(between(rng, 0, 1), between(rng, 0, 0.6), between(rng, 0.3, 0.8)), between(rng, 5, 11) * k
    squares = chance(rng, 0.4)
    for n in range(int(PATCH / step) + 1):
        at = round(n * step)
        cv2.line(picture, (0, at), (PATCH, at), ink, max(1, round(0.25 * k)), cv2.LINE_AA)
        if squares:
            cv2.line(picture, (at, 0), (at, PATCH), ink, max(1, round(0.25 * k)), cv2.LINE_AA)
    return picture if squares or chance(rng, 0.5) else handwriting(rng, picture, step * 0.7, step)


def handwriting(rng: np.random.Generator, under: Paint, size: float, step: float) -> Paint:
    """Some lines in a brush face, in ballpoint colours."""
    pen = Pen(under)
    ink = pick(rng, [(0.45, 0.2, 0.1), (0.1, 0.1, 0.1), (0.2, 0.15, 0.65)])
    face = choose_face(rng, (Style.SCRIPT,))
    for row in range(int(rng.integers(1, 8))):
        text = sentence(rng, int(rng.integers(3, 18)))
        pen.write(
            (between(rng, 0, 0.4) * under.shape[1], row * step + rng.normal(0, step * 0.05)), text, (face, size, ink)
        )
    return pen.done()


def sentence(rng: np.random.Generator, length: int) -> str:
    """Words without sense."""
    text = "".join(WORDS[int(i)] for i in rng.integers(len(WORDS), size=length))
    return text + pick(rng, ["", "。", "，", "：", "1", "2024", "》"])


def write_column(
    rng: np.random.Generator, pen: Pen, box: tuple[float, float, float, float], size: float, colour: Colour
) -> None:
    """A column of text within a box (left, top, right, bottom), ``size`` pixels an em."""
    face, step = choose_face(rng, (Style.SANS, Style.SERIF)), size * between(rng, 1.3, 1.9)
    y = box[1]
    while y + size < box[3]:
        room = max(1, int((box[2] - box[0]) / max(size, 4)) - 1)
        length = room if chance(rng, 0.8) else int(rng.integers(1, room + 1))
        pen.write((box[0], y), sentence(rng, min(length, 70)), (face, max(size, 4), colour))
        y += step * (1 if chance(rng, 0.93) else 2)


def print_ground(rng: np.random.Generator, k: float) -> Paint:
    colour = hsv(0.12, between(rng, 0, 0.16), between(rng, 0.68, 0.97))
    pen = Pen(floats(colour) * (1 + 0.012 * fractal(rng, PATCH, PATCH, 0.6))[..., None])
    columns, ink = int(rng.integers(1, 4)), (between(rng, 0.05, 0.35),) * 3
    broad = PATCH / columns
    for n in range(columns):
        top = 0.0
        while top < PATCH:
            size, tall = max(scaled(rng, 2.2, 4.5) * k, 6), scaled(rng, 30, 150) * k
            if chance(rng, 0.25):
                pen.draw.rectangle(
                    (n * broad + 5, top, (n + 1) * broad - 12, top + tall * 0.6),
                    fill=tuple(int(c) for c in rng.integers(40, 230, 3)),
                )
            elif chance(rng, 0.3):
                write_column(rng, pen, (n * broad, top, (n + 1) * broad, top + size * 3), size * 2.2, ink)
            else:
                write_column(rng, pen, (n * broad, top, (n + 1) * broad - size, top + tall), size, ink)
            top += tall + 2 * k
    return np.rot90(pen.done(), int(rng.integers(4)))
