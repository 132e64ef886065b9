"""Outputs: what a run that was killed left behind is kept as far as it is complete."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idcard_core.batch import OutputError, create_output, read_rows, resume_output

MANIFEST = [
    b'{"image": "a.png", "id": 1}\n',
    b"not json\n",
    b'{"image": "\xe4\xba\x8c.png", "id": 2.5}\n',
    b'{"id": 3}\n',
]
LINES = [
    b'{"image": "a.png", "id": 1, "response": {}, "latency_ms": 0.5}\n',
    b'{"line": 2, "response": {"error_code": 460}, "latency_ms": 0.0}\n',
    b'{"image": "\xe4\xba\x8c.png", "id": 2.5, "response": {}, "latency_ms": 0.5}\n',
    b'{"id": 3, "response": {}, "latency_ms": 0.5}\n',
]


@given(cut=st.integers(0, len(b"".join(LINES))))
def test_wherever_an_output_was_cut_no_row_is_lost_or_doubled(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = tmp_path_factory.mktemp("cut") / "out.jsonl"
    path.write_bytes(b"".join(LINES)[:cut])
    rows = read_rows(MANIFEST)
    output = resume_output(path, rows)
    assert output.rows_kept == b"".join(LINES)[:cut].count(b"\n")
    for row in rows:
        output.write({**row.record, "response": {}, "latency_ms": 0.5})
    output.close()
    kept = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [row.get("id", row.get("line")) for row in kept] == [1, 2, 2.5, 3]


def test_a_tail_of_zeros_after_a_power_cut_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(LINES[0] + b"\0" * 100)
    resume_output(path, read_rows(MANIFEST)).close()
    assert path.read_bytes() == LINES[0]


def test_resuming_what_was_never_begun_begins_it(tmp_path: Path) -> None:
    output = resume_output(tmp_path / "out.jsonl", read_rows(MANIFEST))
    output.close()
    assert output.rows_kept == 0


@pytest.mark.parametrize(
    "text",
    [
        LINES[1] + LINES[0],
        LINES[0].replace(b"a.png", b"b.png"),
        LINES[0].replace(b'"latency_ms"', b'"latency"'),
        b"not json\n",
        b"[]\n",
        b"".join([*LINES, LINES[3]]),
        b"\n" + LINES[0],
    ],
    ids=["other order", "another image", "no answer", "no JSON", "no object", "longer than the manifest", "blank line"],
)
def test_an_output_of_another_manifest_is_refused_and_left_alone(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(text)
    with pytest.raises(OutputError, match=r"out\.jsonl, line \d, is not the answer"):
        resume_output(path, read_rows(MANIFEST))
    assert path.read_bytes() == text


def test_an_output_that_exists_is_not_overwritten_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(LINES[0])
    with pytest.raises(OutputError, match="exists already"):
        create_output(path)
    assert path.read_bytes() == LINES[0]
    create_output(path, overwrite=True).close()
    assert path.read_bytes() == b""


def test_two_runs_cannot_write_one_output(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    first = create_output(path)
    first.write({"id": 1})
    for second in (lambda: create_output(path, overwrite=True), lambda: resume_output(path, read_rows(MANIFEST))):
        with pytest.raises(OutputError, match="another run"):
            second()
    first.close()
    assert json.loads(path.read_text()) == {"id": 1}


def test_a_device_is_written_to_but_cannot_be_resumed() -> None:
    output = create_output(Path("/dev/null"))
    output.write({"id": 1})
    output.close()
    with pytest.raises(OutputError, match="could be resumed"):
        resume_output(Path("/dev/null"), read_rows(MANIFEST))


def test_chinese_is_written_as_it_is_and_half_a_surrogate_pair_escaped(tmp_path: Path) -> None:
    output = create_output(tmp_path / "out.jsonl")
    output.write({"a": "二"})
    output.write({"a": "\ud800"})
    output.close()
    assert (tmp_path / "out.jsonl").read_bytes() == '{"a": "二"}\n{"a": "\\ud800"}\n'.encode()
