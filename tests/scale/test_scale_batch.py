"""Batches on a cluster of three nodes on this machine, one of which is killed in the middle."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from clusters import NEEDS_RAY, OF_RAY, cluster_of
from scale_stub import make_slow

from idcard_core.batch import Row, open_output
from idcard_core.batch.pool import RowAnswer
from idcard_core.scale.batch import Crew, run_on_cluster
from idcard_core.scale.cluster import joined
from idcard_core.settings import Settings
from idcard_core.specimen import shipped_samples

pytestmark = [NEEDS_RAY, *OF_RAY]
ROWS = 90


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with cluster_of(1, 1, 1) as made:
        yield made


@pytest.fixture
def rows(tmp_path: Path) -> list[Row]:
    """Good and bad rows; a relative path is looked for here, wherever the nodes' processes are."""
    for width in range(30, 33):
        assert cv2.imwrite(str(tmp_path / f"{width}.png"), np.full((40, width, 3), 200, np.uint8))
    images = ["30.png", "31.png", "missing.png", "32.png"]
    return [Row(number, {"image": images[number % 4], "id_card_side": "auto", "id": number}) for number in range(ROWS)]


def test_cards_are_read_on_a_cluster_as_they_are_here(cluster: Any, tmp_path: Path) -> None:
    samples = [sample for sample in shipped_samples() if sample.label.condition == "plain"][:2]
    out = tmp_path / "out.parquet"
    command = [sys.executable, "-m", "idcard_core.cli", "batch", *(str(sample.path) for sample in samples)]
    done = subprocess.run(
        [*command, "--out", str(out), "--ray", cluster.address, "--workers", "1"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers = [json.loads(row["response"]) for row in pq.read_table(out).to_pylist()]
    for sample, answer in zip(samples, answers, strict=True):
        truth = {name.value: text for card in sample.label.cards for name, text in card.fields.items()}
        assert {key: value for key, value in answer["msg"].items() if key != "valid"} == truth


def test_a_node_killed_in_the_middle_loses_no_row_and_doubles_none(
    cluster: Any, tmp_path: Path, rows: list[Row]
) -> None:
    out = tmp_path / "out.jsonl"
    output = open_output(str(out), iter(rows))
    written = 0
    killed: list[object] = []

    def on_row() -> None:
        nonlocal written
        written += 1
        if written == ROWS // 5:
            node = cluster.list_all_nodes()[-1]
            cluster.remove_node(node, allow_graceful=False)
            killed.append(node)

    with joined(cluster.address) as cores:
        assert cores == 3
        crew = Crew(cores, Settings(), RowAnswer(str(tmp_path), os.getcwd()), make_slow)
        tally = run_on_cluster(rows, output, crew, total=ROWS, on_row=on_row)
    output.close()
    assert killed
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [record["id"] for record in records] == list(range(ROWS))
    codes = [record["response"].get("error_code") for record in records]
    assert codes == [462 if number % 4 == 2 else None for number in range(ROWS)]
    assert (tally.rows, tally.errors) == (ROWS, sum(code is not None for code in codes))
