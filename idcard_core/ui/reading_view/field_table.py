"""The fields of a reading as a table with confidence colours, checks and findings."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from idcard_core.card import FIELDS, Card, Field, Finding, NumberType, Reason, Severity, Side
from idcard_core.ui.findings import readable, sentence, why
from idcard_core.ui.look import Tone, badge, confidence_tone
from idcard_core.ui.reading_view.views import box_id
from idcard_core.ui.shelf import Exhibit, ShownCard
from idcard_core.ui.strings import Texts

_CHECK_TONES = {NumberType.AGREES: Tone.GOOD, NumberType.EMPTY: Tone.QUIET}


def show_fields(exhibit: Exhibit, texts: Texts) -> None:
    """Draws a table for each card found."""
    if not exhibit.cards:
        st.html(f'<div class="id-nothing">{escape(texts("fields.none"))}</div>')
    for shown in exhibit.cards:
        st.html(fields_html(shown, texts))


def fields_html(shown: ShownCard, texts: Texts) -> str:
    """One card's table and notes as HTML."""
    return _table(shown, texts) + _notes(shown.card, texts)


def _table(shown: ShownCard, texts: Texts) -> str:
    card, doubted = shown.card, shown.card.doubted
    rows = "".join(_row(card.field(name), shown, doubted.get(name, ()), texts) for name in FIELDS[card.side])
    head = "" if shown.number is None else f'<b class="id-card-number">{shown.number}</b>'
    head += escape(texts(f"verdict.side.{card.side.value}"))
    if card.needs_review:
        head += badge(texts("reason.badge"), Tone.FAIR)
    right = escape(texts("fields.confidence"))
    return (
        f'<table class="id-fields" data-side="{card.side.value}"><thead><tr><th colspan="3">{head}</th>'
        f'<th class="id-right">{right}</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _row(found: Field, shown: ShownCard, reasons: Sequence[Reason], texts: Texts) -> str:
    name = escape(texts(f"field.{found.name.value}"))
    expected = shown.expected.get(found.name)
    marks = ' class="id-doubted"' if reasons else ""
    if found.quad is not None and found.text:  # it has a box
        marks += f' data-box="{box_id(shown.number, found.name)}" tabindex="0"'
    return (
        f'<tr data-field="{found.name.value}"{marks}><th>{name}</th>'
        f'<td class="id-cell-{found.name.value}">{_value(found, expected, texts)}{_review(reasons, texts)}</td>'
        f"{_mark(found, expected, texts)}<td>{_meter(found)}</td></tr>"
    )


def _value(found: Field, expected: str | None, texts: Texts) -> str:
    """The text, and below it what a rule changed and what the label says instead."""
    if found.text:
        value = f'<span class="id-value">{escape(readable(found.name, found.text))}</span>'
    else:
        value = f'<span class="id-unread">{escape(texts("fields.unread"))}</span>'
    if found.rule is not None and found.raw != found.text:
        value += f'<span class="id-note">{escape(texts("fields.changed", raw=found.raw))}</span>'
    if expected is not None and expected != found.text:
        said = escape(texts("fields.expected", text=readable(found.name, expected)))
        value += f'<span class="id-note id-text-bad">{said}</span>'
    return value


def _review(reasons: Sequence[Reason], texts: Texts) -> str:
    """Why the field should be looked at again."""
    said = why(reasons, texts)
    return f'<span class="id-note id-text-fair">{escape(said)}</span>' if said else ""


def _mark(found: Field, expected: str | None, texts: Texts) -> str:
    """Right or wrong, for a picture with labels."""
    if expected is None:
        return '<td class="id-mark"></td>'
    right = expected == found.text
    tone, mark, key = (Tone.GOOD, "✓", "right") if right else (Tone.BAD, "✗", "wrong")
    return f'<td class="id-mark id-text-{tone.value}" title="{escape(texts(f"fields.{key}"))}">{mark}</td>'


def _meter(found: Field) -> str:
    """How sure the reading is, as a number and a bar; nothing for a field that was not read."""
    if not found.text:
        return ""
    tone, share = confidence_tone(found.confidence).value, f"{found.confidence:.1%}"
    return (
        f'<span class="id-percent id-text-{tone}">{share}</span>'
        f'<span class="id-meter"><i class="id-fill-{tone}" style="width:{share}"></i></span>'
    )


def _notes(card: Card, texts: Texts) -> str:
    """The check of the number, and the findings in plain words."""
    lines = [_number_check(card, texts)] if card.side is Side.FRONT else []
    lines += [_finding(finding, texts) for finding in card.findings]
    return f'<ul class="id-notes">{"".join(lines)}</ul>' if lines else ""


def _number_check(card: Card, texts: Texts) -> str:
    tone = _CHECK_TONES.get(card.number_type, Tone.BAD) if card.valid else Tone.BAD
    label = badge(texts("check.valid" if card.valid else "check.invalid"), tone)
    return f"<li>{label} <span>{escape(texts(f'check.{card.number_type.value}'))}</span></li>"


def _finding(finding: Finding, texts: Texts) -> str:
    tone = Tone.FAIR if finding.severity is Severity.WARNING else Tone.QUIET
    return f'<li><i class="id-dot id-fill-{tone.value}"></i><span>{escape(sentence(finding, texts))}</span></li>'
