"""What a session keeps and lets go of."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from ui_readings import ALL, make_exhibit, make_row

from idcard_core.card import ReadOptions
from idcard_core.ui import uploads
from idcard_core.ui.pages.try_it import page as try_it
from idcard_core.ui.service import Outcome
from idcard_core.ui.shelf import Original
from idcard_core.ui.state import MOST_ROWS, Session


def test_an_interrupted_submission_reads_no_file_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def recognise(original: Original, options: ReadOptions, row_id: int) -> Outcome:
        read.append(original.name)
        return Outcome(make_row(row_id), make_exhibit(row_id))

    monkeypatch.setattr(try_it, "recognise", recognise)
    state, files = Session(), [Original(name, b"", token=name) for name in ("a", "b")]
    first = try_it.read_once(files[0], ALL, state)
    again = [try_it.read_once(file, ALL, state) for file in files]
    assert read == ["a", "b"]
    assert again[0] is first
    assert len(state.rows) == 2
    state.finish(again, first)
    try_it.read_once(files[0], ALL, state)
    assert read == ["a", "b", "a"], "the same file handed in anew is read anew"


def test_the_pages_of_a_document_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(try_it, "recognise", lambda original, options, row_id: Outcome(make_row(row_id)))
    state, pages = Session(), [Original("scan.pdf", b"", token="scan", page=page) for page in (1, 2)]
    rows = [try_it.read_once(page, ALL, state) for page in pages * 2]
    assert [row.id for row in rows] == [1, 2, 1, 2]


def test_rows_are_bounded() -> None:
    state = Session()
    for number in range(MOST_ROWS + 10):
        state.rows.append(make_row(number))
    assert len(state.rows) == MOST_ROWS
    assert state.row(0) is None
    assert state.row(MOST_ROWS) is not None


def test_uploads_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = MemoryUploadedFileManager("/upload")
    for token in ("one", "two"):
        manager.add_file("session", UploadedFileRec(token, f"{token}.jpg", "image/jpeg", b"picture"))
    context = SimpleNamespace(uploaded_file_mgr=manager, session_id="session")
    monkeypatch.setattr(uploads, "get_script_run_ctx", lambda: context)
    uploads.forget(["one", "", "unknown"])
    assert [file.file_id for file in manager.get_files("session", ["one", "two"])] == ["two"]


def test_without_a_script_run_there_is_nothing_to_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "get_script_run_ctx", lambda: None)
    uploads.forget(["one"])
