"""Outcomes summed up: whole cards, single fields, characters and direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from idcard_core.card import FieldName
from idcard_core.evaluate.metrics import ErrorRate, Proportion
from idcard_core.evaluate.outcomes import FieldOutcome, PictureOutcome, cards_on


@dataclass(frozen=True, slots=True)
class FieldSummary:
    """What the fields of one kind came to."""

    right: Proportion
    characters: ErrorRate


@dataclass(frozen=True, slots=True)
class CardSummary:
    """What the cards on a set of pictures came to; ``fields`` has the kinds that are labelled, in printed order."""

    whole: Proportion
    fields: Mapping[FieldName, FieldSummary]
    characters: ErrorRate
    direction: Proportion

    def field(self, name: FieldName) -> FieldSummary:
        """The fields called ``name``; nothing of nothing where there are none."""
        return self.fields.get(name, FieldSummary(Proportion(), ErrorRate()))


def summarise(pictures: Sequence[PictureOutcome]) -> CardSummary:
    """What the cards on ``pictures`` came to."""
    cards = cards_on(pictures)
    fields = [field for card in cards for field in card.fields]
    by_name = {name: [field for field in fields if field.name is name] for name in FieldName}
    return CardSummary(
        whole=Proportion.of(card.is_right for card in cards),
        fields={
            name: FieldSummary(Proportion.of(field.is_right for field in found), _error_rate(found))
            for name, found in by_name.items()
            if found
        },
        characters=_error_rate(fields),
        direction=Proportion.of(p.direction_is_right for p in pictures if p.direction_is_right is not None),
    )


def _error_rate(fields: Sequence[FieldOutcome]) -> ErrorRate:
    return ErrorRate(sum(field.edits for field in fields), sum(len(field.expected) for field in fields))
