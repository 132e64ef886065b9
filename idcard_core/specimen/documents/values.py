"""Fictional values that documents carry: numbers of all kinds, names in Latin letters, dates."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from faker import Faker

from idcard_core.fields.rules.number import check_character

PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


@lru_cache(maxsize=4)
def _faker(locale: str) -> Faker:
    return Faker(locale)


def faker(rng: np.random.Generator, locale: str = "zh_CN") -> Faker:
    """The maker of fictional values, seeded from ``rng``."""
    fake = _faker(locale)
    fake.seed_instance(int(rng.integers(2**32)))
    return fake


def digits(rng: np.random.Generator, count: int) -> str:
    """So many random digits."""
    return "".join(map(str, rng.integers(0, 10, count)))


def letters(rng: np.random.Generator, count: int, of: str = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789") -> str:
    """So many random characters of a set."""
    return "".join(of[int(i)] for i in rng.integers(len(of), size=count))


def bank_number(rng: np.random.Generator) -> str:
    """16 or 19 digits with Luhn's check digit, of no issuer: 62 and 99 are followed by random digits."""
    length = 19 if rng.random() < 0.6 else 16
    start = "62" if length == 19 or rng.random() < 0.5 else str(rng.choice(["4", "51", "53", "55"]))
    body = start + digits(rng, length - 1 - len(start))
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def grouped(number: str, size: int = 4) -> str:
    """The number in groups with blanks between them."""
    return " ".join(number[at : at + size] for at in range(0, len(number), size))


def plate(rng: np.random.Generator) -> str:
    """A number plate."""
    return letters(rng, 1, PLATES) + letters(rng, 1, "ABCDEFGH") + letters(rng, 5)


def vin(rng: np.random.Generator) -> str:
    """17 characters that end in digits."""
    return "L" + letters(rng, 12) + digits(rng, 4)


def permit_number(rng: np.random.Generator, region: str, born: str, male: bool) -> str:
    """The 公民身份号码 of a resident of Hong Kong (81), Macao (82) or Taiwan (83)."""
    body = f"{region}0000{born}{int(rng.integers(1, 499)) * 2 + male:03d}"
    return body + check_character(body)


def day(rng: np.random.Generator, first: int = 2012, last: int = 2024) -> tuple[int, int, int]:
    """Year, month and day."""
    return int(rng.integers(first, last + 1)), int(rng.integers(1, 13)), int(rng.integers(1, 29))


def date_text(date: tuple[int, int, int], style: str) -> str:
    """A date, as 2020-01-31 (``-``), 2020.01.31 (``.``), 2020年01月31日 (``年``) or 31 JAN/1月 2020 (``en``)."""
    year, month, number = date
    if style == "年":
        return f"{year}年{month:02d}月{number:02d}日"
    if style == "en":
        names = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
        return f"{number:02d} {month}月/{names[month - 1]} {year}"
    return style.join((f"{year:04d}", f"{month:02d}", f"{number:02d}"))


def term(rng: np.random.Generator, years: int, style: str) -> str:
    """A period of validity."""
    begin = day(rng)
    dash = "-" if style == "." else "至"
    return date_text(begin, style) + dash + date_text((begin[0] + years, *begin[1:]), style)


def _check(text: str) -> str:
    """ICAO Doc 9303 part 3: weights 7, 3, 1; letters count from 10, the filler 0."""
    values = [0 if c == "<" else int(c, 36) for c in text]
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)


def zone(rng: np.random.Generator, kind: str, state: str, name: tuple[str, str], number: str) -> tuple[str, str]:
    """The two lines of 44 characters at the foot of a passport."""
    upper = f"{kind}{state}{name[0]}<<{name[1]}".upper().replace(" ", "<")[:44].ljust(44, "<")
    born = f"{int(rng.integers(40, 100)):02d}{int(rng.integers(1, 13)):02d}{int(rng.integers(1, 29)):02d}"
    ends = f"{int(rng.integers(25, 35)):02d}{int(rng.integers(1, 13)):02d}{int(rng.integers(1, 29)):02d}"
    number = number[:9].ljust(9, "<")
    sex = "M" if rng.random() < 0.5 else "F"
    parts = number + _check(number), born + _check(born), ends + _check(ends)
    personal = "<" * 14 + "0"
    lower = parts[0] + state + parts[1] + sex + parts[2] + personal
    return upper, lower + _check(parts[0] + parts[1] + parts[2] + personal)


def latin_name(rng: np.random.Generator) -> tuple[str, str]:
    """Surname and given name in capitals."""
    fake = faker(rng, "en_US")
    return str(fake.last_name()).upper(), str(fake.first_name()).upper()


PINYIN = [
    "AN",
    "BAO",
    "CHEN",
    "DENG",
    "FANG",
    "GAO",
    "HAI",
    "JIAN",
    "KANG",
    "LIN",
    "MENG",
    "NING",
    "PENG",
    "QIAO",
    "RUI",
    "SHAN",
    "TAO",
    "WEN",
    "XIN",
    "YUAN",
    "ZHEN",
]


def pinyin(rng: np.random.Generator) -> tuple[str, str]:
    """A made-up name in the Latin letters of Chinese names."""
    first, second, third = (PINYIN[int(i)] for i in rng.integers(len(PINYIN), size=3))
    return first, second + third
