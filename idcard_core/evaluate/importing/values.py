"""The values of a label as this project writes them: what people write otherwise is brought to that form."""

from __future__ import annotations

import re
import unicodedata

from idcard_core.card import FieldName
from idcard_core.evaluate.importing.trouble import ImportTrouble, Why
from idcard_core.fields.rules.dates import LONG_TERM, to_date
from idcard_core.fields.rules.number import checksum_holds, has_right_shape

_DATES = frozenset({FieldName.BIRTHDAY, FieldName.BEGINDATE, FieldName.ENDDATE})
_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})|(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:00:00(?::00)?)?")
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+?\d{2}")
_SEXES = {"男": "男", "女": "女", "M": "男", "F": "女"}


def value_of(name: FieldName, written: str) -> str:
    """``written`` without blanks, dates as ``YYYYMMDD``, the number's X large, 民族 without 族; "" for nothing.

    Raises ImportTrouble for what cannot be meant.
    """
    text = re.sub(r"\s", "", written)
    if not text:
        return ""
    if name in _DATES:
        return text if (name is FieldName.ENDDATE and text == LONG_TERM) else _day(name, text)
    if name is FieldName.IDCARDNO:
        return _number(unicodedata.normalize("NFKC", text).lstrip("'").upper())
    if name is FieldName.SEX:
        if text not in _SEXES:
            raise ImportTrouble(Why.WRONG_VALUE, name.value)
        return _SEXES[text]
    if name is FieldName.NATION and len(text) > 1:
        return text.removesuffix("族")
    return text


def _day(name: FieldName, text: str) -> str:
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
    parts = [part for part in found.groups() if part is not None] if found else []
    stamp = "".join(part.zfill(2) for part in parts)
    if to_date(stamp) is None:
        raise ImportTrouble(Why.WRONG_VALUE, name.value)
    return stamp


def _number(text: str) -> str:
    """A wrong check character may be what is printed; a number that ends in three zeros and has one is Excel's."""
    if _ROUNDED.fullmatch(text) or (text.endswith("000") and has_right_shape(text) and not checksum_holds(text)):
        raise ImportTrouble(Why.DAMAGED_NUMBER, FieldName.IDCARDNO.value)
    if not has_right_shape(text):
        raise ImportTrouble(Why.WRONG_VALUE, FieldName.IDCARDNO.value)
    return text
