"""Photographs fictional documents, and things that are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from idcard_core.judge.documents.kinds import DocumentKind
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.documents import books, cards, licences, nothing, permits
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.photograph import photograph
from idcard_core.specimen.recipes import make_shot
from idcard_core.specimen.sensor import to_jpeg
from idcard_core.specimen.shot import Ground
from idcard_core.specimen.surfaces import grey_copy

Draw = Callable[[np.random.Generator], FlatCard]

DRAWN: dict[DocumentKind, Draw] = {
    DocumentKind.BANK_CARD: cards.bank_card,
    DocumentKind.DRIVING_LICENCE: licences.driving_licence,
    DocumentKind.VEHICLE_LICENCE: licences.vehicle_licence,
    DocumentKind.SOCIAL_SECURITY_CARD: cards.social_security_card,
    **{
        kind: partial(permits.travel_permit, kind=kind)
        for kind in (
            DocumentKind.HONG_KONG_MACAO_PERMIT,
            DocumentKind.TAIWAN_PERMIT,
            DocumentKind.HOME_RETURN_PERMIT,
            DocumentKind.TAIWAN_COMPATRIOT_PERMIT,
        )
    },
    **{
        kind: partial(permits.residence_permit, kind=kind)
        for kind in (DocumentKind.HONG_KONG_MACAO_RESIDENCE_PERMIT, DocumentKind.TAIWAN_RESIDENCE_PERMIT)
    },
    DocumentKind.RESIDENCE_PERMIT: permits.mainland_residence_permit,
    DocumentKind.FOREIGN_RESIDENT_CARD: permits.foreign_resident_card,
    DocumentKind.PASSPORT: books.passport,
    DocumentKind.FOREIGN_IDENTITY_CARD: books.foreign_identity_card,
    DocumentKind.BUSINESS_CARD: cards.business_card,
    DocumentKind.STUDENT_CARD: cards.student_card,
    DocumentKind.WORK_PERMIT: cards.work_permit,
    DocumentKind.HOUSEHOLD_REGISTER: books.household_register,
    DocumentKind.MARRIAGE_CERTIFICATE: books.marriage_certificate,
    DocumentKind.BUSINESS_LICENCE: licences.business_licence,
    DocumentKind.MILITARY_CERTIFICATE: books.military_certificate,
    DocumentKind.POLICE_CERTIFICATE: books.police_certificate,
    DocumentKind.CERTIFICATE: books.certificate,
    DocumentKind.MEMBERSHIP_CARD: cards.membership_card,
    DocumentKind.TRANSIT_CARD: cards.transit_card,
    DocumentKind.MEDICAL_CARD: cards.medical_card,
}
"""What draws each kind flat."""

CONDITIONS = (
    Condition.PLAIN,
    Condition.TILT,
    Condition.ROTATED,
    Condition.UPSIDE_DOWN,
    Condition.SIDEWAYS,
    Condition.BRIGHT,
    Condition.COLOUR_CAST,
    Condition.SHADOW,
    Condition.NOISE,
    Condition.LOW_JPEG,
    Condition.BUSY_BACKGROUND,
    Condition.SAME_COLOUR,
    Condition.NO_MARGIN,
    Condition.OCCLUDED_CORNER,
    Condition.GREY_COPY,
)
"""Conditions under which a person can still read a document's small print."""
LEAST_CARD_PX = 900.0
"""A document has smaller print than an identity card."""
_SEED_BITS = 2**64 - 1


def draw_document(rng: np.random.Generator, kind: DocumentKind) -> FlatCard:
    """A fictional specimen of ``kind``, flat. Raises FontsMissingError without a Chinese font."""
    return DRAWN[kind](rng)


def make_document(seed: int, kind: DocumentKind) -> tuple[bytes, DocumentKind]:
    """A photographed fictional document as JPEG; the same arguments give the same bytes on the same machine."""
    rng = np.random.default_rng([seed & _SEED_BITS, list(DocumentKind).index(kind), 1])
    condition = CONDITIONS[int(rng.integers(len(CONDITIONS)))]
    card = draw_document(rng, kind)
    return _taken(rng, card, condition), kind


def make_nothing(seed: int) -> bytes:
    """A photograph with no card of any kind on it as JPEG: a ground, a page, a receipt, a screen, a figure."""
    rng = np.random.default_rng([seed & _SEED_BITS, 2])
    number = int(rng.integers(len(nothing.PAGES) + 2))
    if number >= len(nothing.PAGES):
        grounds = list(Ground)
        shot = make_shot(Condition.PLAIN, rng, (1280, 960))
        shot = replace(shot, ground=grounds[int(rng.integers(len(grounds)))])
        return to_jpeg(photograph([], shot, rng).image, shot.sensor.quality)
    condition = CONDITIONS[int(rng.integers(len(CONDITIONS)))]
    return _taken(rng, nothing.PAGES[number](rng), condition)


def _taken(rng: np.random.Generator, card: FlatCard, condition: Condition) -> bytes:
    shot = make_shot(condition, rng)
    if not shot.pose.fill:
        room = min(shot.size[0], 1.5 * shot.size[1])
        card_px = max(shot.pose.card_px, min(LEAST_CARD_PX, 0.9 * room))
        shot = replace(shot, pose=replace(shot.pose, card_px=card_px))
    if condition is Condition.GREY_COPY:
        card = grey_copy(rng, card)
    return to_jpeg(photograph([card], shot, rng).image, shot.sensor.quality)
