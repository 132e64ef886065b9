"""Flat cards, and the truth about what is printed on them."""

from __future__ import annotations

import numpy as np
import pytest

from idcard_core.card import CARD_FRAME, FIELDS, FieldName, Side
from idcard_core.specimen import Condition, fonts, make_specimen
from idcard_core.specimen.draw import draw_card
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.fonts import FONT_PACKAGES, FontsMissingError
from idcard_core.specimen.front import break_address
from idcard_core.specimen.labels import CardLabel
from idcard_core.specimen.lettering import LineKind
from idcard_core.specimen.people import PersonWish, make_person
from idcard_core.specimen.scripts import Script


def flat(seed: int, side: Side, width: int = 856, script: Script | None = None) -> FlatCard:
    rng = np.random.default_rng(seed)
    person = make_person(rng, PersonWish(minority_name=seed % 2 == 1))
    return draw_card(side, person, rng, width, script)


CARDS = [flat(seed, side) for seed in range(6) for side in Side]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.side.value)
def test_every_field_has_a_quad_on_the_card_with_ink_in_it(card: FlatCard):
    assert tuple(card.fields) == FIELDS[card.side]
    grey = card.image.min(axis=2)
    for name in FIELDS[card.side]:
        (left, top), (right, bottom) = card.quads[name].min(axis=0), card.quads[name].max(axis=0)
        assert left >= 0
        assert top >= 0
        assert right <= CARD_FRAME[0]
        assert bottom <= CARD_FRAME[1]
        inside = grey[round(top) : round(bottom), round(left) : round(right)]
        assert inside.min() < 110, name
        assert np.percentile(inside, 90) > 150, name


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.side.value)
def test_the_word_for_specimen_is_there_and_covers_no_field(card: FlatCard):
    (mark,) = (line for line in card.lines if line.kind is LineKind.MARK)
    assert mark.text == "样本"
    low, high = mark.quad.min(axis=0), mark.quad.max(axis=0)
    for quad in card.quads.values():
        assert (high < quad.min(axis=0)).any() or (low > quad.max(axis=0)).any()


def test_printed_lines_of_the_address_join_to_it():
    for card in CARDS:
        if card.side is Side.FRONT:
            printed = "".join(line.text for line in card.lines if line.field is FieldName.ADDRESS)
            assert printed == card.fields[FieldName.ADDRESS]


def test_address_lines_hold_eleven_characters():
    address = "广西壮族自治区柳州市融安县长安镇人民路12号3-401室"
    assert [len(line) for line in break_address(address, halves=False)] == [11, 11, 6]
    assert "".join(break_address(address, halves=True)) == address


def test_outside_the_round_corners_there_is_no_card():
    card = CARDS[0]
    assert card.alpha[0, 0] == 0
    assert card.alpha[270, 0] == 255
    assert card.alpha[40, 40] == 255


@pytest.mark.parametrize("script", list(Script), ids=lambda script: script.value)
def test_a_bilingual_card_has_lines_of_its_script_and_the_same_fields(script: Script):
    card = flat(3, Side.FRONT, script=script)
    assert any(line.kind is LineKind.SECOND_SCRIPT for line in card.lines)
    assert set(card.fields) == set(FIELDS[Side.FRONT])


def test_same_seed_same_card_other_seed_other_card():
    assert np.array_equal(flat(4, Side.BACK).image, flat(4, Side.BACK).image)
    assert not np.array_equal(flat(4, Side.BACK).image, flat(5, Side.BACK).image)


def test_a_small_card_is_the_same_card():
    large, small = flat(2, Side.FRONT, 1712), flat(2, Side.FRONT, 428)
    assert small.image.shape == (270, 428, 3)
    assert large.fields == small.fields
    assert np.abs(large.quads[FieldName.NAME] - small.quads[FieldName.NAME]).max() < 12


def test_without_fonts_the_error_names_the_packages(monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.setattr(fonts, "_listed", dict)
    monkeypatch.setattr(fonts, "_DEBIAN_FONTS", tmp_path)
    fonts.faces.cache_clear()
    try:
        with pytest.raises(FontsMissingError, match=FONT_PACKAGES[0]):
            flat(1, Side.FRONT)
    finally:
        fonts.faces.cache_clear()


def test_a_missing_glyph_is_noticed():
    face = fonts.faces()[0]
    assert fonts.has_glyph(face, "国")
    assert not fonts.has_glyph(face, "\U0010ff00")


@pytest.mark.parametrize("condition", [Condition.WATERMARK, Condition.STAMP, Condition.COVERED], ids=lambda c: c.value)
def test_what_is_written_over_a_card_is_labelled(condition: Condition):
    label = make_specimen(3, condition, "x.jpg", (640, 480)).label
    card = CardLabel.from_dict(label.cards[0].to_dict())
    assert card.marks
    assert all(card.marks)
    assert bool(card.covered) is (condition is Condition.COVERED)
    assert label.readable is (condition is not Condition.COVERED)
