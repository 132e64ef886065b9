"""Calibration against numbers worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idcard_core.card import FieldName, Side
from idcard_core.evaluate.calibration import EDGES, calibrate, calibrations, overall_calibration
from idcard_core.evaluate.metrics import Proportion
from idcard_core.evaluate.outcomes import CardOutcome, FieldOutcome

CARD = CardOutcome(
    Side.FRONT,
    (
        FieldOutcome(FieldName.NAME, "甲", "甲", 0.75),
        FieldOutcome(FieldName.SEX, "女", "男", 0.25),
        FieldOutcome(FieldName.NATION, "汉", "", None),
    ),
)


def test_expected_error_and_brier_score() -> None:
    found = calibrate([(0.92, True), (0.94, False), (0.3, False), (1.0, True)])
    # Bins: {0.92, 0.94} right one of two, {0.3} none, {1.0} all.
    assert found.expected_error == pytest.approx((2 * abs(0.5 - 0.93) + 0.3 + 0) / 4)
    assert found.brier == pytest.approx((0.08**2 + 0.94**2 + 0.3**2 + 0) / 4)
    assert found.confidence == pytest.approx((0.92 + 0.94 + 0.3 + 1) / 4)
    assert found.right == Proportion(2, 4)


@pytest.mark.parametrize(
    ("confidence", "low"),
    [
        pytest.param(0.0, 0.0, id="none at all"),
        pytest.param(0.5, 0.5, id="on a border"),
        pytest.param(0.9949, 0.99, id="below a border"),
        pytest.param(1.0, 0.995, id="certain"),
    ],
)
def test_a_confidence_is_in_one_bin(confidence: float, low: float) -> None:
    assert [each.low for each in calibrate([(confidence, True)]).bins if each.right.total] == [low]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_bins_hold_every_field_once_and_the_numbers_stay_in_bounds(pairs: list[tuple[float, bool]]) -> None:
    found = calibrate(pairs)
    assert sum(each.right.total for each in found.bins) == len(pairs)
    assert len(found.bins) == len(EDGES) - 1
    assert 0 <= found.expected_error <= 1
    assert 0 <= found.brier <= 1


def test_nothing_told_is_nothing_measured() -> None:
    found = calibrate([])
    assert math.isnan(found.expected_error)
    assert math.isnan(found.brier)
    assert found.right == Proportion()


def test_fields_without_a_confidence_are_left_out() -> None:
    assert list(calibrations([CARD])) == [FieldName.NAME, FieldName.SEX]
    assert overall_calibration([CARD]).right == Proportion(1, 2)
    assert overall_calibration([CARD]).brier == pytest.approx(0.0625)
