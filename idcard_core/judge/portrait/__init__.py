"""Cuts the portrait out of a card, if head and shoulders can be made out there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from idcard_core.card import FieldName, Points, Portrait
from idcard_core.fields.placed import Placed
from idcard_core.judge.portrait.place import STANDARD, Box, expected_boxes, find_box, inside, searched
from idcard_core.judge.portrait.visible import LEAST_LOG_ODDS, log_odds
from idcard_core.locate.view import CardView, cut_quad

__all__ = ["PORTRAIT_PX", "cut_portrait", "find_portrait"]

PORTRAIT_PX = (358, 441)
"""Width and height of the cut, pixels: those of a portrait file for this card at 350 dpi."""


def find_portrait(view: CardView, fields: Mapping[FieldName, Placed]) -> Portrait | None:
    """The portrait of the card, upright, and its quad in the source picture.

    ``fields`` is what was read of the side; may be empty. None on a back, and where no head and shoulders can be made
    out because something lies over them.
    """
    if fields and FieldName.IDCARDNO not in fields:
        return None
    part = searched(view.small)
    for expected in expected_boxes(fields):
        box = find_box(part, expected)
        if log_odds(inside(part, box)) >= LEAST_LOG_ODDS:
            return _cut(view, box)
    return None


def cut_portrait(view: CardView) -> Portrait:
    """What stands at the portrait's usual place, whatever it is."""
    return _cut(view, STANDARD)


def _cut(view: CardView, box: Box) -> Portrait:
    quad: Points = view.in_source(
        np.array(
            [[box.left, box.top], [box.right, box.top], [box.right, box.bottom], [box.left, box.bottom]], np.float32
        )
    )
    return Portrait(cut_quad(view.source, quad, PORTRAIT_PX), quad)
