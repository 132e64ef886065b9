"""Everything that can be wrong with what is handed in is told in the page's words, and the rest goes in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "evaluate"))
from dashboard_server import dashboard_server
from evaluation_browser import Evaluator, store_in
from import_files import HEAD, NUMBER, ROW, a_png, bomb, encrypted_zip, zip_of
from real_browser import a_browser, needs_chromium

from idcard_core.evaluate.importing.trouble import Why
from idcard_core.store.store import Store
from idcard_core.ui.strings import Language, Texts

pytestmark = needs_chromium
ZH, EN = Texts(Language.ZH), Texts(Language.EN)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("imports")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with dashboard_server(folder, {"IDCARD_DATA": str(folder / "data")}) as server:
        yield server.address


@pytest.fixture
def store(address: str, folder: Path) -> Iterator[Store]:
    opened = store_in(folder / "data")
    yield opened
    opened.close()


@pytest.fixture
def someone(browser: Browser, address: str) -> Iterator[Evaluator]:
    visitor = Evaluator(browser, address)
    yield visitor
    visitor.leave()


def hand_in(someone: Evaluator, files: dict[str, bytes], set_name: str = "坏文件") -> None:
    """Upload files into a set, and begin."""
    if someone.page.locator(".st-key-evaluation_view").count():
        someone.view("导入")
    payload = [{"name": name, "mimeType": "", "buffer": content} for name, content in files.items()]
    someone.page.locator("input[type=file]").set_input_files(payload)  # type: ignore[arg-type]
    someone.see(".st-key-evaluation-upload", next(iter(files)))
    someone.choose("evaluation-import [class*=st-key-import_set_]", set_name)
    someone.press("import_start")


def test_files_that_are_not_taken_are_told_one_after_another(someone: Evaluator, store: Store) -> None:
    cases: list[tuple[dict[str, bytes], Why]] = [
        ({"locked.zip": encrypted_zip()}, Why.ENCRYPTED),
        ({"bomb.zip": bomb()}, Why.BOMB),
        ({"cut.zip": b"PK\x03\x04"}, Why.BROKEN_ARCHIVE),
        ({"labels.csv": "图片\n".encode("gbk") + b"\x00\xff"}, Why.ENCODING),
        ({"outside.zip": zip_of({"../../labels.csv": HEAD.encode()})}, Why.UNSAFE_NAME),
    ]
    for files, why in cases:
        hand_in(someone, files)
        said = someone.see(f"[data-why={why.value}]").first.inner_text()
        assert ZH(f"evaluation.why.{why.value}") in said
        someone.press("import_close")
        expect(someone.page.locator("[data-import]")).to_have_count(0)
    hand_in(someone, {"only.png": a_png()})
    someone.see("[data-import=no_labels]", ZH("evaluation.why.no_labels"))
    assert store.samples.sets() == []


def test_bad_rows_of_an_excel_table_are_named_and_the_rest_goes_in(someone: Evaluator, store: Store) -> None:
    rows = [
        ROW,
        ROW.replace("a.png", "missing.png"),
        ROW.replace(NUMBER, "1.10105E+17"),
        ROW.replace("1949年12月31日", "49年"),
        "a.png,,,,,,,\n",
    ]
    hand_in(someone, {"labels.csv": (HEAD + "".join(rows)).encode("gbk"), "a.png": a_png()}, "表格")
    someone.see("[data-import=done]", ZH("evaluation.import.added", count=1))
    table = someone.page.locator(".id-troubles tbody tr")
    expect(table).to_have_count(4)
    lines = {row.inner_text().split("\t")[1]: row.inner_text().split("\t")[2] for row in table.all()}
    assert lines["3"] == ZH("evaluation.why.of", why=ZH("evaluation.why.not_there"), what="missing.png")
    assert ZH("evaluation.why.damaged_number") in lines["4"]
    assert ZH("field.birthday") in lines["5"]
    assert lines["6"] == ZH("evaluation.why.no_fields")
    with someone.page.expect_download() as waiting:
        someone.page.locator(".st-key-import_troubles button").click()
    assert waiting.value.path().read_text("utf-8-sig").count("labels.csv") == 4
    someone.press("import_show")
    card = someone.see(".id-sample-card").first.inner_text()
    assert NUMBER not in card
    assert "1101**********002X" in card
    someone.page.locator(".st-key-samples_in_clear label").click()
    someone.see(".id-sample-card", NUMBER)


def test_a_folder_of_this_machine(someone: Evaluator, store: Store, folder: Path) -> None:
    labelled = folder / "labelled"
    labelled.mkdir()
    (labelled / "labels.csv").write_text(HEAD + ROW, encoding="utf-8")
    (labelled / "a.png").write_bytes(a_png(50))
    page = someone.page
    if page.locator(".st-key-evaluation_view").count():
        someone.view("导入")
    page.locator(".st-key-import_source button", has_text="本机文件夹").click()
    for path, shown in ((str(folder / "nowhere"), "[data-import=no_folder]"), (str(labelled), "[data-import=done]")):
        box = page.locator("[class*=st-key-import_path_] input")
        box.fill(path)
        box.press("Enter")
        someone.choose("evaluation-import [class*=st-key-import_set_]", "文件夹")
        someone.press("import_start")
        someone.see(shown)
        if "no_folder" in shown:
            assert ZH("evaluation.why.no_folder") in page.locator(shown).inner_text()
            someone.press("import_close")
    assert [kept.samples for kept in store.samples.sets() if kept.name == "文件夹"] == [1]


def test_the_shipped_samples_in_english(browser: Browser, address: str, store: Store) -> None:
    someone = Evaluator(browser, address, "?lang=en")
    someone.press("go_import")
    someone.page.locator(".st-key-import_source button", has_text="The specimens").click()
    someone.choose("evaluation-import [class*=st-key-import_set_]", "Specimens")
    someone.press("import_start")
    someone.see("[data-import=done]", EN("evaluation.import.added", count=42))
    someone.press("import_show")
    someone.see(".id-title", EN("evaluation.samples", count=42))
    expect(someone.page.locator(".id-sample-card img")).to_have_count(24)
    someone.press("samples_on")
    expect(someone.page.locator(".id-sample-card img")).to_have_count(18)
    someone.choose("st-key-samples-filters [class*=st-key-samples_condition_]".removeprefix("st-key-"), "Glare (2)")
    expect(someone.page.locator(".id-sample-card")).to_have_count(2)
    someone.leave()
    assert [kept.samples for kept in store.samples.sets() if kept.name == "Specimens"] == [42]


def test_a_store_that_cannot_be_opened_is_told(browser: Browser, tmp_path: Path) -> None:
    with dashboard_server(tmp_path, {"IDCARD_DATABASE_URL": "postgresql+psycopg://idcard@127.0.0.1:9/none"}) as server:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{server.address}/evaluation")
        expect(page.locator("[data-trouble]")).to_be_visible(timeout=60_000)
        context.close()
