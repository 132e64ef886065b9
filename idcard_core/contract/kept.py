"""From a kept answer back to the reading it was rendered from, as far as it tells: no pictures, no evidence maps."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from idcard_core.card import (
    FIELDS,
    Card,
    Doubt,
    Field,
    FieldName,
    Finding,
    ImageStatus,
    NumberType,
    PictureInfo,
    Points,
    Portrait,
    Reading,
    ReadOptions,
    Reason,
    RiskType,
    Severity,
    Side,
)
from idcard_core.judgement import RISKS, Obstruction, Quality, Risks, Tampering


def parse_answer(answer: str, sha256: str = "") -> Reading:
    """The reading of an answer with its ``detail``; ``sha256`` is the picture's, which no answer has.

    The portrait's place is there, its pixels are not; what the side asked for was is not told. Raises ValueError for
    what is no such answer.
    """
    try:
        said = json.loads(answer)
        return _reading(said, said["detail"], sha256)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise ValueError("not an answer of the contract with its detail") from None


def _reading(said: Any, detail: Any, sha256: str) -> Reading:
    picture = detail["picture"]
    info = PictureInfo(
        int(picture["width"]), int(picture["height"]), str(picture["format"]), 0, sha256, picture["page"] or None
    )
    options = ReadOptions(
        direction="direction" in said, risk="risk_type" in said, photo="photo_location" in said, detail=True
    )
    return Reading(
        picture=info,
        options=options,
        cards=tuple(_card(card) for card in detail["cards"]),
        status=ImageStatus(said["image_status"]),
        risk=RiskType(said["risk_type"]) if options.risk else RiskType.UNKNOWN,
        edit_tool=said.get("edit_tool"),
        document=detail.get("document"),
        timings_ms={str(stage): float(ms) for stage, ms in detail["timings_ms"].items()},
    )


def _card(card: Any) -> Card:
    side = Side(card["side"])
    return Card(
        side=side,
        quad=_points(card["corners"]),
        quarter_turns=int(card["quarter_turns"]),
        angle_degrees=float(card["angle_degrees"]),
        fields=tuple(_field(name, card["fields"][name.value]) for name in FIELDS[side]),
        findings=tuple(_finding(finding) for finding in card["findings"]),
        doubts=tuple(Doubt(FieldName(doubt["field"]), Reason(doubt["reason"])) for doubt in card["doubts"]),
        valid=bool(card["valid"]),
        number_type=NumberType(card["idcard_number_type"] or NumberType.EMPTY.value),
        portrait=None if card["portrait"] is None else _portrait(card["portrait"]),
        quality=None if card["quality"] is None else Quality(**card["quality"]),
        risks=None if card["risks"] is None else _risks(card["risks"]),
        tampering=None if card["tampering"] is None else _tampering(card["tampering"]),
    )


def _field(name: FieldName, read: Any) -> Field:
    return Field(
        name=name,
        text=str(read["text"]),
        confidence=float(read["confidence"]),
        quad=None if read["polygon"] is None else _points(read["polygon"]),
        raw=str(read["raw"]),
        rule=read["rule"],
        obstruction=Obstruction(float(read["glare"]), bool(read["cut"]), bool(read["covered"])),
    )


def _finding(told: Any) -> Finding:
    field = None if told["field"] is None else FieldName(told["field"])
    return Finding(str(told["code"]), Severity(told["severity"]), field, dict(told["values"]))


def _portrait(polygon: Any) -> Portrait:
    return Portrait(np.zeros((0, 0, 3), np.uint8), _points(polygon))


def _risks(scores: Any) -> Risks:
    return Risks(**{kind: float(scores[kind]) for kind in RISKS}, evidence=dict(scores["evidence"]))


def _tampering(told: Any) -> Tampering:
    by_field = {FieldName(name): float(score) for name, score in told["fields"].items()}
    return Tampering(np.zeros((0, 0), np.float32), by_field, float(told["score"]))


def _points(polygon: Any) -> Points:
    points = np.array(polygon, np.float32)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError("not a polygon")
    return points
