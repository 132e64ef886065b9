"""Cuts the portrait out of a card, if head and shoulders can be made out there."""

from __future__ import annotations

from collections.abc import Mapping

from idcard_core.card import FieldName, Points, Portrait
from idcard_core.fields.placed import Placed
from idcard_core.judge.portrait.expected import expected_boxes
from idcard_core.judge.portrait.place import find_box, inside, searched, upright
from idcard_core.judge.portrait.visible import LEAST_LOG_ODDS, log_odds
from idcard_core.locate.view import CardView, cut_quad

__all__ = ["PORTRAIT_PX", "find_portrait"]

PORTRAIT_PX = (358, 441)
"""Width and height of the cut, pixels: those of a portrait file for this card at 350 dpi."""
LEANS = (0.15, -0.15)
"""How uprights may lean (dx/dy) on a card that was placed by its text alone: rows tell little about them."""


def find_portrait(view: CardView, fields: Mapping[FieldName, Placed]) -> Portrait | None:
    """The portrait of the card, upright, and its quad in the source picture.

    ``fields`` is what was read of the side; may be empty. None on a back, and where no head and shoulders can be made
    out because something lies over them.
    """
    if fields and FieldName.IDCARDNO not in fields:
        return None
    part = searched(view.small)
    usual, other = expected_boxes(fields)
    for expected, lean in ((usual, 0.0), (other, 0.0), *((usual, lean) for lean in LEANS)):
        straight = upright(part, lean) if lean else part
        box = find_box(straight, expected)
        if log_odds(inside(straight, box)) >= LEAST_LOG_ODDS:
            return _cut(view, box.quad(lean))
    return None


def _cut(view: CardView, quad: Points) -> Portrait:
    placed = view.in_source(quad)
    return Portrait(cut_quad(view.source, placed, PORTRAIT_PX), placed)
