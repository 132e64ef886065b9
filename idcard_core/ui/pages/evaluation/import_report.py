"""An import while it runs, and what it has come to."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape

import streamlit as st

from idcard_core.card import FieldName
from idcard_core.evaluate.importing.take_in import ImportReport
from idcard_core.evaluate.importing.trouble import Trouble
from idcard_core.masking import mask_numbers
from idcard_core.store.store import Store
from idcard_core.ui.pages.evaluation.desk import EvaluationDesk, View
from idcard_core.ui.pages.evaluation.import_job import ImportJob
from idcard_core.ui.pages.evaluation.time_left import time_left
from idcard_core.ui.strings import Texts

MOST_SHOWN = 200


def show_job(job: ImportJob, at: EvaluationDesk, store: Store, texts: Texts) -> None:
    """A bar with a stop; then figures, and every row that was left out."""
    if not job.is_over:
        _running(job, texts)
        return
    with st.container(border=True, key="import-report"):
        if job.report is None:
            why = "broke" if job.why is None else job.why.value
            st.html(
                f'<div role="alert" data-import="{why}"><b>{escape(texts("evaluation.import.nothing"))}</b>'
                f"<p>{escape(texts(f'evaluation.why.{why}'))}</p></div>"
            )
        else:
            _told(job, job.report, texts)
        _close(job, at, texts)


def _running(job: ImportJob, texts: Texts) -> None:
    @st.fragment(run_every=0.7)
    def progress() -> None:
        if job.is_over:
            st.rerun()
        said = texts("evaluation.import.running", name=job.name, done=job.progress.done, total=job.progress.total)
        st.progress(job.progress.share, f"{said}{time_left(job.progress, texts)}")
        if st.button(
            texts("evaluation.stop"),
            icon=":material/stop_circle:",
            disabled=job.progress.is_stopping,
            key="import_stop",
        ):
            job.progress.stop()

    progress()


def _told(job: ImportJob, report: ImportReport, texts: Texts) -> None:
    counts = [
        texts(f"evaluation.import.{name}", count=count)
        for name, count in (("added", report.added), ("corrected", report.corrected), ("same", report.same))
        if count or name == "added"
    ]
    title = texts("evaluation.import.stopped" if report.stopped else "evaluation.import.done", name=job.name)
    st.html(
        f'<div data-import="done"><b>{escape(title)}</b>'
        f'<p class="id-line">{escape(texts("evaluation.comma").join(counts))}</p></div>'
    )
    if report.troubles:
        st.html(_table(report.troubles, texts))
        st.download_button(
            texts("evaluation.import.troubles.csv"),
            _csv(report.troubles, texts),
            "import-problems.csv",
            "text/csv",
            key="import_troubles",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )


def _close(job: ImportJob, at: EvaluationDesk, texts: Texts) -> None:
    with st.container(horizontal=True):
        report = job.report
        if (
            report is not None
            and report.set_id
            and st.button(texts("evaluation.import.show"), type="primary", key="import_show")
        ):
            at.open_set(report.set_id)
            at.job, at.view = None, View.SAMPLES
            st.rerun()
        if st.button(texts("evaluation.import.close"), key="import_close"):
            at.job = None
            st.rerun()


def _table(troubles: Sequence[Trouble], texts: Texts) -> str:
    rows = "".join(
        f"<tr data-why='{each.why.value}'><td>{escape(mask_numbers(each.file))}</td>"
        f'<td class="id-right">{"" if each.line is None else each.line}</td><td>{escape(reason(each, texts))}</td></tr>'
        for each in troubles[:MOST_SHOWN]
    )
    heads = "".join(f"<th>{escape(texts(f'evaluation.trouble.{name}'))}</th>" for name in ("file", "line", "why"))
    more = len(troubles) - MOST_SHOWN
    note = f'<p class="id-line">{escape(texts("evaluation.trouble.more", count=more))}</p>' if more > 0 else ""
    title = escape(texts("evaluation.import.troubles", count=len(troubles)))
    return (
        f'<div class="id-troubles" role="alert"><div class="id-section">{title}</div><div class="id-scroll">'
        f'<table class="id-matrix"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{note}</div>'
    )


def reason(trouble: Trouble, texts: Texts) -> str:
    """Why something was left out, in a sentence; the column or picture that it is about after it."""
    said = texts(f"evaluation.why.{trouble.why.value}")
    if not trouble.detail:
        return said
    is_field = trouble.detail in {name.value for name in FieldName}
    return texts(
        "evaluation.why.of",
        why=said,
        what=texts(f"field.{trouble.detail}") if is_field else mask_numbers(trouble.detail),
    )


def _csv(troubles: Sequence[Trouble], texts: Texts) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([texts(f"evaluation.trouble.{name}") for name in ("file", "line", "why")])
    writer.writerows([mask_numbers(each.file), each.line, reason(each, texts)] for each in troubles)
    return file.getvalue().encode("utf-8-sig", "replace")
