"""Judges what was read: each card's quality and risks, and the picture as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

import numpy as np

from idcard_core.card import (
    CARD_FRAME,
    Card,
    FieldName,
    Finding,
    ImageStatus,
    Reading,
    ReadOptions,
    RiskType,
    Severity,
    Side,
)
from idcard_core.fields.card_text import CardText
from idcard_core.fields.rules.findings import pair_findings
from idcard_core.intake import Picture
from idcard_core.judge.card import card_of
from idcard_core.judge.documents import DocumentKind, is_residence_permit, kind_of
from idcard_core.judge.documents.residence import permit_kind
from idcard_core.judge.edit import edit_tool, is_screenshot
from idcard_core.judge.other_text import lines_on
from idcard_core.judge.risk.network import Presented, RiskNetworks
from idcard_core.judge.risk.verdict import edited_probability, risk_type, risks_of, temporary_probability
from idcard_core.judge.risk.words import odds_of_words
from idcard_core.judge.sight import is_credible, sight_of, unread_sight
from idcard_core.judge.status import image_status
from idcard_core.judge.tamper import tamper_map
from idcard_core.locate.placement import Placement
from idcard_core.locate.view import FRAME_QUAD
from idcard_core.text.engine import TextEngine
from idcard_core.tracing import span

LIKELY_EDITED = 0.5
"""Score of the tamper map from which a field is told; 4 of 500 unedited specimens have one so high."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What the reading stages leave: the picture they read, what was read on each card, and where cards seem to be."""

    picture: Picture
    texts: Sequence[CardText]
    placements: Sequence[Placement]


class Judge:
    """Judges pictures. Thread-safe; the networks load at the first use."""

    def __init__(self, engine: TextEngine, threads: int = 0) -> None:
        self._engine = engine
        self._risks = RiskNetworks(threads)

    def load(self) -> None:
        """Load the networks now."""
        blank = np.full((CARD_FRAME[1], CARD_FRAME[0], 3), 200, np.uint8)
        self._risks.look(blank, FRAME_QUAD)

    def judge(self, found: Found, options: ReadOptions) -> Reading:
        """The answer to a picture, but for its timings."""
        pixels = found.picture.pixels
        wanted = found.texts if options.risk or options.detail else ()
        with ExitStack() as stack:  # the risk networks run beside all the rest
            looks = {
                id(text): stack.enter_context(
                    self._risks.looking(pixels, text.view.quad, [one.view.quad for one in wanted if one is not text])
                )
                for text in wanted
            }
            return self._judged(found, options, looks)

    def _judged(self, found: Found, options: ReadOptions, looks: Mapping[int, Callable[[], Presented]]) -> Reading:
        """The answer; ``looks`` has what the risk networks see of each text, by its id, where that is wanted."""
        picture = found.picture
        with span("sight"):
            seen = [(text, sight_of(text, thorough=options.detail)) for text in found.texts]
            seen = [(text, sight) for text, sight in seen if is_credible(text, sight)]
        with span("cards"):
            cards = [card_of(text, sight, picture.scale, options) for text, sight in seen]
        if options.detail:
            with span("tamper"):
                marked = [bool(text.marks) for text, _ in seen]
                cards = [with_tampering(card, picture, marks) for card, marks in zip(cards, marked, strict=True)]
        cards = with_pair_findings(cards)
        reading = Reading(picture.info, options, tuple(cards), ImageStatus.UNKNOWN)
        answering = next((number for number, card in enumerate(cards) if card is reading.answering), None)
        with span("document"):
            if answering is None:
                lines = lines_on(picture.pixels, found.placements, self._engine)
                document, sight_answering = kind_of(lines), unread_sight(picture, found.placements, lines)
            else:
                document, sight_answering = self._document(found, seen[answering][0]), seen[answering][1]
        status = image_status(sight_answering, options.side, document)
        reading = replace(reading, status=status, document=None if document is None else document.value)
        if not (options.risk or options.detail):
            return reading
        with span("edit"):
            tool = edit_tool(picture.data, picture.metadata)
            screenshot = is_screenshot(picture.data, picture.metadata)
        with span("risk"):
            presented = [looks[id(text)]() for text, _ in seen]
        cards = [
            _with_risks(card, text, look, tool, screenshot)
            for card, (text, _), look in zip(cards, seen, presented, strict=True)
        ]
        risk = RiskType.UNKNOWN
        if options.risk and answering is not None and (risks := cards[answering].risks) is not None:
            risk = risk_type(risks)
        return replace(reading, cards=tuple(cards), risk=risk, edit_tool=tool if options.risk else None)

    def _document(self, found: Found, text: CardText) -> DocumentKind | None:
        """Which other document the picture shows, if what was read on it is none but seems an identity card.

        Cards of other kinds carry some of an identity card's labels: where not everything was read, the whole
        picture is looked at.
        """
        values = {name: placed.value.text for name, placed in text.fields.items()}
        lines = [line.text for line in text.lines]
        if is_residence_permit(values, lines):
            number = values.get(FieldName.IDCARDNO, "")
            return permit_kind(number) or kind_of(lines) or DocumentKind.HONG_KONG_MACAO_RESIDENCE_PERMIT
        if text.is_sure and text.is_whole:
            return kind_of(lines)
        return kind_of(lines) or kind_of(lines_on(found.picture.pixels, found.placements, self._engine))


def _with_risks(card: Card, text: CardText, presented: Presented, tool: str | None, screenshot: bool) -> Card:
    edited = edited_probability(tool, card.tampering, bool(text.marks))
    presented = replace(presented, of_words=odds_of_words(text.marks))
    return replace(card, risks=risks_of(presented, temporary_probability(text), edited, screenshot=screenshot))


def with_tampering(card: Card, picture: Picture, marked: bool) -> Card:
    """``card`` with the map of its edits, and a finding ``field_edited`` for each field that seems edited.

    No finding where the card is ``marked``: writing that a program laid over it is an edit, and told as a mark.
    """
    places = {field.name: field.quad for field in card.fields if field.quad is not None}
    tampering = tamper_map(picture, card.quad, places)
    edited = [name for name, score in tampering.by_field.items() if score >= LIKELY_EDITED and not marked]
    findings = [Finding("field_edited", Severity.WARNING, name) for name in edited]
    return replace(card, tampering=tampering, findings=(*card.findings, *findings))


def with_pair_findings(cards: Sequence[Card]) -> list[Card]:
    """``cards``; the first front and the first back, when both are there, with what they say together."""
    front = next((card for card in cards if card.side is Side.FRONT), None)
    back = next((card for card in cards if card.side is Side.BACK), None)
    if front is None or back is None:
        return list(cards)
    texts = [{field.name: field.text for field in card.fields} for card in (front, back)]
    together = replace(back, findings=(*back.findings, *pair_findings(*texts)))
    return [together if card is back else card for card in cards]
