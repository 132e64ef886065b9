"""The plain parser on lines as a general reading program gives them."""

from __future__ import annotations

import numpy as np
import pytest

from idcard_core.card import FieldName, Side
from idcard_core.evaluate.answers import CardAnswer
from idcard_core.evaluate.peer_parser import PrintedLine, parse_lines

FRONT = [
    ("姓名 张三丰", 40, 40),
    ("性别 男", 40, 90),
    ("民族汉", 200, 92),
    ("出生1990年3月7日", 40, 140),
    ("住址", 40, 190),
    ("北京市朝阳区建国路甲8号", 110, 191),
    ("院2单元101室", 110, 230),
    ("公民身份号码", 40, 300),
    ("11010519900307123x", 240, 302),
]
FRONT_TEXTS = {
    FieldName.NAME: "张三丰",
    FieldName.SEX: "男",
    FieldName.NATION: "汉",
    FieldName.BIRTHDAY: "19900307",
    FieldName.ADDRESS: "北京市朝阳区建国路甲8号院2单元101室",
    FieldName.IDCARDNO: "11010519900307123X",
}


def line(text: str, left: float, top: float, height: float = 30) -> PrintedLine:
    right, bottom = left + 20 * len(text), top + height
    return PrintedLine(text, np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32))


@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)], ids=["read downwards", "read upwards"])
def test_front(order: slice) -> None:
    answer = parse_lines([line(*printed) for printed in FRONT][order])
    assert answer.cards == (CardAnswer(Side.FRONT, FRONT_TEXTS),)
    assert answer.direction is None


def test_front_whose_number_has_no_label() -> None:
    printed = [entry for entry in FRONT if entry[0] != "公民身份号码"]
    (card,) = parse_lines([line(*entry) for entry in printed]).cards
    assert card.texts == FRONT_TEXTS


@pytest.mark.parametrize(
    ("validity", "begin", "end"),
    [
        pytest.param("2015.03.21-2035.03.21", "20150321", "20350321", id="with an end"),
        pytest.param("2015.03.21-长期", "20150321", "长期", id="without an end"),
        pytest.param("20150321—20350321", "20150321", "20350321", id="points lost"),
        pytest.param("2015.03.2", "", "", id="cut off"),
    ],
)
def test_back(validity: str, begin: str, end: str) -> None:
    printed = [("中华人民共和国", 300, 40), ("签发机关", 200, 200), ("某某市公安局", 330, 201), ("有效期限", 200, 260)]
    answer = parse_lines([line(*entry) for entry in printed] + [line(validity, 330, 262)])
    texts = {FieldName.GOV: "某某市公安局", FieldName.BEGINDATE: begin, FieldName.ENDDATE: end}
    assert answer.cards == (CardAnswer(Side.BACK, texts),)


@pytest.mark.parametrize("degrees", [-20, -5, 5, 20])
def test_tilted_front(degrees: float) -> None:
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    turn = np.array([[cos, sin], [-sin, cos]], np.float32)
    lines = [line(*printed) for printed in FRONT]
    tilted = [PrintedLine(each.text, each.corners @ turn) for each in lines]
    assert parse_lines(tilted).cards == (CardAnswer(Side.FRONT, FRONT_TEXTS),)


def test_the_mark_of_a_fictional_card_is_no_part_of_a_field() -> None:
    lines = [line(*printed) for printed in [*FRONT, ("样本", 300, 231)]]
    assert parse_lines(lines).cards == (CardAnswer(Side.FRONT, FRONT_TEXTS),)


def test_a_page_without_a_card() -> None:
    assert parse_lines([]).cards == ()
    assert parse_lines([line("会议纪要", 10, 10)]).cards == ()
