"""Numbers and codes that tell a document: bank cards, machine-readable zones, plates, residence permits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from idcard_core.fields.rules.dates import to_date
from idcard_core.fields.rules.number import checksum_holds, parse

PERMIT_CODES = ("81", "82", "83")
"""How the numbers of residence permits begin: Hong Kong, Macao, Taiwan (港澳台居民居住证申领发放办法,
国办发〔2018〕81号, article 8: 810000, 820000, 830000)."""
_BANK_PREFIX = re.compile(r"(?:62|60|4|5[1-5]|2[2-7]|3[4-7]|9[0-9])")
"""ISO/IEC 7812: 62 and 60 UnionPay, 4 Visa, 51 to 55 and 22 to 27 Mastercard, 34 to 37 American Express and JCB; 9 is
for national use, which cards of the time before UnionPay have."""
PLATE = re.compile(
    r"(?<![\u4e00-\u9fff])[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·. ]?"
    r"[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])"
)
"""A number plate (GA 36-2018): province, office, five characters, or six of a car with an electric drive."""
VIN = re.compile(r"(?<![A-Z0-9])(?=[A-Z0-9]*[A-Z])(?=[A-Z0-9]*[0-9]{4})[A-HJ-NPR-Z0-9]{17}(?![A-Z0-9])")
"""A vehicle identification number (GB 16735-2019): 17 characters without I, O and Q; the last four are digits."""
_ZONE = re.compile(r"[A-Z0-9<]{20,46}")
_ZONE_TAIL = re.compile(r"[A-Z0-9<]{9}[0-9O<][A-Z<0]{3}[0-9OIBSZ]{6}[0-9OIBSZ][MFX<][0-9OIBSZ]{6}")
"""ICAO Doc 9303 part 4, lower line: number, check digit, state, birth date, check digit, sex, date of expiry."""


class Zone(Enum):
    """What a machine-readable zone is of, by its first letter (ICAO Doc 9303 part 3)."""

    PASSPORT = "P"
    CARD = "C"


def luhn_holds(digits: str) -> bool:
    """Whether the last digit is the check digit of ISO/IEC 7812-1 (annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_bank_number(digits: str) -> bool:
    """Whether a run of digits is a bank card's number: 16 to 19 of them, Luhn's check digit, a known network.

    Eighteen digits with a date where an identity number has its birth date are not taken for one.
    """
    if not 16 <= len(digits) <= 19 or not digits.isdigit() or not _BANK_PREFIX.match(digits):
        return False
    if len(digits) == 18 and to_date(digits[6:14]) is not None:
        return False
    return luhn_holds(digits)


def is_like_bank_number(text: str) -> bool:
    """Whether a line is a number as bank cards have them, but for its check digit: in groups of four, of which some may
    have been read as one, or from 62 on."""
    text = text.strip()
    if re.fullmatch(r"(?=[0-9]+[ \-])[0-9]{4}([ \-]?[0-9]{4}){3}([ \-]?[0-9]{1,3})?", text):
        return _BANK_PREFIX.match(text) is not None
    return re.fullmatch(r"62(?:[0-9]{14}|[0-9]{17})", text.replace(" ", "")) is not None


def is_permit_number(number: str) -> bool:
    """Whether it is the 公民身份号码 of a resident of Hong Kong, Macao or Taiwan.

    Those have 0000 after the first two digits, so that a 6 read as 8 makes no such number of a resident's (610000 is no
    county's code).
    """
    parts = parse(number)
    if parts is None or number[:2] not in PERMIT_CODES:
        return False
    return number[2:6] == "0000" or (checksum_holds(number) and number[2:4] == "00")


def is_foreign_resident_number(number: str) -> bool:
    """Whether it is the number of a foreign permanent resident.

    Since 2023 eighteen digits: 9, province (2), country (3), birth date (8), sequence (3), check digit (国家移民管理局,
    2023 年 11 月); before that three letters of the country and twelve digits (GA/T 1303).
    """
    if re.fullmatch(r"[A-Z]{3}[0-9]{12}", number):
        return True
    return number.startswith("9") and parse(number) is not None and checksum_holds(number)


def zone_of(lines: Sequence[str]) -> Zone | None:
    """The machine-readable zone among ``lines``, if any; its fillers may have been read as other marks."""
    for line in lines:
        text = re.sub(r"[«‹≤《〈く＜]", "<", line.upper()).replace(" ", "")
        for run in _ZONE.findall(text):
            if _ZONE_TAIL.search(run) and len(run) > 28:
                return Zone.PASSPORT
            if run.count("<") < 3:
                continue
            if re.match(r"P[A-Z<][A-Z0<]{3}[A-Z]", run) and ("<<" in run or run.count("<") > 5):
                return Zone.PASSPORT
            if re.match(r"(?:C[A-Z<]|I[A-Z<]CHN|A[A-Z<]CHN)[A-Z0-9]", run) and sum(c.isdigit() for c in run) >= 8:
                return Zone.CARD
    return None
