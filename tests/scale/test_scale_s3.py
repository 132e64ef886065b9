"""``s3://`` in place of paths: pictures, manifests and outputs in a real store on this machine."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import cv2
import numpy as np
import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "batch"))
from batch_stub import StubReader
from stores import BUCKET, NEEDS_S3, get, put

from idcard_core.batch import BatchReader, OutputError, Row, open_input, open_output, remote_output, run_batch
from idcard_core.batch.places import remote_files
from idcard_core.settings import Limits

pytestmark = NEEDS_S3
COUNT = 23


@pytest.fixture(scope="module")
def folder(bucket: str) -> str:
    """Pictures and a manifest that names them, good and bad."""
    place = f"{bucket}/in put/二"
    for width in (30, 31):
        done, png = cv2.imencode(".png", np.full((40, width, 3), 200, np.uint8))
        assert done
        put(f"{place}/sub/{width}.png", png.tobytes())
    put(f"{place}/notes.txt", b"no picture")
    images = ["sub/30.png", f"{place}/sub/31.png", "sub/none.png", "notes.txt"]
    rows = [{"image": images[number % 4], "id_card_side": "auto", "id": number} for number in range(COUNT)]
    put(f"{place}/manifest.jsonl", "".join(json.dumps(row) + "\n" for row in rows).encode())
    return place


def ids(place: str) -> list[int]:
    data = get(place)
    if place.endswith(".csv"):
        return [int(row["id"]) for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))]
    if place.endswith(".parquet"):
        return [row["id"] for row in pq.read_table(io.BytesIO(data)).to_pylist()]
    return [json.loads(line)["id"] for line in data.splitlines()]


def read(folder: str, out: str, most: int = COUNT) -> int:
    """Go on with a batch for ``most`` rows; how many were there before."""
    source = open_input([f"{folder}/manifest.jsonl"], {}, Limits())
    rows = source.rows()
    output = open_output(out, rows, resume=True)
    some = [row for row, _ in zip(rows, range(most), strict=False)]
    run_batch(some, output, BatchReader(StubReader(), Limits(), source.folder).answer)
    if output.rows_kept + len(some) == COUNT:
        output.finish()
    output.close()
    return output.rows_kept


def test_pictures_in_a_store_are_found_and_read(folder: str) -> None:
    source = open_input([folder], {}, Limits())
    found = [row.record["image"] for row in source.rows()]
    assert found == [f"{folder}/sub/30.png", f"{folder}/sub/31.png"]
    answers = [BatchReader(StubReader(), Limits(), "").answer(row)["response"] for row in source.rows()]
    assert [answer["msg"]["address"] for answer in answers] == ["某路30号", "某路31号"]  # type: ignore[index,call-overload]


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.parquet"])
def test_an_output_in_a_store_is_gone_on_with_and_then_whole(
    folder: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_output, "PART_ROWS", 4)
    out = f"s3://{BUCKET}/out/{name}"
    assert read(folder, out, most=10) == 0
    assert [file for file in remote_files(f"s3://{BUCKET}/out") if file == out] == []
    assert read(folder, out) == 10
    assert ids(out) == list(range(COUNT))
    assert list(remote_files(out + ".parts")) == []
    assert read(folder, out, most=0) == COUNT
    with pytest.raises(OutputError, match="exists already"):
        open_output(out, iter([]))


def test_the_rows_of_a_part_that_was_not_written_are_read_again(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_output, "PART_ROWS", 4)
    out = f"s3://{BUCKET}/killed/out.jsonl"
    source = open_input([f"{folder}/manifest.jsonl"], {}, Limits())
    killed = open_output(out, source.rows())
    run_batch(list(source.rows())[:10], killed, BatchReader(StubReader(), Limits(), source.folder).answer)
    assert read(folder, out) == 8  # without a word of farewell from the killed one
    assert ids(out) == list(range(COUNT))


def test_bad_rows_have_their_error(folder: str) -> None:
    reader = BatchReader(StubReader(), Limits(), folder)
    images = ["sub/none.png", "notes.txt", f"s3://{BUCKET}-other/a.png", "s3://", f"{folder}/sub"]
    answers = [reader.answer(Row(1, {"image": image, "id_card_side": "auto"}))["response"] for image in images]
    assert [answer["error_code"] for answer in answers] == [462] * len(images)  # type: ignore[index,call-overload]
