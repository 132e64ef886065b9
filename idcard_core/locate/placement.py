"""Where a card lies in a picture."""

from __future__ import annotations

from dataclasses import dataclass

from idcard_core.card import Points, Side


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """A card found, before anything on it was read.

    ``quad`` (4, 2) is clockwise from the card's own top left, in pixels of the picture looked at; corners may lie
    outside it. ``score`` is 0 to 1; ``front_probability`` is that it shows the portrait side, 0.5 when nothing is
    known.
    """

    quad: Points
    score: float
    front_probability: float = 0.5

    @property
    def side(self) -> Side:
        return Side.FRONT if self.front_probability >= 0.5 else Side.BACK
