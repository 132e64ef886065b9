"""Runs whose mistakes are known: every figure opens its cards, labels are corrected, runs compared and deleted."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

sys.path.insert(0, str(Path(__file__).parent))
from dashboard_server import dashboard_server
from evaluation_browser import Evaluator, store_in
from evaluation_seed import NOW, SLIP, seed_run, seed_set
from real_browser import a_browser, needs_chromium

from idcard_core.card import FieldName
from idcard_core.evaluate.figures.behind import Question, cards_behind
from idcard_core.evaluate.figures.characters import Slip
from idcard_core.evaluate.figures.paired import Change, pair
from idcard_core.evaluate.figures.run_figures import RunFigures
from idcard_core.specimen.labels import CardLabel
from idcard_core.store.samples import NewSample
from idcard_core.store.store import Store
from idcard_core.ui.pages.evaluation.questions import to_pick
from idcard_core.ui.strings import Language, Texts

pytestmark = needs_chromium
ZH = Texts(Language.ZH)
COUNT = 84


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("figures")


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Store]:
    opened = store_in(folder / "data")
    set_id = seed_set(opened, "门店", COUNT)
    seed_run(opened, set_id, "openvino", 0.3)
    seed_run(opened, set_id, "paddleocr", 0.5, datetime(2026, 3, 2, tzinfo=timezone.utc))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def address(folder: Path, store: Store) -> Iterator[str]:
    with dashboard_server(folder, {"IDCARD_DATA": str(folder / "data")}) as server:
        yield server.address


@pytest.fixture
def someone(browser: Browser, address: str) -> Iterator[Evaluator]:
    visitor = Evaluator(browser, address)
    yield visitor
    visitor.leave()


@pytest.fixture
def figures(store: Store) -> RunFigures:
    """Of the newest run, which the page shows first."""
    run = store.runs.all()[0]
    return RunFigures.of(run.engine, store.runs.results(run.id))


def test_every_kind_of_figure_opens_its_cards(someone: Evaluator, figures: RunFigures) -> None:
    page = someone.page
    someone.view("结果")
    someone.see("[data-panel=slices]")
    slip = figures.slips[0].slip
    filled = next(each for each in figures.calibration.bins if each.right.total)
    status = next(
        (right, told)
        for row, right in enumerate(figures.status.words)
        for column, told in enumerate(figures.status.words)
        if row != column and figures.status.counts[row][column]
    )
    questions = [
        Question(wrong=True),
        Question(field=FieldName.ADDRESS, wrong=True),
        Question(condition="tilt"),
        Question(slice="手机"),
        Question(slip=slip),
        Question(confidence=(filled.low, filled.high)),
        Question(status=status),
        Question(risk=("normal", "copy")),
    ]
    for asked in questions:
        expected = len(cards_behind(figures.results, asked))
        assert expected
        page.locator(f"[data-pick='{to_pick(asked)}']").last.click()
        someone.see(f"[data-behind='{expected}']")
        rows = page.locator("[data-testid=stDialog] .id-card-row")
        expect(rows).to_have_count(min(5, expected))
        expect(rows.locator("img")).to_have_count(min(5, expected))
        someone.close()


def test_a_figure_is_opened_by_keyboard_and_its_cards_are_turned(someone: Evaluator, figures: RunFigures) -> None:
    page = someone.page
    someone.view("结果")
    place = page.locator(f"[data-pick='{to_pick(Question(slice='手机'))}']")
    place.focus()
    page.keyboard.press("Enter")
    count = len(cards_behind(figures.results, Question(slice="手机")))
    someone.see(f"[data-behind='{count}']")
    first = page.locator(".id-card-row header b").first.inner_text()
    page.locator(".st-key-behind_on button").click()
    someone.see(".id-pager", ZH("evaluation.pager", first=6, last=10, count=count))
    assert page.locator(".id-card-row header b").first.inner_text() != first


def test_expected_and_read_are_set_against_each_other(someone: Evaluator, store: Store, figures: RunFigures) -> None:
    page = someone.page
    someone.view("结果")
    asked = Question(slip=Slip(*SLIP))
    page.locator(f"[data-pick='{to_pick(asked)}']").click()
    expect(page.locator("[data-testid=stDialog] h2")).to_contain_text("“李”读成“季”")
    row = someone.see(".id-read tr.id-wrong", SLIP[1]).first
    expect(row.locator("mark").first).to_have_text(SLIP[1])
    numbers = [text for key in cards_behind(figures.results, asked) for text in _numbers(store, key.sha256)]
    said = someone.dialog.inner_text()
    assert not [number for number in numbers if number in said]
    page.locator(".st-key-behind_in_clear label").click()
    someone.see("[data-testid=stDialog] .id-read", numbers[0])
    page.locator("[data-testid=stDialog] .id-link").first.click()
    someone.see("[data-testid=stDialog] .id-versions")
    name = someone.dialog.get_by_label(ZH("field.name"))
    expect(name).to_be_visible()
    assert name.input_value() in _names(store, figures, asked)


def _numbers(store: Store, sha256: str) -> list[str]:
    cards = store.samples.of_picture(sha256)[0].label.cards
    return [card.fields[FieldName.IDCARDNO] for card in cards if FieldName.IDCARDNO in card.fields]


def _names(store: Store, figures: RunFigures, asked: Question) -> set[str]:
    found: list[CardLabel] = []
    for key in cards_behind(figures.results, asked):
        found += store.samples.of_picture(key.sha256)[0].label.cards
    return {card.fields.get(FieldName.NAME, "") for card in found}


def test_two_runs_and_every_card_that_changed(someone: Evaluator, store: Store) -> None:
    page = someone.page
    other, one = store.runs.all()[:2]
    named = [(run, RunFigures.of(run.engine, store.runs.results(run.id))) for run in (one, other)]
    both = pair(store.runs, named[0], named[1])
    someone.view("对比")
    line = someone.see(".id-verdict-line").first.inner_text()
    assert f"多对 {both.whole_better} 面，少对 {both.whole_worse} 面" in line
    for change in (Change.BETTER, Change.WORSE):
        cards = both.changed(change)
        assert cards
        page.locator(
            ".st-key-compare_change button", has_text=ZH(f"evaluation.change.{change.value}", count=len(cards))
        ).click()
        expect(page.locator(".id-card-row")).to_have_count(min(5, len(cards)))
        expect(page.locator(".id-card-row img")).to_have_count(min(5, len(cards)))
        expect(page.locator(".id-read thead th", has_text="B").first).to_be_visible()
    someone.choose("compare_a", "#2")
    someone.see(".id-nothing", ZH("evaluation.compare.same"))


def test_a_label_is_corrected_and_its_versions_stay(someone: Evaluator, store: Store) -> None:
    page = someone.page
    sample = store.samples.page(store.samples.sets()[0].id)[0]
    page.locator(".id-sample-card").first.click()
    name = someone.see("[data-testid=stDialog] .id-versions") and someone.dialog.get_by_label("姓名")
    number = someone.dialog.get_by_label("公民身份号码")
    number.fill("123")
    number.press("Enter")
    someone.see("[data-testid=stDialog] [role=alert]", ZH("evaluation.refused.idcardno"))
    expect(page.locator(".st-key-label_save button")).to_be_disabled()
    number.fill(sample.label.cards[0].fields[FieldName.IDCARDNO])
    number.press("Enter")
    expect(page.locator("[data-testid=stDialog] [role=alert]")).to_have_count(0)
    name.fill("欧阳改名")
    name.press("Enter")
    someone.press("label_save")
    someone.see("[data-notice=saved]")
    expect(someone.dialog).to_have_count(0)
    someone.see(".id-sample-card", "欧阳改名")
    versions = store.samples.versions(sample.set_id, sample.sha256)
    assert [version.current for version in versions] == [False, True]
    assert versions[1].label.cards[0].fields[FieldName.NAME] == "欧阳改名"
    assert versions[1].label.cards[0].quads.keys() == sample.label.cards[0].quads.keys()
    page.locator(".id-sample-card", has_text="欧阳改名").click()
    said = someone.see("[data-testid=stDialog] .id-versions").first.inner_text()
    assert f"姓名: {sample.label.cards[0].fields[FieldName.NAME]} → 欧阳改名" in said


def test_the_second_to_correct_a_label_is_told(someone: Evaluator, store: Store) -> None:
    page = someone.page
    sample = store.samples.page(store.samples.sets()[0].id, limit=1, offset=3)[0]
    card = page.locator(".id-sample-card").nth(3)
    card.click()
    someone.see("[data-testid=stDialog] .id-versions")
    theirs = NewSample(
        label=sample.label, sha256=sample.sha256, author="别人", time=NOW, slices=("改过",), has_picture=True
    )
    store.samples.correct(sample.set_id, theirs, sample.version)
    name = someone.dialog.get_by_label("姓名")
    name.fill("欧阳后来")
    name.press("Enter")
    someone.see("[data-testid=stDialog] [role=alert]", ZH("evaluation.notice.conflict"))
    someone.see("[data-testid=stDialog] .id-versions", "别人")
    assert [each.author for each in store.samples.versions(sample.set_id, sample.sha256)] == ["标注员", "别人"]


def test_a_sample_a_run_and_a_set_are_deleted(someone: Evaluator, store: Store, folder: Path) -> None:
    page = someone.page
    set_id = store.samples.sets()[0].id
    sample = store.samples.page(set_id)[-1]
    for place in range(1, COUNT // 24 + 1):
        someone.press("samples_on")
        first, last = 24 * place + 1, min(COUNT, 24 * place + 24)
        someone.see(".id-pager", ZH("evaluation.pager", first=first, last=last, count=COUNT))
    expect(page.locator(".id-sample-card")).to_have_count(COUNT % 24)
    page.locator(".id-sample-card").last.click()
    someone.see("[data-testid=stDialog] .id-versions")
    page.locator(".st-key-label_delete_menu button").first.click()
    page.locator(".st-key-label_delete button").click()
    someone.see("[data-notice^=deleted]")
    assert store.samples.count(set_id) == COUNT - 1
    assert not list((folder / "data" / "pictures").rglob(sample.sha256))
    someone.view("结果")
    page.locator(".st-key-run_delete_menu button").first.click()
    page.locator(".st-key-run_delete button").click()
    someone.see("[data-notice=run_deleted], [data-notice=deleted_in_use]")
    assert [run.engine for run in store.runs.all()] == ["openvino"]
    page.locator(".st-key-set_delete_menu button").first.click()
    page.locator(".st-key-set_delete button").click()
    someone.see(".id-title", ZH("evaluation.title"))
    assert (store.samples.sets(), store.runs.all()) == ([], [])
    assert not [path for path in (folder / "data" / "pictures").rglob("*") if path.is_file()]
