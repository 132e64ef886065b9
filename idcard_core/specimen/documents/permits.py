"""Permits to travel and to reside, drawn schematically."""

from __future__ import annotations

import numpy as np

from idcard_core.fields.rules.number import check_character
from idcard_core.judge.documents.kinds import DocumentKind
from idcard_core.specimen.documents import values
from idcard_core.specimen.documents.paper import Paper
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.people import make_person

_TITLES = {
    DocumentKind.HONG_KONG_MACAO_PERMIT: (
        "往来港澳通行证",
        "EXIT-ENTRY PERMIT FOR TRAVELLING TO AND FROM HONG KONG AND MACAO",
        "C",
    ),
    DocumentKind.TAIWAN_PERMIT: ("往来台湾通行证", "EXIT-ENTRY PERMIT FOR TRAVELLING TO AND FROM TAIWAN", "L"),
    DocumentKind.HOME_RETURN_PERMIT: (
        "港澳居民来往内地通行证",
        "MAINLAND TRAVEL PERMIT FOR HONG KONG AND MACAO RESIDENTS",
        "H",
    ),
    DocumentKind.TAIWAN_COMPATRIOT_PERMIT: (
        "台湾居民来往大陆通行证",
        "MAINLAND TRAVEL PERMIT FOR TAIWAN RESIDENTS",
        "",
    ),
}
REGIONS = {DocumentKind.HONG_KONG_MACAO_RESIDENCE_PERMIT: ("81", "82"), DocumentKind.TAIWAN_RESIDENCE_PERMIT: ("83",)}
PLACES = ["广东", "福建", "上海", "北京", "浙江", "江苏", "四川", "湖北"]


def travel_permit(rng: np.random.Generator, kind: DocumentKind) -> FlatCard:
    """The portrait side of one of the four permits of a card's form."""
    title, latin, letter = _TITLES[kind]
    paper = Paper.new(rng, 540, (206, 226, 240) if rng.random() < 0.5 else None)
    person = make_person(rng)
    if kind is DocumentKind.HOME_RETURN_PERMIT and paper.chance(0.3):
        letter = "M"
    number = letter + values.digits(rng, 8)
    y = paper.near(44, 10)
    if paper.chance(0.3):
        paper.title("中华人民共和国", y, 30)
        y += 44
    paper.title(title, y, paper.near(40, 5))
    if paper.chance(0.8):
        paper.centred(latin, y + 38, paper.near(18, 2))
    left = paper.chance(0.6)
    top = y + paper.near(92, 6)
    paper.figure((50 if left else 620, top, 190, 240))
    x = 275.0 if left else 60.0
    style = paper.pick([".", "-"])
    name = values.pinyin(rng)
    rows = [
        ("姓名", person.name),
        ("出生日期", values.date_text((1900 + int(rng.integers(50, 99)), int(rng.integers(1, 13)), 17), style)),
        ("性别", person.sex),
        ("有效期限", values.term(rng, 5 if letter == "C" else 10, style)),
        ("签发地点", paper.pick(PLACES)),
    ]
    if letter in ("H", "M", ""):
        rows[-1] = ("签发机关", "公安部出入境管理局")
    em = paper.near(25, 2)
    paper.text(f"{name[0]}, {name[1]}", (x, top + 8), em * 0.9)
    below = paper.rows(rows, (x, top + 50), paper.near(45, 2), em)
    paper.text(number, (x + (0 if paper.chance(0.5) else 150), max(below + 8, 445.0)), 32)
    if paper.chance(0.6):
        born, ends = values.digits(rng, 6), values.digits(rng, 6)
        line = f"C{'S' if letter else 'T'}{number}{values.digits(rng, 1)}<{born}4<{ends}9"
        paper.text(line.ljust(30, "<"), (60, 500), 38)
    return paper.finish()


def residence_permit(rng: np.random.Generator, kind: DocumentKind) -> FlatCard:
    """A permit for residents of Hong Kong, Macao or Taiwan: either side, laid out nearly as an identity card."""
    return residence_front(rng, kind) if rng.random() < 0.5 else residence_back(rng, kind)


def residence_front(rng: np.random.Generator, kind: DocumentKind) -> FlatCard:
    """The portrait side: name, sex, birth, address and number; no nation."""
    paper = Paper.new(rng, 540)
    person = make_person(rng)
    x, top, em = paper.near(46, 6), paper.near(84, 8), paper.near(32, 2)
    value = x + paper.near(104, 6)
    pitch = paper.near(66, 4)
    birth = person.birthday
    lines = [
        ("姓名", person.name),
        ("性别", person.sex),
        (paper.pick(["出生", "出生"]), f"{int(birth[:4])} 年 {int(birth[4:6])} 月 {int(birth[6:])} 日"),
    ]
    for row, (label, text) in enumerate(lines):
        paper.label(label, (x, top + row * pitch), em * 0.88)
        paper.text(text, (value, top + row * pitch), em)
    paper.label("住址", (x, top + 3 * pitch), em * 0.88)
    for row in range(0, len(person.address), 11):
        paper.text(person.address[row : row + 11], (value, top + 3 * pitch + row / 11 * 45), em)
    region = paper.pick(REGIONS[kind])
    number = values.permit_number(rng, region, birth, person.sex == "男")
    y = paper.near(466, 8)
    paper.label("公民身份号码", (x, y), em * 0.88)
    quad = paper.text(number, (paper.near(285, 6), y), 40)
    paper.figure((paper.near(549, 5), paper.near(70, 8), 260, min(320.0, float(quad[0, 1]) - 100)))
    return paper.finish()


def residence_back(rng: np.random.Generator, kind: DocumentKind) -> FlatCard:
    """The side with the title."""
    paper = Paper.new(rng, 540)
    person = make_person(rng)
    title = "台湾居民居住证" if kind is DocumentKind.TAIWAN_RESIDENCE_PERMIT else "港澳居民居住证"
    paper.rings((paper.near(128), paper.near(128)), 70)
    paper.text("中华人民共和国", (paper.near(290, 14), paper.near(96)), paper.near(48, 4))
    paper.text(title, (paper.near(262, 12), paper.near(178)), paper.near(64, 5))
    number = values.digits(rng, 8) if "台" in title else paper.pick(["H", "M"]) + values.digits(rng, 8)
    rows = [("签发机关", person.gov), ("有效期限", values.term(rng, 5, "."))]
    rows += [("通行证号码", number), ("签发次数", f"{rng.integers(1, 4):02d}")]
    paper.rows(rows, (paper.near(180, 10), paper.near(320, 10)), paper.near(56, 3), paper.near(29, 2))
    return paper.finish()


def mainland_residence_permit(rng: np.random.Generator) -> FlatCard:
    """居住证 of a province or a city."""
    paper = Paper.new(rng, 540, (226, 238, 222) if rng.random() < 0.5 else None)
    person = make_person(rng)
    place = paper.pick(["广东省", "上海市", "北京市", "浙江省", "成都市", "", "江苏省", "天津市"])
    paper.title(f"{place}居住证", paper.near(56, 10), paper.near(48, 6))
    if paper.chance(0.3):
        paper.centred("RESIDENCE PERMIT", 100, 20)
    left = paper.chance(0.4)
    paper.figure((50 if left else 610, 130, 190, 240))
    x = 280.0 if left else 50.0
    home = "户籍地址" if paper.chance(0.5) else "常住户口所在地住址"
    here = "居住地址" if home == "户籍地址" else "居住地住址"
    em, pitch = paper.near(24, 2), paper.near(46, 3)
    rows = [
        ("姓名", person.name),
        ("性别", f"{person.sex}  民族 {person.nation}"),
        ("出生日期", values.date_text((1985, 3, int(rng.integers(1, 29))), "年")),
        (home, person.address[:8]),
        (here, make_person(rng).address[:8]),
    ]
    y = paper.rows(rows, (x, 135), pitch, em)
    paper.rows([("公民身份号码", person.idcardno)], (50, max(400.0, y)), pitch, em * 1.1)
    rows = [("签发机关", person.gov), ("签发日期" if paper.chance(0.5) else "有效期限", values.term(rng, 1, "."))]
    paper.rows(rows, (50, max(400.0, y) + 46), 42, em * 0.9)
    return paper.finish()


def foreign_resident_card(rng: np.random.Generator) -> FlatCard:
    """外国人永久居留身份证: the form of 2017, and that of 2023, whose number is as long as a citizen's."""
    paper = Paper.new(rng, 540)
    new = paper.chance(0.5)
    surname, given = values.latin_name(rng)
    state, code, nation = [
        ("CAN", "124", "加拿大"),
        ("DEU", "276", "德国"),
        ("JPN", "392", "日本"),
        ("USA", "840", "美国"),
    ][int(rng.integers(4))]
    born = values.day(rng, 1955, 2000)
    stamp = f"{born[0]}{born[1]:02d}{born[2]:02d}"
    if new:
        body = f"9{rng.choice(['11', '31', '44'])}{code}{stamp}{int(rng.integers(1, 999)):03d}"
        number = body + check_character(body)
    else:
        number = f"{state}{rng.choice(['11', '31', '44'])}00{values.digits(rng, 8)}"
    y = paper.near(40, 6)
    if paper.chance(0.7):
        paper.title("中华人民共和国外国人永久居留身份证", y, paper.near(31, 3))
    else:
        paper.title("中华人民共和国", y - 8, 26)
        paper.title("外国人永久居留身份证", y + 32, 36)
    paper.centred("FOREIGN PERMANENT RESIDENT ID CARD", y + 68, 20)
    left = paper.chance(0.3)
    paper.figure((46 if left else 612, 135, 195, 250))
    rows = [
        (paper.pick(["姓名/Name", "姓名"]), f"{surname}, {given}"),
        ("性别/Sex", "男/M"),
        ("出生日期/Date of Birth", values.date_text(born, ".")),
        ("国籍/Nationality", f"{nation}/{state}"),
        ("有效期限/Period of Validity", values.term(rng, 10, ".")),
    ]
    if paper.chance(0.6):
        rows.append(("签发机关/Issuing Authority", "国家移民管理局"))
    x = 265.0 if left else 46.0
    if paper.chance(0.5):
        paper.rows([(a.split("/")[0], b) for a, b in rows], (x, 140), paper.near(50, 3), paper.near(26, 2))
    else:
        paper.stacked(rows, (x, 134), paper.near(52, 2), paper.near(26, 2))
    paper.label("证件号码" if new or paper.chance(0.5) else "证件号码/Card No.", (46, 474), 26)
    paper.text(number, (260, 474), 38)
    return paper.finish()
