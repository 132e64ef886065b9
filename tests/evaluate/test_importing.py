"""Import of labelled pictures: every form of labels, every way a file or a row may be wrong, and the rest goes in."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from import_files import HEAD, NUMBER, ROW, a_png, bomb, encrypted_zip, zip_of

from idcard_core.card import FieldName, ImageStatus, RiskType, Side
from idcard_core.evaluate.importing import archive
from idcard_core.evaluate.importing.files import Files, FolderFiles, UploadedFiles
from idcard_core.evaluate.importing.forms import form_of
from idcard_core.evaluate.importing.take_in import Destination, ImportReport, read_rows, take_in
from idcard_core.evaluate.importing.trouble import ImportTrouble, Trouble, Why
from idcard_core.evaluate.importing.values import value_of
from idcard_core.evaluate.progress import Progress
from idcard_core.settings import Limits
from idcard_core.specimen.samples import SAMPLES_DIR, shipped_samples
from idcard_core.store.store import Store

LIMITS = Limits().for_local_files()
NAME = "欧阳样本"
KEYED = [
    {"transcription": "北京市朝阳区", "points": [[10, 60], [90, 60], [90, 70], [10, 70]], "key_cls": "住址"},
    {"transcription": NAME, "points": [[10, 10], [50, 10], [50, 20], [10, 20]], "key_cls": "name"},
    {"transcription": "样本路一号", "points": [[10, 75], [90, 75], [90, 85], [10, 85]], "key_cls": "住址"},
]
PRINTED = [
    {"transcription": f"姓名{NAME}", "points": [[10, 10], [90, 10], [90, 20], [10, 20]]},
    {"transcription": "性别女民族汉", "points": [[10, 30], [90, 30], [90, 40], [10, 40]]},
    {"transcription": "1949年12月31日", "points": [[10, 45], [90, 45], [90, 55], [10, 55]]},
    {"transcription": f"公民身份号码{NUMBER}", "points": [[10, 90], [90, 90], [90, 99], [10, 99]]},
]


def import_from(store: Store, files: Files, **where: object) -> ImportReport:
    return take_in(store, files, Destination("set", "甲", **where), LIMITS, Progress())  # type: ignore[arg-type]


def uploaded(store: Store, files: Mapping[str, bytes]) -> ImportReport:
    return import_from(store, UploadedFiles(files))


def test_a_folder_of_this_projects_own_form_goes_in_whole(store: Store) -> None:
    report = import_from(store, FolderFiles(SAMPLES_DIR), slices=("shipped",))
    assert (report.added, report.troubles) == (len(shipped_samples()), [])
    kept = store.samples.page(report.set_id)
    assert [sample.label.to_dict() for sample in kept] == [sample.label.to_dict() for sample in shipped_samples()]
    assert {sample.slices for sample in kept} == {("shipped",)}
    assert store.pictures.read(kept[0].sha256) == shipped_samples()[0].path.read_bytes()
    again = import_from(store, FolderFiles(SAMPLES_DIR), slices=("shipped",))
    assert (again.added, again.same, again.set_id) == (0, len(kept), report.set_id)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_table_in_any_encoding(store: Store, encoding: str) -> None:
    report = uploaded(store, {"labels.csv": (HEAD + ROW).encode(encoding), "a.png": a_png()})
    assert (report.added, report.troubles) == (1, [])
    (sample,) = store.samples.page(report.set_id)
    assert dict(sample.label.cards[0].fields) == {
        FieldName.NAME: NAME,
        FieldName.SEX: "女",
        FieldName.NATION: "汉",
        FieldName.BIRTHDAY: "19491231",
        FieldName.ADDRESS: "北京市朝阳区样本路一号",
        FieldName.IDCARDNO: NUMBER,
    }
    assert sample.label.condition == "plain"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_between_any_delimiters(store: Store, delimiter: str) -> None:
    text = (HEAD + ROW).replace(",", delimiter)
    assert uploaded(store, {"labels.csv": text.encode(), "a.png": a_png()}).added == 1


def test_rows_of_one_picture_are_its_cards(store: Store) -> None:
    text = "image,name,gov,enddate,slices\na.png,欧阳样本,,,phone;dim\na.png,,北京市公安局,长期,\nb.png,甲,乙,,\n"
    report = uploaded(store, {"labels.csv": text.encode(), "a.png": a_png(1), "b.png": a_png(2)})
    assert (report.added, report.troubles) == (2, [])
    one, other = store.samples.page(report.set_id)
    assert [card.side for card in one.label.cards] == [Side.FRONT, Side.BACK]
    assert one.slices == ("phone", "dim")
    assert [card.side for card in other.label.cards] == [Side.FRONT, Side.BACK]
    assert one.label.condition == "unsorted"


def test_flat_json_lines(store: Store) -> None:
    record = {"image": "a.png", "name": NAME, "side": "front", "status": "blurred", "risk": "copy", "direction": 1}
    report = uploaded(store, {"labels.jsonl": json.dumps({**record, "readable": False}).encode(), "a.png": a_png()})
    (sample,) = store.samples.page(report.set_id)
    label = sample.label
    assert (label.status, label.risk) == (ImageStatus.BLURRED, RiskType.COPY)
    assert (label.direction, label.readable) == (1, False)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (KEYED, {FieldName.NAME: NAME, FieldName.ADDRESS: "北京市朝阳区样本路一号"}),
        (
            PRINTED,
            {
                FieldName.NAME: NAME,
                FieldName.SEX: "女",
                FieldName.NATION: "汉",
                FieldName.BIRTHDAY: "19491231",
                FieldName.IDCARDNO: NUMBER,
            },
        ),
    ],
    ids=["with keys", "by the printed labels"],
)
def test_ppocrlabel(store: Store, texts: list[object], expected: dict[FieldName, str]) -> None:
    line = f"pictures/a.png\t{json.dumps(texts, ensure_ascii=False)}\n"
    report = uploaded(store, {"my.zip": zip_of({"pictures/Label.txt": line.encode(), "pictures/a.png": a_png()})})
    assert report.troubles == []
    (sample,) = store.samples.page(report.set_id)
    assert dict(sample.label.cards[0].fields) == expected


BAD_ROWS = [
    ("n.png,甲,女,汉,19491231,x,,p", Why.NOT_THERE, "n.png"),
    (",甲,女,汉,19491231,x,,p", Why.MISSING, "image"),
    ("a.png,甲,人,汉,19491231,x,,p", Why.WRONG_VALUE, "sex"),
    ("a.png,甲,女,汉,19490231,x,,p", Why.WRONG_VALUE, "birthday"),
    ("a.png,甲,女,汉,49-1-2,x,,p", Why.WRONG_VALUE, "birthday"),
    ("a.png,甲,女,汉,19491231,x,1101051949,p", Why.WRONG_VALUE, "idcardno"),
    ("a.png,甲,女,汉,19491231,x,1.10105E+17,p", Why.DAMAGED_NUMBER, "idcardno"),
    ("a.png,甲,女,汉,19491231,x,110105194912310000,p", Why.DAMAGED_NUMBER, "idcardno"),
    ("a.png,,,,,,,p", Why.NO_FIELDS, ""),
    ("a.png,甲,女,汉,19491231,x,,p,more", Why.TOO_MANY_CELLS, ""),
    ("../a.png,甲,女,汉,19491231,x,,p", Why.UNSAFE_NAME, "a.png"),
    ("text.png,甲,女,汉,19491231,x,,p", Why.NO_PICTURE, "text.png"),
    ("tiny.png,甲,女,汉,19491231,x,,p", Why.PICTURE_SIZE, "tiny.png"),
]


@pytest.mark.parametrize(
    ("row", "why", "detail"), BAD_ROWS, ids=[f"{why.value} {row[:14]}" for row, why, _ in BAD_ROWS]
)
def test_a_bad_row_is_named_and_the_rest_goes_in(store: Store, row: str, why: Why, detail: str) -> None:
    import io

    from PIL import Image

    tiny = io.BytesIO()
    Image.new("RGB", (5, 5)).save(tiny, "PNG")
    files = {
        "labels.csv": f"{HEAD}\n{row}\nb{ROW[1:]}".encode(),
        "a.png": a_png(1),
        "b.png": a_png(2),
        "text.png": b"no picture",
        "tiny.png": tiny.getvalue(),
    }
    report = uploaded(store, files)
    assert report.troubles == [Trouble("labels.csv", 3, why, detail)]
    assert report.added == 1


def test_bad_lines_of_json_are_named(store: Store) -> None:
    lines = [
        "{",
        "[1]",
        '{"image": "a.png", "condition": "p", "cards": [{"side": "top", "fields": {}}]}',
        '{"condition": "p", "cards": []}',
        '{"image": "a.png", "cards": [], "page": "2"}',
        json.dumps({"image": "a.png", "cards": [], "sha256": "0" * 64}),
        json.dumps({"image": "a.png", "name": NAME}),
        json.dumps({"image": "a.png", "name": "另一个"}),
    ]
    report = uploaded(store, {"labels.jsonl": "\n".join(lines).encode(), "a.png": a_png()})
    assert [(trouble.line, trouble.why) for trouble in report.troubles] == [
        (1, Why.NOT_JSON),
        (2, Why.NOT_JSON),
        (3, Why.WRONG_VALUE),
        (4, Why.MISSING),
        (5, Why.WRONG_VALUE),
        (7, Why.TWICE),
        (8, Why.TWICE),
        (6, Why.OTHER_PICTURE),
    ]


def test_no_trouble_tells_a_value(store: Store) -> None:
    rows = "".join(f"{row}\n" for row, _, _ in BAD_ROWS)
    troubles = uploaded(store, {"labels.csv": (HEAD + rows).encode(), "a.png": a_png()}).troubles
    assert len(troubles) >= len(BAD_ROWS) - 1
    assert "甲" not in repr(troubles)
    assert "1101" not in repr(troubles)


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"a.zip": encrypted_zip()}, Why.ENCRYPTED),
        ({"a.zip": bomb()}, Why.BOMB),
        ({"a.zip": b"PK\x03\x04 no archive"}, Why.BROKEN_ARCHIVE),
        ({"a.zip": b"text"}, Why.BROKEN_ARCHIVE),
        ({"labels.csv": "图片,姓名\na.png,甲".encode("gbk") + b"\xff\xff\x00\x81"}, Why.ENCODING),
        ({"labels.csv": b"name,sex\n1,2\n"}, Why.NO_IMAGE_COLUMN),
        ({"a.zip": zip_of({"b.zip": zip_of({"labels.csv": b"image\n"})})}, Why.NESTED),
        ({"a.zip": zip_of({"../labels.csv": b"image\n"})}, Why.UNSAFE_NAME),
        ({"a.zip": zip_of({"/etc/labels.csv": b"image\n"})}, Why.UNSAFE_NAME),
        ({"a.zip": zip_of({"C:\\labels.csv": b"image\n"})}, Why.UNSAFE_NAME),
    ],
    ids=["password", "bomb", "cut", "text", "encoding", "no image column", "nested", "dots", "absolute", "drive"],
)
def test_a_file_that_is_not_taken(store: Store, files: dict[str, bytes], why: Why) -> None:
    report = uploaded(store, files)
    assert [trouble.why for trouble in report.troubles] == [why]
    assert (report.added, store.samples.sets()) == (0, [])


@pytest.mark.parametrize("files", [{}, {"a.png": a_png()}, {"labels.csv": b""}], ids=["none", "a picture", "empty"])
def test_nothing_to_import(store: Store, files: dict[str, bytes]) -> None:
    with pytest.raises(ImportTrouble) as caught:
        uploaded(store, files)
    assert caught.value.why is Why.NO_LABELS
    assert store.samples.sets() == []


def test_an_archive_that_lies_about_its_sizes_is_read_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    files = archive.ZipFiles(zip_of({"a": bytes(5000), "b": bytes(5000)}))
    with pytest.raises(ImportTrouble) as caught:
        files.read("a", 4000)
    assert caught.value.why is Why.TOO_LARGE
    files._left = 3000
    with pytest.raises(ImportTrouble) as caught:
        files.read("b", 100_000)
    assert caught.value.why is Why.BOMB


def test_names_as_chinese_windows_writes_them(store: Store) -> None:
    packed = bytearray(zip_of({"XXXX.png": a_png(), "labels.csv": (HEAD + ROW.replace("a.png", "样本.png")).encode()}))
    name = "样本".encode("gbk")
    while (at := packed.find(b"XXXX")) >= 0:
        packed[at : at + 4] = name
    report = uploaded(store, {"a.zip": bytes(packed)})
    assert (report.added, report.troubles) == (1, [])


def test_a_corrupt_entry_spoils_only_its_own_row(store: Store) -> None:
    rows = ROW + ROW.replace("a.png", "b.png")
    packed = zip_of({"labels.csv": (HEAD + rows).encode(), "a.png": a_png(1), "b.png": a_png(2)}, zipfile.ZIP_STORED)
    broken = packed.replace(a_png(1), a_png(1)[:-20] + b"x" * 20)
    report = uploaded(store, {"a.zip": broken})
    assert [(trouble.line, trouble.why) for trouble in report.troubles] == [(2, Why.UNREADABLE)]
    assert report.added == 1


def test_a_link_out_of_the_folder_is_not_followed(store: Store, tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside.png", tmp_path / "set"
    outside.write_bytes(a_png())
    folder.mkdir()
    (folder / "a.png").symlink_to(outside)
    os.mkfifo(folder / "pipe.csv")
    (folder / "labels.csv").write_text(HEAD + ROW, encoding="utf-8")
    report = import_from(store, FolderFiles(folder))
    assert [trouble.why for trouble in report.troubles] == [Why.UNSAFE_NAME, Why.NOT_THERE]
    assert report.added == 0


@pytest.mark.parametrize("path", ["/no/such/folder", __file__, "~nobody-of-that-name/x", "a\0b"])
def test_no_folder(path: str) -> None:
    with pytest.raises(ImportTrouble) as caught:
        FolderFiles(Path(path))
    assert caught.value.why is Why.NO_FOLDER


def test_pictures_of_one_name_are_told_apart_only_by_their_folder(store: Store) -> None:
    rows = ROW + ROW.replace("a.png", "one/a.png") + ROW.replace("a.png", "elsewhere/b.png")
    files = {"labels.csv": (HEAD + rows).encode(), "one/a.png": a_png(1), "two/a.png": a_png(2), "two/b.png": a_png(3)}
    report = uploaded(store, {"a.zip": zip_of(files)})
    assert [(trouble.line, trouble.why) for trouble in report.troubles] == [(2, Why.AMBIGUOUS)]
    assert report.added == 2


def test_an_import_that_is_stopped_keeps_what_it_has(store: Store) -> None:
    progress = Progress()

    class Stopping(FolderFiles):
        def read(self, name: str, most_bytes: int) -> bytes:
            if name.startswith("03"):
                progress.stop()
            return super().read(name, most_bytes)

    report = take_in(store, Stopping(SAMPLES_DIR), Destination("set", "甲"), LIMITS, progress)
    assert report.stopped
    assert (report.added, progress.done, progress.total) == (4, 4, len(shipped_samples()))
    assert store.samples.count(report.set_id) == 4


def test_a_new_label_of_a_picture_is_a_new_version(store: Store) -> None:
    uploaded(store, {"labels.csv": (HEAD + ROW).encode(), "a.png": a_png()})
    report = uploaded(store, {"labels.csv": (HEAD + ROW.replace(NAME, "司徒范例")).encode(), "a.png": a_png()})
    assert (report.added, report.corrected, report.same) == (0, 1, 0)


@given(st.text(max_size=300))
def test_whatever_a_label_file_holds_is_rows_or_troubles(text: str) -> None:
    for name in ("a.csv", "a.jsonl", "Label.txt"):
        rows, troubles = read_rows(UploadedFiles({name: text.encode("utf-8", "replace")}))
        assert all(trouble.file == name for trouble in troubles)
        assert all(row.label.image for row in rows)


@given(st.binary(max_size=300))
def test_whatever_an_archive_holds_it_is_read_or_refused(content: bytes) -> None:
    files = UploadedFiles({"a.zip": content})
    assert files.troubles or files.names() == []


def test_which_files_hold_labels() -> None:
    names = ["labels.jsonl", "x/LABELS.CSV", "a.tsv", "img/Label.txt", "notes.txt", "fileState.txt", "a.png"]
    assert [name for name in names if form_of(name) is not None] == names[:4]


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        (FieldName.BIRTHDAY, "1990-1-2", "19900102"),
        (FieldName.BIRTHDAY, "1990/01/02 00:00:00", "19900102"),
        (FieldName.ENDDATE, " 长期 ", "长期"),
        (FieldName.IDCARDNO, "'11010519491231002x", NUMBER),
        (FieldName.NATION, "满族", "满"),
        (FieldName.ADDRESS, "北京 市", "北京市"),
        (FieldName.SEX, "男", "男"),
    ],
)
def test_values_are_brought_to_one_form(name: FieldName, written: str, value: str) -> None:
    assert value_of(name, written) == value
    assert value_of(name, value) == value
