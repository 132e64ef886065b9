"""Seals: rings are found where they are, square ones are read by columns."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from idcard_core.card import CARD_FRAME
from idcard_core.fields.lines import Glyph
from idcard_core.fields.marks.columns import read_columns
from idcard_core.fields.marks.seals import SEEN_WIDTH, find_rings, ring_strips

EM = 40.0


def paper() -> np.ndarray:
    return np.full((270, SEEN_WIDTH), 230, np.uint8)


@pytest.mark.parametrize(("x", "y", "radius"), [(120, 140, 60), (300, 60, 85)], ids=["whole", "cut by the edge"])
def test_a_ring_is_found_where_it_is(x: int, y: int, radius: int):
    picture = cv2.circle(paper(), (x, y), radius, 60, 2, cv2.LINE_AA)
    # The letters' band is more than a third of the radius wide: a twentieth off, they are still within it.
    assert find_rings(picture)[0] == pytest.approx([x, y, radius], abs=radius / 20)


def test_circles_of_the_card_s_pattern_are_no_rings():
    picture = paper()
    for radius in range(40, 100, 6):
        cv2.circle(picture, (200, 130), radius, 190, 1)
    assert len(find_rings(picture)) == 0


def test_no_strip_without_a_ring():
    assert ring_strips(np.full((CARD_FRAME[1], CARD_FRAME[0], 3), 235, np.uint8)) == []


def row(text: str, x: float, y: float, pitch: float = EM) -> list[Glyph]:
    return [Glyph(char, char, 0.99, x + at * pitch, y, at, at) for at, char in enumerate(text)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([row("专核", 500, 300), row("用验", 502, 345)], ["核验专用"], id="two columns"),
        pytest.param([row("源人禾", 100, 90), row("股力江", 100, 130)], ["禾江人力源股"], id="three columns"),
        pytest.param([row("专核", 500, 300), row("用验", 700, 345)], [], id="not below each other"),
        pytest.param([row("专核", 500, 300), row("用验", 500, 420)], [], id="too far apart"),
        pytest.param([row("专核", 500, 300), row("用验章", 500, 345)], [], id="of other widths"),
        pytest.param([row("1核", 500, 300), row("2验", 500, 345)], [], id="no ideographs"),
    ],
)
def test_columns_are_read_from_the_right(rows: list[list[Glyph]], expected: list[str]):
    assert ["".join(glyph.text for glyph in block) for block in read_columns(rows, EM)] == expected
