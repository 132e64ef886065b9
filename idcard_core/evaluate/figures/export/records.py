"""A run's cards as records, for every form of export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from idcard_core.card import FieldName
from idcard_core.evaluate.outcomes import CardOutcome, FieldOutcome
from idcard_core.masking import mask_numbers
from idcard_core.store.runs.results import PictureResult, Run

Cell = str | int | float | bool | None
Record = Mapping[str, Cell]


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What an export is of: a run over a set, its results, and the name of each picture's file.

    ``in_clear``: long numbers stand in it as they are, in values and in names of files; else they are masked.
    """

    set_name: str
    run: Run
    results: Sequence[PictureResult] = field(repr=False)
    files: Mapping[tuple[str, int | None], str] = field(repr=False)
    in_clear: bool = False

    def file(self, result: PictureResult) -> str:
        return self.shown(self.files.get((result.sha256, result.page), ""))

    def shown(self, text: str) -> str:
        return text if self.in_clear else mask_numbers(text)


def picture_record(subject: Subject, result: PictureResult) -> dict[str, Cell]:
    """What is told of a picture as a whole."""
    return {
        "file": subject.file(result),
        "page": result.page,
        "sha256": result.sha256,
        "condition": result.condition,
        "slices": ";".join(result.slices),
        "readable": result.readable,
        "status_expected": result.status_label and result.status_label.value,
        "status": result.status and result.status.value,
        "risk_expected": result.risk_label and result.risk_label.value,
        "risk": result.risk and result.risk.value,
        "direction_expected": result.direction_label,
        "direction": result.direction,
        "milliseconds": round(result.milliseconds, 1),
        "error_code": result.error_code,
    }


def card_record(card: CardOutcome, number: int) -> dict[str, Cell]:
    """A card in a row: ``card`` counts from 1."""
    return {
        "card": number + 1,
        "side": card.side.value,
        "found": card.found,
        "card_right": card.is_right,
        "wrong_fields": ";".join(name.value for name in card.wrong),
        "needs_review": card.needs_review,
    }


def field_record(subject: Subject, read: FieldOutcome) -> dict[str, Cell]:
    return {
        "field": read.name.value,
        "expected": subject.shown(read.expected),
        "read": subject.shown(read.read),
        "right": read.is_right,
        "edits": read.edits,
        "confidence": read.confidence,
    }


def field_records(subject: Subject) -> Iterator[dict[str, Cell]]:
    """A record for each labelled field; a picture without a card has one with no field."""
    for result in subject.results:
        picture = picture_record(subject, result)
        if not result.cards:
            yield picture
        for number, card in enumerate(result.cards):
            for read in card.fields:
                yield {**picture, **card_record(card, number), **field_record(subject, read)}


FIELD_COLUMNS = (
    *("file", "page", "sha256", "condition", "slices", "readable"),
    *("card", "side", "found", "card_right", "wrong_fields", "needs_review"),
    *("field", "expected", "read", "right", "edits", "confidence"),
    *("status_expected", "status", "risk_expected", "risk", "direction_expected", "direction"),
    *("milliseconds", "error_code"),
)
"""In the order they stand in."""


def labelled_fields(results: Sequence[PictureResult]) -> list[FieldName]:
    """The kinds of fields that any card has a label for, as printed."""
    found = {read.name for result in results for card in result.cards for read in card.fields}
    return [name for name in FieldName if name in found]
