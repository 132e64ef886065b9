"""Fictional addresses: a real division followed by made-up towns, villages, roads and doors."""

from __future__ import annotations

import numpy as np

from idcard_core.specimen import tables
from idcard_core.specimen.regions import Region

_RARE_SHARE = 0.08
LONGEST = 42
"""Characters that fit on four lines of eleven, with room for a broken line."""


def make_address(rng: np.random.Generator, region: Region, length: tuple[int, int] | None = None) -> str:
    """An address of 8 to 42 characters; ``length`` narrows that to (least, most) where it can be met."""
    least, most = length or (8, LONGEST)
    best = ""
    for _ in range(40):
        address = _heads(rng, region) + (_urban(rng) if rng.random() < 0.55 else _rural(rng))
        if least <= len(address) <= most:
            return address
        if len(address) <= most and abs(len(address) - least) < abs(len(best) - least):
            best = address
    return best or f"{region.county}人民路{int(rng.integers(1, 300))}号"


def _word(rng: np.random.Generator, words: tuple[str, ...]) -> str:
    return words[int(rng.integers(len(words)))]


def _town(rng: np.random.Generator) -> str:
    return _word(rng, tables.RARE_TOWNS if rng.random() < _RARE_SHARE else tables.TOWNS)


def _heads(rng: np.random.Generator, region: Region) -> str:
    kind = rng.random()
    if kind < 0.6:
        return region.name
    if kind < 0.85 and region.city:
        return region.city + region.county
    return region.county


def _urban(rng: np.random.Generator) -> str:
    parts = [_town(rng)] if rng.random() < 0.25 else []
    road = _word(rng, tables.ROADS)
    parts.append(f"{road}{int(rng.integers(1, 1600))}号")
    if rng.random() < 0.12:
        parts[-1] = f"{road}{int(rng.integers(1, 400))}弄{int(rng.integers(1, 120))}号"
    if rng.random() < 0.45:
        parts.append(_word(rng, tables.ESTATES))
    if rng.random() < 0.75:
        parts.append(_door(rng))
    return "".join(parts)


def _door(rng: np.random.Generator) -> str:
    building, entrance = int(rng.integers(1, 60)), int(rng.integers(1, 7))
    room = int(rng.integers(1, 33)) * 100 + int(rng.integers(1, 9))
    letter = "ABCDEFGH"[int(rng.integers(8))]
    forms = (
        f"{building}号楼{entrance}单元{room}室",
        f"{building}幢{entrance}单元{room}室",
        f"{building}栋{room}号",
        f"{letter}座{room}室",
        f"{building}-{entrance}-{room}",
        f"{letter}{building}栋{room}",
        f"{building}号院{entrance}号楼{entrance}门{room}号",
        f"{building}号楼{letter}单元{room}",
        f"{building}附{entrance}号",
        f"{room}室",
    )
    return forms[int(rng.integers(len(forms)))]


def _rural(rng: np.random.Generator) -> str:
    town, village = _town(rng), _word(rng, tables.VILLAGES)
    group, door = int(rng.integers(1, 19)), int(rng.integers(1, 400))
    numeral = "一二三四五六七八九十"[int(rng.integers(10))]
    forms = (
        f"{town}{village}村{group}组{door}号",
        f"{town}{village}村{numeral}组",
        f"{town}{village}村委会{village}{group}号",
        f"{town}{village}村第{numeral}村民小组{door}号",
        f"{town}{village}村{door}号",
        f"{town}{village}居委会{group}组{door}号附{int(rng.integers(1, 9))}号",
        f"{town}{village}嘎查{door}号",
        f"{town}{village}屯{door}号",
        f"{town}{village}社区{group}-{door}号",
        f"{village}村{door}号",
    )
    return forms[int(rng.integers(len(forms)))]
