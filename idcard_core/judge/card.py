"""The domain's card from what was read and seen of it: fields in their places, findings, doubts, portrait."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from idcard_core.card import (
    Card,
    Field,
    FieldName,
    Finding,
    NumberType,
    Points,
    Portrait,
    ReadOptions,
    Severity,
    Side,
)
from idcard_core.fields.card_text import CardText
from idcard_core.fields.rules.findings import back_findings, front_findings
from idcard_core.fields.rules.number import is_valid, number_type
from idcard_core.judge.marks import watermark_findings
from idcard_core.judge.obstruction import corners_inside, hidden, inside_share
from idcard_core.judge.portrait import find_portrait
from idcard_core.judge.quality import score_of
from idcard_core.judge.review import doubts_of
from idcard_core.judge.status import IN_GLARE, CardSight
from idcard_core.judgement import Quality
from idcard_core.locate.pose import quarter_turns_and_angle
from idcard_core.tracing import span

LEAST_GLARE = 0.004
"""Share of a card in glare that is worth telling."""


def card_of(text: CardText, sight: CardSight, scale: float, options: ReadOptions) -> Card:
    """The domain's card, its positions in the full picture; ``scale``: of the picture that was read."""
    view, full = text.view, np.float32(1 / scale)
    quad: Points = np.asarray(view.quad * full, np.float32)
    fields = []
    for name, placed in text.fields.items():
        place = None if placed.quad is None else np.asarray(view.in_source(placed.quad) * full, np.float32)
        value, obstruction = placed.value, sight.obstructions[name]
        sure = sight.confidences[name] if name in sight.confidences else text.confidence(name)
        fields.append(Field(name, value.text, sure, place, value.raw, value.rule, obstruction))
    turns, angle = quarter_turns_and_angle(quad)
    values = {field.name: field.text for field in fields}
    front = text.side is Side.FRONT
    quality = _quality(text, sight)
    findings = (
        *(front_findings(values) if front else ()),
        *(back_findings(values, temporary=front) if not front or values.get(FieldName.GOV) else ()),
        *watermark_findings(text.marks),
        *picture_findings(text, sight),
    )
    portrait = None
    if front and options.photo:
        with span("portrait"):
            cut = find_portrait(view, text.fields)
        portrait = None if cut is None else Portrait(cut.image, np.asarray(cut.quad * full, np.float32))
    number = values.get(FieldName.IDCARDNO, "")
    return Card(
        side=text.side,
        quad=quad,
        quarter_turns=turns,
        angle_degrees=angle,
        fields=tuple(fields),
        findings=findings,
        doubts=doubts_of(text.side, fields, findings, text.covered),
        valid=front and is_valid(number),
        number_type=_number_type(values) if front else NumberType.EMPTY,
        portrait=portrait,
        rectified=view.flat if options.detail else None,
        quality=quality if options.detail else None,
    )


def _quality(text: CardText, sight: CardSight) -> Quality:
    seen = 1 - len(hidden(sight.obstructions)) / max(1, len(sight.obstructions))
    return score_of(sight.light, sight.blur, sight.glare, inside_share(text.view) * seen)


def picture_findings(text: CardText, sight: CardSight) -> tuple[Finding, ...]:
    """What keeps parts of a card from being seen.

    Codes: ``field_in_glare``, ``field_cut``, ``glare_beside_fields``, ``corners_missing`` (``corners``: how many).
    """
    found = []
    for name, obstruction in sight.obstructions.items():
        if obstruction.glare >= IN_GLARE:
            found.append(Finding("field_in_glare", Severity.WARNING, name))
        if obstruction.cut:
            found.append(Finding("field_cut", Severity.WARNING, name))
    if sight.glare >= LEAST_GLARE and not any(finding.code == "field_in_glare" for finding in found):
        found.append(Finding("glare_beside_fields"))
    if missing := 4 - corners_inside(text.view):
        found.append(Finding("corners_missing", Severity.WARNING, values={"corners": str(missing)}))
    return tuple(found)


def _number_type(values: Mapping[FieldName, str]) -> NumberType:
    number, sex, birthday = (values[name] for name in (FieldName.IDCARDNO, FieldName.SEX, FieldName.BIRTHDAY))
    return number_type(number, sex, birthday, all_empty=not any(values.values()))
