"""Cards of banks, of social security, of businesses, schools and employers, drawn schematically."""

from __future__ import annotations

import numpy as np

from idcard_core.judge.documents.profiles import BANK_NAMES
from idcard_core.specimen.documents import values
from idcard_core.specimen.documents.paper import Paper
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.lettering import Colour
from idcard_core.specimen.people import make_person

_DEEP: tuple[Colour, ...] = ((150, 20, 30), (20, 60, 140), (20, 110, 80), (60, 60, 66), (190, 150, 70), (90, 40, 120))
JOBS = [
    "总经理",
    "销售经理",
    "高级工程师",
    "技术总监",
    "董事长",
    "市场部主管",
    "客户代表",
    "律师",
    "设计师",
    "副教授",
    "项目经理",
    "首席顾问",
]
SCHOOLS = ["东江理工大学", "南湖师范学院", "青山医科大学", "北岭职业技术学院", "云水外国语大学", "西河中学"]


def _latin_bank(paper: Paper) -> str:
    return paper.pick(["BANK OF EAST RIVER", "SOUTH LAKE BANK", "BANK OF CHINA", "ICBC", "CHINA MERCHANTS BANK"])


def bank_card(rng: np.random.Generator) -> FlatCard:
    """The front of a bank card, of the upper side's many designs; now and then the back."""
    paper = Paper.new(rng, 540, _DEEP[int(rng.integers(len(_DEEP)))] if rng.random() < 0.7 else None)
    if paper.chance(0.15):
        return _bank_back(paper)
    bank = BANK_NAMES[int(rng.integers(len(BANK_NAMES) - 4))]
    x = paper.near(110, 60)
    paper.rings((x - 30, 72), 30)
    paper.text(bank, (x + 14, paper.near(64)), paper.near(46, 8))
    if paper.chance(0.6):
        paper.text(_latin_bank(paper), (x + 14, 104), 20)
    if paper.chance(0.85):
        paper.bar((paper.near(80, 20), paper.near(190, 15), 100, 78), (215, 195, 130))
    number = values.bank_number(rng)
    shown = values.grouped(number) if paper.chance(0.8) else number
    y = paper.near(325, 30)
    paper.text(shown, (paper.near(70, 20), y), paper.near(52, 8))
    kind = paper.pick(["借记卡", "储蓄卡", "信用卡", "金卡", "白金卡", "DEBIT", "CREDIT", "理财卡"])
    paper.text(kind, (paper.near(640, 50), paper.near(70, 20)), 30)
    if paper.chance(0.6):
        paper.text(f"{rng.integers(1, 13):02d}/{rng.integers(25, 35):02d}", (paper.near(420, 40), y + 66), 30)
        paper.label(paper.pick(["VALID THRU", "MONTH/YEAR", "有效期"]), (paper.near(270, 20), y + 66), 16)
    if paper.chance(0.5):
        paper.text(" ".join(values.pinyin(rng)), (80, y + 118), 30)
    network = paper.pick(["银联 UnionPay", "UnionPay", "银联", "VISA", "MasterCard"])
    paper.text(network, (paper.near(620, 30), paper.near(470, 20)), 36)
    if paper.chance(0.3):
        paper.text("闪付 QuickPass", (paper.near(600, 30), 150), 22)
    return paper.finish()


def _bank_back(paper: Paper) -> FlatCard:
    rng = paper.rng
    paper.bar((0, 60, 856, 90), (20, 20, 22))
    paper.bar((50, 200, 420, 60), (240, 240, 235))
    paper.label("持卡人签名 AUTHORIZED SIGNATURE", (52, 185), 17)
    paper.text(values.grouped(values.bank_number(rng)), (80, 300), 34)
    bank = BANK_NAMES[int(rng.integers(len(BANK_NAMES) - 4))]
    paper.text(f"本卡为{bank}发行，仅限持卡人本人使用", (50, 360), 24)
    paper.text("客户服务热线：95" + values.digits(rng, 3), (50, 400), 24)
    paper.text("银联 UnionPay", (640, 480), 30)
    return paper.finish()


def social_security_card(rng: np.random.Generator) -> FlatCard:
    """The portrait side of a social security card of the second or third generation."""
    paper = Paper.new(rng, 540, (200, 225, 244) if rng.random() < 0.6 else None)
    person = make_person(rng)
    place = person.gov[:3]
    paper.title(
        paper.pick(["中华人民共和国社会保障卡", "社会保障卡", f"{place}社会保障卡"]),
        paper.near(60, 15),
        paper.near(48, 6),
    )
    if paper.chance(0.4):
        paper.centred("SOCIAL SECURITY CARD", 108, 20)
    left = paper.chance(0.5)
    paper.figure((60 if left else 590, 140, 190, 240))
    x = 290.0 if left else 60.0
    rows = [
        ("姓名", person.name),
        (paper.pick(["社会保障号码", "社会保障号"]), person.idcardno),
        (paper.pick(["发卡日期", "卡号"]), values.date_text(values.day(rng), "年")),
    ]
    if paper.chance(0.4):
        rows.insert(1, ("性别", person.sex))
        rows.insert(2, ("民族", person.nation))
    y = paper.rows(rows, (x, paper.near(180, 20)), paper.near(54, 6), paper.near(27, 3))
    if paper.chance(0.5):
        paper.text(values.grouped(values.bank_number(rng)), (70, max(430.0, y)), 38)
        paper.text(BANK_NAMES[int(rng.integers(10))], (80, 500), 28)
        paper.text("银联 UnionPay", (640, 500), 24)
    elif paper.chance(0.6):
        paper.text("人力资源和社会保障部监制", (paper.near(300, 40), 490), 24)
    return paper.finish()


def business_card(rng: np.random.Generator) -> FlatCard:
    """A business card."""
    paper = Paper.new(
        rng, paper_height(rng), _DEEP[int(rng.integers(len(_DEEP)))] if rng.random() < 0.3 else None, True
    )
    fake = values.faker(rng)
    person = make_person(rng)
    company = str(fake.company())
    x = paper.near(90, 40)
    top = paper.near(90, 25)
    paper.rings((760, 80), 36)
    paper.text(company, (x, top), paper.near(34, 5))
    name_y = top + paper.near(100, 20)
    quad = paper.text(person.name, (x, name_y), paper.near(54, 8))
    job = paper.pick(JOBS)
    beside = paper.chance(0.5)
    paper.text(job, (float(quad[1, 0]) + 26, name_y + 8) if beside else (x, name_y + 54), 28)
    mobile = "1" + str(rng.integers(3, 10)) + values.digits(rng, 9)
    mobile = f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}" if paper.chance(0.5) else mobile
    area = "0" + str(rng.integers(10, 999))
    rows = [
        (paper.pick(["手机:", "Mobile:", "M:", "移动电话："]), mobile),
        (paper.pick(["电话:", "Tel:", "T:"]), f"{area}-{rng.integers(2, 9)}{values.digits(rng, 6)}"),
        (paper.pick(["邮箱:", "E-mail:", "Email:"]), f"{values.pinyin(rng)[1].lower()}@example.com"),
        (paper.pick(["地址:", "Add:", "地址："]), person.address[:20]),
        (paper.pick(["网址:", "Web:"]), "www.example.com"),
    ]
    keep = [row for row in rows if paper.chance(0.8)]
    if len(keep) < 3:
        keep = rows[:4]
    paper.rows(keep, (x, name_y + paper.near(125, 10)), paper.near(40, 4), paper.near(24, 2))
    return paper.finish(rounded=False)


def paper_height(rng: np.random.Generator) -> float:
    """Business cards are 90 by 54 mm, or 90 by 50, or as bank cards are."""
    return float(rng.choice([513.0, 480.0, 540.0]))


def student_card(rng: np.random.Generator) -> FlatCard:
    """A student's card."""
    paper = Paper.new(rng, paper_height(rng), (190, 215, 240) if rng.random() < 0.5 else None)
    person = make_person(rng)
    school = paper.pick(SCHOOLS)
    paper.title(school, paper.near(56, 10), paper.near(44, 6))
    paper.title(paper.pick(["学生证", "学生证", "校园一卡通", "研究生证"]), paper.near(122, 10), paper.near(50, 8))
    if paper.chance(0.4):
        paper.centred("STUDENT ID CARD", 168, 20)
    left = paper.chance(0.6)
    paper.figure((56 if left else 620, 200, 180, 230))
    rows = [
        ("姓名", person.name),
        ("学号", values.digits(rng, int(rng.integers(8, 13)))),
        (
            paper.pick(["学院", "院系", "系别"]),
            paper.pick(["机械工程学院", "文学院", "计算机科学与技术学院", "经济管理学院"]),
        ),
        (paper.pick(["专业", "班级"]), paper.pick(["软件工程", "汉语言文学", "会计学", "临床医学"])),
        (paper.pick(["入学日期", "有效期", "入学时间"]), values.date_text(values.day(rng), "年")),
    ]
    paper.rows(rows, (290.0 if left else 70.0, paper.near(225, 10)), paper.near(50, 4), paper.near(28, 3))
    return paper.finish()


def work_permit(rng: np.random.Generator) -> FlatCard:
    """A pass of an employer, lying or upright."""
    upright = rng.random() < 0.5
    paper = Paper.new(rng, 1240 if upright else 540, plain=bool(rng.random() < 0.5))
    person = make_person(rng)
    company = str(values.faker(rng).company())
    rows = [
        ("姓名", person.name),
        (paper.pick(["部门", "科室"]), paper.pick(["市场部", "技术部", "财务部", "内科", "生产一部"])),
        (paper.pick(["职务", "职位", "岗位"]), paper.pick(JOBS)),
        (paper.pick(["编号", "工号", "员工编号"]), values.digits(rng, 6)),
    ]
    title = paper.pick(["工作证", "员工证", "工作证", "上岗证", "出入证"])
    if upright:
        paper.centred(company, 110, 58)
        paper.centred(title, 230, 110, 0.2)
        paper.figure((258, 330, 340, 440))
        paper.rows(rows, (150.0, 850.0), 92, 60)
        return paper.finish()
    paper.title(company, paper.near(60, 10), 40)
    paper.title(title, paper.near(135, 10), paper.near(64, 8))
    left = paper.chance(0.5)
    paper.figure((60 if left else 600, 200, 190, 245))
    paper.rows(rows, (300.0 if left else 80.0, 240.0), 60, 34)
    return paper.finish()


def membership_card(rng: np.random.Generator) -> FlatCard:
    """A shop's or a club's card."""
    paper = Paper.new(rng, 540, _DEEP[int(rng.integers(len(_DEEP)))] if rng.random() < 0.7 else None)
    shops = ["悦来超市", "东江百货", "青山健身俱乐部", "南湖书店", "云水便利店", "北岭国际影城", "河畔大药房"]
    x = paper.near(80, 30)
    paper.text(paper.pick(shops), (x, paper.near(90, 20)), paper.near(44, 8))
    paper.text(
        paper.pick(["会员卡", "积分卡", "贵宾卡", "储值卡", "购物卡"]), (x, paper.near(240, 30)), paper.near(80, 15)
    )
    if paper.chance(0.4):
        paper.text(paper.pick(["VIP CARD", "MEMBERSHIP CARD"]), (x, 320), 30)
    paper.text(f"{paper.pick(['NO.', '卡号：', '编号 '])}{values.digits(rng, 10)}", (x, paper.near(430, 20)), 34)
    if paper.chance(0.4):
        paper.text("客服热线 400-" + values.digits(rng, 7), (x, 490), 24)
    return paper.finish()


def transit_card(rng: np.random.Generator) -> FlatCard:
    """A card for buses and trains of a city."""
    paper = Paper.new(rng, 540, _DEEP[int(rng.integers(len(_DEEP)))] if rng.random() < 0.7 else None)
    paper.title(
        paper.pick(["城市公交一卡通", "东江公交卡", "交通一卡通", "东江市市民卡", "南湖地铁卡"]),
        paper.near(120, 40),
        paper.near(66, 10),
    )
    if paper.chance(0.6):
        paper.centred(paper.pick(["CITY TRANSIT CARD", "TRANSPORTATION CARD"]), 220, 28)
    if paper.chance(0.6):
        paper.text("交通联合", (paper.near(600, 60), 320), 34)
    paper.text(values.digits(rng, 4) + " " + values.digits(rng, 12), (paper.near(80, 20), paper.near(460, 20)), 36)
    if paper.chance(0.4):
        paper.text(paper.pick(["普通卡", "学生卡", "老年卡"]), (paper.near(640, 40), 460), 32)
    return paper.finish()


def medical_card(rng: np.random.Generator) -> FlatCard:
    """A patient's card of a hospital, or of the health insurance."""
    paper = Paper.new(rng, 540, (200, 232, 230) if rng.random() < 0.6 else None)
    person = make_person(rng)
    hospital = paper.pick(["东江市人民医院", "南湖区中医医院", "青山医科大学附属医院", "云水社区卫生服务中心"])
    title = paper.pick(["就诊卡", "诊疗卡", "居民健康卡", "医疗保险卡", "门诊卡"])
    if paper.chance(0.5):
        paper.title(f"{hospital} {title}", paper.near(80, 15), 44)
    else:
        paper.title(hospital, paper.near(70, 10), 44)
        paper.title(title, paper.near(150, 10), 56)
    rows = [
        ("姓名", person.name),
        ("性别", person.sex),
        (paper.pick(["卡号", "就诊号", "登记号"]), values.digits(rng, int(rng.integers(8, 14)))),
        ("电话", "1" + values.digits(rng, 10)),
    ]
    paper.rows(rows, (paper.near(90, 20), paper.near(250, 10)), paper.near(62, 6), 34)
    return paper.finish()
