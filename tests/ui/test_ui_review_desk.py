"""The desk in a real browser: the rules while typing, boxes and zoom, two reviewers, and everything that goes wrong."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

sys.path.insert(0, str(Path(__file__).parent))
from dashboard_server import dashboard_server
from real_browser import a_browser, needs_chromium
from review_browser import Reviewer, events_of
from review_items import fronts, put, store_in

from idcard_core.card import FieldName
from idcard_core.specimen import Sample
from idcard_core.store.review.actions import Accept, ChangeField, Reopen
from idcard_core.store.store import Store

pytestmark = needs_chromium
NUMBER = "0.idcardno"


@dataclass(frozen=True)
class Place:
    """A running dashboard, and its store."""

    store: Store
    address: str
    folder: Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("review")
    store = store_in(folder / "data")
    with dashboard_server(folder) as running:
        yield Place(store, running.address, folder / "data")
    store.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as chromium:
        yield chromium


_SAMPLES = cycle(fronts())


@pytest.fixture
def sample(place: Place) -> Sample:
    """One that is not in the queue; a picture can be there only once."""
    found = next(_SAMPLES)
    known = place.store.review.of_picture(found.label.sha256 or "")
    if known is not None:
        place.store.review.delete(known.id)
    return found


@pytest.fixture
def open_item(place: Place, browser: Browser) -> Iterator[Callable[..., Reviewer]]:
    """Opens an item for somebody."""
    opened: list[Reviewer] = []

    def open_it(item: int, name: str = "王芳") -> Reviewer:
        opened.append(Reviewer(browser, place.address, name, f"?item={item}"))
        opened[-1].at(item)
        return opened[-1]

    yield open_it
    for reviewer in opened:
        reviewer.leave()


Open = Callable[..., Reviewer]


def truth(sample: Sample, name: FieldName) -> str:
    return sample.label.cards[0].fields[name]


def wrong_number(sample: Sample) -> str:
    """Another check character."""
    number = truth(sample, FieldName.IDCARDNO)
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def test_the_rules_speak_while_somebody_types(place: Place, sample: Sample, open_item: Open) -> None:
    item = put(place.store, sample, {FieldName.IDCARDNO: wrong_number(sample)})
    reviewer = open_item(item)
    row = reviewer.page.locator(f'[data-place="{NUMBER}"]')
    check = row.locator(".mark", has_text="校验码")
    expect(reviewer.field(NUMBER)).to_be_focused()
    expect(check).to_have_class("mark bad")
    expect(row.locator(".note")).to_contain_text("按规则应为")
    still = reviewer.page.locator(".labels").bounding_box()
    reviewer.press("Backspace")
    expect(row.locator(".mark", has_text="17 位")).to_have_class("mark bad")
    reviewer.page.keyboard.type(truth(sample, FieldName.IDCARDNO)[-1])
    expect(check).to_have_class("mark good")
    expect(row.locator(".note")).to_have_text("")
    assert reviewer.page.locator(".labels").bounding_box() == still, "nothing moves while somebody types"
    reviewer.field("0.sex").fill("女" if truth(sample, FieldName.SEX) == "男" else "男")
    expect(row.locator(".mark", has_text="性别")).to_have_class("mark bad")
    saved = ChangeField(0, FieldName.IDCARDNO, truth(sample, FieldName.IDCARDNO))
    assert saved in [event.action for event in events_of(place.store, item)], "leaving a field saves it"


def test_a_key_that_streamlit_has_types_a_letter(place: Place, sample: Sample, open_item: Open) -> None:
    reviewer = open_item(put(place.store, sample, {FieldName.NAME: "某"}))
    reviewer.page.evaluate("document.documentElement.dataset.same = 'yes'")
    reviewer.page.keyboard.type("rc?")
    expect(reviewer.field()).to_have_value("某rc?")
    expect(reviewer.page.locator(".panel")).to_be_hidden()
    reviewer.press("Escape")
    expect(reviewer.field()).to_have_value("某")
    expect(reviewer.page.get_by_role("dialog")).to_have_count(0)


def test_enter_belongs_to_an_input_method_at_work(place: Place, sample: Sample, open_item: Open) -> None:
    reviewer = open_item(put(place.store, sample, {FieldName.NAME: "某", FieldName.ADDRESS: "某"}))
    composing = "(field) => field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: %s, %s}))"
    bubbles = "bubbles: true, composed: true"
    reviewer.field().evaluate(composing % ("true", bubbles))
    expect(reviewer.field()).to_be_focused()
    reviewer.field().evaluate(composing % ("false", bubbles))
    expect(reviewer.field("0.address")).to_be_focused()


def test_a_box_chooses_its_field_and_a_field_its_box(place: Place, sample: Sample, open_item: Open) -> None:
    reviewer = open_item(put(place.store, sample, {FieldName.NAME: "某"}))
    page = reviewer.page
    expect(page.locator("polygon.lit")).to_have_attribute("data-place", "0.name")
    drawn = page.locator('[data-place="0.name"] canvas')
    assert drawn.evaluate("(c) => new Set(c.getContext('2d').getImageData(0, 0, c.width, c.height).data).size") > 30
    page.locator('polygon[data-place="0.sex"]').click()
    expect(reviewer.field("0.sex")).to_be_focused()
    expect(page.locator("polygon.lit")).to_have_attribute("data-place", "0.sex")
    place_of = "(image) => image.style.transform"
    page.wait_for_timeout(300)
    before = page.locator("img.picture").evaluate(place_of)
    page.locator(".stage").hover()
    page.mouse.wheel(0, -200)
    zoomed = page.locator("img.picture").evaluate(place_of)
    assert zoomed != before
    box = page.locator(".stage").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 120, steps=4)
    page.mouse.up()
    assert page.locator("img.picture").evaluate(place_of) != zoomed
    expect(reviewer.field("0.sex")).to_be_focused()


def test_a_box_drawn_by_hand_is_read_into_the_field(place: Place, sample: Sample, open_item: Open) -> None:
    reviewer = open_item(put(place.store, sample, {FieldName.IDCARDNO: "1"}))
    page = reviewer.page
    page.wait_for_timeout(400)
    reviewer.press("Alt+R")
    box = page.locator(f'polygon[data-place="{NUMBER}"]').bounding_box()
    assert box is not None
    page.mouse.move(box["x"] - 4, box["y"] - 3)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] + 4, box["y"] + box["height"] + 3, steps=5)
    page.mouse.up()
    expect(reviewer.field(NUMBER)).to_have_value(truth(sample, FieldName.IDCARDNO))
    reviewer.field(NUMBER).fill("2")
    reviewer.press("Alt+R", "Enter")  # without a mouse: the field's own place
    expect(reviewer.field(NUMBER)).to_have_value(truth(sample, FieldName.IDCARDNO))


def test_the_keys_are_listed_and_the_log_is_shown(place: Place, sample: Sample, open_item: Open) -> None:
    reviewer = open_item(put(place.store, sample, {FieldName.NAME: "某"}))
    panel = reviewer.page.locator(".panel")
    reviewer.press("Alt+/")
    expect(panel.locator(".key")).to_have_count(18)
    expect(panel).to_contain_text("画框重读")
    reviewer.press("Escape")
    expect(panel).to_be_hidden()
    expect(reviewer.field()).to_be_focused()
    reviewer.type("甲乙")
    reviewer.press("Enter")
    reviewer.settled()
    reviewer.press("Alt+Z")
    expect(reviewer.field()).to_have_value("某")
    reviewer.press("Alt+H")
    expect(panel.locator("li")).to_have_count(2)
    expect(panel.locator("li .undone")).to_contain_text("甲乙")


def test_the_second_of_two_wins_only_knowing_it(place: Place, sample: Sample, open_item: Open) -> None:
    item = put(place.store, sample, {FieldName.NAME: "某"})
    one, other = open_item(item, "甲"), open_item(item, "乙")
    one.type("甲说")
    one.press("Enter")
    one.settled()
    other.type("乙说")
    other.press("Control+Enter")
    clash = other.page.locator('.panel[data-kind="clash"]')
    expect(clash).to_contain_text("甲 刚刚改过这一条")
    expect(clash.locator("li")).to_have_text("“姓名”改为 甲说")
    assert [event.reviewer for event in events_of(place.store, item)] == ["甲"], "nothing is saved before the choice"
    expect(other.field()).to_have_value("乙说")
    clash.get_by_role("button", name="仍按我的保存").click()
    expect(clash).to_be_hidden()
    other.gone_from(item)
    events = events_of(place.store, item)
    assert [(event.reviewer, event.forced) for event in events] == [("甲", False), ("乙", True), ("乙", False)]
    one.field("0.sex").fill("女" if truth(sample, FieldName.SEX) == "男" else "男")
    one.press("Enter")
    theirs = one.page.locator('.panel[data-kind="clash"]')
    expect(theirs).to_contain_text("乙 刚刚改过这一条")
    theirs.get_by_role("button", name="采用对方的").click()
    expect(one.field("0.sex")).to_have_value(truth(sample, FieldName.SEX))
    expect(one.field()).to_have_value("乙说")
    assert len(events_of(place.store, item)) == 3


def test_what_is_done_can_be_opened_again(place: Place, sample: Sample, open_item: Open) -> None:
    item = put(place.store, sample, {FieldName.NAME: "某"})
    reviewer = open_item(item)
    reviewer.press("Control+Enter")
    expect(reviewer.page.locator(".desk, [data-empty]").first).to_be_visible()
    again = open_item(item, "李雷")
    again.page.get_by_role("button", name="重新打开").click()
    expect(again.page.locator(".title .badge").first).to_have_text("待复核")
    assert [event.action for event in events_of(place.store, item)] == [Accept(), Reopen()]


@pytest.mark.parametrize(("ruin", "words"), [("gone", "图片已经不在了"), ("damaged", "这张图片打不开")])
def test_a_picture_that_cannot_be_shown_leaves_the_fields(
    place: Place, sample: Sample, open_item: Open, ruin: str, words: str
) -> None:
    item = put(place.store, sample, {FieldName.NAME: "某"})
    sha256 = sample.label.sha256 or ""
    file = place.folder / "pictures" / sha256[:2] / sha256[2:4] / sha256
    content = file.read_bytes()
    if ruin == "gone":
        file.unlink()
    else:
        file.write_bytes(content[:3000])
    try:
        reviewer = open_item(item)
        expect(reviewer.page.locator(".problem")).to_contain_text(words)
        reviewer.type(truth(sample, FieldName.NAME))
        reviewer.press("Enter")
        reviewer.settled()
        reviewer.press("Alt+R")
        expect(reviewer.page.locator(".stage.drawing")).to_have_count(0)
    finally:
        file.write_bytes(content)
    assert len(events_of(place.store, item)) == 1


def test_a_damaged_item_can_be_passed_over(place: Place, sample: Sample, open_item: Open) -> None:
    item = put(place.store, sample, {FieldName.NAME: "某"})
    with sqlite3.connect(place.folder / "idcard.db") as database:
        database.execute("UPDATE review_answers SET answer = ? WHERE item_id = ?", (b"no answer", item))
    reviewer = open_item(item)
    expect(reviewer.page.locator(".problem")).to_contain_text("这一条的内容打不开")
    reviewer.press("Alt+P")
    reviewer.gone_from(item)


def test_an_item_that_is_deleted_meanwhile_is_told(place: Place, sample: Sample, open_item: Open) -> None:
    item = put(place.store, sample, {FieldName.NAME: "某"})
    reviewer = open_item(item)
    place.store.review.delete(item)
    reviewer.type("甲乙")
    reviewer.press("Control+Enter")
    reviewer.gone_from(item)
    expect(reviewer.toast).to_have_text("那一条已经被删除。")


def test_a_store_that_does_not_answer_loses_nothing(place: Place, sample: Sample, open_item: Open) -> None:
    """Another program holds the database for longer than anybody waits, and then lets it go."""
    item = put(place.store, sample, {FieldName.NAME: "某"})
    reviewer = open_item(item)
    holder = sqlite3.connect(place.folder / "idcard.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    reviewer.type("甲乙")
    reviewer.press("Control+Enter")
    expect(reviewer.toast).to_contain_text("服务器没有回应")
    expect(reviewer.toast).to_contain_text("没有保存")
    expect(reviewer.field()).to_have_value("甲乙")
    holder.execute("ROLLBACK")
    holder.close()
    reviewer.press("Control+Enter")
    reviewer.gone_from(item)
    expect(reviewer.page.get_by_text("也改过刚才那一条")).to_have_count(0)
    assert [event.action for event in events_of(place.store, item)] == [
        ChangeField(0, FieldName.NAME, "甲乙"),
        Accept(),
    ]


def test_a_store_that_cannot_be_read_is_told_and_tried_again(place: Place, sample: Sample, open_item: Open) -> None:
    item = put(place.store, sample, {FieldName.NAME: "某"})
    reviewer = open_item(item)
    reviewer.page.keyboard.type("乙")
    with sqlite3.connect(place.folder / "idcard.db") as database:
        database.execute("ALTER TABLE review_items RENAME TO away")
    try:
        reviewer.press("Control+Enter")
        expect(reviewer.toast).to_contain_text("没有保存")
        expect(reviewer.page.locator("[data-trouble=unreachable]")).to_be_visible()
        expect(reviewer.field()).to_have_value("某乙")
        newcomer = Reviewer(reviewer.context.browser, place.address, "李雷", f"?item={item}")  # type: ignore[arg-type]
        expect(newcomer.page.locator("[data-trouble=unreachable]")).to_be_visible()
    finally:
        with sqlite3.connect(place.folder / "idcard.db") as database:
            database.execute("ALTER TABLE away RENAME TO review_items")
    newcomer.page.get_by_role("button", name="再试一次").click()
    newcomer.at(item)
    newcomer.leave()
    reviewer.press("Control+Enter")
    expect(reviewer.page.locator("[data-trouble]")).to_have_count(0)
    assert events_of(place.store, item)[-1].action == Accept()
