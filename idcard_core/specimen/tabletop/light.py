"""The one shading pass: several lamps with soft shadows from heights, and a room that gloss mirrors."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.specimen.brush import (
    Colour,
    Paint,
    between,
    blurred,
    chance,
    clouds,
    floats,
    hsv,
    pick,
    resized,
    scaled,
    spread,
)
from idcard_core.specimen.tabletop.stage import Stage, sized
from idcard_core.specimen.tabletop.view import View

_ROOM = 192
"""Edge of the room's picture, pixels; it holds mirrored directions of slope -1.4 to 1.4."""
_SHADOW_PIXELS = 3e5
_STEPS = 10


@dataclass(frozen=True, slots=True)
class Lamp:
    """A lamp, window or tube: where it stands (radians about the table), how steep, how wide, how strong."""

    turn: float
    steep: float
    """Tangent of its elevation."""
    wide: float
    """Tangent of half the angle it fills."""
    power: float
    colour: Colour
    fall: float
    """How much its light falls off over the stage, 0 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Lighting:
    """Lamps, what comes from all round, and the room as gloss mirrors it (square, linear light)."""

    lamps: tuple[Lamp, ...]
    ambient: Colour
    room: Paint


def draw_lighting(rng: np.random.Generator, flat: bool = False) -> Lighting:
    """Lamps of a room; ``flat`` is the even light of a scanner."""
    count = 1 if flat else int(pick(rng, (1, 2, 3), (5, 4, 1)))
    warmth = between(rng, 0.52, 0.62) if chance(rng, 0.4) else between(rng, 0.04, 0.12)
    ambient = hsv(warmth, between(rng, 0, 0.16), 1.0)
    lamps = tuple(_draw_lamp(rng, flat) for _ in range(count))
    share = between(rng, 0.5, 0.8) if flat else pick(rng, (between(rng, 0.15, 0.5), between(rng, 0.6, 0.93)), (6, 4))
    total = sum(lamp.power for lamp in lamps)
    lamps = tuple(Lamp(p.turn, p.steep, p.wide, p.power / total * (1 - share), p.colour, p.fall) for p in lamps)
    level = (ambient[0] * share, ambient[1] * share, ambient[2] * share)
    return Lighting(lamps, level, _draw_room(rng, lamps, level, flat))


def _draw_lamp(rng: np.random.Generator, flat: bool) -> Lamp:
    if flat:
        return Lamp(pick(rng, (1.57, -1.57)), between(rng, 0.9, 1.6), 0.25, 1.0, (1, 1, 1), 0.0)
    hue = pick(rng, (between(rng, 0.07, 0.12), between(rng, 0.55, 0.63)), (6, 4))
    colour = hsv(hue, pick(rng, (between(rng, 0, 0.12), between(rng, 0.1, 0.45)), (7, 3)), 1)
    steep = scaled(rng, 0.35, 4)
    return Lamp(
        between(rng, 0, 6.283), steep, scaled(rng, 0.03, 0.5), between(rng, 0.2, 1), colour, between(rng, 0, 0.7)
    )


def _draw_room(rng: np.random.Generator, lamps: tuple[Lamp, ...], ambient: Colour, flat: bool) -> Paint:
    """The picture that a mirror on the table would show: dim walls, a body, and lamps far brighter than both."""
    dim = between(rng, 0.1, 1.0) * (0.3 if flat else 1)
    room = np.full((_ROOM, _ROOM, 3), floats(ambient) * np.float32(dim), np.float32)
    room *= np.exp(clouds(rng, _ROOM, _ROOM, _ROOM / between(rng, 2, 6), 2) * np.float32(between(rng, 0.1, 0.6)))[
        ..., None
    ]
    if flat:
        return room
    for lamp in lamps:
        slope = between(rng, 0.05, 0.6) if chance(rng, 0.35) else 1 / max(lamp.steep, 0.3)
        spot = _ROOM / 2 + np.array([np.cos(lamp.turn), np.sin(lamp.turn)]) * slope / 1.4 * _ROOM / 2
        wide = max(lamp.wide, 0.05) * _ROOM / 1.4
        long = wide * pick(rng, (1.0, between(rng, 1, 5)))
        box = cv2.boxPoints(((float(spot[0]), float(spot[1])), (float(wide), float(long)), between(rng, 0, 180)))
        mask = np.zeros((_ROOM, _ROOM), np.float32)
        if chance(rng, 0.5):
            cv2.fillConvexPoly(mask, np.int32(np.round(box)), (1.0,), cv2.LINE_AA)
        else:
            cv2.ellipse(mask, (spot.tolist(), (wide, long), 30.0), (1.0,), -1, cv2.LINE_AA)
        mask = blurred(mask, scaled(rng, 0.6, 6))
        bright = np.float32(lamp.power * np.clip(0.25 / lamp.wide, 0.8, 8) * between(rng, 2, 9))
        room += spread(mask) * floats(lamp.colour) * bright
    return room


def shade(stage: Stage, view: View, lighting: Lighting) -> Paint:
    """Light that leaves every place of the stage towards the camera, linear."""
    across, down = _slopes(stage)
    steep = across * across + down * down
    upright = floats(1 / np.sqrt(1 + steep))
    fields = [(floats(_open_sky(stage) * (0.6 + 0.4 * upright)), lighting.ambient)]
    fields += [(_lambert(stage, lamp, (across, down), upright), lamp.colour) for lamp in lighting.lamps]
    planes = [sum((f * np.float32(c[n]) for f, c in fields[1:]), fields[0][0] * fields[0][1][n]) for n in range(3)]
    light = floats(cv2.merge(planes))
    light *= stage.colour
    light *= stage.colour
    _mirror(stage, view, lighting.room, (across, down), light)
    return light


def _slopes(stage: Stage) -> tuple[Paint, Paint]:
    """Slopes of the surface along x and y."""
    kernel = floats([[-0.5, 0, 0.5]]) * np.float32(stage.density)
    across = cv2.filter2D(stage.height, -1, kernel)
    down = cv2.filter2D(stage.height, -1, kernel.T)
    return floats(np.clip(across, -2.5, 2.5)), floats(np.clip(down, -2.5, 2.5))


def _open_sky(stage: Stage) -> Paint:
    """How much of the light from all round reaches a place, from heights about it."""
    small = _small(stage)
    scale = small.shape[0] / stage.shape[0] * stage.density
    closed = np.zeros_like(small)
    for reach in (1.2, 5.0):
        above = np.maximum(blurred(small, reach * scale) - small, 0)
        closed += np.float32(0.45) * above / (above + np.float32(reach * 0.6))
    return 1 - sized(np.minimum(closed, 0.8), stage.shape)


def _small(stage: Stage) -> Paint:
    share = min(1.0, float(np.sqrt(_SHADOW_PIXELS / stage.height.size)))
    size = (int(stage.shape[1] * share), int(stage.shape[0] * share))
    return floats(cv2.resize(stage.height, size, interpolation=cv2.INTER_AREA))


def _lambert(stage: Stage, lamp: Lamp, slopes: tuple[Paint, Paint], upright: Paint) -> Paint:
    length = float(np.hypot(1, lamp.steep))
    x, y, z = np.cos(lamp.turn) / length, np.sin(lamp.turn) / length, lamp.steep / length
    facing = np.maximum((np.float32(z) - slopes[0] * np.float32(x) - slopes[1] * np.float32(y)) * upright, 0)
    grid = np.mgrid[-1:1:12j, -1:1:12j]
    near = grid[1] * np.cos(lamp.turn) + grid[0] * np.sin(lamp.turn)
    gain = floats(lamp.power / z * np.exp(lamp.fall * near * 0.8))
    return floats(facing * sized(gain, stage.shape) * (1 - _shadow(stage, lamp)))


def _shadow(stage: Stage, lamp: Lamp) -> Paint:
    """Shadow (0 to 1), softer the farther what casts it."""
    small = _small(stage)
    scale = small.shape[0] / stage.shape[0] * stage.density
    farthest = min(float(small.max() - small.min()) / lamp.steep, 120.0) * scale
    dark = np.zeros_like(small)
    if farthest < 0.5:
        return sized(dark, stage.shape)
    ground = small + np.float32(0.06)
    rows, columns = small.shape
    steps = np.geomspace(0.7, max(farthest, 0.9), _STEPS)
    soft = max(lamp.wide * (1 + lamp.steep**2), float(steps[1] / steps[0] - 1) * lamp.steep)
    for far in steps:
        shift = floats([[1, 0, -far * np.cos(lamp.turn)], [0, 1, -far * np.sin(lamp.turn)]])
        other = floats(cv2.warpAffine(small, shift, (columns, rows), borderMode=cv2.BORDER_REPLICATE))
        reach = far / scale
        other -= ground
        other -= np.float32(reach * lamp.steep)
        other *= np.float32(1 / (reach * soft + 0.25 / scale + 0.1))
        np.maximum(dark, other, out=dark)
    return sized(blurred(np.minimum(dark, 1), 0.7), stage.shape)


def _mirror(stage: Stage, view: View, room: Paint, slopes: tuple[Paint, Paint], light: Paint) -> None:
    """Add what gloss mirrors of the room, in place."""
    eye = view.eye
    rows, columns = stage.shape
    x = floats((np.arange(columns) / stage.density + stage.origin[0] - eye[0]) / eye[2])
    y = floats((np.arange(rows) / stage.density + stage.origin[1] - eye[1]) / eye[2])
    scale = np.float32(_ROOM / 2 / 1.4)
    left, top, width, height = cv2.boundingRect(np.uint8(stage.gloss > 0.004))
    if width * height > 1:
        here = np.s_[top : top + height, left : left + width]
        to_x = (x[None, left : left + width] - slopes[0][here] * np.float32(2)) * scale + np.float32(_ROOM / 2)
        to_y = (y[top : top + height, None] - slopes[1][here] * np.float32(2)) * scale + np.float32(_ROOM / 2)
        seen = cv2.remap(room, to_x, to_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        light[here] += floats(seen) * spread(stage.gloss[here])
    wide = blurred(room, 14)
    half = (rows // 3 + 1, columns // 3 + 1)
    soft = [resized(slope, *half, smooth=False) for slope in slopes]
    low_x = (resized(x[None, :], 1, half[1], False) - soft[0] * np.float32(1.4)) * scale + np.float32(_ROOM / 2)
    low_y = (resized(y[:, None], half[0], 1, False) - soft[1] * np.float32(1.4)) * scale + np.float32(_ROOM / 2)
    seen = cv2.remap(wide, floats(low_x), floats(low_y), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    far = sized(floats(seen), stage.shape)
    far *= spread(stage.satin)
    light += far
