"""Answers held against labels: which answer is for which card, and what is judged of it."""

from __future__ import annotations

import pytest
from scripted import BACK, FRONT

from idcard_core.card import Doubt, FieldName, Reason, Side
from idcard_core.evaluate.answers import CardAnswer
from idcard_core.evaluate.outcomes import judge_cards, judge_picture, pair_up
from idcard_core.evaluate.own import ThisProject
from idcard_core.evaluate.samples import CardTruth, Sample
from idcard_core.reader import IdCardReader
from idcard_core.specimen import Condition, shipped_samples

TEMPORARY = CardTruth(Side.FRONT, {**FRONT, **BACK})


@pytest.mark.parametrize(
    ("answers", "paired"),
    [
        pytest.param([], [None, None], id="nothing read"),
        pytest.param(["乙"], [None, "乙"], id="only the second card read"),
        pytest.param(["乙", "甲"], ["甲", "乙"], id="read in another order"),
        pytest.param(["丙", "甲", "丁"], ["甲", "丙"], id="one wrong and one too many"),
    ],
)
def test_answers_are_paired_with_the_cards_they_agree_with(answers: list[str], paired: list[str | None]) -> None:
    truths = [CardTruth(Side.FRONT, {FieldName.NAME: name}) for name in "甲乙"]
    found = pair_up(truths, [CardAnswer(Side.FRONT, {FieldName.NAME: name}) for name in answers])
    assert [card and card.texts[FieldName.NAME] for card in found] == paired


def test_an_answer_is_never_for_a_card_of_the_other_side() -> None:
    assert pair_up([CardTruth(Side.BACK, BACK)], [CardAnswer(Side.FRONT, BACK)]) == [None]


def test_every_labelled_field_is_judged_and_no_other() -> None:
    (card,) = judge_cards([CardTruth(Side.FRONT, FRONT)], [CardAnswer(Side.FRONT, {FieldName.NATION: "汉"})])
    assert [(field.name, field.read) for field in card.fields] == [(FieldName.NAME, ""), (FieldName.SEX, "")]
    assert (card.found, card.wrong) == (True, (FieldName.NAME, FieldName.SEX))


def test_a_card_without_an_answer_is_wrong_and_not_found() -> None:
    (card,) = judge_cards([CardTruth(Side.FRONT, FRONT)], [])
    assert (card.found, card.is_right, card.needs_review, card.doubts) == (False, False, False, None)


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        pytest.param([CardAnswer(Side.FRONT, {**FRONT, **BACK})], (), id="all nine on the front"),
        pytest.param([CardAnswer(Side.FRONT, FRONT)], (FieldName.GOV, FieldName.ENDDATE), id="the front's six"),
        pytest.param([CardAnswer(Side.FRONT, FRONT), CardAnswer(Side.BACK, BACK)], (), id="as two cards"),
        pytest.param([CardAnswer(Side.BACK, BACK)], (FieldName.NAME, FieldName.SEX), id="only the back's three"),
    ],
)
def test_the_back_s_items_on_a_temporary_card_are_judged(
    answers: list[CardAnswer], wrong: tuple[FieldName, ...]
) -> None:
    (card,) = judge_cards([TEMPORARY], answers)
    assert card.side is Side.FRONT
    assert [field.name for field in card.fields] == [*FRONT, *BACK]
    assert card.wrong == wrong


def test_a_temporary_card_takes_nothing_from_a_card_that_is_labelled_itself() -> None:
    front, back = judge_cards(
        [TEMPORARY, CardTruth(Side.BACK, BACK)], [CardAnswer(Side.FRONT, FRONT), CardAnswer(Side.BACK, BACK)]
    )
    assert front.wrong == (FieldName.GOV, FieldName.ENDDATE)
    assert back.is_right


def test_confidences_and_doubts_of_both_answers_go_with_a_temporary_card() -> None:
    doubt = Doubt(FieldName.GOV, Reason.LOW_CONFIDENCE)
    answers = [
        CardAnswer(Side.FRONT, FRONT, {FieldName.NAME: 0.9, FieldName.SEX: 1.0}, ()),
        CardAnswer(Side.BACK, BACK, {FieldName.GOV: 0.6, FieldName.ENDDATE: 0.8}, (doubt,)),
    ]
    (card,) = judge_cards([TEMPORARY], answers)
    assert [field.confidence for field in card.fields] == [0.9, 1.0, 0.6, 0.8]
    assert card.doubts == (doubt,)


def test_all_nine_fields_of_a_real_temporary_card_are_judged_with_their_confidences() -> None:
    shipped = next(sample for sample in shipped_samples() if sample.label.condition == Condition.TEMPORARY)
    sample = Sample.of(shipped.label, shipped.path.parent)
    picture = judge_picture(sample, ThisProject(IdCardReader()).read(str(sample.path)), 1.0)
    (card,) = picture.cards
    assert tuple(field.name for field in card.fields) == tuple(FieldName)
    front = [field for field in card.fields if field.name not in (FieldName.GOV, *BACK, FieldName.BEGINDATE)]
    assert all(field.is_right and field.confidence is not None and field.confidence > 0.5 for field in front)
    assert card.doubts is not None
    assert picture.direction_is_right
