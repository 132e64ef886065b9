"""How a picture comes to look as it does: print, copies, light, shadow, glare, fingers, lens, sensor, JPEG."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image
from idcard_core.locate.brightness import brightened, lifted

from . import extremes

Map = NDArray[np.float32]
EXTREME_LIGHT, EXTREME_BLUR, LIFTED_SHARE = 0.12, 0.09, 0.15
"""Shares of pictures: too dark or too light to read, too blurred, and of the dark ones that are looked at once more."""


@lru_cache(maxsize=64)
def outline(size: tuple[int, int], radius: float) -> Image:
    """(h, w) mask, 255 inside a rectangle with corners rounded by ``radius`` of its width."""
    width, height = size
    mask: Image = np.full((height, width), 255, np.uint8)
    r = round(radius * width)
    if r > 0:
        mask[:] = 0
        mask[r:-r], mask[:, r:-r] = 255, 255
        for x in (r, width - 1 - r):
            for y in (r, height - 1 - r):
                cv2.circle(mask, (x, y), r, (255,), -1, cv2.LINE_AA)
    return mask


def _curve(rng: np.random.Generator, spread: float) -> NDArray[np.uint8]:
    """A look-up table (1, 256, 3): gain, offset and gamma, a little different a channel."""
    level = np.arange(256)[:, None] / 255
    gamma = np.exp(rng.normal(0, 0.25 * spread) + rng.normal(0, 0.08 * spread, 3))
    gain = np.exp(rng.normal(0, 0.18 * spread) + rng.normal(0, 0.07 * spread, 3))
    offset = rng.normal(0, 0.04 * spread)
    table = np.clip((gain * level**gamma + offset) * 255, 0, 255).astype(np.uint8)
    return np.asarray(table[None], np.uint8)


def reprint(rng: np.random.Generator, picture: Image, is_copy: bool) -> Image:
    """The flat card as this printing shows it: other colours, a stamp, or a grey copy whose ground is nearly white."""
    if rng.random() < 0.06:
        picture = picture.copy()
        _stamp(rng, picture)
    if is_copy:
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        ground = float(np.percentile(grey[::8, ::8], 70))
        table = np.clip((np.arange(256) / max(ground, 60)) ** rng.uniform(0.7, 2.2) * rng.uniform(235, 275), 0, 255)
        if rng.random() < 0.85:
            return np.asarray(cv2.cvtColor(cv2.LUT(grey, table.astype(np.uint8)), cv2.COLOR_GRAY2BGR), np.uint8)
        return np.asarray(cv2.LUT(picture, table.astype(np.uint8)), np.uint8)
    if rng.random() < 0.75:
        picture = np.asarray(cv2.LUT(picture, _curve(rng, 1.0)), np.uint8)
    if rng.random() < 0.12:
        picture = in_grey(picture)
    return picture


def in_grey(picture: Image) -> Image:
    """Without colour, still three channels."""
    return np.asarray(cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), np.uint8)


def _stamp(rng: np.random.Generator, picture: Image) -> None:
    height, width = picture.shape[:2]
    ink = (int(rng.integers(0, 180)), int(rng.integers(0, 120)), int(rng.integers(60, 255)))
    over = picture.copy()
    x, y = int(rng.uniform(0.1, 0.9) * width), int(rng.uniform(0.1, 0.9) * height)
    if rng.random() < 0.5:
        cv2.circle(over, (x, y), int(rng.uniform(0.1, 0.2) * width), ink, int(rng.integers(2, 6)), cv2.LINE_AA)
    else:
        for line in range(int(rng.integers(1, 4))):
            place = (int(rng.uniform(-0.1, 0.3) * width), y + line * 50)
            cv2.putText(over, "BY#MK-WAXE" * 2, place, cv2.FONT_HERSHEY_DUPLEX, rng.uniform(0.6, 1.5), ink, 2)
    cv2.addWeighted(over, float(share := rng.uniform(0.2, 0.8)), picture, 1 - share, 0, dst=picture)


def fingers(rng: np.random.Generator, canvas: Image, quad: NDArray[np.float64]) -> None:
    """One to three finger-like blobs from outside onto a corner or an edge of the card."""
    size = float(np.linalg.norm(quad[1] - quad[0]))
    centre = quad.mean(axis=0)
    for _ in range(int(rng.integers(1, 4))):
        at = int(rng.integers(4))
        share = 0.0 if rng.random() < 0.5 else rng.random()
        point = quad[at] * (1 - share) + quad[(at + 1) % 4] * share
        tip = point + (centre - point) * rng.uniform(0.0, 0.22)
        outward = point - centre
        root = tip + outward / (np.linalg.norm(outward) + 1e-6) * size * 1.2 + rng.normal(0, 0.3 * size, 2)
        tone = rng.uniform(0.35, 1.0)
        skin = tuple(int(c) for c in np.clip(np.array([150, 180, 225]) * tone + rng.normal(0, 12, 3), 0, 255))
        if rng.random() < 0.15:
            skin = tuple(int(c) for c in rng.integers(0, 255, 3))
        wide = max(2, int(size * rng.uniform(0.09, 0.22)))
        one, two = np.round(tip).astype(int).tolist(), np.round(root).astype(int).tolist()
        cv2.line(canvas, one, two, skin, wide, cv2.LINE_AA)
        nail = (tip + (root - tip) * 0.04).round().astype(int).tolist()
        if rng.random() < 0.5:
            lighter = tuple(min(255, c + 25) for c in skin)
            cv2.circle(canvas, nail, max(1, wide // 3), lighter, -1, cv2.LINE_AA)


def _lighting(rng: np.random.Generator) -> tuple[Map, Map | None]:
    """A factor map and perhaps a glare map, both (32, 32, 1 or 3), to be enlarged to the picture."""
    y, x = np.mgrid[0:32, 0:32].astype(np.float32) / 31
    factor = np.ones((32, 32), np.float32)
    if rng.random() < 0.6:
        turn = rng.uniform(0, 2 * np.pi)
        factor *= 1 + rng.uniform(0, 0.5) * (np.cos(turn) * (x - 0.5) + np.sin(turn) * (y - 0.5))
    if rng.random() < 0.1:
        factor *= 1 - rng.uniform(0.2, 0.7) * ((x - 0.5) ** 2 + (y - 0.5) ** 2)
    glare = None
    if rng.random() < 0.16:
        cx, cy = rng.uniform(0, 1, 2)
        turn, long, wide = rng.uniform(0, np.pi), rng.uniform(0.05, 0.6), rng.uniform(0.03, 0.15)
        u = (x - cx) * np.cos(turn) + (y - cy) * np.sin(turn)
        v = -(x - cx) * np.sin(turn) + (y - cy) * np.cos(turn)
        glare = np.exp(-((u / long) ** 2) - (v / wide) ** 2) * rng.uniform(80, 420)
    return factor, None if glare is None else glare.astype(np.float32)


def _shadow(rng: np.random.Generator, size: tuple[int, int]) -> Map:
    """Factor (h, w) of a shadow with a straight or curved edge, hard or soft."""
    width, height = size
    mask: Image = np.zeros((height, width), np.uint8)
    if rng.random() < 0.6:
        through, turn = rng.uniform(0.2, 0.8, 2) * size, rng.uniform(0, 2 * np.pi)
        along, across = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
        wide = 600.0 if rng.random() < 0.6 else rng.uniform(10, 90)
        band = [through - 600 * along, through + 600 * along]
        band += [through + 600 * along + wide * across, through - 600 * along + wide * across]
        cv2.fillConvexPoly(mask, np.round(band).astype(np.int32), (255,))
    else:
        points = (rng.uniform(-0.2, 1.2, (5, 2)) * size).astype(np.int32)
        cv2.fillPoly(mask, [cv2.convexHull(points)], (255,))
    if rng.random() < 0.8:
        mask = np.asarray(cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.7, 12)), np.uint8)
    return (1 - mask.astype(np.float32) / 255 * rng.uniform(0.2, 0.75)).astype(np.float32)


def degrade(rng: np.random.Generator, canvas: Image) -> Image:
    """The whole picture under some light, through some lens, from some sensor."""
    size = (canvas.shape[1], canvas.shape[0])
    factor, glare = _lighting(rng)
    field = cv2.resize(factor, size)
    if rng.random() < 0.18:
        field = field * _shadow(rng, size)
    if rng.random() < 0.12:
        field = field * rng.uniform(0.15, 0.6)
    added, quiet = 0.0, 1.0
    if rng.random() < EXTREME_LIGHT:
        exposure = extremes.exposure(rng, size)
        field, added = field * exposure.factor, exposure.added
        quiet = float(np.clip(3 * exposure.factor.min(), 0.1, 1.0))  # noise does not hide what little light shows
    picture = canvas.astype(np.float32) * field[..., None] + np.float32(added)
    if glare is not None:
        picture += cv2.resize(glare, size)[..., None]
    if rng.random() < 0.08:
        picture = _moire(rng, picture)
    picture = extremes.smeared(rng, picture) if rng.random() < EXTREME_BLUR else _blurred(rng, picture)
    if rng.random() < 0.7:
        sigma = rng.uniform(0, 7) if rng.random() < 0.8 else rng.uniform(5, 20)
        picture += _noise(rng, size) * np.float32(sigma * quiet)
    image = np.clip(picture, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        image = np.asarray(cv2.LUT(image, _curve(rng, 0.8)), np.uint8)
    if rng.random() < 0.12:
        image = in_grey(image)
    if rng.random() < 0.35:
        _, coded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 95))])
        image = np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)
    # as the pictures are that the networks are shown
    once_more = lifted(image, 2) if rng.random() < LIFTED_SHARE else None
    return brightened(image, 2) if once_more is None else once_more


@lru_cache(maxsize=1)
def _grain() -> Map:
    return np.random.default_rng(0).standard_normal((900, 900, 3), np.float32)


def _noise(rng: np.random.Generator, size: tuple[int, int]) -> Map:
    """A part (h, w, 3) of one large field of noise, which is cheaper than fresh noise; at most 800 a side."""
    x, y = rng.integers(0, 900 - size[0]), rng.integers(0, 900 - size[1])
    return _grain()[y : y + size[1], x : x + size[0]]


def _moire(rng: np.random.Generator, picture: Map) -> Map:
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    wave = np.zeros((height, width), np.float32)
    for _ in range(int(rng.integers(1, 3))):
        turn, step = rng.uniform(0, np.pi), rng.uniform(0.6, 8)
        wave += np.sin((x * np.cos(turn) + y * np.sin(turn)) / step + 4 * np.sin(x / 90) + 3 * np.sin(y / 70))
    return np.asarray(picture * (1 + rng.uniform(0.02, 0.15) * wave[..., None] * rng.uniform(0.3, 1, 3)), np.float32)


def _blurred(rng: np.random.Generator, picture: Map) -> Map:
    kind = rng.random()
    if kind < 0.35:
        return np.asarray(cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, 1.6)), np.float32)
    if kind < 0.45:
        length, turn = int(rng.integers(3, 9)), rng.uniform(0, np.pi)
        kernel = np.zeros((length, length), np.float32)
        middle = (length - 1) / 2
        for step in np.linspace(-middle, middle, 4 * length):
            kernel[round(middle + step * np.sin(turn)), round(middle + step * np.cos(turn))] = 1
        return np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()), np.float32)
    return picture
