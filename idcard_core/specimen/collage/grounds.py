"""What the card lies on, as flat patterns."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.brush import (
    Paint,
    between,
    bytes_of,
    chance,
    clouds,
    filled,
    floats,
    hsv,
    image,
    paint,
    pick,
    scaled,
    spread,
    words,
)
from idcard_core.specimen.collage.framing import Framing

_KINDS = ("plain", "run", "noise", "wood", "cloth", "tiles", "shapes", "page", "photo")


def below(rng: np.random.Generator, framing: Framing, scanned: bool) -> tuple[Paint, str]:
    """What the thing lies on, and its name; of a scanner its lid."""
    if not scanned:
        return ground(rng, framing.height, framing.width, framing.unit)
    tone = pick(rng, (1.0, between(rng, 0.85, 1), between(rng, 0.02, 0.15)), (4, 4, 2))
    lid = filled(framing.height, framing.width, hsv(rng.random(), between(rng, 0, 0.03), tone))
    return floats(lid + spread(clouds(rng, framing.height, framing.width, 3)) * floats(0.004)), "lid"


def ground(rng: np.random.Generator, height: int, width: int, unit: float) -> tuple[Paint, str]:
    """A ground of ``height`` by ``width`` pixels, ``unit`` of them a millimetre, and the name of its kind."""
    kind = pick(rng, _KINDS, (16, 10, 12, 14, 10, 8, 12, 8, 10))
    light = pick(rng, (between(rng, 0.02, 0.2), between(rng, 0.2, 0.75), between(rng, 0.75, 1)), (25, 50, 25))
    tone = hsv(rng.random(), scaled(rng, 0.02, 0.7), light)
    other = hsv(rng.random(), scaled(rng, 0.02, 0.7), between(rng, 0, 1))
    canvas = filled(height, width, tone)
    if kind == "run":
        across = np.linspace(0, 1, width, dtype=np.float32)[None, :, None]
        down = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
        turn = between(rng, 0, 1)
        canvas = canvas + (floats(other) - canvas) * floats(across * turn + down * (1 - turn)) * between(rng, 0.1, 0.8)
    elif kind == "noise":
        canvas = canvas * (1 + spread(clouds(rng, height, width, scaled(rng, 1.5, 60), 3)) * scaled(rng, 0.02, 0.2))
    elif kind == "wood":
        canvas = _wood(rng, canvas, unit)
    elif kind == "cloth":
        canvas = _cloth(rng, canvas)
    elif kind == "tiles":
        canvas = _tiles(rng, canvas, unit)
    elif kind == "shapes":
        canvas = paint(_shapes(rng, image(canvas)))
    elif kind == "page":
        lines = words(rng, height, width, max(unit * between(rng, 2.5, 6), 6), between(rng, 0.5, 1))
        canvas = filled(height, width, hsv(rng.random(), 0.03, between(rng, 0.8, 1))) * (
            1 - spread(lines) * floats(0.8)
        )
    elif kind == "photo":  # nothing in particular: coarse colours that run into one another, as of a room out of focus
        few = rng.random((int(rng.integers(2, 7)), int(rng.integers(2, 8)), 3), dtype=np.float32)
        canvas = canvas * 0.5 + floats(cv2.resize(few, (width, height), interpolation=cv2.INTER_CUBIC)) * light * 0.6
        canvas = canvas + clouds(rng, height, width, scaled(rng, 3, 30), 3)[..., None] * floats(0.03)
    if chance(rng, 0.5):
        canvas = canvas * (1 + spread(clouds(rng, height, width, 1.2)) * scaled(rng, 0.003, 0.05))
    return np.clip(canvas, 0, 1), kind


def _wood(rng: np.random.Generator, canvas: Paint, unit: float) -> Paint:
    height, width = canvas.shape[:2]
    long, short = scaled(rng, 20, 200) * unit, scaled(rng, 0.3, 3) * unit
    cell = (max(short, 1.2), long) if chance(rng, 0.6) else (long, max(short, 1.2))
    grain = clouds(rng, height, width, cell, 3)
    if chance(rng, 0.4):
        grain = np.sin(grain * between(rng, 2, 7))
    canvas = canvas * (1 + spread(floats(grain)) * scaled(rng, 0.03, 0.2))
    if chance(rng, 0.4):
        step = int(scaled(rng, 40, 150) * unit)
        for at in range(int(rng.integers(step)), height if cell[0] < cell[1] else width, max(step, 8)):
            (canvas if cell[0] < cell[1] else canvas.swapaxes(0, 1))[at : at + max(1, int(unit * 0.4))] *= floats(0.5)
    return canvas


def _cloth(rng: np.random.Generator, canvas: Paint) -> Paint:
    height, width = canvas.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    turn, period = between(rng, 0, np.pi), scaled(rng, 3, 30)
    bend = clouds(rng, height, width, scaled(rng, 30, 300)) * between(rng, 0, 2)
    threads = np.sin((x * np.cos(turn) + y * np.sin(turn)) / period * 6.28 + bend)
    if chance(rng, 0.6):
        threads = threads * np.sin((y * np.cos(turn) - x * np.sin(turn)) / period * 6.28 + bend)
    return floats(canvas * (1 + spread(floats(threads)) * scaled(rng, 0.02, 0.2)))


def _tiles(rng: np.random.Generator, canvas: Paint, unit: float) -> Paint:
    height, width = canvas.shape[:2]
    side, turn = scaled(rng, 4, 90) * unit, between(rng, 0, np.pi / 2)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    u, v = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    if chance(rng, 0.5):
        joints = np.minimum(np.abs(u % side), np.abs(v % side)) < max(unit * scaled(rng, 0.2, 2), 1)
        return floats(
            canvas * (1 - spread(floats(cv2.GaussianBlur(floats(joints), (0, 0), 0.7))) * between(rng, 0.1, 0.7))
        )
    squares = (np.floor(u / side) + np.floor(v / side)) % 2
    return floats(
        canvas * (1 - spread(floats(cv2.GaussianBlur(floats(squares), (0, 0), 0.7))) * between(rng, 0.05, 0.5))
    )


def _shapes(rng: np.random.Generator, canvas: Image) -> Image:
    """Flat things of one colour each: sheets, pens, cups, phones."""
    height, width = canvas.shape[:2]
    for _ in range(int(rng.integers(2, 14))):
        colour = bytes_of(hsv(rng.random(), rng.random() * 0.8, rng.random()))
        middle = (float(rng.uniform(0, width)), float(rng.uniform(0, height)))
        size = (scaled(rng, 0.03, 0.8) * width, scaled(rng, 0.03, 0.8) * width)
        if chance(rng, 0.6):
            box = cv2.boxPoints((middle, size, between(rng, 0, 90)))
            cv2.fillConvexPoly(canvas, np.int32(np.round(box)), colour, cv2.LINE_AA)
        else:
            cv2.ellipse(canvas, (middle, size, between(rng, 0, 180)), colour, -1, cv2.LINE_AA)
    return canvas
