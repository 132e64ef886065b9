"""Values under their grammar. All numbers here are fictional."""

import numpy as np
import pytest
from card_lines import make_line

from idcard_core.fields import values
from idcard_core.fields.lines import Line
from idcard_core.text.engine import LineProbabilities

NUMBER = "330110199001120019"


def _doubtful(line, at, shares):
    """The line with the character at ``at`` seen as several, with these probabilities."""
    seen = line.probabilities
    probabilities = seen.probabilities.copy()
    step = line.glyphs[at].first
    probabilities[step] = 1e-6
    for character, share in shares.items():
        probabilities[step, list(seen.alphabet).index(character)] = share
    return Line(line.row, LineProbabilities(probabilities, seen.alphabet, seen.steps_per_line), line.glyphs)


def test_a_lawful_number_is_taken_as_read():
    line = make_line(NUMBER, 290, 463)
    value = values.of_number(line, line.glyphs)
    assert (value.text, value.rule) == (NUMBER, None)


def test_a_lawful_reading_of_nearly_the_same_probability_is_preferred():
    misread = NUMBER[:5] + "8" + NUMBER[6:]
    line = _doubtful(make_line(misread, 290, 463), 5, {"8": 0.55, "0": 0.4})
    value = values.of_number(line, line.glyphs)
    assert value.text == NUMBER
    assert value.raw == misread
    assert value.rule == "number_rules"


def test_a_lawful_reading_is_never_forced():
    wrong = NUMBER[:17] + "7"
    line = _doubtful(make_line(wrong, 290, 463), 17, {"7": 0.999, NUMBER[17]: 1e-4})
    value = values.of_number(line, line.glyphs)
    assert (value.text, value.rule) == (wrong, None)


def test_a_lower_case_x_is_reported_as_capital():
    number = "11010519491231002x"
    line = make_line(number, 290, 463)
    assert values.of_number(line, line.glyphs).text == number.upper()


def test_the_less_doubtful_sex_is_taken():
    line = _doubtful(make_line("男", 150, 132), 0, {"男": 0.2, "女": 0.7})
    line = Line(
        line.row,
        line.probabilities,
        (line.glyphs[0].__class__(**{**_fields(line.glyphs[0]), "text": "文", "plain": "文"}),),
    )
    value = values.of_sex(line, line.glyphs)
    assert (value.text, value.raw, value.rule) == ("女", "文", "two_sexes")


def _whole(line):
    return line, line.glyphs


def _fields(glyph):
    return {name: getattr(glyph, name) for name in glyph.__slots__}


@pytest.mark.parametrize(
    ("read", "text"),
    [
        pytest.param("张三，", "张三", id="a stray comma"),
        pytest.param("迪丽·热巴", "迪丽·热巴", id="the dot stays"),
        pytest.param("李 四", "李四", id="no spaces"),
        pytest.param("张Z三", "张三", id="a stray letter"),
        pytest.param("Zhang San", "ZhangSan", id="a specimen's, in letters"),
    ],
)
def test_names(read, text):
    assert values.of_name([_whole(make_line(read, 150, 72))]).text == text


@pytest.mark.parametrize(
    ("read", "text"),
    [
        pytest.param("文一西路９６９号", "文一西路969号", id="half-width digits"),
        pytest.param("A座12-3室", "A座12-3室", id="letters and hyphens stay"),
    ],
)
def test_addresses(read, text):
    assert values.of_address([_whole(make_line(read, 150, 260))]).text == text


def test_confidence_is_that_of_the_least_sure_character():
    line = make_line("张三", 150, 72)
    glyphs = (line.glyphs[0], line.glyphs[1].__class__(**{**_fields(line.glyphs[1]), "probability": 0.4}))
    assert values.confidence_of(glyphs) == pytest.approx(0.4)
    assert values.confidence_of(()) == 0.0
    assert np.isfinite(values.confidence_of(line.glyphs))


def test_names_of_places_decide_between_characters_of_nearly_one_shape():
    line = _doubtful(make_line("信阳市浉狮河区", 150, 260), 4, {"狮": 0.5, "浉": 0.4})
    line = Line(line.row, line.probabilities, (*line.glyphs[:3], *line.glyphs[4:]))
    value = values.of_address([_whole(line)])
    assert (value.text, value.raw, value.rule) == ("信阳市浉河区", "信阳市狮河区", "place_names")


@pytest.mark.parametrize(
    ("read", "stamp"),
    [
        pytest.param("1990年1月12日", "19900112", id="whole"),
        pytest.param("1990年11 2日", "19901102", id="a lost 月 leaves a gap"),
        pytest.param("1990年112日", "", id="no gap: not guessed"),
    ],
)
def test_birth_dates(read, stamp):
    assert values.of_birthday([_whole(make_line(read, 150, 194))]).text == stamp


@pytest.mark.parametrize(
    ("read", "shares", "end", "rule"),
    [
        pytest.param("2019.05.28-2024.05.28", {}, "20240528", None, id="lawful as read"),
        pytest.param("2019.05.28-2024.05.20", {"0": 0.5, "8": 0.4}, "20240528", "term_rules", id="nearly as likely"),
        pytest.param("2019.05.28-2024.05.20", {"0": 0.999, "8": 1e-5}, "20240520", None, id="never forced"),
        pytest.param("2019.05.28-长期", {}, "长期", None, id="long term"),
    ],
)
def test_periods_of_validity(read, shares, end, rule):
    line = make_line(read, 350, 462)
    line = _doubtful(line, len(read) - 1, shares) if shares else line
    value = values.of_validity(line, line.glyphs)[1]
    assert (value.text, value.rule) == (end, rule)
