"""Requests of the wire contract -> the domain: three shapes, and for each mistake its exact message."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from idcard_core.card import ReadOptions, Side
from idcard_core.errors import FormatError, JsonError

_SIDES: Mapping[str, Side | None] = {"front": Side.FRONT, "back": Side.BACK, "auto": None}
_CONFIGURE_SIDES: Mapping[str, Side | None] = {"face": Side.FRONT, "back": Side.BACK}
_BOOLEANS = {"true": True, "false": False}
_NEW_FORM_KEYS = frozenset(
    {"image", "configure", "id_card_side", "detect_direction", "detect_risk", "detect_photo", "detail"}
)


class Shape(Enum):
    """How a request came, which is how it is answered (contract, section 4)."""

    PLAIN = "plain"
    """A form, or a JSON object with the same parameters."""
    CONFIGURE = "configure"
    """A JSON object with ``image`` and a ``configure`` string."""
    INPUTS = "inputs"
    """The old form: a JSON object with an array ``inputs``."""


@dataclass(frozen=True, slots=True)
class Request:
    """One picture to read. ``image`` is as sent, a URL or base64; it is kept out of the repr."""

    image: str = field(repr=False)
    options: ReadOptions
    category_is_error: bool = False
    """Answer a picture that is no identity card with error 463 instead of an ``image_status``."""


@dataclass(frozen=True, slots=True)
class Body:
    """A parsed JSON body: one request, or one for each entry of the old form's ``inputs``."""

    shape: Shape
    requests: tuple[Request, ...]


def parse_json(data: bytes | str) -> object:
    """Parse a body as strict JSON: no ``NaN``, no number beyond a double.

    Raises:
        JsonError: it is not JSON (460).
    """
    try:
        value: object = json.loads(data, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise JsonError from error
    return value


def parse(params: Mapping[str, object]) -> Request:
    """Read the parameters of section 1, as they come in a form or a plain JSON object; others are ignored.

    Raises:
        FormatError: ``image`` or ``id_card_side`` is missing, or a value is outside its list (461).
    """
    image = _image(params)
    if "id_card_side" not in params:
        raise FormatError.missing("id_card_side")
    return Request(image, _options(params, _choice(params["id_card_side"], _SIDES)))


def parse_body(value: object) -> Body:
    """Read a JSON body of any of the three shapes.

    An object with ``inputs`` is the old form. One without any key of the new form can only be an old form that
    lacks its ``inputs``; the empty object is a new form that lacks its ``image``.

    Raises:
        FormatError: with the message for the first thing that is wrong (461).
    """
    if not isinstance(value, dict):
        raise FormatError(FormatError.RUNTIME)
    if "inputs" in value:
        return Body(Shape.INPUTS, _parse_inputs(value["inputs"]))
    if value and _NEW_FORM_KEYS.isdisjoint(value):
        raise FormatError(FormatError.INPUTS_MISSING)
    if "configure" in value:
        return Body(Shape.CONFIGURE, (_configured(_image(value), value["configure"]),))
    return Body(Shape.PLAIN, (parse(value),))


def _parse_inputs(inputs: object) -> tuple[Request, ...]:
    if not isinstance(inputs, list):
        raise FormatError(FormatError.INPUTS_NO_ARRAY)
    if not inputs:
        raise FormatError(FormatError.RUNTIME)
    return tuple(_parse_entry(entry) for entry in inputs)


def _parse_entry(entry: object) -> Request:
    """One entry of the old form: ``image`` and ``configure``, each a ``{dataType, dataValue}`` object."""
    if not isinstance(entry, dict):
        raise FormatError(FormatError.RUNTIME)
    for key in ("image", "configure"):
        if key not in entry:
            raise FormatError.missing(key)
    image = _data_value(entry["image"], FormatError.IMAGE_FORMAT)
    if not isinstance(image, str):
        raise FormatError(FormatError.DATA_VALUE)
    return _configured(image, _data_value(entry["configure"], FormatError.CONFIGURE))


def _data_value(value: object, message: str) -> object:
    if not isinstance(value, dict) or not {"dataType", "dataValue"} <= value.keys():
        raise FormatError(message)
    return value["dataValue"]


def _configured(image: str, configure: object) -> Request:
    """A request whose options come in a JSON string: ``side`` is ``face`` or ``back``, the switches as elsewhere."""
    if not isinstance(configure, str):
        raise FormatError(FormatError.CONFIGURE)
    try:
        params = json.loads(configure)
    except (ValueError, RecursionError) as error:
        raise FormatError.configure_string(str(error)) from error
    if not isinstance(params, dict):
        raise FormatError(FormatError.CONFIGURE)
    if "side" not in params:
        raise FormatError.missing("side")
    options = _options(params, _choice(params["side"], _CONFIGURE_SIDES))
    return Request(image, options, category_is_error=True)


def _image(params: Mapping[str, object]) -> str:
    if "image" not in params:
        raise FormatError(FormatError.MISSING_IMAGE)
    image = params["image"]
    if not isinstance(image, str):
        raise FormatError(FormatError.IMAGE_FORMAT)
    return image


def _options(params: Mapping[str, object], side: Side | None) -> ReadOptions:
    return ReadOptions(
        side=side,
        direction=_switch(params, "detect_direction"),
        risk=_switch(params, "detect_risk"),
        photo=_switch(params, "detect_photo"),
        detail=_switch(params, "detail"),
    )


def _choice(value: object, choices: Mapping[str, Side | None]) -> Side | None:
    if not isinstance(value, str) or value not in choices:
        raise FormatError(FormatError.CONFIGURE)
    return choices[value]


def _switch(params: Mapping[str, object], key: str) -> bool:
    """A switch, off when it is not there: ``true`` or ``false`` in any case of letters, or a JSON boolean."""
    value = params.get(key, False)
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value.lower() not in _BOOLEANS:
        raise FormatError(FormatError.CONFIGURE)
    return _BOOLEANS[value.lower()]


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("number out of range")
    return number
