"""A label as a form: what was changed becomes the next version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape

import streamlit as st

from idcard_core.card import FIELDS, FieldName, ImageStatus, RiskType
from idcard_core.evaluate.importing.rows import NO_CONDITION, one_line, slices_of
from idcard_core.evaluate.importing.trouble import ImportTrouble
from idcard_core.evaluate.importing.values import value_of
from idcard_core.specimen.labels import CardLabel, PictureLabel
from idcard_core.store.samples import Sample
from idcard_core.ui.pages.evaluation.questions import condition_word
from idcard_core.ui.strings import Texts


@dataclass(frozen=True, slots=True, eq=False)
class LabelInput:
    """What a form says: the label and the slices, and the fields whose values cannot be meant."""

    label: PictureLabel
    slices: tuple[str, ...]
    refused: tuple[FieldName, ...] = ()


def label_form(sample: Sample, conditions: Iterable[str], texts: Texts) -> LabelInput:
    """The inputs, filled with ``sample``; what they say now. ``conditions`` are those that its set has."""
    key = f"label-{sample.sha256[:12]}-{sample.page}-{sample.version}"
    cards, refused = [], []
    for number, card in enumerate(sample.label.cards):
        if len(sample.label.cards) > 1:
            st.html(f'<div class="id-section">{number + 1} · {escape(texts(f"verdict.side.{card.side.value}"))}</div>')
        fields, wrong = _card(card, f"{key}-{number}", texts)
        cards.append(replace(card, fields=fields))
        refused += wrong
    label, slices = _picture(sample, conditions, key, texts)
    return LabelInput(replace(label, cards=tuple(cards)), slices, tuple(refused))


_ROWS: tuple[tuple[FieldName, ...], ...] = (
    (FieldName.NAME, FieldName.SEX, FieldName.NATION),
    (FieldName.IDCARDNO, FieldName.BIRTHDAY),
    (FieldName.ADDRESS,),
    (FieldName.GOV,),
    (FieldName.BEGINDATE, FieldName.ENDDATE),
)
_WIDTHS = {FieldName.NAME: 4, FieldName.SEX: 2, FieldName.NATION: 3, FieldName.IDCARDNO: 5, FieldName.BIRTHDAY: 4}
"""What stands beside what, and how much of the row it has."""


def _card(card: CardLabel, key: str, texts: Texts) -> tuple[dict[FieldName, str], list[FieldName]]:
    """The values; one that was not touched stays as it is, whatever it is."""
    fields: dict[FieldName, str] = {}
    refused: list[FieldName] = []
    for row in _ROWS:
        names = [name for name in row if name in card.fields or name in FIELDS[card.side]]
        columns = st.columns([_WIDTHS.get(name, 4) for name in names], gap="small") if names else []
        for name, column in zip(names, columns, strict=True):
            with column:
                value, is_refused = _value(name, card.fields.get(name, ""), key, texts)
            refused += [name] if is_refused else []
            if value:
                fields[name] = value
    return fields, refused


def _value(name: FieldName, before: str, key: str, texts: Texts) -> tuple[str, bool]:
    """The value, and whether what is written cannot be meant."""
    written = st.text_input(texts(f"field.{name.value}"), before, key=f"{key}-{name.value}")
    if written == before:
        return before, False
    try:
        return value_of(name, written), False
    except ImportTrouble:
        why = escape(texts(f"evaluation.refused.{_kind(name)}"))
        st.html(f'<div class="id-note id-text-bad" role="alert">{why}</div>')
        return before, True


def _kind(name: FieldName) -> str:
    if name in (FieldName.IDCARDNO, FieldName.SEX):
        return str(name.value)
    return "date"


def _picture(sample: Sample, conditions: Iterable[str], key: str, texts: Texts) -> tuple[PictureLabel, tuple[str, ...]]:
    label = sample.label
    one, two = st.columns(2, gap="small")
    known = list(dict.fromkeys([label.condition, *conditions]))
    condition = one.selectbox(
        texts("evaluation.condition"),
        known,
        format_func=lambda value: condition_word(value, texts),
        accept_new_options=True,
        key=f"{key}-condition",
    )
    slices = two.text_input(texts("evaluation.slices"), "; ".join(sample.slices), key=f"{key}-slices")
    status = one.selectbox(
        texts("verdict.status"),
        [None, *ImageStatus],
        index=0 if label.status is None else 1 + list(ImageStatus).index(label.status),
        format_func=lambda value: texts(
            "evaluation.not_labelled" if value is None else f"verdict.status.{value.value}"
        ),
        key=f"{key}-status",
    )
    risk = two.selectbox(
        texts("verdict.risk"),
        [None, *RiskType],
        index=0 if label.risk is None else 1 + list(RiskType).index(label.risk),
        format_func=lambda value: texts("evaluation.not_labelled" if value is None else f"verdict.risk.{value.value}"),
        key=f"{key}-risk",
    )
    directions = [None, 0, 1, 2, 3, -1]
    direction = one.selectbox(
        texts("verdict.direction"),
        directions,
        index=directions.index(label.direction if label.direction in directions else None),
        format_func=lambda value: texts("evaluation.not_labelled" if value is None else f"verdict.direction.{value}"),
        key=f"{key}-direction",
    )
    readable = two.selectbox(
        texts("evaluation.readable"),
        [True, False],
        index=0 if label.readable else 1,
        format_func=lambda value: texts("evaluation.readable.yes" if value else "evaluation.readable.no"),
        key=f"{key}-readable",
    )
    changed = replace(
        label,
        condition=one_line(condition or "") or NO_CONDITION,
        status=status,
        risk=risk,
        direction=direction,
        readable=bool(readable),
    )
    return changed, slices_of(slices)
