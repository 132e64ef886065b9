"""Fictional people: a name, a lawful number, an address and a term, all from one random generator.

Numbers follow GB 11643 (weights and check characters below); the region code is a real one of GB/T 2260, the person is
not: birth date and sequence number are drawn at random and no register of persons is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from faker import Faker

from idcard_core.card import FieldName
from idcard_core.fields.rules.number import check_character
from idcard_core.fields.rules.validity import age_on
from idcard_core.specimen import tables
from idcard_core.specimen.addresses import make_address
from idcard_core.specimen.regions import Region, regions

LONG_TERM = "长期"
_LATEST_ISSUE = date(2025, 6, 30)
_FIRST_ISSUE = date(2004, 3, 29)
"""The first second-generation cards were issued on this day."""


@dataclass(frozen=True, slots=True)
class Person:
    """Everything printed on one fictional card; dates are ``YYYYMMDD`` as in the wire contract."""

    name: str
    sex: str
    nation: str
    birthday: str
    address: str
    idcardno: str
    gov: str
    begindate: str
    enddate: str

    @property
    def fields(self) -> dict[FieldName, str]:
        """Field values by name, both sides."""
        return {name: str(getattr(self, name.value)) for name in FieldName}


@dataclass(frozen=True, slots=True)
class PersonWish:
    """What a condition asks of its person; None or False leaves it to chance."""

    minority_name: bool = False
    rare_name: bool = False
    long_term: bool | None = None
    address_length: tuple[int, int] | None = None
    nation: str | None = None


def make_person(rng: np.random.Generator, wish: PersonWish | None = None) -> Person:
    """A fictional person drawn from ``rng``, in keeping with ``wish``."""
    wish = wish or PersonWish()
    region = _choose_region(rng, wish)
    born, issued = _choose_dates(rng, wish)
    male = bool(rng.random() < 0.5)
    nation = wish.nation or _choose_nation(rng, wish.minority_name)
    if wish.minority_name:
        name = minority_name(rng)
    elif wish.rare_name:
        name = _rare_name(rng, male)
    else:
        name = _common_name(rng, male)
    begin, end = _term(born, issued)
    return Person(
        name=name,
        sex="男" if male else "女",
        nation=nation,
        birthday=f"{born:%Y%m%d}",
        address=make_address(rng, region, wish.address_length),
        idcardno=_number(rng, region.code, born, male),
        gov=_issuer(rng, region),
        begindate=begin,
        enddate=end,
    )


def minority_name(rng: np.random.Generator) -> str:
    """A name of two or three parts joined by U+00B7, 5 to 12 characters in all."""
    while True:
        parts = rng.choice(tables.MINORITY_GIVEN, size=3 if rng.random() < 0.15 else 2, replace=False)
        name = "·".join(str(part) for part in parts)
        if 5 <= len(name) <= 12:
            return name


@lru_cache(maxsize=1)
def _faker() -> Faker:
    return Faker("zh_CN")


def _pick(rng: np.random.Generator, characters: str, count: int = 1) -> str:
    return "".join(characters[int(i)] for i in rng.integers(len(characters), size=count))


def _common_name(rng: np.random.Generator, male: bool) -> str:
    fake = _faker()
    fake.seed_instance(int(rng.integers(2**32)))
    kind = rng.random()
    if kind < 0.35:
        return str(fake.name_male() if male else fake.name_female())
    surname = str(rng.choice(tables.COMPOUND_SURNAMES)) if kind > 0.96 else str(fake.last_name())
    pool = tables.MALE_CHARACTERS if male else tables.FEMALE_CHARACTERS
    count = int(rng.choice([1, 2, 3], p=[0.3, 0.65, 0.05]))
    given = _pick(rng, pool, count)
    if rng.random() < 0.08:
        given = given[:-1] + _pick(rng, tables.RARE_CHARACTERS)
    return surname + given


def _rare_name(rng: np.random.Generator, male: bool) -> str:
    fake = _faker()
    fake.seed_instance(int(rng.integers(2**32)))
    surname = _pick(rng, tables.RARE_SURNAMES) if rng.random() < 0.4 else str(fake.last_name())
    given = _pick(rng, tables.RARE_CHARACTERS)
    if rng.random() < 0.5:
        other = _pick(rng, tables.MALE_CHARACTERS if male else tables.FEMALE_CHARACTERS)
        given = given + other if rng.random() < 0.5 else other + given
    return surname + given


def _choose_nation(rng: np.random.Generator, minority: bool) -> str:
    if not minority and rng.random() < 0.55:
        return tables.NATIONS[0]
    return tables.NATIONS[int(rng.integers(1, len(tables.NATIONS)))]


def _choose_region(rng: np.random.Generator, wish: PersonWish) -> Region:
    """A region; for a short address one whose own name leaves room."""
    everywhere = regions()
    while True:
        region = everywhere[int(rng.integers(len(everywhere)))]
        if wish.address_length is None or len(region.county) + 5 <= wish.address_length[1]:
            return region


def _choose_dates(rng: np.random.Generator, wish: PersonWish) -> tuple[date, date]:
    """Birth date and date of issue; age at issue decides the term (see ``_term``)."""
    while True:
        issued = _FIRST_ISSUE + timedelta(days=int(rng.integers((_LATEST_ISSUE - _FIRST_ISSUE).days)))
        low, high = (46, 92) if wish.long_term else (2, 46 if wish.long_term is False else 80)
        born = issued - timedelta(days=int(rng.integers(low * 365 + 20, high * 365)))
        if (issued.month, issued.day) == (2, 29) or born < date(1912, 1, 1):
            continue
        if wish.long_term is None or (age_on(born, issued) >= 46) == wish.long_term:
            return born, issued


def _term(born: date, issued: date) -> tuple[str, str]:
    """Begin and end of validity: under 16 for 5 years, 16 to 25 for 10, 26 to 45 for 20, from 46 without end."""
    age = age_on(born, issued)
    if age >= 46:
        return f"{issued:%Y%m%d}", LONG_TERM
    years = 5 if age < 16 else 10 if age < 26 else 20
    return f"{issued:%Y%m%d}", f"{issued.replace(year=issued.year + years):%Y%m%d}"


def _number(rng: np.random.Generator, code: str, born: date, male: bool) -> str:
    sequence = int(rng.integers(1, 499)) * 2 + (1 if male else 0)
    digits = f"{code}{born:%Y%m%d}{sequence:03d}"
    return digits + check_character(digits)


def _issuer(rng: np.random.Generator, region: Region) -> str:
    if not region.is_district:
        if region.county.endswith("县") and region.city and rng.random() < 0.1:
            return f"{region.city}公安局"
        return f"{region.county}公安局"
    city = region.city or region.province
    district = region.county
    if len(district) > 2 and rng.random() < 0.4:
        district = district.removesuffix("区")
    return f"{city}公安局{district}分局"
