"""The term of a card: five, ten or twenty years, or 长期, by the holder's age (居民身份证法, article 5)."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from idcard_core.fields.rules.dates import LONG_TERM, Validity, to_date, to_stamp

FIRST_ISSUE = date(2004, 1, 1)
"""The day 居民身份证法, and with it the second generation of cards, came into force (article 23)."""

TEMPORARY_MONTHS = 3
"""Validity of a temporary card."""
_HANDLING = timedelta(days=90)
"""A card is issued within 60 days of the application, 90 in remote places (article 12); the age is the applicant's."""


class Term(str, Enum):
    """How long a card is valid; the values are years, or ``long``."""

    FIVE = "5"
    TEN = "10"
    TWENTY = "20"
    LONG = "long"


_YEARS = (5, 10, 20)


def term(begin: str, end: str) -> Term | None:
    """The term between two printed dates, or None when they are no lawful distance apart, or not readable.

    A card issued on 29 February may end on 28 February, 29 February or 1 March.
    """
    first = to_date(begin)
    if first is None:
        return None
    if end == LONG_TERM:
        return Term.LONG
    last = to_date(end)
    if last is None:
        return None
    return next((Term(str(years)) for years in _YEARS if last in _ends(first, years)), None)


def lawful_periods(read: Validity) -> list[Validity]:
    """The periods of a lawful length that share their begin or their end with what was read."""
    begin, end = to_date(read.begin), to_date(read.end)
    periods = [
        Validity(read.begin, to_stamp(day)) for years in _YEARS for day in (_ends(begin, years) if begin else ())
    ]
    if end is not None and (end.month, end.day) != (2, 29):
        periods += [Validity(to_stamp(end.replace(year=end.year - years)), read.end) for years in _YEARS]
    return periods


def age_on(birth: date, day: date) -> int:
    """Whole years from ``birth`` to ``day``; negative before birth. Who is born on 29 February ages on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def lawful_terms(birth: date, begin: date) -> frozenset[Term]:
    """The terms a card issued on ``begin`` may have: those of the holder's ages between application and issue."""
    return frozenset(_term_at(age_on(birth, day)) for day in (begin - _HANDLING, begin))


def _term_at(age: int) -> Term:
    if age < 16:
        return Term.FIVE
    if age < 26:
        return Term.TEN
    return Term.TWENTY if age < 46 else Term.LONG


def _ends(begin: date, years: int) -> tuple[date, ...]:
    if (begin.month, begin.day) != (2, 29):
        return (begin.replace(year=begin.year + years),)
    first_of_march = date(begin.year + years, 3, 1)
    last_of_february = first_of_march - timedelta(days=1)
    return (last_of_february - timedelta(days=last_of_february.day - 28), last_of_february, first_of_march)


def is_temporary_term(begin: date, end: date) -> bool:
    """Whether a temporary card's validity is the lawful one: three months (临时居民身份证管理办法, 2005).

    Where the third month lacks the day, its last one or the 28th may stand for it; the last day may be the one before.
    """
    months = 12 * (end.year - begin.year) + end.month - begin.month
    late = months == TEMPORARY_MONTHS and -3 <= end.day - begin.day <= 0
    return late or (months == TEMPORARY_MONTHS - 1 and begin.day == 1 and end.day >= 28)
