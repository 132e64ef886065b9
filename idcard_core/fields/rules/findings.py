"""What a reviewer should know about the values of a card, side by side and together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from idcard_core.card import FieldName, Finding, Severity
from idcard_core.fields.rules import number as numbers
from idcard_core.fields.rules.dates import LONG_TERM, to_date, to_stamp
from idcard_core.fields.rules.issuer import is_plausible_issuer
from idcard_core.fields.rules.nations import is_printed_nation
from idcard_core.fields.rules.regions import Region, history
from idcard_core.fields.rules.validity import FIRST_ISSUE, age_on, is_temporary_term, lawful_terms, term

Values = Mapping[FieldName, str]
"""The normalised texts of a side's fields; a field that is missing counts as empty."""

_YEARS_OF_GRACE = 1
"""A code's last year in the table is the last full one: it may have been given out early in the year after."""
_OLDEST = 120
"""Years; an age beyond is a misreading rather than a holder."""


def front_findings(values: Values, today: date | None = None) -> tuple[Finding, ...]:
    """The findings on a front: the number's own rules, its region, the holder's age, and what disagrees with it.

    Codes: ``number_shape``, ``number_province``, ``number_birth``, ``checksum``; ``region``, ``region_unknown``,
    ``region_not_in_force``; ``age``, ``age_implausible``; ``birth_disagrees``, ``sex_disagrees``; ``birth_unreal``;
    ``nation_unknown``. Empty fields give none.
    """
    day = today or date.today()
    found: list[Finding] = []
    number = values.get(FieldName.IDCARDNO, "")
    if number:
        found += _number_findings(number, day)
    if (parts := numbers.parse(number)) is not None:
        found += _agreement(parts, values)
    birthday = values.get(FieldName.BIRTHDAY, "")
    if birthday and to_date(birthday) is None:
        found.append(_warning("birth_unreal", FieldName.BIRTHDAY, printed=birthday))
    nation = values.get(FieldName.NATION, "")
    if nation and not is_printed_nation(nation):
        found.append(_warning("nation_unknown", FieldName.NATION, printed=nation))
    return tuple(found)


def back_findings(values: Values, today: date | None = None, temporary: bool = False) -> tuple[Finding, ...]:
    """The findings on a back: the term, whether it is in force on ``today``, and an unusual issuer.

    ``temporary``: of a temporary card, which has these values on its front and is valid for three months.
    Codes: ``term`` (``term`` is 5, 10, 20 or long), ``term_unusual``; ``term_temporary``, ``term_not_temporary``;
    ``in_force``, ``expired``, ``not_yet_in_force``; ``begin_not_before_end``, ``begin_too_early``; ``begin_unreal``,
    ``end_unreal``; ``issuer_unusual``.
    """
    day = today or date.today()
    begin, end = values.get(FieldName.BEGINDATE, ""), values.get(FieldName.ENDDATE, "")
    found: list[Finding] = []
    if begin and to_date(begin) is None:
        found.append(_warning("begin_unreal", FieldName.BEGINDATE, printed=begin))
    if end and end != LONG_TERM and to_date(end) is None:
        found.append(_warning("end_unreal", FieldName.ENDDATE, printed=end))
    found += _term_findings(begin, end, temporary)
    found += _in_force_findings(begin, end, day)
    issuer = values.get(FieldName.GOV, "")
    if issuer and not is_plausible_issuer(issuer):
        found.append(_warning("issuer_unusual", FieldName.GOV, printed=issuer))
    return tuple(found)


def pair_findings(front: Values, back: Values) -> tuple[Finding, ...]:
    """The findings on two sides of one card: the term against the holder's age at issue.

    Codes: ``age_at_issue``, ``term_disagrees`` (``lawful`` holds the terms that age may have, joined by ``/``) and
    ``issued_before_birth``. The birth date is the printed one; the number's where none was read.
    """
    birth = to_date(front.get(FieldName.BIRTHDAY, ""))
    if birth is None and (parts := numbers.parse(front.get(FieldName.IDCARDNO, ""))) is not None:
        birth = parts.birth
    begin = to_date(back.get(FieldName.BEGINDATE, ""))
    if birth is None or begin is None:
        return ()
    if begin < birth:
        return (_warning("issued_before_birth", FieldName.BEGINDATE, birth=to_stamp(birth), begin=to_stamp(begin)),)
    found = [_info("age_at_issue", FieldName.BEGINDATE, years=str(age_on(birth, begin)))]
    printed = term(back.get(FieldName.BEGINDATE, ""), back.get(FieldName.ENDDATE, ""))
    lawful = lawful_terms(birth, begin)
    if printed is not None and printed not in lawful:
        names = "/".join(sorted(t.value for t in lawful))
        years = str(age_on(birth, begin))
        found.append(_warning("term_disagrees", FieldName.ENDDATE, term=printed.value, lawful=names, years=years))
    return tuple(found)


def _number_findings(number: str, day: date) -> list[Finding]:
    if not numbers.has_right_shape(number):
        return [_warning("number_shape", FieldName.IDCARDNO, length=str(len(number)))]
    found: list[Finding] = []
    if not numbers.province_known(number):
        found.append(_warning("number_province", FieldName.IDCARDNO, code=number[:2]))
    expected = numbers.check_character(number[:17])
    if expected != number[17].upper():
        found.append(_warning("checksum", FieldName.IDCARDNO, printed=number[17].upper(), expected=expected))
    parts = numbers.parse(number)
    if parts is None or parts.birth > day:
        return [*found, _warning("number_birth", FieldName.IDCARDNO, birth=number[6:14])]
    if numbers.province_known(number):
        found.append(_region_finding(parts.region, parts.birth.year, day.year))
    years = age_on(parts.birth, day)
    age = _warning if years > _OLDEST else _info
    found.append(age("age" if years <= _OLDEST else "age_implausible", FieldName.IDCARDNO, years=str(years)))
    return found


def _region_finding(code: str, birth_year: int, this_year: int) -> Finding:
    """A code must have been in force when the holder was born or at some time since; the first such meaning counts."""
    meanings = history(code)
    if not meanings:
        return _warning("region_unknown", FieldName.IDCARDNO, code=code)
    lawful = [m for m in meanings if _met(m, birth_year, this_year)]
    meaning = (lawful or list(meanings))[0 if lawful else -1]
    values = {
        "code": code,
        "name": meaning.full_name or meaning.name,
        "since": "" if meaning.since is None else str(meaning.since),
        "until": "" if meaning.until is None else str(meaning.until),
    }
    if lawful:
        return _info("region", FieldName.IDCARDNO, **values)
    return _warning("region_not_in_force", FieldName.IDCARDNO, **values, birth_year=str(birth_year))


def _met(meaning: Region, birth_year: int, this_year: int) -> bool:
    ended_before_birth = meaning.until is not None and meaning.until + _YEARS_OF_GRACE < birth_year
    return not ended_before_birth and (meaning.since is None or meaning.since <= this_year)


def _agreement(parts: numbers.IdNumber, values: Values) -> list[Finding]:
    found: list[Finding] = []
    birthday, sex = values.get(FieldName.BIRTHDAY, ""), values.get(FieldName.SEX, "")
    if numbers.birth_disagrees(parts, birthday):
        found.append(_warning("birth_disagrees", FieldName.BIRTHDAY, printed=birthday, number=parts.birthday))
    if numbers.sex_disagrees(parts, sex):
        found.append(_warning("sex_disagrees", FieldName.SEX, printed=sex, number=parts.sex))
    return found


def _term_findings(begin: str, end: str, temporary: bool) -> list[Finding]:
    first, last = to_date(begin), to_date(end)
    found: list[Finding] = []
    if first is not None and first < FIRST_ISSUE:
        found.append(_warning("begin_too_early", FieldName.BEGINDATE, begin=begin, first=to_stamp(FIRST_ISSUE)))
    printed = term(begin, end)
    if temporary and first is not None and (last is not None or end == LONG_TERM):
        lawful = last is not None and is_temporary_term(first, last)
        found.append(
            _info("term_temporary", FieldName.ENDDATE)
            if lawful
            else _warning("term_not_temporary", FieldName.ENDDATE, begin=begin, end=end)
        )
    elif printed is not None:
        found.append(_info("term", FieldName.ENDDATE, term=printed.value))
    elif first is not None and last is not None:
        code = "term_unusual" if first < last else "begin_not_before_end"
        found.append(_warning(code, FieldName.ENDDATE, begin=begin, end=end))
    return found


def _in_force_findings(begin: str, end: str, day: date) -> list[Finding]:
    """A card is good through its last day."""
    first, last = to_date(begin), to_date(end)
    on = to_stamp(day)
    if first is not None and day < first:
        return [_warning("not_yet_in_force", FieldName.BEGINDATE, begin=begin, on=on)]
    if last is not None and last < day:
        return [_warning("expired", FieldName.ENDDATE, end=end, on=on)]
    return [_info("in_force", FieldName.ENDDATE, end=end, on=on)] if last is not None or end == LONG_TERM else []


def _info(code: str, field: FieldName, /, **values: str) -> Finding:
    return Finding(code, Severity.INFO, field, values)


def _warning(code: str, field: FieldName, /, **values: str) -> Finding:
    return Finding(code, Severity.WARNING, field, values)
