"""Batches on a cluster of three machines, one of which is lost in the middle; and the command itself."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))
from clusters import MACHINES, NEEDS_RAY, OF_RAY, ROOM, lose_machine
from scale_stub import Heavy, make_slow
from serving import until
from stores import NEEDS_S3, get, put

from idcard_core.batch import Row, open_output
from idcard_core.batch.pool import RowAnswer
from idcard_core.networks import available_cores
from idcard_core.scale.batch import Crew, run_on_cluster
from idcard_core.scale.cluster import joined
from idcard_core.settings import Settings, StoreSettings
from idcard_core.specimen import Sample, shipped_samples

pytestmark = [NEEDS_RAY, *OF_RAY]
ROWS = 90


@pytest.fixture
def rows(tmp_path: Path) -> list[Row]:
    """Good and bad rows; a relative path is looked for here, wherever the nodes' processes are."""
    for width in range(30, 33):
        assert cv2.imwrite(str(tmp_path / f"{width}.png"), np.full((40, width, 3), 200, np.uint8))
    images = ["30.png", "31.png", "missing.png", "32.png"]
    return [Row(number, {"image": images[number % 4], "id_card_side": "auto", "id": number}) for number in range(ROWS)]


def start(cluster: Any, inputs: list[str], out: str, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "idcard_core.cli", "batch", *inputs, "--out", out, "--ray", cluster.address]
    return subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True)


def plain_samples() -> list[Sample]:
    return [sample for sample in shipped_samples() if sample.label.condition == "plain"][:2]


@NEEDS_S3
def test_cards_of_a_store_are_read_on_a_cluster_as_they_are_here(cluster: Any, bucket: str) -> None:
    for number, sample in enumerate(plain_samples()):
        put(f"{bucket}/cards/{number}.jpg", sample.path.read_bytes())
    process = start(cluster, [f"{bucket}/cards"], f"{bucket}/answers/out.parquet", "--workers", "1")
    _, told = process.communicate(timeout=300)
    assert process.returncode == 0, told
    rows = pq.read_table(io.BytesIO(get(f"{bucket}/answers/out.parquet"))).to_pylist()
    for sample, row in zip(plain_samples(), rows, strict=True):
        truth = {name.value: text for card in sample.label.cards for name, text in card.fields.items()}
        answer = json.loads(row["response"])
        assert {key: value for key, value in answer["msg"].items() if key != "valid"} == truth


def test_a_command_stopped_and_killed_in_the_middle_goes_on_where_it_was(cluster: Any, tmp_path: Path) -> None:
    rows = [{"image": str(plain_samples()[0].path), "id_card_side": "auto", "id": number} for number in range(30)]
    manifest, out = tmp_path / "manifest.jsonl", tmp_path / "out.jsonl"
    manifest.write_text("".join(json.dumps(row) + "\n" for row in rows))
    ends = []
    for sign in (signal.SIGTERM, signal.SIGKILL, None):
        process = start(cluster, [str(manifest)], str(out), "--resume", "--workers", "1")
        before = lines_of(out)
        if sign is not None:
            until(lambda before=before, process=process: process.poll() is not None or lines_of(out) > before, 180)
            process.send_signal(sign)
        _, told = process.communicate(timeout=180)
        ends.append((process.returncode, lines_of(out) > before, "Traceback" in told))
    assert ends == [(130, True, False), (-signal.SIGKILL, True, False), (0, True, False)]
    assert [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()] == list(range(30))


def test_a_local_cluster_is_one_of_its_own_beside_any_other(cluster: Any) -> None:
    """In a process of its own, as Ray's are not made to join one cluster after another."""
    asked = """
import ray
from idcard_core.scale.cluster import LOCAL, joined
with joined(LOCAL) as cores:
    print(ray.get_runtime_context().gcs_address, cores)
"""
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, timeout=180, check=True)
    address, cores = told.stdout.split()[-2:]
    assert address != cluster.address
    assert int(cores) == available_cores()


def lines_of(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def test_a_node_killed_in_the_middle_loses_no_row_and_doubles_none(
    cluster: Any, tmp_path: Path, rows: list[Row]
) -> None:
    out = tmp_path / "out.jsonl"
    output = open_output(str(out), iter(rows))
    written = 0

    def on_row() -> None:
        nonlocal written
        written += 1
        if written == ROWS // 5:
            lose_machine(cluster)

    with joined(cluster.address) as cores:
        assert cores == MACHINES
        crew = Crew(cores, Settings(), RowAnswer(str(tmp_path), os.getcwd()), make_slow)
        tally = run_on_cluster(rows, output, crew, total=ROWS, on_row=on_row)
    output.close()
    assert len(cluster.list_all_nodes()) == MACHINES - 1
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [record["id"] for record in records] == list(range(ROWS))
    codes = [record["response"].get("error_code") for record in records]
    assert codes == [462 if number % 4 == 2 else None for number in range(ROWS)]
    assert (tally.rows, tally.errors) == (ROWS, sum(code is not None for code in codes))


def test_the_cluster_works_ahead_only_as_far_as_its_memory_holds_answers(cluster: Any, tmp_path: Path) -> None:
    """A megabyte a row, and whoever takes them stands still at the first until nothing is read any more."""
    assert cv2.imwrite(str(tmp_path / "30.png"), np.full((40, 30, 3), 200, np.uint8))
    total, count = 400, tmp_path / "count"
    images = {"image": "30.png", "id_card_side": "auto", "detect_photo": True}
    rows = [Row(number, {**images, "id": number}) for number in range(total)]
    read_at_first: list[int] = []
    output = open_output(str(tmp_path / "out.jsonl"), iter(rows))

    def on_row() -> None:
        while len(read_at_first) < 2 or read_at_first[-1] != read_at_first[-2]:
            time.sleep(5)
            read_at_first.append(count.stat().st_size)

    with joined(cluster.address):
        settings = Settings(store=StoreSettings(pictures_folder=tmp_path))
        crew = Crew(MACHINES, settings, RowAnswer(str(tmp_path), os.getcwd()), Heavy)
        tally = run_on_cluster(rows, output, crew, total=total, on_row=on_row)
    output.close()
    assert read_at_first[-1] * 2**20 < MACHINES * ROOM < total * 2**20
    assert (tally.rows, tally.errors, count.stat().st_size) == (total, 0, total)
