"""Findings on fictional cards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from idcard_core.card import FieldName, Finding, Severity
from idcard_core.fields.rules.findings import back_findings, front_findings, pair_findings
from idcard_core.fields.rules.number import check_character

TODAY = date(2026, 1, 1)


def numbered(body: str) -> str:
    """A fictional number: ``body`` with its check character."""
    return body + check_character(body)


WOMAN = numbered("33010619900101002")
FRONT = {
    FieldName.NAME: "样本",
    FieldName.SEX: "女",
    FieldName.NATION: "汉",
    FieldName.BIRTHDAY: "19900101",
    FieldName.ADDRESS: "浙江省杭州市西湖区",
    FieldName.IDCARDNO: WOMAN,
}
BACK = {FieldName.GOV: "杭州市公安局西湖分局", FieldName.BEGINDATE: "20180301", FieldName.ENDDATE: "20380301"}


def by_code(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    assert len({finding.code for finding in findings}) == len(findings)
    return {finding.code: finding for finding in findings}


def warnings(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in findings if finding.severity is Severity.WARNING}


def test_a_lawful_front() -> None:
    found = by_code(front_findings(FRONT, TODAY))
    assert set(found) == {"region", "age"}
    assert found["age"].values == {"years": "36"}
    assert found["region"].values["name"] == "浙江省杭州市西湖区"
    assert {finding.severity for finding in found.values()} == {Severity.INFO}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({FieldName.IDCARDNO: WOMAN[:-1]}, {"number_shape"}, id="a number too short"),
        pytest.param(
            {FieldName.IDCARDNO: WOMAN[:-1] + ("1" if WOMAN[-1] != "1" else "2")}, {"checksum"}, id="check character"
        ),
        pytest.param({FieldName.IDCARDNO: numbered("99010619900101002")}, {"number_province"}, id="no province"),
        pytest.param({FieldName.IDCARDNO: numbered("33010619900230002")}, {"number_birth"}, id="30 February"),
        pytest.param(
            {FieldName.IDCARDNO: numbered("33010620300101002"), FieldName.BIRTHDAY: "20300101"},
            {"number_birth"},
            id="not yet born",
        ),
        pytest.param({FieldName.IDCARDNO: numbered("33019919900101002")}, {"region_unknown"}, id="county unknown"),
        pytest.param(
            {FieldName.IDCARDNO: numbered("11010320150101002"), FieldName.BIRTHDAY: "20150101"},
            {"region_not_in_force"},
            id="born after the code had ended",
        ),
        pytest.param(
            {FieldName.IDCARDNO: numbered("11010320100101002"), FieldName.BIRTHDAY: "20100101"},
            set(),
            id="born in the year the code ended",
        ),
        pytest.param({FieldName.IDCARDNO: numbered("33011319900101002")}, set(), id="registered under a later code"),
        pytest.param({FieldName.BIRTHDAY: "19900102"}, {"birth_disagrees"}, id="birth disagrees"),
        pytest.param({FieldName.SEX: "男"}, {"sex_disagrees"}, id="sex disagrees"),
        pytest.param({FieldName.BIRTHDAY: "19900230"}, {"birth_disagrees", "birth_unreal"}, id="birth is no date"),
        pytest.param({FieldName.NATION: "漠"}, {"nation_unknown"}, id="no nation"),
        pytest.param({FieldName.NATION: "穿青人"}, set(), id="an unrecognised group"),
        pytest.param(
            {FieldName.IDCARDNO: numbered("33010618900101002"), FieldName.BIRTHDAY: "18900101"},
            {"age_implausible"},
            id="136 years old",
        ),
        pytest.param(dict.fromkeys(FRONT, ""), set(), id="nothing read"),
    ],
)
def test_warnings_of_a_front(changes: Mapping[FieldName, str], expected: set[str]) -> None:
    assert warnings(front_findings({**FRONT, **changes}, TODAY)) == expected


def test_no_values_no_findings() -> None:
    assert front_findings({}) == back_findings({}) == pair_findings({}, {}) == ()


def test_the_checksum_finding_tells_both_characters() -> None:
    wrong = "1" if WOMAN[-1] != "1" else "2"
    found = by_code(front_findings({**FRONT, FieldName.IDCARDNO: WOMAN[:-1] + wrong}, TODAY))
    assert found["checksum"].values == {"printed": wrong, "expected": WOMAN[-1]}
    assert found["checksum"].field is FieldName.IDCARDNO


def test_a_region_with_an_end_tells_its_years() -> None:
    front = {**FRONT, FieldName.IDCARDNO: numbered("33010319900101002")}
    values = by_code(front_findings(front, TODAY))["region"].values
    assert (values["name"], values["until"]) == ("浙江省杭州市下城区", "2020")


def test_a_lawful_back() -> None:
    found = by_code(back_findings(BACK, TODAY))
    assert set(found) == {"term", "in_force"}
    assert found["term"].values == {"term": "20"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({FieldName.ENDDATE: "长期"}, set(), id="long term"),
        pytest.param({FieldName.ENDDATE: "20380302"}, {"term_unusual"}, id="a day too long"),
        pytest.param({FieldName.ENDDATE: "20180301"}, {"begin_not_before_end", "expired"}, id="ends as it begins"),
        pytest.param({FieldName.ENDDATE: "20230301"}, {"expired"}, id="expired"),
        pytest.param({FieldName.BEGINDATE: "20160101", FieldName.ENDDATE: "20260101"}, set(), id="the last day"),
        pytest.param(
            {FieldName.BEGINDATE: "20270301", FieldName.ENDDATE: "20370301"}, {"not_yet_in_force"}, id="begins later"
        ),
        pytest.param(
            {FieldName.BEGINDATE: "20030101", FieldName.ENDDATE: "长期"}, {"begin_too_early"}, id="before 2004"
        ),
        pytest.param({FieldName.BEGINDATE: "20180230"}, {"begin_unreal"}, id="begins on no date"),
        pytest.param({FieldName.ENDDATE: "20380230"}, {"end_unreal"}, id="ends on no date"),
        pytest.param({FieldName.GOV: "杭州市公安"}, {"issuer_unusual"}, id="issuer cut"),
        pytest.param({FieldName.ENDDATE: ""}, set(), id="end not read"),
    ],
)
def test_warnings_of_a_back(changes: Mapping[FieldName, str], expected: set[str]) -> None:
    assert warnings(back_findings({**BACK, **changes}, TODAY)) == expected


def test_a_lawful_pair() -> None:
    found = by_code(pair_findings(FRONT, BACK))
    assert set(found) == {"age_at_issue"}
    assert found["age_at_issue"].values == {"years": "28"}


@pytest.mark.parametrize(
    ("end", "code", "severity"),
    [("20240615", "term_temporary", Severity.INFO), ("20340315", "term_not_temporary", Severity.WARNING)],
)
def test_a_temporary_card_has_a_term_of_its_own(end: str, code: str, severity: Severity) -> None:
    values = {**BACK, FieldName.BEGINDATE: "20240315", FieldName.ENDDATE: end}
    found = by_code(back_findings(values, date(2024, 4, 1), temporary=True))
    assert found[code].severity is severity
    assert "term" not in found
    assert "term_unusual" not in found


def test_a_term_that_the_age_does_not_allow() -> None:
    found = by_code(pair_findings(FRONT, {**BACK, FieldName.ENDDATE: "长期"}))
    assert found["term_disagrees"].values == {"term": "long", "lawful": "20", "years": "28"}


def test_a_card_older_than_its_holder() -> None:
    assert warnings(pair_findings({FieldName.BIRTHDAY: "20190101"}, BACK)) == {"issued_before_birth"}


def test_the_numbers_birth_date_stands_in_for_an_unread_one() -> None:
    assert by_code(pair_findings({FieldName.IDCARDNO: WOMAN}, BACK))["age_at_issue"].values == {"years": "28"}
