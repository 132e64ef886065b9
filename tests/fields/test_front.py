"""Lines of the portrait side into fields. All people here are fictional."""

import pytest
from card_lines import make_line

from idcard_core.card import FieldName as F
from idcard_core.fields.front import fields_beside, may_be_of_a_field, read_front

NAME = make_line("姓名 张三", 40, 72)
SEX = make_line("性别 男  民族 汉", 40, 132)
BIRTH = make_line("出生 1990年1月12日", 40, 194, 24)
ADDRESS = make_line("住址 浙江省杭州市余杭区", 40, 260)
MORE = make_line("文一西路969号", 150, 302)
LABEL = make_line("公民身份号码", 40, 463, 28)
NUMBER = make_line("330110199001120019", 290, 463, 27)
CARD = (NAME, SEX, BIRTH, ADDRESS, MORE, LABEL, NUMBER)


def _texts(*lines):
    return {name: placed.value.text for name, placed in read_front(lines).fields.items()}


def test_a_plain_card():
    assert _texts(*CARD) == {
        F.NAME: "张三",
        F.SEX: "男",
        F.NATION: "汉",
        F.BIRTHDAY: "19900112",
        F.ADDRESS: "浙江省杭州市余杭区文一西路969号",
        F.IDCARDNO: "330110199001120019",
    }


@pytest.mark.parametrize(
    ("lines", "field", "text"),
    [
        pytest.param((make_line("姓名 欧阳修文", 40, 72), *CARD[1:]), F.NAME, "欧阳修文", id="four characters"),
        pytest.param(
            (make_line("姓名 阿卜杜拉•买买提", 40, 72), *CARD[1:]), F.NAME, "阿卜杜拉·买买提", id="the one dot"
        ),
        pytest.param((make_line("姓各 张三", 40, 72), *CARD[1:]), F.NAME, "张三", id="a label misread"),
        pytest.param((make_line("张三", 150, 72), *CARD[1:]), F.NAME, "张三", id="no label"),
        pytest.param(
            (make_line("姓名", 40, 72), make_line("张三", 150, 74), *CARD[1:]), F.NAME, "张三", id="read apart"
        ),
        pytest.param(
            (
                make_line("再娜甫·古丽巴哈尔·", 140, 60),
                make_line("姓名", 40, 82),
                make_line("卓玛", 140, 104),
                *CARD[1:],
            ),
            F.NAME,
            "再娜甫·古丽巴哈尔·卓玛",
            id="two lines, the label beside their middle",
        ),
        pytest.param(
            (
                make_line("Singqmingz阿曼古丽·格桑·永忠", 20, 58, 21),
                make_line("姓名", 40, 82),
                make_line("多杰", 232, 104),
                *CARD[1:],
            ),
            F.NAME,
            "阿曼古丽·格桑·永忠多杰",
            id="two lines, a label of another script beside the first",
        ),
        pytest.param(
            (make_line("姓客建陈语馨", 40, 72), *CARD[1:]),
            F.NAME,
            "陈语馨",
            id="a stamp's character between the label and the column of values",
        ),
        pytest.param(
            (make_line("姓名 巴特尔·阿古拉·额尔", 40, 72, 28), make_line("德尼", 124, 112, 28), *CARD[1:]),
            F.NAME,
            "巴特尔·阿古拉·额尔德尼",
            id="a long name that goes on below",
        ),
        pytest.param(
            (NAME, make_line("德尼", 140, 112, 28), *CARD[1:]), F.NAME, "张三", id="a short name does not go on"
        ),
        pytest.param(
            (NAME, make_line("女    瑶", 150, 132), *CARD[2:]), F.NATION, "瑶", id="a nation without its label"
        ),
        pytest.param((NAME, make_line("女    瑶", 150, 132), *CARD[2:]), F.SEX, "女", id="a sex without its label"),
        pytest.param(
            (*CARD[:2], make_line("出生 1997年 3    1", 40, 194, 24), *CARD[3:]),
            F.BIRTHDAY,
            "19970301",
            id="a birth date without its month's sign",
        ),
        pytest.param(
            (make_line("甲乙丙", 140, 12), *CARD), F.NAME, "张三", id="something far above is no part of the name"
        ),
        pytest.param(
            (*CARD[:4], make_line("E单元506", 150, 302), LABEL, NUMBER),
            F.ADDRESS,
            "浙江省杭州市余杭区E单元506",
            id="a letter of an address",
        ),
        pytest.param(
            (NAME, make_line("性别 女  民族 维吾尔", 40, 132), *CARD[2:]), F.NATION, "维吾尔", id="long nation"
        ),
        pytest.param((NAME, make_line("性別 男  民族 漢", 40, 132), *CARD[2:]), F.NATION, "汉", id="traditional forms"),
        pytest.param((NAME, make_line("民族 汉", 230, 132), *CARD[2:]), F.NATION, "汉", id="nation alone in its row"),
        pytest.param((*CARD[:3], make_line("住址 西湖边", 40, 260), LABEL, NUMBER), F.ADDRESS, "西湖边", id="one line"),
        pytest.param(
            (*CARD[:4], MORE, make_line("号", 150, 344), LABEL, NUMBER),
            F.ADDRESS,
            "浙江省杭州市余杭区文一西路969号号",
            id="a last line of one character",
        ),
        pytest.param(
            (*CARD[:4], make_line("Baihswz dajloh", 150, 285, 18), MORE, LABEL, NUMBER),
            F.ADDRESS,
            "浙江省杭州市余杭区文一西路969号",
            id="a second script between the lines",
        ),
        pytest.param(
            (*CARD[:3], make_line("住址 XX省xx市XX区", 40, 260), make_line("XX路X号", 150, 302), LABEL, NUMBER),
            F.ADDRESS,
            "XX省XX市XX区XX路X号",
            id="characters left out",
        ),
        pytest.param(
            (*CARD, make_line("样本", 620, 500)), F.ADDRESS, "浙江省杭州市余杭区文一西路969号", id="a mark below"
        ),
        pytest.param(
            (*CARD[:5], make_line("公民身份号码330110199001120019", 40, 463, 26)),
            F.IDCARDNO,
            "330110199001120019",
            id="label and number in one",
        ),
        pytest.param(
            (*CARD[:6], make_line("３３０１１０１９９００１１２００１９", 290, 463, 27)),
            F.IDCARDNO,
            "330110199001120019",
            id="full-width digits",
        ),
        pytest.param(
            (*CARD[:6], make_line("330110199001120018", 290, 463, 27)),
            F.IDCARDNO,
            "330110199001120018",
            id="a wrong check character stays",
        ),
    ],
)
def test_layouts(lines, field, text):
    assert _texts(*lines)[field] == text


@pytest.mark.parametrize("above", [True, False], ids=["above the number", "below it"])
def test_a_temporary_card_has_issuer_and_validity_on_its_front(above):
    issuer, validity, number = (385, 430, 480) if above else (440, 490, 380)
    texts = _texts(
        *CARD[:5],
        make_line("签发机关 杭州市公安局余杭分局", 40, issuer),
        make_line("有效期限 2018.05.13-2018.08.13", 40, validity, 24),
        make_line("330110199001120019", 290, number, 27),
    )
    assert texts[F.ADDRESS] == "浙江省杭州市余杭区文一西路969号"
    assert texts[F.GOV] == "杭州市公安局余杭分局"
    assert (texts[F.BEGINDATE], texts[F.ENDDATE]) == ("20180513", "20180813")
    assert texts[F.IDCARDNO] == "330110199001120019"


def test_a_value_knows_where_it_stands():
    reading = read_front(CARD)
    quad = reading.fields[F.IDCARDNO].quad
    assert quad[:, 0].min() == pytest.approx(290, abs=20)
    assert quad[:, 0].max() == pytest.approx(290 + 18 * 27, abs=20)
    address = reading.fields[F.ADDRESS].quad
    assert address[:, 1].max() - address[:, 1].min() > 70


def test_an_empty_card_speaks_for_nothing():
    reading = read_front(())
    assert reading.score <= 0
    assert not any(placed.value.text for placed in reading.fields.values())


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        pytest.param(make_line("再娜甫苏日娜", 20, 60), (F.NAME,), id="beside the name"),
        pytest.param(make_line("文一西路", 20, 320), (F.ADDRESS,), id="below the address"),
        pytest.param(make_line("文一西路", 20, 400), (), id="far from all"),
    ],
)
def test_a_line_without_a_role_stands_beside_fields(line, fields):
    assert fields_beside(line, read_front(CARD)) == fields


def test_what_stands_in_the_portrait_is_of_no_field():
    assert not may_be_of_a_field(make_line("样本", 620, 80))
    assert not may_be_of_a_field(LABEL)
    assert may_be_of_a_field(MORE)
