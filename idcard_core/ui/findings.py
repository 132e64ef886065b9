"""Findings and doubts in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from idcard_core.card import FieldName, Finding, Reason
from idcard_core.ui.strings import Texts

_DATE_FIELDS = frozenset({FieldName.BIRTHDAY, FieldName.BEGINDATE, FieldName.ENDDATE})
_DATES = frozenset({"begin", "end", "first", "on", "birth"})
_TERMS = frozenset({"term", "lawful"})


def sentence(finding: Finding, texts: Texts) -> str:
    """What ``finding`` says; a code without a sentence of its own is shown as it is, with its values."""
    values = _Values({name: _value(name, value, texts) for name, value in finding.values.items()})
    if finding.field is not None:
        values.setdefault("field", texts(f"field.{finding.field.value}"))
    key = f"finding.{finding.code}"
    if key in texts:
        return texts.template(key).format_map(values)
    return " · ".join([finding.code, *(f"{name}: {value}" for name, value in values.items())])


def why(reasons: Sequence[Reason], texts: Texts) -> str:
    """Why a field should be reviewed; nothing without a reason."""
    said = texts("reason.and").join(texts(f"reason.{reason.value}") for reason in reasons)
    return said[:1].upper() + said[1:]


def readable(name: FieldName, text: str) -> str:
    """A field's ``text`` with a date's parts set apart; everything else as it is."""
    return date_text(text) if name in _DATE_FIELDS else text


def date_text(text: str) -> str:
    """``YYYYMMDD`` with its parts set apart; anything else as it is."""
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else text


def _value(name: str, value: str, texts: Texts) -> str:
    if name in _DATES:
        return date_text(value)
    if name in _TERMS:
        terms = (f"term.{term}" for term in value.split("/"))
        return texts("term.or").join(texts(term) for term in terms if term in texts)
    return value


class _Values(dict[str, str]):
    """A finding's values; one that a sentence asks for and the finding lacks reads as a dash."""

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)

    def __missing__(self, key: str) -> str:
        return "—"
