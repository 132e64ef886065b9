"""A second look at characters: what both readers think, multiplied."""

from dataclasses import replace

import numpy as np
import pytest
from card_lines import make_line

from idcard_core import IdCardReader
from idcard_core.card import FieldName, Side
from idcard_core.fields.closer import em_of, fused, look_closer
from idcard_core.fields.placed import Placed
from idcard_core.fields.values import of_address
from idcard_core.locate.view import FRAME_QUAD, CardView
from idcard_core.specimen import Condition, make_specimen
from idcard_core.text.glyphs import glyph_index, known_glyphs


def _seen(**probabilities):
    """Log probabilities of the second reader; the rest shares what is left evenly."""
    left = (1 - sum(probabilities.values())) / (len(known_glyphs()) - len(probabilities))
    seen = np.full(len(known_glyphs()), np.log(left), np.float32)
    for character, probability in probabilities.items():
        seen[glyph_index()[character]] = np.log(probability)
    return seen


@pytest.mark.parametrize(
    ("options", "seen", "told"),
    [
        pytest.param([("玲", 0.7), ("琀", 0.3)], _seen(琀=0.9, 玲=0.05), "琀", id="the second reader turns it"),
        pytest.param([("玲", 0.98), ("琀", 0.01)], _seen(琀=0.5, 玲=0.4), "玲", id="a sure reading holds"),
        pytest.param([("未", 0.9)], _seen(末=0.999), "末", id="a look-alike that the first did not think of"),
        pytest.param([("玲", 0.9), ("琀", 0.1)], _seen(), "玲", id="no opinion changes nothing"),
    ],
)
def test_the_likelier_product_wins(options, seen, told):
    product = fused(options, seen)
    assert max(product, key=product.get) == told
    assert sum(product.values()) == pytest.approx(1)


def test_what_the_second_reader_does_not_know_stays():
    assert fused([("A", 0.6), ("人", 0.4)], _seen(人=0.99)) == {"A": 0.6, "人": 0.4}


def test_the_size_of_a_character_is_the_distance_of_two():
    line = make_line("张三丰", 150, 72, pitch=34)
    assert em_of([(line, line.glyphs)]) == pytest.approx(34)


def test_the_row_tells_the_size_where_characters_do_not():
    line = make_line("张", 150, 72, height=40)
    assert em_of([(line, line.glyphs)]) == pytest.approx(32)


def test_rare_names_are_read_by_the_real_networks():
    reader = IdCardReader()
    made = [make_specimen(seed, Condition.RARE_NAME, "x.jpg", (1280, 960)) for seed in range(700, 716)]
    wrong = []
    for specimen in made:
        card = reader.read(specimen.jpeg).card(Side.FRONT)
        expected = specimen.label.cards[0].fields[FieldName.NAME]
        if card is None or card.field(FieldName.NAME).text != expected:
            wrong.append(expected)  # a fictional name
    assert len(wrong) <= 1, wrong


class _Sees:
    """A second reader that answers the same for every crop."""

    def __init__(self, seen):
        self._seen = seen

    def read(self, crops):
        return np.stack([self._seen for _ in crops])


def test_a_character_outside_the_recognisers_alphabet_is_read_into_an_address():
    line = make_line("长沙县垄山路8号", 150, 300)
    doubtful = [replace(glyph, probability=0.5) if glyph.text == "垄" else glyph for glyph in line.glyphs]
    assert "垅" not in line.probabilities.alphabet
    part = (replace(line, glyphs=tuple(doubtful)), doubtful)
    blank = CardView(np.full((540, 856, 3), 200, np.uint8), FRAME_QUAD)
    fields = {FieldName.ADDRESS: Placed(of_address([part]), None, (part,))}
    read = look_closer(blank, fields, _Sees(_seen(垅=0.9999)))[FieldName.ADDRESS]
    assert read.value.text == "长沙县垅山路8号"
