"""Characters in fainter ink than the print's are no part of a value."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from card_lines import make_line

from idcard_core.card import CARD_FRAME
from idcard_core.fields.lines import Line
from idcard_core.fields.marks.foreign import ForeignInk

PRINT, FAINT, FAINTER = 40, 160, 205


def card(lines: list[tuple[Line, list[int]]]) -> ForeignInk:
    """A card whose glyphs are bars, each of the grey it is given."""
    picture = np.full((CARD_FRAME[1], CARD_FRAME[0], 3), 230, np.uint8)
    for line, greys in lines:
        for glyph, grey in zip(line.glyphs, greys, strict=True):
            x, y = int(glyph.x), int(glyph.y)
            cv2.rectangle(picture, (x - 6, y - 8), (x + 6, y + 8), (grey, grey, grey), -1)
    return ForeignInk(picture)


@pytest.mark.parametrize(
    ("text", "greys", "expected"),
    [
        pytest.param("海口市路4号", [PRINT] * 6, "海口市路4号", id="print"),
        pytest.param("海口市路仅限", [PRINT] * 4 + [FAINT] * 2, "海口市路", id="two faint ones"),
        pytest.param("海口市路-", [PRINT] * 4 + [FAINTER], "海口市路", id="a hyphen of a mark"),
        pytest.param("海口市路5-6", [PRINT] * 7, "海口市路5-6", id="a printed hyphen"),
    ],
)
def test_faint_characters_are_left_out(text: str, greys: list[int], expected: str):
    line = make_line(text, 150, 280)
    assert card([(line, greys)]).without([line])[0].text == expected


def test_a_line_of_one_faint_character_is_left_out():
    printed, mark = make_line("海口市路4号", 150, 280), make_line("华", 300, 380)
    ink = card([(printed, [PRINT] * 6), (mark, [FAINT])])
    assert [line.text for line in ink.without([printed, mark])] == ["海口市路4号", ""]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("33011019900112001X", "33011019900112001X", id="an id number in thin digits"),
        pytest.param("13800000000", "", id="a telephone's, of a mark"),
    ],
)
def test_an_id_number_is_print_however_pale_it_is(text: str, left: str):
    words = ["海口市龙华区科苑南路", "金域华府20号楼2单元", "海口市公安局龙华分局"]
    printed = [make_line(one, 150, 200 + 60 * number) for number, one in enumerate(words)]
    number = make_line(text, 290, 463, 27)
    ink = card([*((line, [PRINT] * len(line.glyphs)) for line in printed), (number, [FAINT] * len(text))])
    assert [line.text for line in ink.without([*printed, number])] == [*words, left]
