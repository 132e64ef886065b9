"""The alphabets of recognisers: which class stands for which character."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_INDEXES: dict[int, tuple[Sequence[str], Mapping[str, int]]] = {}
_WIDENED: dict[int, tuple[Sequence[str], Sequence[str]]] = {}


def class_index(alphabet: Sequence[str]) -> Mapping[str, int]:
    """Class of each character; made once for an alphabet, which is kept."""
    key = id(alphabet)
    if key not in _INDEXES or _INDEXES[key][0] is not alphabet:
        _INDEXES[key] = (alphabet, {text: number for number, text in enumerate(alphabet) if text})
    return _INDEXES[key][1]


def widened(alphabet: Sequence[str], characters: str) -> Sequence[str]:
    """``alphabet`` with those of ``characters`` behind it that it lacks; made once for an alphabet, which is kept."""
    key = id(alphabet)
    if key not in _WIDENED or _WIDENED[key][0] is not alphabet:
        index = class_index(alphabet)
        _WIDENED[key] = (alphabet, (*alphabet, *(text for text in characters if text not in index)))
    return _WIDENED[key][1]
