"""Judges what was read: each card's quality and risks, and the picture as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from idcard_core.card import (
    CARD_FRAME,
    FIELDS,
    Card,
    Field,
    FieldName,
    Finding,
    ImageStatus,
    NumberType,
    Points,
    Portrait,
    Reading,
    ReadOptions,
    RiskType,
    Severity,
    Side,
)
from idcard_core.fields.card_text import CardText
from idcard_core.fields.rules.findings import back_findings, front_findings, pair_findings
from idcard_core.fields.rules.number import is_valid, number_type
from idcard_core.intake import Picture
from idcard_core.judge.documents import DocumentKind, is_residence_permit, kind_of
from idcard_core.judge.documents.residence import permit_kind
from idcard_core.judge.edit import edit_tool
from idcard_core.judge.marks import watermark_findings
from idcard_core.judge.obstruction import corners_inside, glare_on, hidden, inside_share, obstructions
from idcard_core.judge.other_text import lines_on
from idcard_core.judge.portrait import find_portrait
from idcard_core.judge.quality import blur_of, light_of, score_of
from idcard_core.judge.review import doubts_of
from idcard_core.judge.risk.network import RiskNetworks
from idcard_core.judge.risk.verdict import edited_probability, risk_type, risks_of, temporary_probability
from idcard_core.judge.status import IN_GLARE, CardSight, image_status
from idcard_core.judge.tamper import tamper_map
from idcard_core.judgement import Quality
from idcard_core.locate.placement import Placement
from idcard_core.locate.pose import quarter_turns_and_angle
from idcard_core.locate.view import FRAME_QUAD, CardView
from idcard_core.text.engine import TextEngine

LIKELY_EDITED = 0.5
"""Score of the tamper map from which a field is told; 4 of 500 unedited specimens have one so high."""
LEAST_GLARE = 0.004
"""Share of a card in glare that is worth telling."""


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
        found = replace(found, texts=[text for text in found.texts if is_credible(text)])
        picture, texts = found.picture, found.texts
        wanted_risk = options.risk or options.detail
        tool = edit_tool(picture.data, picture.metadata) if wanted_risk else None
        sights = [sight_of(text, thorough=options.detail) for text in texts]
        cards = []
        for text, sight in zip(texts, sights, strict=True):
            card = card_of(text, sight, picture.scale, options)
            if options.detail:
                card = with_tampering(card, picture, marked=bool(text.marks))
            if wanted_risk:
                presented = self._risks.look(picture.pixels, text.view.quad)
                edited = edited_probability(tool, card.tampering, bool(text.marks))
                card = replace(card, risks=risks_of(presented, temporary_probability(text), edited))
            cards.append(card)
        cards = with_pair_findings(cards)
        reading = Reading(
            picture.info, options, tuple(cards), ImageStatus.UNKNOWN, edit_tool=tool if options.risk else None
        )
        answering = next((number for number, card in enumerate(cards) if card is reading.answering), None)
        document = self._document(found, answering)
        seen = _unread_sight(found) if answering is None else sights[answering]
        risk = RiskType.UNKNOWN
        if options.risk and answering is not None and (risks := cards[answering].risks) is not None:
            risk = risk_type(risks)
        status = image_status(seen, options.side, document)
        return replace(reading, status=status, document=None if document is None else document.value, risk=risk)

    def _document(self, found: Found, answering: int | None) -> DocumentKind | None:
        """Which other document the picture shows, if it does.

        Cards of other kinds carry some of an identity card's labels: where not everything was read, the whole
        picture is looked at.
        """
        if answering is None:
            return kind_of(lines_on(found.picture.pixels, found.placements, self._engine))
        text = found.texts[answering]
        values = {name: placed.value.text for name, placed in text.fields.items()}
        lines = [line.text for line in text.lines]
        if is_residence_permit(values, lines):
            number = values.get(FieldName.IDCARDNO, "")
            return permit_kind(number) or kind_of(lines) or DocumentKind.HONG_KONG_MACAO_RESIDENCE_PERMIT
        if text.is_sure and text.is_whole:
            return kind_of(lines)
        return kind_of(lines) or kind_of(lines_on(found.picture.pixels, found.placements, self._engine))


def is_credible(text: CardText) -> bool:
    """Whether what was read is an identity card.

    Half of a front must be there, and what other papers have not: a receipt, a parcel's label have a long number, a
    name and an address, too. A back is told by its titles.
    """
    if text.side is Side.BACK:
        return text.is_sure or text.is_whole
    values = {name: text.fields[name].value.text for name in FIELDS[Side.FRONT]}
    own = any(values[name] for name in (FieldName.SEX, FieldName.NATION, FieldName.BIRTHDAY))
    return 2 * sum(map(bool, values.values())) >= len(values) and (own or is_valid(values[FieldName.IDCARDNO]))


def sight_of(text: CardText, thorough: bool) -> CardSight:
    """What the status of a card depends on; ``thorough``: its blur, too, where everything was read."""
    small = text.view.small
    confidences = {name: text.confidence(name) for name in FIELDS[text.side]}
    sight = CardSight(
        light=light_of(small),
        blur=0.0,
        glare=float((glare := glare_on(small)).mean()),
        side=text.side,
        confidences=confidences,
        obstructions=obstructions(text, glare),
    )
    return replace(sight, blur=blur_of(small)) if thorough or sight.is_unread else sight


def _unread_sight(found: Found) -> CardSight | None:
    """What can be seen of a card that could not be read; None where there is none."""
    if not found.placements:
        return None
    small = CardView(found.picture.pixels, found.placements[0].quad).small
    return CardSight(light_of(small), blur_of(small))


def card_of(text: CardText, sight: CardSight, scale: float, options: ReadOptions) -> Card:
    """The domain's card, its positions in the full picture; ``scale``: of the picture that was read."""
    view, full = text.view, np.float32(1 / scale)
    quad: Points = np.asarray(view.quad * full, np.float32)
    fields = []
    for name, placed in text.fields.items():
        place = None if placed.quad is None else np.asarray(view.in_source(placed.quad) * full, np.float32)
        value, obstruction = placed.value, sight.obstructions[name]
        fields.append(Field(name, value.text, text.confidence(name), place, value.raw, value.rule, obstruction))
    turns, angle = quarter_turns_and_angle(quad)
    values = {field.name: field.text for field in fields}
    front = text.side is Side.FRONT
    quality = _quality(text, sight)
    findings = (
        *(front_findings(values) if front else ()),
        *(back_findings(values, temporary=front) if not front or values.get(FieldName.GOV) else ()),
        *watermark_findings(text.marks),
        *picture_findings(text, sight),
    )
    portrait = None
    if front and options.photo and (cut := find_portrait(view, text.fields)) is not None:
        portrait = Portrait(cut.image, np.asarray(cut.quad * full, np.float32))
    number = values.get(FieldName.IDCARDNO, "")
    return Card(
        side=text.side,
        quad=quad,
        quarter_turns=turns,
        angle_degrees=angle,
        fields=tuple(fields),
        findings=findings,
        doubts=doubts_of(text.side, fields, findings, text.covered),
        valid=front and is_valid(number),
        number_type=_number_type(values) if front else NumberType.EMPTY,
        portrait=portrait,
        rectified=view.flat if options.detail else None,
        quality=quality if options.detail else None,
    )


def _quality(text: CardText, sight: CardSight) -> Quality:
    seen = 1 - len(hidden(sight.obstructions)) / max(1, len(sight.obstructions))
    return score_of(sight.light, sight.blur, sight.glare, inside_share(text.view) * seen)


def picture_findings(text: CardText, sight: CardSight) -> tuple[Finding, ...]:
    """What keeps parts of a card from being seen.

    Codes: ``field_in_glare``, ``field_cut``, ``glare_beside_fields``, ``corners_missing`` (``corners``: how many).
    """
    found = []
    for name, obstruction in sight.obstructions.items():
        if obstruction.glare >= IN_GLARE:
            found.append(Finding("field_in_glare", Severity.WARNING, name))
        if obstruction.cut:
            found.append(Finding("field_cut", Severity.WARNING, name))
    if sight.glare >= LEAST_GLARE and not any(finding.code == "field_in_glare" for finding in found):
        found.append(Finding("glare_beside_fields"))
    if missing := 4 - corners_inside(text.view):
        found.append(Finding("corners_missing", Severity.WARNING, values={"corners": str(missing)}))
    return tuple(found)


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


def _number_type(values: Mapping[FieldName, str]) -> NumberType:
    number, sex, birthday = (values[name] for name in (FieldName.IDCARDNO, FieldName.SEX, FieldName.BIRTHDAY))
    return number_type(number, sex, birthday, all_empty=not any(values.values()))
