"""Screens that show a card before the camera, and pictures of screens that no camera took."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME, Image, Points
from idcard_core.specimen.camera import FRAME_CORNERS
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.light import Gains
from idcard_core.specimen.recapture.camera import develop, make_camera
from idcard_core.specimen.recapture.cards import of_card
from idcard_core.specimen.recapture.grid import Grid, Plane
from idcard_core.specimen.recapture.scene import ground_of, mixed
from idcard_core.specimen.recapture.screens import Screen, interface, interference, lit_screen, make_screen

FRINGES_SHARE = 0.6
FIRST_CAMERAS = 160
"""Cameras that took what a screen shows: any, as what is tested is the screen."""


def of_screen(rng: np.random.Generator, grid: Grid, card: FlatCard, number: int, gains: Gains) -> tuple[Plane, str]:
    """Linear light of the scene with screen ``number``, and how the light of its pixels lies."""
    screen = make_screen(number)
    shown, corner = _first_picture(rng, card, screen.across)
    pitch = CARD_FRAME[0] / screen.across
    light, outline = lit_screen(rng, grid, screen, shown, (-corner[0] * pitch, -corner[1] * pitch))
    if rng.random() < FRINGES_SHARE:
        light = light * interference(rng, grid.size)
    room = float(rng.uniform(0.02, 0.7))
    around = ground_of(rng, grid) * np.float32(room) * gains
    frame = np.float32(rng.uniform(0.0, 0.05) if rng.random() < 0.8 else rng.uniform(0.3, 0.8)) * np.float32(room)
    wide = max(1, int(rng.uniform(5, 70) / grid.units_a_pixel))
    rim = np.asarray(cv2.dilate(outline, np.ones((3, 3), np.uint8), iterations=wide), np.float32)
    around = mixed(around, np.full_like(around, frame), rim[..., None])
    brightness = np.float32(np.exp(rng.normal(-0.1, 0.25)))
    uneven = 1 + (gains - gains.mean()) * np.float32(0.4)
    mirrored = np.float32(screen.glossy * room) * gains
    lit = light * brightness * uneven + mirrored
    return mixed(around, np.asarray(lit, np.float32), outline[..., None]), screen.subpixels.value


def _first_picture(rng: np.random.Generator, card: FlatCard, across: float) -> tuple[Image, tuple[float, float]]:
    """The picture that a screen shows, the card ``across`` pixels wide on it; and where the card's corner stands.

    Mostly a photograph of the card itself, with its shadow, its rim and its gloss; else the card alone.
    """
    widest = 0.3 if rng.random() < 0.6 else 0.06
    beside, above = (float(rng.uniform(0.0, widest)) * across for _ in range(2))
    scale = across / CARD_FRAME[0]
    size = (max(40, round(across + 2 * beside)), max(30, round(scale * CARD_FRAME[1] + 2 * above)))
    view = np.array([[scale, 0, beside], [0, scale, above], [0, 0, 1]])
    camera = make_camera(int(rng.integers(FIRST_CAMERAS)), scanned := bool(rng.random() < 0.3))
    grid = Grid.of(view, size, camera.blur)
    light, _ = of_card(rng, grid, card, np.full((1, 1, 1), rng.uniform(0.6, 1.05), np.float32), scanned)
    picture = develop(rng, light, replace(camera, denoise=0.0), (1.0, 1.0, 1.0))
    if rng.random() < 0.7:
        quality = int(rng.integers(60, 96))
        encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        picture = np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), np.uint8)
    return picture, (beside, above)


def screenshot(rng: np.random.Generator, card: FlatCard, screen: Screen) -> tuple[Image, Points]:
    """The picture of a ``screen`` that no camera took: the first picture among buttons; and the card's quad."""
    screen = replace(screen, phone=rng.random() < 0.7)
    across = float(rng.uniform(480, 1300))
    shown, corner = _first_picture(rng, card, across)
    canvas, (left, top) = interface(rng, shown, screen)
    scale = across / CARD_FRAME[0]
    quad = FRAME_CORNERS * np.float32(scale) + np.array([corner[0] + left, corner[1] + top], np.float32)
    return canvas, np.asarray(quad, np.float32)
