"""The samples of a set: small pictures with what their labels say, a page at a time, each to be opened."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from idcard_core.card import FieldName
from idcard_core.evaluate.figures.behind import CardKey
from idcard_core.masking import mask_numbers
from idcard_core.store.samples import Sample, SampleFilter, SampleSet
from idcard_core.store.store import Store
from idcard_core.ui.look import Tone, badge
from idcard_core.ui.pages.evaluation.desk import EvaluationDesk
from idcard_core.ui.pages.evaluation.pager import pager
from idcard_core.ui.pages.evaluation.picks import picks
from idcard_core.ui.pages.evaluation.pictures import thumbnail
from idcard_core.ui.pages.evaluation.questions import condition_word
from idcard_core.ui.strings import Texts

PER_PAGE = 24
_PICK = "sample:"


def show_samples(found: SampleSet, at: EvaluationDesk, store: Store, texts: Texts) -> None:
    """Filters above, pictures below."""
    conditions = store.samples.conditions(found.id)
    if not conditions:
        st.html(f'<div class="id-nothing">{escape(texts("evaluation.samples.none"))}</div>')
        return
    wanted, in_clear = _filters(found.id, conditions, at, store, texts)
    count = store.samples.count(found.id, wanted)
    at.samples_page = min(at.samples_page, max(0, count - 1) // PER_PAGE)
    here = store.samples.page(found.id, wanted, PER_PAGE, at.samples_page * PER_PAGE)
    html = "".join(_sample(place, sample, in_clear, texts) for place, sample in enumerate(here))
    picked = picks(f'<div class="id-samples">{html}</div>', key="samples")
    pager(at.samples_page, count, PER_PAGE, at.turn_samples, texts, "samples")
    _open(picked, here, at)


def _filters(
    set_id: int, conditions: dict[str, int], at: EvaluationDesk, store: Store, texts: Texts
) -> tuple[SampleFilter, bool]:
    def turn() -> None:
        at.samples_page = 0

    slices = store.samples.slices(set_id)
    with st.container(horizontal=True, vertical_alignment="bottom", key="samples-filters"):
        condition = st.selectbox(
            texts("evaluation.condition"),
            [None, *conditions],
            format_func=lambda value: _counted(value, conditions, texts),
            key=f"samples_condition_{set_id}",
            on_change=turn,
            width=230,
        )
        chosen = None
        if slices:
            chosen = st.selectbox(
                texts("evaluation.slice"),
                [None, *slices],
                format_func=lambda value: value or texts("evaluation.all"),
                key=f"samples_slice_{set_id}",
                on_change=turn,
                width=200,
            )
        in_clear = st.toggle(texts("evaluation.in_clear"), key="samples_in_clear", persist_state="session")
    return SampleFilter(condition, chosen), in_clear


def _counted(condition: str | None, conditions: dict[str, int], texts: Texts) -> str:
    if condition is None:
        return texts("evaluation.all")
    return texts("evaluation.counted", name=condition_word(condition, texts), count=conditions[condition])


def _sample(place: int, sample: Sample, in_clear: bool, texts: Texts) -> str:
    uri = thumbnail(sample.sha256, sample.page) if sample.has_picture else ""
    file = mask_numbers(sample.label.image)
    picture = f'<img src="{uri}" alt="">' if uri else f"<span>{escape(texts('evaluation.picture.none'))}</span>"
    marks = [badge(condition_word(sample.label.condition, texts), Tone.QUIET)]
    if not sample.label.readable:
        marks.append(badge(texts("evaluation.label.unreadable"), Tone.FAIR))
    if sample.version > 1:
        marks.append(badge(texts("evaluation.version", version=sample.version), Tone.INFO))
    page = "" if sample.page is None else f" · {sample.page}"
    return (
        f'<figure class="id-sample-card" data-pick="{_PICK}{place}" title="{escape(file)}">'
        f'<div class="id-sample-picture">{picture}</div><figcaption><b>{escape(_name(sample, texts))}</b>'
        f'<span class="id-line">{escape(_number(sample, in_clear, texts))}</span>'
        f'<span class="id-line id-file-name">{escape(file + page)}</span>'
        f"<span>{''.join(marks)}</span></figcaption></figure>"
    )


def _name(sample: Sample, texts: Texts) -> str:
    values = _values(sample, (FieldName.NAME, FieldName.GOV))
    return values[0] if values else texts("evaluation.label.no_card")


def _number(sample: Sample, in_clear: bool, texts: Texts) -> str:
    numbers = _values(sample, (FieldName.IDCARDNO,))
    if numbers:
        return numbers[0] if in_clear else mask_numbers(numbers[0])
    sides = [texts(f"verdict.side.{card.side.value}") for card in sample.label.cards]
    return texts("reason.field.and").join(dict.fromkeys(sides)) or "—"


def _values(sample: Sample, names: Sequence[FieldName]) -> list[str]:
    return [card.fields[name] for name in names for card in sample.label.cards if card.fields.get(name)]


def _open(picked: str | None, here: Sequence[Sample], at: EvaluationDesk) -> None:
    place = (picked or "").removeprefix(_PICK)
    if picked is not None and place.isdecimal() and int(place) < len(here):
        sample = here[int(place)]
        at.open_sample(CardKey(sample.sha256, sample.page, None))
