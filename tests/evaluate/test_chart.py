"""The plots are well-formed and as long as their numbers."""

from __future__ import annotations

import math
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted import DARK, DOUBTING, HALF_RIGHT, SAMPLES, Scripted

from idcard_core.evaluate.benchmark import BenchmarkResult, compare
from idcard_core.evaluate.chart import PLOT_PX, Bar, bar_chart, character_errors_chart, whole_cards_chart
from idcard_core.evaluate.latency_chart import HEIGHT_PX, TOP_PX, distribution_chart
from idcard_core.evaluate.reliability_chart import reliability_chart, stretched

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def result() -> BenchmarkResult:
    return compare([Scripted("ours", DOUBTING, []), Scripted("theirs", HALF_RIGHT, [])], [*SAMPLES, DARK])


def texts(chart: ElementTree.Element) -> set[str]:
    return {text.text or "" for text in chart.findall(f"{SVG}text")}


def test_bars_are_as_long_as_their_values() -> None:
    groups = {
        "plain": [Bar(1.0, "all", (0.5, 1.0)), Bar(0.25, "a quarter")],
        "<dim>": [Bar(0.5, "half"), Bar(math.nan, "none")],
    }
    chart = ElementTree.fromstring(bar_chart("Right", ["ours", "a & b"], groups, 1.0))
    bars = [float(rect.attrib["width"]) for rect in chart.findall(f"{SVG}rect")[3:]]
    assert bars == [PLOT_PX, PLOT_PX / 4, PLOT_PX / 2]
    assert {"Right", "ours", "a & b", "plain", "<dim>", "all", "a quarter", "half"} == texts(chart)
    interval = chart.findall(f"{SVG}line")[0].attrib
    assert float(interval["x2"]) - float(interval["x1"]) == PLOT_PX / 2


def test_a_chart_of_nothing() -> None:
    assert ElementTree.fromstring(bar_chart("Right", [], {}, 0.0)).tag == f"{SVG}svg"


def test_charts_of_a_run_have_every_readable_condition(result: BenchmarkResult) -> None:
    whole = texts(ElementTree.fromstring(whole_cards_chart(result)))
    assert {"plain", "turned", "66.7%", "33.3%", "0.0%"} <= whole
    assert "too_dark" not in whole
    assert {"plain", "turned", "100.00%"} <= texts(ElementTree.fromstring(character_errors_chart(result)))


def test_a_curve_climbs_from_none_to_all() -> None:
    chart = ElementTree.fromstring(
        distribution_chart({"ours": [120.0, 90.0, 400.0], "theirs": [2000.0]}, "times", "ms")
    )
    curve = chart.findall(f"{SVG}polyline")[0].attrib["points"].split()
    heights = [float(point.split(",")[1]) for point in curve]
    assert (heights[0], heights[-1], len(heights)) == (TOP_PX + HEIGHT_PX, TOP_PX, 6)
    assert heights == sorted(heights, reverse=True)
    assert {"10", "100", "1000", "2000", "50%"} <= texts(chart)


def test_a_curve_of_nothing() -> None:
    assert ElementTree.fromstring(distribution_chart({"ours": []}, "times", "ms")).tag == f"{SVG}svg"


def test_a_panel_for_all_fields_and_one_for_each_kind(result: BenchmarkResult) -> None:
    chart = ElementTree.fromstring(reliability_chart(result.contestants[0]))
    headings = sorted(text for text in texts(chart) if "ECE" in text)
    assert [heading.split(":")[0] for heading in headings] == ["all fields", "失效日期", "姓名", "性别", "签发机关"]
    assert headings[0].startswith("all fields: 6 fields, ECE ")
    # Bins that hold a field: of all fields three; of each kind one.
    assert len(chart.findall(f"{SVG}circle")) == 4 + 4


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_stretched_axis_keeps_the_order_and_its_ends(one: float, other: float) -> None:
    assert stretched(0) == pytest.approx(0)
    assert stretched(1) == 1
    assert (stretched(min(one, other))) <= stretched(max(one, other))
