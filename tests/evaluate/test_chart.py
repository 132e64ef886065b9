"""The chart is well-formed and as long as its numbers."""

from __future__ import annotations

import math
from xml.etree import ElementTree

from idcard_core.evaluate.chart import PLOT_PX, bar_chart

SVG = "{http://www.w3.org/2000/svg}"


def test_bars_are_as_long_as_their_values() -> None:
    chart = ElementTree.fromstring(
        bar_chart("Right", ["ours", "a & b"], {"plain": [1.0, 0.25], "<dim>": [0.5, math.nan]})
    )
    bars = [float(rect.attrib["width"]) for rect in chart.findall(f"{SVG}rect")[3:]]
    assert bars == [PLOT_PX, PLOT_PX / 4, PLOT_PX / 2]
    texts = [text.text for text in chart.findall(f"{SVG}text")]
    assert {"ours", "a & b", "plain", "<dim>", "100.0%", "25.0%", "50.0%"} <= set(texts)


def test_a_chart_of_nothing() -> None:
    assert ElementTree.fromstring(bar_chart("Right", [], {})).tag == f"{SVG}svg"
