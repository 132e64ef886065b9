"""One labelled picture in a dialog: looked at, corrected, its versions, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timezone
from html import escape

import streamlit as st

from idcard_core.card import FieldName
from idcard_core.masking import mask_numbers
from idcard_core.store.errors import Conflict, NotKept, StillInUse
from idcard_core.store.samples import NewSample, Sample
from idcard_core.store.store import Store
from idcard_core.ui.pages.evaluation.author import author
from idcard_core.ui.pages.evaluation.desk import EvaluationDesk
from idcard_core.ui.pages.evaluation.label_form import LabelInput, label_form
from idcard_core.ui.pages.evaluation.pictures import forget, preview
from idcard_core.ui.pages.evaluation.results_view import forget_figures
from idcard_core.ui.strings import Texts


def show_sample(set_id: int, at: EvaluationDesk, store: Store, texts: Texts) -> None:
    """Open the dialog of the sample that was picked."""
    if (key := at.sample) is None:
        return

    def close() -> None:
        at.sample = None

    @st.dialog(texts("evaluation.label.title"), width="large", on_dismiss=close)
    def dialog() -> None:
        sample = store.samples.current(set_id, key.sha256, key.page)
        if sample is None:
            st.html(f'<div class="id-nothing">{escape(texts("evaluation.label.gone"))}</div>')
            return
        if at.seen not in (None, sample.version):
            st.html(f'<div class="id-banner" role="alert">{escape(texts("evaluation.notice.conflict"))}</div>')
        at.seen = sample.version
        shown, said = st.columns([11, 12], gap="medium")
        with shown:
            _picture(sample, texts)
            _versions(store.samples.versions(set_id, key.sha256, key.page), texts)
        with said:
            written = label_form(sample, store.samples.conditions(set_id), texts)
            _buttons(sample, written, at, store, texts)

    dialog()


def _picture(sample: Sample, texts: Texts) -> None:
    uri = preview(sample.sha256, sample.page) if sample.has_picture else ""
    file = mask_numbers(sample.label.image)
    if uri:
        st.html(f'<img class="id-preview" src="{uri}" alt="{escape(texts("evaluation.picture.alt"))}">')
    else:
        st.html(f'<div class="id-nothing">{escape(texts("evaluation.picture.none"))}</div>')
    st.html(f'<div class="id-line id-file-name" title="{escape(file)}">{escape(file)}</div>')


def _versions(versions: Sequence[Sample], texts: Texts) -> None:
    """Who said what when, the newest first; values are masked."""
    items = []
    for number in range(len(versions) - 1, -1, -1):
        each = versions[number]
        head = texts(
            "evaluation.version.by",
            version=each.version,
            author=each.author or "—",
            time=f"{each.time.astimezone():%Y-%m-%d %H:%M}",
        )
        changes = _changes(versions[number - 1], each, texts) if number else [texts("evaluation.version.first")]
        lines = "".join(f"<div>{escape(change)}</div>" for change in changes)
        items.append(f'<li><b>{escape(head)}</b><div class="id-line">{lines}</div></li>')
    st.html(
        f'<div class="id-section">{escape(texts("evaluation.versions"))}</div>'
        f'<ul class="id-versions">{"".join(items)}</ul>'
    )


def _changes(before: Sample, after: Sample, texts: Texts) -> list[str]:
    said = []
    for old, new in zip(before.label.cards, after.label.cards, strict=False):
        for name in FieldName:
            one, other = old.fields.get(name, ""), new.fields.get(name, "")
            if one != other:
                values = mask_numbers(one) or "—", mask_numbers(other) or "—"
                said.append(f"{texts(f'field.{name.value}')}: {values[0]} → {values[1]}")
    return said or [texts("evaluation.version.other")]


def _buttons(sample: Sample, written: LabelInput, at: EvaluationDesk, store: Store, texts: Texts) -> None:
    by = author(texts)
    changed = replace(sample, label=written.label, slices=written.slices)
    is_same = sample.says_as(changed)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        save = st.button(
            texts("evaluation.label.save"),
            type="primary",
            disabled=is_same or bool(written.refused),
            key="label_save",
        )
        with st.popover(texts("evaluation.label.delete"), icon=":material/delete:", key="label_delete_menu"):
            st.write(texts("evaluation.label.delete.sure"))
            delete = st.button(texts("evaluation.delete"), type="primary", key="label_delete")
    if save:
        _save(sample, written, by, at, store)
    if delete:
        _delete(sample, at, store)


def _save(sample: Sample, written: LabelInput, by: str, at: EvaluationDesk, store: Store) -> None:
    new = NewSample(
        label=written.label,
        sha256=sample.sha256,
        author=by,
        time=datetime.now(timezone.utc),
        page=sample.page,
        slices=written.slices,
        has_picture=sample.has_picture,
    )
    try:
        store.samples.correct(sample.set_id, new, sample.version)
        store.accuracy.refresh(sample.sha256, sample.page)
        at.tell("saved")
    except Conflict:
        st.rerun()  # the dialog opens with what the other one has said
    except NotKept:
        at.tell("gone", is_good=False)
    at.sample = None
    st.rerun()


def _delete(sample: Sample, at: EvaluationDesk, store: Store) -> None:
    at.tell("deleted")
    try:
        store.samples.delete(sample.set_id, sample.sha256, sample.page)
    except StillInUse:
        at.tell("deleted_in_use")
    except NotKept:
        at.tell("gone", is_good=False)
    forget()
    forget_figures()
    at.sample = None
    st.rerun()
