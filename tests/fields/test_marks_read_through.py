"""Cards with watermarks and stamps, read by the real engine; the specimens are drawn here."""

from __future__ import annotations

import pytest
from card_lines import make_line

from idcard_core import IdCardReader
from idcard_core.card import Card
from idcard_core.fields.marks.read_through import from_labels
from idcard_core.specimen import Condition, make_specimen
from idcard_core.specimen.labels import CardLabel

SIZE = (1280, 960)
SEEDS = range(500, 508)
Read = tuple[CardLabel, Card]


def read(reader: IdCardReader, condition: Condition, seed: int) -> Read:
    made = make_specimen(seed, condition, "x.jpg", SIZE)
    (label,) = made.label.cards
    card = reader.read(made.jpeg, detail=True).card(label.side)
    assert card is not None
    return label, card


def texts_of(card: Card) -> list[str]:
    return [finding.values["text"] for finding in card.findings if finding.code == "watermark"]


@pytest.fixture(scope="module")
def reader() -> IdCardReader:
    return IdCardReader()


@pytest.fixture(scope="module", params=[Condition.WATERMARK, Condition.STAMP], ids=lambda condition: condition.value)
def marked(request: pytest.FixtureRequest, reader: IdCardReader) -> list[Read]:
    return [read(reader, request.param, seed) for seed in SEEDS]


def test_nearly_every_card_is_read_whole_through_its_mark(marked: list[Read]):
    right = [all(card.field(name).text == text for name, text in label.fields.items()) for label, card in marked]
    assert sum(right) >= len(right) - 1


def test_what_was_misread_is_doubted(marked: list[Read]):
    for label, card in marked:
        wrong = {name for name, text in label.fields.items() if card.field(name).text != text}
        assert wrong <= {doubt.field for doubt in card.doubts}


def test_marks_are_told_with_their_text(marked: list[Read]):
    # A ring is read from its foot, a line is cut by the card's edge: the greater part of the characters counts.
    told = [
        any(len(set(text) & set(mark)) > 0.7 * len(set(text)) for text in texts_of(card) for mark in label.marks)
        for label, card in marked
    ]
    assert sum(told) >= 2  # the lightest of them are hardly seen by a person either


@pytest.mark.parametrize(
    "condition",
    [Condition.PLAIN, Condition.NOISE, Condition.LOW_JPEG, Condition.BILINGUAL, Condition.TEMPORARY],
    ids=lambda condition: condition.value,
)
def test_no_mark_is_told_on_a_card_without_one(reader: IdCardReader, condition: Condition):
    _, card = read(reader, condition, 520)
    assert texts_of(card) == []


def test_a_row_that_is_part_of_a_longer_one_is_left_out():
    label, value = make_line("签发机关泰", 180, 403), make_line("泰州市公安局", 355, 402)
    rows = from_labels([label.row, value.row], [make_line("签发机关 泰州市公安局", 180, 402)])
    assert len(rows) == 1
    assert rows[0].left < 200
    assert rows[0].right == pytest.approx(value.row.right)
