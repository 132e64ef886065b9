"""Which document lines of text are of: titles read with slips, numbers, labels; and what is none of them."""

from __future__ import annotations

import pytest

from idcard_core.card import FieldName
from idcard_core.judge.documents import DocumentKind, is_residence_permit, kind_of
from idcard_core.judge.documents.numbers import Zone, is_bank_number, is_permit_number, luhn_holds, zone_of
from idcard_core.judge.documents.wording import Wording, find, find_title

K = DocumentKind

POSITIVE = [
    pytest.param(K.BANK_CARD, "中国建设银行|China Construction Bank|6217 0033 3301 0004 444|银联", id="bank card"),
    pytest.param(K.BANK_CARD, "6217003333010004444|UnionPay|VALID THRU 09/31", id="bank card without a name"),
    pytest.param(K.BANK_CARD, "招商银行|CHINA MERCHANTS BANK|信用卡|UnionPay|闪付", id="bank card without a number"),
    pytest.param(K.DRIVING_LICENCE, "中华人民共和国机动车驾驶证|证号|姓名 张三|准驾车型C1", id="driving licence"),
    pytest.param(K.DRIVING_LICENCE, "中华人民共和国机动丰驾驶证|国籍 中国|初次领证曰期", id="driving licence, slips"),
    pytest.param(
        K.DRIVING_LICENCE,
        "中华人民共和国机动车驾驶证|证号 110101199003070134|姓名 张三 性别 男|住址北京市东城区|出生日期 1990-03-07",
        id="driving licence with an identity number",
    ),
    pytest.param(
        K.DRIVING_LICENCE,
        "Driving Licence of the People's Republic of China|初次领证日期",
        id="driving licence, English title",
    ),
    pytest.param(K.VEHICLE_LICENCE, "中华人民共和国机动车行驶证|号牌号码 京AF0236|所有人", id="vehicle licence"),
    pytest.param(
        K.VEHICLE_LICENCE,
        "号牌号码 京AF0236|车辆类型 小型轿车|车辆识别代号|LFV2A21K8A4000001",
        id="vehicle licence, no title",
    ),
    pytest.param(K.SOCIAL_SECURITY_CARD, "中华人民共和国社会保障卡|姓名 张三|社会保障号码", id="social security card"),
    pytest.param(
        K.SOCIAL_SECURITY_CARD,
        "上海市社会保障卡|社会保障号码|6217 0033 3301 0004 444|中国银行|银联",
        id="with a bank's number",
    ),
    pytest.param(K.HONG_KONG_MACAO_PERMIT, "往来港澳通行证|C12345678|签发地点 广东", id="to Hong Kong and Macao"),
    pytest.param(K.TAIWAN_PERMIT, "往来台湾通行证|L12345678|签发地点 福建", id="to Taiwan"),
    pytest.param(K.HOME_RETURN_PERMIT, "港澳居民来往内地通行证|H12345678|有效期限", id="from Hong Kong and Macao"),
    pytest.param(K.HOME_RETURN_PERMIT, "港澳居民來往內地通行証|签发机关", id="in traditional characters"),
    pytest.param(K.TAIWAN_COMPATRIOT_PERMIT, "台湾居民来往大陆通行证|12345678|签发机关", id="from Taiwan"),
    pytest.param(
        K.HONG_KONG_MACAO_RESIDENCE_PERMIT,
        "中华人民共和国|港澳居民居住证|签发机关|有效期限|通行证号码",
        id="residence permit",
    ),
    pytest.param(
        K.HONG_KONG_MACAO_RESIDENCE_PERMIT,
        "姓名|性别 男|出生|住址|公民身份号码|810000199003070011",
        id="its other side",
    ),
    pytest.param(K.TAIWAN_RESIDENCE_PERMIT, "姓名|公民身份号码830000199003070018", id="Taiwan resident's"),
    pytest.param(
        K.RESIDENCE_PERMIT, "广东省居住证|姓名|居住地址|公民身份号码 110101199003070134|签发机关", id="mainland"
    ),
    pytest.param(
        K.RESIDENCE_PERMIT, "姓名|民族 汉|户籍地址|居住地址|公民身份号码 110101199003070134", id="mainland, no title"
    ),
    pytest.param(
        K.FOREIGN_RESIDENT_CARD,
        "中华人民共和国外国人永久居留身份证|证件号码|CAN110080041010",
        id="foreign resident, 2017",
    ),
    pytest.param(K.FOREIGN_RESIDENT_CARD, "外国人永久居留身份证|国籍 加拿大|有效期限", id="foreign resident, 2023"),
    pytest.param(
        K.PASSPORT,
        "护照|PASSPORT|P<CHNZHANG<<SAN<<<<<<<<<<<<<<<<<<<<<<<<<<<|E123456780CHN9003071M3001018",
        id="passport",
    ),
    pytest.param(K.PASSPORT, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", id="foreign passport"),
    pytest.param(K.PASSPORT, "L898902C36UTO7408122F1204159ZE184226B<<<<<10", id="lower line of the zone only (ICAO)"),
    pytest.param(
        K.PASSPORT, "PASSPORT|Nationality|Date of birth|Place of birth|Authority", id="passport without a zone"
    ),
    pytest.param(K.FOREIGN_IDENTITY_CARD, "香港永久性居民身份證|HONG KONG PERMANENT IDENTITY CARD", id="Hong Kong"),
    pytest.param(
        K.BUSINESS_CARD,
        "东江科技有限公司|张三 销售经理|手机 138 0000 0000|E-mail: zhang@example.com",
        id="business card",
    ),
    pytest.param(
        K.BUSINESS_CARD,
        "东江科技有限公司|张三|总经理|电话：138 0000 0000|地址：某市1号",
        id="with one telephone only",
    ),
    pytest.param(K.BANK_CARD, "示例银行|6222 0000 1111 2222|银联", id="a bank not listed, and no check digit"),
    pytest.param(K.STUDENT_CARD, "东江理工大学|学生证|姓名|学号 2019001", id="student card"),
    pytest.param(K.WORK_PERMIT, "工作证|姓名|部门|职务", id="work permit"),
    pytest.param(K.HOUSEHOLD_REGISTER, "常住人口登记卡|户主或与户主关系|公民身份号码110101199003070134", id="register"),
    pytest.param(K.HOUSEHOLD_REGISTER, "居民户口簿|中华人民共和国公安部制", id="cover of the register"),
    pytest.param(K.MARRIAGE_CERTIFICATE, "结婚证|持证人|登记日期", id="marriage certificate"),
    pytest.param(K.BUSINESS_LICENCE, "营业执照|统一社会信用代码|法定代表人", id="business licence"),
    pytest.param(K.MILITARY_CERTIFICATE, "中国人民解放军军官证|部别|职务", id="officer's certificate"),
    pytest.param(K.POLICE_CERTIFICATE, "人民警察证|警号 123456|职务", id="police officer's"),
    pytest.param(K.CERTIFICATE, "中华人民共和国残疾人证|证号|残疾等级", id="another certificate"),
    pytest.param(K.BANK_CARD, "信用卡|东江商业银行|99881719 2323 9843 000|LIN MEI LING", id="groups read as one"),
    pytest.param(K.STUDENT_CARD, "学生证 校园卡|东江理工大学|姓名|学号 2019001", id="two titles in one line"),
    pytest.param(K.STUDENT_CARD, "东江理工大学 图书证|姓名|学号 2019001|院系", id="library card"),
    pytest.param(K.STUDENT_CARD, "西溪市图书馆|读者卡 READER CARD|姓名 张三|NO. 20190311", id="a public library's"),
    pytest.param(K.MEMBERSHIP_CARD, "悦来大酒店|房卡 ROOM KEY|最终解释权归本店所有", id="hotel key card"),
    pytest.param(
        K.BANK_CARD,
        "X|持卡人签名 AUTHORIZED SIGNATURE 未经签名无效|474|本卡仅限持卡人本人使用，请妥善保管密码|"
        "东海银行客服热线95656|拾到此卡请交还发卡银行此卡由发卡行发行|H|O|O|Z|WE|GM",
        id="bank card's back on a keyboard",
    ),
    pytest.param(
        K.BANK_CARD,
        "持卡人签名 AUTHORIZED SIGNATURE|357|本卡仅限本人使用|请遵守本行借记卡章程|客服热线",
        id="bank card's back",
    ),
    pytest.param(
        K.PASSPORT,
        "中华人民共和国|护照 PASSPORT|E12345678|男/M|19 6月/JUN 2020|四川|17 6月/JUN 2030|公安部出入境管理局",
        id="passport, values only",
    ),
    pytest.param(K.MEMBERSHIP_CARD, "悦来超市|积分卡|NO.3369685616", id="shop's card"),
    pytest.param(K.TRANSIT_CARD, "城市公交一卡通|CITY TRANSIT CARD|0384 102610065707", id="transit card"),
    pytest.param(K.MEDICAL_CARD, "样本市人民医院就诊卡|姓名|张三|性别|女|卡号|733287332041", id="patient's card"),
    pytest.param(
        K.BUSINESS_CARD,
        "|".join(
            [
                "M",
                *"QWERTYUIOPASDFGHJKLZXCVB",
                "东江文化公司",
                "张三",
                "总工程师",
                "手机：13800000000",
                "zhang@example.com",
            ]
        ),
        id="on a keyboard",
    ),
]


@pytest.mark.parametrize(("kind", "text"), POSITIVE)
def test_a_document_is_told_by_its_title_its_labels_and_its_numbers(kind: DocumentKind, text: str):
    assert kind_of(text.split("|")) is kind


FRONT = "姓名 张三|性别 男 民族 汉|出生 1990年3月7日|住址 {address}|公民身份号码 {number}"
NEGATIVE = [
    pytest.param("", id="nothing"),
    pytest.param(FRONT.format(address="北京市东城区人民路1号", number="110101199003070134"), id="front"),
    pytest.param(
        FRONT.format(address="广州市中国银行宿舍", number="110101199003070134"), id="front, a bank in the address"
    ),
    pytest.param(
        "姓名 张三|住址 广州市人民路|中国银行|宿舍|公民身份号码|622201199003070134", id="a bank on a line of its own"
    ),
    pytest.param(
        FRONT.format(address="出入境护照大厦居住证办理点", number="110101199003070134"), id="documents in the address"
    ),
    pytest.param(FRONT.format(address="", number="610000199003070134"), id="6 and four zeros"),
    pytest.param("中华人民共和国|居民身份证|签发机关 北京市公安局东城分局|有效期限 2015.01.01-2035.01.01", id="back"),
    pytest.param("中华人民共和国居民身份证|签发机关|有效期限", id="back, titles in one line"),
    pytest.param("中华人民共和国|居民身份讧|鉴发机关|有效期限", id="back, read with slips"),
    pytest.param(
        "中华人民共和国临时居民身份证|姓名|性别|民族|住址|公民身份号码|签发机关|有效期限 2020.01.01-2020.04.01",
        id="temporary card",
    ),
    pytest.param(
        "居民身份证|仅限办理机动车驾驶证使用|再次复印无效|签发机关|有效期限", id="a mark that names another document"
    ),
    pytest.param("民族|ཁྱིམ|姓名|公民身份号码|540102199003070137", id="bilingual front"),
    pytest.param(
        "证件类型|身份证|驾驶证|行驶证|社会保障卡|居住证|护照|结婚证|营业执照|学生证", id="a menu of documents"
    ),
    pytest.param(
        "办理机动车驾驶证须提交体检证明。|二、护照自受理之日起十五日内签发。|居住证", id="a page about documents"
    ),
    pytest.param("永安超市|单号 622200000000000001|合计 35.00|找零 5.00|电话 010-66666666", id="receipt"),
    pytest.param(
        "银联商务签购单|商户名称|发卡行 中国银行|卡号 6217003333010004444|交易类型 消费|有效期|凭证号|金额 35.00",
        id="payment slip",
    ),
    pytest.param("悦来超市|会员卡号 3369685616|本次积分 35|合计 35.00|找零 5.00|谢谢惠顾", id="receipt of a member"),
    pytest.param("医院缴费凭证|就诊卡号 12345678|姓名 张三|金额 35.00|交易时间|流水号 1", id="a hospital's receipt"),
    pytest.param("商户 悦来超市|交易金额 35.00|持卡人签名|AUTHORIZED SIGNATURE|借记卡章程", id="slip of a card"),
    pytest.param("请出示会员卡|办理就诊卡请到一楼|公交卡充值", id="notices about cards"),
    pytest.param("中国银行|营业时间 9:00-17:00|服务热线 95566", id="a bank's sign"),
    pytest.param("收件人 张三|电话 13800000000|地址 北京市东城区人民路1号|寄件人 李四", id="a parcel"),
    pytest.param("护照办理处", id="an office's door"),
    pytest.param("居住证|返回|下一步", id="a button"),
    pytest.param("办理社保卡|姓名 张三|住址", id="a mark on a card that is hardly read"),
    pytest.param("驾驶证使用|公民身份号码|住址", id="the end of a mark"),
    pytest.param("诚聘|销售经理|某某有限公司|电话 13800000000|E-mail: a@example.com", id="a job advertised"),
    pytest.param("客服电话 400-000-0000|www.example.com|某某有限公司|净含量 500g", id="a package"),
    pytest.param("6217003333010004444", id="a number alone"),
    pytest.param("Q W E R T Y|A S D F|Z X C V", id="keyboard"),
]


@pytest.mark.parametrize("text", NEGATIVE)
def test_an_identity_card_and_ordinary_text_are_no_other_document(text: str):
    assert kind_of(text.split("|")) is None


@pytest.mark.parametrize(
    ("title", "line", "slips"),
    [
        pytest.param("机动车驾驶证", "中华人民共和国机动车驾驶证", 0, id="the state before it"),
        pytest.param("机动车驾驶证", "机动丰驾驶证", 1, id="a slip"),
        pytest.param("机动车驾驶证", "机动车驾驶证申请表", None, id="a form that names it"),
        pytest.param("机动车驾驶证", "请携带有效的机动车驾驶证", None, id="a sentence"),
        pytest.param("驾驶证", "仅办驾驶证使用", None, id="what a copy may be used for"),
        pytest.param("居住证", "广东省居住证", 0, id="a province before it"),
        pytest.param("居住证", "港澳居民居住证", None, id="another title that ends in it"),
        pytest.param(
            "居民身份证", "外国人永久居留身份证", None, id="nor is a foreign resident's card an identity card"
        ),
    ],
)
def test_a_title_fills_its_line(title: str, line: str, slips: int | None):
    assert find_title(title, Wording.of(line)) == slips


def test_a_phrase_is_found_where_it_is_nearest():
    found = find("公民身份号码", "样公民身价号码1101")
    assert found is not None
    assert (found.slips, found.start, found.end) == (1, 1, 7)
    assert find("护照", "护熙") is None


@pytest.mark.parametrize(
    ("digits", "holds"),
    [
        pytest.param("79927398713", True, id="ISO/IEC 7812-1's own example"),
        pytest.param("79927398714", False, id="a digit off"),
    ],
)
def test_luhn(digits: str, holds: bool):
    assert luhn_holds(digits) is holds


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [
        pytest.param("6217003333010004444", True, id="19 digits"),
        pytest.param("4111111111111111", True, id="16 digits"),
        pytest.param("411111111111111", False, id="too short"),
        pytest.param("1111111111111117", False, id="no network's"),
        pytest.param("622201199003070138", False, id="an identity number of Gansu"),
    ],
)
def test_a_bank_cards_number(digits: str, is_one: bool):
    assert is_bank_number(digits) is is_one


@pytest.mark.parametrize(
    ("lines", "zone"),
    [
        pytest.param(["P<CHNLI<<SI<<<<<<<<<<<<<<<<<<<<<"], Zone.PASSPORT, id="passport"),
        pytest.param(["P＜CHNLI«SI«««««««««««««"], Zone.PASSPORT, id="fillers read as other marks"),
        pytest.param(["CSC1234567890<3401019<9003071<"], Zone.CARD, id="card"),
        pytest.param(["PLEASE READ THIS PAGE CAREFULLY"], None, id="a sentence in capitals"),
    ],
)
def test_a_machine_readable_zone(lines: list[str], zone: Zone | None):
    assert zone_of(lines) is zone


@pytest.mark.parametrize(
    ("number", "lines", "is_one"),
    [
        pytest.param("810000199003070011", [], True, id="Hong Kong's number"),
        pytest.param("830000199003070018", [], True, id="Taiwan's number"),
        pytest.param("610000199003070011", [], False, id="a 6"),
        pytest.param("", ["港澳居民居住证", "签发机关"], True, id="title"),
        pytest.param("", ["台弯居民居住证"], True, id="title with a slip"),
        pytest.param("", ["通行证号码H12345678", "签发次数01"], True, id="labels"),
        pytest.param("", ["中华人民共和国", "居民身份证", "签发机关"], False, id="identity card"),
        pytest.param("110101199003070134", ["姓名", "住址 居住证办理点"], False, id="front of an identity card"),
    ],
)
def test_a_residence_permit_is_told_from_an_identity_card(number: str, lines: list[str], is_one: bool):
    assert is_residence_permit({FieldName.IDCARDNO: number}, lines) is is_one


def test_a_permits_number_has_a_birth_date():
    assert is_permit_number("810000199003070011")
    assert not is_permit_number("810000199013070011")
