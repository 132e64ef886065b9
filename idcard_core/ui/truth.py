"""A reading held against the labels of its picture, card by card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from idcard_core.card import Card, FieldName, Reading
from idcard_core.locate.pose import overlap
from idcard_core.specimen import CardLabel


@dataclass(frozen=True, slots=True)
class Labelled:
    """What the labels say: ``expected`` texts for each card of the reading, and which fields are right on all cards.

    A card that nothing was read of counts as wrong in all its fields; a field that nobody can read counts nowhere.
    """

    expected: tuple[Mapping[FieldName, str], ...]
    marks: Mapping[FieldName, bool] = field(default_factory=dict)


def compare(reading: Reading, labels: Sequence[CardLabel]) -> Labelled:
    """Hold ``reading`` against ``labels``: those of the side that was asked for, or else of all sides."""
    asked = [label for label in labels if label.side is reading.options.side] or labels
    expected: list[Mapping[FieldName, str]] = [{} for _ in reading.cards]
    marks: dict[FieldName, bool] = {}
    free = list(range(len(reading.cards)))
    for label in asked:
        place = _card_of(label, reading.cards, free)
        if place is not None:
            free.remove(place)
            expected[place] = _legible(label)
        for name, text in _legible(label).items():
            right = place is not None and reading.cards[place].field(name).text == text
            marks[name] = marks.get(name, True) and right
    return Labelled(tuple(expected), marks)


def _legible(label: CardLabel) -> Mapping[FieldName, str]:
    return {name: text for name, text in label.fields.items() if name not in label.covered}


def _card_of(label: CardLabel, cards: Sequence[Card], free: Sequence[int]) -> int | None:
    """Which of the ``free`` cards the label speaks of: the one of its side that lies most where it lies."""

    def shared(place: int) -> float:
        return 0.0 if label.corners is None else overlap(cards[place].quad, label.corners)

    return max((place for place in free if cards[place].side is label.side), key=shared, default=None)
