"""What lies on a card, as pictures to lay over it: where it seems edited, and where a lamp is mirrored in it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image
from idcard_core.judge.obstruction import small_spots, white_spots
from idcard_core.locate.view import SMALL_SIZE

COLDEST = 0.05
"""Scores of the tamper map below leave the card as it is."""
_GLARE_BGRA = (255, 120, 40, 150)
"""Blue: nothing on a card in glare has that colour."""


def heat_layer(heat: NDArray[np.float32]) -> bytes | None:
    """Yellow to red where ``heat`` (0 to 1) is above ``COLDEST``, as PNG; None where nothing is."""
    if not heat.size or float(heat.max()) <= COLDEST:
        return None
    scores = heat.clip(0, 1)
    warm = cv2.applyColorMap(((1 - scores) * 255).astype(np.uint8), cv2.COLORMAP_AUTUMN)
    share = np.where(scores > COLDEST, 0.3 + 0.5 * scores, 0.0)
    return _png(np.dstack([warm, (share * 255).astype(np.uint8)]))


def glare_layer(rectified: Image) -> bytes | None:
    """Blue where glare lies on the rectified card, as PNG; None where there is none."""
    small = cv2.resize(rectified, SMALL_SIZE, interpolation=cv2.INTER_AREA)
    glare = small_spots(white_spots(np.asarray(small, np.uint8)))
    if not glare.any():
        return None
    layer = np.zeros((*glare.shape, 4), np.uint8)
    layer[glare > 0] = _GLARE_BGRA
    return _png(layer)


def _png(pixels: Image) -> bytes:
    return bytes(cv2.imencode(".png", pixels)[1])
