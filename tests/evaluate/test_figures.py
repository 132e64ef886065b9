"""A run in figures, the cards behind each, two runs side by side, and exports that other programs open."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timezone
from html.parser import HTMLParser

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from idcard_core.card import FieldName, ImageStatus, RiskType, Side
from idcard_core.evaluate.figures.behind import CardKey, Question, cards_behind
from idcard_core.evaluate.figures.characters import Slip, aligned, slips
from idcard_core.evaluate.figures.export.excel import to_excel
from idcard_core.evaluate.figures.export.lines import to_csv, to_json_lines
from idcard_core.evaluate.figures.export.records import FIELD_COLUMNS, Subject
from idcard_core.evaluate.figures.export.report import to_html
from idcard_core.evaluate.figures.export.words import ENGLISH, Words
from idcard_core.evaluate.figures.paired import Change, pair, sign_test
from idcard_core.evaluate.figures.run_figures import RunFigures
from idcard_core.evaluate.metrics import Proportion, edit_distance
from idcard_core.evaluate.outcomes import CardOutcome, FieldOutcome
from idcard_core.store.runs.results import NewRun, PictureResult, Run, RunState
from idcard_core.store.store import Store

NUMBER = "11010519491231002X"
NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)


def a_card(name: str = "李样本", read: str = "李样本", confidence: float | None = 0.97) -> CardOutcome:
    fields = (
        FieldOutcome(FieldName.NAME, name, read, confidence),
        FieldOutcome(FieldName.IDCARDNO, NUMBER, NUMBER, 1.0),
    )
    return CardOutcome(Side.FRONT, fields, doubts=())


def a_result(number: int, *cards: CardOutcome, **changes: object) -> PictureResult:
    result = PictureResult(
        sha256=f"{number:064x}",
        condition="plain",
        slices=("phone",),
        cards=cards,
        milliseconds=100.0 + number,
        stages={"decode": 20.0, "read": 80.0},
        status=ImageStatus.NORMAL,
        status_label=ImageStatus.NORMAL,
        risk=RiskType.NORMAL,
        direction=0,
        direction_label=0,
    )
    return replace(result, **changes)  # type: ignore[arg-type]


RESULTS = [
    a_result(0, a_card()),
    a_result(1, a_card(read="季样本", confidence=0.6), condition="glare"),
    a_result(2, a_card(), a_card("欧阳", "欧")),
    a_result(3, a_card(read=""), slices=("scan",), status=ImageStatus.BLURRED),
    a_result(4, a_card(read="季样本"), readable=False, condition="dark"),
    a_result(5, a_card(read=""), error_code=464, status=None, stages={}, direction=None),
]


@pytest.fixture
def figures() -> RunFigures:
    return RunFigures.of("openvino", RESULTS)


def key(number: int, card: int | None = 0) -> CardKey:
    return CardKey(f"{number:064x}", None, card)


def test_figures_are_those_of_the_benchmark(figures: RunFigures) -> None:
    overall = figures.accuracy.overall
    assert overall.whole == Proportion(2, 6)
    assert overall.field(FieldName.NAME).right == Proportion(2, 6)
    assert overall.direction == Proportion(4, 4)
    assert {name: found.whole for name, found in figures.accuracy.conditions.items()} == {
        "glare": Proportion(0, 1),
        "plain": Proportion(2, 5),
    }
    assert {name: found.whole for name, found in figures.slices.items()} == {
        "phone": Proportion(2, 5),
        "scan": Proportion(0, 1),
    }
    assert list(figures.accuracy.unreadable) == ["dark"]
    assert [(found.slip, found.count) for found in figures.slips] == [(Slip("李", "季"), 1), (Slip("阳", ""), 1)]
    assert figures.status.counts == ((0, 0), (1, 4))
    assert {stage: found.count for stage, found in figures.latency.items()} == {"decode": 5, "read": 5, "total": 5}
    assert figures.latency["total"].p50 == 102.0


def test_no_results_are_no_figures() -> None:
    figures = RunFigures.of("openvino", [])
    assert figures.accuracy.overall.whole.total == 0
    assert (figures.slips, dict(figures.slices), figures.status.words) == ((), {}, ())


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Question(), [key(1), key(2, 1), key(3), key(5), key(0), key(2)]),
        (Question(wrong=True), [key(1), key(2, 1), key(3), key(5)]),
        (Question(wrong=False), [key(0), key(2)]),
        (Question(condition="glare"), [key(1)]),
        (Question(slice="scan"), [key(3)]),
        (Question(field=FieldName.IDCARDNO, wrong=True), []),
        (Question(slip=Slip("李", "季")), [key(1)]),
        (Question(slip=Slip("李", "季"), unreadable=True), [key(4)]),
        (Question(confidence=(0.6, 0.7)), [key(1)]),
        (Question(confidence=(0.995, 1.0), wrong=True), []),
        (Question(status=("normal", "blurred")), [key(3, None)]),
        (Question(failed=True), [key(5, None)]),
        (Question(condition="dark", unreadable=True), [key(4)]),
    ],
)
def test_the_cards_behind_a_figure(asked: Question, expected: list[CardKey]) -> None:
    assert cards_behind(RESULTS, asked) == expected


def test_every_count_has_as_many_cards_behind_it(figures: RunFigures) -> None:
    for name, found in figures.accuracy.conditions.items():
        assert len(cards_behind(RESULTS, Question(condition=name))) == found.whole.total
        wrong = cards_behind(RESULTS, Question(condition=name, wrong=True))
        assert len(wrong) == found.whole.total - found.whole.right
    for each in figures.calibration.bins:
        behind = cards_behind(RESULTS, Question(confidence=(each.low, each.high)))
        assert bool(behind) == bool(each.right.total)
    for row, right in enumerate(figures.status.words):
        for column, told in enumerate(figures.status.words):
            assert len(cards_behind(RESULTS, Question(status=(right, told)))) == figures.status.counts[row][column]


texts = st.text(st.sampled_from("李季样本0"), max_size=6)


@given(texts, texts)
def test_slips_turn_one_text_into_the_other_in_the_fewest_steps(expected: str, read: str) -> None:
    steps = aligned(expected, read)
    assert "".join(step.expected for step in steps) == expected
    assert "".join(step.read for step in steps) == read
    assert len(slips(expected, read)) == edit_distance(expected, read)


def kept(store: Store, set_id: int, results: Sequence[PictureResult]) -> tuple[Run, RunFigures]:
    new = NewRun(set_id=set_id, engine="openvino", settings="{}", author="甲", planned=9, started=NOW)
    id = store.runs.begin(new)
    for result in results:
        store.runs.add(id, result)
    store.runs.end(id, RunState.FINISHED, NOW)
    run = store.runs.get(id)
    assert run is not None
    return run, RunFigures.of(run.engine, store.runs.results(id))


def test_two_runs_side_by_side(store: Store) -> None:
    set_id = store.samples.make_set("set", "甲", NOW)
    better = a_result(1, a_card(), condition="glare")
    worse = a_result(0, a_card(read="李样"))
    other = a_result(2, a_card(), a_card("欧阳", "欧陽"))
    one = kept(store, set_id, RESULTS)
    two = kept(store, set_id, [better, worse, other, RESULTS[4], a_result(9, a_card())])
    both = pair(store.runs, one, two)
    assert {change: [(card.sha256, card.number) for card in both.changed(change)] for change in Change} == {
        Change.BETTER: [(better.sha256, 0)],
        Change.WORSE: [(worse.sha256, 0)],
        Change.OTHER: [],
        Change.SAME: [(other.sha256, 0), (other.sha256, 1)],
    }
    assert (both.whole_better, both.whole_worse, both.chance) == (1, 1, 1.0)
    assert {result.sha256 for result in both.one.results} == {result.sha256 for result in both.other.results}
    assert both.one.accuracy.overall.whole == both.other.accuracy.overall.whole == Proportion(2, 4)


@pytest.mark.parametrize(
    ("better", "worse", "chance"), [(0, 0, 1.0), (1, 0, 1.0), (6, 0, 0.03125), (10, 2, 0.03857421875), (900, 900, 1.0)]
)
def test_the_sign_test(better: int, worse: int, chance: float) -> None:
    assert sign_test(better, worse) == pytest.approx(chance)
    assert sign_test(worse, better) == sign_test(better, worse)


def a_subject(results: Sequence[PictureResult] = RESULTS, in_clear: bool = False) -> Subject:
    run = Run(
        set_id=1,
        engine="openvino",
        settings="{}",
        author="甲",
        planned=9,
        started=NOW,
        id=1,
        state=RunState.FINISHED,
        finished=NOW,
        done=6,
    )
    files = {(result.sha256, result.page): f"card-{NUMBER}.jpg" for result in results}
    return Subject("门店", run, results, files, in_clear)


def test_csv_opens_in_pandas() -> None:
    frame = pd.read_csv(io.BytesIO(to_csv(a_subject())), dtype={"expected": str, "read": str})
    assert tuple(frame.columns) == FIELD_COLUMNS
    fields = sum(len(card.fields) for result in RESULTS for card in result.cards)
    assert len(frame) == fields
    assert frame["right"].sum() == sum(f.is_right for r in RESULTS for c in r.cards for f in c.fields)
    wrong = frame[(frame["field"] == "name") & ~frame["right"]]
    assert list(wrong["read"].fillna("")) == ["季样本", "欧", "", "季样本", ""]


def test_json_lines_hold_every_picture() -> None:
    pictures = [json.loads(line) for line in to_json_lines(a_subject()).decode().splitlines()]
    assert [picture["sha256"] for picture in pictures] == [result.sha256 for result in RESULTS]
    assert [len(picture["cards"]) for picture in pictures] == [1, 1, 2, 1, 1, 1]
    assert pictures[0]["stages_ms"] == {"decode": 20.0, "read": 80.0}
    assert pictures[5]["error_code"] == 464


def test_excel_opens_and_holds_the_figures(figures: RunFigures) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_excel(a_subject(), figures, Words())))
    assert book.sheetnames[0] == "Evaluation"
    summary = pd.read_excel(io.BytesIO(to_excel(a_subject(), figures, Words())), sheet_name="Summary")
    assert list(summary.iloc[0][["Right", "Labelled"]]) == [2, 6]
    assert len(list(book["Cards"].rows)) == 1 + 7
    assert book["Characters read as others"]["A2"].value == "李"


@pytest.mark.parametrize("export", ["csv", "jsonl", "xlsx", "html"])
@pytest.mark.parametrize("in_clear", [False, True])
def test_numbers_are_masked_unless_they_are_asked_for(figures: RunFigures, export: str, in_clear: bool) -> None:
    subject = a_subject(in_clear=in_clear)
    made = {
        "csv": lambda: to_csv(subject).decode(),
        "jsonl": lambda: to_json_lines(subject).decode(),
        "html": lambda: to_html(subject, figures, Words()).decode(),
        "xlsx": lambda: "".join(
            str(cell)
            for sheet in openpyxl.load_workbook(io.BytesIO(to_excel(subject, figures, Words())))
            for row in sheet.values
            for cell in row
        ),
    }[export]()
    assert (NUMBER in made) is in_clear


def test_no_text_becomes_a_formula(figures: RunFigures) -> None:
    formula = '=HYPERLINK("http://x")'
    results = [a_result(0, a_card(formula, formula + "\x07"))]
    frame = pd.read_csv(io.BytesIO(to_csv(a_subject(results))))
    assert frame["expected"][0] == f"'{formula}"
    book = openpyxl.load_workbook(io.BytesIO(to_excel(a_subject(results), RunFigures.of("x", results), Words())))
    cells = [cell for row in book["Cards"].rows for cell in row if str(cell.value).startswith("=HYPER")]
    assert [cell.data_type for cell in cells] == ["s", "s"]


class Resources(HTMLParser):
    """What a page would fetch, and whether its elements are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [f"{tag} {value}" for name, value in attrs if name in ("src", "href", "xlink:href", "srcset")]
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [f"{tag} {value}" for name, value in attrs if name in ("src", "href", "xlink:href")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_report_needs_nothing_beside_itself(figures: RunFigures) -> None:
    subject = a_subject([*RESULTS, a_result(7, a_card("<script>x</script>", "<b>"))])
    page = to_html(subject, RunFigures.of("openvino", subject.results), Words()).decode()
    seen = Resources()
    seen.feed(page)
    assert (seen.fetched, seen.open) == ([], [])
    assert "url(" not in page
    assert "<script" not in page
    assert page.count("<svg") == 3
    for heading in ("Summary", "By condition", "Characters read as others", "Cards with a wrong field"):
        assert heading in page


def test_an_empty_run_has_exports_too() -> None:
    subject, figures = a_subject([]), RunFigures.of("openvino", [])
    assert len(pd.read_csv(io.BytesIO(to_csv(subject)))) == 0
    assert to_json_lines(subject) == b""
    assert "Summary" in openpyxl.load_workbook(io.BytesIO(to_excel(subject, figures, Words()))).sheetnames
    assert ENGLISH["nothing"] in to_html(subject, figures, Words()).decode()
