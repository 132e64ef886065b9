"""What a card with something over it makes a reviewer look at."""

from __future__ import annotations

from idcard_core import IdCardReader
from idcard_core.card import FieldName, Reason, Severity, Side
from idcard_core.judge.marks import watermark_findings
from idcard_core.judge.review import doubts_of
from idcard_core.specimen import Condition, make_specimen


def test_each_mark_is_a_warning_with_its_text():
    found = watermark_findings(["仅限办理租房使用", "复印无效"])
    assert [(f.code, f.severity, f.values["text"]) for f in found] == [
        ("watermark", Severity.WARNING, "仅限办理租房使用"),
        ("watermark", Severity.WARNING, "复印无效"),
    ]


def test_a_covered_field_is_doubted_for_that():
    doubts = doubts_of(Side.BACK, [], [], {FieldName.GOV})
    assert [doubt.reason for doubt in doubts if doubt.field is FieldName.GOV] == [Reason.COVERED]


def test_a_value_under_a_patch_is_never_told_without_a_doubt():
    reader = IdCardReader()
    for seed in range(540, 550):
        made = make_specimen(seed, Condition.COVERED, "x.jpg", (1280, 960))
        (expected,) = made.label.cards
        card = reader.read(made.jpeg, detail=True).card(expected.side)
        assert card is not None
        doubted = {doubt.field for doubt in card.doubts}
        for name in expected.covered:
            assert name in doubted or card.field(name).text == expected.fields[name], (seed, name)
