"""Fictional people are lawful ones."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from idcard_core.card import FieldName
from idcard_core.fields.rules.number import check_character
from idcard_core.fields.rules.validity import age_on
from idcard_core.specimen.people import LONG_TERM, PersonWish, make_person
from idcard_core.specimen.regions import regions
from idcard_core.specimen.tables import NATIONS

PEOPLE = [make_person(np.random.default_rng(seed)) for seed in range(150)]


def _day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def test_check_character_of_the_standard_s_examples():
    # GB 11643-1999, appendix
    assert check_character("11010519491231002") == "X"
    assert check_character("44052418800101001") == "4"


def test_numbers_are_lawful_and_agree_with_birth_and_sex():
    codes = {region.code for region in regions()}
    for person in PEOPLE:
        number = person.idcardno
        assert len(number) == 18
        assert number[17] == check_character(number[:17])
        assert number[:6] in codes
        assert number[6:14] == person.birthday
        assert (int(number[16]) % 2 == 1) == (person.sex == "男")


def test_terms_follow_the_age_at_issue():
    for person in PEOPLE:
        age = age_on(_day(person.birthday), _day(person.begindate))
        if age >= 46:
            assert person.enddate == LONG_TERM
        else:
            years = 5 if age < 16 else 10 if age < 26 else 20
            assert person.enddate == str(int(person.begindate[:4]) + years) + person.begindate[4:]


def test_people_differ_and_keep_within_the_card():
    assert len({person.idcardno for person in PEOPLE}) == len(PEOPLE)
    assert all(8 <= len(person.address) <= 42 for person in PEOPLE)
    assert all(person.nation in NATIONS for person in PEOPLE)
    assert all("公安局" in person.gov for person in PEOPLE)
    assert len(NATIONS) == 56
    assert set(PEOPLE[0].fields) == set(FieldName)


@pytest.mark.parametrize("seed", range(10))
def test_a_wish_is_met(seed: int):
    rng = np.random.default_rng(seed)
    minority = make_person(rng, PersonWish(minority_name=True))
    assert "\u00b7" in minority.name
    assert 5 <= len(minority.name) <= 12
    assert make_person(rng, PersonWish(long_term=True)).enddate == LONG_TERM
    assert len(make_person(rng, PersonWish(address_length=(30, 42))).address) >= 28


def test_the_same_seed_gives_the_same_person():
    assert make_person(np.random.default_rng(9)) == make_person(np.random.default_rng(9))
