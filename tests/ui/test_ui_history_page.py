"""The page "History" in a real browser, on a real server whose store the test fills and looks into."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from idcard_core.card import FieldName, Side
from idcard_core.specimen import Condition, shipped_samples
from idcard_core.store.readings.rows import ReadingFilter
from idcard_core.store.sealing import new_key
from idcard_core.store.store import Store

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "store"))
from dashboard_server import dashboard_server
from kept_dashboard import a_visit, keep_many, store_in
from real_browser import a_browser, needs_chromium
from ui_readings import TEXTS

pytestmark = needs_chromium
NUMBER = TEXTS[FieldName.IDCARDNO]
KEEPS = {"IDCARD_STORE__KEEP_READINGS": "true"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Store]:
    """With 120 readings."""
    opened = store_in(folder / "data")
    keep_many(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def server(store: Store, folder: Path) -> Iterator[str]:
    with dashboard_server(folder, KEEPS) as running:
        yield running.address


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    with a_visit(browser, f"{server}/history") as page:
        yield page


def rows_of(page: Page) -> Locator:
    return page.locator("tr[data-row]")


def choose(page: Page, what: str, value: str) -> None:
    """Something of a list of the side bar."""
    page.get_by_test_id("stSidebar").get_by_role("combobox", name=what).click()
    page.get_by_role("option", name=value, exact=True).click()


def test_readings_are_listed_filtered_searched_and_opened(page: Page, store: Store) -> None:
    expect(page.locator("[data-figure=count] .id-figure")).to_have_text("120")
    expect(page.locator("[data-figure=cards] .id-line")).to_have_text("96 / 108")
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    expect(rows_of(page)).to_have_count(50)
    expect(rows_of(page).first).to_contain_text("kept_119.jpg")
    page.get_by_role("button", name="较早").click()
    expect(rows_of(page).first).to_contain_text("kept_069.jpg")
    page.get_by_role("button", name="较早").click()
    expect(rows_of(page)).to_have_count(20)
    expect(page.get_by_role("button", name="较早")).to_be_disabled()

    choose(page, "结果", "出错")
    expect(rows_of(page)).to_have_count(12)
    expect(rows_of(page).first).to_contain_text("错误 462")
    choose(page, "结果", "与标注有出入")
    expect(rows_of(page).first).to_contain_text("错 1 项")
    expect(rows_of(page)).to_have_count(12)
    page.get_by_role("button", name="清除筛选").click()
    expect(rows_of(page)).to_have_count(50)
    search = page.get_by_role("textbox", name="查找")
    search.fill("1042")
    search.press("Enter")
    expect(rows_of(page)).to_have_count(1)
    expect(rows_of(page)).to_contain_text("kept_042.jpg")

    rows_of(page).press("Enter")
    expect(page.get_by_role("heading", name="kept_042.jpg")).to_be_visible()
    expect(page.locator("[data-field=idcardno] .id-value").first).to_have_text(NUMBER)
    expect(page.locator("polygon.box")).to_have_count(6)
    page.locator("[data-box='0.name']").first.hover()
    expect(page.locator("polygon.lit")).to_have_attribute("data-id", "0.name")
    page.get_by_role("tab", name="JSON").click()
    expect(page.get_by_test_id("stCode").first).to_contain_text(NUMBER)
    page.get_by_role("button", name="返回列表").click()
    expect(rows_of(page)).to_have_count(1)
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("button", name="Export CSV")).to_be_visible()


def test_a_number_is_masked_until_its_eye_is_clicked(page: Page) -> None:
    first = rows_of(page).first
    expect(first).to_contain_text("1101**********002X")
    assert NUMBER not in page.content()
    first.get_by_role("button", name="显示号码").click()
    expect(first).to_contain_text(NUMBER)
    expect(page.get_by_text(NUMBER)).to_have_count(1)
    first.get_by_role("button", name="遮住号码").click()
    expect(first).not_to_contain_text(NUMBER)


def test_a_list_is_exported(page: Page) -> None:
    choose(page, "结果", "出错")
    expect(rows_of(page)).to_have_count(12)
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 CSV").click()
    content = Path(download.value.path()).read_text("utf-8-sig")
    assert [line["错误码"] for line in csv.DictReader(io.StringIO(content))] == ["462"] * 12


def test_what_was_read_on_the_other_page_is_here_with_its_picture_and_marked(page: Page, store: Store) -> None:
    sample = next(one for one in shipped_samples() if one.label.condition == Condition.PLAIN and one.label.readable)
    before = store.readings.count()
    page.get_by_role("link", name="试读", exact=True).click()
    page.locator("input[type=file]").first.set_input_files(sample.path)
    expect(page.locator(".id-fields").first).to_be_visible()
    page.get_by_role("link", name="历史记录", exact=True).click()
    expect(rows_of(page).first).to_contain_text(sample.path.name)
    expect(rows_of(page).first).to_contain_text("全对")
    page.get_by_role("radio", name="本次会话").click()
    expect(rows_of(page)).to_have_count(1)
    rows_of(page).first.click()
    expect(page.locator("img.picture")).to_be_visible()
    assert store.readings.count() == before + 1
    (kept,) = store.readings.page(limit=1)
    assert (kept.whole, kept.sides) == (True, (Side.FRONT,))
    assert '"photo": ""' in (store.readings.answer(kept.id) or "")
    store.readings.delete([kept.id])


def test_one_several_and_all_listed_are_deleted_after_a_question(page: Page, store: Store) -> None:
    before = store.readings.count()
    newest = store.readings.page(limit=3)
    for place in (1, 2):
        rows_of(page).nth(place).get_by_role("checkbox").check()
    expect(page.get_by_text("已选 2 条")).to_be_visible()
    page.get_by_role("button", name="删除所选").click()
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert store.readings.count() == before, "nothing goes before the question is answered"
    page.get_by_role("button", name="删除所选").click()
    page.get_by_role("button", name="删除 2 条").click()
    expect(page.get_by_text("已删除 2 条")).to_be_visible()
    expect(page.locator("[data-figure=count] .id-figure")).to_have_text(str(before - 2))
    assert [store.readings.get(reading.id) is None for reading in newest] == [False, True, True]

    rows_of(page).first.click()
    page.get_by_role("button", name="删除这条").click()
    page.get_by_role("button", name="删除 1 条").click()
    expect(page.locator("[data-figure=count] .id-figure")).to_have_text(str(before - 3))
    assert store.readings.get(newest[0].id) is None

    choose(page, "结果", "出错")
    failed = store.readings.count(ReadingFilter(failed=True))
    expect(rows_of(page)).to_have_count(failed)
    page.get_by_role("button", name="删除筛选出的全部").click()
    page.get_by_role("button", name=f"删除 {failed} 条").click()
    expect(page.get_by_text("没有符合条件的记录。")).to_be_visible()
    assert store.readings.count() == before - 3 - failed


def test_a_reading_that_somebody_else_deleted_meanwhile_says_so(page: Page, store: Store) -> None:
    (newest,) = store.readings.page(limit=1)
    expect(rows_of(page).first).to_contain_text(newest.occasion.source)
    store.readings.delete([newest.id])
    rows_of(page).first.click()
    expect(page.get_by_text("这条记录已被删除。")).to_be_visible()
    page.get_by_role("button", name="返回列表").click()
    expect(rows_of(page).first).not_to_contain_text(newest.occasion.source)


def read_a_sample(page: Page) -> None:
    """On the page "Try"."""
    page.get_by_role("link", name="试读", exact=True).click()
    page.locator("input[type=file]").first.set_input_files(next(iter(shipped_samples())).path)
    expect(page.locator(".id-fields").first).to_be_visible()


def test_a_database_that_cannot_be_reached_stops_nothing_but_what_needs_it(browser: Browser, tmp_path: Path) -> None:
    closed = {**KEEPS, "IDCARD_DATABASE_URL": "postgresql+psycopg://idcard:secret@127.0.0.1:9/none"}
    with dashboard_server(tmp_path, closed) as running, a_visit(browser, f"{running.address}/history") as page:
        notice = page.locator("[data-trouble=unreachable]")
        expect(notice).to_contain_text("连不上数据库")
        page.get_by_role("button", name="再试一次").click()
        expect(notice).to_be_visible()
        page.get_by_role("link", name="设置", exact=True).click()
        expect(notice).to_be_visible()
        expect(page.locator("[data-setting=database_url]")).to_have_count(1)
        assert "secret" not in page.content()
        read_a_sample(page)
        expect(page.get_by_text("有 1 条没能保存")).to_be_visible()
        page.get_by_role("link", name="历史记录", exact=True).click()
        page.get_by_role("radio", name="本次会话").click()
        expect(rows_of(page)).to_have_count(1)
    assert "secret" not in (tmp_path / "server.log").read_text()


def test_a_sealed_store_is_not_opened_with_another_key(browser: Browser, tmp_path: Path) -> None:
    sealed = store_in(tmp_path / "data", new_key())
    keep_many(sealed, 3)
    sealed.close()
    other = {"IDCARD_STORE_KEY": new_key()}
    with dashboard_server(tmp_path, other) as running, a_visit(browser, f"{running.address}/history") as page:
        page.get_by_role("radio", name="已保存").click()
        expect(page.locator("[data-trouble=key_wrong]")).to_contain_text("密钥不对")
        expect(page.get_by_text("没有开启保存")).to_be_visible()
        assert other["IDCARD_STORE_KEY"] not in page.content()


def test_where_nothing_is_kept_the_page_says_how_to_begin(browser: Browser, tmp_path: Path) -> None:
    with dashboard_server(tmp_path) as running, a_visit(browser, f"{running.address}/history") as page:
        expect(page.get_by_text("到“试读”页识读图片")).to_be_visible()
        page.get_by_role("radio", name="已保存").click()
        expect(page.get_by_text("没有开启保存")).to_be_visible()
        expect(page.get_by_text("还没有保存任何识读记录。")).to_be_visible()
        page.get_by_text("如何开启保存").click()
        expect(page.get_by_test_id("stCode").first).to_contain_text("keep_readings = true")
