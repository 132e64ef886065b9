"""Cuts the portrait out of a card."""

from __future__ import annotations

import numpy as np

from idcard_core.card import Points, Portrait
from idcard_core.locate.view import CardView, cut_quad

PORTRAIT_BOX = (540.0, 75.0, 800.0, 395.0)
"""Left, top, right, bottom in the card frame: 26 x 32 mm (GA/T 2004 form of the card), right of the fields."""
PORTRAIT_PX = (358, 441)
"""Width and height of the cut, pixels: those of a portrait file for this card at 350 dpi."""


def cut_portrait(view: CardView) -> Portrait:
    """The portrait of a front side, upright, and its quad in the source picture."""
    left, top, right, bottom = PORTRAIT_BOX
    quad: Points = view.in_source(np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32))
    return Portrait(cut_quad(view.source, quad, PORTRAIT_PX), quad)
