"""The labelled pictures a benchmark reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from idcard_core.card import FieldName, Side
from idcard_core.specimen.labels import PictureLabel


@dataclass(frozen=True, slots=True)
class CardTruth:
    """What is printed on one side of one card: every field of the label, on a temporary card's front all nine."""

    side: Side
    texts: Mapping[FieldName, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture and what is on it; ``readable``: a person can read every field. ``direction`` None: not to be told.

    ``seed`` is what a specimen was made from, so that it can be made again.
    """

    path: Path
    condition: str
    cards: tuple[CardTruth, ...]
    direction: int | None = None
    readable: bool = True
    seed: int | None = None

    @classmethod
    def of(cls, label: PictureLabel, folder: Path) -> Sample:
        """From a label and the folder its picture is relative to."""
        cards = tuple(CardTruth(card.side, dict(card.fields)) for card in label.cards)
        return cls(folder / label.image, label.condition, cards, _direction(label), label.readable, label.seed)


def _direction(label: PictureLabel) -> int | None:
    """The picture's one direction: as labelled, else its cards'; None for cards that lie in different ways."""
    turns = {card.quarter_turns for card in label.cards}
    if len(turns) != 1:
        return None
    return label.direction if label.direction is not None else turns.pop()
