"""The face of a lit screen as a camera samples it: gratings of sub-pixels, beats, glow, bands, dust.

A grating has the contrast that the lens lets through at its frequency; sampling it at pixels gives the moire.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.specimen.brush import (
    Matrix,
    Paint,
    between,
    blurred,
    chance,
    clouds,
    floats,
    pick,
    resized,
    scaled,
)
from idcard_core.specimen.painted.stage import View
from idcard_core.specimen.plane import at

_STRIPES = ((1, 0, 1.6), (2, 0, 1.0), (0, 1, 0.35), (1, 1, 0.25))
"""Waves across, waves down a screen pixel, and contrast, of three stripes a pixel."""
_LATTICE = ((0.5, 0.5, 0.9), (0.5, -0.5, 0.9), (1, 0, 0.5), (0, 1, 0.5))
"""The same of red and blue in a PenTile; green has a site in every pixel."""
_FULL = ((1, 0, 0.9), (0, 1, 0.9), (1, 1, 0.4), (1, -1, 0.4))


@dataclass(frozen=True, slots=True)
class Face:
    """The fixed properties of one screen's face; ``bend`` is how much the lens before it bends straight lines."""

    oled: bool
    tint: tuple[float, float, float]
    black: float
    uneven: float
    bend: float
    swap: bool
    """Whether the stripes run across."""


def lit(rng: np.random.Generator, face: Face, seen: Paint, view: View, matrix: Matrix, pitch: float) -> Paint:
    """The screen's picture ``seen`` as it shines; ``pitch`` is its pixels in pixels of the sheet behind ``matrix``."""
    black = floats(face.black * between(rng, 0.5, 2))
    seen = black + seen * (floats(face.tint) * floats(np.exp(rng.normal(0, 0.1))) - black)
    if chance(rng, 0.35):
        seen = seen + blurred(seen, view.unit * scaled(rng, 0.4, 4)) * floats(between(rng, 0.02, 0.2))
    shade = clouds(rng, view.height // 16 + 2, view.width // 16 + 2, view.width / 30) * floats(face.uneven)
    y, x = np.mgrid[-1 : 1 : shade.shape[0] * 1j, -1 : 1 : shade.shape[1] * 1j].astype(np.float32)
    shade = shade + x * floats(rng.normal(0, 0.08)) + y * floats(rng.normal(0, 0.08))
    field = 1 + resized(floats(shade), view.height, view.width, smooth=False)
    if chance(rng, 0.16):
        field = field * _bands(rng, view.height)[:, None]
    seen = seen * field[..., None]
    if chance(rng, 0.2):
        lean = rng.normal(0, 0.06, 3)
        seen = seen * (1 + np.linspace(-1, 1, view.width, dtype=np.float32)[None, :, None] * floats(lean))
    if chance(rng, 0.75):
        seen = seen * _gratings(rng, face, view, matrix, pitch)
    if chance(rng, 0.2):
        seen = seen * _beats(rng, view)
    return _dusted(rng, seen) if chance(rng, 0.3) else seen


def _gratings(rng: np.random.Generator, face: Face, view: View, matrix: Matrix, pitch: float) -> Paint:
    step = 8
    rows, columns = view.height // step + 2, view.width // step + 2
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32) * step + step / 2
    across, down = (x - view.width / 2) / view.width, (y - view.height / 2) / view.width
    bend = 1 + face.bend * (across**2 + down**2)
    points = np.stack(
        [view.width / 2 + across * bend * view.width, view.height / 2 + down * bend * view.width], axis=-1
    )
    place = at(floats(points.reshape(-1, 2)), np.linalg.inv(matrix)).reshape(rows, columns, 2) / pitch
    place = place + (clouds(rng, rows, columns, columns / 3) * scaled(rng, 0.01, 1.5))[..., None]
    size = (columns * step, rows * step)
    u, v = (
        floats(cv2.resize(np.ascontiguousarray(place[..., i], np.float32), size))[: view.height, : view.width]
        for i in ((1, 0) if face.swap else (0, 1))
    )
    middle = view.height // 2, view.width // 2
    here = (
        np.array(
            [
                [part[middle] - part[middle[0], middle[1] - 8], part[middle] - part[middle[0] - 8, middle[1]]]
                for part in (u, v)
            ]
        )
        / 8
    )
    blur = scaled(rng, 0.24, 0.7)
    strength = between(rng, 0.35, 1.0)
    result = np.ones((view.height, view.width, 3), np.float32)
    for waves, channels in ((_FULL, (1,)), (_LATTICE, (0, 2))) if face.oled else ((_STRIPES, (0, 1, 2)),):
        for first, second, height in waves:
            often = float(np.hypot(*(first * here[0] + second * here[1])))
            contrast = strength * height * float(np.exp(-2 * (np.pi * blur * often) ** 2))
            if contrast < 0.004:
                continue
            turn = (u * floats(first) + v * floats(second)) * floats(2 * np.pi)
            cosine, sine = np.cos(turn), np.sin(turn)
            for channel in channels:
                shift = 2 * np.pi * first * channel / (2 if face.oled else 3)
                result[..., channel] += cosine * floats(contrast * np.cos(shift))
                result[..., channel] += sine * floats(contrast * np.sin(shift))
    return np.clip(result, 0.02, 3)


def _beats(rng: np.random.Generator, view: View) -> Paint:
    """Coloured fringes straight on: two slow gratings bent by noise."""
    height, width = view.height // 2 + 1, view.width // 2 + 1
    result = np.ones((height, width, 3), np.float32)
    for _ in range(int(rng.integers(1, 3))):
        turn, period = between(rng, 0, np.pi), scaled(rng, 4, 150)
        x = np.arange(width, dtype=np.float32)[None] * floats(np.cos(turn) / period)
        y = np.arange(height, dtype=np.float32)[:, None] * floats(np.sin(turn) / period)
        phase = (x + y + clouds(rng, height, width, width / between(rng, 1, 4)) * scaled(rng, 0.1, 3)) * floats(
            2 * np.pi
        )
        strength, colour = scaled(rng, 0.01, 0.12), between(rng, 0, 2.1)
        for channel in range(3):
            result[..., channel] += np.cos(phase + floats(channel * colour)) * floats(strength)
    return resized(result, view.height, view.width, smooth=False)


def _bands(rng: np.random.Generator, height: int) -> Paint:
    """Bands of the refresh, soft or hard, down the picture."""
    turn = np.arange(height, dtype=np.float32) / height * between(rng, 0.6, 8) + between(rng, 0, 1)
    wave = np.sin(2 * np.pi * turn)
    sharp = pick(rng, (1.0, 6.0))
    return floats(1 + np.tanh(wave * sharp) * scaled(rng, 0.01, 0.18))


def _dusted(rng: np.random.Generator, seen: Paint) -> Paint:
    """Grease of fingers and specks of dust over the picture."""
    height, width = seen.shape[:2]
    if chance(rng, 0.6):
        smear = np.clip(clouds(rng, height, width, width / between(rng, 4, 15), 2) - 0.7, 0, 1) * between(
            rng, 0.03, 0.2
        )
        seen = seen + smear[..., None] * (floats(0.7) - seen)
    specks = np.zeros((height, width), np.float32)
    for x, y in rng.uniform(0, 1, (int(scaled(rng, 3, 120)), 2)):
        cv2.circle(
            specks,
            (int(x * width), int(y * height)),
            int(scaled(rng, 0.6, 3)),
            (between(rng, 0.1, 1),),
            -1,
            cv2.LINE_AA,
        )
    return seen + (blurred(specks, 0.8) * floats(between(rng, 0.05, 0.4)))[..., None]
