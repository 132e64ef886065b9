"""The whole pipeline with the real engine, on the shipped specimens."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from idcard_core import IdCardReader, Side
from idcard_core.card import FieldName, ImageStatus, NumberType, RiskType
from idcard_core.contract import render
from idcard_core.errors import ImageDataError
from idcard_core.specimen import Condition, shipped_samples
from idcard_core.specimen.make import make_specimen
from idcard_core.tracing import record

sys.path.insert(0, str(Path(__file__).parent / "intake"))
from intake_documents import pdf_of

READABLE = [sample for sample in shipped_samples() if sample.label.readable]
LARGEST_CORNER_ERROR = 0.04
"""Of the card's diagonal, on average over its corners: two characters of the address."""


@pytest.fixture(scope="module")
def reader():
    return IdCardReader()


def _sample(condition):
    return next(sample for sample in READABLE if sample.label.condition == condition)


@pytest.mark.parametrize("sample", READABLE, ids=lambda sample: sample.path.stem)
def test_every_field_of_every_readable_specimen_is_right(reader, sample):
    reading = reader.read(sample.path, direction=True)
    assert len(reading.cards) == len(sample.label.cards)
    for expected in sample.label.cards:
        card = reading.card(expected.side)
        assert card is not None, expected.side
        assert {name: card.field(name).text for name in expected.fields} == dict(expected.fields)
        assert card.quarter_turns == expected.quarter_turns
    assert reading.status is ImageStatus.NORMAL


@pytest.mark.parametrize("sample", READABLE, ids=lambda sample: sample.path.stem)
def test_cards_and_fields_stand_where_they_are(reader, sample):
    reading = reader.read(sample.path)
    for expected in sample.label.cards:
        card = reading.card(expected.side)
        diagonal = float(np.hypot(*(expected.corners[2] - expected.corners[0])))
        off = np.hypot(*(card.quad - expected.corners).T)
        assert off.mean() < LARGEST_CORNER_ERROR * diagonal
        for name, quad in expected.quads.items():
            middle = card.field(name).quad.mean(axis=0)
            assert np.hypot(*(middle - quad.mean(axis=0))) < 0.06 * diagonal, name


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_direction_is_how_often_the_picture_is_turned_counter_clockwise(reader, turns):
    picture = cv2.imread(str(_sample(Condition.PLAIN).path))
    reading = reader.read(np.ascontiguousarray(np.rot90(picture, turns)), direction=True)
    assert reading.direction == turns
    card = reading.cards[0]
    assert dict(_sample(Condition.PLAIN).label.cards[0].fields).items() <= {f.name: f.text for f in card.fields}.items()


def test_the_side_asked_for_answers_when_both_are_there(reader):
    path = _sample(Condition.BOTH_SIDES).path
    for side in Side:
        reading = reader.read(path, side=side)
        assert reading.status is ImageStatus.NORMAL
        assert reading.answering.side is side


def test_the_other_side_is_read_all_the_same(reader):
    sample = next(s for s in READABLE if [card.side for card in s.label.cards] == [Side.BACK])
    reading = reader.read(sample.path, side="front")
    assert reading.status is ImageStatus.REVERSED_SIDE
    assert reading.answering.side is Side.BACK
    assert reading.answering.field(FieldName.GOV).text == sample.label.cards[0].fields[FieldName.GOV]


def _pattern(kind):
    rng = np.random.default_rng(5)
    if kind == "noise":
        return rng.integers(0, 255, (600, 800, 3), np.uint8)
    picture = np.full((600, 800, 3), 235, np.uint8)
    if kind == "text":
        for row in range(12):
            cv2.putText(picture, "The quick brown fox 0123456789", (40, 60 + 42 * row), 0, 1.0, (30, 30, 30), 2)
    return picture


@pytest.mark.parametrize("kind", ["plain", "noise", "text"])
def test_a_picture_without_a_card_is_said_to_be_none(reader, kind):
    reading = reader.read(_pattern(kind), direction=True, photo=True)
    assert reading.status is ImageStatus.NON_IDCARD
    assert reading.cards == ()
    assert reading.direction == -1


def test_the_portrait_of_a_front_is_cut_out_and_placed(reader):
    sample = _sample(Condition.PLAIN)
    expected = sample.label.cards[0]
    portrait = reader.read(sample.path, photo=True).card(Side.FRONT).portrait
    assert portrait.image.shape[0] > portrait.image.shape[1] > 100
    middle = portrait.quad.mean(axis=0)
    assert cv2.pointPolygonTest(expected.portrait, tuple(map(float, middle)), False) > 0


def test_no_portrait_unless_asked_for_and_none_on_a_back(reader):
    assert reader.read(_sample(Condition.PLAIN).path).card(Side.FRONT).portrait is None
    assert reader.read(_sample(Condition.LONG_TERM).path, photo=True).card(Side.BACK).portrait is None


def test_two_fronts_of_different_people_are_two_cards(reader):
    samples = [s for s in READABLE if [c.side for c in s.label.cards] == [Side.FRONT]]
    chosen = [s for s in samples if s.label.condition in (Condition.PLAIN, Condition.TILT)][:2]
    pictures = [cv2.resize(cv2.imread(str(s.path)), (1500, 1100)) for s in chosen]
    reading = reader.read(np.hstack(pictures))
    ordered = sorted(reading.cards, key=lambda card: card.order)
    assert [card.side for card in ordered] == [Side.FRONT, Side.FRONT]
    for card, sample in zip(ordered, chosen, strict=True):
        assert {f.name: f.text for f in card.fields} == dict(sample.label.cards[0].fields)


@pytest.mark.parametrize("condition", [Condition.BOTH_SIDES, Condition.TOUCHING, Condition.A4_SCAN])
def test_auto_answers_both_sides_in_one_call_with_every_place(reader, condition):
    sample = _sample(condition)
    answer = render(reader.read(sample.path), 1)
    labels = {name.label: text for card in sample.label.cards for name, text in card.fields.items()}
    assert {label: entry["words"] for label, entry in answer["words_result"].items()} == labels
    assert all(min(entry["location"].values()) > 0 for entry in answer["words_result"].values())


def test_a_pdf_is_read_page_by_page(reader):
    samples = [_sample(Condition.PLAIN), _sample(Condition.A4_SCAN)]
    readings = reader.read_pages(pdf_of(*(Image.open(sample.path) for sample in samples)), direction=True)
    for number, (reading, sample) in enumerate(zip(readings, samples, strict=True), start=1):
        assert (reading.picture.page, reading.picture.format) == (number, "PDF")
        assert len(reading.cards) == len(sample.label.cards)
        for expected in sample.label.cards:
            card = reading.card(expected.side)
            assert {name: card.field(name).text for name in expected.fields} == dict(expected.fields)
            assert card.quarter_turns == expected.quarter_turns
        assert next(iter(reading.timings_ms)) == "decode"


def test_a_picture_is_a_document_of_one_reading(reader):
    (reading,) = reader.read_pages(_sample(Condition.PLAIN).path)
    assert reading.picture.page is None


def test_risk_is_told_only_where_it_was_asked_for(reader):
    path = _sample(Condition.PLAIN).path
    assert reader.read(path, risk=True).risk is RiskType.NORMAL
    assert reader.read(path).risk is RiskType.UNKNOWN


def test_the_number_is_checked_against_sex_and_birth(reader):
    card = reader.read(_sample(Condition.PLAIN).path).card(Side.FRONT)
    assert card.valid
    assert card.number_type is NumberType.AGREES


def test_every_stage_is_timed(reader):
    timings = reader.read(_sample(Condition.PLAIN).path).timings_ms
    assert list(timings) == ["decode", "locate", "read", "judge", "total"]
    assert all(value >= 0 for value in timings.values())
    assert timings["total"] >= timings["read"]


@pytest.mark.parametrize("seed", [0, 1, 13])
def test_a_rare_character_alone_is_no_sign_of_a_mark(reader, seed):
    """A line reader is unsure of it; it is looked at from close by before anybody looks for what lies over it."""
    specimen = make_specimen(seed, Condition.RARE_NAME, "")
    with record() as trace:
        reading = reader.read(specimen.jpeg)
    names = {span.path[-1] for span in trace.spans}
    assert "look closer" in names
    assert "marks" not in names
    assert reading.cards[0].field(FieldName.NAME).text == specimen.label.cards[0].fields[FieldName.NAME]


def test_threads_share_a_reader(reader):
    samples = READABLE[:6]
    alone = [_fields(reader.read(sample.path)) for sample in samples]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda sample: _fields(reader.read(sample.path)), samples))
    assert together == alone


def _fields(reading):
    return [[(field.name, field.text) for field in card.fields] for card in reading.cards]


def test_a_file_that_is_no_picture_raises_the_contract_s_error(reader, tmp_path):
    path = tmp_path / "card.jpg"
    path.write_bytes(b"no picture at all")
    with pytest.raises(ImageDataError, match="image decode failed"):
        reader.read(path)
