"""What a reader said of one picture, in the one form that every reader is judged by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from idcard_core.card import Doubt, FieldName, Reading, Side


@dataclass(frozen=True, slots=True)
class CardAnswer:
    """The texts read from one side of one card.

    ``confidences`` (0 to 1) is empty, and ``doubts`` None, from a reader that tells none.
    """

    side: Side
    texts: Mapping[FieldName, str]
    confidences: Mapping[FieldName, float] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The cards read from one picture. ``direction`` is None from a reader that tells none."""

    cards: tuple[CardAnswer, ...] = ()
    direction: int | None = None

    @classmethod
    def of(cls, reading: Reading) -> Answer:
        """This project's own reading."""
        cards = tuple(
            CardAnswer(
                side=card.side,
                texts={field.name: field.text for field in card.fields},
                confidences={field.name: field.confidence for field in card.fields},
                doubts=card.doubts,
            )
            for card in reading.cards
        )
        return cls(cards, reading.direction)


class Contestant(Protocol):
    """A reader that takes part in a benchmark."""

    @property
    def name(self) -> str:
        """Name and version, as printed."""

    def read(self, path: str) -> Answer:
        """Read the picture at ``path``, decoding included."""
