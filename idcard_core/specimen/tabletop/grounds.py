"""What things lie on: wood, cloth, stone, leather, paper, print, keys, lids; each with colour, relief and gloss."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.specimen.brush import (
    WORDS,
    Colour,
    Paint,
    between,
    blurred,
    chance,
    clouds,
    filled,
    floats,
    grain,
    hsv,
    over,
    pick,
    scaled,
    spread,
    words,
)
from idcard_core.specimen.tabletop.stage import Stage, slab

GROUNDS = ("wood", "cloth", "stone", "leather", "keys", "plain", "tiles", "white", "ruled", "news", "lid")
"""The last four are of paper or white."""
_WEIGHTS = (5, 3.5, 2, 1.5, 0.8, 3, 1, 4, 1.2, 1.5, 0.6)


def _tinted(field: Paint, dark: Colour, light: Colour) -> Paint:
    """A field (0 to 1) as a picture from one colour to another."""
    return floats(cv2.merge([field * np.float32(b - a) + np.float32(a) for a, b in zip(dark, light, strict=True)]))


def lay_ground(rng: np.random.Generator, stage: Stage, kind: str | None = None) -> str:
    """Fill the stage with a ground of ``kind`` or of one drawn; returns its name."""
    kind = kind or pick(rng, GROUNDS, _WEIGHTS)
    rows, columns = stage.shape
    stage.satin[:] = between(rng, 0.005, 0.04)
    if kind == "wood":
        _wood(rng, stage)
    elif kind == "cloth":
        _cloth(rng, stage)
    elif kind in ("stone", "leather"):
        _lumps(rng, stage, kind == "leather")
    elif kind == "keys":
        _keys(rng, stage)
    elif kind in ("plain", "tiles"):
        stage.colour[:] = hsv(
            rng.random(), pick(rng, (between(rng, 0, 0.1), between(rng, 0, 0.7))), between(rng, 0.15, 0.95)
        )
        stage.height += clouds(rng, rows, columns, scaled(rng, 0.2, 2) * stage.density) * np.float32(
            scaled(rng, 0.001, 0.02)
        )
        stage.gloss[:] = pick(rng, (0.0, between(rng, 0, 0.05)))
        if kind == "tiles":
            _joints(rng, stage)
    else:
        _paper(rng, stage, kind)
    return kind


def _fields(rng: np.random.Generator, stage: Stage) -> tuple[Paint, Paint]:
    """World coordinates (mm) of every place, turned at random."""
    rows, columns = stage.shape
    turn = pick(rng, (0.0, np.pi / 2, between(rng, 0, 3.14))) + rng.normal(0, 0.05)
    x = np.arange(columns, dtype=np.float32)[None, :] / np.float32(stage.density)
    y = np.arange(rows, dtype=np.float32)[:, None] / np.float32(stage.density)
    cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    return x * cos + y * sin, y * cos - x * sin


def _wood(rng: np.random.Generator, stage: Stage) -> None:
    rows, columns = stage.shape
    along, across = stage.density * between(rng, 30, 120), stage.density * between(rng, 1.5, 7)
    lying = chance(rng, 0.5)
    cell = (across, along) if lying else (along, across)
    veins = clouds(rng, rows, columns, cell, 2) * np.float32(between(rng, 1.5, 5))
    fine = clouds(rng, rows, columns, (1.2, 40) if lying else (40, 1.2))
    field = np.clip(0.5 + 0.33 * np.sin(veins) + np.float32(between(rng, 0.05, 0.16)) * fine, 0, 1)
    hue, value = between(rng, 0.03, 0.11), between(rng, 0.2, 0.95)
    dark = hsv(hue, between(rng, 0.25, 0.7), value * between(rng, 0.55, 0.85))
    stage.colour[:] = _tinted(field, dark, hsv(hue + 0.01, between(rng, 0.15, 0.6), value))
    stage.height += fine * np.float32(scaled(rng, 0.001, 0.012))
    stage.gloss[:] = pick(rng, (0.0, between(rng, 0, 0.045)))


def _cloth(rng: np.random.Generator, stage: Stage) -> None:
    rows, columns = stage.shape
    x, y = _fields(rng, stage)
    pitch = np.float32(6.283 / scaled(rng, 0.3, 1.4))
    weave = np.sin(x * pitch) * np.sin(y * pitch)
    colour = hsv(rng.random(), between(rng, 0, 0.7), between(rng, 0.12, 0.9))
    stage.colour[:] = colour
    if chance(rng, 0.4):
        broad = np.float32(6.283 / scaled(rng, 6, 40))
        bands = (np.sin(x * broad) > 0.4).astype(np.float32) + (np.sin(y * broad) > between(rng, 0.4, 1.2))
        other = filled(rows, columns, hsv(rng.random(), between(rng, 0, 0.6), between(rng, 0.15, 0.9)))
        stage.colour[:] = over(stage.colour, other, floats(bands * 0.45))
    stage.colour *= spread(1 + np.float32(0.1) * weave + np.float32(0.05) * grain(rng, rows, columns))
    folds = clouds(rng, rows, columns, stage.density * between(rng, 15, 60)) * np.float32(between(rng, 0, 0.7))
    stage.height += weave * np.float32(0.03) + folds
    stage.satin[:] = between(rng, 0, 0.01)


def _lumps(rng: np.random.Generator, stage: Stage, hide: bool) -> None:
    rows, columns = stage.shape
    size = stage.density * (scaled(rng, 0.7, 2) if hide else scaled(rng, 2, 40))
    field = clouds(rng, rows, columns, size, 2 if hide else 4)
    base = hsv(pick(rng, (0.06, rng.random())), between(rng, 0, 0.5), between(rng, 0.12, 0.85))
    other = hsv(rng.random(), between(rng, 0, 0.25), between(rng, 0.2, 0.95))
    shade = np.clip(0.5 + field * 0.2, 0, 1)
    stage.colour[:] = _tinted(shade, base, (base[0] * 0.9, base[1] * 0.9, base[2] * 0.9) if hide else other)
    stage.colour *= spread(1 + grain(rng, rows, columns) * np.float32(0.03 if hide else between(rng, 0, 0.15)))
    if hide:
        stage.height += np.minimum(np.abs(field), 0.5) * np.float32(between(rng, 0.1, 0.4))
    stage.gloss[:] = between(rng, 0, 0.02) if hide else pick(rng, (0.0, between(rng, 0.01, 0.05)))


def _joints(rng: np.random.Generator, stage: Stage) -> None:
    x, y = _fields(rng, stage)
    edge = scaled(rng, 40, 200)
    near = np.minimum(np.abs((x + 7) % edge - edge / 2), np.abs((y + 19) % edge - edge / 2))
    joint = np.clip(1.5 - near, 0, 1)
    stage.colour *= spread(1 - joint * np.float32(between(rng, 0.2, 0.7)))
    stage.height -= floats(joint * 0.8)


def _keys(rng: np.random.Generator, stage: Stage) -> None:
    rows, columns = stage.shape
    key, gap = 15.0 * stage.density, 3.8 * stage.density
    edge = int(key)
    light = pick(rng, (between(rng, 0.06, 0.2), between(rng, 0.7, 0.95)), (3, 1))
    mask, rise = slab(edge, edge, 1.5 * stage.density, 1.8, 1.0 * stage.density)
    stage.colour[:] = between(rng, 0.05, 0.7)
    for line, top in enumerate(np.arange(-key / 2, rows, key + gap)):
        for left in np.arange(-key + line % 4 * key / 3, columns, key + gap):
            y, x = max(int(top), 0), max(int(left), 0)
            here = np.s_[y : min(int(top) + edge, rows), x : min(int(left) + edge, columns)]
            tall, wide = stage.height[here].shape
            if tall and wide:
                cut = np.s_[y - int(top) :, x - int(left) :]
                stage.height[here] += rise[cut][:tall, :wide]
                cover = floats(mask[cut][:tall, :wide])[..., None] / np.float32(255)
                stage.colour[here] += (np.float32(light) - stage.colour[here]) * cover
                spot = (int(left + key * 0.2), int(top + key * 0.45))
                mark, ink = chr(int(rng.integers(65, 91))), (0.85,) * 3 if light < 0.5 else (0.2,) * 3
                cv2.putText(stage.colour, mark, spot, 0, key / 65, ink, max(1, round(key / 60)), cv2.LINE_AA)
    stage.satin[:] = between(rng, 0.01, 0.05)


def _paper(rng: np.random.Generator, stage: Stage, kind: str) -> None:
    rows, columns = stage.shape
    white = {"lid": pick(rng, (between(rng, 0.9, 0.99), between(rng, 0.03, 0.7)), (3, 2))}.get(
        kind, between(rng, 0.84, 0.98)
    )
    stage.colour[:] = hsv(pick(rng, (0.12, 0.6)), between(rng, 0, 0.08), white)
    if kind == "ruled":
        _, y = _fields(rng, stage)
        step = between(rng, 5, 10)
        line = np.clip(1.2 - np.abs(y % step - step / 2) * 6, 0, 1)
        ink = filled(rows, columns, hsv(between(rng, 0.5, 1), between(rng, 0.1, 0.6), between(rng, 0.5, 0.8)))
        stage.colour[:] = over(stage.colour, ink, floats(line * 0.6))
    if kind == "news" or (kind == "white" and chance(rng, 0.25)):
        size = stage.density * between(rng, 2.6, 5)
        text = words(rng, rows, columns, size)
        stage.colour *= spread(1 - text * np.float32(between(rng, 0.6, 0.88)))
        if kind == "news":
            stage.colour *= floats(hsv(0.12, between(rng, 0.03, 0.15), between(rng, 0.82, 1)))
    relief = clouds(rng, rows, columns, max(stage.density * 0.25, 1.6)) * np.float32(scaled(rng, 0.0005, 0.006))
    bend = clouds(rng, rows, columns, stage.density * 50) * np.float32(pick(rng, (0.0, between(rng, 0, 1.2))))
    stage.height += relief + bend


def page_of_text(rng: np.random.Generator, height: int, width: int, density: float) -> Paint:
    """Ink (0 to 1) of other things on a page: lines of text, a table, a heading."""
    ink = np.zeros((height, width), np.float32)
    if chance(rng, 0.65):
        ink = words(rng, height, width, density * between(rng, 2.8, 5.5), between(rng, 0.2, 0.95))
    if chance(rng, 0.25):
        for y in np.arange(between(rng, 0, 9), height / density, between(rng, 7, 16)):
            ink[int(y * density)][:] = 1
        for x in np.arange(between(rng, 0, 9), width / density, between(rng, 18, 60)):
            ink[:, int(x * density)] = 1
    return blurred(ink, 0.5)


def caption(rng: np.random.Generator, longest: int) -> str:
    """A few characters, as a heading or a name in a list."""
    return "".join(WORDS[int(i)] for i in rng.integers(len(WORDS), size=int(rng.integers(2, longest + 1))))
