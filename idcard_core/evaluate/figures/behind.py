"""The cards behind a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from idcard_core.card import FieldName
from idcard_core.evaluate.calibration import EDGES
from idcard_core.evaluate.figures.characters import Slip, slips_in
from idcard_core.evaluate.outcomes import CardOutcome, FieldOutcome
from idcard_core.store.runs.results import PictureResult


@dataclass(frozen=True, slots=True)
class CardKey:
    """A labelled card by its picture and its number there, from 0; None: the picture, whatever is on it."""

    sha256: str
    page: int | None
    number: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """Which cards: those that pass everything that is asked.

    ``confidence`` is a bin (low, high) as in `calibration`; with ``field`` it and ``slip`` are looked for in that field
    alone. ``status`` and ``risk`` are (right, told), and ask for pictures, whether readable or not, as ``failed`` does.
    """

    condition: str | None = None
    slice: str | None = None
    field: FieldName | None = None
    wrong: bool | None = None
    slip: Slip | None = None
    confidence: tuple[float, float] | None = None
    status: tuple[str, str] | None = None
    risk: tuple[str, str] | None = None
    failed: bool = False
    unreadable: bool = False

    @property
    def asks_for_pictures(self) -> bool:
        return self.status is not None or self.risk is not None or self.failed


def cards_behind(results: Sequence[PictureResult], asked: Question) -> list[CardKey]:
    """The cards in the order they were read, the wrong ones first."""
    found: list[tuple[bool, CardKey]] = []
    for result in results:
        if not _is_asked(result, asked):
            continue
        if asked.asks_for_pictures:
            found.append((False, CardKey(result.sha256, result.page, None)))
            continue
        for number, card in enumerate(result.cards):
            if _card_is_asked(card, asked):
                found.append((card.is_right, CardKey(result.sha256, result.page, number)))
    return [key for _, key in sorted(found, key=lambda pair: pair[0])]


def _is_asked(result: PictureResult, asked: Question) -> bool:
    if asked.condition is not None and result.condition != asked.condition:
        return False
    if asked.slice is not None and asked.slice not in result.slices:
        return False
    if asked.failed:
        return result.error_code is not None
    if asked.status is not None:
        return (result.status_label, result.status) == asked.status
    if asked.risk is not None:
        return (result.risk_label, result.risk) == asked.risk
    return result.readable is not asked.unreadable


def _card_is_asked(card: CardOutcome, asked: Question) -> bool:
    fields = [field for field in card.fields if asked.field is None or field.name is asked.field]
    if not fields:
        return False
    if asked.slip is not None and not any(asked.slip in slips_in(field) for field in fields):
        return False
    if asked.confidence is not None:
        fields = list(_within(fields, *asked.confidence))
    rights = [field.is_right for field in fields]
    return bool(fields) and (asked.wrong is None or all(rights) is not asked.wrong)


def _within(fields: Sequence[FieldOutcome], low: float, high: float) -> Iterator[FieldOutcome]:
    for field in fields:
        told = field.confidence
        if told is not None and (low <= told < high or told == high == EDGES[-1]):
            yield field
