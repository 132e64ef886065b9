"""Black print and other ink, parted."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from idcard_core.card import CARD_FRAME
from idcard_core.fields.marks.ink import FINENESS, Inks
from idcard_core.locate.view import FRAME_QUAD, CardView

PRINT = (25, 25, 30)
INKS = {"red stamp": (60, 50, 200), "grey watermark": (165, 165, 165), "blue writing": (190, 120, 90)}
"""Blue, green, red, on paper of 225."""


def card_with(ink: tuple[int, int, int]) -> Inks:
    """Print at x 300 and in the number's place; a mark at x 500 that crosses the print at y 200."""
    picture = np.full((CARD_FRAME[1], CARD_FRAME[0], 3), 225, np.uint8)
    cv2.rectangle(picture, (200, 196), (520, 204), ink, -1)
    cv2.rectangle(picture, (496, 100), (504, 300), ink, -1)
    for x in range(310, 760, 20):
        cv2.rectangle(picture, (x, 445), (x + 5, 480), PRINT, -1)
    for x in range(150, 480, 20):
        cv2.rectangle(picture, (x, 150), (x + 5, 250), PRINT, -1)
    return Inks.of(CardView(picture, FRAME_QUAD))


def at(view: CardView, x: int, y: int) -> int:
    return int(view.source[round(y * FINENESS), round(x * FINENESS), 0])


@pytest.mark.parametrize("ink", INKS.values(), ids=INKS.keys())
def test_print_alone_keeps_print_under_a_mark_and_nothing_of_the_mark(ink):
    alone = card_with(ink).print_alone()
    assert at(alone, 312, 170) < 80
    assert at(alone, 312, 200) < 80
    assert at(alone, 500, 120) > 200
    assert at(alone, 505, 200) > 200


@pytest.mark.parametrize("ink", INKS.values(), ids=INKS.keys())
def test_marks_alone_keeps_the_mark_and_nothing_of_the_print(ink):
    alone = card_with(ink).marks_alone()
    assert at(alone, 500, 120) < 150
    assert at(alone, 312, 170) > 200


def test_a_shadow_is_no_ink():
    picture = np.full((CARD_FRAME[1], CARD_FRAME[0], 3), 225, np.uint8)
    picture[:, 400:] = 110
    assert at(Inks.of(CardView(picture, FRAME_QUAD)).print_alone(), 700, 300) > 200
