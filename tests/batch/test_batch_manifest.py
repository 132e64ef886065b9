"""Manifests: what is a row, and what a bad line becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from idcard_core.batch import count_rows, read_rows


def test_rows_keep_their_line_numbers_and_blank_lines_are_skipped(tmp_path: Path) -> None:
    text = b'\xef\xbb\xbf{"a": 1}\r\n\n   \n{"b": "\xe4\xba\x8c"}\n\t\n{"c": [null]}'
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_bytes(text)
    with manifest.open("rb") as lines:
        rows = list(read_rows(lines))
    assert [(row.number, row.record, row.error) for row in rows] == [
        (1, {"a": 1}, None),
        (4, {"b": "二"}, None),
        (6, {"c": [None]}, None),
    ]
    assert count_rows(manifest) == 3


@pytest.mark.parametrize("text", [b"", b"\n", b"\xef\xbb\xbf\n \n"], ids=["empty", "a blank line", "a mark"])
def test_a_manifest_without_rows(tmp_path: Path, text: bytes) -> None:
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_bytes(text)
    assert list(read_rows(text.splitlines(keepends=True))) == []
    assert count_rows(manifest) == 0


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", 460),
        (b"card.jpg", 460),
        (b"\xff\xfe{}", 460),
        (b'{"a": NaN}', 460),
        (b'{"a": 1e400}', 460),
        (b"[" * 100_000, 460),
        (b'"card.jpg"', 461),
        (b"[]", 461),
        (b"null", 461),
        (b'{"a": ' + b"[" * 300 + b"]" * 300 + b"}", 461),
    ],
    ids=["cut", "a path", "no UTF-8", "NaN", "beyond a double", "endless", "a string", "an array", "null", "deep"],
)
def test_a_bad_line_keeps_its_number_and_what_is_wrong_with_it(line: bytes, code: int) -> None:
    first, bad, last = read_rows([b"{}\n", line + b"\n", b"{}\n"])
    assert (first.error, last.error) == (None, None)
    assert bad.record == {"line": 2}
    assert bad.error is not None
    assert bad.error.code == code
