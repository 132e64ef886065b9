"""The results of a run as files to download."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st

from idcard_core.evaluate.figures.export.excel import to_excel
from idcard_core.evaluate.figures.export.lines import to_csv, to_json_lines
from idcard_core.evaluate.figures.export.records import Subject
from idcard_core.evaluate.figures.export.report import to_html
from idcard_core.evaluate.figures.export.words import Words
from idcard_core.evaluate.figures.run_figures import RunFigures
from idcard_core.store.runs.results import Run
from idcard_core.store.samples import SampleSet
from idcard_core.store.store import Store
from idcard_core.ui.pages.evaluation.questions import condition_word
from idcard_core.ui.pages.evaluation.results_view import figures_of, stage_word
from idcard_core.ui.strings import Texts

_MIMES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
}


def export_menu(found: SampleSet, run: Run, store: Store, texts: Texts) -> None:
    """Four files, each made when it is asked for."""
    with st.popover(texts("evaluation.export"), icon=":material/download:", key="export_menu"):
        in_clear = st.toggle(
            texts("evaluation.export.in_clear"), help=texts("evaluation.export.in_clear.help"), key="export_in_clear"
        )
        for kind, mime in _MIMES.items():
            st.download_button(
                texts(f"evaluation.export.{kind}"),
                _maker(kind, found, run, in_clear, store, texts),
                file_name(found, run, kind),
                mime,
                key=f"export_{kind}",
                on_click="ignore",
                width="stretch",
            )


def file_name(found: SampleSet, run: Run, kind: str) -> str:
    """Of nothing that a file system would refuse."""
    name = re.sub(r"[^\w.-]+", "-", found.name).strip("-.")[:60] or "set"
    return f"{name}-{run.engine}-{run.started:%Y%m%d-%H%M}.{kind}"


def words_of(texts: Texts) -> Words:
    """An export's words, as the page says them."""
    kinds = {"status": "verdict.status", "risk": "verdict.risk", "side": "verdict.side", "state": "evaluation.phase"}
    return Words(
        say=lambda key: texts(f"evaluation.report.{key}"),
        field=lambda name: texts(f"field.{name.value}"),
        condition=lambda word: condition_word(word, texts),
        stage=lambda stage: stage_word(stage, texts),
        value=lambda kind, value: texts(f"{kinds[kind]}.{value}"),
        language={"zh": "zh-CN"}.get(texts.language.value, texts.language.value),
    )


def _maker(kind: str, found: SampleSet, run: Run, in_clear: bool, store: Store, texts: Texts) -> Callable[[], bytes]:
    def make() -> bytes:
        figures = figures_of(run, store)
        files = {(sample.sha256, sample.page): sample.label.image for sample in store.samples.page(found.id)}
        subject = Subject(found.name, run, figures.results, files, in_clear)
        return _written(kind, subject, figures, words_of(texts))

    return make


def _written(kind: str, subject: Subject, figures: RunFigures, words: Words) -> bytes:
    if kind == "csv":
        return to_csv(subject)
    if kind == "jsonl":
        return to_json_lines(subject)
    return to_excel(subject, figures, words) if kind == "xlsx" else to_html(subject, figures, words)
