"""Printed dates: ``1990年1月1日`` on the front, ``2010.05.12-2020.05.12`` or ``2010.05.12-长期`` on the back.

A recogniser loses or mistakes the characters between the digits, never mind which; the digits themselves are taken
as they were read. Where the digits allow more than one date, or none, the answer is an empty string: a date is never
guessed, and no digit is added.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from idcard_core.text.characters import fold_width

LONG_TERM = "长期"
"""What stands in place of an end date on the card of somebody aged 46 or more."""

EARLIEST_YEAR = 1800
"""No one with a card, and no card, is older; earlier years are misreadings."""

_STAMP = re.compile(r"[0-9]{8}")
_DIGITS = re.compile(r"[0-9]+")
_DASH = re.compile(r"[-‐‑‒–—―−─━_~∼〜一ー至]+")
"""The dash between two dates and what it is read as."""
_DASH_AT_END = re.compile(rf"{_DASH.pattern}\s*$")
_LONG_TERM = re.compile(r"[长長]\s*期?|期\s*$")
_YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Validity:
    """A period of validity: ``YYYYMMDD`` each, ``长期`` for an end that never comes, empty where not readable."""

    begin: str = ""
    end: str = ""


def to_date(stamp: str) -> date | None:
    """The calendar date of ``YYYYMMDD``, or None when there is none, or none since 1800."""
    if not _STAMP.fullmatch(stamp):
        return None
    year, month, day = int(stamp[:4]), int(stamp[4:6]), int(stamp[6:])
    if year < EARLIEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def to_stamp(day: date) -> str:
    """``YYYYMMDD`` of a calendar date."""
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def parse_birthday(text: str) -> str:
    """``YYYYMMDD`` of a printed birth date, or an empty string.

    The year has four digits; month and day have one or two. 年, 月 and 日 may be missing or misread as long as the
    digits still allow exactly one real date: ``1990 1 12``, ``19901月12`` are read, ``1990112`` is not (1/12 or
    11/2).
    """
    folded = fold_width(text)
    runs = _joined_by_labels(folded) or _DIGITS.findall(folded)
    if not runs or len(runs[0]) < _YEAR_DIGITS:
        return ""
    year, rest = runs[0][:_YEAR_DIGITS], [runs[0][_YEAR_DIGITS:], *runs[1:]]
    rest = [run for run in rest if run]
    splits: list[tuple[str, str]] = []
    if len(rest) == 2:
        splits = [(rest[0], rest[1])]
    elif len(rest) == 1:
        splits = [(rest[0][:at], rest[0][at:]) for at in (1, 2)]
    stamps = {_stamp(year, month, day) for month, day in splits} - {""}
    return stamps.pop() if len(stamps) == 1 else ""


def parse_validity(text: str) -> Validity:
    """The period of a printed ``begin-end`` (two dates, or a date and 长期); each part on its own or empty.

    A date on the back always has eight digits. The dash tells the two apart when there is exactly one; otherwise
    sixteen digits are two dates. A single date is the begin, unless a dash stands before it.
    """
    folded = fold_width(text)
    first = re.search(r"[0-9]", folded)
    if first is None:
        return Validity()
    begin_lost = _DASH_AT_END.search(folded[: first.start()]) is not None
    folded = folded[first.start() :]
    if (long_term := _LONG_TERM.search(folded)) is not None:
        return Validity(_date_of(folded[: long_term.start()]), LONG_TERM)
    sides = [side for side in _DASH.split(folded) if _DIGITS.search(side)]
    if len(sides) == 2:
        return Validity(_date_of(sides[0]), _date_of(sides[1]))
    digits = "".join(_DIGITS.findall(folded))
    if len(digits) == 16:
        return Validity(_real(digits[:8]), _real(digits[8:]))
    if len(sides) != 1:
        return Validity()
    return Validity(end=_real(digits)) if begin_lost else Validity(_real(digits))


def _joined_by_labels(text: str) -> list[str] | None:
    """Year, month and day between 年, 月 and 日, spaces inside them closed; None when 年 or 月 was not read."""
    match = re.fullmatch(r"\D*?([0-9][0-9\s]*)年([0-9\s]+)月([0-9\s]+)\D*", text)
    return None if match is None else ["".join(group.split()) for group in match.groups()]


def _stamp(year: str, month: str, day: str) -> str:
    if not (1 <= len(month) <= 2 and 1 <= len(day) <= 2):
        return ""
    return _real(f"{year}{month:0>2}{day:0>2}")


def _date_of(text: str) -> str:
    return _real("".join(_DIGITS.findall(text)))


def _real(stamp: str) -> str:
    return stamp if to_date(stamp) is not None else ""
