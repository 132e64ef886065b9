"""Where the camera stands, and what light falls: a pinhole over a table whose plane is measured in millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np

from idcard_core.card import Image, Points
from idcard_core.specimen.brush import Matrix, between, chance, scaled
from idcard_core.specimen.darkroom.chain import Light
from idcard_core.specimen.plane import at

_LARGEST, _SMALLEST, _MOST_PIXELS = 2400, 900, 1.6e6
"""Longer side of the file in pixels, and pixels at which a scene is rendered at the most."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A projection (3, 4) from millimetres (x, y, height above the table) to pixels of a frame."""

    matrix: Matrix
    size: tuple[int, int]
    """Width and height of the rendered frame."""
    longest: int
    """Longer side of the file."""
    density: float
    """Pixels of the frame a millimetre at the card."""
    lamp: float
    """Direction that shadows fall in the plane, radians."""

    def plane(self, height: float = 0.0) -> Matrix:
        """Homography of the plane ``height`` millimetres above the table."""
        return cast(Matrix, self.matrix[:, [0, 1, 3]] + height * self.matrix[:, [2, 2, 2]] * np.array([0, 0, 1.0]))

    def extent(self) -> tuple[float, float, float, float]:
        """The box of the table (millimetres: left, top, right, bottom) that the frame sees."""
        width, height = self.size
        seen = at(np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32), np.linalg.inv(self.plane()))
        return float(seen[:, 0].min()), float(seen[:, 1].min()), float(seen[:, 0].max()), float(seen[:, 1].max())

    def mask(self, outline: Points, height: float = 0.0) -> Image:
        """What an outline (n, 2) in millimetres covers of the frame."""
        canvas = np.zeros((self.size[1], self.size[0]), np.uint8)
        corners = np.clip(at(outline, self.plane(height)), -20000, 20000) * 16
        cv2.fillPoly(canvas, [np.rint(corners).astype(np.int32)], (255,), cv2.LINE_AA, 4)
        return canvas


def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Points:
    """The outline (n, 2) of a box with round corners."""
    turn = np.linspace(0, np.pi / 2, 8)
    parts = []
    for number, (x, y) in enumerate(((right, bottom), (left, bottom), (left, top), (right, top))):
        angle = turn + number * np.pi / 2
        cx = x - radius if x == right else x + radius
        cy = y - radius if y == bottom else y + radius
        parts.append(np.stack([cx + radius * np.cos(angle), cy + radius * np.sin(angle)], 1))
    return np.concatenate(parts).astype(np.float32)


def look_at(rng: np.random.Generator, quad: Points, straight: bool = False, width: float | None = None) -> View:
    """A view of the card ``quad`` (4, 2 in millimetres); ``straight`` without tilt as a scanner's."""
    broad = float(np.linalg.norm(quad[1] - quad[0]))
    turn = np.radians(90 * int(rng.integers(4)) + rng.normal(0, 2 if straight else 6))
    if not straight and chance(rng, 0.25):
        turn = between(rng, 0, 2 * np.pi)
    tilt = 0.0 if straight else np.radians(min(30.0, abs(rng.normal(0, 11))))
    axis, away = between(rng, 0, np.pi), broad * (40 if straight else scaled(rng, 2.2, 9))
    spin, _ = cv2.Rodrigues(np.array([0, 0, turn]))
    lean, _ = cv2.Rodrigues(np.array([np.cos(axis), np.sin(axis), 0]) * tilt)
    turned = lean @ spin
    centre = np.array([*quad.mean(0), 0.0])
    move = np.array([0, 0, away]) - turned @ centre
    matrix = np.stack([turned[:, 0], turned[:, 1], -turned[:, 2], move], 1)
    seen = at(quad, matrix[:, [0, 1, 3]])
    edges = (np.linalg.norm(seen[1] - seen[0]) + np.linalg.norm(seen[2] - seen[3])) / 2
    wanted = width or (scaled(rng, 600, 1200) if chance(rng, 0.8) else scaled(rng, 460, 1580))
    return _framed(rng, matrix, quad, float(wanted / edges), (straight, width is not None))


def _framed(rng: np.random.Generator, matrix: Matrix, quad: Points, focal: float, ways: tuple[bool, bool]) -> View:
    """Puts a frame about the card: its shape, how much of it the card fills, and where the card lies in it."""
    straight, small = ways
    seen = at(quad, matrix[:, [0, 1, 3]]) * focal
    low, box = seen.min(0), np.ptp(seen, 0)
    aspect = float(rng.choice([4 / 3, 3 / 4, 16 / 9, 9 / 16, 1.0, 1.5, box[0] / box[1]]))
    needed = np.maximum(box / rng.uniform(0.45, 0.98, 2), box + 8)
    frame = np.array([max(needed[0], needed[1] * aspect), max(needed[1], needed[0] / aspect)])
    shrink = min(1.0, _LARGEST / frame.max())
    frame, low, box, focal = frame * shrink, low * shrink, box * shrink, focal * shrink
    if frame.max() < _SMALLEST:
        frame = frame * (_SMALLEST + 4) / frame.max()
    place = (frame - box - 4) * np.clip(rng.normal(0.5, 0.2, 2), 0.02, 0.98) + 2 - low
    render = min(
        1.0 if straight else scaled(rng, 0.9, 1.35), np.sqrt((0.7e6 if small else _MOST_PIXELS) / (frame[0] * frame[1]))
    )
    camera = np.array([[focal, 0, place[0]], [0, focal, place[1]], [0, 0, 1]])
    full = np.diag([render, render, 1]) @ camera @ matrix
    size = (round(frame[0] * render), round(frame[1] * render))
    width = np.linalg.norm(seen[1] - seen[0]) * shrink * render / np.linalg.norm(quad[1] - quad[0])
    return View(full, size, round(float(frame.max())), float(width), between(rng, 0, 2 * np.pi))


def lamp_light(rng: np.random.Generator, view: View, even: bool) -> Light:
    """What falls on the table, a third of the frame's size in pixels (height, width, 3): slope, lamps, shadows."""
    width, height = view.size[0] // 3 + 1, view.size[1] // 3 + 1
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    field = np.ones((height, width, 3), np.float32)
    if even:
        return field
    slope = 0.04 if chance(rng, 0.3) else between(rng, 0.05, 0.45)
    field *= (1 + slope * (x * np.cos(view.lamp) + y * np.sin(view.lamp)))[..., None]
    for _ in range(int(rng.integers(0, 3))):
        far = np.hypot(x - between(rng, -1.3, 1.3), y - between(rng, -1.3, 1.3)) / scaled(rng, 0.5, 2.5)
        tint = 1 + np.array([-1.0, -0.2, 1.0], np.float32) * np.float32(between(rng, -0.2, 0.25))
        field += (np.float32(scaled(rng, 0.1, 0.9)) / (1 + far**2))[..., None] * tint
    if chance(rng, 0.4):
        turn, edge = between(rng, 0, 2 * np.pi), scaled(rng, 0.01, 0.5)
        side = (x * np.cos(turn) + y * np.sin(turn) + between(rng, 0.0, 0.9)) / edge
        field *= (1 - np.float32(between(rng, 0.1, 0.6)) / (1 + np.exp(np.clip(side * 3, -30, 30))))[..., None]
    field *= 1 + np.array([-1.0, 0.0, 1.0], np.float32) * np.float32(between(rng, -0.1, 0.1))
    return cast(Light, np.maximum(field, 0.02))


def glints(rng: np.random.Generator, view: View, strength: float) -> Light:
    """Mirrored lamps and windows, a third of the frame's size (height, width)."""
    width, height = view.size[0] // 3 + 1, view.size[1] // 3 + 1
    field = np.full((height, width), between(rng, 0, 0.05) * strength, np.float32)
    for _ in range(int(rng.integers(0, 4)) if strength > 0.05 else 0):
        spot = np.zeros((height, width), np.float32)
        size = scaled(rng, 0.05, 0.7) * width
        box = cv2.boxPoints(
            (
                (between(rng, 0, 1) * width, between(rng, 0, 1) * height),
                (size, size * scaled(rng, 0.2, 1.5)),
                between(rng, 0, 180),
            )
        )
        if chance(rng, 0.5):
            cv2.fillConvexPoly(spot, np.rint(box).astype(np.int32), (1.0,), cv2.LINE_AA)
        else:
            cv2.circle(spot, (int(box[0][0]), int(box[0][1])), int(size / 2) + 1, (1.0,), -1, cv2.LINE_AA)
        reach = int(size * between(rng, 0.1, 0.7)) + 1
        soft = cast(Light, cv2.blur(cv2.blur(spot, (reach, reach)), (reach, reach)))
        field += soft * np.float32(scaled(rng, 0.05, 1.3) * strength)
    return field
