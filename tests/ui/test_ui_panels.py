"""What the panels say about a reading, without a browser."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ui_readings import make_card, make_exhibit, make_reading, quad

from idcard_core.card import Doubt, Field, FieldName, ImageStatus, Reading, ReadOptions, Reason, RiskType, Side
from idcard_core.errors import DocumentError, ImageDataError, RecognitionError
from idcard_core.ui.errors_panel import explain
from idcard_core.ui.history import Failure
from idcard_core.ui.look import Tone
from idcard_core.ui.pages.try_it.inputs import name_of
from idcard_core.ui.reading_view.field_table import fields_html
from idcard_core.ui.reading_view.verdicts import verdicts
from idcard_core.ui.reading_view.views import views
from idcard_core.ui.shelf import CardPictures, ShownCard
from idcard_core.ui.strings import Language, Texts

ZH, EN = Texts(Language.ZH), Texts(Language.EN)


@pytest.mark.parametrize(
    ("reading", "which", "label", "tone"),
    [
        pytest.param(make_reading(make_card()), 0, "Portrait side", Tone.GOOD, id="a front"),
        pytest.param(make_reading(make_card(), make_card(Side.BACK)), 0, "Both sides", Tone.GOOD, id="both sides"),
        pytest.param(make_reading(make_card(), make_card()), 0, "2 card sides", Tone.GOOD, id="two fronts"),
        pytest.param(make_reading(), 0, "Not found", Tone.BAD, id="no card"),
        pytest.param(make_reading(make_card(fields=())), 0, "Portrait side", Tone.FAIR, id="fields missing"),
        pytest.param(make_reading(make_card()), 1, "Upright", Tone.GOOD, id="upright"),
        pytest.param(make_reading(make_card(quarter_turns=1)), 1, "90° counter-clockwise", Tone.INFO, id="turned"),
        pytest.param(make_reading(make_card(quarter_turns=-1)), 1, "Cannot tell", Tone.QUIET, id="direction unknown"),
        pytest.param(make_reading(make_card(), options=ReadOptions()), 1, "Not checked", Tone.QUIET, id="not asked"),
        pytest.param(make_reading(status=ImageStatus.NON_IDCARD), 2, "No ID card", Tone.BAD, id="no id card"),
        pytest.param(make_reading(make_card()), 3, "Unknown", Tone.QUIET, id="risk unknown"),
        pytest.param(make_reading(risk=RiskType.SCREEN), 3, "Screen", Tone.BAD, id="screen"),
        pytest.param(make_reading(edit_tool="GIMP 2.10"), 3, "Edited", Tone.BAD, id="edited"),
    ],
)
def test_verdicts(reading: Reading, which: int, label: str, tone: Tone) -> None:
    verdict = verdicts(reading, EN)[which]
    assert (verdict.label, verdict.tone) == (label, tone)
    assert verdict.line


def test_an_edited_copy_says_both() -> None:
    verdict = verdicts(make_reading(risk=RiskType.COPY, edit_tool="GIMP 2.10"), EN)[3]
    assert verdict.label == "Photocopy"
    assert "GIMP 2.10" in verdict.line


def test_the_photo_has_a_box_for_every_field_in_full_picture_pixels() -> None:
    photo, *cards = views(make_exhibit(reading=make_reading(make_card(confidence=0.5))), ZH)
    boxes = {box.id: box for box in photo.boxes}
    assert set(boxes) == {f"0.{found.name.value}" for found in make_card().fields}
    name = boxes["0.name"]
    assert name.points[0] == (100, 100)
    assert (name.label, name.tone) == ("姓名", Tone.BAD)
    assert name.lines == ["张样本", "置信度 50.0%"]
    assert (photo.width, photo.height) == (1200, 800)
    assert photo.image.startswith("data:image/jpeg;base64,")
    assert not cards, "there is no rectified card to show"


def test_a_rectified_card_is_a_view_of_its_own_with_the_same_boxes_where_they_are_on_it() -> None:
    pictures = CardPictures(rectified=b"card", portrait=b"face", heat=b"heat", glare=b"glare")
    card = make_card()  # 856 x 540, its corner at (50, 50)
    photo, flat = views(make_exhibit(reading=make_reading(card), pictures=(pictures,)), EN)
    assert [box.id for box in flat.boxes] == [box.id for box in photo.boxes]
    assert flat.boxes[0].points[0] == (50, 50)
    assert (flat.id, flat.label, flat.width, flat.height) == ("card-0", "Card", 856, 540)
    assert [layer.name for layer in photo.layers] == ["portrait", "heat", "glare"]
    assert [layer.image[:15] for layer in photo.layers] == ["data:image/jpeg", "data:image/png;", "data:image/png;"]
    assert photo.layers[1].points == ((50, 50), (906, 50), (906, 590), (50, 590))
    assert flat.layers[1].points == ((0, 0), (856, 0), (856, 540), (0, 540))
    assert not any(layer.shown for layer in photo.layers)


def test_what_stands_in_a_picture_cannot_become_markup() -> None:
    nasty = '<img src=x onerror="alert(1)">'
    card = make_card()
    fields = (replace(card.fields[0], text=nasty), *card.fields[1:])
    reading = make_reading(replace(card, fields=fields))
    shown = ShownCard(reading.cards[0], CardPictures(), {FieldName.NAME: nasty})
    assert "<img" not in fields_html(shown, EN)


def test_the_table_shows_labels_rules_and_gaps() -> None:
    card = make_card()
    changed = Field(FieldName.NATION, "汉", 0.7, raw="汊", rule="nation")
    fields = tuple({FieldName.NATION: changed}.get(f.name, f) for f in card.fields if f.name is not FieldName.SEX)
    expected = {FieldName.NAME: "张样本", FieldName.ADDRESS: "别处"}
    html = fields_html(ShownCard(replace(card, fields=fields), CardPictures(), expected), ZH)
    assert "未读出" in html
    assert "原样读作 汊" in html
    assert "标注为 别处" in html
    assert html.count("✓") == 1
    assert html.count("✗") == 1
    assert "1949-12-31" in html


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        pytest.param(Failure(462, ImageDataError.DOWNLOAD), "The picture at this address cannot be fetched.", id="url"),
        pytest.param(Failure(462, ImageDataError.EMPTY), "This file is empty.", id="empty"),
        pytest.param(Failure(462, ImageDataError.GIF_EMPTY), "This GIF file cannot be opened.", id="gif"),
        pytest.param(
            Failure(462, DocumentError.too_many_pages(50).message),
            "This file has more pages than the setting limits.document_pages allows.",
            id="too many pages",
        ),
        pytest.param(Failure(464, RecognitionError.EXCEPTION), "Reading failed.", id="recognition"),
    ],
)
def test_errors_are_explained(failure: Failure, said: str) -> None:
    assert explain(failure, EN) == said


def test_every_error_of_the_contract_has_a_sentence() -> None:
    from idcard_core import errors

    codes = {kind.code for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "code")}
    assert {code for code in codes if f"error.{code}" not in ZH} == set()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://example.com/a/card.jpg?size=9", "card.jpg"),
        ("https://example.com/", "example.com"),
        ("http://[broken", "http://[broken"),
        ("card", "card"),
    ],
)
def test_a_picture_behind_an_address_has_a_short_name(address: str, name: str) -> None:
    assert name_of(address) == name


def test_the_front_is_shown_before_the_back_and_each_kind_from_the_top_left() -> None:
    below = make_card(Side.FRONT, quad=quad(900, 700, 856, 540))
    exhibit = make_exhibit(reading=make_reading(make_card(Side.BACK), below, make_card(Side.FRONT)))
    assert [shown.card.side for shown in exhibit.cards] == [Side.FRONT, Side.FRONT, Side.BACK]
    assert exhibit.cards[1].card is below
    assert [shown.number for shown in exhibit.cards] == [1, 2, 3]


def test_several_cards_have_their_numbers_in_picture_and_tables() -> None:
    exhibit = make_exhibit(reading=make_reading(make_card(), make_card(Side.BACK)))
    photo = views(exhibit, EN)[0]
    assert [outline.number for outline in photo.outlines] == ["1", "2"]
    assert {box.id for box in photo.boxes} >= {"1.name", "2.gov"}
    assert '<b class="id-card-number">2</b>Emblem side' in fields_html(exhibit.cards[1], EN)
    assert 'data-box="2.gov"' in fields_html(exhibit.cards[1], EN)
    alone = make_exhibit()
    assert [outline.number for outline in views(alone, EN)[0].outlines] == [""]
    assert "id-card-number" not in fields_html(alone.cards[0], EN)


DOUBTS = (
    Doubt(FieldName.ADDRESS, Reason.COVERED),
    Doubt(FieldName.ADDRESS, Reason.LOW_CONFIDENCE),
    Doubt(FieldName.NAME, Reason.NOT_READ),
)


def test_a_card_that_needs_review_says_so_and_why_field_by_field() -> None:
    card = make_card(doubts=DOUBTS, fields=make_card().fields[1:])
    html = fields_html(make_exhibit(reading=make_reading(card)).cards[0], EN)
    assert '<span class="id-badge id-fair">Needs review</span>' in html
    rows = html.split("<tr ")
    doubted = [row for row in rows if 'class="id-doubted"' in row]
    assert [row.split('"')[1] for row in doubted] == ["name", "address"]
    assert "Nothing was read where a value should stand" in doubted[0]
    assert "Covered by a stamp, a watermark or a thing; read without certainty" in doubted[1]
    chinese = fields_html(make_exhibit(reading=make_reading(card)).cards[0], ZH)
    assert "需复核" in chinese
    assert "被印章、水印或物品遮挡；读得没有把握" in chinese


def test_a_card_without_doubts_says_nothing_of_review() -> None:
    html = fields_html(make_exhibit().cards[0], EN)
    assert "review" not in html.lower()
    assert "id-doubted" not in html


def test_a_doubtful_field_s_box_is_never_green_and_tells_why() -> None:
    photo = views(make_exhibit(reading=make_reading(make_card(doubts=DOUBTS))), EN)[0]
    boxes = {box.id: box for box in photo.boxes}
    assert (boxes["0.address"].tone, boxes["0.sex"].tone) == (Tone.FAIR, Tone.GOOD)
    assert "Covered by a stamp, a watermark or a thing" in boxes["0.address"].lines


def test_a_picture_with_doubts_is_not_said_to_be_ready_for_use() -> None:
    verdict = verdicts(make_reading(make_card(doubts=DOUBTS)), EN)[2]
    assert (verdict.label, verdict.line) == (
        "Normal",
        "Nothing is wrong with the picture, but some fields need review.",
    )
