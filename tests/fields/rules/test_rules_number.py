"""The citizen identity number. Every number here is fictional: the standard's own examples, or composed in the test."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idcard_core.card import NumberType
from idcard_core.fields.rules import number

TODAY = date(2026, 1, 1)

# The two examples printed in GB 11643-1999.
STANDARD_WOMAN = "11010519491231002X"
STANDARD_MAN = "440524188001010014"

bodies = st.text("0123456789", min_size=17, max_size=17)


def numbered(body: str) -> str:
    """A fictional number: ``body`` with its check character."""
    return body + number.check_character(body)


@pytest.mark.parametrize("example", [STANDARD_WOMAN, STANDARD_MAN])
def test_check_character_of_the_standards_examples(example: str) -> None:
    assert number.check_character(example[:17]) == example[17]
    assert number.checksum_holds(example)


@given(bodies)
def test_exactly_one_check_character_holds(body: str) -> None:
    holding = [c for c in "0123456789X" if number.checksum_holds(body + c)]
    assert holding == [number.check_character(body)]


@given(bodies, st.integers(0, 16), st.integers(1, 9))
def test_every_single_wrong_digit_is_noticed(body: str, at: int, by: int) -> None:
    wrong = body[:at] + str((int(body[at]) + by) % 10) + body[at + 1 :]
    assert not number.checksum_holds(wrong + number.check_character(body))


@given(bodies, st.integers(0, 15))
def test_swapped_neighbours_are_noticed(body: str, at: int) -> None:
    swapped = body[:at] + body[at + 1] + body[at] + body[at + 2 :]
    assert number.checksum_holds(swapped + number.check_character(body)) is (swapped == body)


@pytest.mark.parametrize("body", ["", "1" * 16, "1" * 18, "1101051949123100X", "１" * 17, "²" * 17])
def test_a_body_is_seventeen_ascii_digits(body: str) -> None:
    with pytest.raises(ValueError, match="17 digits"):
        number.check_character(body)


def test_parts() -> None:
    parts = number.parse(STANDARD_WOMAN)
    assert parts == number.IdNumber("110105", date(1949, 12, 31), "002", "X")
    assert (parts.sex, parts.birthday) == ("女", "19491231")


@given(st.dates(date(1800, 1, 1), date(2100, 1, 1)), st.integers(0, 999))
def test_parts_of_a_composed_number(birth: date, sequence: int) -> None:
    parts = number.parse(numbered(f"110105{birth:%Y%m%d}{sequence:03d}".replace(" ", "0")))
    assert parts is not None
    assert parts.birth == birth
    assert parts.sex == ("男" if sequence % 2 else "女")


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        pytest.param(STANDARD_WOMAN, True, id="the standard's example"),
        pytest.param(STANDARD_WOMAN.lower(), True, id="lower-case x"),
        pytest.param("", False, id="empty"),
        pytest.param(STANDARD_WOMAN[:-1], False, id="a character short"),
        pytest.param(STANDARD_WOMAN + "1", False, id="a character long"),
        pytest.param(STANDARD_WOMAN + "\n", False, id="a line end"),
        pytest.param("110105491231002", False, id="first generation, 15 digits"),
        pytest.param(STANDARD_WOMAN[:-1] + "1", False, id="wrong check character"),
        pytest.param("1101051949123100XX", False, id="X within"),
        pytest.param("１" + STANDARD_WOMAN[1:], False, id="full-width digit"),
        pytest.param(numbered("99010519491231002"), False, id="no such province"),
        pytest.param(numbered("11999919491231002"), True, id="county unknown to the table"),
        pytest.param(numbered("71010519491231002"), True, id="Taiwan"),
        pytest.param(numbered("83000019491231002"), True, id="residence permit"),
        pytest.param(numbered("11010519490231002"), False, id="31 February"),
        pytest.param(numbered("11010519000229002"), False, id="29 February 1900"),
        pytest.param(numbered("11010520000229002"), True, id="29 February 2000"),
        pytest.param(numbered("11010517991231002"), False, id="a birth before 1800"),
        pytest.param(numbered("11010520260101002"), True, id="born today"),
        pytest.param(numbered("11010520260102002"), False, id="born tomorrow"),
    ],
)
def test_validity(text: str, valid: bool) -> None:
    assert number.is_valid(text, TODAY) is valid


@given(st.text(max_size=20))
def test_any_text_has_an_answer(text: str) -> None:
    assert number.is_valid(text) in (True, False)
    assert number.number_type(text, text, text) in NumberType


@pytest.mark.parametrize(
    ("text", "sex", "birthday", "expected"),
    [
        pytest.param(STANDARD_WOMAN, "女", "19491231", NumberType.AGREES, id="agrees"),
        pytest.param(STANDARD_WOMAN, "男", "19491230", NumberType.DISAGREES, id="both disagree"),
        pytest.param(STANDARD_WOMAN, "女", "19491230", NumberType.BIRTH_DISAGREES, id="birth disagrees"),
        pytest.param(STANDARD_WOMAN, "男", "19491231", NumberType.SEX_DISAGREES, id="sex disagrees"),
        pytest.param(STANDARD_WOMAN, "", "", NumberType.AGREES, id="neither was read"),
        pytest.param(STANDARD_WOMAN, "?", "194912", NumberType.AGREES, id="both unreadable"),
        pytest.param(STANDARD_WOMAN, "", "19491230", NumberType.BIRTH_DISAGREES, id="sex unread, birth disagrees"),
        pytest.param(STANDARD_WOMAN, "男", "", NumberType.SEX_DISAGREES, id="birth unread, sex disagrees"),
        pytest.param(STANDARD_WOMAN[:-1] + "1", "女", "19491231", NumberType.IMPOSSIBLE, id="wrong check character"),
        pytest.param("", "女", "19491231", NumberType.IMPOSSIBLE, id="no number, other fields read"),
    ],
)
def test_number_type(text: str, sex: str, birthday: str, expected: NumberType) -> None:
    assert number.number_type(text, sex, birthday, today=TODAY) is expected


def test_number_type_of_a_front_without_any_field() -> None:
    assert number.number_type("", "", "", all_empty=True) is NumberType.EMPTY
