"""Fictional documents: every kind is drawn, marked as a specimen, and the same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from idcard_core.card import CARD_FRAME
from idcard_core.intake import open_picture
from idcard_core.judge.documents import DocumentKind
from idcard_core.judge.documents.numbers import is_bank_number, is_permit_number, zone_of
from idcard_core.settings import Settings
from idcard_core.specimen.documents import draw_document, make_document, make_nothing, values
from idcard_core.specimen.lettering import LineKind


@pytest.mark.parametrize("kind", list(DocumentKind), ids=lambda kind: kind.value)
def test_every_kind_is_drawn_with_its_lines_on_it_and_the_word_for_specimen(kind: DocumentKind):
    card = draw_document(np.random.default_rng(5), kind)
    marks = [line.text for line in card.lines if line.kind is LineKind.MARK]
    assert marks in (["样本"], ["SPECIMEN"])
    points = np.concatenate([line.quad for line in card.lines])
    assert points.min() >= -1
    assert (points.max(axis=0) <= np.array(CARD_FRAME) + 1).all()
    assert card.image.shape[1] / card.image.shape[0] == pytest.approx(CARD_FRAME[0] / CARD_FRAME[1], rel=0.01)


def test_the_same_seed_gives_the_same_photograph():
    first, kind = make_document(3, DocumentKind.STUDENT_CARD)
    again, _ = make_document(3, DocumentKind.STUDENT_CARD)
    other, _ = make_document(4, DocumentKind.STUDENT_CARD)
    assert kind is DocumentKind.STUDENT_CARD
    assert first == again
    assert first != other


@pytest.mark.parametrize("seed", range(3))
def test_pictures_of_nothing_can_be_opened(seed: int):
    picture = open_picture(make_nothing(seed), Settings().limits)
    assert min(picture.pixels.shape[:2]) >= 400


def test_numbers_have_the_form_of_their_kind():
    rng = np.random.default_rng(1)
    assert all(is_bank_number(values.bank_number(rng)) for _ in range(50))
    assert is_permit_number(values.permit_number(rng, "82", "19900307", True))
    assert zone_of(values.zone(rng, "P<", "UTO", ("RIVER", "ANN"), "123456789")) is not None
    assert {len(line) for line in values.zone(rng, "P<", "UTO", ("RIVER", "ANN"), "123456789")} == {44}
