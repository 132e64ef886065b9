"""The page "Settings": what it says, and what it does, in a real browser on a real server."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from idcard_core.settings import Settings, StoreSettings
from idcard_core.specimen import shipped_samples
from idcard_core.store.pictures import NewPicture
from idcard_core.store.store import Store
from idcard_core.ui.pages.settings.origin import (
    SECRET,
    Origin,
    Path_,
    changed_since,
    environment_line,
    read_sources,
    toml_line,
    value_of,
)
from idcard_core.ui.pages.settings.versions import networks, versions
from idcard_core.ui.pages.settings.words import GROUPS, bytes_said, database_of, said
from idcard_core.ui.strings import Language, Texts

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "store"))
from dashboard_server import dashboard_server
from kept_dashboard import a_visit, keep_many, store_in
from real_browser import a_browser, needs_chromium
from store_builders import a_reading, an_occasion, later

EN = Texts(Language.EN)
PATHS = [path for group in GROUPS.values() for path in group if path != SECRET]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file that is not there yet."""
    file = tmp_path / "idcard.toml"
    monkeypatch.setenv("IDCARD_CONFIG", str(file))
    return file


def test_a_value_is_from_the_environment_else_from_the_file_else_the_default(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("[engine]\nthreads = 2\n[store]\nkeep_readings = true\n")
    monkeypatch.setenv("IDCARD_STORE__KEEP_READINGS", "false")
    sources = read_sources()
    assert sources.origin(("engine", "threads")) is Origin.FILE
    assert sources.origin(("store", "keep_readings")) is Origin.ENVIRONMENT
    assert sources.origin(("engine", "name")) is Origin.DEFAULT
    assert sources.origin(("database_url",)) is Origin.DEFAULT


def test_a_change_that_waits_for_a_restart_is_noticed(file: Path) -> None:
    running = Settings()
    assert changed_since(running) is False
    file.write_text("[engine]\nthreads = 2\n")
    assert changed_since(running) is True
    file.write_text("[engine]\nthreads = many\n")
    assert changed_since(running) is None
    assert read_sources().file == {}


CHANGED = Settings(
    engine={"threads": 3},
    store={"keep_readings": True, "retention_days": 7, "pictures_folder": "/pictures \"of 'ours'\""},
    serve={"hosts": ["a.example", "b.example"]},
)


@pytest.mark.parametrize("settings", [Settings(), CHANGED], ids=["defaults", "changed"])
@pytest.mark.parametrize("path", PATHS, ids=".".join)
def test_the_lines_to_copy_say_what_they_should(
    path: Path_, settings: Settings, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = value_of(settings, path)
    line = toml_line(path, value)
    tomllib.loads(line)
    file.write_text(line)
    from_file = value_of(Settings(), path)
    file.unlink()
    name, _, text = environment_line(path, value).partition("=")
    monkeypatch.setenv(name, text)
    assert value_of(Settings(), path) == from_file
    if value is not None and value != ():
        assert from_file == value


@pytest.mark.parametrize(
    ("url", "name"),
    [
        pytest.param(
            "postgresql+psycopg://me:secret@db:5433/cards?x=secret", "PostgreSQL · db:5433/cards", id="server"
        ),
        pytest.param("sqlite:////data/a.db", "SQLite · /data/a.db", id="file"),
        pytest.param("secret", "The address is not of the right form", id="no address"),
    ],
)
def test_a_database_is_named_without_what_is_secret(url: str, name: str) -> None:
    settings = Settings(database_url=url, store_key="secret")
    assert database_of(url, EN) == name
    assert "secret" not in toml_line(("database_url",), url) + environment_line(("database_url",), url)
    assert said(settings, SECRET, settings.store_key, EN) == "Encrypted (AES-256-GCM)"


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("limits", "file_bytes"), 20 * 2**20, "20 MB"),
        (("limits", "url_seconds"), 2.5, "2.5 s"),
        (("limits", "longest_side_px"), 4096, "4096 px"),
        (("engine", "threads"), 0, "Automatic: one for each core"),
        (("engine", "threads"), 4, "4"),
        (("serve", "keys"), False, "Off"),
        (("serve", "hosts"), ("a", "b"), "a, b"),
        (("serve", "hosts"), (), "Not set"),
        (("store", "retention_days"), None, "Without end"),
        (("store", "retention_days"), 30, "30 days"),
        (("store", "pictures_folder"), Path("/p"), "/p"),
    ],
)
def test_values_read_well(path: Path_, value: object, words: str) -> None:
    assert said(Settings(), path, value, EN) == words


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KB"), (118 * 2**20, "118 MB"), (3 * 2**30, "3 GB")]
)
def test_bytes_read_well(count: int, words: str) -> None:
    assert bytes_said(count) == words


def test_versions_are_told() -> None:
    assert {"idcard-core", "Python", "openvino", "streamlit"} <= set(versions())
    assert {"locator", "glyphs"} <= set(networks())
    assert all(len(version) == 12 for version in networks().values())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Store]:
    opened = store_in(folder / "data")
    keep_many(opened, 10)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def server(store: Store, folder: Path) -> Iterator[str]:
    (folder / "idcard.toml").write_text("[store]\nretention_days = 30\n")
    settings = {"IDCARD_CONFIG": str(folder / "idcard.toml"), "IDCARD_ENGINE__THREADS": "1"}
    with dashboard_server(folder, settings) as running:
        yield running.address


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    with a_visit(browser, f"{server}/settings") as page:
        yield page


@needs_chromium
def test_values_with_where_they_come_from_and_how_to_change_them(page: Page) -> None:
    expect(page.locator("[data-setting='engine.threads'] .id-badge")).to_have_text("环境变量")
    page.get_by_role("tab", name="存储").click()
    days = page.locator("[data-setting='store.retention_days']")
    expect(days).to_contain_text("30 天")
    expect(days.locator(".id-badge")).to_have_text("设置文件")
    expect(page.locator("[data-setting='store.keep_readings'] .id-badge")).to_have_text("默认")
    expect(page.locator("[data-setting=store_key]")).to_contain_text("未加密")
    which = page.get_by_role("combobox", name="要修改的设置")
    which.click()
    which.fill("retention_days")  # the list shows a few of many
    page.get_by_role("option", name="保存期限 · store.retention_days").click()
    expect(page.get_by_test_id("stCode").first).to_contain_text("retention_days = 30")
    expect(page.get_by_test_id("stCode").nth(1)).to_contain_text("IDCARD_STORE__RETENTION_DAYS=30")
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_text("Storage in use")).to_be_visible()


@needs_chromium
def test_a_purge_is_asked_for_and_removes_what_is_too_old(page: Page, store: Store) -> None:
    expect(page.locator("[data-figure=readings] .id-figure")).to_have_text(str(store.readings.count()))
    old = store.readings.keep(a_reading(an_occasion(later(days=-100))))
    page.get_by_role("button", name="立即清理").click()
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert store.readings.get(old) is not None
    page.get_by_role("button", name="立即清理").click()
    page.get_by_role("dialog").get_by_role("button", name="清理", exact=True).click()
    expect(page.get_by_text("已清理：识读记录 1 条")).to_be_visible()
    assert store.readings.get(old) is None


@needs_chromium
def test_a_picture_is_forgotten_by_its_file(page: Page, store: Store) -> None:
    path = next(iter(shipped_samples())).path
    picture = NewPicture(path.read_bytes(), "jpeg", 10, 10)
    (now,) = [reading.occasion.time for reading in store.readings.page(limit=1)]
    store.pictures.keep(picture, now + timedelta(days=1))
    store.readings.keep(a_reading(an_occasion(now, path.name), sha256=picture.sha256))
    field = page.get_by_role("textbox", name="SHA-256 校验值")
    field.fill("no hash")
    field.press("Enter")
    expect(page.get_by_text("校验值应为 64 个十六进制字符。")).to_be_visible()
    field.fill("0" * 63 + "f")
    field.press("Enter")
    expect(page.get_by_text("没有保存与这张图片有关的内容。")).to_be_visible()
    page.locator("input[type=file]").first.set_input_files(path)
    expect(page.get_by_text("识读记录 1 条")).to_be_visible()
    page.get_by_role("button", name="忘记这张图片").click()
    page.get_by_role("button", name="彻底删除").click()
    expect(page.get_by_text("已彻底删除，不留痕迹")).to_be_visible()
    assert not store.upkeep.traces(picture.sha256).any
    assert store.readings.count() == 10


def test_store_settings_that_the_page_knows_are_all_there_are() -> None:
    known = {path[1] for path in GROUPS["store"] if path[0] == "store"}
    assert known == set(StoreSettings.model_fields)
