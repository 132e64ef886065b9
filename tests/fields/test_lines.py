"""Lines of print: words that mark a specimen, and characters that two rows share. All people here are fictional."""

import pytest
from card_lines import make_line

from idcard_core.fields.lines import without_doubled, without_marks


def _text(glyphs):
    return "".join(glyph.text for glyph in glyphs)


@pytest.mark.parametrize(
    ("read", "left"),
    [
        pytest.param("住址 江苏省南京市玄武区样本街12号", "住址江苏省南京市玄武区样本街12号", id="a street"),
        pytest.param("姓名 陈样本", "姓名陈样本", id="a name"),
        pytest.param("姓名 样本", "姓名样本", id="the whole name"),
        pytest.param("样本市公安局", "样本市公安局", id="an issuer"),
        pytest.param("样本", "", id="alone in its row"),
        pytest.param("汉   样本", "汉", id="far from the value"),
        pytest.param("SPECIMEN", "", id="in English"),
        pytest.param("陈芳", "陈芳", id="none"),
    ],
)
def test_a_word_that_marks_a_specimen_is_no_value_where_it_stands_by_itself(read, left):
    line = make_line(read, 40, 72)
    assert _text(without_marks(line.glyphs, line.row.height)) == left


def test_a_small_mark_close_to_a_value_is_none_of_it():
    value, mark = make_line("张三丰", 150, 72), make_line("样本", 252, 72, pitch=16)
    assert _text(without_marks((*value.glyphs, *mark.glyphs), value.row.height)) == "张三丰"


def test_a_character_in_two_rows_is_read_once():
    label, value = make_line("签发机关武", 190, 395, 32), make_line("武汉市公安局", 319, 395, 32)
    assert [line.text for line in without_doubled([label, value])] == ["签发机关", "武汉市公安局"]


def test_what_stands_twice_is_read_twice():
    first, second = make_line("陈明", 150, 72, 32), make_line("明明", 216, 72, 32)
    assert [line.text for line in without_doubled([first, second])] == ["陈明", "明明"]
    below = make_line("明明", 182, 116, 32)
    assert [line.text for line in without_doubled([first, below])] == ["陈明", "明明"]
