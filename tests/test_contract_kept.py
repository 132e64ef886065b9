"""A kept answer gives back the reading it was made from."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from idcard_core import contract
from idcard_core.card import (
    Doubt,
    FieldName,
    Finding,
    ImageStatus,
    Reading,
    ReadOptions,
    Reason,
    RiskType,
    Severity,
    Side,
)
from idcard_core.judgement import Obstruction, Quality, Risks, Tampering

sys.path.insert(0, str(Path(__file__).parent / "ui"))
from ui_readings import make_card, make_reading

DETAILED = ReadOptions(direction=True, risk=True, photo=True, detail=True)


def a_rich_reading() -> Reading:
    """With everything that a detail can tell."""
    front = make_card(
        quarter_turns=3,
        doubts=(Doubt(FieldName.NAME, Reason.COVERED),),
        findings=(Finding("checksum", Severity.WARNING, FieldName.IDCARDNO, {"printed": "1", "expected": "X"}),),
        quality=Quality(0.5, 0.75, 1.0, 0.25),
        risks=Risks(0.5, 0.25, 0.125, 0.125, 0.0, {"stripes": 0.5}),
        tampering=Tampering(np.zeros((3, 3), np.float32), {FieldName.NAME: 0.25}, 0.5),
    )
    name, *others = front.fields
    odd = replace(name, rule="name", raw="张祥本", obstruction=Obstruction(0.5, True, True))
    gone = replace(others[0], quad=None, text="", confidence=0.0)
    front = replace(front, fields=(odd, gone, *others[1:]))
    return make_reading(
        front,
        make_card(Side.BACK, number_type=make_card(Side.BACK).number_type),
        options=DETAILED,
        status=ImageStatus.BLURRED,
        risk=RiskType.COPY,
        edit_tool="GIMP 2.10",
        document="bank_card",
    )


@pytest.mark.parametrize(
    "reading",
    [
        pytest.param(a_rich_reading(), id="everything"),
        pytest.param(make_reading(options=DETAILED, status=ImageStatus.NON_IDCARD), id="no card"),
        pytest.param(make_reading(make_card(), options=ReadOptions(detail=True)), id="nothing else asked for"),
    ],
)
def test_an_answer_gives_back_what_it_was_rendered_from(reading: Reading) -> None:
    answer = contract.to_json(contract.render(reading, 7))
    again = contract.parse_answer(answer, reading.picture.sha256)
    assert again.picture.sha256 == reading.picture.sha256
    assert again.options == reading.options
    # All that an answer tells, told again: only the portrait's pixels are gone.
    said, told = json.loads(answer), contract.render(replace(again, options=replace(again.options, photo=False)), 7)
    assert {key: value for key, value in said.items() if not key.startswith("photo")} == told


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("", id="nothing"),
        pytest.param("[]", id="a list"),
        pytest.param('{"msg": {}}', id="without its detail"),
        pytest.param('{"image_status": "no such", "detail": {"picture": {}}}', id="half of one"),
    ],
)
def test_what_is_no_answer_is_refused(answer: str) -> None:
    with pytest.raises(ValueError, match="not an answer"):
        contract.parse_answer(answer)
