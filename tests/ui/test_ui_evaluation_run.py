"""From a zip of samples to a report: imported, run, stopped, resumed, compared, exported; and a killed server."""

from __future__ import annotations

import io
import os
import signal
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import Browser, expect

sys.path.insert(0, str(Path(__file__).parent))
from dashboard_server import dashboard_server
from evaluation_browser import Evaluator, store_in
from real_browser import a_browser, needs_chromium

from idcard_core.evaluate.importing.files import UploadedFiles
from idcard_core.evaluate.importing.take_in import Destination, take_in
from idcard_core.evaluate.progress import Progress
from idcard_core.masking import mask_numbers
from idcard_core.settings import Limits
from idcard_core.specimen.labels import LABELS_FILE
from idcard_core.specimen.samples import Sample, shipped_samples
from idcard_core.store.files import HashedFiles
from idcard_core.store.runs.results import RunState
from idcard_core.store.store import Store

pytestmark = needs_chromium
COUNT = 7
HELD = 3
"""The picture at which a run is held up, counted from 0: however fast the machine, it is stopped before its end."""


def wanted() -> list[Sample]:
    """The smallest files, which are read soonest."""
    return sorted(shipped_samples(), key=lambda sample: sample.path.stat().st_size)[:COUNT]


def zip_of_samples() -> bytes:
    import json

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        lines = [json.dumps(sample.label.to_dict(), ensure_ascii=False) for sample in wanted()]
        archive.writestr(f"cards/{LABELS_FILE}", "\n".join([*lines, '{"image": "gone.jpg", "name": "甲"}']))
        for sample in wanted():
            archive.write(sample.path, f"cards/{sample.path.name}")
    return packed.getvalue()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as chromium:
        yield chromium


def test_from_a_zip_to_a_report(browser: Browser, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with dashboard_server(tmp_path, {"IDCARD_DATA": str(data)}) as server:
        someone = Evaluator(browser, server.address)
        _import(someone, tmp_path)
        _run_stop_resume(someone, data)
        _look_behind(someone)
        _compare(someone)
        _export(someone, tmp_path)
        someone.leave()
    store = store_in(data)
    (kept,) = store.samples.sets()
    assert (kept.name, kept.samples) == ("三月", COUNT)
    assert {sample.author for sample in store.samples.page(kept.id)} == {"小王"}
    runs = store.runs.all()
    assert [(run.state, run.done) for run in runs] == [(RunState.FINISHED, COUNT)] * 2
    assert runs[-1].author == "小王"
    store.close()
    log = (tmp_path / "server.log").read_text(errors="replace")
    assert "Traceback" not in log
    values = {text for sample in wanted() for card in sample.label.cards for text in card.fields.values()}
    assert not [value for value in values if len(value) > 3 and value in log]


def _import(someone: Evaluator, tmp_path: Path) -> None:
    file = tmp_path / "三月.zip"
    file.write_bytes(zip_of_samples())
    page = someone.page
    page.locator("input[type=file]").set_input_files(file)
    someone.see(".st-key-evaluation-upload", "三月.zip")
    someone.choose("evaluation-import [class*=st-key-import_set_]", "三月")
    page.locator(".st-key-evaluation_author input").fill("小王")
    page.locator(".st-key-evaluation_author input").press("Enter")
    someone.press("import_start")
    someone.see("[data-import=done]", f"新增 {COUNT} 张")
    row = someone.see("[data-why=not_there]").first
    assert str(COUNT + 1) in row.inner_text()
    assert "gone.jpg" in row.inner_text()
    someone.press("import_show")
    expect(page.locator(".id-sample-card img")).to_have_count(COUNT)


@contextmanager
def held_at(number: int, data: Path, store: Store) -> Iterator[Callable[[], object]]:
    """A run of the only set waits at its picture ``number``, as for a slow disk, until what is given is called."""
    (kept,) = store.samples.sets()
    path = HashedFiles(data / "pictures").path(store.samples.page(kept.id)[number].sha256)
    content = path.read_bytes()
    path.unlink()
    os.mkfifo(path)
    yield lambda: path.write_bytes(content)
    path.unlink()
    path.write_bytes(content)


def _run_stop_resume(someone: Evaluator, data: Path) -> None:
    page = someone.page
    store = store_in(data)
    with held_at(HELD, data, store) as go_on:
        someone.press("run_start")
        someone.see("[data-run]")
        page.wait_for_function(f"/{HELD} \\/ {COUNT}/.test(document.querySelector('section.stSidebar').innerText)")
        page.locator("[data-testid=stSidebar] button", has_text="停止").click()
        while store.runs.all()[0].state is RunState.RUNNING:
            page.wait_for_timeout(50)
        go_on()
    store.close()
    someone.see("[data-run-state=stopped]")
    someone.see("[data-phase=stopped]")
    done = int(someone.figure("failed") == "0") and int(
        page.locator("[data-run-state=stopped]").inner_text().split("/")[0].split()[-1]
    )
    assert 0 < done < COUNT
    page.goto(page.url.replace("/evaluation", "/api"))  # a run does not mind which page is open
    page.locator(".id-api-title").wait_for()
    page.go_back()
    someone.view("结果")
    someone.press("run_resume")
    someone.see("[data-run-state=finished]", f"{COUNT} / {COUNT}")
    expect(page.locator("[data-run]")).to_have_count(0)


def _look_behind(someone: Evaluator) -> None:
    page = someone.page
    cards = sum(len(sample.label.cards) for sample in wanted() if sample.label.readable)
    someone.see("[data-figure=cards]", f"/ {cards}")
    for panel in ("fields", "conditions", "reliability", "latency", "stages"):
        someone.see(f"[data-panel={panel}]")
    condition = page.locator("[data-panel=conditions] .id-forest-row[data-pick]").first
    condition.click()
    someone.see("[data-testid=stDialog] .id-card-row img")
    said = someone.dialog.inner_text()
    numbers = {
        text for sample in wanted() for card in sample.label.cards for text in card.fields.values() if len(text) == 18
    }
    assert not [number for number in numbers if number in said]
    someone.close()


def _compare(someone: Evaluator) -> None:
    someone.view("对比")
    someone.see(".id-nothing", "至少评测两次")
    someone.press("run_start")
    someone.see("[data-run-state=finished]", f"{COUNT} / {COUNT}")
    someone.see("[data-run-state=finished]", f"{COUNT} / {COUNT}")
    expect(someone.page.locator("[data-run]")).to_have_count(0)
    someone.view("对比")
    someone.see(".id-verdict-line", f"两次都读过的 {COUNT} 张图片")
    someone.see(".id-nothing", "没有这样的证件")  # the same engine reads the same


def _export(someone: Evaluator, tmp_path: Path) -> None:
    someone.view("结果")
    someone.see("[data-panel=stages]")
    files = {}
    for kind in ("csv", "jsonl", "xlsx", "html"):
        someone.page.locator(".st-key-export_menu button").first.click()
        with someone.page.expect_download() as waiting:
            someone.page.locator(f".st-key-export_{kind} button").click()
        files[kind] = tmp_path / f"export.{kind}"
        assert waiting.value.suggested_filename.startswith("三月-openvino-")
        waiting.value.save_as(files[kind])
        someone.page.keyboard.press("Escape")
    cards = sum(len(sample.label.cards) for sample in wanted())
    table = pd.read_csv(files["csv"])
    assert table["sha256"].nunique() == COUNT
    assert len(pd.read_json(files["jsonl"], lines=True)) == COUNT
    book = openpyxl.load_workbook(files["xlsx"])
    assert len(list(book["证件"].rows)) == 1 + cards
    report = files["html"].read_text("utf-8")
    assert "评测报告" in report
    number = next(f for s in wanted() for c in s.label.cards for f in c.fields.values() if len(f) == 18)
    assert number not in report
    assert mask_numbers(number) in table["expected"].to_numpy()
    offline = someone.context.new_page()
    asked: list[str] = []
    offline.on("request", lambda sent: asked.append(sent.url))
    offline.goto(files["html"].as_uri())
    expect(offline.locator("h1")).to_contain_text("三月")
    assert offline.locator("svg").count() == 3
    assert asked == [files["html"].as_uri()]
    offline.close()


def test_a_killed_server_leaves_a_run_that_can_be_resumed(browser: Browser, tmp_path: Path) -> None:
    data = tmp_path / "data"
    store = store_in(data)
    files = UploadedFiles({"a.zip": zip_of_samples()})
    limits = Limits().for_local_files()
    set_id = take_in(store, files, Destination("三月", "甲"), limits, Progress()).set_id
    with dashboard_server(tmp_path, {"IDCARD_DATA": str(data)}) as server, held_at(HELD, data, store):
        someone = Evaluator(browser, server.address)
        someone.press("run_start")
        someone.see("[data-run]")
        while not (runs := store.runs.all(set_id)) or runs[0].done < HELD:
            someone.page.wait_for_timeout(50)
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        someone.context.close()
    (run,) = store.runs.all(set_id)
    assert run.state is RunState.RUNNING
    assert run.done == HELD
    assert not store.runs.is_held(run.id)
    with dashboard_server(tmp_path, {"IDCARD_DATA": str(data)}) as server:
        someone = Evaluator(browser, server.address, "?lang=en")
        someone.view("Results")
        someone.see("[data-run-state=interrupted]", "Interrupted")
        someone.see("[data-phase=interrupted]", f"All {run.done} pictures that were read are kept")
        someone.press("run_resume")
        someone.see("[data-run-state=finished]", f"{COUNT} / {COUNT}")
        someone.leave()
    results = store.runs.results(run.id)
    assert len({result.sha256 for result in results}) == len(results) == COUNT
    store.close()
