"""Pictures of a card turned upright, as scanning apps turn them."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import CARD_MM, Image, Points
from idcard_core.specimen.rendered.fields import mapped, single


def outline(size: tuple[float, float] = CARD_MM, scale: float = 1.0) -> Points:
    """Corners (4, 2) of a rectangle about the origin, clockwise from the top left."""
    half = single(size) * np.float32(scale / 2)
    return np.asarray(single([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half, np.float32)


def straightened(
    picture: Image, quad: Points, density: float, margin: float, whole: bool = True
) -> tuple[Image, Points]:
    """``picture`` turned upright at ``density`` pixels a millimetre with ``margin`` mm around, and the corners there.

    Beyond the picture it is white. Its perspective stays, unless it is straightened as a ``whole``.
    """
    wanted = (outline() + single([CARD_MM[0] / 2 + margin, CARD_MM[1] / 2 + margin])) * np.float32(density)
    if whole:
        matrix = cv2.getPerspectiveTransform(quad, wanted)
    else:
        turned = cv2.estimateAffinePartial2D(quad, wanted)[0]
        matrix = np.vstack([turned, [0, 0, 1]])
    size = (round((CARD_MM[0] + 2 * margin) * density), round((CARD_MM[1] + 2 * margin) * density))
    upright = cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    return np.asarray(upright, np.uint8), mapped(np.asarray(matrix, np.float32), quad)
