"""Draws the two sides of a fictional card flat."""

from __future__ import annotations

import numpy as np

from idcard_core.card import CARD_FRAME, Side
from idcard_core.specimen import artwork
from idcard_core.specimen.back import draw_back
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.front import draw_front
from idcard_core.specimen.layout import choose_look
from idcard_core.specimen.people import Person
from idcard_core.specimen.scripts import Script


def draw_card(
    side: Side, person: Person, rng: np.random.Generator, width: int = 1712, script: Script | None = None
) -> FlatCard:
    """One side of ``person``'s card, ``width`` pixels wide; with a ``script``, a bilingual one.

    The same generator state gives the same card. Raises FontsMissingError where no Chinese font is installed.
    """
    size = (width, round(width * CARD_FRAME[1] / CARD_FRAME[0]))
    look = choose_look(rng)
    picture = artwork.ground(rng, size, side)
    if side is Side.FRONT:
        return draw_front(person, rng, picture, look, script)
    return draw_back(person, rng, picture, look, script)
