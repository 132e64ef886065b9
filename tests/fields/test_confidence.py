"""From evidence to confidence."""

from dataclasses import fields, replace

import pytest
from card_lines import make_line

from idcard_core.card import FieldName as F
from idcard_core.fields.confidence import Evidence, confidence, evidence_of
from idcard_core.fields.front import read_front

GOOD = Evidence(sums=-9.0, worst=-9.0, gap=0.0, changed=0.0, marked=0.0, small=0.0, rare=0.0, unlawful=0.0)
NAME = make_line("姓名 张三", 40, 72)
SEX = make_line("性别 男  民族 汉", 40, 132)
BIRTH = make_line("出生 1990年1月12日", 40, 194, 24)
ADDRESS = make_line("住址 浙江省杭州市余杭区", 40, 260)
NUMBER = make_line("330110199001120019", 290, 463, 27)


def _evidence(name, *lines):
    return evidence_of(name, read_front(lines).fields, 1200.0, marked=False)


@pytest.mark.parametrize("name", [F.NAME, F.ADDRESS, F.GOV, F.IDCARDNO, F.BIRTHDAY])
def test_a_clear_reading_is_sure_and_a_doubtful_one_is_not(name):
    doubtful = replace(GOOD, sums=-0.2, worst=-0.4, unlawful=1.0)
    assert confidence(name, GOOD) > 0.97
    assert confidence(name, doubtful) < 0.7


@pytest.mark.parametrize("name", [F.NAME, F.IDCARDNO])
def test_less_probable_characters_never_make_it_surer(name):
    steps = [confidence(name, replace(GOOD, sums=value, worst=value)) for value in (-9, -6, -4, -2, -1, -0.1)]
    assert steps == sorted(steps, reverse=True)


def test_a_plain_card_has_nothing_against_it():
    evidence = _evidence(F.NAME, NAME, SEX, BIRTH, ADDRESS, NUMBER)
    against = {field.name: getattr(evidence, field.name) for field in fields(Evidence)[2:]}
    assert against == dict.fromkeys(against, 0.0)


def test_a_gap_tells_of_a_lost_character():
    gapped = make_line("住址 浙江省杭州市 杭区", 40, 260)
    assert _evidence(F.ADDRESS, NAME, SEX, BIRTH, gapped, NUMBER).gap > 0.4


def test_a_birth_date_against_the_number_is_unlawful():
    other = make_line("出生 1991年1月12日", 40, 194, 24)
    assert _evidence(F.BIRTHDAY, NAME, SEX, other, ADDRESS, NUMBER).unlawful == 1.0


def test_a_district_that_is_nearly_one_is_unlawful():
    assert _evidence(F.ADDRESS, NAME, SEX, BIRTH, make_line("住址 洛阳市洞西区槐树巷", 40, 260), NUMBER).unlawful == 1.0
    assert _evidence(F.ADDRESS, NAME, SEX, BIRTH, make_line("住址 洛阳市涧西区槐树巷", 40, 260), NUMBER).unlawful == 0.0


def test_rare_characters_are_counted():
    rare = make_line("姓名 逄琀", 40, 72)
    assert _evidence(F.NAME, rare, SEX, BIRTH, ADDRESS, NUMBER).rare == 2.0
