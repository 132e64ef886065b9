"""Inputs: folders, patterns, pictures, and manifests as CSV and Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from idcard_core.batch import InputError, Row, open_input
from idcard_core.contract import JsonObject
from idcard_core.settings import Limits


def rows(*places: str, **asked: object) -> list[Row]:
    source = open_input(places, dict(asked), Limits())  # type: ignore[arg-type]
    found = list(source.rows())
    assert source.count() == len(found)
    assert list(source.rows()) == found or any(row.error for row in found)  # a second look finds the same
    return found


def records(*places: str, **asked: object) -> list[JsonObject]:
    return [row.record for row in rows(*places, **asked)]


def images(found: Sequence[JsonObject], folder: Path) -> list[str]:
    return [Path(str(record["image"])).relative_to(folder).as_posix() for record in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures in folders, a document of two pages, and what is none of either."""
    pixels = np.full((40, 30, 3), 200, np.uint8)
    for name in ("b.png", "a.JPG", "sub/c.bmp", ".hidden/d.png", "sub/.e.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        assert cv2.imwrite(str(path), pixels)
    assert cv2.imwritemulti(str(tmp_path / "sub" / "scan.tif"), [pixels, pixels])
    (tmp_path / "sub" / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    (tmp_path / "notes.txt").write_text("no picture")
    return tmp_path


def test_a_folder_is_read_with_all_in_it_page_by_page_and_in_one_order(folder: Path) -> None:
    found = records(str(folder))
    assert images(found, folder) == [
        "a.JPG",
        "b.png",
        "sub/broken.pdf",
        "sub/c.bmp",
        "sub/scan.tif",
        "sub/scan.tif",
    ]
    assert [record.get("page") for record in found] == [None, None, None, None, 1, 2]
    assert {record["id_card_side"] for record in found} == {"auto"}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.png", ["b.png"]),
        ("**/*.bmp", ["sub/c.bmp"]),
        ("[ab].*", ["a.JPG", "b.png"]),
    ],
)
def test_a_pattern_names_files(folder: Path, pattern: str, expected: list[str]) -> None:
    assert images(records(str(folder / pattern), id_card_side="back", detail=True), folder) == expected


def test_folders_patterns_and_pictures_go_together_with_what_is_asked_for_all(folder: Path) -> None:
    found = records(str(folder / "b.png"), str(folder / "*.JPG"), id_card_side="back", detect_risk=True)
    assert images(found, folder) == ["b.png", "a.JPG"]
    assert all((record["id_card_side"], record["detect_risk"]) == ("back", True) for record in found)


def test_a_picture_with_a_pattern_for_a_name_is_itself(tmp_path: Path) -> None:
    path = tmp_path / "two[red].png"
    assert cv2.imwrite(str(path), np.full((40, 30, 3), 200, np.uint8))
    assert images(records(str(path)), tmp_path) == ["two[red].png"]


def test_csv_rows_have_the_keys_of_the_header_and_no_empty_ones(tmp_path: Path) -> None:
    path = tmp_path / "manifest.csv"
    text = (
        '\ufeffimage,id_card_side,page,note\r\na.png,front,,"two\nlines, ""quoted"""\r\n\r\n二.png,,2,\r\nshort.png\r\n'
    )
    path.write_bytes(text.encode())
    assert records(str(path), id_card_side="auto") == [
        {"image": "a.png", "id_card_side": "front", "note": 'two\nlines, "quoted"'},
        {"image": "二.png", "page": 2, "id_card_side": "auto"},
        {"image": "short.png", "id_card_side": "auto"},
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [(b"a.png,front,too,many", 461), (b"\xff\xfe,front,", 460), (b'"' + b"x" * 200_000 + b'",front,', 460)],
    ids=["too many cells", "no UTF-8", "endless"],
)
def test_a_bad_csv_row_keeps_its_number_and_what_is_wrong_with_it(tmp_path: Path, line: bytes, code: int) -> None:
    path = tmp_path / "manifest.csv"
    path.write_bytes(b"image,id_card_side,note\na.png,front,1\n" + line + b"\nb.png,front,3\n")
    first, bad, last = rows(str(path))
    assert (first.record["note"], last.record["note"], bad.record) == ("1", "3", {"line": 2})
    assert bad.error is not None
    assert bad.error.code == code


@pytest.mark.parametrize(
    "text",
    [b"", b"a,,b\n1,2,3\n", b"a,b,a\n1,2,3\n", b"\xd0\xd5\xc3\xfb,b\n1,2\n"],
    ids=["empty", "unnamed", "twice", "GBK"],
)
def test_a_csv_file_without_a_header_is_refused(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "manifest.csv"
    path.write_bytes(text)
    with pytest.raises(InputError, match="names its columns"):
        rows(str(path))


def test_parquet_rows_keep_their_types_and_leave_nulls_out(tmp_path: Path) -> None:
    path = tmp_path / "manifest.parquet"
    table = pa.Table.from_pylist(
        [
            {"image": "a.png", "page": 2, "score": 0.5, "tags": ["x", None], "day": date(2026, 1, 2)},
            {"image": "二.png", "page": None, "score": float("nan"), "tags": None, "day": None},
        ]
    )
    pq.write_table(table, path)
    assert records(str(path), id_card_side="front") == [
        {
            "image": "a.png",
            "page": 2,
            "score": 0.5,
            "tags": ["x", None],
            "day": "2026-01-02",
            "id_card_side": "front",
        },
        {"image": "二.png", "score": None, "id_card_side": "front"},
    ]


def test_what_cannot_be_an_input_is_told(folder: Path) -> None:
    (folder / "manifest.jsonl").write_text("{}\n")
    (folder / "broken.parquet").write_bytes(b"no parquet")
    for places, told in [
        (["nowhere"], "nowhere is not there"),
        ([str(folder / "*.gif")], "no picture there"),
        ([str(folder / "manifest.jsonl"), str(folder)], "is a manifest, which goes alone"),
        ([str(folder / "broken.parquet")], "is no Parquet file"),
    ]:
        with pytest.raises(InputError, match=told):
            open_input(places, {}, Limits())


def test_a_manifest_says_more_than_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "manifest.jsonl"
    path.write_text('{"image": "a.png", "id_card_side": "back"}\n{broken\n{"image": "b.png"}\n')
    assert records(str(path), id_card_side="front") == [
        {"image": "a.png", "id_card_side": "back"},
        {"line": 2},
        {"image": "b.png", "id_card_side": "front"},
    ]
