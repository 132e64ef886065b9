"""Screens that show a card before the camera, and pictures of screens that no camera took."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from idcard_core.card import CARD_FRAME, Image, Points
from idcard_core.specimen.camera import FRAME_CORNERS
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.light import Gains
from idcard_core.specimen.recapture.grid import Box, Grid, Plane
from idcard_core.specimen.recapture.interfaces import FILLED_SHARE, interface
from idcard_core.specimen.recapture.photographed import photographed
from idcard_core.specimen.recapture.scene import Lamp, ground_of, mixed, shadow
from idcard_core.specimen.recapture.screens import Screen, interference, lit_screen, make_screen

FRINGES_SHARE = 0.6
BODY = (60.0, 100.0)
"""Units from a phone's or tablet's back to its glass."""


def of_screen(rng: np.random.Generator, grid: Grid, card: FlatCard, number: int, gains: Gains) -> tuple[Plane, str]:
    """Linear light of the scene with screen ``number``, and how the light of its pixels lies."""
    screen = make_screen(number)
    filled = rng.random() < FILLED_SHARE
    shown, corner = _first_picture(rng, card, screen.across, filled)
    pitch = CARD_FRAME[0] / screen.across
    canvas, (left, top) = interface(rng, shown, phone=screen.phone, filled=filled)
    start = (-(corner[0] + left) * pitch, -(corner[1] + top) * pitch)
    display = (*start, start[0] + canvas.shape[1] * pitch, start[1] + canvas.shape[0] * pitch)
    light = lit_screen(rng, grid, screen, canvas, start)
    if rng.random() < FRINGES_SHARE:
        light = light * interference(rng, grid.size)
    room = float(rng.uniform(0.02, 0.7))
    around, outline = _device(rng, grid, screen, display)
    brightness = np.float32(np.exp(rng.normal(-0.1, 0.25)))
    uneven = 1 + (gains - gains.mean()) * np.float32(0.4)
    mirrored = np.float32(screen.glossy * room) * gains
    lit = light * brightness * uneven + mirrored
    seen = mixed(around * np.float32(room) * gains, np.asarray(lit, np.float32), outline[..., None])
    return seen, f"{screen.subpixels.value}{'_filled' if filled else ''}"


def _device(rng: np.random.Generator, grid: Grid, screen: Screen, display: Box) -> tuple[Plane, Plane]:
    """Reflectance of what is around the ``display``, its frame and what that lies on or stands before; and the
    display's outline, 1 inside."""
    ground = ground_of(rng, grid)
    tone = float(rng.uniform(0.0, 0.05) if rng.random() < 0.8 else rng.uniform(0.3, 0.8))
    sides = np.full(4, rng.uniform(5, 70))
    if rng.random() < 0.4:  # wider at two ends, as older phones and most monitors are
        ends = ([0, 2], [1, 3])[int(rng.integers(2))]
        sides[ends] += rng.uniform(0, 120, 2)
    radius = float(rng.uniform(0, 60)) if screen.phone else float(rng.uniform(0, 8))
    body: Box = (display[0] - sides[0], display[1] - sides[1], display[2] + sides[2], display[3] + sides[3])
    frame = grid.inside(body, (radius + float(sides.min())) * float(rng.uniform(0.5, 1.1)))
    height = float(rng.uniform(*BODY)) if screen.phone else float(np.exp(rng.uniform(np.log(60), np.log(3000))))
    ground = ground * shadow(rng, grid, Lamp.drawn(rng), frame, height)
    edge = np.full_like(ground, tone)
    if rng.random() < 0.5:  # the metal or the bevel around it takes the light
        wide = np.float32(rng.uniform(4, 14))
        rim = np.clip(1 - np.abs(grid.away(body, radius + float(sides.min())) + wide / 2) / wide, 0, 1)
        edge = edge + (rim * np.float32(rng.uniform(-0.02, 0.4)))[..., None]
    return mixed(ground, np.asarray(edge.clip(0, None), np.float32), frame[..., None]), grid.inside(display, radius)


def _first_picture(
    rng: np.random.Generator, card: FlatCard, across: float, filled: bool
) -> tuple[Image, tuple[float, float]]:
    """The picture that a screen shows, the card ``across`` pixels wide on it; and where the card's corner stands."""
    widest = 0.3 if rng.random() < 0.6 else 0.06
    if not filled and rng.random() < 0.2:
        widest = 0.8
    return photographed(rng, card, across, (min(widest, 0.1), 0.04) if filled else (widest, widest))


def screenshot(rng: np.random.Generator, card: FlatCard, screen: Screen) -> tuple[Image, Points]:
    """The picture of a ``screen`` that no camera took: the first picture among buttons; and the card's quad."""
    screen = replace(screen, phone=rng.random() < 0.7)
    across = float(rng.uniform(480, 1300))
    shown, corner = _first_picture(rng, card, across, False)
    canvas, (left, top) = interface(rng, shown, phone=screen.phone, filled=False)
    scale = across / CARD_FRAME[0]
    quad = FRAME_CORNERS * np.float32(scale) + np.array([corner[0] + left, corner[1] + top], np.float32)
    return canvas, np.asarray(quad, np.float32)
