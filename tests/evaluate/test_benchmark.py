"""Scoring and reports with readers that answer from a script."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator

import pytest
from rich.console import Console
from scripted import DARK, DOUBTING, HALF_RIGHT, RIGHT, SAMPLES, Scripted

from idcard_core.card import FieldName
from idcard_core.evaluate.answers import Answer
from idcard_core.evaluate.benchmark import BenchmarkResult, compare, in_turn
from idcard_core.evaluate.metrics import ErrorRate, Percentiles, Proportion
from idcard_core.evaluate.report import benchmark_tables, detail_tables, speed_tables
from idcard_core.evaluate.report_json import benchmark_json, speed_json
from idcard_core.evaluate.samples import Sample
from idcard_core.evaluate.speed import SpeedResult
from idcard_core.evaluate.summary import CardSummary
from idcard_core.evaluate.table import Table


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def result(asked: list[str]) -> BenchmarkResult:
    return compare([Scripted("ours", RIGHT, asked), Scripted("theirs", HALF_RIGHT, asked)], SAMPLES)


@pytest.fixture
def doubting() -> BenchmarkResult:
    readers = [Scripted("ours", DOUBTING, []), Scripted("theirs", HALF_RIGHT, [])]
    return compare(readers, [*SAMPLES, DARK])


def table(tables: list[Table], title: str) -> str:
    return next(table.to_markdown() for table in tables if table.title.startswith(title))


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
    assert theirs.overall.field(FieldName.SEX).right == Proportion(1, 2)
    assert theirs.overall.field(FieldName.NATION).right == Proportion()
    assert theirs.overall.characters == ErrorRate(edits=1 + 8 + 4, characters=24)
    assert theirs.overall.direction == Proportion(0, 0)
    assert theirs.failures == 1


def test_characters_are_counted_by_condition_and_field(result: BenchmarkResult) -> None:
    theirs = result.contestants[1]
    assert theirs.overall.field(FieldName.NAME).characters == ErrorRate(edits=1 + 3, characters=6)
    assert theirs.conditions["turned"].field(FieldName.GOV).characters == ErrorRate(edits=6, characters=6)
    assert theirs.conditions["plain"].field(FieldName.GOV).characters == ErrorRate(edits=0, characters=6)


def test_unreadable_pictures_count_only_by_themselves(doubting: BenchmarkResult) -> None:
    ours = doubting.contestants[0]
    assert (doubting.pictures, doubting.cards) == (3, 4)
    assert ours.overall.whole == Proportion(2, 4)
    assert sorted(ours.conditions) == ["plain", "turned"]
    assert {name: len(pictures) for name, pictures in ours.unreadable.items()} == {"too_dark": 1}
    assert ours.latency.count == 3
    apart = table(benchmark_tables(doubting), "Unreadable")
    assert apart.splitlines()[-1] == "| too_dark | 1 | 0.0% | 0.0% | 100.0% |"


def test_readers_take_turns_after_warming_up(result: BenchmarkResult, asked: list[str]) -> None:
    assert asked[:4] == ["ours", "ours", "theirs", "theirs"]
    assert asked[4:] == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]


def test_pictures_may_come_one_at_a_time() -> None:
    alive: set[str] = set()

    class Watching:
        name = "ours"

        def read(self, path: str) -> Answer:
            assert path in alive
            return Answer()

    def coming() -> Iterator[Sample]:
        for sample in SAMPLES:
            alive.add(str(sample.path))
            yield sample
        alive.clear()

    tracked: list[Sample] = []

    def track(samples: Iterable[Sample]) -> Iterator[Sample]:
        for sample in samples:
            tracked.append(sample)
            yield sample

    assert compare([Watching()], coming(), track).pictures == 3
    assert tracked == SAMPLES, "those for warming up are counted once"


def test_turns() -> None:
    assert [in_turn("abc", number) for number in range(4)] == [list("abc"), list("bca"), list("cab"), list("abc")]
    assert in_turn([], 3) == []


def test_tables_as_markdown(result: BenchmarkResult) -> None:
    tables = benchmark_tables(result)
    accuracy = table(tables, "Accuracy: 4 cards on 3 pictures")
    assert "| whole cards | 100.0% (51.0% to 100.0%) | 25.0% (4.6% to 69.9%) |" in accuracy
    assert "| 姓名 | 100.0% (34.2% to 100.0%) | 0.0% (0.0% to 65.8%) |" in accuracy
    assert "| direction | 100.0% (43.9% to 100.0%) | – |" in accuracy
    assert "出生" not in accuracy, "a field that no label has is no row"
    errors = table(tables, "Character error rate")
    assert "| all characters | 0.00% | 54.17% |" in errors
    assert "| 姓名 | 0.00% | 66.67% |" in errors
    assert table(tables, "Latency").splitlines()[2] == "| reader | p50 | p90 | p99 | p50 ratio | p90 ratio |"
    whole = table(tables, "Whole cards right, by condition")
    assert "| plain | 3 | 100.0% (43.9% to 100.0%) | 33.3% (6.1% to 79.2%) |" in whole
    assert "| turned | 1 | 0.00% | 100.00% |" in table(tables, "Character error rate, by condition")
    assert not any(each.title.startswith(("Cards that carry", "Confidence")) for each in tables), "neither is told"


def test_character_errors_by_condition_and_field(result: BenchmarkResult) -> None:
    _, theirs = (each.to_markdown() for each in detail_tables(result))
    assert "| condition | all | 姓名 | 性别 | 签发机关 | 失效日期 |" in theirs
    assert "| plain | 31.25% | 66.67% | 50.00% | 0.00% | 0.00% |" in theirs
    assert "| turned | 100.00% | – | – | 100.00% | 100.00% |" in theirs


def test_tables_of_targets_reviews_and_confidence(doubting: BenchmarkResult) -> None:
    tables = benchmark_tables(doubting)
    targets = table(tables, "Targets: ours")
    assert "| whole cards | at least 98.5% | 50.0% (15.0% to 85.0%) | not met |" in targets
    assert "| review of right cards | at most 10.0% | 50.0% (9.5% to 90.5%) | not met |" in targets
    assert "| 公民身份号码 | at least 99.8% | – | – |" in targets
    carrying = table(tables, "Cards that carry needs_review")
    assert "| cards with a wrong field | 50.0% (9.5% to 90.5%), 1 of 2 |" in carrying
    assert "| cards not found, among the wrong ones | 1 |" in carrying
    assert "| low_confidence | 1 | 0 | 1 | 1 |" in table(tables, "Doubts, by reason")
    confidence = table(tables, "Confidence: ours")
    assert "| 性别 | 2 | 1.0000 | 100.0% (34.2% to 100.0%) | 0.0000 | 0.0000 |" in confidence
    bins = table(tables, "Confidence against right fields")
    assert "| 0.95 to 0.98 | 2 | 0.9700 | 50.0% (9.5% to 90.5%) |" in bins
    assert "| 0.5 to 0.6 | 0 | – | – |" in bins


def test_tables_for_the_terminal(result: BenchmarkResult) -> None:
    console = Console(file=io.StringIO(), width=120)
    for each in benchmark_tables(result):
        console.print(each.to_rich())
    console.print(Table("", ("", ""), (("[red] | rain", "1"),)).to_rich())
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "theirs" in printed
    assert "[red] | rain" in printed, "a condition may be any word"


def test_a_bar_in_a_condition_does_not_break_a_markdown_row() -> None:
    assert "| a \\| b | 1 |" in Table("", ("", ""), (("a | b", "1"),)).to_markdown()


def test_json_has_every_number_and_no_field_value(doubting: BenchmarkResult) -> None:
    text = json.dumps(benchmark_json(doubting), allow_nan=False, ensure_ascii=False)
    assert not any(value in text for value in ("张", "男", "某", "长期"))
    ours, theirs = json.loads(text)["contestants"]
    assert theirs["overall"]["whole"]["right"] == 1
    assert theirs["overall"]["direction"]["rate"] is None
    assert theirs["latency_ms"]["count"] == 3
    assert (theirs["review"], theirs["confidence"]) == (None, None)
    assert theirs["conditions"]["plain"]["fields"]["name"]["characters"] == {"edits": 4, "characters": 6, "rate": 4 / 6}
    assert ours["unreadable"]["too_dark"]["whole"]["total"] == 1
    assert ours["review"]["reasons"]["disagrees"]["right_cards"] == 1
    assert ours["confidence"]["overall"]["right"]["total"] == 6
    assert ours["confidence"]["fields"]["name"]["bins"][6]["mean_confidence"] == pytest.approx(0.97)
    targets = {target["subject"]: target for target in json.loads(text)["targets"]}
    assert (targets["whole cards"]["at_least"], targets["whole cards"]["met"]) == (0.985, False)
    assert targets["review of right cards"]["at_most"] == 0.1


def test_speed_table_tells_the_ratio() -> None:
    latencies = (("ours", Percentiles(12, 200.0, 250.0, 300.0)), ("theirs", Percentiles(12, 500, 550, 900)))
    accuracies = tuple(
        CardSummary(Proportion(right, 4), {}, ErrorRate(4 - right, 100), Proportion()) for right in (4, 1)
    )
    result = SpeedResult(4, 3, latencies, accuracies)
    speed, accuracy = speed_tables(result)
    assert accuracy.rows[1] == ("theirs", "25.0% (4.6% to 69.9%)", "3.00%")
    assert speed_json(result)["accuracy"]["theirs"]["whole"]["right"] == 1
    assert speed.rows[1] == ("theirs", "500", "550", "900", "2.50", "2.20")
    assert speed_json(result)["latency_ms"] == {
        "ours": {"count": 12, "p50": 200.0, "p90": 250.0, "p99": 300.0},
        "theirs": {"count": 12, "p50": 500, "p90": 550, "p99": 900},
    }
