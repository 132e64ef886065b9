"""Licences to drive, of vehicles and of businesses, drawn schematically."""

from __future__ import annotations

import numpy as np

from idcard_core.specimen.documents import values
from idcard_core.specimen.documents.paper import Paper
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.people import make_person

_SHEET = 580.0
"""Licences are sheets of 88 by 60 mm."""


def driving_licence(rng: np.random.Generator) -> FlatCard:
    """The first sheet of a driving licence, or its second one."""
    paper = Paper.new(rng, paper_height(rng), (225, 240, 230) if rng.random() < 0.4 else None)
    person = make_person(rng)
    if paper.chance(0.2):
        paper.title(paper.pick(["中华人民共和国机动车驾驶证副页", "机动车驾驶证副页"]), 46, 36)
        rows = [
            ("证号", person.idcardno),
            ("姓名", person.name),
            ("档案编号", values.digits(rng, 12)),
            ("记录", "请于每个记分周期结束后三十日内接受审验"),
            ("", "无记分的，免予本次审验"),
        ]
        rows = [row for row in rows if row[0]]
        paper.rows(rows, (50, 120), 70, 28)
        return paper.finish(rounded=False)
    paper.title("中华人民共和国机动车驾驶证", paper.near(46, 8), paper.near(42, 5))
    if paper.chance(0.75):
        paper.centred("Driving License of the People's Republic of China", 88, paper.near(23, 2))
    english = paper.chance(0.6)
    issued = values.day(rng)
    style = paper.pick(["-", "-", "."])

    def label(text: str, latin: str) -> str:
        return f"{text} {latin}" if english and paper.chance(0.3) else text

    x, y = paper.near(46, 10), paper.near(134, 6)
    em, pitch = paper.near(27, 2), paper.near(52, 3)
    paper.rows([(label("证号", "License No."), person.idcardno)], (x + 120, y), pitch, em)
    paper.label("姓名", (x, y + pitch), em * 0.9)
    paper.text(person.name, (x + 90, y + pitch), em)
    paper.label("性别", (x + 390, y + pitch), em * 0.9)
    paper.text(person.sex, (x + 470, y + pitch), em)
    paper.label("国籍", (x + 560, y + pitch), em * 0.9)
    paper.text("中国", (x + 640, y + pitch), em)
    paper.label("住址", (x, y + 2 * pitch), em * 0.9)
    paper.text(person.address[:24], (x + 90, y + 2 * pitch), em)
    rows = [
        (label("出生日期", "Date of Birth"), values.date_text((1900 + int(rng.integers(50, 99)), 5, 17), style)),
        (label("初次领证日期", "Date of First Issue"), values.date_text(issued, style)),
        (label("准驾车型", "Class"), paper.pick(["C1", "C2", "B2", "A2D", "C1E"])),
    ]
    left = paper.chance(0.25)
    below = paper.rows(rows, (x + (260 if left else 200), y + 3 * pitch), pitch, em)
    paper.figure((x if left else 610, y + 2.7 * pitch, 160, 200))
    period = values.term(rng, 6, style) if paper.chance(0.5) else values.date_text(issued, style) + "  6年"
    paper.rows([(paper.pick(["有效期限", "有效期限", "有效起始日期"]), period)], (x + 200, below), pitch, em)
    return paper.finish(rounded=paper.chance(0.3))


def paper_height(rng: np.random.Generator) -> float:
    """About that of the sheet."""
    return _SHEET + float(rng.uniform(-30, 20))


def vehicle_licence(rng: np.random.Generator) -> FlatCard:
    """The first sheet of a vehicle licence, or its second one."""
    paper = Paper.new(rng, paper_height(rng), (214, 228, 240) if rng.random() < 0.5 else None)
    person = make_person(rng)
    plate = values.plate(rng)
    em, pitch = paper.near(26, 2), paper.near(56, 4)
    if paper.chance(0.25):
        paper.title(paper.pick(["中华人民共和国机动车行驶证副页", "机动车行驶证副页"]), 44, 34)
        rows = [
            ("号牌号码", plate),
            ("档案编号", values.digits(rng, 12)),
            ("核定载人数", f"{rng.integers(2, 9)}人"),
            ("总质量", f"{rng.integers(1200, 2400)}kg"),
            ("整备质量", f"{rng.integers(900, 1900)}kg"),
            ("外廓尺寸", "4650×1825×1480mm"),
            ("检验记录", f"检验有效期至2026年{rng.integers(1, 13):02d}月"),
        ]
        paper.rows(rows, (46, 104), 60, em)
        return paper.finish(rounded=False)
    paper.title("中华人民共和国机动车行驶证", paper.near(44, 8), paper.near(42, 4))
    if paper.chance(0.7):
        paper.centred("Vehicle License of the People's Republic of China", 84, paper.near(22, 2))
    x, y = paper.near(46, 10), paper.near(132, 8)
    paper.rows([("号牌号码", plate)], (x, y), pitch, em)
    paper.rows([("车辆类型", paper.pick(["小型轿车", "小型普通客车", "轻型厢式货车"]))], (x + 400, y), pitch, em)
    owner = person.name if paper.chance(0.6) else str(values.faker(rng).company())
    paper.rows([("所有人", owner), ("住址", person.address[:22])], (x, y + pitch), pitch, em)
    paper.rows([("使用性质", paper.pick(["非营运", "货运", "预约出租客运"]))], (x, y + 3 * pitch), pitch, em)
    model = paper.pick(["东江牌", "南湖牌", "青山牌"]) + values.letters(rng, 8)
    paper.rows([("品牌型号", model)], (x + 330, y + 3 * pitch), pitch, em)
    rows = [
        ("车辆识别代号", values.vin(rng)),
        ("发动机号码", values.letters(rng, 8)),
    ]
    below = paper.rows(rows, (x + 200, y + 4 * pitch), pitch, em)
    paper.rows([("注册日期", values.date_text(values.day(rng), "-"))], (x + 200, below), pitch, em * 0.9)
    paper.rows([("发证日期", values.date_text(values.day(rng), "-"))], (x + 520, below), pitch, em * 0.9)
    paper.bar((x, y + 4 * pitch, 170, 170), (190, 40, 50), outline=True)
    return paper.finish(rounded=False)


def business_licence(rng: np.random.Generator) -> FlatCard:
    """A business licence, lying or upright."""
    upright = rng.random() < 0.4
    paper = Paper.new(rng, 1180 if upright else 600, (246, 240, 222) if rng.random() < 0.5 else None)
    person = make_person(rng)
    big = 1.35 if upright else 1.0
    paper.centred(paper.pick(["营业执照", "营业执照", "个体工商户营业执照"]), 90 * big, 66 * big, 0.25)
    paper.centred(f"统一社会信用代码 {values.digits(rng, 2)}{values.letters(rng, 16)}", 160 * big, 22 * big)
    left = [
        ("名称", str(values.faker(rng).company())),
        ("类型", "有限责任公司（自然人独资）"),
        ("法定代表人", person.name),
        ("经营范围", "日用百货、文具用品的销售；软件开发；"),
    ]
    right = [
        ("注册资本", paper.pick(["壹佰万元整", "伍佰万元整"])),
        ("成立日期", values.date_text(values.day(rng), "年")),
        ("营业期限", values.term(rng, 20, "年")),
        ("住所", person.address[:16]),
    ]
    em = 22.0 * big
    if upright:
        below = paper.rows([*left, *right], (90, 320), 84, em)
    else:
        paper.rows(left, (40, 230), 62, em * 0.85)
        below = paper.rows(right, (470, 230), 62, em * 0.85)
    paper.text("登记机关", (560, below + 26), em)
    paper.text(values.date_text(values.day(rng), "年"), (560, below + 26 + 1.7 * em), em)
    return paper.finish(rounded=False)
