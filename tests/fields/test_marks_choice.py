"""Which of two readings of a value is taken."""

from __future__ import annotations

import pytest
from card_lines import make_line

from idcard_core.card import FieldName
from idcard_core.fields.marks.choice import choose
from idcard_core.fields.placed import Placed
from idcard_core.fields.values import Value


def chosen(name: FieldName, whole: tuple[str, float], alone: tuple[str, float], evident: bool = True) -> str:
    readings = ({name: Placed(Value(text, text, sure))} for text, sure in (whole, alone))
    return choose(*readings, evident)[name].value.text


@pytest.mark.parametrize(
    ("name", "whole", "alone", "expected"),
    [
        (FieldName.ADDRESS, ("海口市路4号", 0.9), ("海口市路4号", 0.5), "海口市路4号"),
        (FieldName.ADDRESS, ("海口市路4号再次复印", 1.0), ("海口市路4号", 0.3), "海口市路4号"),
        (FieldName.ADDRESS, ("海口市路4号长宁", 1.0), ("海口市路4号", 0.9), "海口市路4号"),
        (FieldName.ADDRESS, ("海口市路4号", 1.0), ("海口市", 0.5), "海口市路4号"),
        (FieldName.ADDRESS, ("路4号", 1.0), ("海口市路4号", 0.4), "海口市路4号"),
        (FieldName.NAME, ("郑超己", 0.99), ("郑超已", 0.99), "郑超己"),
        (FieldName.NATION, ("汉限", 0.99), ("汉", 0.6), "汉"),
        (FieldName.BIRTHDAY, ("", 0.0), ("19900102", 0.9), "19900102"),
        (FieldName.ADDRESS, ("光明村光明11", 0.99), ("光明村光明11号", 0.99), "光明村光明11号"),
        (FieldName.NAME, ("李佳科", 0.99), ("李佳", 0.99), "李佳"),
        (FieldName.ADDRESS, ("路9号3-6-4", 0.99), ("路9号36-4", 0.99), "路9号3-6-4"),
        (FieldName.GOV, ("一松滋市公安局", 0.99), ("松滋市公安局", 0.99), "松滋市公安局"),
    ],
    ids=[
        "the same",
        "words of a mark are never kept",
        "a mark's characters are left out",
        "a guess is not taken",
        "what a mark hid is taken",
        "the card as it is where nothing was added",
        "a nation there is",
        "the one that was read",
        "one character that a mark hid",
        "one character that a mark added",
        "a hyphen that the print alone lost",
        "a stroke before the value",
    ],
)
def test_the_better_reading_is_taken(name, whole, alone, expected):
    assert chosen(name, whole, alone) == expected


@pytest.mark.parametrize(
    ("whole", "alone", "expected"),
    [
        pytest.param(
            ("路9号9幢3-6-4", 0.9), ("路9号9幢36-4", 0.98), "路9号9幢3-6-4", id="a hyphen the print alone lost"
        ),
        pytest.param(("尉耀建", 0.7), ("门中", 0.6), "尉耀建", id="a faint reading of its own"),
        pytest.param(("尉耀健", 0.4), ("尉耀建", 0.9), "尉耀建", id="much surer"),
    ],
)
def test_without_a_sure_mark_the_card_as_it_is_is_believed(whole, alone, expected):
    assert chosen(FieldName.NAME, whole, alone, evident=False) == expected


def test_a_guess_from_a_list_is_no_reading():
    whole = {FieldName.NATION: Placed(Value("蒙古", "蒙古", 0.7))}
    alone = {FieldName.NATION: Placed(Value("京", "古", 0.95, "nation_table"))}
    assert choose(whole, alone, evident=True)[FieldName.NATION].value.text == "蒙古"


@pytest.mark.parametrize("birthday", ["19900102", "19901102"], ids=["as it is", "print alone"])
def test_of_two_birth_dates_the_number_s_own_is_taken(birthday: str):
    number = Placed(Value(f"110101{birthday}0017", "", 1.0))
    whole = {FieldName.BIRTHDAY: Placed(Value("19900102", "", 0.9)), FieldName.IDCARDNO: number}
    alone = {FieldName.BIRTHDAY: Placed(Value("19901102", "", 0.9)), FieldName.IDCARDNO: number}
    assert choose(whole, alone, evident=True)[FieldName.BIRTHDAY].value.text == birthday


def test_a_reading_that_lacks_a_line_in_its_middle_is_not_taken():
    lines = [
        make_line(text, 150, middle) for text, middle in (("海口市美兰区", 260), ("黄河大街4号", 305), ("9幢", 350))
    ]
    parts = tuple((line, line.glyphs) for line in lines)
    whole = Placed(Value("海口市美兰区黄河大街4号9幢", "", 0.9), parts=parts)
    alone = Placed(Value("海口市美兰区9幢", "", 1.0), parts=(parts[0], parts[2]))
    assert choose({FieldName.ADDRESS: whole}, {FieldName.ADDRESS: alone}, True)[FieldName.ADDRESS] is whole


def test_characters_lost_inside_a_value_are_taken_from_the_print_alone():
    assert chosen(FieldName.ADDRESS, ("凤县民族路元405室", 1.0), ("凤县民族路98号4单元405室", 0.5), False).endswith(
        "98号4单元405室"
    )
