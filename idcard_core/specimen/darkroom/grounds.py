"""What a card, a sheet or a phone lies on: surfaces drawn to the millimetre, for all kinds alike."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from idcard_core.specimen.brush import between, chance, clouds, pick, scaled, words
from idcard_core.specimen.darkroom.artwork import colour
from idcard_core.specimen.darkroom.chain import Light, Plate, dyed, grain, haze, shade

_SURFACES = ("wood", "cloth", "stone", "leather", "keys", "paper", "printed", "plain", "tiles", "skin", "plaid")
_WEIGHTS = (3, 3, 2, 1.5, 1, 5.5, 2.5, 2.5, 1, 0.7, 1)


def draw_ground(rng: np.random.Generator, shape: tuple[int, int], density: float) -> tuple[Plate, str]:
    """A surface of ``shape`` (height, width) at ``density`` pixels a millimetre, and its name."""
    name = pick(rng, _SURFACES, _WEIGHTS)
    if name in ("paper", "printed"):
        return _paper(rng, shape, density, name == "printed"), name
    if name == "keys":
        return _keys(rng, shape, density), name
    field = _field(rng, name, shape, density)
    hue, dull = between(rng, 0, 1), between(rng, 0, 0.7) ** 1.5
    if name in ("wood", "leather", "skin"):
        hue, dull = between(rng, 0.02, 0.11), between(rng, 0.15, 0.7)
    bright = between(rng, 0.75, 0.98) if chance(rng, 0.3) or name == "skin" else between(rng, 0.15, 0.95)
    deep = between(rng, 0.45, 0.9) if name in ("wood", "stone", "plaid", "tiles") else between(rng, 0.75, 0.95)
    high = colour(hue, dull * (0.4 if bright > 0.9 else 1), bright)
    low = colour(hue + between(rng, -0.05, 0.05), dull, bright * deep)
    return dyed(cast(Light, field * 0.25 + 0.5), low, high), name


def _field(rng: np.random.Generator, name: str, shape: tuple[int, int], density: float) -> Light:
    """Relief or pattern of a surface, spread about one."""
    height, width = shape
    y, x = np.arange(height, dtype=np.float32)[:, None] / density, np.arange(width, dtype=np.float32)[None, :] / density
    fine = grain(rng, shape, max(density * scaled(rng, 0.1, 0.4), 0.7)) * np.float32(between(rng, 0.1, 0.5))
    if name == "wood":
        rings = clouds(rng, height, width, (density * scaled(rng, 8, 30), density * scaled(rng, 80, 300)), 2)
        pores = grain(rng, shape, density * 0.3, 2.0, 18) * np.float32(between(rng, 0.3, 1))
        return cast(Light, np.sin(rings * np.float32(scaled(rng, 2, 14))) + pores)
    if name == "cloth":
        pitch = scaled(rng, 0.35, 2.2)
        sway = haze(rng, shape, (6, 6)) * np.float32(0.3 * pitch)
        warp, weft = np.sin((x + sway) * 2 * np.pi / pitch), np.sin((y + sway) * 2 * np.pi / pitch)
        twill = warp * weft if chance(rng, 0.5) else np.sin((x + y + sway) * 2 * np.pi / pitch)
        return cast(Light, twill.astype(np.float32) + 2 * fine + haze(rng, shape, (3, 4)) * np.float32(0.5))
    if name == "stone":
        veins = np.abs(clouds(rng, height, width, density * scaled(rng, 10, 50), 4))
        return cast(Light, np.minimum(veins * 2.2, 2) - 1 + fine)
    if name == "leather":
        cells = np.abs(grain(rng, shape, density * scaled(rng, 0.5, 1.4), 5))
        return cast(Light, np.minimum(cells * 2.5, 1.5) - 0.5 + fine)
    if name in ("tiles", "plaid"):
        pitch = scaled(rng, 12, 80)
        bands = np.sin(x * 2 * np.pi / pitch) + np.sin(y * 2 * np.pi / pitch + 1)
        if name == "tiles":
            gap = np.maximum(np.cos(x * 2 * np.pi / pitch), np.cos(y * 2 * np.pi / pitch)) > 0.996
            bands = np.where(gap, -2.0, 0.8)
        return cast(Light, bands.astype(np.float32) + fine)
    return cast(Light, fine * (3 if name == "skin" else 1) + haze(rng, shape, (3, 4)) * np.float32(0.3))


def _paper(rng: np.random.Generator, shape: tuple[int, int], density: float, printed: bool) -> Plate:
    """White, toned, ruled or squared paper, or one full of print."""
    white = np.clip(between(rng, 215, 253) + rng.normal(0, 5, 3) - np.array([6, 2, 0]) * scaled(rng, 0.2, 4), 0, 255)
    plate = shade(np.full((*shape, 3), white, np.uint8), 1 + np.float32(0.012) * grain(rng, shape, density * 0.3))
    if printed:
        size = scaled(rng, 2.2, 5) * density
        ink = words(rng, shape[0], shape[1], size, between(rng, 0.6, 1))
        return shade(plate, cast(Light, 1 - ink * np.float32(between(rng, 0.5, 0.92))))
    if chance(rng, 0.4):
        pitch, tone = scaled(rng, 5, 12) * density, colour(between(rng, 0, 1), 0.3, between(rng, 0.5, 0.85))
        thick, squared = max(1, round(0.2 * density)), chance(rng, 0.4)
        for row in np.arange(pitch, shape[0], pitch):
            cv2.line(plate, (0, int(row)), (shape[1], int(row)), tone, thick)
        for column in np.arange(pitch, shape[1], pitch) if squared else ():
            cv2.line(plate, (int(column), 0), (int(column), shape[0]), tone, thick)
    return plate


def _keys(rng: np.random.Generator, shape: tuple[int, int], density: float) -> Plate:
    """A keyboard's caps in staggered rows."""
    dark = chance(rng, 0.65)
    body, cap = (
        (between(rng, 15, 70), between(rng, 35, 100)) if dark else (between(rng, 150, 220), between(rng, 215, 248))
    )
    plate = np.full((*shape, 3), body, np.uint8)
    pitch, gap = 19 * density, scaled(rng, 1, 4) * density
    for row in range(int(shape[0] / pitch) + 1):
        start = -pitch * between(rng, 0, 1)
        for column in range(int(shape[1] / pitch) + 2):
            x, y = int(start + column * pitch), int(row * pitch)
            corner = (int(x + pitch - gap), int(y + pitch - gap))
            cv2.rectangle(plate, (x, y), corner, (cap, cap, cap), -1)
            place = (int(x + 0.2 * pitch), int(y + 0.42 * pitch))
            letter = (235, 235, 235) if dark else (50, 50, 50)
            text = chr(65 + int(rng.integers(26)))
            cv2.putText(plate, text, place, cv2.FONT_HERSHEY_SIMPLEX, density * 0.14, letter, 1, cv2.LINE_AA)
    blur = max(0.5, 0.18 * density)
    return shade(cast(Plate, cv2.GaussianBlur(plate, (0, 0), blur)), 1 + np.float32(0.02) * grain(rng, shape, 1.2))
