"""What lies under a card's lettering: running colours, a pale scene, fine lines in families, and micro-lettering.

Lengths are millimetres on the card; ``unit`` is pixels a millimetre.
"""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.specimen.brush import (
    Paint,
    between,
    blurred,
    chance,
    clouds,
    floats,
    gradient,
    hsv,
    pick,
    resized,
    scaled,
    spread,
    words,
)

_GRID = 4
"""Pixels between the points at which a phase is computed; it is smooth in between."""


def card_ground(rng: np.random.Generator, height: int, width: int) -> Paint:
    """The printed ground of one side of a card."""
    ground = _running_colours(rng, height, width)
    if chance(rng, 0.7):
        ground = _scene(rng, ground)
    unit = width / 85.6
    families = int(pick(rng, (0, 1, 2, 3, 4, 5), (10, 14, 24, 26, 16, 10)))
    strength = pick(rng, (scaled(rng, 0.03, 0.15), scaled(rng, 0.15, 0.5), scaled(rng, 0.5, 0.95)), (35, 50, 15))
    for _ in range(families):
        ground = _lines(rng, ground, unit, strength * between(rng, 0.5, 1.2))
    if chance(rng, 0.3):
        size = max(unit * between(rng, 0.45, 0.9), 4)
        strip = int(size * 40)
        mask = np.tile(words(rng, height, strip, size, 0.4), (1, width // strip + 1))[:, :width]
        ground = ground * (1 - mask[..., None] * floats(scaled(rng, 0.02, 0.3)))
    return ground


def _running_colours(rng: np.random.Generator, height: int, width: int) -> Paint:
    kind = rng.random()
    value = between(rng, 0.84, 0.98)
    strength = scaled(rng, 0.03, 0.2)
    if kind < 0.6:  # the real ones: blue-green, pale, pink, in this order or another
        hues = [between(rng, 0.42, 0.58), between(rng, 0.4, 0.6), between(rng, 0.88, 1.02)]
        if chance(rng, 0.3):
            rng.shuffle(hues)
    elif kind < 0.85:
        start = rng.random()
        hues = [start + between(rng, -0.3, 0.3) for _ in range(3)]
    else:
        hues, strength = [rng.random()] * 3, strength * 0.15
        value = between(rng, 0.7, 1.0)
    colours = [hsv(h, strength * between(rng, 0.4, 1.4), value + rng.normal(0, 0.02)) for h in hues]
    return gradient(rng, height, width, colours, int(rng.integers(2, 4)))


def _scene(rng: np.random.Generator, ground: Paint) -> Paint:
    """A pale landscape of ridges, or a large bright or coloured disc of rays."""
    height, width = ground.shape[:2]
    ink = floats(hsv(between(rng, 0.3, 1.05), between(rng, 0.05, 0.5), between(rng, 0.5, 0.95)))
    mask = np.zeros((height // 2, width // 2), np.float32)
    if chance(rng, 0.65):
        for level in range(int(rng.integers(1, 5))):
            ridge = clouds(rng, 1, width // 2, (1, width / between(rng, 5, 22)), 3)[0]
            base = height / 2 * (between(rng, 0.3, 0.6) + 0.1 * level)
            line = np.stack([np.arange(width // 2), base + ridge * height * 0.05], axis=1)
            shape = np.concatenate([line, [[width // 2, height // 2], [0, height // 2]]])
            cv2.fillPoly(mask, [np.int32(shape)], (between(rng, 0.2, 1.0),), cv2.LINE_AA)
        mask *= np.linspace(1, between(rng, 0, 0.6), height // 2, dtype=np.float32)[:, None]
    else:
        y, x = np.mgrid[0 : height // 2, 0 : width // 2].astype(np.float32)
        across, down = x - width * between(rng, 0.15, 0.35), y - height * between(rng, 0.15, 0.35)
        rays = np.cos(np.arctan2(down, across) * int(rng.integers(5, 40))) * 0.5 + 0.5
        mask = floats(rays * np.exp(-np.hypot(across, down) / (height * between(rng, 0.08, 0.25))))
    soft = resized(blurred(mask, between(rng, 0.4, 3)), height, width, smooth=False)
    return ground + floats(soft[..., None] * (ink - ground)) * floats(scaled(rng, 0.05, 0.45))


def _phase(rng: np.random.Generator, x: Paint, y: Paint, period: float) -> Paint:
    """The count of lines at points (x, y) mm: waves, nested rosettes, or waves bent by slow noise."""
    if chance(rng, 0.3):
        across, down = x - between(rng, 0, 86), y - between(rng, 0, 54)
        petals = int(rng.integers(3, 14))
        bend = between(rng, 0.02, 0.25)
        radius = np.hypot(across, down)
        return floats(radius * (1 + bend * np.cos(petals * np.arctan2(down, across))) / period)
    turn = pick(rng, (0.0, np.pi / 2, between(rng, 0, np.pi)), (5, 2, 3))
    along, cross = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    for _ in range(int(rng.integers(1, 4))):
        cross = cross + between(rng, 0.1, 2.5) * np.sin(2 * np.pi * along / scaled(rng, 5, 60) + between(rng, 0, 6.28))
    if chance(rng, 0.3):
        cross = cross + clouds(rng, x.shape[0], x.shape[1], between(rng, 6, 30)) * between(rng, 0.2, 1.5)
    return floats(cross / period)


def _lines(rng: np.random.Generator, ground: Paint, unit: float, strength: float) -> Paint:
    """The ground with one family of fine lines, or two that cross, in inks that change over the card."""
    height, width = ground.shape[:2]
    period = scaled(rng, 0.2, 0.8) * (between(rng, 1.5, 4) if chance(rng, 0.12) else 1.0)
    thick = min(between(rng, 0.05, 0.15) * between(rng, 0.8, 1.3), period * 0.6) * unit
    y, x = np.mgrid[0 : height + _GRID : _GRID, 0 : width + _GRID : _GRID].astype(np.float32)
    cover = np.zeros((height, width), np.float32)
    for _ in range(1 if chance(rng, 0.7) else 2):
        phase = resized(_phase(rng, x / unit, y / unit, period), height, width)
        apart = np.abs(phase - np.floor(phase) - floats(0.5)) * floats(period * unit)
        np.maximum(cover, np.clip(floats(thick / 2 + 0.5) - apart, 0, min(thick, 1.0)), out=cover)
    if chance(rng, 0.25):
        cover *= np.clip(clouds(rng, height, width, width / between(rng, 2, 5)) + 0.5, 0, 1)
    saturation = between(rng, 0.15, 0.7)
    hue = pick(rng, (between(rng, 0.4, 0.62), between(rng, 0.85, 1.05), rng.random()), (4, 3, 3))
    inks = [hsv(hue + rng.normal(0, 0.12), saturation, between(rng, 0.5, 0.9)) for _ in range(3)]
    ink = gradient(rng, height, width, inks)
    return ground * (1 - spread(cover * floats(min(strength, 1))) * (1 - ink))
