"""The issuing authority, 签发机关: is it plausible as read? Nothing is repaired here."""

from __future__ import annotations

import re

_ENDINGS = ("公安局", "公安处", "公安厅", "分局")
"""What an issuer's name ends in: 沛县公安局, 上海市公安局浦东分局, 公安分局, 公安局公交分局; the farms' and the
Corps' (兵团) authorities are named in the same way, e.g. 垦区公安局, 第八师石河子市公安局."""

_HAN = re.compile(r"[㐀-鿿]+")
_SHORTEST, _LONGEST = 5, 40
"""Characters: 沛县公安局 is about the shortest, two lines of the card the longest."""


def ends_like_issuer(text: str) -> bool:
    """Whether ``text`` ends as an issuing authority's name does."""
    return text.endswith(_ENDINGS)


def is_plausible_issuer(text: str) -> bool:
    """Whether ``text`` may be an issuing authority: Han characters, a lawful length, 公安 within, a known ending."""
    return (
        _HAN.fullmatch(text) is not None
        and _SHORTEST <= len(text) <= _LONGEST
        and "公安" in text
        and ends_like_issuer(text)
    )
