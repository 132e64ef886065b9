"""A first picture of the card, which is then printed or shown: a photograph or a scan by any camera."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME, Image
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.recapture.camera import develop, make_camera
from idcard_core.specimen.recapture.cards import of_card
from idcard_core.specimen.recapture.grid import Grid

FIRST_CAMERAS = 160
"""Cameras that took it: any, as what is tested is the screen or the printer."""
SCAN_SHARE = 0.3


def photographed(
    rng: np.random.Generator, card: FlatCard, across: float, room: tuple[float, float]
) -> tuple[Image, tuple[float, float]]:
    """The card, ``across`` pixels wide, with its shadow, its rim and its gloss on what it lay on; and where its corner
    stands. ``room`` is the most that is seen beside and above it, as shares of its width."""
    beside, above = (float(rng.uniform(0.0, most)) * across for most in room)
    scale = across / CARD_FRAME[0]
    size = (max(40, round(across + 2 * beside)), max(30, round(scale * CARD_FRAME[1] + 2 * above)))
    view = np.array([[scale, 0, beside], [0, scale, above], [0, 0, 1]])
    camera = make_camera(int(rng.integers(FIRST_CAMERAS)), scanned := bool(rng.random() < SCAN_SHARE))
    grid = Grid.of(view, size, camera.blur)
    light, _ = of_card(rng, grid, card, np.full((1, 1, 1), rng.uniform(0.6, 1.05), np.float32), scanned)
    picture = develop(rng, light, replace(camera, denoise=0.0), (1.0, 1.0, 1.0))
    if rng.random() < 0.7:
        quality = int(rng.integers(60, 96))
        encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        picture = np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), np.uint8)
    return picture, (beside, above)
