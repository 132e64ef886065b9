"""The picture that a screen shows or a printer puts out: a photograph or a scan of the card itself."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME, Image
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.recapture.camera import develop, make_camera
from idcard_core.specimen.recapture.cards import of_card
from idcard_core.specimen.recapture.grid import Grid

CAMERAS = 160
"""Any of them: what is tested is the screen or the printer."""


def first_picture(
    rng: np.random.Generator, card: FlatCard, across: float, scanned_share: float, around: tuple[float, float]
) -> tuple[Image, tuple[float, float]]:
    """A picture of ``card``, which is ``across`` pixels wide on it, and where (pixels) the card's corner stands.

    ``around``: what is seen to the left and right, and above and below, as shares of ``across``. The card has its
    shadow, its rim and its gloss; ``scanned_share`` of the pictures were taken by scanners.
    """
    beside, above = (share * across for share in around)
    scale = across / CARD_FRAME[0]
    size = (max(40, round(across + 2 * beside)), max(30, round(scale * CARD_FRAME[1] + 2 * above)))
    view = np.array([[scale, 0, beside], [0, scale, above], [0, 0, 1]])
    camera = make_camera(int(rng.integers(CAMERAS)), scanned := bool(rng.random() < scanned_share))
    grid = Grid.of(view, size, camera.blur)
    light, _ = of_card(rng, grid, card, np.full((1, 1, 1), rng.uniform(0.6, 1.05), np.float32), scanned)
    picture = develop(rng, light, replace(camera, denoise=0.0), (1.0, 1.0, 1.0))
    if rng.random() < 0.7:
        quality = int(rng.integers(60, 96))
        encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        picture = np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), np.uint8)
    return picture, (beside, above)
