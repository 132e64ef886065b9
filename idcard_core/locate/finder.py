"""Finds the cards on a picture: by the learned locator, or by their print where that finds nothing that reads well."""

from __future__ import annotations

from collections.abc import Sequence

from idcard_core.card import Image
from idcard_core.locate.brightness import brightened, lifted
from idcard_core.locate.network import CardLocator
from idcard_core.locate.placement import Placement
from idcard_core.locate.pose import is_plausible
from idcard_core.locate.text_layout import find_by_text
from idcard_core.text.engine import TextEngine


class CardFinder:
    """Finds cards; thread-safe. All placements are surest first, their quads in pixels of the picture."""

    def __init__(self, engine: TextEngine, threads: int = 0) -> None:
        self._engine = engine
        self._locator = CardLocator(threads)

    def find(self, picture: Image) -> Sequence[Placement]:
        """Cards told by their look."""
        found = _plausible(self._locator.find(brightened(picture)), picture)
        if not found and (once_more := lifted(picture)) is not None:
            found = _plausible(self._locator.find(once_more), picture)
        return found

    def find_by_text(self, picture: Image) -> Sequence[Placement]:
        """Cards told by their print alone."""
        return _plausible(find_by_text(picture, self._engine), picture)


def _plausible(placements: Sequence[Placement], picture: Image) -> list[Placement]:
    size = (picture.shape[1], picture.shape[0])
    return [placement for placement in placements if is_plausible(placement.quad, size)]
