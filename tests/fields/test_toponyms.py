"""The prior over place names: what it puts right, what it leaves alone, and that with the real recogniser."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from idcard_core.fields.toponyms import candidates, known_bigram, rescore, strangers_in
from idcard_core.fields.toponyms_data import card_form, count, write
from idcard_core.fields.toponyms_tree import Candidates, DivisionTree
from idcard_core.text.decode import Character, read_plain
from idcard_core.text.engine import LineProbabilities
from idcard_core.text.openvino import OpenVinoEngine

FONTS = (
    Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
)


def read(*places: str | Candidates) -> str:
    """Rescored text of surely read strings and of lists of candidates."""
    positions: list[Candidates] = []
    for place in places:
        positions += [[(char, 0.99)] for char in place] if isinstance(place, str) else [place]
    return "".join(rescore(positions))


@pytest.mark.parametrize(
    ("places", "text"),
    [
        pytest.param(("信阳市", [("狮", 0.34), ("浉", 0.28)], "河区"), "信阳市浉河区", id="a district"),
        pytest.param(
            ("宿州市", [("埔", 0.85), ("埇", 0.13)], "桥区"), "宿州市埇桥区", id="a rare form of low probability"
        ),
        pytest.param(("吴中区", [("用", 0.83), ("甪", 0.15)], "直镇"), "吴中区甪直镇", id="a town"),
        pytest.param(("扶绥县", [("邑", 0.6), ("岜", 0.2)], "盆乡"), "扶绥县岜盆乡", id="a township"),
        pytest.param(([("唯", 0.81), ("睢", 0.16)], "县公安局"), "睢县公安局", id="an issuer, first character"),
        pytest.param(
            ("信阳市公安局", [("狮", 0.5), ("浉", 0.2)], "河分局"), "信阳市公安局浉河分局", id="an issuer's branch"
        ),
        pytest.param(
            ("宁", [("霖", 0.4), ("蒗", 0.3)], [("葬", 0.5), ("彝", 0.4)], "族自治县"),
            "宁蒗彝族自治县",
            id="two in a row",
        ),
        pytest.param(("12号2单", [("无", 0.6), ("元", 0.3)], "301室"), "12号2单元301室", id="a word of addresses"),
    ],
)
def test_what_makes_a_name_is_preferred(places: tuple[str | Candidates, ...], text: str) -> None:
    assert read(*places) == text


@pytest.mark.parametrize(
    ("places", "text"),
    [
        pytest.param(("东", [("坪", 0.96), ("垭", 0.03)], "村"), "东坪村", id="surely read"),
        pytest.param(([("埔", 0.999), ("埇", 0.001)], "桥区"), "埔桥区", id="a division, most surely read"),
        pytest.param(("东", [("莞", 0.6), ("完", 0.3)], "市"), "东莞市", id="already the name"),
        pytest.param(("大", [("㟃", 0.8), ("崎", 0.02)], "镇"), "大㟃镇", id="a character no list has"),
        pytest.param(("翡翠", [("华", 0.6), ("毕", 0.3)], "庭"), "翡翠华庭", id="an estate no list has"),
        pytest.param(("人民路", [("1", 0.5), ("7", 0.4)], "号"), "人民路1号", id="a digit stays a digit"),
        pytest.param(("人民路", [("0", 0.5), ("口", 0.4)], "号"), "人民路0号", id="a digit is not made an ideograph"),
        pytest.param(("城关镇", [("一", 0.5), ("-", 0.4)], "村"), "城关镇一村", id="an ideograph is not made a sign"),
        pytest.param(([("B", 0.5), ("8", 0.4)], "栋"), "B栋", id="a letter stays a letter"),
        pytest.param((), "", id="nothing"),
    ],
)
def test_what_is_sure_or_no_ideograph_stays(places: tuple[str | Candidates, ...], text: str) -> None:
    assert read(*places) == text


@pytest.mark.parametrize(
    ("places", "text"),
    [
        pytest.param(
            ("阜阳市", [("颖", 0.977), ("颍", 0.022)], "泉区"), "阜阳市颍泉区", id="a county of the city, read surely"
        ),
        pytest.param(
            ("黄山市", [("献", 0.6), ("歙", 0.06)], "县"), "黄山市歙县", id="献县 is a county, but of another city"
        ),
        pytest.param(("沧州市", [("献", 0.6), ("歙", 0.06)], "县"), "沧州市献县", id="献县 of its own city"),
        pytest.param(([("献", 0.6), ("歙", 0.06)], "县"), "献县", id="献县 without a city"),
        pytest.param(
            ("漯河市临", [("颖", 0.99), ("颍", 0.005)], "县"), "漯河市临颍县", id="the second character of a county"
        ),
        pytest.param(
            ("荆门市公安局", [("摄", 0.6), ("掇", 0.02)], "刀分局"), "荆门市公安局掇刀分局", id="a branch of the city's"
        ),
        pytest.param(("荣成市", [("荷", 0.67), ("苘", 0.01)], "山镇"), "荣成市荷山镇", id="no town of the county"),
        pytest.param(("杭州市", [("西", 0.99), ("酉", 0.01)], "湖区"), "杭州市西湖区", id="as it is"),
        pytest.param(("泰兴市", [("大", 0.98), ("太", 0.01)], "平村"), "泰兴市大平村", id="a village that no list has"),
    ],
)
def test_divisions_are_taken_from_those_there_are(places: tuple[str | Candidates, ...], text: str) -> None:
    assert read(*places) == text


def test_a_town_is_not_put_over_a_sure_reading() -> None:
    tree = DivisionTree.parse("3210 泰州市\n321202 海陵区\n321202+ 太平镇")
    doubtful, sure = (
        [[(char, 1.0)] for char in "海陵区"] + [[("大", p), ("太", 0.04)]] + [[(char, 1.0)] for char in "平镇"]
        for p in (0.9, 0.96)
    )

    assert "".join(options[0][0] for options in tree.settle(doubtful, sure=0.95)) == "海陵区太平镇"
    assert "".join(options[0][0] for options in tree.settle(sure, sure=0.95)) == "海陵区大平镇"


@pytest.mark.parametrize(
    ("pair", "known"),
    [
        pytest.param("埇桥", True, id="of a district"),
        pytest.param("甪直", True, id="of a town"),
        pytest.param("婺埇", False, id="of nothing"),
        pytest.param("㐀㐁", False, id="of unknown characters"),
    ],
)
def test_known_bigram(pair: str, known: bool) -> None:
    assert known_bigram(*pair) is known


def test_candidates_are_standard_merged_and_led_by_the_plain_reading() -> None:
    alphabet = ["", "汊", "汉", "漢", "汗", "X"]
    steps = np.array([[0.9, 0.1, 0, 0, 0, 0], [0.02, 0.35, 0.3, 0.29, 0.04, 0.001]], np.float32)
    line = LineProbabilities(steps, alphabet, 2)

    found = candidates(line, Character("汊", 0.35, first=1, last=1, position=0.75))

    assert [text for text, _ in found] == ["汊", "汉", "汗"]
    assert [p for _, p in found] == pytest.approx([0.35, 0.59, 0.04])


@pytest.mark.parametrize(
    ("listed", "on_cards"),
    [
        ("多福巷社区居委会", "多福巷社区"),
        ("尹西河村民委员会", "尹西河村"),
        ("赵村村民委员会", "赵村"),
        ("柳沟村委会", "柳沟村"),
        ("漓东街道办事处", "漓东街道"),
        ("桥头村", "桥头村"),
    ],
)
def test_names_are_counted_as_cards_have_them(listed: str, on_cards: str) -> None:
    assert card_form(listed) == on_cards


def test_the_table_keeps_every_pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from idcard_core.fields import toponyms

    lists = {
        "provinces.csv": "code,name\n34,安徽省\n",
        "cities.csv": "code,name,provinceCode\n3413,宿州市,34\n",
        "areas.csv": "code,name,cityCode\n341302,埇桥区,3413\n",
        "streets.csv": "code,name,areaCode\n341302100,符离镇,341302\n",
        "villages.csv": "code,name,streetCode\n341302100200,清泉村委会,341302100\n",
    }
    for name, text in lists.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    pairs = count(tmp_path)
    write(pairs, tmp_path / "table.npz")
    with np.load(tmp_path / "table.npz") as stored:
        table = toponyms._unpacked(stored)

    ones, others = zip(*pairs, strict=True)
    seen = table.counts_of(table.entries_of(list(dict.fromkeys(ones))), table.entries_of(list(dict.fromkeys(others))))
    assert np.count_nonzero(seen) == len(pairs)
    assert {("区", "符"), ("镇", "清"), ("泉", "村")} <= pairs.keys()
    of_name = table.counts_of(table.entries_of(["埇"]), table.entries_of(["桥"]))[0, 0]
    assert of_name == pytest.approx(pairs["埇", "桥"], rel=0.03)


@pytest.fixture(scope="module")
def engine() -> OpenVinoEngine:
    return OpenVinoEngine(2)


def drawn(text: str, blur: float) -> np.ndarray:
    path = next((path for path in FONTS if path.exists()), None)
    if path is None:
        pytest.skip("no Chinese typeface is installed")
    font = ImageFont.truetype(str(path), 40)
    picture = Image.new("RGB", (int(font.getlength(text)) + 16, 52), (235, 238, 240))
    ImageDraw.Draw(picture).text((8, 2), text, font=font, fill=(40, 40, 45))
    return cv2.GaussianBlur(np.asarray(picture)[:, :, ::-1].copy(), (0, 0), blur)


RARE = (
    *(
        "信阳市浉河区",
        "宿州市埇桥区",
        "苏州市吴中区甪直镇",
        "扶绥县岜盆乡",
        "临汾市隰县",
        "洛阳市瀍河回族区",
        "宁蒗彝族自治县",
    ),
    *("勐海县勐混镇", "通州区漷县镇", "睢县尚屯镇", "亳州市谯城区", "莒县公安局", "郯城县公安局", "溧阳市公安局"),
    *(
        "歙县公安局",
        "黟县公安局",
        "婺源县公安局",
        "宜昌市猇亭区",
        "武汉市公安局硚口分局",
        "濮阳市华龙区",
        "邗江区公安局",
    ),
)


@pytest.mark.parametrize("blur", [0.3, 1.2, 1.8])
def test_drawn_rare_names_are_read(engine: OpenVinoEngine, blur: float) -> None:
    lines = engine.recognize([drawn(text, blur) for text in RARE])

    plain = ["".join(seen.text for seen in read_plain(line)) for line in lines]
    weighed = ["".join(rescore([candidates(line, seen) for seen in read_plain(line)])) for line in lines]

    assert not [text for text, was, now in zip(RARE, plain, weighed, strict=True) if was == text != now]
    assert [(text, now) for text, now in zip(RARE, weighed, strict=True) if text != now] == []


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        pytest.param("河南省洛阳市洞西区槐树巷652号", [6], id="a district with one character wrong"),
        pytest.param("西安市鄂邑区环城北路", [3], id="without the province"),
        pytest.param("河南省洛阳市涧西区槐树巷652号", [], id="a district that is there"),
        pytest.param("河南省洛阳市西工区", [], id="another one that is there"),
        pytest.param("广东省东莞市长安镇", [], id="a city without districts"),
        pytest.param("洞西区槐树巷", [], id="nothing known before it"),
        pytest.param("河南省洛阳市解放大道", [], id="no district at all"),
        pytest.param("涧西区洛阳市", [], id="a county has no divisions"),
        pytest.param("", [], id="empty"),
    ],
)
def test_a_character_that_is_odd_in_the_name_of_a_division(text, strange):
    assert strangers_in(text) == strange
