"""Labelled cards one below another: the picture, and each field as it should be and as it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from idcard_core.card import FieldName
from idcard_core.evaluate.figures.behind import CardKey
from idcard_core.evaluate.figures.characters import Slip, aligned
from idcard_core.evaluate.outcomes import CardOutcome, FieldOutcome
from idcard_core.masking import mask_numbers
from idcard_core.store.runs.results import PictureResult
from idcard_core.store.samples import Sample
from idcard_core.ui.look import Tone, badge, confidence_tone, milliseconds
from idcard_core.ui.pages.evaluation.pictures import card_picture
from idcard_core.ui.pages.evaluation.questions import condition_word
from idcard_core.ui.strings import Texts

LABEL_PICK = "label:"
"""Begins a pick that opens the card's label; its place in the list follows."""


@dataclass(frozen=True, slots=True, eq=False)
class ShownResult:
    """A card, or a whole picture, and what one run or two have made of it; ``sample`` None: its label is gone."""

    key: CardKey
    sample: Sample | None
    results: Sequence[PictureResult]

    @property
    def cards(self) -> list[tuple[int, list[CardOutcome]]]:
        """The cards by their number, each as every run has it."""
        first = self.results[0]
        numbers = range(len(first.cards)) if self.key.number is None else [self.key.number]
        return [(number, [result.cards[number] for result in self.results]) for number in numbers]


def card_rows(shown: Sequence[ShownResult], names: Sequence[str], in_clear: bool, texts: Texts) -> str:
    """HTML; ``names`` are those of the runs, ``in_clear`` shows numbers as they are."""
    return "".join(_row(place, each, names, in_clear, texts) for place, each in enumerate(shown))


def _row(place: int, shown: ShownResult, names: Sequence[str], in_clear: bool, texts: Texts) -> str:
    result = shown.results[0]
    tables = "".join(_table(outcomes, names, in_clear, texts) for _, outcomes in shown.cards)
    told = "".join(_told(kind, shown, names, texts) for kind in ("status", "risk"))
    file = mask_numbers(shown.sample.label.image) if shown.sample is not None else texts("evaluation.label.gone")
    button = (
        f'<button class="id-link" data-pick="{LABEL_PICK}{place}">{escape(texts("evaluation.label.open"))}</button>'
        if shown.sample is not None
        else ""
    )
    facts = [condition_word(result.condition, texts), *result.slices]
    facts += [milliseconds(each.milliseconds) for each in shown.results]
    failed = [each.error_code for each in shown.results if each.error_code is not None]
    errors = "".join(badge(texts("error.code", code=code), Tone.BAD) for code in failed)
    return (
        f'<article class="id-card-row" data-card="{place}">'
        f'<div class="id-card-picture">{_picture(shown, texts)}</div><div>'
        f'<header><b title="{escape(file)}">{escape(file)}</b>{errors}{button}</header>'
        f'<div class="id-line">{escape(" · ".join(facts))}</div>{tables}{told}</div></article>'
    )


def _picture(shown: ShownResult, texts: Texts) -> str:
    corners = None
    if shown.sample is not None and shown.key.number is not None:
        label = shown.sample.label.cards[shown.key.number : shown.key.number + 1]
        if label and label[0].corners is not None:
            corners = tuple(float(value) for value in label[0].corners.ravel())
    uri = card_picture(shown.key.sha256, shown.key.page, corners)
    if not uri:
        return f'<div class="id-nothing">{escape(texts("evaluation.picture.gone"))}</div>'
    return f'<img src="{uri}" alt="{escape(texts("evaluation.picture.alt"))}">'


def _table(outcomes: Sequence[CardOutcome], names: Sequence[str], in_clear: bool, texts: Texts) -> str:
    several = len(outcomes) > 1
    heads = [texts("evaluation.expected"), *(names if several else [texts("evaluation.read")])]
    head = "".join(f"<th>{escape(name)}</th>" for name in ("", *heads)) + (
        "" if several else '<th class="id-right"></th>'
    )
    rows = "".join(_field(number, outcomes, in_clear, texts) for number in range(len(outcomes[0].fields)))
    missed = "" if all(card.found for card in outcomes) else badge(texts("evaluation.not_found"), Tone.BAD)
    side = escape(texts(f"verdict.side.{outcomes[0].side.value}"))
    return (
        f'<table class="id-read"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        f'<div class="id-line">{side} {missed}</div>'
    )


def _field(number: int, outcomes: Sequence[CardOutcome], in_clear: bool, texts: Texts) -> str:
    fields = [card.fields[number] for card in outcomes]
    first = fields[0]
    cells = "".join(f"<td>{_read(field, in_clear)}</td>" for field in fields)
    told = ""
    if len(fields) == 1:
        told = '<td class="id-right"></td>'
        if first.confidence is not None:
            tone = confidence_tone(first.confidence).value
            told = f'<td class="id-right id-text-{tone}">{first.confidence:.2f}</td>'
    wrong = "" if all(field.is_right for field in fields) else ' class="id-wrong"'
    name = escape(texts(f"short.{first.name.value}"))
    return (
        f"<tr{wrong}><th>{name}</th><td>{escape(_shown(first.name, first.expected, in_clear))}</td>{cells}{told}</tr>"
    )


def _read(field: FieldOutcome, in_clear: bool) -> str:
    """What was read, with the characters that are wrong set off; of a masked number only that it is wrong."""
    shown = _shown(field.name, field.read, in_clear)
    if field.is_right:
        return f'<span class="id-same">{escape(shown)}</span>'
    if not field.read:
        return '<mark class="id-lost">—</mark>'
    if shown != field.read:
        return f"<mark>{escape(shown)}</mark>"
    return "".join(_step(step) for step in aligned(field.expected, field.read))


def _step(step: Slip) -> str:
    if step.expected == step.read:
        return escape(step.read)
    return f"<mark>{escape(step.read)}</mark>" if step.read else '<mark class="id-lost">‸</mark>'


def _shown(name: FieldName, text: str, in_clear: bool) -> str:
    """A date is no number to be masked."""
    is_date = name in (FieldName.BIRTHDAY, FieldName.BEGINDATE, FieldName.ENDDATE) and len(text) <= 8
    return text if in_clear or is_date else mask_numbers(text)


def _told(kind: str, shown: ShownResult, names: Sequence[str], texts: Texts) -> str:
    """A status or a risk where it is labelled, as it is right and as each run has told it."""
    right = getattr(shown.results[0], f"{kind}_label")
    if right is None:
        return ""
    word = escape(texts(f"verdict.{kind}.{right.value}"))
    told = []
    for number, result in enumerate(shown.results):
        value = getattr(result, kind)
        said = "—" if value is None else texts(f"verdict.{kind}.{value.value}")
        name = f"{names[number]} " if len(shown.results) > 1 else ""
        told.append(badge(f"{name}{said}", Tone.GOOD if value is right else Tone.BAD))
    return f'<div class="id-line">{escape(texts(f"verdict.{kind}"))}: {word} → {" ".join(told)}</div>'
