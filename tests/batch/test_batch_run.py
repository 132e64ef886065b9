"""The run: order, several at once, bad rows, and stopping."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from batch_stub import StubReader

from idcard_core.batch import BatchReader, Output, Row, Tally, create_output, read_rows, run_batch
from idcard_core.contract import JsonObject
from idcard_core.settings import Limits


def save_picture(path: Path, width: int) -> None:
    """A plain picture, told from others by its width."""
    assert cv2.imwrite(str(path), np.full((40, width, 3), 200, np.uint8))


def row(**record: object) -> Row:
    return Row.of(1, json.dumps(record).encode())


def answer(row: Row, folder: Path) -> JsonObject:
    return BatchReader(StubReader(), Limits(), folder).answer(row)


def address(record: JsonObject) -> str:
    response = record["response"]
    assert isinstance(response, dict)
    msg = response["msg"]
    assert isinstance(msg, dict)
    return str(msg["address"])


def error(record: JsonObject) -> tuple[object, object]:
    response = record["response"]
    assert isinstance(response, dict)
    return response["error_code"], response["error_msg"]


@pytest.fixture
def output(tmp_path: Path) -> Iterator[Output]:
    opened = create_output(tmp_path / "out.jsonl")
    yield opened
    opened.close()


def written(tmp_path: Path) -> list[JsonObject]:
    return [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]


def test_a_row_is_carried_through_with_answer_and_time(tmp_path: Path) -> None:
    save_picture(tmp_path / "a.png", 30)
    record = {"id": 7, "image": "a.png", "id_card_side": "front", "detect_direction": True, "note": {"k": [1, None]}}
    answered = answer(row(**record), tmp_path)
    assert list(answered) == [*record, "response", "latency_ms"]
    assert {key: answered[key] for key in record} == record
    assert address(answered) == "某路30号"
    assert answered["response"]["direction"] == 0
    assert isinstance(answered["latency_ms"], float)


def test_an_answer_from_an_earlier_run_is_replaced(tmp_path: Path) -> None:
    save_picture(tmp_path / "a.png", 30)
    answered = answer(row(image="a.png", id_card_side="auto", response="old", latency_ms=-1), tmp_path)
    assert address(answered) == "某路30号"
    assert answered["latency_ms"] >= 0


def test_a_path_is_relative_to_the_manifest_or_else_to_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside, here = tmp_path / "beside", tmp_path / "here"
    beside.mkdir()
    here.mkdir()
    monkeypatch.chdir(here)
    save_picture(beside / "both.png", 31)
    save_picture(here / "both.png", 32)
    save_picture(here / "only.png", 33)
    save_picture(here / "absolute.png", 34)
    images = ["both.png", "only.png", str(here / "absolute.png")]
    answers = [answer(row(image=image, id_card_side="auto"), beside) for image in images]
    assert [address(answered) for answered in answers] == ["某路31号", "某路33号", "某路34号"]


@pytest.mark.parametrize(
    ("record", "code", "message"),
    [
        ({"id_card_side": "front"}, 461, "missing key: image"),
        ({"image": "a.png"}, 461, "missing key: id_card_side"),
        ({"image": 5, "id_card_side": "front"}, 461, "image format error"),
        ({"image": "a.png", "id_card_side": "both"}, 461, "configure format error"),
        ({"image": "", "id_card_side": "front"}, 462, "input image empty"),
        ({"image": "missing.png", "id_card_side": "front"}, 462, "image data error"),
        ({"image": ".", "id_card_side": "front"}, 462, "image data error"),
        ({"image": "nul\0.png", "id_card_side": "front"}, 462, "image data error"),
        ({"image": "x" * 5000, "id_card_side": "front"}, 462, "image data error"),
        ({"image": "\ud800.png", "id_card_side": "front"}, 462, "image data error"),
        ({"image": "notes.txt", "id_card_side": "front"}, 462, "image decode failed"),
        ({"image": "http://127.0.0.1:9/a.png", "id_card_side": "front"}, 462, "download image from url error"),
        ({"image": "crash.png", "id_card_side": "front"}, 464, "algorithm runtime exception"),
    ],
    ids=lambda value: str(value.get("image"))[:20] if isinstance(value, dict) else "",
)
def test_a_bad_row_is_answered_with_its_error(
    tmp_path: Path, record: dict[str, object], code: int, message: str
) -> None:
    save_picture(tmp_path / "a.png", 30)
    save_picture(tmp_path / "crash.png", 66)
    (tmp_path / "notes.txt").write_text("no picture")
    answered = answer(row(**record), tmp_path)
    assert error(answered)[0] == code
    assert message in str(error(answered)[1])
    assert {key: answered[key] for key in record} == record


def save_document(path: Path, *widths: int) -> None:
    """A TIFF with a page for each of ``widths``, which tells the pages apart."""
    assert cv2.imwritemulti(str(path), [np.full((40, width, 3), 200, np.uint8) for width in widths])


def test_a_row_reads_one_page_of_a_document_the_first_unless_it_names_another(tmp_path: Path) -> None:
    save_document(tmp_path / "scan.tif", 31, 32, 33)
    rows = [{"image": "scan.tif", "id_card_side": "auto", **page} for page in ({}, {"page": 1}, {"page": 3})]
    answers = [answer(row(**record), tmp_path) for record in rows]
    assert [address(answered) for answered in answers] == ["某路31号", "某路31号", "某路33号"]
    assert list(answers[2]) == ["image", "id_card_side", "page", "response", "latency_ms"]


@pytest.mark.parametrize(
    ("page", "code", "message"),
    [
        (0, 462, "no such page"),
        (3, 462, "no such page"),
        (-1, 462, "no such page"),
        ("2", 461, "configure format error"),
        (True, 461, "configure format error"),
        (None, 461, "configure format error"),
        (1.5, 461, "configure format error"),
    ],
)
def test_a_page_that_is_not_there(tmp_path: Path, page: object, code: int, message: str) -> None:
    save_document(tmp_path / "scan.tif", 31, 32)
    answered = answer(row(image="scan.tif", id_card_side="auto", page=page), tmp_path)
    assert error(answered)[0] == code
    assert message in str(error(answered)[1])


def test_a_page_means_nothing_beside_a_plain_picture(tmp_path: Path) -> None:
    save_picture(tmp_path / "a.png", 30)
    assert address(answer(row(image="a.png", id_card_side="auto", page="A3"), tmp_path)) == "某路30号"


def test_a_crash_is_logged_without_what_it_says(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    save_picture(tmp_path / "crash.png", 66)
    answer(row(image="crash.png", id_card_side="front"), tmp_path)
    assert "ZeroDivisionError at " in caplog.text
    assert "batch_stub.py:" in caplog.text
    assert "no log may show" not in caplog.text


def test_a_bad_line_is_answered_under_its_number(tmp_path: Path, output: Output) -> None:
    save_picture(tmp_path / "a.png", 30)
    lines = [b'{"image": "a.png", "id_card_side": "auto"}\n', b"{broken\n", b"[]\n"]
    tally = run_batch(read_rows(lines), output, lambda row: answer(row, tmp_path))
    first, second, third = written(tmp_path)
    assert address(first) == "某路30号"
    assert (second["line"], error(second)) == (2, (460, "Invalid Input - failed to parse json"))
    assert (third["line"], error(third)[0]) == (3, 461)
    assert tally == Tally(rows=3, errors=2)


def numbered(count: int) -> list[Row]:
    return [Row(number, {"id": number}) for number in range(count)]


def test_answers_keep_the_order_of_rows_answered_at_once(tmp_path: Path, output: Output) -> None:
    delays = [random.Random(5).uniform(0, 0.01) for _ in range(60)]

    def slow(row: Row) -> JsonObject:
        time.sleep(delays[row.number])
        return {**row.record, "response": {}, "latency_ms": 0.0}

    seen: list[int] = []
    run_batch(numbered(60), output, slow, workers=6, on_row=lambda: seen.append(len(written(tmp_path))))
    assert [record["id"] for record in written(tmp_path)] == list(range(60))
    assert seen == list(range(1, 61))


@pytest.mark.parametrize("workers", [1, 3])
def test_a_manifest_is_fetched_only_as_far_as_needed(output: Output, workers: int) -> None:
    ahead = 0
    most_ahead = 0

    def fetch() -> Iterator[Row]:
        nonlocal ahead, most_ahead
        for item in numbered(30):
            ahead += 1
            most_ahead = max(most_ahead, ahead)
            yield item

    def wrote() -> None:
        nonlocal ahead
        ahead -= 1

    run_batch(fetch(), output, lambda row: {**row.record, "response": {}}, workers=workers, on_row=wrote)
    assert most_ahead == 2 * workers - 1


def test_a_stopped_run_writes_what_was_begun_and_begins_no_more(tmp_path: Path, output: Output) -> None:
    stop = threading.Event()
    begun: list[int] = []

    def until_five(row: Row) -> JsonObject:
        begun.append(row.number)
        if row.number == 5:
            stop.set()
        return {**row.record, "response": {}}

    tally = run_batch(numbered(100), output, until_five, workers=2, stop=stop)
    ids = [record["id"] for record in written(tmp_path)]
    assert ids == list(range(len(ids)))
    assert sorted(begun) == ids
    assert 6 <= len(ids) <= 9
    assert tally.rows == len(ids)


def test_a_broken_manifest_ends_the_run_with_its_own_error(output: Output) -> None:
    def broken() -> Iterator[Row]:
        yield from numbered(3)
        raise OSError("disk gone")

    with pytest.raises(OSError, match="disk gone"):
        run_batch(broken(), output, lambda row: {**row.record, "response": {}}, workers=2)
