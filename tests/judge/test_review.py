"""Doubts: which field to look at again, and why."""

import pytest

from idcard_core.card import Doubt, Field, Finding, Reason, Side
from idcard_core.card import FieldName as F
from idcard_core.judge.review import LEAST_CONFIDENCE, doubts_of

BACK = (Field(F.GOV, "某某市公安局", 0.99), Field(F.BEGINDATE, "20200101", 0.99), Field(F.ENDDATE, "20400101", 0.99))


def _with(**changed):
    return tuple(changed.get(field.name.value, field) for field in BACK)


@pytest.mark.parametrize(
    ("fields", "findings", "covered", "doubts"),
    [
        pytest.param(BACK, (), (), [], id="nothing to doubt"),
        pytest.param(BACK[1:], (), (), [(F.GOV, Reason.NOT_READ)], id="a field that was not found"),
        pytest.param(_with(gov=Field(F.GOV, "")), (), (), [(F.GOV, Reason.NOT_READ)], id="an empty field"),
        pytest.param(
            _with(gov=Field(F.GOV, "某某局", LEAST_CONFIDENCE - 0.01)),
            (),
            (),
            [(F.GOV, Reason.LOW_CONFIDENCE)],
            id="an unsure field",
        ),
        pytest.param(_with(gov=Field(F.GOV, "某某局", 0.2)), (), (F.GOV,), [(F.GOV, Reason.COVERED)], id="covered"),
        pytest.param(BACK, (Finding("end_unreal", field=F.ENDDATE),), (), [(F.ENDDATE, Reason.UNLAWFUL)], id="a rule"),
        pytest.param(BACK, (Finding("expired", field=F.ENDDATE),), (), [], id="expired is no reason to read again"),
    ],
)
def test_each_reason(fields, findings, covered, doubts):
    assert doubts_of(Side.BACK, fields, findings, covered) == tuple(Doubt(*doubt) for doubt in doubts)


def test_a_front_is_doubted_in_the_order_it_is_printed():
    findings = (Finding("checksum", field=F.IDCARDNO), Finding("sex_disagrees", field=F.SEX))
    fields = tuple(Field(name, "x", 0.99) for name in (F.SEX, F.NATION, F.BIRTHDAY, F.ADDRESS, F.IDCARDNO))
    assert doubts_of(Side.FRONT, fields, findings) == (
        Doubt(F.NAME, Reason.NOT_READ),
        Doubt(F.SEX, Reason.DISAGREES),
        Doubt(F.IDCARDNO, Reason.UNLAWFUL),
    )


def test_the_fields_below_a_temporary_cards_number_count_too():
    fields = tuple(Field(name, "x", 0.99) for name in F if name is not F.ENDDATE)
    assert doubts_of(Side.FRONT, (*fields, Field(F.ENDDATE, "")), ()) == (Doubt(F.ENDDATE, Reason.NOT_READ),)
