"""Finds the cards on a picture: by the learned locator, or by their print where that finds nothing that reads well."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.locate.network import CardLocator
from idcard_core.locate.placement import Placement
from idcard_core.locate.pose import is_plausible
from idcard_core.locate.text_layout import find_by_text
from idcard_core.text.engine import TextEngine

SPARSE, BRIGHTEST, MIDDLE = 16, 99.0, 50.0
"""Every so many pixels each way are looked at; the per cent of them that are darker than the lightest spots, and than
half of them."""
DARK, DARKEST, LIGHT = 60.0, 8.0, 200.0
"""Grey levels: pictures without a lighter spot are dark; they are brightened as if their lightest were at least the
second, until it is the third."""
SHADE, LIFTED = 60.0, 100.0
"""Grey levels: where half of a picture is darker than the first and no card is found, as before a window, it is looked
for once more with that half so bright that it reaches the second."""


class CardFinder:
    """Finds cards; thread-safe. All placements are surest first, their quads in pixels of the picture."""

    def __init__(self, engine: TextEngine, threads: int = 0) -> None:
        self._engine = engine
        self._locator = CardLocator(threads)

    def find(self, picture: Image) -> Sequence[Placement]:
        """Cards told by their look."""
        found = _plausible(self._locator.find(_brightened(picture)), picture)
        if not found and (middle := _level(picture, MIDDLE)) < SHADE:
            lifted = _brighter(picture, LIFTED / max(middle, DARKEST))
            found = _plausible(self._locator.find(lifted), picture)
        return found

    def find_by_text(self, picture: Image) -> Sequence[Placement]:
        """Cards told by their print alone."""
        return _plausible(find_by_text(picture, self._engine), picture)


def _brightened(picture: Image) -> Image:
    """A dark picture, so bright that its lightest spots are light grey; any other as it is."""
    brightest = _level(picture, BRIGHTEST)
    return picture if brightest >= DARK else _brighter(picture, LIGHT / max(brightest, DARKEST))


def _level(picture: Image, share: float) -> float:
    """The grey level that ``share`` per cent of ``picture`` are darker than."""
    return float(np.percentile(picture[::SPARSE, ::SPARSE], share))


def _brighter(picture: Image, times: float) -> Image:
    return np.asarray(cv2.convertScaleAbs(picture, alpha=times), np.uint8)


def _plausible(placements: Sequence[Placement], picture: Image) -> list[Placement]:
    size = (picture.shape[1], picture.shape[0])
    return [placement for placement in placements if is_plausible(placement.quad, size)]
