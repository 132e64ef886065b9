"""Metrics against numbers worked out elsewhere."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idcard_core.evaluate.metrics import ErrorRate, Proportion, edit_distance, percentiles


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        pytest.param(50, 100, 0.40383, 0.59617, id="a half of a hundred"),
        pytest.param(985, 1000, 0.97540, 0.99089, id="nearly all of a thousand"),
        pytest.param(10, 10, 0.72247, 1.0, id="all of ten"),
        pytest.param(0, 10, 0.0, 0.27753, id="none of ten"),
    ],
)
def test_wilson_interval(right: int, total: int, low: float, high: float) -> None:
    assert Proportion(right, total).interval == pytest.approx((low, high), abs=1e-5)


@given(total=st.integers(1, 5000), share=st.floats(0, 1))
def test_interval_holds_the_rate(total: int, share: float) -> None:
    proportion = Proportion(round(share * total), total)
    low, high = proportion.interval
    assert 0 <= low <= proportion.rate <= high <= 1


def test_a_proportion_of_nothing() -> None:
    assert math.isnan(Proportion().rate)
    assert Proportion().interval == (0, 1)
    assert math.isnan(ErrorRate().rate)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        pytest.param("", "", 0, id="nothing"),
        pytest.param("北京市", "", 3, id="all lost"),
        pytest.param("kitten", "sitting", 3, id="two replaced and one added"),
        pytest.param("昊天", "吴天", 1, id="one look-alike"),
        pytest.param("甲8号院2单元", "8号院2单元", 1, id="the first lost"),
        pytest.param("abcdef", "bcdefa", 2, id="moved: one lost, one added"),
    ],
)
def test_edit_distance(one: str, other: str, distance: int) -> None:
    assert edit_distance(one, other) == edit_distance(other, one) == distance


@given(st.text("ab汉", max_size=8), st.text("ab汉", max_size=8), st.text("ab汉", max_size=8))
def test_edit_distance_is_a_metric(a: str, b: str, c: str) -> None:
    assert (edit_distance(a, b) == 0) == (a == b)
    assert edit_distance(a, c) <= edit_distance(a, b) + edit_distance(b, c)
    assert abs(len(a) - len(b)) <= edit_distance(a, b) <= max(len(a), len(b))


def test_percentiles() -> None:
    assert math.isnan(percentiles([]).p50)
    found = percentiles([float(milliseconds) for milliseconds in range(1, 102)])
    assert (found.count, found.p50, found.p90, found.p99) == (101, 51, 91, 100)
