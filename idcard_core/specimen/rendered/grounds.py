"""What things lie on: woven, grown, cast and printed surfaces, each a texture with its relief baked in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.rendered.fields import Float, colour, fractal, log_uniform, ramp, single, smooth, stored
from idcard_core.specimen.rendered.lettering import page

SIDE = 720
"""Width and height of every ground's texture, pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A flat surface: ``texture`` (BGR) repeats, ``density`` pixels a millimetre.

    ``gloss`` is the strength of its mirror image against that of bare plastic, ``roughness`` the spread of that image.
    ``turn`` is its angle (radians) to the thing that lies on it and ``start`` the pixel at the scene's origin.
    """

    name: str
    texture: Image
    density: float
    gloss: float
    roughness: float
    turn: float = 0.0
    start: tuple[float, float] = (SIDE / 2, SIDE / 2)

    @property
    def border(self) -> int:
        """How the texture goes on beyond its edge, as ``cv2`` names it: letters are not mirrored."""
        return cv2.BORDER_WRAP if self.name in ("paper", "keys") else cv2.BORDER_REFLECT


def _toned(shade: Float, dark: Float, light: Float) -> Float:
    t = np.clip(shade, 0, 1)[..., None]
    return np.asarray(dark * (1 - t) + light * t, np.float32)


def _lit(picture: Float, relief: Float, slope: float) -> Float:
    """``picture`` with a relief (pixels) seen under light that grazes from the upper left."""
    tilt = cv2.Sobel(relief, cv2.CV_32F, 1, 0, ksize=3) + cv2.Sobel(relief, cv2.CV_32F, 0, 1, ksize=3)
    return np.asarray(picture * np.clip(1 + slope * tilt, 0.2, 1.8)[..., None], np.float32)


def _two(rng: np.random.Generator) -> tuple[Float, Float]:
    """A colour from anywhere, light or dark, and a neighbour of it."""
    hue, value = float(rng.random()), float(rng.uniform(0.06, 0.97))
    saturation = float(rng.uniform(0, 0.6) ** 1.5)
    base = colour(rng, hue, saturation, value)
    return base, np.clip(base * rng.uniform(0.5, 1.6) + rng.normal(0, 0.05, 3), 0.01, 1).astype(np.float32)


def _wood(rng: np.random.Generator) -> Float:
    shape = (SIDE, SIDE)
    rows = np.arange(SIDE, dtype=np.float32)[:, None]
    bend = fractal(rng, shape, (SIDE / 4, SIDE * 1.5), 3) * rng.uniform(10, 60)
    rings = 0.5 + 0.5 * np.sin((rows + bend) / rng.uniform(3, 25))
    grain = fractal(rng, shape, (6, 260), 3)
    hue, value = rng.uniform(0.04, 0.1), rng.uniform(0.15, 0.9)
    light = colour(rng, hue, float(rng.uniform(0.15, 0.7)), value)
    picture = _toned(rings * rng.uniform(0.1, 0.6) + 0.3 + 0.12 * grain, light * rng.uniform(0.35, 0.8), light)
    if rng.random() < 0.4:
        seams = np.abs((rows / rng.uniform(150, 400)) % 1 - 0.5) > 0.492
        picture *= 1 - 0.6 * seams[..., None]
    return picture


def _cloth(rng: np.random.Generator) -> Float:
    one, two = _two(rng)
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32)
    pitch = rng.uniform(3, 12)
    twill = x + y * float(rng.choice([0, 1, -1, 0.5]))
    warp, weft = np.sin(2 * np.pi * twill / pitch), np.sin(2 * np.pi * y / pitch)
    relief = np.where(np.sign(warp) * np.sign(weft) > 0, np.abs(warp), np.abs(weft))
    relief = relief + 0.35 * fractal(rng, (SIDE, SIDE), (3, 3), 2)
    shade = single(fractal(rng, (SIDE, SIDE), (90, 90), 4) * 0.15 + 0.3 * relief)
    if rng.random() < 0.4:
        wide = rng.uniform(40, 200)
        shade = shade + rng.uniform(0.2, 0.6) * (((x // wide) + rng.choice([0, 1]) * (y // wide)) % 2)
    return _lit(_toned(shade, one, two), np.asarray(relief, np.float32), rng.uniform(0.02, 0.12))


def leather(rng: np.random.Generator) -> Float:
    """A hide (side, side, 3), BGR from 0 to 1."""
    one, two = _two(rng)
    shape, cell = (SIDE, SIDE), rng.uniform(5, 16)
    relief = -np.abs(smooth(rng, shape, (cell, cell))) - 0.5 * np.abs(smooth(rng, shape, (cell / 2, cell)))
    return _lit(
        _toned(0.5 + 0.2 * fractal(rng, shape, (200, 200), 3), one, two), single(relief), rng.uniform(0.05, 0.2)
    )


def _stone(rng: np.random.Generator) -> Float:
    one, two = _two(rng)
    cell = log_uniform(rng, 8, 200)
    shade = 0.5 + rng.uniform(0.1, 0.4) * fractal(rng, (SIDE, SIDE), (cell, cell), 6, 0.65)
    if rng.random() < 0.5:
        vein = np.abs(fractal(rng, (SIDE, SIDE), (180, 180), 5, 0.5))
        shade = shade - np.exp(-((vein / 0.05) ** 2)) * rng.uniform(0.1, 0.6)
    picture = _toned(np.asarray(shade, np.float32), one, two)
    if rng.random() < 0.5:
        joint = int(rng.uniform(200, 700))
        for at in range(int(rng.integers(joint)), SIDE, joint):
            picture[at : at + 5] *= rng.uniform(0.4, 1.1)
            picture[:, at : at + 5] *= rng.uniform(0.4, 1.1)
    return picture


def _carpet(rng: np.random.Generator) -> Float:
    one, two = _two(rng)
    relief = fractal(rng, (SIDE, SIDE), (rng.uniform(3, 9), rng.uniform(3, 9)), 2, 0.9)
    shade = 0.5 + 0.25 * relief + 0.2 * smooth(rng, (SIDE, SIDE), (120, 120))
    return _lit(_toned(shade, one, two), relief, rng.uniform(0.04, 0.15))


def _plain(rng: np.random.Generator) -> Float:
    one, _ = _two(rng)
    if rng.random() < 0.35:
        one = colour(rng, float(rng.random()), 0.04, float(rng.uniform(0.8, 0.98)), 0.02)
    cell = log_uniform(rng, 2, 60)
    return np.asarray(one * (1 + rng.uniform(0, 0.03) * fractal(rng, (SIDE, SIDE), (cell, cell), 3))[..., None], "f4")


def _skin(rng: np.random.Generator) -> Float:
    base = colour(rng, 0.05, 0.42, float(rng.uniform(0.45, 0.9)), 0.03)
    relief = -np.abs(fractal(rng, (SIDE, SIDE), (14, 40), 3))
    blotch = 1 + 0.06 * fractal(rng, (SIDE, SIDE), (150, 150), 3)
    creases = np.exp(-((smooth(rng, (SIDE, SIDE), (120, 500)) / 0.03) ** 2)) * 0.25
    return _lit(np.asarray(base * (blotch - creases)[..., None], np.float32), relief, 0.03)


def _printed(rng: np.random.Generator) -> Float:
    return np.asarray(page(rng, (SIDE, SIDE), 4.5) / 255.0, np.float32)


def _keys(rng: np.random.Generator) -> Float:
    base, cap = _two(rng)
    if rng.random() < 0.5:
        base, cap = (single(log_uniform(rng, 0.01, 0.1) * rng.uniform(0.8, 1.1, 3)) for _ in range(2))
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32)
    pitch = 3.0 * 19
    shift = np.floor(y / pitch) * rng.uniform(5, 25)
    u, v = np.abs((x + shift) % pitch - pitch / 2), np.abs(y % pitch - pitch / 2)
    edge = pitch * rng.uniform(0.4, 0.47) - np.maximum(u, v)
    picture = _toned(ramp(edge, 2), base * 0.4, cap) * (1 - 0.25 * np.exp(-((edge - 3) ** 2) / 6))[..., None]
    caps = stored(picture)
    for row in range(int(SIDE / pitch) + 1):
        for column in range(int(SIDE / pitch) + 1):
            place = (int(column * pitch - shift[int(min(row * pitch, SIDE - 1)), 0] + 16), int(row * pitch + 26))
            ink = 255 * float(np.round(1 - cap.mean()))
            cv2.putText(caps, chr(int(rng.integers(65, 91))), place, 0, 0.5, (ink, ink, ink), 1, cv2.LINE_AA)
    return np.asarray(caps / 255.0, np.float32)


_KINDS: tuple[tuple[str, Callable[[np.random.Generator], Float], float, tuple[float, float], float, float], ...] = (
    # name, texture, how often, pixels a millimetre, most gloss, least roughness
    ("wood", _wood, 3.0, (2.5, 6.0), 1.0, 0.15),
    ("cloth", _cloth, 2.0, (3.0, 12.0), 0.05, 0.7),
    ("leather", leather, 1.2, (4.0, 9.0), 0.8, 0.3),
    ("stone", _stone, 2.0, (1.5, 6.0), 1.0, 0.08),
    ("carpet", _carpet, 1.0, (2.0, 5.0), 0.0, 0.8),
    ("plain", _plain, 3.0, (3.0, 6.0), 1.0, 0.1),
    ("skin", _skin, 0.7, (5.0, 8.0), 0.3, 0.5),
    ("paper", _printed, 2.0, (4.0, 5.0), 0.6, 0.3),
    ("keys", _keys, 1.2, (2.6, 3.2), 0.4, 0.3),
)


def lay(rng: np.random.Generator) -> Ground:
    """A surface of some kind."""
    weights = np.array([kind[2] for kind in _KINDS])
    name, texture, _, density, gloss, roughness = _KINDS[int(rng.choice(len(_KINDS), p=weights / weights.sum()))]
    picture = stored(np.asarray(texture(rng), np.float32))
    turn = rng.integers(4) * np.pi / 2 + rng.normal(0, 0.12) if rng.random() < 0.6 else rng.uniform(0, 2 * np.pi)
    start = (float(rng.uniform(0.25, 0.75) * SIDE), float(rng.uniform(0.25, 0.75) * SIDE))
    shine, rough = gloss * float(rng.uniform(0, 1)), float(rng.uniform(roughness, 0.8))
    return Ground(name, picture, float(rng.uniform(*density)), shine, rough, float(turn), start)
