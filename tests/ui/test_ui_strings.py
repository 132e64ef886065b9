"""The string tables of both languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import idcard_core.ui
from idcard_core.card import FieldName, Finding, ImageStatus, NumberType, Reason, RiskType, Severity, Side
from idcard_core.judge.documents import DocumentKind
from idcard_core.specimen import Condition
from idcard_core.ui.findings import sentence
from idcard_core.ui.strings import MODULES, TABLES, Language, Texts

ZH, EN = TABLES[Language.ZH], TABLES[Language.EN]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys() -> None:
    assert list(ZH) == list(EN)


@pytest.mark.parametrize("language", Language)
def test_no_key_is_in_two_modules(language: Language) -> None:
    assert sum(len(getattr(module, language.name)) for module in MODULES) == len(TABLES[language])


@pytest.mark.parametrize("language", Language)
def test_no_text_is_empty(language: Language) -> None:
    assert [key for key, text in TABLES[language].items() if not text.strip()] == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    assert {key for key in ZH if placeholders(ZH[key]) != placeholders(EN[key])} == set()


def test_no_english_sentence_is_left_in_the_chinese_table() -> None:
    """A run of two Latin words that is no name of a format, a unit or a program."""
    allowed = {"widget.upload-limit"}
    found = {key for key, text in ZH.items() if re.search(r"[A-Za-z]{3,} [A-Za-z]{2,}", text)}
    assert found - allowed == set()


def test_no_chinese_is_left_in_the_english_table() -> None:
    allowed = {"gallery.note"}  # explains the word printed on the specimens
    assert {key for key, text in EN.items() if re.search(r"[\u4e00-\u9fff]", text)} - allowed == set()


@pytest.mark.parametrize("language", Language)
def test_every_value_the_core_can_answer_has_words(language: Language) -> None:
    texts = Texts(language)
    keys = [
        *(f"field.{name.value}" for name in FieldName),
        *(f"short.{name.value}" for name in FieldName),
        *(f"verdict.status.{status.value}" for status in ImageStatus),
        *(f"verdict.status.{status.value}.line" for status in ImageStatus),
        *(f"document.{kind.value}" for kind in DocumentKind),
        *(f"verdict.risk.{risk.value}" for risk in RiskType),
        *(f"verdict.risk.{risk.value}.line" for risk in RiskType),
        *(f"verdict.side.{side.value}" for side in Side),
        *(f"verdict.direction.{turns}" for turns in range(-1, 4)),
        *(f"check.{kind.value}" for kind in NumberType),
        *(f"reason.{reason.value}" for reason in Reason),
        *(f"condition.{condition.value}" for condition in Condition),
    ]
    assert [key for key in keys if key not in texts] == []


def test_every_key_is_used() -> None:
    """By its full name, or by a name put together from its first words."""
    folder = Path(idcard_core.ui.__file__).parent
    code = "\n".join(path.read_text("utf-8") for path in folder.rglob("*.py") if path.parent.name != "strings")
    quoted = set(re.findall(r"""["']([a-z_.0-9-]+)["']""", code))
    prefixes = tuple(re.findall(r"""f["']([a-z_.0-9-]+\.)\{""", code))
    chained = ("verdict.status.", "verdict.risk.", "error.462.")
    unused = [key for key in ZH if key not in quoted and not key.startswith(prefixes + chained)]
    assert unused == []


@pytest.mark.parametrize(
    ("finding", "zh", "en"),
    [
        pytest.param(
            Finding("checksum", Severity.WARNING, FieldName.IDCARDNO, {"printed": "1", "expected": "X"}),
            "校验码印为 1，按规则应为 X。",
            "The check character is printed as 1; by the rule it should be X.",
            id="values are filled in",
        ),
        pytest.param(
            Finding("expired", Severity.WARNING, FieldName.ENDDATE, {"end": "20200131", "on": "20260101"}),
            "证件已于 2020-01-31 过期。",
            "The card expired on 2020-01-31.",
            id="dates are set apart",
        ),
        pytest.param(
            Finding("term_disagrees", values={"term": "5", "lawful": "10/long", "years": "45"}),
            "签发时 45 岁，期限应为10 年或长期，印的却是5 年。",
            "At 45 years of age the term should be 10 years or without end; 5 years is printed.",
            id="terms are in words",
        ),
        pytest.param(Finding("checksum"), "校验码印为 —，按规则应为 —。", None, id="a missing value is a dash"),
        pytest.param(
            Finding("brand_new", values={"a": "1"}), "brand_new · a: 1", "brand_new · a: 1", id="unknown code"
        ),
    ],
)
def test_findings_read_as_sentences(finding: Finding, zh: str, en: str | None) -> None:
    assert sentence(finding, Texts(Language.ZH)) == zh
    assert en is None or sentence(finding, Texts(Language.EN)) == en


def test_every_finding_of_the_rules_has_a_sentence() -> None:
    from idcard_core.fields.rules import findings

    code = Path(findings.__file__).read_text("utf-8")
    codes = set(re.findall(r'_(?:info|warning)\(\s*"([a-z_]+)"', code)) | {"age", "age_implausible"}
    assert len(codes) > 20
    assert {code for code in codes if f"finding.{code}" not in ZH} == set()
