"""Kept readings held against labels that come after them."""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
import pytest
from store_builders import ADDRESS, NAME, NOW, NUMBER, OTHER_NAME, SHA, a_label, a_reading, a_sample, an_occasion, later

from idcard_core.card import FIELDS, FieldName, ImageStatus, PictureInfo, Reading, ReadOptions, RiskType, Side
from idcard_core.card import Card as DomainCard
from idcard_core.card import Field as CardField
from idcard_core.contract import render
from idcard_core.specimen.labels import CardLabel, PictureLabel
from idcard_core.store.accuracy import marks_of
from idcard_core.store.errors import Damaged
from idcard_core.store.store import Store

Texts = Mapping[FieldName, str]
N, A, I = FieldName.NAME, FieldName.ADDRESS, FieldName.IDCARDNO  # noqa: E741
RIGHT = {N: NAME, I: NUMBER, A: "covered, whatever it says"}


def an_answer(*cards: tuple[Side, Texts], detail: bool = True, side: Side | None = None) -> str:
    """As the program itself writes it."""
    quad = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    found = tuple(
        DomainCard(side, quad, 0, 0.0, tuple(CardField(name, texts.get(name, "")) for name in FIELDS[side]))
        for side, texts in cards
    )
    info = PictureInfo(10, 10, "JPEG", 100, SHA)
    reading = Reading(info, ReadOptions(side=side, detail=detail), found, ImageStatus.NORMAL, RiskType.NORMAL)
    return json.dumps(render(reading, 7), ensure_ascii=False)


def two_sides() -> PictureLabel:
    back = CardLabel(Side.BACK, {FieldName.GOV: "样本市公安局"})
    return PictureLabel("x.jpg", "plain", (*a_label().cards, back))


@pytest.mark.parametrize(
    ("answer", "label", "expected"),
    [
        pytest.param(an_answer((Side.FRONT, RIGHT)), a_label(), {N: True, I: True}, id="right, covered field left out"),
        pytest.param(
            an_answer((Side.FRONT, {**RIGHT, N: OTHER_NAME})), a_label(), {N: False, I: True}, id="one field wrong"
        ),
        pytest.param(an_answer(), a_label(), {N: False, I: False}, id="nothing found"),
        pytest.param(
            an_answer((Side.FRONT, RIGHT)), two_sides(), {N: True, I: True, FieldName.GOV: False}, id="a side missing"
        ),
        pytest.param(
            an_answer((Side.FRONT, RIGHT), detail=False, side=Side.FRONT),
            two_sides(),
            {N: True, I: True},
            id="asked for one side, without detail",
        ),
    ],
)
def test_marks(answer: str, label: PictureLabel, expected: dict[FieldName, bool]) -> None:
    assert marks_of(answer, label) == expected


@pytest.mark.parametrize("answer", ["", "[]", "{}", '{"msg": 3}', '{"detail": {"cards": [{"side": "top"}]}}'])
def test_what_is_no_answer(answer: str) -> None:
    with pytest.raises(Damaged, match="reading answer"):
        marks_of(answer, a_label())


def test_readings_are_marked_by_the_newest_label(store: Store) -> None:
    first = store.readings.keep(a_reading(marks={}), an_answer((Side.FRONT, RIGHT)))
    bare = store.readings.keep(a_reading(an_occasion(later(hours=1)), marks={}))
    set_id = store.samples.make_set("set", "甲", NOW)
    store.samples.add(set_id, [a_sample()])
    assert store.accuracy.refresh(SHA) == 1
    assert [row.marks for row in store.readings.of_picture(SHA)] == [{}, {N: True, I: True}]
    store.samples.correct(set_id, a_sample(label=a_label(OTHER_NAME)), seen=1)
    store.accuracy.refresh(SHA)
    found = store.readings.get(first)
    assert found is not None
    assert found.marks == {N: False, I: True}
    store.samples.delete_set(set_id)
    store.accuracy.refresh(SHA)
    assert [row.marks for row in store.readings.of_picture(SHA)] == [{}, {}]
    assert store.readings.answer(bare) is None
    assert ADDRESS not in repr(found)
