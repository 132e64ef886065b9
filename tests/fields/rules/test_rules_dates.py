from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idcard_core.fields.rules.dates import Validity, parse_birthday, parse_validity, to_date, to_stamp

days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
dots = st.sampled_from([".", ",", "·", "。", "，", "．", " ", ""])
dashes = st.sampled_from(["-", "—", "一", "~", "–", "－", " - ", "——"])


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        pytest.param("1990年1月1日", "19900101", id="as printed"),
        pytest.param("1990 年 10 月 2 日", "19901002", id="spaces"),
        pytest.param("１９９０年１月１２日", "19900112", id="full width"),
        pytest.param("出生1990年1月1日", "19900101", id="with its label"),
        pytest.param("1 990年 1月 1 2日", "19900112", id="spaces inside numbers"),
        pytest.param("1990年01月05日", "19900105", id="leading zeros"),
        pytest.param("1990年12月31", "19901231", id="day sign lost"),
        pytest.param("1990 1 12", "19900112", id="all signs lost"),
        pytest.param("19901月12日", "19900112", id="year sign lost"),
        pytest.param("1990年1目12日", "19900112", id="month sign misread"),
        pytest.param("19901231", "19901231", id="eight digits"),
        pytest.param("1990年131日", "19900131", id="month sign lost, one real date"),
        pytest.param("1990年112日", "", id="month sign lost, two real dates"),
        pytest.param("1990年11日", "19900101", id="month sign lost, one digit each"),
        pytest.param("1990年2月30日", "", id="30 February"),
        pytest.param("1900年2月29日", "", id="29 February 1900"),
        pytest.param("2000年2月29日", "20000229", id="29 February 2000"),
        pytest.param("1990年13月1日", "", id="month 13"),
        pytest.param("1990年0月1日", "", id="month 0"),
        pytest.param("199年1月1日", "", id="a year of three digits"),
        pytest.param("1990年1月1日2", "", id="a digit too many"),
        pytest.param("1090年1月1日", "", id="a year nobody lived in"),
        pytest.param("1990年1月", "", id="day lost"),
        pytest.param("②〇〇〇年1月1日", "", id="no digits in a circle"),
        pytest.param("", "", id="empty"),
    ],
)
def test_birthday(text: str, stamp: str) -> None:
    assert parse_birthday(text) == stamp


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        pytest.param("2010.05.12-2020.05.12", "20100512", "20200512", id="as printed"),
        pytest.param("2010.05.12-长期", "20100512", "长期", id="long term"),
        pytest.param("2010.05.12-長期", "20100512", "长期", id="long term, traditional"),
        pytest.param("2010.05.12-长", "20100512", "长期", id="long term, half of it"),
        pytest.param("2010.05.12长期", "20100512", "长期", id="long term, no dash"),
        pytest.param("有效期限2010.05.12-2020.05.12", "20100512", "20200512", id="with its label"),
        pytest.param("有效期限 2010.05.12-", "20100512", "", id="label holds 期, end lost"),
        pytest.param("2010，05。12—2020·0512", "20100512", "20200512", id="slips in the dots"),
        pytest.param("2010.05.12一2020.05.12", "20100512", "20200512", id="dash read as a numeral"),
        pytest.param("20100512 20200512", "20100512", "20200512", id="dash lost"),
        pytest.param("2010.05.122020.05.12", "20100512", "20200512", id="dash lost, no space"),
        pytest.param("2010-05-12-2020-05-12", "20100512", "20200512", id="dots read as dashes"),
        pytest.param("2010.05.12-2020.5.12", "20100512", "", id="a digit lost from the end"),
        pytest.param("2010.5.12-2020.05.12", "", "20200512", id="a digit lost from the begin"),
        pytest.param("2010.05.1-22020.05.12", "", "", id="sixteen digits on the wrong sides"),
        pytest.param("2010.02.30-2020.02.28", "", "20200228", id="begin is no real date"),
        pytest.param("2010.05.12", "20100512", "", id="one date is the begin"),
        pytest.param("有效期限 -2020.05.12", "", "20200512", id="one date after a dash is the end"),
        pytest.param("长期", "", "", id="no date"),
        pytest.param("", "", "", id="empty"),
    ],
)
def test_validity(text: str, begin: str, end: str) -> None:
    assert parse_validity(text) == Validity(begin, end)


@given(days)
def test_birthday_round_trip(day: date) -> None:
    printed = f"{day.year}年{day.month}月{day.day}日"
    assert parse_birthday(printed) == parse_birthday(" ".join(printed)) == to_stamp(day)


@given(days, days, dots, dots, dashes)
def test_validity_round_trip(begin: date, end: date, first: str, second: str, dash: str) -> None:
    text = dash.join(f"{d.year}{first}{d.month:02d}{second}{d.day:02d}" for d in (begin, end))
    assert parse_validity(text) == Validity(to_stamp(begin), to_stamp(end))


@given(days)
def test_stamp_round_trip(day: date) -> None:
    assert to_date(to_stamp(day)) == day


@given(st.text("0123456789年月日.-—一 长期有效", max_size=30))
def test_no_digit_is_invented(text: str) -> None:
    printed = [char for char in text if char.isdigit()]
    validity = parse_validity(text)
    for stamp in (validity.begin, validity.end, parse_birthday(text)):
        assert stamp in ("", "长期") or to_date(stamp) is not None
    assert len(validity.begin) + len(validity.end.strip("长期")) <= len(printed)
    birthday = parse_birthday(text)
    assert [c for c in birthday if c != "0"] == ([c for c in printed if c != "0"] if birthday else [])


@pytest.mark.parametrize("stamp", ["", "2020051", "202005121", "20200532", "2020051X", "２０２００５１２", "17991231"])
def test_no_date(stamp: str) -> None:
    assert to_date(stamp) is None
