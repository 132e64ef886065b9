"""The labelled pictures a benchmark reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from idcard_core.card import FieldName, Side
from idcard_core.specimen.labels import LABELS_FILE, PictureLabel, read_labels


@dataclass(frozen=True, slots=True)
class CardTruth:
    """What is printed on one side of one card."""

    side: Side
    texts: Mapping[FieldName, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture and what is on it; ``readable``: a person can read every field. ``direction`` None: not to be told."""

    path: Path
    condition: str
    cards: tuple[CardTruth, ...]
    direction: int | None = None
    readable: bool = True

    @classmethod
    def of(cls, label: PictureLabel, folder: Path) -> Sample:
        """From a label and the folder its picture is relative to."""
        cards = tuple(CardTruth(card.side, dict(card.fields)) for card in label.cards)
        # Cards that lie in different ways have no one direction to be told.
        same = len({card.quarter_turns for card in label.cards}) == 1
        direction = label.direction if same else None
        return cls(folder / label.image, label.condition.value, cards, direction, label.readable)


def load_samples(folder: Path) -> list[Sample]:
    """The labelled pictures of a folder. Raises LabelsError when its label file cannot be read."""
    return [Sample.of(label, folder) for label in read_labels(folder / LABELS_FILE)]
