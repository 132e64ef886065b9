"""A kept answer, opened: the cards, each with its fields, where they stand and why they should be looked at again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from idcard_core.card import FIELDS, FieldName, Points, Reason, Side
from idcard_core.fields import back, front
from idcard_core.fields.placed import Expected
from idcard_core.locate.view import FRAME_QUAD, apply, quad_homography
from idcard_core.store.errors import Damaged
from idcard_core.store.review.project import Place

_EXPECTED: Mapping[Side, tuple[Expected, ...]] = {Side.FRONT: front.EXPECTED, Side.BACK: back.EXPECTED}


@dataclass(frozen=True, slots=True, eq=False)
class ReadField:
    """One value as it was read; ``quad`` is where it stands, or, where nothing was found, where it should."""

    name: FieldName
    text: str = field(default="", repr=False)
    confidence: float | None = None
    quad: Points | None = None
    found: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ReadCard:
    """One card of an answer; ``corners`` None: its place is not known."""

    side: Side
    fields: tuple[ReadField, ...]
    corners: Points | None = None

    @property
    def degrees(self) -> float:
        """How far the card is turned on the picture, clockwise."""
        if self.corners is None:
            return 0.0
        x, y = (self.corners[1] - self.corners[0]).astype(float)
        return float(np.degrees(np.arctan2(y, x)))


def blank(side: Side) -> ReadCard:
    """A card that was overlooked."""
    return ReadCard(side, tuple(ReadField(name) for name in FIELDS[side]))


def cards_of(answer: str, said: Mapping[Place, str]) -> tuple[ReadCard, ...]:
    """The cards of an answer, and those that only reviewers have seen. Raises Damaged for what is no answer."""
    try:
        whole = json.loads(answer)
        cards = [_card(card) for card in whole["detail"]["cards"]] if "detail" in whole else _plain(whole)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise Damaged("review answer") from None
    for number, name in sorted(said):
        if number == len(cards):
            cards.append(blank(_side_of(name)))
    return tuple(cards)


def _side_of(name: FieldName) -> Side:
    return next(side for side in Side if name in FIELDS[side])


def _card(card: Mapping[str, Any]) -> ReadCard:
    side, corners = Side(card["side"]), np.array(card["corners"], np.float32)
    reasons: dict[FieldName, list[Reason]] = {}
    for doubt in card["doubts"]:
        reasons.setdefault(FieldName(doubt["field"]), []).append(Reason(doubt["reason"]))
    fields = []
    for key, read in card["fields"].items():
        name, polygon = FieldName(key), read["polygon"]
        quad = _expected(side, name, corners) if polygon is None else np.array(polygon, np.float32)
        fields.append(
            ReadField(
                name=name,
                text=str(read["text"]),
                confidence=float(read["confidence"]),
                quad=quad,
                found=polygon is not None,
                reasons=tuple(reasons.get(name, ())),
            )
        )
    return ReadCard(side, tuple(fields), corners)


def _expected(side: Side, name: FieldName, corners: Points) -> Points | None:
    """Where the row of a field is printed, in the picture."""
    place = next((place for place in _EXPECTED[side] if name in place.fields), None)
    if place is None:
        return None
    top, bottom = place.y - place.height / 2, place.y + place.height / 2
    row = [[place.left, top], [place.right, top], [place.right, bottom], [place.left, bottom]]
    return apply(quad_homography(FRAME_QUAD, corners), np.array(row, np.float32))


def _plain(whole: Mapping[str, Any]) -> list[ReadCard]:
    """Of an answer without ``detail``: the sides that it has values of."""
    said, words = whole["msg"], whole.get("words_result", {})
    return [
        ReadCard(side, tuple(_word(name, said, words) for name in FIELDS[side]))
        for side in Side
        if any(name.value in said for name in FIELDS[side])
    ]


def _word(name: FieldName, said: Mapping[str, Any], words: Mapping[str, Any]) -> ReadField:
    place: Mapping[str, float] | None = words.get(name.label, {}).get("location")
    text = str(said.get(name.value, ""))
    reasons = () if text else (Reason.NOT_READ,)
    return ReadField(name, text, None, None if place is None else _box(place), place is not None, reasons)


def _box(place: Mapping[str, float]) -> Points:
    left, top = place["left"], place["top"]
    right, bottom = left + place["width"], top + place["height"]
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
