"""The characters of a card: standard simplified ones (居民身份证法, article 4: 规范汉字), half-width digits, one dot.

A recogniser trained on all of East Asia answers now and then with a traditional, Japanese or Korean form of what is
printed. ``simplify`` gives the standard form of those; a character of 通用规范汉字表 (2013), which lawfully
has 昇, 堃, 喆 and 淼 for names, is never changed. The tables are those of ``characters_data``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from idcard_core.text.look_alikes import LOOK_ALIKES, look_alikes

__all__ = [
    "LOOK_ALIKES",
    "NAME_DOT",
    "fold_width",
    "further_characters",
    "is_common",
    "is_han",
    "is_standard",
    "look_alikes",
    "normalize",
    "normalize_name",
    "simplify",
    "standard_characters",
]

NAME_DOT = "·"
"""U+00B7, between the parts of a name transcribed into Chinese (间隔号, GB/T 15834)."""

_DOTS = frozenset("·•●∙⋅‧・･◦∘᛫ㆍ⸱")
"""What the dot of a name is read as, wherever it stands."""
_DOTS_BETWEEN_HAN = frozenset(".。｡,，、'’`-_")
"""What it is read as too, but only between two ideographs."""

_KANA = str.maketrans("ロニハエタカトチオミ", "口二八工夕力卜千才三")
"""Katakana that look like ideographs; there is no kana on a card."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""Full-width forms of ASCII (U+FF01 to U+FF5E) and the ideographic space."""


def fold_width(text: str) -> str:
    """``text`` with full-width letters, digits, punctuation and spaces made half-width; nothing else is touched.

    Unlike NFKC, which would also turn ``①`` and ``²`` into digits that were never printed.
    """
    return text.translate(_FULL_WIDTH)


@lru_cache(maxsize=8192)
def is_han(char: str) -> bool:
    """Whether ``char`` is a unified ideograph (or 〇)."""
    code = ord(char)
    return 0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF or 0x20000 <= code <= 0x323AF or char == "〇"


def is_common(char: str) -> bool:
    """Whether ``char`` is one of the 3755 common characters, level 1 of GB 2312-1980 (rows 16 to 55)."""
    code = char.encode("gb2312", "ignore")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def is_standard(char: str) -> bool:
    """Whether ``char`` is in 通用规范汉字表 (2013)."""
    return char in standard_characters()


def simplify(text: str) -> str:
    """``text`` with traditional, Japanese and other variant ideographs in their standard simplified form.

    Character by character: what stands in 通用规范汉字表, and what has no standard counterpart, stays.
    """
    return text.translate(_variants())


def normalize(text: str) -> str:
    """``text`` without spaces, in half width, with radicals, compatibility ideographs and kana as plain ideographs."""
    folded = fold_width(text).translate(_unified()).translate(_KANA)
    return "".join(_decomposed(char) for char in folded if not char.isspace())


def normalize_name(text: str) -> str:
    """``text`` normalised as a name: every kind of middle dot is U+00B7, none at either end, none twice."""
    chars = list(normalize(text))
    for at, char in enumerate(chars):
        between_han = 0 < at < len(chars) - 1 and is_han(chars[at - 1]) and is_han(chars[at + 1])
        if char in _DOTS or (char in _DOTS_BETWEEN_HAN and between_han):
            chars[at] = NAME_DOT
    return NAME_DOT.join(part for part in "".join(chars).split(NAME_DOT) if part)


@lru_cache(maxsize=1)
def standard_characters() -> frozenset[str]:
    """The 8105 characters of 通用规范汉字表 (2013)."""
    return frozenset("".join(_rows("standard.txt")))


@lru_cache(maxsize=1)
def further_characters() -> frozenset[str]:
    """Ideographs outside that table that stand on cards all the same: of villages (垅), of names older than it (濛)."""
    return frozenset("".join(_rows("further.txt")))


@lru_cache(maxsize=1)
def _variants() -> Mapping[int, str]:
    return _forms("variants.txt")


@lru_cache(maxsize=1)
def _unified() -> Mapping[int, str]:
    return _forms("unified.txt")


def _decomposed(char: str) -> str:
    """A compatibility ideograph as the unified one it stands for (a canonical singleton); others as they are."""
    code = ord(char)
    return unicodedata.normalize("NFC", char) if 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F else char


def _forms(name: str) -> Mapping[int, str]:
    """Code point of each form in table ``name`` -> the character it is a form of."""
    return {ord(form): row[0] for row in _rows(name) for form in row[1:]}


def _rows(name: str) -> list[str]:
    text = (files("idcard_core.text") / "data" / name).read_text(encoding="utf-8")
    return [row for row in text.splitlines() if row and not row.startswith("#")]
