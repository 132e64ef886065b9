"""What became of every labelled card: each field as printed and as read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from idcard_core.card import FIELDS, Doubt, FieldName, Side
from idcard_core.evaluate.answers import Answer, CardAnswer
from idcard_core.evaluate.metrics import edit_distance
from idcard_core.evaluate.samples import CardTruth, Sample


@dataclass(frozen=True, slots=True)
class FieldOutcome:
    """One labelled field and what was read for it; ``confidence`` (0 to 1) None: not told."""

    name: FieldName
    expected: str
    read: str
    confidence: float | None = None

    @property
    def is_right(self) -> bool:
        return self.expected == self.read

    @property
    def edits(self) -> int:
        """Characters to insert, delete or replace."""
        return edit_distance(self.expected, self.read)


@dataclass(frozen=True, slots=True)
class CardOutcome:
    """One side of a labelled card; ``found``: an answer was there for it. ``doubts`` None: not told."""

    side: Side
    fields: tuple[FieldOutcome, ...]
    found: bool = True
    doubts: tuple[Doubt, ...] | None = None

    @property
    def is_right(self) -> bool:
        """Whether every labelled field was read as it is printed."""
        return all(field.is_right for field in self.fields)

    @property
    def wrong(self) -> tuple[FieldName, ...]:
        return tuple(field.name for field in self.fields if not field.is_right)

    @property
    def needs_review(self) -> bool:
        """Whether the reader asks a person to look again; it does not for a card that it did not find."""
        return bool(self.doubts)


@dataclass(frozen=True, slots=True)
class PictureOutcome:
    """One reader on one picture; ``direction_is_right`` None: not to be judged. ``failed``: the reader raised."""

    sample: Sample
    cards: tuple[CardOutcome, ...]
    milliseconds: float
    direction_is_right: bool | None = None
    failed: bool = False


def cards_on(pictures: Iterable[PictureOutcome]) -> list[CardOutcome]:
    """Every labelled card on ``pictures``."""
    return [card for picture in pictures for card in picture.cards]


def judge_picture(sample: Sample, answer: Answer | None, milliseconds: float) -> PictureOutcome:
    """Hold an answer, or None where the reader failed, against a picture's labels."""
    failed, answer = answer is None, answer or Answer()
    told = sample.direction is not None and answer.direction is not None
    return PictureOutcome(
        sample,
        tuple(judge_cards(sample.cards, answer.cards)),
        milliseconds,
        answer.direction == sample.direction if told else None,
        failed,
    )


def judge_cards(truths: Sequence[CardTruth], answers: Sequence[CardAnswer]) -> list[CardOutcome]:
    """Hold answers against labelled cards; every labelled field is judged, one that was not read as empty.

    A temporary card has the items of both sides on its front. A reader that gives those of the other side as a second
    card, one that no label is left for, has read them too.
    """
    paired = pair_up(truths, answers)
    spare = [card for card in answers if not any(card is other for other in paired)]
    outcomes = []
    for truth, card in zip(truths, paired, strict=True):
        if rest := next((other for other in spare if _completes(truth, other)), None):
            spare.remove(rest)
            card = _joined(truth, card, rest)
        outcomes.append(_outcome(truth, card))
    return outcomes


def pair_up(truths: Sequence[CardTruth], answers: Sequence[CardAnswer]) -> list[CardAnswer | None]:
    """For each labelled card, the answer for it; None for a card that no answer of its side is left for.

    Greedy: the pair that agrees best first, by fields that are right and then by characters.
    """
    pairs = sorted(
        ((i, j) for i, truth in enumerate(truths) for j, card in enumerate(answers) if truth.side is card.side),
        key=lambda pair: _agreement(truths[pair[0]].texts, answers[pair[1]].texts),
        reverse=True,
    )
    paired: dict[int, int] = {}
    for truth_number, answer_number in pairs:
        if truth_number not in paired and answer_number not in paired.values():
            paired[truth_number] = answer_number
    return [answers[paired[number]] if number in paired else None for number in range(len(truths))]


def _agreement(truth: Mapping[FieldName, str], read: Mapping[FieldName, str]) -> tuple[int, int]:
    rights = sum(read.get(name) == text for name, text in truth.items())
    return rights, -sum(edit_distance(text, read.get(name, "")) for name, text in truth.items())


def _completes(truth: CardTruth, other: CardAnswer) -> bool:
    """Whether ``other`` is of the side whose items stand on this card as well."""
    return other.side is not truth.side and any(name in truth.texts for name in FIELDS[other.side])


def _joined(truth: CardTruth, card: CardAnswer | None, rest: CardAnswer) -> CardAnswer:
    """``card`` with what it lacks taken from ``rest``."""
    card = card or CardAnswer(truth.side, {})
    taken = [name for name in FIELDS[rest.side] if rest.texts.get(name) and not card.texts.get(name)]
    doubts = None
    if card.doubts is not None or rest.doubts is not None:
        doubts = (*(card.doubts or ()), *(rest.doubts or ()))
    return CardAnswer(
        side=truth.side,
        texts={**card.texts, **{name: rest.texts[name] for name in taken}},
        confidences={**card.confidences, **{n: rest.confidences[n] for n in taken if n in rest.confidences}},
        doubts=doubts,
    )


def _outcome(truth: CardTruth, card: CardAnswer | None) -> CardOutcome:
    read = card or CardAnswer(truth.side, {})
    fields = tuple(
        FieldOutcome(name, truth.texts[name], read.texts.get(name, ""), read.confidences.get(name))
        for name in FieldName
        if name in truth.texts
    )
    return CardOutcome(truth.side, fields, card is not None, read.doubts)
