"""Side, direction, status and risk: a badge and one plain sentence each."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st

from idcard_core.card import FIELDS, ImageStatus, Reading, RiskType
from idcard_core.ui.look import RISK_TONES, STATUS_TONES, Tone, badge
from idcard_core.ui.strings import Texts

LIKELY_EDITED = 0.5
"""Probability from which a person is told to look."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judgement in words."""

    subject: str
    label: str
    line: str
    tone: Tone


def verdicts(reading: Reading, texts: Texts) -> tuple[Verdict, ...]:
    """The four judgements of a reading, in the order they are shown."""
    return _side(reading, texts), _direction(reading, texts), _status(reading, texts), _risk(reading, texts)


def show_verdicts(reading: Reading, texts: Texts) -> None:
    """Draws them in a row that wraps on narrow screens."""
    tiles = "".join(
        f'<div class="id-verdict" data-verdict="{name}"><div class="id-verdict-head">'
        f'<span class="id-label">{escape(verdict.subject)}</span>{badge(verdict.label, verdict.tone)}</div>'
        f'<div class="id-line">{escape(verdict.line)}</div></div>'
        for name, verdict in zip(("side", "direction", "status", "risk"), verdicts(reading, texts), strict=True)
    )
    st.html(f'<div class="id-verdicts">{tiles}</div>')


def _side(reading: Reading, texts: Texts) -> Verdict:
    subject = texts("verdict.side")
    if not reading.cards:
        return Verdict(subject, texts("verdict.side.none"), texts("verdict.side.missing"), Tone.BAD)
    names = [(card, name) for card in reading.cards for name in FIELDS[card.side]]
    read = sum(bool(card.field(name).text) for card, name in names)
    tone = Tone.GOOD if read == len(names) else Tone.FAIR
    if len(reading.cards) == 1:
        line = texts("verdict.side.found", read=read, count=len(names))
        return Verdict(subject, texts(f"verdict.side.{reading.cards[0].side.value}"), line, tone)
    line = texts("verdict.side.many", cards=len(reading.cards), read=read, count=len(names))
    if len(reading.cards) > len({card.side for card in reading.cards}):
        return Verdict(subject, texts("verdict.side.cards", count=len(reading.cards)), line, tone)
    return Verdict(subject, texts("verdict.side.both"), line, tone)


def _direction(reading: Reading, texts: Texts) -> Verdict:
    subject = texts("verdict.direction")
    if not reading.options.direction:
        return _off(subject, texts)
    card, turns = reading.answering, reading.direction
    label = texts(f"verdict.direction.{turns}")
    if card is None or turns == -1:
        return Verdict(subject, label, texts("verdict.direction.unknown"), Tone.QUIET)
    angle = f"{abs(card.angle_degrees):.1f}"
    if turns == 0:
        return Verdict(subject, label, texts("verdict.direction.upright", angle=angle), Tone.GOOD)
    return Verdict(subject, label, texts("verdict.direction.turned", angle=angle), Tone.INFO)


def _status(reading: Reading, texts: Texts) -> Verdict:
    key = f"verdict.status.{reading.status.value}"
    review = reading.status is ImageStatus.NORMAL and any(card.needs_review for card in reading.cards)
    line = texts("verdict.status.review.line" if review else f"{key}.line")
    if reading.document is not None:
        line = texts("verdict.status.document.line", document=texts(f"document.{reading.document}"))
    return Verdict(texts("verdict.status"), texts(key), line, STATUS_TONES[reading.status])


def _risk(reading: Reading, texts: Texts) -> Verdict:
    subject = texts("verdict.risk")
    if not reading.options.risk:
        return _off(subject, texts)
    key = f"verdict.risk.{reading.risk.value}"
    if reading.edit_tool is None and reading.risk is RiskType.NORMAL and _looks_edited(reading):
        return Verdict(subject, texts("verdict.risk.suspect"), texts("verdict.risk.suspect.line"), Tone.FAIR)
    if reading.edit_tool is None:
        return Verdict(subject, texts(key), texts(f"{key}.line"), RISK_TONES[reading.risk])
    edited = texts("verdict.risk.edited.line", tool=reading.edit_tool)
    if reading.risk in (RiskType.NORMAL, RiskType.UNKNOWN):
        return Verdict(subject, texts("verdict.risk.edited"), edited, Tone.BAD)
    return Verdict(subject, texts(key), f"{texts(f'{key}.line')} {edited}", RISK_TONES[reading.risk])


def _looks_edited(reading: Reading) -> bool:
    card = reading.answering
    return card is not None and card.risks is not None and card.risks.edited >= LIKELY_EDITED


def _off(subject: str, texts: Texts) -> Verdict:
    return Verdict(subject, texts("verdict.off"), texts("verdict.off.line"), Tone.QUIET)
