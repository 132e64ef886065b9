"""Samples brought into a set: from uploaded files, from a folder of this machine, or those that come installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Literal, get_args

import streamlit as st

from idcard_core.evaluate.importing.files import Files, FolderFiles, UploadedFiles
from idcard_core.evaluate.importing.rows import one_line, slices_of
from idcard_core.evaluate.importing.take_in import Destination
from idcard_core.specimen.samples import SAMPLES_DIR
from idcard_core.store.samples import SampleSet
from idcard_core.store.store import Store
from idcard_core.ui.pages.evaluation.author import author
from idcard_core.ui.pages.evaluation.desk import EvaluationDesk, View
from idcard_core.ui.pages.evaluation.import_job import ImportJob
from idcard_core.ui.pages.evaluation.import_report import show_job
from idcard_core.ui.service import settings
from idcard_core.ui.strings import Texts

Source = Literal["upload", "folder", "shipped"]


def show_import(sets: list[SampleSet], at: EvaluationDesk, store: Store, texts: Texts) -> None:
    """The form, and beside it how label files are written; what the import has come to stands above."""
    if at.job is not None:
        show_job(at.job, at, store, texts)
    with st.container(key="evaluation-import"):
        form, help = st.columns([11, 9], gap="large")
    with form:
        _form(sets, at, store, texts)
    with help:
        _forms_of_labels(texts)


def _form(sets: list[SampleSet], at: EvaluationDesk, store: Store, texts: Texts) -> None:
    source: Source = st.segmented_control(
        texts("evaluation.import.source"),
        get_args(Source),
        default="upload",
        required=True,
        format_func=lambda value: texts(f"evaluation.import.{value}"),
        key="import_source",
        persist_state="session",
    )
    open_files = {"upload": _upload, "folder": _folder, "shipped": _shipped}[source](at, texts)
    names = [found.name for found in sets]
    current = next((found.name for found in sets if found.id == at.set_id), None)
    set_name = st.selectbox(
        texts("evaluation.import.set"),
        names,
        index=names.index(current) if current in names else None,
        placeholder=texts("evaluation.import.set.placeholder"),
        accept_new_options=True,
        key=f"import_set_{at.round}",
    )
    slices = st.text_input(
        texts("evaluation.import.slices"),
        placeholder=texts("evaluation.import.slices.placeholder"),
        key=f"import_slices_{at.round}",
    )
    by = author(texts)
    name = one_line(set_name or "")
    is_busy = at.job is not None and not at.job.is_over
    pressed = st.button(
        texts("evaluation.import.start"),
        type="primary",
        disabled=open_files is None or not name or is_busy,
        key="import_start",
    )
    if pressed and open_files is not None:
        at.job, at.view = ImportJob(name), View.IMPORT
        at.job.start(store, open_files, Destination(name, by, slices_of(slices)), settings().limits.for_local_files())
        at.round += 1
        st.rerun()


def _upload(at: EvaluationDesk, texts: Texts) -> Callable[[], Files] | None:
    with st.container(key="evaluation-upload"):
        uploaded = st.file_uploader(
            texts("evaluation.import.files"),
            accept_multiple_files=True,
            key=f"import_files_{at.round}",
            label_visibility="collapsed",
        )
    if not uploaded:
        return None
    contents: Mapping[str, bytes] = {file.name: file.getvalue() for file in uploaded}
    return lambda: UploadedFiles(contents)


def _folder(at: EvaluationDesk, texts: Texts) -> Callable[[], Files] | None:
    written = st.text_input(
        texts("evaluation.import.path"),
        placeholder=texts("evaluation.import.path.placeholder"),
        help=texts("evaluation.import.path.help"),
        key=f"import_path_{at.round}",
    )
    path = written.strip()
    return (lambda: FolderFiles(Path(path))) if path else None


def _shipped(at: EvaluationDesk, texts: Texts) -> Callable[[], Files] | None:
    st.html(f'<p class="id-line">{escape(texts("evaluation.import.shipped.line"))}</p>')
    return lambda: FolderFiles(SAMPLES_DIR)


def _forms_of_labels(texts: Texts) -> None:
    st.html(
        f'<div class="id-section">{escape(texts("evaluation.forms"))}</div>'
        f'<p class="id-line">{escape(texts("evaluation.forms.line"))}</p>'
    )
    for name, language in (("csv", "text"), ("jsonl", "json"), ("ppocrlabel", "text"), ("own", "json")):
        with st.expander(texts(f"evaluation.form.{name}"), expanded=name == "csv"):
            st.html(f'<p class="id-line">{escape(texts(f"evaluation.form.{name}.line"))}</p>')
            st.code(_EXAMPLES[name], language=language, wrap_lines=True)


_EXAMPLES = {
    "csv": "图片,姓名,性别,民族,出生,住址,公民身份号码,签发机关,签发日期,失效日期,条件,切片\n"
    "0001.jpg,张三,男,汉,1990-01-02,北京市…,11010519900102…,,,,plain,手机\n"
    "0002.jpg,,,,,,,北京市公安局,2015.03.04,长期,glare,手机;窗边",
    "jsonl": '{"image": "0001.jpg", "name": "张三", "sex": "男", "idcardno": "11010519900102…", "condition": "plain"}',
    "ppocrlabel": 'img/0001.jpg\t[{"transcription": "张三", "points": [[88, 60], …], "key_cls": "name"}, …]',
    "own": '{"image": "0001.jpg", "condition": "plain", "status": "normal", "cards": '
    '[{"side": "front", "fields": {"name": "张三", "idcardno": "11010519900102…"}}]}',
}
