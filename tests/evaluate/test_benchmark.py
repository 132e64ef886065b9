"""Scoring and reports with readers that answer from a script."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from idcard_core.card import FieldName, Side
from idcard_core.evaluate.answers import Answer, CardAnswer, pair_up
from idcard_core.evaluate.benchmark import BenchmarkResult, compare, in_turn
from idcard_core.evaluate.metrics import ErrorRate, Percentiles, Proportion
from idcard_core.evaluate.report import benchmark_json, benchmark_tables, speed_json, speed_tables
from idcard_core.evaluate.samples import CardTruth, Sample
from idcard_core.evaluate.speed import SpeedResult

FRONT = {FieldName.NAME: "张三丰", FieldName.SEX: "男"}
BACK = {FieldName.GOV: "某某市公安局", FieldName.ENDDATE: "长期"}


class Scripted:
    """Answers by file name; a missing name is a failure. Keeps the order it was asked in."""

    def __init__(self, name: str, answers: dict[str, Answer], asked: list[str]) -> None:
        self.name = name
        self._answers = answers
        self._asked = asked

    def read(self, path: str) -> Answer:
        self._asked.append(self.name)
        return self._answers[Path(path).name]


SAMPLES = [
    Sample(Path("plain.jpg"), "plain", (CardTruth(Side.FRONT, FRONT),), direction=0),
    Sample(Path("turned.jpg"), "turned", (CardTruth(Side.BACK, BACK),), direction=2),
    Sample(Path("both.jpg"), "plain", (CardTruth(Side.FRONT, FRONT), CardTruth(Side.BACK, BACK)), direction=0),
]
RIGHT = {
    "plain.jpg": Answer((CardAnswer(Side.FRONT, FRONT),), 0),
    "turned.jpg": Answer((CardAnswer(Side.BACK, BACK),), 2),
    "both.jpg": Answer((CardAnswer(Side.BACK, BACK), CardAnswer(Side.FRONT, FRONT)), 0),
}
HALF_RIGHT = {
    "plain.jpg": Answer((CardAnswer(Side.FRONT, {**FRONT, FieldName.NAME: "张三"}),)),
    "both.jpg": Answer((CardAnswer(Side.BACK, BACK),)),
}


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def result(asked: list[str]) -> BenchmarkResult:
    return compare([Scripted("ours", RIGHT, asked), Scripted("theirs", HALF_RIGHT, asked)], SAMPLES)


def test_a_right_reader_gets_everything(result: BenchmarkResult) -> None:
    ours = result.contestants[0]
    assert (result.pictures, result.cards) == (3, 4)
    assert ours.overall.whole == Proportion(4, 4)
    assert ours.overall.direction == Proportion(3, 3)
    assert ours.overall.characters.rate == 0
    assert ours.failures == 0
    assert ours.conditions["plain"].whole == Proportion(3, 3)
    assert ours.latency.count == 3


def test_a_failure_counts_as_nothing_read(result: BenchmarkResult) -> None:
    theirs = result.contestants[1]
    assert theirs.overall.whole == Proportion(1, 4)
    assert theirs.overall.fields[FieldName.SEX] == Proportion(1, 2)
    assert theirs.overall.characters == ErrorRate(edits=1 + 8 + 4, characters=24)
    assert theirs.overall.direction == Proportion(0, 0)
    assert theirs.failures == 1


def test_readers_take_turns_after_warming_up(result: BenchmarkResult, asked: list[str]) -> None:
    assert asked[:4] == ["ours", "ours", "theirs", "theirs"]
    assert asked[4:] == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]


def test_turns() -> None:
    assert [in_turn("abc", number) for number in range(4)] == [list("abc"), list("bca"), list("cab"), list("abc")]
    assert in_turn([], 3) == []


@pytest.mark.parametrize(
    ("answers", "paired"),
    [
        pytest.param([], [{}, {}], id="nothing read"),
        pytest.param(["乙"], [{}, "乙"], id="only the second card read"),
        pytest.param(["乙", "甲"], ["甲", "乙"], id="read in another order"),
        pytest.param(["丙", "甲", "丁"], ["甲", "丙"], id="one wrong and one too many"),
    ],
)
def test_answers_are_paired_with_the_cards_they_agree_with(
    answers: list[str], paired: list[str | dict[FieldName, str]]
) -> None:
    truths = [{FieldName.NAME: "甲"}, {FieldName.NAME: "乙"}]
    expected = [{FieldName.NAME: name} if isinstance(name, str) else name for name in paired]
    assert pair_up(truths, [{FieldName.NAME: name} for name in answers]) == expected


def test_tables_as_markdown(result: BenchmarkResult) -> None:
    accuracy, latency, conditions = (table.to_markdown() for table in benchmark_tables(result))
    assert "## Accuracy: 4 cards on 3 pictures" in accuracy
    assert "| whole cards | 100.0% (51.0% to 100.0%) | 25.0% (4.6% to 69.9%) |" in accuracy
    assert "| 姓名 | 100.0% | 0.0% |" in accuracy
    assert "| character error rate | 0.00% | 54.17% |" in accuracy
    assert "| direction | 100.0% | – |" in accuracy
    assert "出生" not in accuracy, "a field that no label has is no row"
    assert latency.splitlines()[2] == "| reader | p50 | p90 | p99 | p50 ratio | p90 ratio |"
    assert "| plain | 3 | 100.0%, 0.00% | 33.3%," in conditions


def test_tables_for_the_terminal(result: BenchmarkResult) -> None:
    console = Console(file=io.StringIO(), width=120)
    for table in benchmark_tables(result):
        console.print(table.to_rich())
    assert "公民身份号码" not in console.file.getvalue()  # type: ignore[attr-defined]
    assert "theirs" in console.file.getvalue()  # type: ignore[attr-defined]


def test_json_has_every_number_and_no_field_value(result: BenchmarkResult) -> None:
    text = json.dumps(benchmark_json(result), allow_nan=False, ensure_ascii=False)
    assert "张三" not in text
    theirs = json.loads(text)["contestants"][1]
    assert theirs["overall"]["whole"]["right"] == 1
    assert theirs["overall"]["direction"]["rate"] is None
    assert theirs["latency_ms"]["count"] == 3


def test_speed_table_tells_the_ratio() -> None:
    result = SpeedResult(
        4, 3, (("ours", Percentiles(12, 200.0, 250.0, 300.0)), ("theirs", Percentiles(12, 500, 550, 900)))
    )
    (table,) = speed_tables(result)
    assert table.rows[1] == ("theirs", "500", "550", "900", "2.50", "2.20")
    assert speed_json(result)["latency_ms"] == {
        "ours": {"count": 12, "p50": 200.0, "p90": 250.0, "p99": 300.0},
        "theirs": {"count": 12, "p50": 500, "p90": 550, "p99": 900},
    }
