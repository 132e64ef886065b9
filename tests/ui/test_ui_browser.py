"""The dashboard in a real browser, on a real server, with the real reader."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from idcard_core.card import FieldName, Side
from idcard_core.errors import FormatError, ImageDataError
from idcard_core.specimen import Condition, Sample, shipped_samples

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "intake"))
from dashboard_server import dashboard_server
from intake_documents import pdf_of
from real_browser import ARGUMENTS, CHROMIUM, needs_chromium, settle

FILMING = [*ARGUMENTS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
"""With a camera that films a test pattern."""
PATIENCE_MS = 90_000
"""A machine may be busy with other tests."""

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard."""
    with dashboard_server(tmp_path_factory.mktemp("server")) as running:
        yield running.address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FILMING)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, server: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The dashboard in a fresh profile. What it looked like at the end is in ``page.png`` of the test's own folder."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, accept_downloads=True)
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page = context.new_page()
    foreign: list[str] = []

    def note(sent: Request) -> None:
        parts = urlsplit(sent.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            foreign.append(f"{parts.scheme}://{parts.hostname}{parts.path}")

    context.on("request", note)
    page.goto(server)
    try:
        page.locator(".id-brand").wait_for()
        yield page
    finally:
        picture = tmp_path / "page.png"
        try:
            page.screenshot(path=picture, full_page=True, timeout=10_000)
            print(f"\nthe page at the end: {picture}")
        except PlaywrightTimeoutError:
            print("\nno picture of the page could be taken")
        context.close()
    assert foreign == [], "the page asked for something outside this machine"


def sample_of(side: Side, condition: Condition = Condition.PLAIN) -> Sample:
    """A readable shipped sample with one card that shows ``side``; ``condition`` if there is one."""
    fitting = [
        sample
        for sample in shipped_samples()
        if [card.side for card in sample.label.cards] == [side] and sample.label.readable
    ]
    return min(fitting, key=lambda sample: sample.label.condition != condition)


def upload(page: Page, *files: Path) -> None:
    """Hand in ``files`` together and wait until the session has that many more rows."""
    figure = page.locator("[data-figure=count] .id-figure")
    before = int(figure.first.inner_text()) if figure.count() else 0
    page.locator("input[type=file]").first.set_input_files(list(files))
    expect_count(page, before + len(files))


def expect_count(page: Page, count: int) -> None:
    """Wait until the session's figures show so many recognitions; the panel comes after the result.

    While Streamlit replaces a part of the page, the old one stands behind the new one for a moment.
    """
    expect(page.locator("[data-figure=count] .id-figure").first).to_have_text(str(count))
    page.wait_for_function("!document.querySelector('[data-stale=true]')")


def test_a_specimen_from_upload_to_download(page: Page, tmp_path: Path) -> None:
    sample = sample_of(Side.FRONT)
    wanted = sample.label.cards[0].fields
    upload(page, sample.path)
    table = page.locator(".id-fields[data-side=front]")
    expect(table.locator("[data-field=idcardno] .id-value").first).to_have_text(wanted[FieldName.IDCARDNO])
    for name in (FieldName.NAME, FieldName.SEX, FieldName.NATION, FieldName.ADDRESS):
        expect(table.locator(f"[data-field={name.value}] .id-value").first).to_have_text(wanted[name])
    for verdict in ("side", "direction", "status", "risk"):
        expect(page.locator(f"[data-verdict={verdict}] .id-badge")).not_to_be_empty()
    expect(page.locator(".st-key-picture img.picture")).to_have_js_property("complete", True)
    expect(page.locator(".st-key-picture polygon.box")).to_have_count(6)
    expect(page.locator("[data-figure=cards] .id-figure").first).to_have_text("100 %")

    page.get_by_role("tab", name="JSON").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 JSON").click()
    answer = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert answer["msg"]["idcardno"] == wanted[FieldName.IDCARDNO]
    assert answer["image_status"] == "normal"
    assert answer["photo"]
    assert download.value.suggested_filename == f"{sample.path.stem}.json"


def test_the_history_grows_and_keeps_its_rows(page: Page) -> None:
    front, back = sample_of(Side.FRONT), sample_of(Side.BACK)
    upload(page, front.path)
    upload(page, back.path)
    expect(page.locator(".id-fields[data-side=back]").first).to_be_visible()
    rows = page.locator(".st-key-session-rows tr[data-row]")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text(back.path.name)
    expect(rows.nth(0)).to_have_class("current")
    rows.nth(1).click()
    expect(page.locator(".id-fields[data-side=front]").first).to_be_visible()
    expect(rows.nth(1)).to_have_class("current")
    number = front.label.cards[0].fields[FieldName.IDCARDNO]
    expect(rows.nth(1)).not_to_contain_text(number)
    rows.nth(1).get_by_role("button", name="显示号码").click()
    expect(rows.nth(1)).to_contain_text(number)
    rows.nth(1).get_by_role("button", name="遮住号码").click()
    expect(rows.nth(1)).not_to_contain_text(number)
    expect(page.get_by_role("heading", name=front.path.name).first).to_be_visible()


def test_the_language_switches_and_stays_in_the_address(page: Page) -> None:
    upload(page, sample_of(Side.FRONT).path)
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("heading", name="This session").first).to_be_visible()
    expect(page.locator("[data-field=idcardno] th").first).to_have_text("ID number")
    assert "lang=en" in page.url
    expect_count(page, 1)  # the session goes on in the other language
    page.reload()
    expect(page.get_by_role("heading", name="Try it on a card").first).to_be_visible()


def test_a_broken_file_is_explained_and_the_session_goes_on(page: Page, tmp_path: Path) -> None:
    broken, good = tmp_path / "broken.jpg", sample_of(Side.FRONT).path
    broken.write_bytes(good.read_bytes()[:2000])
    upload(page, good)
    upload(page, broken)
    failure = page.get_by_role("alert")
    expect(failure.locator("code").first).to_have_text(ImageDataError.DECODE)
    expect(failure.locator(".id-badge").first).to_have_text("错误 462")
    expect_count(page, 2)
    upload(page, good)
    expect(page.locator(".id-fields[data-side=front]").first).to_be_visible()
    expect_count(page, 3)


def test_several_files_with_a_bad_one_among_them(page: Page, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("no picture at all")
    upload(page, words, sample_of(Side.FRONT).path, sample_of(Side.BACK).path)
    expect(page.locator(".id-fields[data-side=front]").first).to_be_visible()
    expect(page.get_by_role("alert").locator("code").first).to_have_text(ImageDataError.DECODE)
    page.locator(".st-key-batch button").nth(2).click()
    expect(page.locator(".id-fields[data-side=back]").first).to_be_visible()
    page.locator(".st-key-batch button").nth(0).click()
    expect(page.get_by_role("heading", name="没能识读这张图片").first).to_be_visible()


def test_a_pdf_of_two_pages_and_a_page_with_two_cards(page: Page, tmp_path: Path) -> None:
    both = next(sample for sample in shipped_samples() if sample.label.condition == Condition.BOTH_SIDES)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(pdf_of(Image.open(sample_of(Side.FRONT).path), Image.open(both.path)))
    page.locator("input[type=file]").first.set_input_files(scan)
    expect_count(page, 2)
    expect(page.get_by_role("heading", name="scan.pdf · 第 1 页").first).to_be_visible()
    page.locator(".st-key-batch button").nth(1).click()
    expect(page.get_by_role("heading", name="scan.pdf · 第 2 页").first).to_be_visible()
    expect(page.locator(".id-fields[data-side=front] .id-card-number").first).to_have_text("1")
    expect(page.locator(".id-fields[data-side=back] .id-card-number").first).to_have_text("2")
    expect(page.locator(".st-key-picture .number")).to_have_text(["1", "2"])
    page.get_by_role("tab", name="JSON").click()
    page.get_by_text("含 detail", exact=True).click()
    expect(page.get_by_test_id("stCode").first).to_contain_text("needs_review")
    expect_count(page, 2)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 JSON").click()
    assert download.value.suggested_filename == "scan-2.json"
    detail = json.loads(Path(download.value.path()).read_text("utf-8"))["detail"]
    assert detail["picture"]["page"] == 2
    assert sorted(card["side"] for card in detail["cards"]) == ["back", "front"]
    assert all(card["needs_review"] == bool(card["doubts"]) for card in detail["cards"])


def test_a_picture_from_the_gallery(page: Page) -> None:
    sample = sample_of(Side.FRONT)
    page.get_by_role("radio", name="样例").click()
    page.locator(f".st-key-gallery-side [data-sample='{sample.path.name}']").click()
    number = page.locator("[data-field=idcardno] .id-value")
    expect(number.first).to_have_text(sample.label.cards[0].fields[FieldName.IDCARDNO])
    expect(page.locator("[data-field=idcardno] .id-mark").first).to_have_text("✓")


def test_an_address_that_cannot_be_fetched(page: Page) -> None:
    page.get_by_role("radio", name="网址").click()
    box = page.get_by_role("textbox", name="图片网址")
    box.fill("http://127.0.0.1:9/card.jpg")
    box.press("Enter")
    expect(page.get_by_role("alert").locator("code").first).to_have_text(ImageDataError.DOWNLOAD)
    expect_count(page, 1)


def test_the_camera(page: Page) -> None:
    page.get_by_role("radio", name="拍照").click()
    page.wait_for_function("document.querySelector('[data-testid=stCameraInput] video')?.readyState === 4")
    page.get_by_test_id("stCameraInputButton").click()
    expect(page.locator("[data-verdict=status] .id-badge").first).to_have_text("不是身份证")
    expect_count(page, 1)


def test_new_options_read_the_same_picture_again(page: Page) -> None:
    upload(page, sample_of(Side.FRONT).path)
    page.get_by_role("radio", name="国徽面").click()
    page.get_by_role("button", name="按新选项重读").click()
    expect(page.locator("[data-verdict=status] .id-badge").first).to_have_text("另一面")
    expect_count(page, 2)


def test_field_and_box_light_up_together(page: Page) -> None:
    sample = sample_of(Side.FRONT)
    upload(page, sample.path)
    row, box = page.locator("[data-box='0.idcardno']").first, page.locator("polygon[data-id='0.idcardno']")
    row.hover()
    expect(box).to_have_class(re.compile(r"\blit\b"))
    page.locator("[data-box='0.name']").first.hover()
    expect(box).not_to_have_class(re.compile(r"\blit\b"))
    box.hover()
    expect(row).to_have_attribute("data-lit", "")
    expect(page.locator(".st-key-picture .tip")).to_contain_text(sample.label.cards[0].fields[FieldName.IDCARDNO])
    box.click()
    expect(row).to_be_focused()
    page.keyboard.press("Shift+Tab")  # to the field before it
    expect(page.locator("polygon[data-id='0.address']")).to_have_class(re.compile(r"\blit\b"))


def sight_of(page: Page) -> str:
    """Where one looks in the picture."""
    return page.locator(".st-key-picture .stage").evaluate("stage => stage.style.transform")


def test_the_picture_is_zoomed_moved_and_reset(page: Page) -> None:
    upload(page, sample_of(Side.FRONT).path)
    frame = page.locator(".st-key-picture .frame")
    whole = sight_of(page)
    frame.hover()
    page.mouse.wheel(0, -400)
    expect(page.locator(".st-key-picture .frame.close")).to_have_count(1)
    assert sight_of(page) != whole
    style = page.locator(".st-key-picture .stage").get_attribute("style") or ""
    place = frame.bounding_box()
    assert place is not None
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=5)
    page.mouse.up()
    expect(page.locator(".st-key-picture .stage")).not_to_have_attribute("style", style)
    moved = sight_of(page)
    page.get_by_role("radio", name="English").click()  # the script runs again
    expect(page.get_by_role("heading", name="This session").first).to_be_visible()
    assert sight_of(page) == moved, "a run of the script has moved the picture"
    page.get_by_role("button", name="Whole picture").click()
    expect(page.locator(".st-key-picture .frame.close")).to_have_count(0)
    frame.focus()
    page.keyboard.press("+")
    expect(page.locator(".st-key-picture .frame.close")).to_have_count(1)
    page.keyboard.press("0")
    expect(page.locator(".st-key-picture .frame.close")).to_have_count(0)


def test_views_and_layers_are_switched_and_stay(page: Page) -> None:
    glare = next(sample for sample in shipped_samples() if sample.path.name == "35_glare_on_field.jpg")
    upload(page, glare.path)
    picture = page.locator(".st-key-picture")
    layers = picture.locator("img.layer")
    expect(layers).to_have_count(0)
    picture.get_by_role("button", name="头像").click()
    picture.get_by_role("button", name="反光").click()
    expect(layers).to_have_count(2)
    place = picture.bounding_box()
    picture.get_by_role("button", name="卡面", exact=True).click()
    expect(layers).to_have_count(2)
    expect(picture.locator("polygon.box")).to_have_count(6)
    assert picture.bounding_box() == place, "the page has moved"
    picture.get_by_role("button", name="字段框").click()
    expect(picture.locator("polygon.box")).to_have_count(0)


def test_light_and_dark_can_be_chosen(page: Page) -> None:
    page.get_by_test_id("stMainMenuButton").click()
    page.get_by_test_id("stMainMenuItem-theme-Dark").click()
    expect(page.get_by_test_id("stApp").first).to_have_css("color-scheme", "dark")


def test_the_api_is_called_from_its_page(page: Page) -> None:
    sample = sample_of(Side.FRONT)
    page.get_by_role("link", name="接口", exact=True).click()
    expect(page.locator("[data-quota=off]").first).to_be_visible()
    page.get_by_role("combobox", name="样例").fill(sample.path.name.partition("_")[0])
    page.keyboard.press("Enter")
    page.get_by_test_id("stSidebar").get_by_text("detect_photo").click()
    request, answer = page.get_by_test_id("stCode").nth(0), page.get_by_test_id("stCode").nth(1)
    expect(request).to_contain_text("detect_photo=true")
    page.get_by_role("button", name="发送请求").click()
    expect(page.locator("[data-answer=status]").first).to_have_text("200")
    expect(answer).to_contain_text(sample.label.cards[0].fields[FieldName.IDCARDNO])
    with page.expect_download() as download:
        page.get_by_role("button", name="下载回答").click()
    whole = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert len(whole["photo"]) > 1000, "what is downloaded is not shortened"

    page.get_by_role("radio", name="上传").click()
    page.get_by_role("button", name="发送请求").click()
    expect(page.locator("[data-answer=status]").first).to_have_text("461")
    expect(answer).to_contain_text(FormatError.MISSING_IMAGE)
    settle(page)
    page.locator(".st-key-api_upload input[type=file]").set_input_files(sample.path)
    expect(page.locator(".st-key-api_upload")).to_contain_text(sample.path.name)
    settle(page)
    page.get_by_role("radio", name="curl").click()
    expect(request).to_contain_text(f"base64 -w0 {sample.path.name}")
    page.get_by_role("button", name="发送请求").click()
    expect(page.locator("[data-answer=status]").first).to_have_text("200")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_pages_keep_the_language_and_the_choices(page: Page) -> None:
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("radio", name="Emblem")).to_be_visible()
    settle(page)
    page.get_by_role("radio", name="Emblem").click()
    settle(page)
    page.get_by_role("link", name="API", exact=True).click()
    expect(page.get_by_role("tab", name="Errors")).to_be_visible()
    assert "lang=en" in page.url
    page.get_by_role("tab", name="Errors").click()
    expect(page.locator("[data-table=errors]").first).to_contain_text(FormatError.MISSING_IMAGE)
    with page.expect_popup() as reference:
        page.get_by_role("link", name="Reference").click()
    expect(reference.value.get_by_role("heading", name="Identity card API")).to_be_visible()
    page.get_by_role("link", name="Try", exact=True).click()
    expect(page.get_by_role("radio", name="Emblem")).to_be_checked()
