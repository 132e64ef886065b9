"""Fingers that hold a card, a page or a phone."""

from __future__ import annotations

import numpy as np

from idcard_core.card import Points
from idcard_core.specimen.brush import Paint, between, chance, floats
from idcard_core.specimen.plane import at
from idcard_core.specimen.snapshot.grounds import skin_colour
from idcard_core.specimen.snapshot.scene import View


def fingers(rng: np.random.Generator, canvas: Paint, view: View, edge: Points) -> None:
    """One to four fingers that reach in from the picture's outside to a side of a quad (mm), in place."""
    skin, quad = floats(skin_colour(rng)) ** 2, at(edge, view.plane())
    middle, side, broad = quad.mean(0), int(rng.integers(4)), between(rng, 13, 18) * view.density
    a, b = quad[side], quad[(side + 1) % 4]
    out = (a + b) / 2 - middle
    out = out / (np.linalg.norm(out) + 1e-6)
    count = 1 if chance(rng, 0.5) else int(rng.integers(2, 5))
    along = (b - a) / (np.linalg.norm(b - a) + 1e-6)
    first = between(rng, 0.1, 0.8) * (b - a) + a
    for n in range(count):
        tip = first + along * broad * 1.05 * n - out * between(rng, -0.1, 0.25) * broad
        way = out + along * rng.normal(0, 0.15)
        _finger(canvas, view, (tip, way / np.linalg.norm(way), broad), skin)


def _finger(canvas: Paint, view: View, shape: tuple[Points, Points, float], skin: Paint) -> None:
    tip, way, broad = shape
    ends = np.stack([tip, tip + way * (view.width + view.height)])
    low = np.maximum(ends.min(0) - broad, 0).astype(int)
    high = np.minimum(ends.max(0) + broad, (view.width, view.height)).astype(int)
    if (high - low < 2).any():
        return
    x, y = np.meshgrid(
        np.arange(low[0], high[0], dtype=np.float32) - tip[0], np.arange(low[1], high[1], dtype=np.float32) - tip[1]
    )
    t, s = x * way[0] + y * way[1], y * way[0] - x * way[1]
    radius = broad / 2 * (1 + 0.08 * np.clip(t / broad, 0, 2))
    off = np.hypot(np.minimum(t - radius, 0), s) / radius
    part = canvas[low[1] : high[1], low[0] : high[0]]
    dark = floats(np.clip(1.35 - off, 0, 1)) * floats(0.5)
    part *= 1 - dark[..., None]
    cover = floats(np.clip((1 - off) * broad / 2.5, 0, 1))
    tone = floats(0.45 + 0.55 * np.sqrt(np.clip(1 - off * off, 0, 1)))
    nail = floats(np.clip((1 - np.hypot((t - broad * 0.45) / (broad * 0.4), s / (broad * 0.33))) * 6, 0, 1))
    crease = 1 - 0.12 * np.exp(-(((t - broad * 1.5) / (0.05 * broad)) ** 2))
    colour = skin * (tone * floats(crease))[..., None] * (1 + nail[..., None] * floats((0.35, 0.2, 0.1)))
    part += (colour - part) * cover[..., None]
