"""The command line: what it prints where, and how it ends. What it reads is a stand-in's, see `StubReader`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from idcard_core.card import (
    Card,
    Doubt,
    Field,
    FieldName,
    ImageStatus,
    PictureInfo,
    Reading,
    ReadOptions,
    Reason,
    Side,
)
from idcard_core.cli import app, demo
from idcard_core.cli.table import print_table

sys.path.insert(0, str(Path(__file__).parent / "batch"))
sys.path.insert(0, str(Path(__file__).parent / "intake"))
from batch_stub import stub_module
from intake_documents import encrypted_pdf, pdf_by_hand


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two pictures and a file that is none, as working directory; a stand-in reads."""
    monkeypatch.setitem(sys.modules, "idcard_core.reader", stub_module())
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    for name, width in [("one.png", 21), ("two[red].png", 22), ("crash.png", 66)]:
        assert cv2.imwrite(name, np.full((40, width, 3), 200, np.uint8))
    Path("notes.txt").write_text("no picture")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def run_python(*arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, env=environment).stdout


def test_help_names_every_command_and_loads_no_engine() -> None:
    code = (
        "import sys; from idcard_core.cli import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'openvino', 'paddleocr', 'streamlit', 'cv2', 'numpy', 'pandas', 'httpx'} & set(sys.modules)\n"
        "print('heavy', sorted(heavy))"
    )
    shown = run_python("-c", code)
    for command in ("read", "batch", "specimen", "bench", "demo", "version"):
        assert f" {command} " in shown
    assert shown.endswith("heavy []\n")


def test_the_module_can_be_run() -> None:
    assert run_python("-m", "idcard_core.cli", "version").startswith("idcard-core ")


@pytest.mark.usefixtures("pictures")
def test_a_table_fits_a_pipe_of_80_columns_with_its_borders_in_line() -> None:
    result = run("read", "one.png", "--direction", "--risk", "--photo")
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[0] == "one.png"
    assert "  status: normal" in lines
    assert "  direction: upright" in lines
    assert "  risk: unknown" in lines
    assert "  portrait: 0,0 20x20" in lines
    assert "  number: not valid, not a possible number" in lines
    rows = [line for line in lines if line.startswith(("╭", "│", "├", "╰"))]
    (width,) = {cell_len(line) for line in rows}
    assert width <= 80
    assert any("住址" in line and "某路21号" in line and "0.95" in line for line in rows)
    assert any("姓名" in line and "(not read)" in line for line in rows)


@pytest.mark.usefixtures("pictures")
def test_json_is_one_line_of_the_contract_for_each_picture() -> None:
    result = run("read", "one.png", "two[red].png", "--json", "--side", "front", "--direction", "--risk", "--photo")
    assert (result.exit_code, result.stderr) == (0, "")
    one, two = map(json.loads, result.stdout.splitlines())
    assert (one["msg"]["address"], two["msg"]["address"]) == ("某路21号", "某路22号")
    assert {"direction", "risk_type", "photo", "photo_location", "image_status"} <= one.keys()


@pytest.mark.usefixtures("pictures")
def test_a_bad_picture_is_told_and_the_others_are_read() -> None:
    result = run("read", "notes.txt", "crash.png", "two[red].png")
    assert result.exit_code == 1
    told = result.stderr.splitlines()
    assert told[0].startswith("idcard: notes.txt: 462 Invalid Input - image data error - image decode failed")
    assert told[-1] == "idcard: crash.png: 464 Invalid Result - algorithm runtime exception"
    assert "某路22号" in result.stdout
    assert "two[red].png" in result.stdout


@pytest.mark.usefixtures("pictures")
@pytest.mark.parametrize("name", ["missing.png", ".", "x" * 300, ""], ids=["missing", "a folder", "too long", "empty"])
def test_what_is_no_file_is_told_with_a_contract_error(name: str) -> None:
    result = run("read", name)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"idcard: {name}: 462 Invalid Input - image data error - ")
    assert result.stderr.endswith(" (no such file)\n")


@pytest.mark.usefixtures("pictures")
def test_json_of_a_bad_picture_is_the_error_object() -> None:
    result = run("read", "notes.txt", "one.png", "--json")
    assert result.exit_code == 1
    bad, good = map(json.loads, result.stdout.splitlines())
    assert (bad["error_code"], bad["error_side"]) == (462, "client")
    assert good["msg"]["address"] == "某路21号"


@pytest.mark.usefixtures("pictures")
def test_every_page_of_a_document_is_a_table_or_a_line_of_json() -> None:
    Path("scan.pdf").write_bytes(pdf_by_hand(pages=2))
    shown = run("read", "scan.pdf", "one.png")
    assert (shown.exit_code, shown.stderr) == (0, "")
    lines = shown.stdout.splitlines()
    assert [line for line in lines if line.endswith((".png", "page 1", "page 2"))] == [
        "scan.pdf, page 1",
        "scan.pdf, page 2",
        "one.png",
    ]
    printed = list(map(json.loads, run("read", "scan.pdf", "one.png", "--json").stdout.splitlines()))
    assert [(line["image"], line.get("page")) for line in printed] == [
        ("scan.pdf", 1),
        ("scan.pdf", 2),
        ("one.png", None),
    ]
    assert all(line["msg"]["address"] for line in printed)


@pytest.mark.usefixtures("pictures")
@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param(encrypted_pdf(), "the PDF is encrypted, please save it without its password", id="encrypted"),
        pytest.param(b"%PDF-1.7 and then nothing", "the PDF is broken", id="broken"),
        pytest.param(pdf_by_hand(pages=3), "more pages than limits.document_pages allows: 2", id="too many pages"),
    ],
)
def test_a_document_that_is_refused_is_told_once(data: bytes, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IDCARD_LIMITS__DOCUMENT_PAGES", "2")
    Path("scan.pdf").write_bytes(data)
    result = run("read", "scan.pdf", "one.png", "--json")
    assert result.exit_code == 1
    assert result.stderr == f"idcard: scan.pdf: 462 Invalid Input - document error - {told}\n"
    bad, good = map(json.loads, result.stdout.splitlines())
    assert (bad["image"], bad["error_code"]) == ("scan.pdf", 462)
    assert good["msg"]["address"] == "某路21号"


@pytest.mark.usefixtures("pictures")
def test_detail_comes_when_asked_for() -> None:
    plain, detailed = (json.loads(run("read", "one.png", "--json", *more).stdout) for more in ([], ["--detail"]))
    assert "detail" not in plain
    assert detailed["detail"]["cards"][0]["needs_review"] is False


def test_several_cards_are_numbered_and_doubts_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    quad = np.array([[0, 0], [20, 0], [20, 20], [0, 20]], np.float32)
    doubts = (
        Doubt(FieldName.ADDRESS, Reason.COVERED),
        Doubt(FieldName.NAME, Reason.NOT_READ),
        Doubt(FieldName.ADDRESS, Reason.LOW_CONFIDENCE),
    )
    first = Card(Side.FRONT, quad, 0, 0.0, (Field(FieldName.ADDRESS, "某路1号", 0.5, quad),), doubts=doubts)
    second = Card(Side.FRONT, quad + 200, 0, 0.0, (Field(FieldName.ADDRESS, "某路2号", 0.9, quad),))
    back = Card(Side.BACK, quad, 0, 0.0, ())
    info = PictureInfo(300, 300, "PNG", 1, "0" * 64)
    print_table("three.png", Reading(info, ReadOptions(), (back, second, first), ImageStatus.NORMAL))
    shown = capsys.readouterr().out
    places = [shown.index(text) for text in ("1. front", "某路1号", "needs review", "2. front", "某路2号", "3. back")]
    assert places == sorted(places)
    assert shown.count("needs review: 姓名 (not read), 住址 (covered, low confidence)") == 1
    assert [label for label in ("姓名 !", "住址 !", "性别 !") if label in shown] == ["姓名 !", "住址 !"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("read",),
        ("read", "one.png", "--side", "face"),
        ("batch", "none.jsonl", "--out", "out.jsonl"),
        ("batch", "empty", "--out", "out.jsonl"),
        ("batch", "manifest.jsonl", "one.png", "--out", "out.jsonl"),
        ("batch", "manifest.jsonl"),
        ("batch", "manifest.jsonl", "--out", "out.jsonl", "--resume", "--force"),
        ("batch", "manifest.jsonl", "--out", "manifest.jsonl", "--force"),
        ("batch", "manifest.jsonl", "--out", "out.jsonl", "--workers", "0"),
        ("no-such-command",),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(pictures: Path, arguments: tuple[str, ...]) -> None:
    (pictures / "empty").mkdir()
    (pictures / "manifest.jsonl").write_text('{"image": "one.png", "id_card_side": "front"}\n')
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert (pictures / "manifest.jsonl").read_text() != ""


@pytest.mark.usefixtures("pictures")
@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("IDCARD_ENGINE__NAME", "abacus", "idcard: settings: engine.name: Input should be 'openvino' or 'paddleocr'"),
        ("IDCARD_CONFIG", "broken.toml", "idcard: settings: "),
    ],
    ids=["an unknown engine", "a broken file"],
)
def test_wrong_settings_are_told(monkeypatch: pytest.MonkeyPatch, setting: str, value: str, told: str) -> None:
    Path("broken.toml").write_text("[engine\n")
    monkeypatch.setenv(setting, value)
    result = run("read", "one.png")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(told)


def test_a_batch_answers_each_row_and_tells_the_tally(pictures: Path) -> None:
    manifest = pictures / "manifest.jsonl"
    rows = [{"image": "one.png", "id_card_side": "front", "id": 1}, {"image": "notes.txt", "id_card_side": "front"}]
    manifest.write_text("\n".join(json.dumps(row) for row in rows))
    result = run("batch", "manifest.jsonl", "--workers", "1", "--out", "out.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2/2" in result.stderr
    assert result.stderr.splitlines()[-1] == "idcard: 2 rows written, 1 of them with an error"
    one, bad = map(json.loads, (pictures / "out.jsonl").read_text("utf-8").splitlines())
    assert (one["id"], one["response"]["msg"]["address"]) == (1, "某路21号")
    assert bad["response"]["error_code"] == 462


def test_a_batch_does_not_overwrite_unless_told_to(pictures: Path) -> None:
    (pictures / "manifest.jsonl").write_text('{"image": "one.png", "id_card_side": "front"}\n')
    (pictures / "out.jsonl").write_text("precious\n")
    result = run("batch", "manifest.jsonl", "--workers", "1", "--out", "out.jsonl")
    assert result.exit_code == 1
    assert "idcard: out.jsonl exists already; --resume goes on with it, --force overwrites it" in result.stderr
    result = run("batch", "manifest.jsonl", "--workers", "1", "--out", "out.jsonl", "--resume")
    assert result.exit_code == 1
    assert "out.jsonl, line 1, is not the answer" in result.stderr
    assert (pictures / "out.jsonl").read_text() == "precious\n"
    assert run("batch", "manifest.jsonl", "--workers", "1", "--out", "out.jsonl", "--force").exit_code == 0
    assert "某路21号" in (pictures / "out.jsonl").read_text("utf-8")


def test_an_output_that_cannot_be_written_is_told(pictures: Path) -> None:
    (pictures / "manifest.jsonl").write_text("{}\n")
    result = run("batch", "manifest.jsonl", "--out", "nowhere/out.jsonl")
    assert result.exit_code == 1
    assert result.stderr.startswith("idcard: nowhere/out.jsonl: No such file or directory")


def test_the_demo_runs_streamlit_on_this_machine_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "streamlit_app.py"
    script.touch()
    started: list[list[str]] = []
    monkeypatch.setattr(demo, "SCRIPT", script)
    monkeypatch.setattr(os, "execv", lambda _, arguments: started.append(arguments))
    monkeypatch.chdir(tmp_path.parent)
    assert run("demo", "--port", "9123", "--no-browser").exit_code == 0
    assert Path.cwd() == tmp_path
    (command,) = started
    assert command[1:5] == ["-m", "streamlit", "run", "streamlit_app.py"]
    assert {"--server.port=9123", "--server.headless=true"} <= set(command)


def test_the_demo_without_its_script_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(demo, "SCRIPT", tmp_path / "streamlit_app.py")
    result = run("demo")
    assert result.exit_code == 1
    assert "streamlit_app.py, is not there" in result.stderr
