"""Fingers that hold a thing by its edge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from idcard_core.specimen.rendered.fields import Float, fractal, ramp, single
from idcard_core.specimen.rendered.room import Room
from idcard_core.specimen.rendered.scene import View


@dataclass(frozen=True, slots=True)
class Finger:
    """A finger over the edge: from ``root`` to ``tip`` (mm), its radius (mm), its skin (BGR, linear).

    With a ``nail`` its back is seen, as a thumb's that holds a card.
    """

    root: tuple[float, float]
    tip: tuple[float, float]
    radius: float
    skin: tuple[float, float, float]
    nail: bool

    def away(self, x: Float, y: Float) -> tuple[Float, Float, Float]:
        """Vector (x, y) from the finger's middle line at places (mm), in radii, and the way back from the tip (mm)."""
        ax, ay = np.float32(self.root[0]), np.float32(self.root[1])
        bx, by = np.float32(self.tip[0] - self.root[0]), np.float32(self.tip[1] - self.root[1])
        long = np.float32(np.hypot(bx, by))
        share = ((x - ax) * bx + (y - ay) * by) / (long * long)
        near = np.clip(share, 0, 1)
        radius = np.float32(self.radius) * (1 + np.float32(0.22) * (1 - near) * long / 30)
        return (x - ax - near * bx) / radius, (y - ay - near * by) / radius, (1 - share) * long


def paint(rng: np.random.Generator, finger: Finger, room: Room, seen: tuple[View, float], picture: Float) -> None:
    """Paints a finger, a rounded cylinder lit by ``room``, over ``picture``; ``seen`` is by whom and at what height."""
    view, level = seen
    foot = view.millimetres(level)
    ends = np.array([[*finger.root, level], [*finger.tip, level]], np.float32)
    around = view.project(ends)
    reach = finger.radius / foot * 1.8 + 4
    low = np.clip(around.min(axis=0) - reach, 0, view.size).astype(int)
    high = np.clip(around.max(axis=0) + reach, 0, view.size).astype(int)
    if min(high - low) < 4:
        return
    part = View(view.turn, view.eye, view.focal, (view.centre[0] - low[0], view.centre[1] - low[1]), tuple(high - low))
    x, y = part.hits(part.slopes(), level)
    nx, ny, back = finger.away(x, y)
    far = np.sqrt(nx * nx + ny * ny)
    nz = np.sqrt(np.clip(1 - far * far, 0.02, 1))
    light = room.sky * (0.45 + 0.55 * nz)[..., None]
    for lamp in room.lights:
        lx, ly, lz = (np.float32(v) for v in lamp.towards)
        light = light + lamp.power * np.clip((nx * lx + ny * ly + nz * lz) * 0.85 + 0.15, 0, 2)[..., None] / max(
            lz, 0.3
        )
    radius = np.float32(finger.radius)
    grain = 1 + 0.04 * fractal(rng, far.shape, (radius / foot * 0.4, radius / foot * 0.15), 4)
    grain *= 1 - 0.12 * np.exp(-(((back / radius - 2.6) / 0.25) ** 2)) * (1 + np.sin(back * 5)) / 2
    skin = single(finger.skin) * grain[..., None]
    if finger.nail:
        nail = ((back / radius - 0.35) / 0.95) ** 4 + (far / 0.66) ** 4 * (back > 0)
        skin = skin + ramp(1 - nail, 0.25)[..., None] * (single([0.1, 0.08, 0.12]) + skin * np.float32(0.1))
    skin = skin * light + np.float32(0.03) * room.sky
    covered = np.clip((1 - far) * radius / np.float32(foot * 1.5) + 0.5, 0, 1)[..., None]
    patch = picture[low[1] : high[1], low[0] : high[0]]
    patch += (skin - patch) * covered
