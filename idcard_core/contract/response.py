"""The domain -> responses of the wire contract: answers, errors, and the old form's outputs."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TypeAlias

import cv2
import numpy as np

from idcard_core.card import (
    FIELDS,
    Card,
    FieldName,
    Finding,
    Location,
    NumberType,
    PictureInfo,
    Points,
    Reading,
    Side,
)
from idcard_core.card import Field as CardField
from idcard_core.contract.request import Body, Shape
from idcard_core.errors import ERRORS, IdCardError, RecognitionError, ResultError
from idcard_core.judgement import RISKS, Quality, Risks, Tampering

JsonValue: TypeAlias = bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"] | None
JsonObject: TypeAlias = dict[str, JsonValue]

_MSG_ORDER: Mapping[Side, tuple[FieldName, ...]] = {
    Side.FRONT: (
        FieldName.NAME,
        FieldName.SEX,
        FieldName.NATION,
        FieldName.ADDRESS,
        FieldName.IDCARDNO,
        FieldName.BIRTHDAY,
    ),
    Side.BACK: FIELDS[Side.BACK],
}
"""The order of the fields in ``msg``, which for the front is not the order they are printed in."""
_OUTPUT_LABEL = "ocr_id"
"""``outputLabel`` of the old form; the contract leaves the word open."""
_STRING_DATA = 50
"""``dataType`` of a string in the old form."""


def new_log_id() -> int:
    """A random uint64."""
    return secrets.randbits(64)


def render(reading: Reading, log_id: int) -> JsonObject:
    """The answer of section 2, keys in the order of its table, plus ``detail`` when it was asked for."""
    options = reading.options
    cards = _answering_cards(reading)
    front = next((card for side, card in cards if side is Side.FRONT), None)
    answer: JsonObject = {"log_id": log_id, "msg": _msg(cards)}
    if options.direction:
        answer["direction"] = int(reading.direction)
    answer["image_status"] = reading.status.value
    if options.risk:
        answer["risk_type"] = reading.risk.value
        if reading.edit_tool is not None:
            answer["edit_tool"] = reading.edit_tool
    if options.photo:
        answer.update(_photo(front, reading.picture))
    if any(side is Side.FRONT for side, _ in cards):
        answer["idcard_number_type"] = (NumberType.EMPTY if front is None else front.number_type).value
    words = _words_result(cards, reading.picture)
    answer["words_result"] = words
    answer["words_result_num"] = len(words)
    if options.detail:
        answer["detail"] = _detail(reading)
    return answer


def render_error(error: IdCardError, log_id: int) -> JsonObject:
    """The error object of section 5."""
    return {
        "error_code": error.code,
        "error_msg": error.message,
        "error_side": error.side,
        "log_id": log_id,
    }


def parse_error(value: Mapping[str, object]) -> IdCardError:
    """The error that ``value`` is the object of; the other way round from `render_error`.

    Raises:
        ResultError: it has no code, or is not the object of any error (469).
    """
    code, message = value.get("error_code"), value.get("error_msg")
    if code is None:
        raise ResultError(ResultError.NO_CODE)
    kind = next((kind for kind in ERRORS if kind.code == code), None)
    if kind is None or not isinstance(message, str):
        raise ResultError(ResultError.PARSE)
    return kind(message)


def render_body(body: Body, answers: Sequence[str | IdCardError], log_id: int) -> str:
    """The answer to a whole body, in its shape, as JSON; ``answers`` has one for each request, as JSON, or its error.

    An old form of several entries carries the error object of a failed entry in that entry's place.

    Raises:
        IdCardError: the first of ``answers``, when none of them is an answer.
    """
    errors = [answer for answer in answers if isinstance(answer, IdCardError)]
    if errors and len(errors) == len(answers):
        raise errors[0]
    texts = [to_json(render_error(answer, log_id)) if isinstance(answer, IdCardError) else answer for answer in answers]
    return to_json(_outputs(texts)) if body.shape is Shape.INPUTS else texts[0]


def to_json(value: JsonObject) -> str:
    """``value`` as JSON text, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False)


def _outputs(answers: Sequence[str]) -> JsonObject:
    return {
        "outputs": [
            {
                "outputLabel": _OUTPUT_LABEL,
                "outputMulti": {},
                "outputValue": {
                    "dataType": _STRING_DATA,
                    "dataValue": answer,
                },
            }
            for answer in answers
        ]
    }


def _answering_cards(reading: Reading) -> list[tuple[Side, Card | None]]:
    """The sides whose keys the answer carries, each with its card.

    Asked for a side: that side, else whatever is there, else the side asked for, empty. Asked for whichever there
    are: front, back or both, else an empty front.
    """
    if reading.options.side is None:
        found = [card for side in Side if (card := reading.card(side)) is not None]
    else:
        found = [] if reading.answering is None else [reading.answering]
    return [(card.side, card) for card in found] or [(reading.options.side or Side.FRONT, None)]


def _msg(cards: Sequence[tuple[Side, Card | None]]) -> JsonObject:
    msg: JsonObject = {}
    for side, card in cards:
        if side is Side.FRONT:
            msg["valid"] = card is not None and bool(card.valid)
        msg.update({name.value: "" if card is None else card.field(name).text for name in _MSG_ORDER[side]})
    return msg


def _photo(front: Card | None, picture: PictureInfo) -> JsonObject:
    """The portrait and its place; an empty string and an empty box when there is none."""
    if front is None or front.portrait is None:
        return {"photo": "", "photo_location": _location(Location(0, 0, 0, 0))}
    done, jpeg = cv2.imencode(".jpg", front.portrait.image)
    if not done:
        raise RecognitionError
    photo = base64.b64encode(jpeg.tobytes()).decode("ascii")
    return {"photo": photo, "photo_location": _place(front.portrait.quad, picture)}


def _words_result(cards: Sequence[tuple[Side, Card | None]], picture: PictureInfo) -> JsonObject:
    return {
        name.label: {"location": _place(printed.quad, picture), "words": printed.text}
        for side, card in cards
        if card is not None
        for name in FIELDS[side]
        if (printed := card.field(name)).quad is not None
    }


def _place(quad: Points, picture: PictureInfo) -> JsonObject:
    """The box around ``quad``, inside the picture even where the card reaches beyond it."""
    inside = np.clip(quad, (0, 0), (picture.width, picture.height))
    return _location(Location.around(inside.astype(np.float32)))


def _location(box: Location) -> JsonObject:
    return {"left": box.left, "top": box.top, "width": box.width, "height": box.height}


def _detail(reading: Reading) -> JsonObject:
    picture = reading.picture
    return {
        "picture": {
            "width": int(picture.width),
            "height": int(picture.height),
            "format": picture.format,
            "page": picture.page,
        },
        "document": reading.document,
        "cards": [_card_detail(card) for card in reading.cards],
        "timings_ms": {stage: round(float(ms), 3) for stage, ms in reading.timings_ms.items()},
    }


def _card_detail(card: Card) -> JsonObject:
    """All that is known of one card; what speaks of the number is null for a back, which has none."""
    front = card.side is Side.FRONT
    return {
        "side": card.side.value,
        "corners": _polygon(card.quad),
        "quarter_turns": int(card.quarter_turns),
        "angle_degrees": round(float(card.angle_degrees), 2),
        "valid": bool(card.valid) if front else None,
        "idcard_number_type": card.number_type.value if front else None,
        "needs_review": card.needs_review,
        "doubts": [{"field": doubt.field.value, "reason": doubt.reason.value} for doubt in card.doubts],
        "fields": {name.value: _field_detail(card.field(name)) for name in FIELDS[card.side]},
        "portrait": None if card.portrait is None else _polygon(card.portrait.quad),
        "quality": None if card.quality is None else _scores(card.quality),
        "risks": None if card.risks is None else _risks(card.risks),
        "tampering": None if card.tampering is None else _tampering(card.tampering),
        "findings": [_finding_detail(finding) for finding in card.findings],
    }


def _field_detail(printed: CardField) -> JsonObject:
    return {
        "text": printed.text,
        "confidence": round(float(printed.confidence), 4),
        "polygon": None if printed.quad is None else _polygon(printed.quad),
        "raw": printed.raw,
        "rule": printed.rule,
        "glare": round(float(printed.obstruction.glare), 4),
        "cut": bool(printed.obstruction.cut),
        "covered": bool(printed.obstruction.covered),
    }


def _scores(quality: Quality) -> JsonObject:
    return {name: round(float(score), 4) for name, score in asdict(quality).items()}


def _risks(risks: Risks) -> JsonObject:
    """The five probabilities, and what they come from."""
    scores: JsonObject = {kind: round(float(getattr(risks, kind)), 4) for kind in RISKS}
    return {**scores, "evidence": {name: round(float(value), 4) for name, value in risks.evidence.items()}}


def _tampering(tampering: Tampering) -> JsonObject:
    """The scores of the tamper map: of all of the card, and of each field whose place is known."""
    fields: JsonObject = {name.value: round(float(score), 4) for name, score in tampering.by_field.items()}
    return {"score": round(float(tampering.score), 4), "fields": fields}


def _finding_detail(finding: Finding) -> JsonObject:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "field": None if finding.field is None else finding.field.value,
        "values": dict(finding.values),
    }


def _polygon(quad: Points) -> JsonValue:
    return [[round(float(x), 2), round(float(y), 2)] for x, y in quad]
