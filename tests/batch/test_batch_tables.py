"""Outputs as CSV and Parquet: what a table holds, and that it is whole or not there."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from idcard_core.batch import OutputError, Row, open_output
from idcard_core.batch.table_files import read_csv, read_parquet
from idcard_core.contract import JsonObject

ROWS: list[JsonObject] = [
    {"image": "a.png", "id": 1, "note": 'two\nlines, "quoted"', "score": 1, "flag": True, "mixed": "x"},
    {"line": 2},
    {"image": "二.png", "id": 3, "note": "nul\0 and \ud800", "score": 0.5, "flag": None, "mixed": [1, None]},
    {"image": "c.png", "id": 2**70, "note": "=1+1", "msg.name": "own"},
]
ANSWERS: list[JsonObject] = [
    {"log_id": 2**64 - 1, "msg": {"valid": True, "name": "某某", "address": "某路1号"}, "image_status": "normal"},
    {"error_code": 460, "error_msg": "Invalid Input - failed to parse json"},
    {"msg": {"gov": "某局"}, "direction": 2, "risk_type": "copy"},
    {"msg": {}, "image_status": "unknown"},
]


def numbered() -> Iterator[Row]:
    return iter([Row(number, record) for number, record in enumerate(ROWS, 1)])


def answered(number: int) -> JsonObject:
    return {**ROWS[number], "response": ANSWERS[number], "latency_ms": 1.5}


def write(out: Path, first: int = 0, last: int = len(ROWS), *, resume: bool = False) -> None:
    """Answer some rows; all of them make a table."""
    output = open_output(str(out), numbered(), resume=resume)
    try:
        assert output.rows_kept == first
        for number in range(first, last):
            output.write(answered(number))
        if last == len(ROWS):
            output.finish()
    finally:
        output.close()


def cells(out: Path) -> list[dict[str, object]]:
    if out.suffix == ".parquet":
        return pq.read_table(out).to_pylist()
    with out.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


TABLES = pytest.mark.parametrize("name", ["out.csv", "out.parquet"])


@TABLES
def test_a_table_has_a_row_for_each_row_with_the_answer_spread_out(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    found = cells(tmp_path / name)
    assert [json.loads(str(row["response"])) for row in found] == ANSWERS
    first, bad, third, last = found
    assert (first["response.msg.name"], first["response.image_status"]) == ("某某", "normal")
    assert (bad["response.error_msg"], bad["image"] or None) == ("Invalid Input - failed to parse json", None)
    assert (third["note"], third["mixed"]) == ("nul\\u0000 and \\ud800", "[1, null]")
    assert (last["msg.name"], last["response.msg.name"] or None, last["note"]) == ("own", None, "=1+1")


def test_the_columns_of_parquet_have_types(tmp_path: Path) -> None:
    write(tmp_path / "out.parquet")
    schema = pq.read_schema(tmp_path / "out.parquet")
    types = {name: str(schema.field(name).type) for name in schema.names}
    assert (types["line"], types["score"], types["flag"], types["mixed"]) == ("int64", "double", "bool", "string")
    assert types["id"] == "string"  # one of them is beyond 64 bits
    assert (types["response.error_code"], types["response.msg.valid"]) == ("int64", "bool")
    found = cells(tmp_path / "out.parquet")
    assert [row["score"] for row in found] == [1.0, None, 0.5, None]
    assert (found[1]["line"], found[2]["response.direction"]) == (2, 2)


@TABLES
@pytest.mark.parametrize("done", range(len(ROWS) + 1))
def test_wherever_a_table_was_left_off_no_row_is_lost_or_doubled(tmp_path: Path, name: str, done: int) -> None:
    out = tmp_path / name
    output = open_output(str(out), numbered())
    for number in range(done):
        output.write(answered(number))
    output.close()
    assert not out.exists()
    write(out, done, resume=True)
    assert [json.loads(str(row["response"])) for row in cells(out)] == ANSWERS


@TABLES
def test_a_finished_table_is_known_for_one_and_left_alone(tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    write(out)
    before = out.read_bytes()
    rows = numbered()
    output = open_output(str(out), rows, resume=True)
    output.finish()
    output.close()
    assert (output.rows_kept, next(rows, None), out.read_bytes()) == (len(ROWS), None, before)
    with pytest.raises(OutputError, match="exists already"):
        open_output(str(out), numbered())


@TABLES
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: rows[:-1], "row 4, is not the answer"),
        (lambda rows: [rows[1], rows[0], *rows[2:]], "row 1, is not the answer"),
        (lambda rows: [*rows[:3], {**rows[3], "image": "d.png"}], "row 4, is not the answer"),
        (lambda rows: [*rows, {"image": "e.png"}], "more rows now"),
    ],
    ids=["fewer rows", "another order", "another picture", "more rows"],
)
def test_a_table_of_other_rows_is_refused(tmp_path: Path, name: str, change: object, told: str) -> None:
    out = tmp_path / name
    write(out)
    rows = [Row(number, record) for number, record in enumerate(change(ROWS), 1)]  # type: ignore[operator]
    with pytest.raises(OutputError, match=told):
        open_output(str(out), iter(rows), resume=True)


@TABLES
def test_two_runs_cannot_write_one_table(tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    first = open_output(str(out), numbered())
    with pytest.raises(OutputError, match="another run"):
        open_output(str(out), numbered(), resume=True)
    first.close()


@TABLES
def test_a_table_that_cannot_be_written_leaves_the_answers(tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    output = open_output(str(out), numbered())
    for number in range(len(ROWS)):
        output.write(answered(number))
    out.mkdir()
    with pytest.raises(OSError, match="irectory"):
        output.finish()
    output.close()
    out.rmdir()
    write(out, len(ROWS), resume=True)
    assert len(cells(out)) == len(ROWS)


@TABLES
def test_a_table_can_be_the_manifest_of_the_next_run(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    read = read_csv if name.endswith("csv") else read_parquet
    own = [{key for key, value in row.items() if value not in (None, "")} for row in read(str(tmp_path / name))]
    assert own == [{key for key, value in row.items() if value is not None} for row in ROWS]
