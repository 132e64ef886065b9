"""Edited specimens: the labels tell what was changed, and nothing else was."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from idcard_core.card import FieldName, Points
from idcard_core.specimen import Condition
from idcard_core.specimen.editing import EditedSpecimen, EditStyle, make_edited

SIZE = (960, 720)


def decoded(specimen: EditedSpecimen) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(specimen.jpeg, np.uint8), cv2.IMREAD_COLOR)


def has_print(picture: np.ndarray, quad: Points) -> bool:
    mask = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, np.round(quad).astype(np.int32), 255)
    grey = picture.mean(axis=2)[mask > 0]
    return bool(np.percentile(grey, 2) < 0.7 * np.median(grey))


@pytest.mark.parametrize("style", list(EditStyle), ids=lambda style: style.value)
def test_an_edit_tells_which_field_it_changed(style: EditStyle):
    made = make_edited(3, Condition.PLAIN, style, SIZE)
    height, width = decoded(made).shape[:2]
    (card,) = made.label.cards
    assert made.style is style
    assert len(made.fields) == (0 if style is EditStyle.PORTRAIT else 1)
    assert made.portrait == (style is EditStyle.PORTRAIT)
    assert made.fields <= card.quads.keys()
    for quad in card.quads.values():
        assert quad.min() >= -8
        assert (quad.max(axis=0) <= (width + 8, height + 8)).all()


@pytest.mark.parametrize(
    "style", [EditStyle.RETYPED, EditStyle.CLEANED, EditStyle.PASTED_DIGITS, EditStyle.OTHER_PHOTO]
)
def test_a_changed_value_is_still_print(style: EditStyle):
    for seed in range(4):
        made = make_edited(seed, Condition.PLAIN, style, SIZE)
        (card,), (name,) = made.label.cards, made.fields
        assert card.fields[name]
        assert has_print(decoded(made), card.quads[name]), (seed, name)


def test_an_erased_value_leaves_no_print():
    for seed in range(4):
        made = make_edited(seed, Condition.PLAIN, EditStyle.ERASED, SIZE)
        (card,), (name,) = made.label.cards, made.fields
        assert card.fields[name] == ""
        assert not has_print(decoded(made), card.quads[name]), (seed, name)


def test_pasted_digits_come_from_the_same_value():
    made = make_edited(2, Condition.PLAIN, EditStyle.PASTED_DIGITS, SIZE)
    (card,), (name,) = made.label.cards, made.fields
    assert name in (FieldName.IDCARDNO, FieldName.BEGINDATE)
    assert len(card.fields[name]) == (18 if name is FieldName.IDCARDNO else 8)


def test_without_a_style_nothing_is_edited():
    made = make_edited(5, Condition.STAMP, None, SIZE)
    assert made.style is None
    assert not made.fields
    assert not made.portrait


def test_the_same_arguments_give_the_same_bytes():
    first, again = (make_edited(8, Condition.TILT, EditStyle.MATCHED, SIZE) for _ in range(2))
    assert first.jpeg == again.jpeg
    assert make_edited(9, Condition.TILT, EditStyle.MATCHED, SIZE).jpeg != first.jpeg


def test_histories_differ_widely():
    histories = [make_edited(seed, Condition.PLAIN, None, (1280, 960)).history for seed in range(40)]
    assert {history.first_quality is None for history in histories} == {True, False}
    assert {history.crop == (0, 0) for history in histories} == {True, False}
    assert min(history.last_quality for history in histories) < 80 <= max(history.last_quality for history in histories)
    assert any(history.scale_before < 1 for history in histories)
    assert any(history.scale_after < 1 for history in histories)
