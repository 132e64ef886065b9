"""Worker processes: a row that brings one down costs nothing but its own answer."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))
from serve_stub import DEADLY, HUNGRY, SLOW, Stub

from idcard_core.batch import Row, create_output, run_batch
from idcard_core.batch.pool import RowAnswer, RowPool
from idcard_core.contract import JsonObject
from idcard_core.settings import Settings


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[RowPool]:
    for width in (30, DEADLY, HUNGRY, SLOW):
        assert cv2.imwrite(str(tmp_path / f"{width}.png"), np.full((40, width, 3), 200, np.uint8))
    made = RowPool(Settings(), 2, RowAnswer(tmp_path), Stub)
    assert made.wait_ready()
    yield made
    made.stop()


def row(number: int, width: int) -> Row:
    return Row(number, {"image": f"{width}.png", "id_card_side": "auto", "id": number})


def code(record: JsonObject) -> object:
    response = record["response"]
    assert isinstance(response, dict)
    return response.get("error_code", 200)


def test_rows_that_bring_workers_down_have_their_error_and_the_others_their_answer(
    tmp_path: Path, pool: RowPool
) -> None:
    widths = [30, DEADLY, 30, HUNGRY, 30, 99, 30]
    written: list[JsonObject] = []
    output = create_output(tmp_path / "out.jsonl")
    output.write = written.append  # type: ignore[method-assign]
    rows = [row(number, width) for number, width in enumerate(widths)]
    tally = run_batch(rows, output, pool.answer, workers=2, ahead=8)
    output.close()
    assert [record["id"] for record in written] == list(range(len(widths)))
    assert [code(record) for record in written] == [200, 464, 200, 464, 200, 462, 200]
    assert (tally.rows, tally.errors) == (7, 3)


def test_a_row_whose_worker_is_killed_is_answered_by_another(pool: RowPool) -> None:
    answers: list[JsonObject] = []
    before = pool.pids
    asking = threading.Thread(target=lambda: answers.append(pool.answer(row(1, SLOW))))
    asking.start()
    time.sleep(0.3)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    asking.join(60)
    assert [code(answer) for answer in answers] == [200]
    assert not set(pool.pids) & set(before)
