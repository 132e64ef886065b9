"""The list of failures names what went wrong, and tells no field's value unless asked."""

from __future__ import annotations

import json

from scripted import DARK, DOUBTING, SAMPLES, Scripted

from idcard_core.evaluate.benchmark import compare
from idcard_core.evaluate.folder import accuracy_report


def rows(values: bool) -> list[dict[str, object]]:
    report = accuracy_report(compare([Scripted("ours", DOUBTING, [])], [*SAMPLES, DARK]), values)
    assert report.failures is not None
    return [json.loads(line) for line in report.failures.splitlines()]


def test_a_wrong_card_is_named_with_its_wrong_fields() -> None:
    turned, both, dark = rows(values=False)
    assert turned == {
        "image": "turned.jpg",
        "condition": "turned",
        "readable": True,
        "seed": None,
        "side": "back",
        "found": False,
        "wrong": ["gov", "enddate"],
        "needs_review": False,
    }
    assert (both["image"], both["wrong"], both["needs_review"]) == ("both.jpg", ["name"], True)
    assert (dark["image"], dark["readable"], dark["needs_review"]) == ("dark.jpg", False, True)


def test_values_only_where_they_are_asked_for() -> None:
    assert not any("values" in row for row in rows(values=False))
    _, both, _ = rows(values=True)
    assert both["values"] == {"name": {"expected": "张三丰", "read": "张王丰"}}
