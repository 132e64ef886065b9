"""Screens: their lattice of subpixels, sampled by the camera pixel by pixel, and the interfaces they show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image
from idcard_core.specimen.brush import Paint, between, chance, clouds, floats, pick, scaled, spread
from idcard_core.specimen.tabletop.view import View

_SEED = 772_307
_FINE = 24
"""Steps a panel pixel in the lattice's tile, which holds two by two pixels."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One screen."""

    kind: str
    """``phone_lcd``, ``phone_oled``, ``tablet``, ``laptop`` or ``monitor``."""
    pitch: float
    """Millimetres a pixel."""
    size: tuple[int, int]
    """Pixels across and down."""
    layout: str
    """``stripe``, ``turned``, ``pentile``, ``diamond`` or ``chevron``."""
    fill: float
    """Share of a subpixel's width that shines."""
    black: float
    white: tuple[float, float, float]
    gamma: float
    gloss: float
    bezel: float
    """Millimetres of frame."""
    body: float
    """Lightness of the frame."""
    dither: float


@lru_cache(maxsize=64)
def panel_of(number: int) -> Panel:
    """The screen of a number."""
    rng = np.random.default_rng([_SEED, number])
    kind = pick(rng, ("phone_lcd", "phone_oled", "tablet", "laptop", "monitor"), (3, 3, 1.5, 2, 3))
    size, pitch = {
        "phone_lcd": ((1080, 1920), between(rng, 0.058, 0.075)),
        "phone_oled": ((1080, 2160), between(rng, 0.055, 0.066)),
        "tablet": ((1536, 1100), between(rng, 0.095, 0.16)),
        "laptop": ((1600, 1000), between(rng, 0.14, 0.22)),
        "monitor": ((1680, 1050), between(rng, 0.2, 0.31)),
    }[kind]
    oled = kind == "phone_oled"
    return Panel(
        kind=kind,
        pitch=pitch,
        size=size,
        layout=pick(rng, ("pentile", "diamond")) if oled else pick(rng, ("stripe", "turned", "chevron"), (6, 1, 2)),
        fill=between(rng, 0.35, 0.6) if oled else between(rng, 0.55, 0.88),
        black=scaled(rng, 0.00005, 0.0006) if oled else scaled(rng, 0.0007, 0.008),
        white=(between(rng, 0.85, 1.3), 1.0, between(rng, 0.82, 1.1)),
        gamma=between(rng, 1.0, 1.2),
        gloss=scaled(rng, 0.02, 0.05) if kind != "monitor" or chance(rng, 0.2) else 0.0,
        bezel=between(rng, 1.2, 4) if kind.startswith("phone") else between(rng, 5, 18),
        body=pick(rng, (between(rng, 0.03, 0.15), between(rng, 0.5, 0.9)), (4, 1)),
        dither=pick(rng, (0.0, between(rng, 0.004, 0.02))),
    )


def _lattice(own: Panel) -> Paint:
    """Light of two by two white pixels, ``(2 * _FINE, 2 * _FINE, 3)``, of mean one in each channel."""
    edge = 2 * _FINE
    y, x = np.mgrid[0:edge, 0:edge] / _FINE + 0.5 / _FINE
    tile = np.zeros((edge, edge, 3))
    for channel in range(3):
        place = 2 - channel
        if own.layout in ("stripe", "turned", "chevron"):
            along, across = (y, x) if own.layout == "turned" else (x, y)
            along = along + (
                np.abs(across % 1 - 0.5) * 0.35 * np.sign(across % 2 - 1) if own.layout == "chevron" else 0
            )
            off = np.abs((along - (place + 0.5) / 3 + 0.5) % 1 - 0.5)
            tile[..., channel] = (off < own.fill / 6) & (np.abs(across % 1 - 0.5) < 0.25 + own.fill / 4)
            continue
        if channel == 1:
            spots = [(0.25, 0.5), (1.25, 0.5), (0.25, 1.5), (1.25, 1.5)]
        else:
            spots = [(0.75, 0.0), (1.75, 1.0)] if channel == 0 else [(1.75, 0.0), (0.75, 1.0)]
        reach = own.fill * (0.42 if channel == 1 else 0.62)
        for sx, sy in spots:
            dx, dy = np.abs((x - sx + 1) % 2 - 1), np.abs((y - sy + 1) % 2 - 1)
            far = dx + dy if own.layout == "diamond" else np.maximum(dx * 1.3, dy)
            tile[..., channel] += far < reach
    return floats(tile / np.maximum(tile.mean((0, 1)), 1e-3))


def glow(own: Panel, view: View, content: Image, placed: NDArray[np.float64], blur: float) -> Paint:
    """Linear light of the panel at every pixel of the view.

    ``placed`` (3, 3) carries panel pixels to the picture; each camera pixel gathers the lattice over its own breadth
    and ``blur`` (sigma, pixels) more, so that moire comes of the sampling alone.
    """
    width, height = view.size
    back = np.linalg.inv(placed)
    middle = back @ np.array([width / 2, height / 2, 1])
    step = back @ np.array([width / 2 + 1, height / 2, 1])
    breadth = float(np.hypot(*(step[:2] / step[2] - middle[:2] / middle[2])))
    tile = np.pad(_lattice(own), ((2 * _FINE, 2 * _FINE), (2 * _FINE, 2 * _FINE), (0, 0)), mode="wrap")
    box = max(1, round(breadth * 0.6 * _FINE))
    reach = min(box, 2 * _FINE * 2)
    tile = floats(cv2.blur(np.tile(tile, (3, 3, 1)), (reach, reach), borderType=cv2.BORDER_REFLECT))
    tile = floats(cv2.GaussianBlur(tile, (0, 0), max(min(blur * breadth, 0.4) * _FINE, 0.5)))
    start = 6 * _FINE
    tile = tile[start : start + 2 * _FINE + 2, start : start + 2 * _FINE + 2]
    x, y = np.arange(width, dtype=np.float32) + 0.5, (np.arange(height, dtype=np.float32) + 0.5)[:, None]
    below = floats(1 / (back[2, 0] * x + back[2, 1] * y + back[2, 2]))
    across = floats(back[0, 0] * x + back[0, 1] * y + back[0, 2]) * below
    down = floats(back[1, 0] * x + back[1, 1] * y + back[1, 2]) * below
    fine = np.float32(2 * _FINE)
    tile_x, tile_y = across * np.float32(0.5), down * np.float32(0.5)
    tile_x, tile_y = (tile_x - np.floor(tile_x)) * fine, (tile_y - np.floor(tile_y)) * fine
    shown = content
    if breadth > 1.2:
        shown = np.asarray(cv2.GaussianBlur(content, (0, 0), breadth * 0.35), np.uint8)
    seen = cv2.remap(shown, across - np.float32(0.5), down - np.float32(0.5), cv2.INTER_LINEAR)
    steps = (np.arange(256) / 255) ** (2 * own.gamma)
    light = np.asarray(cv2.LUT(seen, floats(steps))) * np.float32(1 - own.black) + np.float32(own.black)
    light = np.asarray(cv2.multiply(light, np.array([*own.white, 0.0])))
    if float(tile.std((0, 1)).max()) > 0.003:
        light *= cv2.remap(floats(tile), tile_x, tile_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return floats(light)


def shimmer(rng: np.random.Generator, own: Panel, light: Paint) -> Paint:
    """Dither, uneven backlight, viewing angle, and the bars of a shutter slower than the panel's refresh."""
    height, width = light.shape[:2]
    low = clouds(rng, 24, 24, 12)
    gain = floats(1 + cv2.resize(low, (width, height)) * np.float32(between(rng, 0, 0.05)))
    if chance(rng, 0.25):
        rows = np.arange(height) / height * between(rng, 1, 9) * 6.283 + between(rng, 0, 6)
        gain *= floats(1 + between(rng, 0.02, 0.16) * np.clip(np.sin(rows) * 1.5, -1, 1))[:, None]
    if chance(rng, 0.3):
        fall = np.linspace(1, between(rng, 0.6, 0.95), width)
        gain *= floats(fall if chance(rng, 0.5) else fall[::-1])[None, :]
    light *= spread(gain)
    if own.dither:
        light *= floats(1 + own.dither * np.sign(np.sin(np.arange(height) * 3.1))[:, None, None])
    return light
