"""What a card may lie on: procedural pictures of tables, cloth, pages, keyboards and clutter, BGR, for training."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw

from idcard_core.card import Image
from idcard_core.specimen import tables
from idcard_core.specimen.fonts import Style, choose_face, load

SIZE = 448
"""Pixels a side."""
Painter = Callable[[np.random.Generator], Image]


def colour(rng: np.random.Generator, low: float = 0, high: float = 255) -> tuple[int, int, int]:
    """A random BGR colour, more often greyish than vivid."""
    level = rng.uniform(low, high)
    spread = 60 * rng.random() ** 2
    blue, green, red = (int(c) for c in np.clip(level + rng.normal(0, spread, 3), 0, 255))
    return blue, green, red


def clouds(rng: np.random.Generator, cells: int, size: int = SIZE) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Smooth noise (size, size) with about ``cells`` bumps a side, -1 to 1."""
    coarse = rng.uniform(-1, 1, (cells + 1, cells + 1)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (size, size), interpolation=cv2.INTER_CUBIC), np.float32)


def _toned(rng: np.random.Generator, tone: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Image:
    """A tone map -1..1 laid between two colours."""
    one, two = np.array(colour(rng), np.float32), np.array(colour(rng), np.float32)
    two = one + (two - one) * rng.uniform(0.15, 0.9)
    share = ((tone + 1) / 2)[..., None]
    return np.clip(one + (two - one) * share, 0, 255).astype(np.uint8)


def plain(rng: np.random.Generator) -> Image:
    tone = clouds(rng, 2) * rng.uniform(0, 0.5) + rng.normal(0, rng.uniform(0, 0.12), (SIZE, SIZE)).astype(np.float32)
    return _toned(rng, tone)


def white(rng: np.random.Generator) -> Image:
    level = rng.uniform(200, 255)
    tone = level + clouds(rng, 2) * rng.uniform(0, 10) + rng.normal(0, rng.uniform(0, 3), (SIZE, SIZE))
    return np.repeat(np.clip(tone, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


def pale(rng: np.random.Generator) -> Image:
    """About the colour of a card's ground."""
    base = rng.uniform(205, 245) + rng.normal(0, 9, 3)
    tone = clouds(rng, int(rng.integers(2, 40)))[..., None] * rng.uniform(0, 8)
    picture = base + tone + rng.normal(0, rng.uniform(0, 4), (SIZE, SIZE, 1))
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


def wood(rng: np.random.Generator) -> Image:
    grain = cv2.resize(
        rng.uniform(-1, 1, (int(rng.integers(60, 260)), int(rng.integers(3, 9)))).astype(np.float32), (SIZE, SIZE)
    )
    y = np.arange(SIZE, dtype=np.float32)[:, None]
    rings = np.sin(y / rng.uniform(4, 20) + 3 * clouds(rng, 3))
    tone = rng.uniform(0.3, 0.9) * grain + rng.uniform(0.1, 0.6) * rings
    dark = np.array([rng.uniform(10, 90), rng.uniform(30, 110), rng.uniform(50, 150)])
    light = dark + np.array([rng.uniform(20, 70), rng.uniform(30, 90), rng.uniform(40, 100)])
    picture = dark + (light - dark) * np.clip((tone + 1) / 2, 0, 1)[..., None]
    planks = int(rng.integers(0, 6))
    for at in rng.integers(0, SIZE, planks):
        picture[at : at + int(rng.integers(1, 4))] *= rng.uniform(0.3, 0.8)
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


def cloth(rng: np.random.Generator) -> Image:
    y, x = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)
    step = rng.uniform(1.2, 7)
    weave = np.sin(x / step) * np.sin(y / (step * rng.uniform(0.7, 1.4)))
    folds = clouds(rng, int(rng.integers(2, 6)))
    picture = _toned(rng, np.clip(0.5 * weave + 0.7 * folds, -1, 1).astype(np.float32))
    if rng.random() < 0.5:
        for vertical in (True, False):
            for at in range(0, SIZE, int(rng.integers(20, 80))):
                band = slice(at, at + int(rng.integers(3, 18)))
                part = picture[:, band] if vertical else picture[band]
                part[:] = np.clip(part.astype(np.float32) * 0.6 + 0.4 * np.array(colour(rng)), 0, 255)
    return picture


def page(rng: np.random.Generator) -> Image:
    """Paper with lines of strokes that look like printed text, headings, boxes."""
    picture = white(rng) if rng.random() < 0.8 else pale(rng)
    ink = colour(rng, 0, 90)
    size = int(rng.integers(5, 22))
    y = int(rng.integers(0, 40))
    while y < SIZE:
        if rng.random() < 0.06:
            size = int(rng.integers(5, 26))
        scribble(rng, picture, (int(rng.integers(0, 50)), y), (SIZE - int(rng.integers(0, 200)), size), ink)
        y += int(size * rng.uniform(1.3, 2.2))
        if rng.random() < 0.1:
            y += 2 * size
    if rng.random() < 0.35:
        for _ in range(int(rng.integers(1, 9))):
            one, two = rng.integers(0, SIZE, 2), rng.integers(0, SIZE, 2)
            cv2.rectangle(picture, one.tolist(), two.tolist(), ink, 1)
    return picture


def print_page(rng: np.random.Generator) -> Image:
    """A printed page of real characters, without sense."""
    sheet = Pillow.fromarray(page(rng) if rng.random() < 0.2 else white(rng))
    draw = ImageDraw.Draw(sheet)
    words = "".join(tables.VILLAGES + tables.ROADS + tables.ESTATES) + "0123456789，。、：年月日第条款号"
    y = int(rng.integers(0, 40))
    face = choose_face(rng, (Style.SANS, Style.SERIF))
    while y < SIZE:
        size = int(rng.integers(9, 30)) if rng.random() < 0.15 else int(rng.integers(9, 16))
        line = "".join(words[int(i)] for i in rng.integers(len(words), size=int(rng.integers(6, 45))))
        draw.text((int(rng.integers(0, 40)), y), line, font=load(face, size), fill=colour(rng, 0, 60))
        y += int(size * rng.uniform(1.3, 2.2))
    return np.array(sheet, np.uint8)


def scribble(
    rng: np.random.Generator, picture: Image, at: tuple[int, int], extent: tuple[int, int], ink: tuple[int, int, int]
) -> None:
    """A line of about square made-up characters, from ``at`` to the x ``extent[0]``, ``extent[1]`` high."""
    size = extent[1]
    count = max(1, int((extent[0] - at[0]) / (size * 1.1)))
    strokes = rng.uniform(0, 1, (count, 5, 2, 2))
    flat = rng.random((count, 5)) < 0.7
    strokes[..., 1, 1] = np.where(flat, strokes[..., 0, 1], strokes[..., 1, 1])
    upright = rng.random((count, 5)) < 0.4
    strokes[..., 1, 0] = np.where(upright & ~flat, strokes[..., 0, 0], strokes[..., 1, 0])
    strokes[..., 0] = at[0] + (np.arange(count)[:, None, None] * 1.1 + strokes[..., 0] * 0.95) * size
    strokes[..., 1] = at[1] + strokes[..., 1] * size
    keep = rng.random(count) > 0.08
    lines = np.round(strokes[keep].reshape(-1, 2, 2) * 16).astype(np.int32)
    cv2.polylines(picture, list(lines), False, ink, max(1, round(size / 11)), cv2.LINE_AA, 4)


def keyboard(rng: np.random.Generator) -> Image:
    dark = bool(rng.random() < 0.7)
    base, key = (colour(rng, 10, 60), colour(rng, 20, 90)) if dark else (colour(rng, 150, 210), colour(rng, 190, 250))
    ink = colour(rng, 170, 255) if dark else colour(rng, 0, 80)
    picture = np.full((SIZE, SIZE, 3), base, np.uint8)
    width = int(rng.integers(26, 64))
    gap = int(rng.integers(2, 8))
    for row, y in enumerate(range(0, SIZE, width)):
        for x in range(-(row * 9) % width - width, SIZE, width):
            cv2.rectangle(picture, (x + gap, y + gap), (x + width - gap, y + width - gap), key, -1)
            letter = chr(int(rng.integers(48, 91)))
            place = (x + gap + 3, y + width // 2)
            cv2.putText(picture, letter, place, cv2.FONT_HERSHEY_SIMPLEX, width / 80, ink, 1, cv2.LINE_AA)
    return picture


def stripes(rng: np.random.Generator) -> Image:
    y, x = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)
    turn = rng.uniform(0, np.pi)
    wave = np.sin((x * np.cos(turn) + y * np.sin(turn)) / rng.uniform(2, 40))
    return _toned(rng, np.clip(wave * rng.uniform(0.5, 4), -1, 1).astype(np.float32))


def checks(rng: np.random.Generator) -> Image:
    """A chequered or tartan cloth: squares of a few colours, their edges sharp or woven."""
    count = int(rng.integers(2, 4))
    across, down = (np.repeat(rng.integers(0, count, SIZE), rng.integers(8, 110, SIZE))[:SIZE] for _ in range(2))
    if rng.random() < 0.6:
        step = int(rng.integers(14, 110))
        across = down = (np.arange(SIZE) // step) % 2
    paints = np.array([colour(rng) for _ in range(count)], np.float32)
    picture = (paints[across][None] + paints[down][:, None]) / 2
    if rng.random() < 0.4:
        picture = np.where(((across[None] + down[:, None]) % 2)[..., None] == 0, paints[0], paints[1])
    weave = rng.normal(0, rng.uniform(0, 10), (SIZE, SIZE, 1)) + 12 * rng.random() * clouds(rng, 4)[..., None]
    return np.asarray(np.clip(picture + weave, 0, 255), np.uint8)


def noise(rng: np.random.Generator) -> Image:
    """Stone, carpet, sand: noise at several scales."""
    tone = sum(clouds(rng, cells) * rng.uniform(0.1, 0.6) for cells in (3, 9, 30, 90, 220))
    return _toned(rng, np.clip(np.asarray(tone, np.float32), -1, 1))


def shapes(rng: np.random.Generator) -> Image:
    """Random rectangles, discs and lines, as of a desk full of things."""
    picture = plain(rng)
    for _ in range(int(rng.integers(4, 40))):
        centre = rng.integers(0, SIZE, 2)
        extent = rng.integers(8, 160, 2)
        kind = rng.random()
        paint = colour(rng)
        if kind < 0.5:
            box = cv2.boxPoints((centre.tolist(), extent.tolist(), float(rng.uniform(0, 180))))
            cv2.fillConvexPoly(picture, np.round(box).astype(np.int32), paint, cv2.LINE_AA)
        elif kind < 0.8:
            cv2.ellipse(picture, centre.tolist(), (extent // 2).tolist(), float(rng.uniform(0, 180)), 0, 360, paint, -1)
        else:
            cv2.line(picture, centre.tolist(), (centre + extent * 3 - 240).tolist(), paint, int(rng.integers(1, 12)))
    return picture


def tiles(rng: np.random.Generator) -> Image:
    picture = plain(rng)
    step = int(rng.integers(30, 130))
    line = colour(rng)
    for row, y in enumerate(range(0, SIZE, step)):
        shift = (row % 2) * step // 2 if rng.random() < 0.5 else 0
        for x in range(-shift, SIZE, step):
            shade = rng.uniform(0.8, 1.15)
            part = picture[y : y + step, max(x, 0) : x + step]
            part[:] = np.clip(part * shade, 0, 255)
            cv2.rectangle(picture, (x, y), (x + step, y + step), line, int(rng.integers(1, 4)))
    return picture


def leaves(rng: np.random.Generator) -> Image:
    """Many overlapping spots of like colours, as of grass, gravel or a printed cloth."""
    base = np.array(colour(rng, 30, 220))
    picture = np.full((SIZE, SIZE, 3), np.clip(base, 0, 255), np.uint8)
    for _ in range(int(rng.integers(200, 700))):
        paint = tuple(int(c) for c in np.clip(base + rng.normal(0, 35) + rng.normal(0, 12, 3), 0, 255))
        centre, extent = rng.integers(0, SIZE, 2), rng.integers(3, 26, 2)
        cv2.ellipse(picture, centre.tolist(), extent.tolist(), float(rng.uniform(0, 180)), 0, 360, paint, -1)
    return picture


PAINTERS: tuple[tuple[Painter, float], ...] = (
    (plain, 2.0),
    (white, 1.2),
    (pale, 1.2),
    (wood, 2.0),
    (cloth, 1.5),
    (page, 1.2),
    (print_page, 1.2),
    (keyboard, 1.2),
    (stripes, 0.8),
    (checks, 1.0),
    (noise, 1.5),
    (shapes, 2.0),
)
"""What training pictures lie on, with shares."""
HELD_OUT_PAINTERS: tuple[tuple[Painter, float], ...] = ((tiles, 1.0), (leaves, 1.0))
"""Never trained on; only for the scores."""


def background_bank(rng: np.random.Generator, count: int, held_out: bool = False) -> Image:
    """(count, SIZE, SIZE, 3) backgrounds."""
    painters = HELD_OUT_PAINTERS if held_out else PAINTERS
    shares = np.array([share for _, share in painters])
    chosen = rng.choice(len(painters), count, p=shares / shares.sum())
    return np.stack([painters[i][0](rng) for i in chosen])
