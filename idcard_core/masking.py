"""Long numbers hidden: a list shows that a number is there, not which."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d{6,17}[\dXx]")


def mask_numbers(text: str) -> str:
    """``text`` with the inside of every long number hidden; what is masked already stays as it is."""
    return _NUMBER.sub(lambda match: _mask(match.group()), text)


def _mask(number: str) -> str:
    kept = 2 if len(number) < 15 else 4
    return f"{number[:kept]}{'*' * (len(number) - 2 * kept)}{number[-kept:]}"
