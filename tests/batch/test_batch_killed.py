"""``idcard batch`` as a process of its own, killed and interrupted in the middle of its work."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pyarrow.parquet as pq
import pytest

from idcard_core.batch import answers_so_far

STUB = Path(__file__).with_name("batch_stub.py")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(STUB.parents[2])}
ROWS = 120


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """Good and bad rows, each told by its ``id``, among blank lines."""
    for width in range(20, 26):
        assert cv2.imwrite(str(tmp_path / f"{width}.png"), np.full((40, width, 3), 200, np.uint8))
    lines = []
    for number in range(ROWS):
        image = "missing.png" if number % 17 == 3 else f"{20 + number % 6}.png"
        record = {"image": image, "id_card_side": "auto", "detect_photo": True, "id": number}
        lines.append(json.dumps(record) + "\n" * (1 + (number % 10 == 0)))
    path = tmp_path / "manifest.jsonl"
    path.write_text("".join(lines))
    return path


def start(manifest: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(STUB), "batch", str(manifest), "--out", str(out), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)


def wait_for_bytes(process: subprocess.Popen[str], out: Path, size: int) -> None:
    """Wait until the output holds ``size`` bytes or the process has ended."""
    deadline = time.monotonic() + 60
    while process.poll() is None and (not out.exists() or out.stat().st_size < size):
        assert time.monotonic() < deadline, "the batch does not get on"
        time.sleep(0.002)


def ids(out: Path) -> list[int]:
    if out.suffix == ".csv":
        with out.open(encoding="utf-8-sig", newline="") as file:
            return [int(row["id"]) for row in csv.DictReader(file)]
    if out.suffix == ".parquet":
        return [row["id"] for row in pq.read_table(out).to_pylist()]
    return [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("name", "workers"), [("out.jsonl", "1"), ("out.jsonl", "3"), ("out.csv", "2"), ("out.parquet", "2")]
)
def test_killed_again_and_again_no_row_is_lost_or_doubled(
    tmp_path: Path, manifest: Path, name: str, workers: str
) -> None:
    out = tmp_path / name
    lines = Path(answers_so_far(str(out)))
    kills = 0
    while True:
        size = lines.stat().st_size if lines.exists() else 0
        process = start(manifest, out, "--resume", "--workers", workers)
        if kills < 5:
            wait_for_bytes(process, lines, size + 300_000)
            process.send_signal(signal.SIGKILL)
        _, told = process.communicate(timeout=60)
        if process.returncode != -signal.SIGKILL:
            break
        assert lines == out or not out.exists()
        kills += 1
        if kills == 2:
            # What a kill in the middle of a write leaves behind.
            with lines.open("r+b") as file:
                file.truncate(lines.stat().st_size - 1000)
    assert process.returncode == 0, told
    assert kills >= 3
    assert ids(out) == list(range(ROWS))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])
def test_an_interrupted_run_ends_cleanly_and_tells_how_to_go_on(
    tmp_path: Path, manifest: Path, number: signal.Signals
) -> None:
    out = tmp_path / "out.jsonl"
    process = start(manifest, out, "--workers", "2")
    wait_for_bytes(process, out, 200_000)
    process.send_signal(number)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert f"go on with: idcard batch {manifest} --out {out} --workers 2 --resume" in told
    assert "Traceback" not in told
    done = ids(out)
    assert done == list(range(len(done)))
    assert 0 < len(done) < ROWS
    process = start(manifest, out, "--resume")
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert ids(out) == list(range(ROWS))


def test_a_pipe_gets_each_answer_before_it_sends_the_next_row(tmp_path: Path, manifest: Path) -> None:
    command = [sys.executable, str(STUB), "batch", "-", "--out", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=tmp_path, env=ENVIRONMENT) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"image": "20.png", "id_card_side": "auto", "id": number}).encode() + b"\n")
            process.stdin.flush()
            answered = json.loads(process.stdout.readline())
            assert (answered["id"], answered["response"]["msg"]["address"]) == (number, "某路20号")
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


def test_two_runs_on_one_output_are_kept_apart(tmp_path: Path, manifest: Path) -> None:
    out = tmp_path / "out.jsonl"
    first = start(manifest, out)
    wait_for_bytes(first, out, 100_000)
    first.send_signal(signal.SIGSTOP)
    second = start(manifest, out, "--resume")
    _, told = second.communicate(timeout=60)
    first.send_signal(signal.SIGCONT)
    first.communicate(timeout=60)
    assert (first.returncode, second.returncode) == (0, 1)
    assert "being written by another run" in told
    assert ids(out) == list(range(ROWS))


def test_the_output_is_written_line_by_line_not_at_the_end(tmp_path: Path, manifest: Path) -> None:
    out = tmp_path / "out.jsonl"
    process = start(manifest, out)
    wait_for_bytes(process, out, 1)
    assert process.poll() is None
    assert os.path.getsize(out) > 0
    process.communicate(timeout=60)
