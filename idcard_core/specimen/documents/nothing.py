"""Pictures without any card: grounds, pages of text, receipts, screens, notes, drawn figures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from idcard_core.specimen import artwork, tables
from idcard_core.specimen.documents import values
from idcard_core.specimen.documents.paper import Paper, lay_in_frame
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.people import make_person

_GOODS = ["苹果", "矿泉水", "牛奶", "面包", "洗衣液", "笔记本", "电池", "毛巾", "大米", "鸡蛋", "咖啡", "牙膏", "雨伞"]
_TALK = (
    "明天上午十点开会，请提前准备材料。",
    "护照和身份证都带好了吗？",
    "银行卡我放在抽屉里了",
    "好的，收到",
    "驾驶证下个月到期，记得去换",
    "社保卡办好了没有",
    "今晚一起吃饭吧",
    "快递到了，放在门口",
)
_STEPS = (
    "一、申请人应当携带本人居民身份证到户籍所在地派出所办理。",
    "二、持有港澳居民来往内地通行证的，可以在居住地申请。",
    "三、办理机动车驾驶证换证业务的，须提交体检证明。",
    "四、未满十六周岁的，应当由监护人陪同，并出示户口簿。",
    "五、因私出国申请普通护照的，自受理之日起十五日内签发。",
    "六、银行卡、社会保障卡遗失的，请及时挂失并补办。",
    "七、营业执照复印件须加盖公章，结婚证须提交原件。",
)


def text_page(rng: np.random.Generator) -> FlatCard:
    """A page of running text, about anything or about certificates."""
    paper = Paper.new(rng, 1180, plain=True)
    fake = values.faker(rng)
    paper.centred(paper.pick(["办事指南", "关于证件办理的通知", "会议纪要", "第三章 住房", "说明书"]), 90, 44)
    em, y = paper.near(27, 5), 180.0
    about = paper.chance(0.4)
    while y < 1100:
        line = paper.pick(_STEPS) if about else str(fake.paragraph(nb_sentences=3)).replace("\n", "")[: int(760 / em)]
        paper.text(line, (50, y), em)
        y += em * 1.6
    return paper.finish(rounded=False)


def receipt(rng: np.random.Generator) -> FlatCard:
    """A till's receipt, or a slip of a card's payment."""
    paper = Paper.new(rng, float(rng.uniform(1000, 1500)), plain=True)
    slip = paper.chance(0.4)
    paper.centred(paper.pick(["永安超市", "东风便利店", "小河饭店"]) if not slip else "银联商务 签购单", 80, 60)
    if slip:
        number = values.bank_number(rng)
        shown = number[:6] + "******" + number[-4:] if paper.chance(0.7) else number
        rows = [
            ("商户名称", "永安超市有限公司"),
            ("商户编号", values.digits(rng, 15)),
            ("终端编号", values.digits(rng, 8)),
            ("发卡行", paper.pick(["中国银行", "招商银行"])),
            ("卡号", shown),
            ("交易类型", "消费"),
            ("有效期", "26/09"),
            ("批次号", values.digits(rng, 6)),
            ("凭证号", values.digits(rng, 6)),
            ("金额", f"RMB {rng.integers(5, 500)}.00"),
        ]
        paper.rows(rows, (60, 190), 74, 40)
        return paper.finish(rounded=False)
    y = paper.rows([("单号", values.digits(rng, 18)), ("收银员", values.digits(rng, 4))], (60, 170), 60, 38)
    for _ in range(int(rng.integers(4, 9))):
        paper.text(f"{paper.pick(_GOODS)}   1   {rng.integers(2, 90)}.{rng.integers(10)}0", (60, y), 38)
        y += 62
    paper.rows([("合计", f"{rng.integers(20, 300)}.00"), ("实收", "300.00"), ("找零", "12.00")], (60, y + 20), 60, 38)
    paper.text("电话：0" + values.digits(rng, 3) + "-" + "6" + values.digits(rng, 6), (60, paper.height - 90), 34)
    return paper.finish(rounded=False)


def screen(rng: np.random.Generator) -> FlatCard:
    """A screen of text: a conversation, a menu of services or a list of files."""
    paper = Paper.new(rng, float(rng.choice([540.0, 1300.0])), (40, 44, 52) if rng.random() < 0.3 else None, plain=True)
    if paper.chance(0.35):
        words = [
            "身份证",
            "驾驶证",
            "行驶证",
            "社会保障卡",
            "居住证",
            "护照",
            "结婚证",
            "营业执照",
            "港澳通行证",
            "学生证",
        ]
        rng.shuffle(words)
        paper.centred(paper.pick(["我的证照", "证件类型", "请选择证件类型"]), 60, 40)
        for number, word in enumerate(words[: int(rng.integers(5, 10))]):
            paper.text(word, (60 + 270 * (number % 3), 170 + 110 * (number // 3)), 34)
        return paper.finish(rounded=False)
    y = 70.0
    while y < paper.height - 60:
        line = paper.pick(_TALK) if paper.chance(0.7) else str(values.faker(rng).sentence())[:22]
        paper.text(line, (float(rng.choice([40, 200])), y), 30)
        y += paper.near(70, 10)
    return paper.finish(rounded=False)


def note(rng: np.random.Generator) -> FlatCard:
    """A page with an address, a telephone number and the like: a parcel's label, a letter's head, a list of names."""
    paper = Paper.new(rng, 620, plain=True)
    person, other = make_person(rng), make_person(rng)
    if paper.chance(0.5):
        rows = [
            ("收件人", person.name),
            ("电话", "1" + "3" + values.digits(rng, 9)),
            ("地址", person.address),
            ("寄件人", other.name),
            ("地址", other.address),
        ]
        paper.rows(rows, (50, 90), 80, 32)
        paper.text(values.letters(rng, 2) + values.digits(rng, 13), (200, 540), 44)
        return paper.finish(rounded=False)
    paper.centred("登记表", 60, 40)
    for row in range(7):
        one = make_person(rng)
        paper.text(f"{row + 1}  {one.name}  {one.sex}  {one.idcardno}  {one.address[:8]}", (40, 130 + 62 * row), 26)
    return paper.finish(rounded=False)


def figure(rng: np.random.Generator) -> FlatCard:
    """A drawn figure that fills the paper, as a portrait photograph would."""
    size = (900, 1200)
    picture = artwork.figure(rng, size)
    paper = Paper.new(rng, 1141, plain=True)
    paper.mark()
    return lay_in_frame(picture, np.full((size[1], size[0]), 255, np.uint8), paper.sheet.lines)


def sign(rng: np.random.Generator) -> FlatCard:
    """A plate at a door or a shelf: few words, large, of banks and offices among others."""
    paper = Paper.new(rng, 540, (170, 40, 40) if rng.random() < 0.4 else None, plain=True)
    words = [
        "中国银行",
        "出入境管理局",
        "护照办理处",
        "驾驶证换证窗口",
        "婚姻登记处",
        "社会保障服务中心",
        *tables.ROADS[:6],
        "小心地滑",
    ]
    paper.centred(paper.pick(words), 220, 90)
    if paper.chance(0.6):
        paper.centred(paper.pick(["营业时间 9:00-17:00", "服务热线 95588", "请排队等候", "No Smoking"]), 360, 44)
    return paper.finish(rounded=False)


PAGES: tuple[Callable[[np.random.Generator], FlatCard], ...] = (text_page, receipt, screen, note, figure, sign)
