"""The real engine on photographed fictional documents, on pictures of nothing, and on identity cards."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from idcard_core.card import Image
from idcard_core.intake import open_picture
from idcard_core.judge.documents import DocumentKind, kind_of
from idcard_core.judge.other_text import MOST_LINES, lines_on
from idcard_core.locate.finder import CardFinder
from idcard_core.locate.placement import Placement
from idcard_core.settings import Settings
from idcard_core.specimen import Condition, make_specimen
from idcard_core.specimen.documents import make_document, make_nothing
from idcard_core.text.engine import TextEngine
from idcard_core.text.factory import make_engine


@pytest.fixture(scope="module")
def engine() -> TextEngine:
    return make_engine(Settings().engine)


@pytest.fixture(scope="module")
def finder(engine: TextEngine) -> CardFinder:
    return CardFinder(engine)


def pixels_of(jpeg: bytes) -> Image:
    return open_picture(jpeg, Settings().limits).pixels


def lines_of(jpeg: bytes, engine: TextEngine, finder: CardFinder) -> list[str]:
    pixels = pixels_of(jpeg)
    return lines_on(pixels, finder.find(pixels), engine)


KINDS = (
    DocumentKind.BANK_CARD,
    DocumentKind.DRIVING_LICENCE,
    DocumentKind.VEHICLE_LICENCE,
    DocumentKind.SOCIAL_SECURITY_CARD,
    DocumentKind.HOME_RETURN_PERMIT,
    DocumentKind.TAIWAN_RESIDENCE_PERMIT,
    DocumentKind.FOREIGN_RESIDENT_CARD,
    DocumentKind.PASSPORT,
    DocumentKind.BUSINESS_CARD,
)


def test_photographed_documents_are_told(engine: TextEngine, finder: CardFinder):
    found = {kind: kind_of(lines_of(make_document(70, kind)[0], engine, finder)) for kind in KINDS}
    assert found == {kind: kind for kind in KINDS}


@pytest.mark.parametrize("seed", range(6))
def test_pictures_of_nothing_are_no_document(seed: int, engine: TextEngine, finder: CardFinder):
    assert kind_of(lines_of(make_nothing(seed), engine, finder)) is None


@pytest.mark.parametrize(
    "condition",
    [
        Condition.PLAIN,
        Condition.LONG_TERM,
        Condition.TEMPORARY,
        Condition.BILINGUAL,
        Condition.WATERMARK,
        Condition.TOO_BLURRED,
        Condition.COVERED,
    ],
)
def test_identity_cards_are_no_other_document(condition: Condition, engine: TextEngine, finder: CardFinder):
    size = (1280, 960)
    jpeg = make_specimen(11, condition, "card.jpg", size).jpeg
    assert kind_of(lines_of(jpeg, engine, finder)) is None


@pytest.mark.parametrize("turns", range(4))
def test_lines_are_read_whichever_way_the_picture_is_turned(turns: int, engine: TextEngine):
    page = np.full((300, 900, 3), 245, np.uint8)
    for row, text in enumerate(("STUDENT ID CARD", "NAME JOHN", "STUDENT NO 20190012")):
        cv2.putText(page, text, (40, 70 + 90 * row), cv2.FONT_HERSHEY_DUPLEX, 1.6, (20, 20, 20), 2, cv2.LINE_AA)
    lines = lines_on(np.ascontiguousarray(np.rot90(page, turns)), [], engine)
    assert [line.replace(" ", "") for line in lines] == ["STUDENTIDCARD", "NAMEJOHN", "STUDENTNO20190012"]


def test_a_page_full_of_text_is_not_read_to_its_end(engine: TextEngine):
    page = np.full((1240, 900, 3), 245, np.uint8)
    for row in range(60):
        cv2.putText(page, f"LINE {row} OF A PAGE", (40, 30 + 20 * row), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (20, 20, 20), 1)
    assert len(lines_on(page, [], engine)) <= MOST_LINES


def test_an_empty_picture_has_no_lines(engine: TextEngine):
    assert lines_on(np.full((200, 300, 3), 128, np.uint8), [], engine) == []


def test_a_place_where_no_card_lies_does_not_hide_the_document_beside_it(engine: TextEngine):
    pixels = pixels_of(make_document(7000, DocumentKind.BANK_CARD)[0])
    elsewhere = np.array([[690, 608], [997, 1058], [738, 1136], [573, 782]], np.float32)
    assert kind_of(lines_on(pixels, [Placement(elsewhere, 0.83)], engine)) is DocumentKind.BANK_CARD
