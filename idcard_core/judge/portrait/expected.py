"""Where on a card the portrait should stand: the standard place, moved along with the print that was read.

Coordinates are of the card frame (856 x 540).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from idcard_core.card import FieldName, Points
from idcard_core.fields.placed import Placed


@dataclass(frozen=True, slots=True)
class Box:
    """An upright box by its middle and size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def top(self) -> float:
        return self.y - self.height / 2

    @property
    def right(self) -> float:
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height / 2

    def quad(self, lean: float = 0.0) -> Points:
        """Its corners, those of a parallelogram where the card's uprights ``lean`` to the left (dx/dy)."""
        left, right, more = self.left, self.right, lean * self.height / 2
        shift = lean * (self.y - STANDARD.y)
        corners = [(left - more, self.top), (right - more, self.top), (right + more, self.bottom)]
        return np.array([*corners, (left + more, self.bottom)], np.float32) + np.array([shift, 0], np.float32)


STANDARD = Box(679.0, 232.0, 260.0, 320.0)
"""26 x 32 mm, right of the fields (GA 461)."""
TEMPORARY = Box(679.0, 200.0, 260.0, 296.0)
"""On a temporary card, whose nine fields stand closer together."""
LOW_NUMBER = 425.0
"""The id number's middle is below it but on a temporary card."""
_LEFTS = {FieldName.BIRTHDAY: 146.0, FieldName.IDCARDNO: 291.0}
"""Where values begin whose place varies little."""
_MIDDLES = {FieldName.NAME: 86.5, FieldName.SEX: 152.0, FieldName.BIRTHDAY: 216.5, FieldName.IDCARDNO: 466.0}
FOLLOWS = 0.4
"""How far the portrait goes along with the print: cards differ in either, and a wrong corner moves both."""
FARTHEST_FOLLOWED = 14.0


def expected_boxes(fields: Mapping[FieldName, Placed]) -> tuple[Box, Box]:
    """Where the portrait should stand by what was read of the card, and where else it may: on a card of other kind."""
    quads = {name: placed.quad for name, placed in fields.items() if placed.quad is not None}
    number = quads.get(FieldName.IDCARDNO)
    if FieldName.GOV in fields or (number is not None and _middle(number) < LOW_NUMBER):
        return TEMPORARY, STANDARD
    along = [_left(quads[name]) - x for name, x in _LEFTS.items() if name in quads]
    down = [_middle(quads[name]) - y for name, y in _MIDDLES.items() if name in quads]
    return replace(STANDARD, x=STANDARD.x + _followed(along), y=STANDARD.y + _followed(down)), TEMPORARY


def _left(quad: Points) -> float:
    return float(quad[[0, 3], 0].mean())


def _middle(quad: Points) -> float:
    return float(quad[:, 1].mean())


def _followed(offsets: Sequence[float]) -> float:
    if not offsets:
        return 0.0
    return float(np.clip(FOLLOWS * np.median(offsets), -FARTHEST_FOLLOWED, FARTHEST_FOLLOWED))
