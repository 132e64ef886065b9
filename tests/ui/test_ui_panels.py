"""What the panels say about a reading, without a browser."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ui_readings import TEXTS, make_card, make_exhibit, make_reading

from idcard_core.card import Field, FieldName, ImageStatus, Reading, ReadOptions, RiskType, Side
from idcard_core.errors import ImageDataError, RecognitionError
from idcard_core.ui.errors_panel import explain
from idcard_core.ui.field_table import fields_html
from idcard_core.ui.history import Failure
from idcard_core.ui.inputs import name_of
from idcard_core.ui.look import Tone
from idcard_core.ui.picture import figure
from idcard_core.ui.strings import Language, Texts
from idcard_core.ui.verdicts import verdicts

ZH, EN = Texts(Language.ZH), Texts(Language.EN)


@pytest.mark.parametrize(
    ("reading", "which", "label", "tone"),
    [
        pytest.param(make_reading(make_card()), 0, "Portrait side", Tone.GOOD, id="a front"),
        pytest.param(make_reading(make_card(), make_card(Side.BACK)), 0, "Both sides", Tone.GOOD, id="both sides"),
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


def test_the_figure_boxes_every_field_in_full_picture_pixels() -> None:
    plot = figure(make_exhibit(reading=make_reading(make_card(confidence=0.5))), ZH)
    boxes = {trace.name: trace for trace in plot.data if trace.fill == "toself"}
    assert set(boxes) == {name.value for name in TEXTS if name in {f.name for f in make_card().fields}}
    name = boxes["name"]
    assert (name.x[0], name.y[0]) == (100, 100)
    assert "张样本" in name.text
    assert "50.0%" in name.text
    assert plot.layout.dragmode == "pan"
    assert (plot.layout.images[0].sizex, plot.layout.images[0].sizey) == (1200, 800)
    assert plot.layout.images[0].source.startswith("data:image/jpeg;base64,")


def test_what_stands_in_a_picture_cannot_become_markup() -> None:
    nasty = '<img src=x onerror="alert(1)">'
    card = make_card()
    fields = (replace(card.fields[0], text=nasty), *card.fields[1:])
    reading = make_reading(replace(card, fields=fields))
    box = next(trace for trace in figure(make_exhibit(reading=reading), EN).data if trace.name == "name")
    assert "<img" not in box.text
    assert "<img" not in fields_html(reading.cards[0], {FieldName.NAME: nasty}, EN)


def test_the_table_shows_labels_rules_and_gaps() -> None:
    card = make_card()
    changed = Field(FieldName.NATION, "汉", 0.7, raw="汊", rule="nation")
    fields = tuple({FieldName.NATION: changed}.get(f.name, f) for f in card.fields if f.name is not FieldName.SEX)
    html = fields_html(replace(card, fields=fields), {FieldName.NAME: "张样本", FieldName.ADDRESS: "别处"}, ZH)
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


def test_the_front_is_shown_before_the_back() -> None:
    exhibit = make_exhibit(reading=make_reading(make_card(Side.BACK), make_card(Side.FRONT)))
    assert [card.side for card, _ in exhibit.cards] == [Side.FRONT, Side.BACK]
