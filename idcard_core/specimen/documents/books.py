"""Passports and other certificates of a booklet's form, drawn schematically."""

from __future__ import annotations

import numpy as np

from idcard_core.specimen.documents import values
from idcard_core.specimen.documents.paper import Paper
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.people import make_person

_DATA_PAGE = 602.0
"""ID-3 of ISO/IEC 7810: 125 by 88 mm."""
STATES = (
    ("USA", "UNITED STATES OF AMERICA"),
    ("GBR", "UNITED KINGDOM OF GREAT BRITAIN"),
    ("JPN", "JAPAN"),
    ("CAN", "CANADA"),
    ("D<<", "BUNDESREPUBLIK DEUTSCHLAND"),
    ("UTO", "UTOPIA"),
)


def passport(rng: np.random.Generator) -> FlatCard:
    """The data page of a passport, Chinese or foreign; now and then its cover."""
    if rng.random() < 0.12:
        return _cover(rng, ("中华人民共和国", "护照", "PASSPORT"))
    paper = Paper.new(rng, _DATA_PAGE, (240, 226, 232) if rng.random() < 0.4 else None)
    chinese = paper.chance(0.6)
    state, full = ("CHN", "") if chinese else STATES[int(rng.integers(len(STATES)))]
    name = values.pinyin(rng) if chinese else values.latin_name(rng)
    person = make_person(rng)
    number = ("E" if chinese else "") + values.digits(rng, 8 if chinese else 9)
    paper.text("护照" if chinese else "PASSPORT", (46, 46), 40)
    if chinese:
        paper.text("PASSPORT", (46, 86), 24)
        paper.text(paper.pick(["中华人民共和国", "中华人民共和国 PEOPLE'S REPUBLIC OF CHINA"]), (300, 36), 28)
    else:
        paper.text(full, (300, 36), 28)
    paper.figure((44, 130, 200, 260))
    paper.stacked([("类型/Type" if chinese else "Type", "P")], (270, 80), 50, 24)
    paper.stacked([("国家码/Country Code" if chinese else "Code", state.strip("<"))], (430, 80), 50, 24)
    paper.stacked([("护照号/Passport No." if chinese else "Passport No.", number)], (620, 80), 50, 28)
    style = "en" if paper.chance(0.7) else "."
    issued = values.day(rng)
    both = [
        ("姓名/Name", "Surname", f"{person.name}  {name[0]}, {name[1]}" if chinese else name[0]),
        ("性别/Sex", "Given names", f"{person.sex}/{'M' if person.sex == '男' else 'F'}" if chinese else name[1]),
        ("国籍/Nationality", "Nationality", "中国/CHINESE" if chinese else full),
        ("出生日期/Date of birth", "Date of birth", values.date_text((1987, 6, int(rng.integers(1, 29))), style)),
        ("出生地点/Place of birth", "Place of birth", "浙江/ZHEJIANG" if chinese else "RIVERTON"),
        ("签发日期/Date of issue", "Date of issue", values.date_text(issued, style)),
    ]
    rows = [(one if chinese else other, value) for one, other, value in both]
    em = paper.near(24, 2)
    paper.stacked(rows, (270, 152), paper.near(54, 2), em)
    late = [
        ("签发地点/Place of issue" if chinese else "Authority", "上海/SHANGHAI" if chinese else "PASSPORT OFFICE"),
        (
            "有效期至/Date of expiry" if chinese else "Date of expiry",
            values.date_text((issued[0] + 10, *issued[1:]), style),
        ),
    ]
    paper.stacked(late, (580, 152 + 4 * 54), 54, em)
    if chinese and paper.chance(0.6):
        paper.stacked([("签发机关/Authority", "公安部出入境管理局")], (580, 300), 54, em)
    upper, lower = values.zone(rng, "P<", state, name, number)
    paper.text(upper, (30, _DATA_PAGE - 64), 30)
    paper.text(lower, (30, _DATA_PAGE - 26), 30)
    return paper.finish(rounded=False)


def _cover(rng: np.random.Generator, lines: tuple[str, ...]) -> FlatCard:
    """An upright cover with a few words."""
    paper = Paper.new(rng, 1200, (96, 30, 40) if rng.random() < 0.7 else (30, 40, 90), plain=True)
    y = 230.0
    for line in lines[:-1]:
        paper.centred(line, y, 92 if len(line) < 6 else 76, 0.1, (225, 195, 120))
        y += 150
    paper.rings((428, 640), 130)
    paper.centred(lines[-1], 960, 80, 0.05, (225, 195, 120))
    return paper.finish()


def household_register(rng: np.random.Generator) -> FlatCard:
    """A member's page of a household register, or its cover."""
    if rng.random() < 0.15:
        return _cover(rng, ("居民户口簿", "中华人民共和国公安部制"))
    paper = Paper.new(rng, paper_height(rng), plain=bool(rng.random() < 0.5))
    person = make_person(rng)
    paper.centred("常住人口登记卡", 46, 40, 0.15)
    left = [
        ("姓名", person.name),
        ("曾用名", ""),
        ("出生地", person.address[:6]),
        ("籍贯", person.address[:6]),
        ("出生日期", values.date_text((1979, 8, 12), "年")),
        ("公民身份证件编号" if paper.chance(0.4) else "公民身份号码", person.idcardno),
        ("文化程度", paper.pick(["大学本科", "高中", "初中"])),
    ]
    right = [
        ("户主或与户主关系", paper.pick(["户主", "妻", "长子", "长女"])),
        ("性别", person.sex),
        ("民族", person.nation),
        ("宗教信仰", ""),
        ("血型", paper.pick(["A型", "B型", "不明"])),
        ("婚姻状况", paper.pick(["已婚", "未婚"])),
        ("兵役状况", "未服兵役"),
    ]
    pitch = 58.0
    for row in range(8):
        paper.bar((34, 76 + row * pitch, 788, 1.5), (90, 90, 90))
    paper.rows([row for row in left if row[1] or paper.chance(1)], (44, 105), pitch, 20)
    paper.rows(right, (500, 105), pitch, 20)
    paper.rows([("服务处所", str(values.faker(rng).company()))], (44, 105 + 7 * pitch), pitch, 20)
    if paper.chance(0.6):
        paper.rows(
            [("承办人签章", ""), ("登记日期", values.date_text(values.day(rng), "年"))], (500, 105 + 7 * pitch), 40, 20
        )
    return paper.finish(rounded=False)


def paper_height(rng: np.random.Generator) -> float:
    """About that of a page of a booklet."""
    return 610.0 + float(rng.uniform(0, 40))


def marriage_certificate(rng: np.random.Generator) -> FlatCard:
    """The inside of a marriage certificate, or its cover."""
    word = "结婚证" if rng.random() < 0.8 else "离婚证"
    if rng.random() < 0.25:
        return _cover(rng, (word, "中华人民共和国民政部监制") if rng.random() < 0.5 else ("中华人民共和国", word))
    paper = Paper.new(rng, 620, (250, 225, 225) if rng.random() < 0.6 else None)
    one, other = make_person(rng), make_person(rng)
    paper.title(word, 50, 52)
    rows = [("持证人", one.name), ("登记日期", values.date_text(values.day(rng), "年"))]
    rows.append((f"{word}字号", f"J{values.digits(rng, 6)}-2019-{values.digits(rng, 6)}"))
    if paper.chance(0.5):
        rows.append(("备注", ""))
    y = paper.rows(rows, (46, 116), 46, 26)
    for person in (one, other):
        head = ("姓名", f"{person.name}    性别 {person.sex}")
        birth = f"{person.birthday[:4]}年{person.birthday[4:6]}月{person.birthday[6:]}日"
        y = paper.rows(
            [head, ("国籍", f"中国   出生日期 {birth}"), ("身份证件号", person.idcardno)], (46, y + 12), 44, 24
        )
    paper.figure((560, 90, 250, 180))
    return paper.finish(rounded=False)


def military_certificate(rng: np.random.Generator) -> FlatCard:
    """An officer's or a soldier's certificate, schematic."""
    paper = Paper.new(rng, 590, (222, 236, 218) if rng.random() < 0.5 else None)
    person = make_person(rng)
    paper.title(paper.pick(["中国人民解放军军官证", "军官证", "士兵证", "士官证", "文职干部证"]), 60, 48)
    rows = [
        ("姓名", person.name),
        ("出生年月", f"19{rng.integers(60, 99)}年{rng.integers(1, 13)}月"),
        ("性别", person.sex),
        ("籍贯", person.address[:5]),
        ("部别", f"{values.digits(rng, 5)}部队"),
        ("职务", paper.pick(["连长", "参谋", "助理工程师"])),
        (paper.pick(["军衔", "衔级"]), paper.pick(["上尉", "少校", "中士"])),
    ]
    left = paper.chance(0.4)
    paper.figure((56 if left else 610, 130, 180, 230))
    paper.rows(rows, (290.0 if left else 60.0, 130), 54, 28)
    paper.text(f"编号 军字第{values.digits(rng, 7)}号", (60, 530), 28)
    return paper.finish(rounded=False)


def police_certificate(rng: np.random.Generator) -> FlatCard:
    """A police officer's certificate, schematic."""
    paper = Paper.new(rng, 1150 if rng.random() < 0.4 else 540)
    person = make_person(rng)
    big = 1.7 if paper.height > 856 else 1.0
    paper.centred("人民警察证", 70 * big, 54 * big, 0.1)
    paper.centred("CHINA POLICE", 116 * big, 22 * big)
    rows = [
        ("姓名", person.name),
        ("单位", person.gov),
        ("职务", "民警"),
        ("警衔", paper.pick(["一级警员", "二级警司"])),
        ("警号", values.digits(rng, 6)),
        ("有效期限", values.term(rng, 5, ".")),
    ]
    if big > 1:
        paper.figure((300, 240, 256, 320))
        paper.rows(rows, (110, 640), 78, 40)
    else:
        paper.figure((610, 150, 190, 240))
        paper.rows(rows, (60, 170), 54, 29)
    return paper.finish()


def certificate(rng: np.random.Generator) -> FlatCard:
    """One of many other certificates."""
    paper = Paper.new(rng, float(rng.choice([540.0, 600.0, 640.0])), plain=bool(rng.random() < 0.4))
    person = make_person(rng)
    names = "残疾人证 健康证明 道路运输从业资格证 特种作业操作证 毕业证书 教师资格证书 律师执业证 护士执业证书 记者证"
    paper.title(
        paper.pick(["", "", "中华人民共和国"]) + paper.pick(names.split()), paper.near(64, 10), paper.near(46, 6)
    )
    rows = [
        ("姓名", person.name),
        ("性别", person.sex),
        (paper.pick(["证号", "编号", "证书编号"]), values.digits(rng, 12)),
        (paper.pick(["发证机关", "签发机关"]), person.gov.replace("公安", "民政")),
        (paper.pick(["发证日期", "有效期至"]), values.date_text(values.day(rng), "年")),
    ]
    left = paper.chance(0.5)
    paper.figure((56 if left else 610, 150, 180, 230), grey=paper.chance(0.2))
    paper.rows(rows, (290.0 if left else 60.0, 160), paper.near(60, 5), paper.near(29, 3))
    return paper.finish(rounded=paper.chance(0.5))


def foreign_identity_card(rng: np.random.Generator) -> FlatCard:
    """An identity card of Hong Kong, Macao or Taiwan, in traditional characters, schematic."""
    paper = Paper.new(rng, 540)
    name = values.pinyin(rng)
    person = make_person(rng)
    which = int(rng.integers(3))
    titles = (
        ("香港永久性居民身份證", "HONG KONG PERMANENT IDENTITY CARD"),
        ("澳門特別行政區永久性居民身份證", "BILHETE DE IDENTIDADE DE RESIDENTE PERMANENTE"),
        ("中華民國國民身分證", ""),
    )
    paper.title(titles[which][0], paper.near(50, 8), 40)
    if titles[which][1]:
        paper.centred(titles[which][1], 92, 22)
    number = (f"Z{values.digits(rng, 6)}({rng.integers(10)})", f"{values.digits(rng, 7)}({rng.integers(10)})")
    rows = [
        ("姓名", f"{person.name}  {name[0]}, {name[1]}"),
        ("出生日期", values.date_text((1988, 4, int(rng.integers(1, 29))), "-")),
        ("簽發日期" if which < 2 else "發證日期", values.date_text(values.day(rng), "-")),
        ("性別", "男"),
    ]
    left = paper.chance(0.6)
    paper.figure((50 if left else 610, 150, 190, 240))
    y = paper.rows(rows, (280.0 if left else 60.0, 160), 58, 28)
    shown = number[which] if which < 2 else f"A1{values.digits(rng, 8)}"
    if which == 2:
        paper.label("統一編號", (280, y + 30), 26)
    paper.text(shown, (440, y + 30), 40)
    return paper.finish()
