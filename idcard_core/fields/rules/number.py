"""The citizen identity number, GB 11643-1999: region (6), birth date (8), sequence (3), check character (1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from idcard_core.card import NumberType
from idcard_core.fields.rules.dates import to_date
from idcard_core.fields.rules.regions import PROVINCE_CODES

MALE, FEMALE = "男", "女"

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11643, 2 ** (17 - i) mod 11 for the i-th digit."""
_CHECK_CHARACTERS = "10X98765432"
"""GB 11643, indexed by the weighted sum mod 11."""
_BODY = re.compile(r"[0-9]{17}")
_SHAPE = re.compile(r"[0-9]{17}[0-9Xx]")


@dataclass(frozen=True, slots=True)
class IdNumber:
    """The parts of a number whose shape and birth date are right; its check character need not be."""

    region: str
    birth: date
    sequence: str
    check: str

    @property
    def sex(self) -> str:
        """男 for an odd sequence, 女 for an even one."""
        return MALE if int(self.sequence) % 2 else FEMALE

    @property
    def birthday(self) -> str:
        """The birth date as ``YYYYMMDD``."""
        return f"{self.birth.year:04d}{self.birth.month:02d}{self.birth.day:02d}"


def check_character(body: str) -> str:
    """The check character of 17 digits (MOD 11-2 of ISO 7064, as in GB 11643); ValueError for anything else."""
    if not _BODY.fullmatch(body):
        raise ValueError("a number's body is 17 digits")
    return _CHECK_CHARACTERS[sum(w * int(d) for w, d in zip(_WEIGHTS, body, strict=True)) % 11]


def has_right_shape(number: str) -> bool:
    """Whether ``number`` is 17 digits and a digit or X."""
    return _SHAPE.fullmatch(number) is not None


def checksum_holds(number: str) -> bool:
    """Whether ``number`` has the right shape and its last character is its check character."""
    return has_right_shape(number) and check_character(number[:17]) == number[17].upper()


def province_known(number: str) -> bool:
    """Whether the number's first two digits are those of a province (GB/T 2260) or a residence permit."""
    return number[:2] in PROVINCE_CODES


def parse(number: str) -> IdNumber | None:
    """The parts of ``number``, or None when its shape or its birth date is impossible."""
    if not has_right_shape(number):
        return None
    birth = to_date(number[6:14])
    if birth is None:
        return None
    return IdNumber(region=number[:6], birth=birth, sequence=number[14:17], check=number[17].upper())


def is_valid(number: str, today: date | None = None) -> bool:
    """Whether ``number`` obeys GB 11643.

    That is: length and characters, a known province, a real birth date not after ``today`` (the present day when
    None), and the check character. A county code the table lacks does not matter: tables age, and a lawful card
    must not fail for it.
    """
    parts = parse(number)
    return (
        parts is not None
        and province_known(number)
        and parts.birth <= (today or date.today())
        and checksum_holds(number)
    )


def birth_disagrees(parts: IdNumber, birthday: str) -> bool:
    """Whether a printed ``YYYYMMDD`` differs from the number's birth date; an unread one cannot disagree."""
    return len(birthday) == 8 and birthday.isdigit() and birthday != parts.birthday


def sex_disagrees(parts: IdNumber, sex: str) -> bool:
    """Whether a printed 男 or 女 differs from the number's sex; an unread one cannot disagree."""
    return sex in (MALE, FEMALE) and sex != parts.sex


def number_type(
    number: str, sex: str, birthday: str, *, all_empty: bool = False, today: date | None = None
) -> NumberType:
    """``idcard_number_type``: the number held against the printed sex and birth date (``YYYYMMDD``).

    ``all_empty`` says that no front field was read at all. A number that is not valid is IMPOSSIBLE. A sex or
    birth date that was not read (empty, or not in its form) cannot disagree: an empty field is reported as such
    elsewhere, and calling it a disagreement would accuse the card of what the picture did.
    """
    if all_empty:
        return NumberType.EMPTY
    parts = parse(number)
    if parts is None or not is_valid(number, today):
        return NumberType.IMPOSSIBLE
    birth, other_sex = birth_disagrees(parts, birthday), sex_disagrees(parts, sex)
    if birth and other_sex:
        return NumberType.DISAGREES
    if birth:
        return NumberType.BIRTH_DISAGREES
    return NumberType.SEX_DISAGREES if other_sex else NumberType.AGREES
