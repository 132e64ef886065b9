"""What stands in the way of each field of a card: glare, the border of the picture, something over it.

Coordinates are of the card frame (856 x 540) unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME, FieldName, Image, Points, Side
from idcard_core.fields import back, front
from idcard_core.fields.card_text import CardText
from idcard_core.fields.placed import Expected, Placed
from idcard_core.judge.quality import clipped
from idcard_core.judge.status import DOUBTFUL
from idcard_core.judgement import Obstruction
from idcard_core.locate.view import SMALL_SIZE, CardView, apply

SPOT = 9
"""Pixels of a card 640 wide: glare leaves no print within a square of this side."""
WHITE_CARD = 0.4
"""A card with more than this share of spots is white all over (a copy, a bright picture); no glare can be told."""
NOTHING_LEFT = 0.85
"""Share of a field's place."""
MOST_WHITE = 0.15
"""Share of the card: where print is read beside it, more white than that is paper in full light."""
BESIDE = 40.0
"""A field's place reaches so far beyond the print found: what glare hides is not found."""
EXPECTED: Mapping[Side, Sequence[Expected]] = {Side.FRONT: front.EXPECTED, Side.BACK: back.EXPECTED}
_GRID = np.stack(np.meshgrid(np.linspace(0, 1, 33), np.linspace(0, 1, 21)), axis=2).reshape(-1, 2)
_GRID_POINTS: Points = np.asarray(_GRID * np.array(CARD_FRAME), np.float32)


def white_spots(small: Image) -> Image:
    """1 where nothing but white is left of a card rectified to ``SMALL_SIZE``, else 0."""
    return np.asarray(cv2.morphologyEx(clipped(small), cv2.MORPH_OPEN, np.ones((SPOT, SPOT), np.uint8)), np.uint8)


def share_of_spots(white: Image) -> float:
    """The share of ``white`` that is not 0."""
    return cv2.countNonZero(white) / white.size


def without_white_cards(white: Image) -> Image:
    """``white`` where it is glare: nothing on a card that is white all over."""
    return white if share_of_spots(white) <= WHITE_CARD else np.zeros_like(white)


def small_spots(white: Image) -> Image:
    """``white`` where it is a lamp's reflection: nothing, where too much of the card is white for one."""
    return white if share_of_spots(white) < MOST_WHITE else np.zeros_like(white)


def obstructions(text: CardText, white: Image, confidences: Mapping[FieldName, float]) -> dict[FieldName, Obstruction]:
    """What stands in the way of each field of ``text``; ``white`` as `white_spots` tells it, ``confidences`` of those
    fields that the side has."""
    found = {}
    for name, placed in text.fields.items():
        place = _place(name, placed, text)
        is_read = placed.value.text and confidences.get(name, 1.0) >= DOUBTFUL
        found[name] = Obstruction(
            glare=share_of(small_spots(white), place) if is_read else _glare_on_unread(white, place),
            cut=not _is_inside(text.view, _printed(placed, place)),
            covered=name in text.covered,
        )
    return found


def _glare_on_unread(white: Image, place: tuple[float, float, float, float]) -> float:
    """The share of a field's ``place``, in which nothing was read, that is in glare.

    On a card that is white all over, white beside print is paper; where it goes from end to end, no print is left.
    """
    share = share_of(white, place)
    return share if share_of_spots(white) <= WHITE_CARD or share >= NOTHING_LEFT else 0.0


def share_of(glare: Image, box: tuple[float, float, float, float]) -> float:
    """The share of a box (left, top, right, bottom) that lies in glare."""
    across, down = SMALL_SIZE[0] / CARD_FRAME[0], SMALL_SIZE[1] / CARD_FRAME[1]
    left, right = (int(np.clip(x * across, 0, SMALL_SIZE[0])) for x in (box[0], box[2]))
    top, bottom = (int(np.clip(y * down, 0, SMALL_SIZE[1])) for y in (box[1], box[3]))
    part = glare[top:bottom, left:right]
    return share_of_spots(part) if part.size else 0.0


def inside_share(view: CardView) -> float:
    """The share of the card that is inside the picture."""
    return float(_are_inside(view, _GRID_POINTS).mean())


def corners_inside(view: CardView, slack: float = 0.01) -> int:
    """How many of the card's corners are inside the picture, ``slack`` of the card's width beyond it included."""
    height, width = view.source.shape[:2]
    room = slack * view.pixels_across
    inside = (view.quad >= -room) & (view.quad <= np.array([width, height], np.float32) + room)
    return int(inside.all(axis=1).sum())


def hidden(found: Mapping[FieldName, Obstruction]) -> Collection[FieldName]:
    """The fields that something hides."""
    return [name for name, obstruction in found.items() if obstruction.hides]


def _place(name: FieldName, placed: Placed, text: CardText) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of where a field is, or should be."""
    if placed.quad is not None and placed.value.text:
        (left, top), (right, bottom) = placed.quad.min(axis=0).tolist(), placed.quad.max(axis=0).tolist()
        return left - BESIDE, top, right + BESIDE, bottom
    row = next((place for place in EXPECTED[text.side] if name in place.fields), None)
    if row is None:  # what only a temporary card has on this side
        return 0.0, 0.0, 0.0, 0.0
    return row.left, row.y - row.height / 2, row.right, row.y + row.height / 2


def _printed(placed: Placed, place: tuple[float, float, float, float]) -> Points:
    if placed.quad is not None:
        return placed.quad
    left, top, right, bottom = place
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def _is_inside(view: CardView, points: Points) -> bool:
    return bool(_are_inside(view, points).all())


def _are_inside(view: CardView, points: Points) -> Points:
    height, width = view.source.shape[:2]
    found = apply(view.to_source, points)
    inside = (found > -0.5) & (found < np.array([width, height], np.float32) + 0.5)
    return np.asarray(inside.all(axis=1), np.float32)
