"""What things lie on: square patches of material, drawn in millimetres and mirrored beyond their edge."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from idcard_core.specimen.brush import Colour, Paint, between, chance, floats, hsv, pick, scaled, tinted
from idcard_core.specimen.fonts import Style, choose_face
from idcard_core.specimen.snapshot.noise import Pen, fractal, grain, grid
from idcard_core.specimen.snapshot.papers import (
    PATCH,
    paper_ground,
    print_ground,
    ruled_ground,
    white_ground,
    write_column,
)


def draw_ground(rng: np.random.Generator, density: float) -> tuple[Paint, str]:
    """A patch ``(PATCH, PATCH, 3)`` at ``density`` pixels a millimetre, and its name."""
    makers: list[tuple[str, Callable[[np.random.Generator, float], Paint], float]] = [
        ("wood", _wood, 2), ("cloth", _cloth, 2), ("stone", _stone, 1.5), ("leather", _leather, 1.2),
        ("laminate", _laminate, 2), ("paper", paper_ground, 3), ("ruled", ruled_ground, 1), ("print", print_ground, 2),
        ("keyboard", _keyboard, 0.6), ("tiles", _tiles, 0.8), ("metal", _metal, 0.6), ("carpet", _carpet, 1),
        ("mat", _mat, 0.6), ("cover", _cover, 1.2), ("skin", _skin, 0.8), ("white", white_ground, 1.5),
    ]  # fmt: skip
    name, maker, _ = pick(rng, makers, [weight for _, _, weight in makers])
    return floats(np.clip(maker(rng, density), 0, 1)), name


def _any(rng: np.random.Generator, low: float = 0.1, high: float = 0.9, vivid: float = 0.7) -> Colour:
    return hsv(between(rng, 0, 1), between(rng, 0, vivid), between(rng, low, high))


def _wood(rng: np.random.Generator, k: float) -> Paint:
    dark = hsv(between(rng, 0.03, 0.11), between(rng, 0.2, 0.75), between(rng, 0.15, 0.6))
    light = tuple(min(1.0, part * between(rng, 1.25, 1.7)) for part in dark)
    long, fine = fractal(rng, PATCH, PATCH, 1.5, (1, 9)), fractal(rng, PATCH, PATCH, 0.6, (1, 30))
    rings = np.sin(long * floats(between(rng, 2, 9)) + grid(PATCH, PATCH)[1] * floats(0.5 / k))
    picture = tinted(np.clip(0.5 + 0.3 * rings + 0.16 * fine, 0, 1), dark, (light[0], light[1], light[2]))
    if chance(rng, 0.5):
        plank = int(between(rng, 40, 140) * k)
        for row in range(int(rng.integers(plank)), PATCH, max(plank, 20)):
            picture[row:] = np.roll(picture[row:], int(rng.integers(PATCH)), axis=1) * floats(between(rng, 0.85, 1.12))
            picture[row : row + max(1, int(0.6 * k))] *= floats(0.5)
    return np.rot90(picture, int(rng.integers(2)))


def _cloth(rng: np.random.Generator, k: float) -> Paint:
    x, y = grid(PATCH, PATCH)
    pitch = max(scaled(rng, 0.4, 2.5) * k, 2.3)
    jitter = fractal(rng, PATCH, PATCH, 0.7) * floats(0.6)
    warp, weft = np.sin(x * floats(6.283 / pitch) + jitter), np.sin(y * floats(6.283 / pitch) + jitter)
    thread = np.where(warp * weft > 0, warp, weft) * floats(between(rng, 0.04, 0.16))
    picture = np.broadcast_to(floats(_any(rng)), (PATCH, PATCH, 3)).copy()
    for axis in (x, y):
        if chance(rng, 0.4):
            band = scaled(rng, 4, 60) * k
            mask = floats((axis % floats(band)) < band * between(rng, 0.1, 0.6)) * floats(between(rng, 0.3, 0.9))
            picture += mask[..., None] * (floats(_any(rng)) - picture)
    folds = fractal(rng, PATCH, PATCH, 2.0) * floats(between(rng, 0, 0.12))
    return floats(picture * (1 + thread + folds)[..., None])


def _stone(rng: np.random.Generator, k: float) -> Paint:
    base, vein = _any(rng, 0.2, 0.95, 0.25), _any(rng, 0.1, 0.9, 0.3)
    field = fractal(rng, PATCH, PATCH, between(rng, 0.8, 1.8))
    if chance(rng, 0.5):
        field = np.abs(field) * 2 - 1
    else:
        field = floats(cv2.GaussianBlur(grain(rng, PATCH, PATCH), (0, 0), max(0.7, between(rng, 0.2, 1.2) * k)))
        field = field / field.std()
    return tinted(np.clip(0.5 + field * floats(between(rng, 0.15, 0.6)), 0, 1), base, vein)


def _leather(rng: np.random.Generator, k: float) -> Paint:
    cell = max(scaled(rng, 0.5, 2.2) * k, 2)
    bumps = floats(cv2.GaussianBlur(grain(rng, PATCH, PATCH), (0, 0), cell * 0.5))
    slope = cv2.Sobel(bumps / bumps.std(), cv2.CV_32F, 1, 1) + np.abs(bumps / bumps.std()) * 0.5
    colour = hsv(
        between(rng, 0, 0.12) if chance(rng, 0.6) else between(rng, 0, 1),
        between(rng, 0.1, 0.8),
        between(rng, 0.08, 0.6),
    )
    return floats(floats(colour) * (1 + floats(between(rng, 0.05, 0.2)) * slope)[..., None])


def _laminate(rng: np.random.Generator, k: float) -> Paint:
    speck = fractal(rng, PATCH, PATCH, between(rng, 0.2, 1.5), (1, between(rng, 1, 5)))
    return floats(floats(_any(rng, 0.08, 0.97, 0.35)) * (1 + floats(between(rng, 0.005, 0.05)) * speck)[..., None])


def _keyboard(rng: np.random.Generator, k: float) -> Paint:
    pitch, body = 19 * k, _any(rng, 0.05, 0.85, 0.1)
    key = tuple(float(np.clip(part + between(rng, -0.15, 0.2), 0.04, 1)) for part in body)
    pen = Pen(np.broadcast_to(floats(body), (PATCH, PATCH, 3)).copy())
    face, light = choose_face(rng, (Style.LATIN,)), (0.9,) * 3 if key[0] < 0.5 else (0.15,) * 3
    for row in range(int(PATCH / pitch) + 2):
        for column in range(int(PATCH / pitch) + 2):
            x, y = (column + row * 0.3) * pitch - pitch, row * pitch
            fill = tuple(int(part * 255) for part in key)
            pen.draw.rounded_rectangle(
                (x, y, x + pitch * 0.88, y + pitch * 0.88), 2 * k, fill=fill, outline=(20, 20, 20)
            )
            pen.write((x + pitch * 0.2, y + pitch * 0.12), chr(int(rng.integers(65, 91))), (face, 4.5 * k, light))
    return pen.done()


def _tiles(rng: np.random.Generator, k: float) -> Paint:
    picture, size, grout = _stone(rng, k), int(between(rng, 40, 150) * k), _any(rng, 0.2, 0.9, 0.1)
    for at in range(int(rng.integers(size)), PATCH, max(size, 30)):
        picture[at : at + max(2, int(2 * k))] = grout
        picture[:, at : at + max(2, int(2 * k))] = grout
    return picture


def _metal(rng: np.random.Generator, k: float) -> Paint:
    brushed = fractal(rng, PATCH, PATCH, 0.3, (1, 60)) * 0.05 + fractal(rng, PATCH, PATCH, 2, (1, 6)) * 0.08
    return floats(floats(_any(rng, 0.3, 0.85, 0.08)) * (1 + brushed)[..., None])


def _carpet(rng: np.random.Generator, k: float) -> Paint:
    tuft = floats(cv2.GaussianBlur(grain(rng, PATCH, PATCH, 3), (0, 0), max(0.6, between(rng, 0.2, 0.7) * k)))
    spread = tuft / tuft.std() * floats(between(rng, 0.08, 0.3))
    return floats(floats(_any(rng, 0.1, 0.7)) * (1 + spread * floats(0.4) + spread.mean(2, keepdims=True)))


def _mat(rng: np.random.Generator, k: float) -> Paint:
    picture: Paint = np.broadcast_to(floats(_any(rng, 0.1, 0.5, 0.8)), (PATCH, PATCH, 3)).copy()
    line = tuple(float(min(1.0, part + 0.3)) for part in picture[0, 0])
    for n in range(int(PATCH / (10 * k)) + 1):
        at, thick = round(n * 10 * k), 2 if n % 5 == 0 else 1
        cv2.line(picture, (at, 0), (at, PATCH), line, thick)
        cv2.line(picture, (0, at), (PATCH, at), line, thick)
    return picture


def _cover(rng: np.random.Generator, k: float) -> Paint:
    picture = cv2.resize(
        floats([[_any(rng) for _ in range(3)] for _ in range(2)]), (PATCH, PATCH), interpolation=cv2.INTER_LINEAR
    )
    for _ in range(int(rng.integers(1, 9))):
        centre = (int(rng.integers(PATCH)), int(rng.integers(PATCH)))
        if chance(rng, 0.5):
            cv2.circle(picture, centre, int(scaled(rng, 4, 70) * k), _any(rng), -1, cv2.LINE_AA)
        else:
            cv2.rectangle(picture, centre, (int(rng.integers(PATCH)), int(rng.integers(PATCH))), _any(rng), -1)
    pen = Pen(floats(picture))
    write_column(rng, pen, (0.1 * PATCH, 0.1 * PATCH, 0.9 * PATCH, 0.4 * PATCH), scaled(rng, 5, 22) * k, _any(rng))
    return pen.done()


def _skin(rng: np.random.Generator, k: float) -> Paint:
    creases = fractal(rng, PATCH, PATCH, 1.2, (1, 2.5))
    mottle = fractal(rng, PATCH, PATCH, 1.8)[..., None] * floats((0.03, 0.03, 0.01))
    return floats(floats(skin_colour(rng)) * (1 + 0.05 * np.minimum(creases, 0.6)[..., None] + mottle))


def skin_colour(rng: np.random.Generator) -> Colour:
    """A hand's colour."""
    return hsv(between(rng, 0.03, 0.075), between(rng, 0.25, 0.55), between(rng, 0.5, 0.95))
