"""The queue, what stands beside it, and how pictures come into it, in a real browser."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

sys.path.insert(0, str(Path(__file__).parent))
from dashboard_server import dashboard_server
from real_browser import a_browser, needs_chromium
from review_browser import PATIENCE_MS, Reviewer
from review_items import NOW, Mistake, fronts, put, put_many, put_mistakes, store_in

from idcard_core.card import FieldName
from idcard_core.specimen import Condition, shipped_samples
from idcard_core.store.review.actions import Accept, ChangeField, Entry
from idcard_core.store.review.items import QueueFilter
from idcard_core.store.review.project import State
from idcard_core.store.store import Store

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str]]:
    folder = tmp_path_factory.mktemp("queue")
    store = store_in(folder / "data")
    with dashboard_server(folder) as running:
        yield store, running.address
    store.close()


def test_from_an_empty_queue_to_a_filtered_one(place: tuple[Store, str], browser: Browser) -> None:
    """First in this file: nothing is in the store."""
    store, address = place
    reviewer = Reviewer(browser, address, "王芳")
    expect(reviewer.page.locator("[data-empty=ever]")).to_be_visible()
    covered = next(each for each in shipped_samples() if each.label.condition == Condition.COVERED.value)
    _send_from_try(reviewer.page, covered.path)
    reviewer.at(1)
    expect(reviewer.page.locator(".reason").first).to_contain_text("遮挡")
    opened = store.review.open(1)
    assert opened.item.sha256 == covered.label.sha256
    assert store.pictures.read(opened.item.sha256) == covered.path.read_bytes()
    assert opened.item.reasons[0] == "covered"
    assert "photo" not in json.loads(opened.answer), "the portrait is not kept twice"

    mistakes = put_mistakes(store, 3)
    store.review.record(Entry(mistakes[0].item, Accept(), "韩梅", NOW, 0))
    _filter_and_go_through(reviewer, mistakes)
    reviewer.leave()


def _send_from_try(page: Page, path: Path) -> None:
    page.get_by_role("link", name="试读", exact=True).click()
    page.locator("input[type=file]").first.set_input_files(path)
    page.get_by_role("button", name="建议送复核").click()
    expect(page.get_by_role("button", name="已送复核")).to_be_disabled()
    page.get_by_role("link", name="复核", exact=True).click()


def _filter_and_go_through(reviewer: Reviewer, mistakes: list[Mistake]) -> None:
    """Item 1 is covered; of ``mistakes`` the first is done."""
    page = reviewer.page
    page.locator(".tab[data-state=done]").click()
    reviewer.at(mistakes[0].item)
    expect(page.locator(".tab[data-state=pending] b")).to_have_text("3")
    expect(page.locator(".tab[data-state=done] b")).to_have_text("1")
    expect(page.locator(".items .item")).to_have_count(1)
    expect(page.locator(".items .facts")).to_contain_text("韩梅")
    page.locator(".tab[data-state=pending]").click()
    expect(page.locator(".items .item")).to_have_count(3)
    _choose(page, "原因", "有遮挡")
    reviewer.at(1)
    expect(page.locator(".items .item")).to_have_count(1)
    expect(page.locator(".st-key-review-filter")).to_contain_text("筛选（1）")
    _choose(page, "原因", "前后矛盾")
    expect(page.locator("[data-empty=filtered]")).to_be_visible()
    _choose(page, "原因", "全部")
    page.locator(f'.item[data-item="{mistakes[2].item}"]').click()
    reviewer.at(mistakes[2].item)


def _choose(page: Page, question: str, answer: str) -> None:
    page.locator(".st-key-review-filter button").first.click()
    box = page.get_by_role("combobox", name=question)
    box.click()
    page.get_by_role("option", name=answer, exact=True).click()
    expect(page.locator("[role=listbox]")).to_have_count(0)  # or the key would close the list, not what it stands in
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_be_hidden()


def test_what_is_typed_is_saved_when_another_item_is_clicked(place: tuple[Store, str], browser: Browser) -> None:
    store, address = place
    pending = QueueFilter(state=State.PENDING, reason="low_confidence")
    one, other = store.review.queue.page(pending, limit=2)
    reviewer = Reviewer(browser, address, "王芳", f"?item={other.id}")
    reviewer.at(other.id)
    reviewer.field().fill("甲乙丙")
    reviewer.page.locator(f'.item[data-item="{one.id}"]').click()
    reviewer.at(one.id)
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not store.review.open(other.id).events and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [event.action for event in store.review.open(other.id).events] == [ChangeField(0, FieldName.NAME, "甲乙丙")]
    reviewer.leave()


def test_two_reviewers_are_not_led_to_the_same_item(place: tuple[Store, str], browser: Browser) -> None:
    _, address = place
    one = Reviewer(browser, address, "甲")
    one.number.wait_for()
    other = Reviewer(browser, address, "乙")
    expect(other.number).not_to_have_text(one.number.inner_text())
    one.leave()
    other.leave()


def test_agreement_is_told_and_finished_reviews_become_samples(place: tuple[Store, str], browser: Browser) -> None:
    store, address = place
    sample = fronts()[5]
    item = put(store, sample, {FieldName.NAME: "某"})
    name = sample.label.cards[0].fields[FieldName.NAME]
    actions = [("甲", ChangeField(0, FieldName.NAME, name)), ("甲", Accept()), ("乙", Accept())]
    for version, (who, action) in enumerate(actions):
        store.review.record(Entry(item, action, who, NOW, version))
    reviewer = Reviewer(browser, address, "王芳")
    page = reviewer.page
    page.get_by_role("button", name="一致性").click()
    dialog = page.get_by_role("dialog").filter(has=page.locator("[data-table=agreement], .id-nothing"))
    expect(page.get_by_role("combobox", name="复核人乙")).to_be_visible()
    _pick(page, "复核人乙", "甲")  # the other one is 乙, the first by code point
    expect(dialog.locator("[data-subject=outcome]")).to_contain_text("1 / 1")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="导出样本").click()
    page.get_by_role("button", name="导出", exact=True).click()
    expect(page.locator("[data-export=done]")).to_contain_text("2 张图片")
    found = {each.sha256: each for each in store.samples.page(store.samples.sets()[0].id)}
    kept = found[sample.label.sha256 or ""]
    assert kept.label.cards[0].fields == sample.label.cards[0].fields
    assert kept.author == "乙"
    assert kept.has_picture
    reviewer.leave()


def _pick(page: Page, question: str, answer: str) -> None:
    page.get_by_role("combobox", name=question).click()
    page.get_by_role("option", name=answer, exact=True).click()


def test_a_long_queue_is_turned_page_by_page(place: tuple[Store, str], browser: Browser) -> None:
    store, address = place
    put_many(store, readings=0, items=2_000)
    reviewer = Reviewer(browser, address, "王芳")
    reviewer.number.wait_for()
    expect(reviewer.page.locator(".items .item")).to_have_count(20)
    assert store.review.queue.states()[State.PENDING] > 2_000
    reviewer.leave()
