"""What cards lie on: procedural grounds, made at the size asked for.

Every ground is first a map of brightness, then coloured between two tones; cost grows with the number of pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image
from idcard_core.specimen import tables
from idcard_core.specimen.fonts import Style, choose_face, load
from idcard_core.specimen.lettering import Colour
from idcard_core.specimen.shot import Ground

Tones = NDArray[np.floating[Any]]
"""Brightness, (height, width), about 0 to 1."""
Pixels = TypeVar("Pixels", Image, Tones)


def make_ground(rng: np.random.Generator, ground: Ground, size: tuple[int, int]) -> Image:
    """A BGR picture of ``size`` (width, height)."""
    if ground is Ground.CLUTTER:
        return _clutter(rng, size)
    if ground is Ground.TEXT_PAGE:
        return _text_page(rng, size)
    if ground is Ground.KEYBOARD:
        return _keyboard(rng, size)
    tones = _TONES[ground](rng, size)
    if ground in _STRAIGHT:  # nothing that a camera sees lies exactly along its rows
        tones = _rotated(np.asarray(tones, np.float32), float(np.clip(rng.spawn(1)[0].normal(0, 5), -20, 20)))
    dark, light = _colours(rng, ground)
    table = dark + (light - dark) * np.linspace(0, 1, 256)[:, None]
    levels = (tones.clip(0, 1) * 255).astype(np.uint8)
    lookup = table.clip(0, 255).astype(np.uint8).reshape(1, 256, 3)
    return np.asarray(cv2.LUT(cv2.merge([levels, levels, levels]), lookup), np.uint8)


def smooth_noise(rng: np.random.Generator, size: tuple[int, int], cells: tuple[float, float]) -> Tones:
    """Noise of ``cells`` (across, down) random values stretched over ``size``, 0 to 1."""
    width, height = size
    across, down = max(2, min(round(cells[0]), width)), max(2, min(round(cells[1]), height))
    values = rng.random((down, across), np.float32)
    return np.asarray(cv2.resize(values, (width, height), interpolation=cv2.INTER_CUBIC))


def _octaves(rng: np.random.Generator, size: tuple[int, int], first: float, count: int) -> Tones:
    total = smooth_noise(rng, size, (first, first))
    for octave in range(1, count):
        cells = first * 2.6**octave
        total = total + smooth_noise(rng, size, (cells, cells)) * 0.6**octave
    return total / sum(0.6**octave for octave in range(count))


def _plain(rng: np.random.Generator, size: tuple[int, int]) -> Tones:
    return 0.5 + 0.3 * (smooth_noise(rng, size, (3, 3)) - 0.5)


def _wood(rng: np.random.Generator, size: tuple[int, int]) -> Tones:
    bend = smooth_noise(rng, size, (3, rng.uniform(6, 14)))
    fibre = smooth_noise(rng, size, (rng.uniform(8, 24), size[1] / rng.uniform(2, 5)))
    rings = 0.5 + 0.5 * np.sin(bend * np.float32(rng.uniform(20, 60)))
    wood = np.float32(0.45) * rings + np.float32(0.45) * fibre + np.float32(0.1)
    if rng.random() < 0.4:
        plank = max(20, int(size[1] / rng.uniform(2.5, 6)))
        wood[::plank] = 0.0
    return np.asarray(wood if rng.random() < 0.6 else _turned(wood, size))


def _turned(tones: Tones, size: tuple[int, int]) -> Tones:
    return np.asarray(cv2.resize(np.ascontiguousarray(tones.T), size, interpolation=cv2.INTER_LINEAR))


def _cloth(rng: np.random.Generator, size: tuple[int, int]) -> Tones:
    x, y = np.arange(size[0], dtype=np.float32), np.arange(size[1], dtype=np.float32)
    thread = np.float32(max(size) / rng.uniform(90, 300))
    weave = 0.5 + 0.22 * (np.sin(x / thread * 3.1)[None] * np.sin(y / thread * 3.1)[:, None])
    weave += np.float32(0.3) * (smooth_noise(rng, size, (5, 5)) - 0.5)
    weave += np.float32(0.15) * (smooth_noise(rng, size, (size[0] / 3, size[1] / 3)) - 0.5)
    if rng.random() < 0.4:
        stripe = np.float32(max(size) / rng.uniform(6, 30))
        weave += np.float32(0.2) * np.sign(np.sin(x / stripe * 3.1))[None]
        if rng.random() < 0.5:
            weave += np.float32(0.2) * np.sign(np.sin(y / stripe * 3.1))[:, None]
    return np.asarray(weave)


def _marble(rng: np.random.Generator, size: tuple[int, int]) -> Tones:
    noise = _octaves(rng, size, rng.uniform(3, 6), 4)
    veins = np.abs(np.sin(noise * np.float32(rng.uniform(9, 22))))
    return np.asarray(np.float32(0.25) + np.float32(0.75) * np.sqrt(veins))


def _noise(rng: np.random.Generator, size: tuple[int, int]) -> Tones:
    return _octaves(rng, size, rng.uniform(4, 30), 4) * 1.4 - 0.2


def _lines(rng: np.random.Generator, size: tuple[int, int]) -> Tones:
    tones = np.ascontiguousarray(_plain(rng, size), np.float32)
    for _ in range(int(rng.integers(3, 14))):
        ends = (rng.uniform(-0.2, 1.2, (2, 2)) * size).astype(int)
        thickness = max(1, int(max(size) * rng.uniform(0.001, 0.012)))
        start, end = (int(ends[0, 0]), int(ends[0, 1])), (int(ends[1, 0]), int(ends[1, 1]))
        cv2.line(tones, start, end, (float(rng.uniform(0, 1)),), thickness, cv2.LINE_AA)
    return tones


def _tiles(rng: np.random.Generator, size: tuple[int, int]) -> Tones:
    step = max(8, int(max(size) / rng.uniform(4, 14)))
    rows, columns = size[1] // step + 1, size[0] // step + 1
    values = 0.5 + 0.35 * (rng.random((rows, columns)) - 0.5)
    tones = np.kron(values, np.ones((step, step)))[: size[1], : size[0]].astype(np.float32)
    joint = max(1, step // 30)
    for offset in range(joint):
        tones[offset::step] = 0.1
        tones[:, offset::step] = 0.1
    return np.asarray(tones + np.float32(0.1) * (smooth_noise(rng, size, (80, 80)) - 0.5))


def _paper(rng: np.random.Generator, size: tuple[int, int]) -> Tones:
    return 0.9 + 0.05 * (smooth_noise(rng, size, (6, 6)) - 0.5)


_TONES: dict[Ground, Callable[[np.random.Generator, tuple[int, int]], Tones]] = {
    Ground.PLAIN: _plain,
    Ground.WOOD: _wood,
    Ground.CLOTH: _cloth,
    Ground.MARBLE: _marble,
    Ground.NOISE: _noise,
    Ground.LINES: _lines,
    Ground.TILES: _tiles,
    Ground.CARD_COLOURED: _plain,
    Ground.PAPER: _paper,
}


_STRAIGHT = (Ground.WOOD, Ground.CLOTH, Ground.TILES)


def _colours(rng: np.random.Generator, ground: Ground) -> tuple[Tones, Tones]:
    """Two BGR tones, dark and light."""
    if ground is Ground.WOOD:
        dark = np.array([28, 52, 88]) * rng.uniform(0.5, 1.6)
        return dark, dark + np.array([70, 80, 95]) * rng.uniform(0.5, 1.3)
    if ground is Ground.CARD_COLOURED:
        middle = np.array([236, 232, 230]) + rng.normal(0, 7, 3)
        return middle - 14, middle + 12
    if ground is Ground.PAPER:
        return np.full(3, 150.0), np.array([252.0, 252, 251]) - rng.uniform(0, 8, 3)
    if ground is Ground.MARBLE and rng.random() < 0.7:
        return np.array([120, 120, 125]) + rng.normal(0, 20, 3), np.array([225, 228, 232]) + rng.normal(0, 8, 3)
    colourful = 0.65 if rng.random() < 0.2 else 0.3
    middle = rng.uniform(25, 215, 3) * colourful + float(rng.uniform(10, 215)) * (1 - colourful)
    spread = float(rng.uniform(20, 90))
    return middle - spread, middle + spread


def _clutter(rng: np.random.Generator, size: tuple[int, int]) -> Image:
    """Things on a table: boxes, books and round things in any colour, some of a card's shape."""
    grounds = (Ground.PLAIN, Ground.WOOD, Ground.CLOTH, Ground.NOISE)
    picture = make_ground(rng, grounds[int(rng.integers(len(grounds)))], size)
    for _ in range(int(rng.integers(6, 22))):
        blue, green, red = (int(c) for c in rng.integers(0, 256, 3))
        centre = rng.uniform(0, 1, 2) * size
        length = max(size) * float(rng.uniform(0.04, 0.35))
        if rng.random() < 0.35:
            axes = (max(2, int(length / 2)), max(2, int(length * rng.uniform(0.2, 0.5))))
            at = (int(centre[0]), int(centre[1]))
            cv2.ellipse(picture, at, axes, float(rng.uniform(0, 180)), 0, 360, (blue, green, red), -1, cv2.LINE_AA)
            continue
        breadth = length * (0.63 if rng.random() < 0.4 else float(rng.uniform(0.1, 0.9)))
        box = cv2.boxPoints(((float(centre[0]), float(centre[1])), (length, breadth), float(rng.uniform(0, 180))))
        corners = np.round(box * 16).astype(np.int32)
        cv2.fillPoly(picture, [corners], (blue, green, red), cv2.LINE_AA, 4)
        rim = tuple(int(c * 0.7) for c in (blue, green, red))
        cv2.polylines(picture, [corners], True, rim, max(1, int(max(size) / 500)), cv2.LINE_AA, 4)
    return picture


def text_page(rng: np.random.Generator, size: tuple[int, int]) -> Image:
    """A page of text, upright."""
    from PIL import Image as Pillow
    from PIL import ImageDraw

    paper = int(rng.integers(205, 250))
    page = Pillow.new("RGB", size, (paper, paper, paper - int(rng.integers(0, 14))))
    draw = ImageDraw.Draw(page)
    em = max(5, int(max(size) / rng.uniform(38, 110)))
    font = load(choose_face(rng, (Style.SANS, Style.SERIF)), em)
    words = tables.TOWNS + tables.RARE_TOWNS + tables.ROADS + tables.ESTATES + tables.VILLAGES
    ink: Colour = (40, 40, 48) if rng.random() < 0.8 else (60, 60, 130)
    margin = int(size[0] * rng.uniform(0.0, 0.1))
    for y in range(int(em * 0.5), size[1], int(em * rng.uniform(1.4, 2.4))):
        line = ""
        while len(line) * em < size[0] * rng.uniform(0.6, 1.1):
            line += words[int(rng.integers(len(words)))] + ("，" if rng.random() < 0.2 else "")
        draw.text((margin, y), line, fill=ink, font=font)
    return np.ascontiguousarray(np.asarray(page)[:, :, ::-1])


def _text_page(rng: np.random.Generator, size: tuple[int, int]) -> Image:
    """A printed page, set at any angle."""
    return _rotated(text_page(rng, size), float(rng.uniform(-30, 30)))


def _keyboard(rng: np.random.Generator, size: tuple[int, int]) -> Image:
    """Rows of keys with letters on them."""
    body, cap = int(rng.integers(10, 200)), int(rng.integers(15, 245))
    picture = np.full((size[1], size[0], 3), body, np.uint8)
    step = max(10, int(max(size) / rng.uniform(9, 20)))
    gap = max(1, step // 9)
    ink = 235 if cap < 120 else 30
    for row, y in enumerate(range(0, size[1], step)):
        for x in range(-(row * step // 3) % step - step, size[0], step):
            key = (x + gap, y + gap), (x + step - gap, y + step - gap)
            cv2.rectangle(picture, key[0], key[1], (cap, cap, cap), -1)
            letter = chr(65 + int(rng.integers(26)))
            at = (x + step // 3, y + step // 2)
            cv2.putText(picture, letter, at, cv2.FONT_HERSHEY_SIMPLEX, step / 70, (ink, ink, ink), max(1, step // 40))
    return _rotated(picture, float(rng.uniform(-40, 40)))


def _rotated(picture: Pixels, degrees: float) -> Pixels:
    """Turned about its middle and enlarged so that no corner stays empty."""
    height, width = picture.shape[:2]
    radians = np.radians(abs(degrees))
    grow = np.cos(radians) + max(width / height, height / width) * np.sin(radians)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, float(grow))
    turned = cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REFLECT)
    return np.asarray(turned, picture.dtype)
