from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idcard_core.fields.rules.dates import to_date, to_stamp
from idcard_core.fields.rules.validity import Term, age_on, is_temporary_term, lawful_terms, term


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        pytest.param("20100512", "20150512", Term.FIVE, id="five years"),
        pytest.param("20100512", "20200512", Term.TEN, id="ten years"),
        pytest.param("20100512", "20300512", Term.TWENTY, id="twenty years"),
        pytest.param("20100512", "长期", Term.LONG, id="long term"),
        pytest.param("20100512", "20200511", None, id="a day short"),
        pytest.param("20100512", "20250512", None, id="fifteen years"),
        pytest.param("20080229", "20180228", Term.TEN, id="leap day to 28 February"),
        pytest.param("20080229", "20180301", Term.TEN, id="leap day to 1 March"),
        pytest.param("20080229", "20280229", Term.TWENTY, id="leap day to leap day"),
        pytest.param("20080229", "20280228", Term.TWENTY, id="leap day to the day before a leap day"),
        pytest.param("20080229", "20180302", None, id="leap day to 2 March"),
        pytest.param("", "20200512", None, id="begin not read"),
        pytest.param("20100512", "", None, id="end not read"),
        pytest.param("", "长期", None, id="begin not read, long term"),
    ],
)
def test_term(begin: str, end: str, expected: Term | None) -> None:
    assert term(begin, end) is expected


@given(st.dates(date(2004, 1, 1), date(2060, 1, 1)), st.sampled_from([5, 10, 20]))
def test_a_whole_number_of_years_is_a_term(begin: date, years: int) -> None:
    leap_day = (begin.month, begin.day) == (2, 29)
    end = date(begin.year + years, 3, 1) if leap_day else begin.replace(year=begin.year + years)
    assert term(to_stamp(begin), to_stamp(end)) == Term(str(years))


@pytest.mark.parametrize(
    ("begin", "terms"),
    [
        pytest.param(date(2015, 12, 31), {Term.FIVE}, id="15"),
        pytest.param(date(2016, 1, 1), {Term.FIVE, Term.TEN}, id="16 today, applied at 15"),
        pytest.param(date(2016, 6, 1), {Term.TEN}, id="16"),
        pytest.param(date(2025, 12, 31), {Term.TEN}, id="25"),
        pytest.param(date(2026, 6, 1), {Term.TWENTY}, id="26"),
        pytest.param(date(2045, 12, 31), {Term.TWENTY}, id="45"),
        pytest.param(date(2046, 1, 1), {Term.TWENTY, Term.LONG}, id="46 today, applied at 45"),
        pytest.param(date(2046, 6, 1), {Term.LONG}, id="46"),
    ],
)
def test_lawful_terms_of_one_born_on_new_years_day_2000(begin: date, terms: set[Term]) -> None:
    assert lawful_terms(date(2000, 1, 1), begin) == terms


@pytest.mark.parametrize(
    ("day", "age"),
    [
        pytest.param(date(2009, 2, 28), 0, id="the day before"),
        pytest.param(date(2009, 3, 1), 1, id="1 March"),
        pytest.param(date(2012, 2, 29), 4, id="the fourth birthday"),
        pytest.param(date(2008, 2, 28), -1, id="before birth"),
    ],
)
def test_age_of_one_born_on_a_leap_day(day: date, age: int) -> None:
    assert age_on(date(2008, 2, 29), day) == age


@pytest.mark.parametrize(
    ("begin", "end", "lawful"),
    [
        pytest.param("20240315", "20240615", True, id="three months to the day"),
        pytest.param("20240315", "20240614", True, id="the day before"),
        pytest.param("20241130", "20250228", True, id="into a short month"),
        pytest.param("20240101", "20240331", True, id="from the first to the last of a month"),
        pytest.param("20240315", "20240915", False, id="six months"),
        pytest.param("20240315", "20340315", False, id="ten years"),
        pytest.param("20240315", "20240630", False, id="two weeks more"),
    ],
)
def test_a_temporary_card_is_valid_for_three_months(begin, end, lawful):
    assert is_temporary_term(to_date(begin), to_date(end)) is lawful
