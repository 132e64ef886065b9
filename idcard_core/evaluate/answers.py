"""What a reader said of one picture, in the one form that every reader is judged by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from idcard_core.card import FIELDS, FieldName, Reading, Side
from idcard_core.evaluate.metrics import edit_distance


@dataclass(frozen=True, slots=True)
class CardAnswer:
    """The texts read from one side of one card."""

    side: Side
    texts: Mapping[FieldName, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """The cards read from one picture. ``direction`` is None from a reader that tells none."""

    cards: tuple[CardAnswer, ...] = ()
    direction: int | None = None

    @classmethod
    def of(cls, reading: Reading) -> Answer:
        """This project's own reading."""
        cards = tuple(
            CardAnswer(card.side, {name: card.field(name).text for name in FIELDS[card.side]}) for card in reading.cards
        )
        return cls(cards, reading.direction)


class Contestant(Protocol):
    """A reader that takes part in a benchmark."""

    @property
    def name(self) -> str:
        """Name and version, as printed."""

    def read(self, path: str) -> Answer:
        """Read the picture at ``path``, decoding included."""


def pair_up(
    truths: Sequence[Mapping[FieldName, str]], answers: Sequence[Mapping[FieldName, str]]
) -> list[Mapping[FieldName, str]]:
    """For each labelled card of one side, the texts read for it; none for a card that no answer is left for.

    Greedy: the pair that agrees best first, by fields that are right and then by characters.
    """
    pairs = sorted(
        ((i, j) for i in range(len(truths)) for j in range(len(answers))),
        key=lambda pair: _agreement(truths[pair[0]], answers[pair[1]]),
        reverse=True,
    )
    paired: dict[int, int] = {}
    for truth, answer in pairs:
        if truth not in paired and answer not in paired.values():
            paired[truth] = answer
    return [answers[paired[i]] if i in paired else {} for i in range(len(truths))]


def _agreement(truth: Mapping[FieldName, str], read: Mapping[FieldName, str]) -> tuple[int, int]:
    rights = sum(read.get(name) == text for name, text in truth.items())
    return rights, -sum(edit_distance(text, read.get(name, "")) for name, text in truth.items())
