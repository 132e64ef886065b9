"""Signs of a mark in what was read at first."""

from __future__ import annotations

import numpy as np
import pytest
from card_lines import make_line

from idcard_core.fields.front import read_front
from idcard_core.fields.lines import Line
from idcard_core.fields.marks.signs import is_slanted, shows_marks

PLAIN = (
    ("姓名 张小明", 45, 72),
    ("性别 男 民族汉", 45, 132),
    ("出生 1990年1月2日", 45, 194),
    ("住址 浙江省宁波市宁海县", 45, 260),
    ("11010519491231002X", 290, 463),
)


def signs_of(changes: dict[int, tuple[str, float, float]]) -> bool:
    """Whether the plain card with some of its lines exchanged, or others added (by number), shows marks."""
    lines: list[Line] = [make_line(*changes.get(number, line)) for number, line in enumerate(PLAIN)]
    lines += [make_line(*line) for number, line in changes.items() if number >= len(PLAIN)]
    lines.sort(key=lambda line: line.row.middle)
    return shows_marks([], lines, read_front(lines))


def test_a_plain_card_shows_none():
    assert not signs_of({})


@pytest.mark.parametrize(
    "changes",
    [
        {3: ("住址 浙江省宁波市仅限租房", 45, 260)},
        {3: ("住址 宁海县2018.1.10号", 45, 260)},
        {1: ("性别 男有民族汉", 45, 132)},
        {1: ("性别 男 民族汉限", 45, 132)},
        {0: ("姓名 他用张小明无", 45, 72)},
        {3: ("住址", 45, 260)},
        {5: ("号楼", 150, 345)},
        {3: ("号楼2单元", 150, 305)},
        {5: ("与原件相符", 560, 150)},
    ],
    ids=[
        "words of a mark",
        "a day in the address",
        "a character more before the nation",
        "no such nation",
        "a name too long",
        "a label without its value",
        "an address line missing",
        "the first address line missing",
        "a line in the portrait",
    ],
)
def test_what_a_mark_does_to_a_card_is_a_sign(changes):
    assert signs_of(changes)


@pytest.mark.parametrize(
    ("width", "rise", "slanted"),
    [(300, 3, False), (300, 30, True), (100, 3, False), (100, 25, True), (60, 25, False)],
    ids=["level", "long and leaning", "short and level", "short and leaning", "too short to tell"],
)
def test_a_box_leans_or_does_not(width, rise, slanted):
    quad = np.array([[0, 0], [width, -rise], [width, 40 - rise], [0, 40]], np.float32)
    assert is_slanted(quad, 0.0) is slanted
