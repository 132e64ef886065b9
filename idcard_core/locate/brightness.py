"""Light for pictures too dark to find cards on."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import Image

SPARSE, BRIGHTEST, MIDDLE = 16, 99.0, 50.0
"""Every so many pixels each way are looked at; the per cent of them that are darker than the lightest spots, and than
half of them."""
DARK, DARKEST, LIGHT = 60.0, 8.0, 200.0
"""Grey levels: pictures without a lighter spot are dark; they are brightened as if their lightest were at least the
second, until it is the third."""
SHADE, LIFTED = 60.0, 100.0
"""Grey levels: where half of a picture is darker than the first, as before a window, that half can be made so bright
that it reaches the second."""


def brightened(picture: Image, every: int = SPARSE) -> Image:
    """A dark ``picture`` (h, w, 3), so bright that its lightest spots are light grey; any other as it is."""
    brightest = _level(picture, BRIGHTEST, every)
    return picture if brightest >= DARK else _brighter(picture, LIGHT / max(brightest, DARKEST))


def lifted(picture: Image, every: int = SPARSE) -> Image | None:
    """``picture`` with its darker half in full light, whatever becomes of the rest; None where none is dark."""
    middle = _level(picture, MIDDLE, every)
    return None if middle >= SHADE else _brighter(picture, LIFTED / max(middle, DARKEST))


def _level(picture: Image, share: float, every: int) -> float:
    """The grey level that ``share`` per cent of every ``every``-th pixel each way are darker than."""
    return float(np.percentile(picture[::every, ::every], share))


def _brighter(picture: Image, times: float) -> Image:
    return np.asarray(cv2.convertScaleAbs(picture, alpha=times), np.uint8)
