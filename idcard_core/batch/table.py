"""Answered rows as a table: the row's own columns, then what was read, then the whole answer as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import Enum

from idcard_core.contract import JsonObject, JsonValue

ANSWER = "response"
LATENCY = "latency_ms"


class Kind(Enum):
    """What the cells of a column are; a cell may always be empty."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    TRUTH = "truth"
    MIXED = "mixed"
    """Anything else: its JSON."""


_READ: Mapping[str, Kind] = {
    "error_code": Kind.WHOLE,
    "error_msg": Kind.TEXT,
    "image_status": Kind.TEXT,
    "direction": Kind.WHOLE,
    "risk_type": Kind.TEXT,
    "edit_tool": Kind.TEXT,
    "idcard_number_type": Kind.TEXT,
    "msg.valid": Kind.TRUTH,
    "msg.name": Kind.TEXT,
    "msg.sex": Kind.TEXT,
    "msg.nation": Kind.TEXT,
    "msg.birthday": Kind.TEXT,
    "msg.address": Kind.TEXT,
    "msg.idcardno": Kind.TEXT,
    "msg.gov": Kind.TEXT,
    "msg.begindate": Kind.TEXT,
    "msg.enddate": Kind.TEXT,
}
"""What stands in columns of its own, by its place in the answer."""
ADDED: Mapping[str, Kind] = {
    **{f"{ANSWER}.{name}": kind for name, kind in _READ.items()},
    ANSWER: Kind.TEXT,
    LATENCY: Kind.NUMBER,
}
"""The columns that an answer adds, in their order."""
_LARGEST = 2**63 - 1


def columns(records: Iterable[JsonObject]) -> dict[str, Kind]:
    """All columns of a table of answered rows: the rows' own, in order of appearance, then `ADDED`."""
    own: dict[str, Kind | None] = {}
    for record in records:
        for key, value in carried(record).items():
            known = own.setdefault(key, None)
            if value is not None:
                own[key] = _both(known, _kind(value))
    return {**{key: kind or Kind.TEXT for key, kind in own.items()}, **ADDED}


def cells(record: JsonObject, kinds: Mapping[str, Kind]) -> dict[str, JsonValue]:
    """The cells of an answered row, one for each column, each of its column's kind or None."""
    answer = record[ANSWER]
    found: JsonObject = {
        **carried(record),
        **{f"{ANSWER}.{name}": _at(answer, name) for name in _READ},
        ANSWER: text_of(answer),
        LATENCY: record[LATENCY],
    }
    return {name: _cell(found.get(name), kind) for name, kind in kinds.items()}


def carried(record: Mapping[str, JsonValue]) -> JsonObject:
    """What a row brought itself, without an answer of an earlier run."""
    return {key: value for key, value in record.items() if key not in ADDED}


def text_of(value: JsonValue) -> str:
    """A value as a cell of text: text as it is, nothing as no text, anything else as JSON.

    What neither UTF-8 nor every reader of CSV can hold, half a surrogate pair and NUL, is written as an escape.
    """
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, allow_nan=False)
    return text.replace("\0", "\\u0000").encode("utf-8", "backslashreplace").decode("utf-8")


def _cell(value: JsonValue, kind: Kind) -> JsonValue:
    if value is None or kind in (Kind.WHOLE, Kind.TRUTH):
        return value
    if kind is Kind.NUMBER:
        return float(value) if isinstance(value, (int, float)) else None
    return text_of(value)


def _at(answer: JsonValue, name: str) -> JsonValue:
    for key in name.split("."):
        if not isinstance(answer, dict):
            return None
        answer = answer.get(key)
    return answer


def _kind(value: JsonValue) -> Kind:
    if isinstance(value, str):
        return Kind.TEXT
    if isinstance(value, bool):
        return Kind.TRUTH
    if isinstance(value, float):
        return Kind.NUMBER
    return Kind.WHOLE if isinstance(value, int) and abs(value) <= _LARGEST else Kind.MIXED


def _both(one: Kind | None, other: Kind) -> Kind:
    """The kind of a column that has cells of both."""
    if one is None or one is other:
        return other
    return Kind.NUMBER if {one, other} == {Kind.WHOLE, Kind.NUMBER} else Kind.MIXED
