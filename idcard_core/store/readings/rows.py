"""One recognition as it is kept, and what a list of them may be asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from idcard_core.card import Card, FieldName, ImageStatus, Reading, RiskType, Side
from idcard_core.masking import mask_numbers


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a reading itself does not tell: who asked, when, of what; ``source`` is a file's name or an address."""

    time: datetime
    session: str
    source: str = field(repr=False)
    engine: str
    log_id: int
    """A uint64."""


@dataclass(frozen=True, slots=True)
class Failed:
    """An error as the wire contract names it."""

    code: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """One recognition in a few words; holds no picture and no field value, and its numbers are masked.

    ``milliseconds`` is from bytes or address to reading, ``stages`` its parts; ``confidence`` is the least of all
    fields, 0 to 1; ``doubted`` are the fields to be reviewed; ``marks`` says which labelled fields were right, and is
    empty for a picture without labels; ``number`` has one after another for several fronts; ``failed`` is set instead
    of a status without a reading, and ``sha256`` is None where no picture was to be had.
    """

    occasion: Occasion
    milliseconds: float
    sha256: str | None = None
    page: int | None = None
    sides: tuple[Side, ...] = ()
    status: ImageStatus | None = None
    risk: RiskType | None = None
    direction: int | None = None
    stages: Mapping[str, float] = field(default_factory=dict)
    confidence: float | None = None
    doubted: tuple[FieldName, ...] = ()
    number: str = field(default="", repr=False)
    marks: Mapping[FieldName, bool] = field(default_factory=dict)
    failed: Failed | None = None

    @property
    def needs_review(self) -> bool:
        return bool(self.doubted)

    @property
    def whole(self) -> bool | None:
        """Whether every labelled field is right; None for a picture without labels."""
        return all(self.marks.values()) if self.marks else None

    @classmethod
    def of(cls, reading: Reading, occasion: Occasion, marks: Mapping[FieldName, bool] | None = None) -> ReadingRow:
        """From a reading, with whatever was asked for."""
        cards = sorted(reading.cards, key=lambda card: card.order)
        numbers = [card.field(FieldName.IDCARDNO).text for card in cards]
        return cls(
            occasion=occasion,
            milliseconds=float(reading.timings_ms.get("total", 0.0)),
            sha256=reading.picture.sha256,
            page=reading.picture.page,
            sides=tuple(card.side for card in reading.cards),
            status=reading.status,
            risk=reading.risk if reading.options.risk else None,
            direction=reading.direction,
            stages={name: float(spent) for name, spent in reading.timings_ms.items() if name != "total"},
            confidence=least_confidence(reading.cards),
            doubted=tuple(name for name in FieldName if any(name in card.doubted for card in reading.cards)),
            number=", ".join(mask_numbers(number) for number in numbers if number),
            marks=marks or {},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReading(ReadingRow):
    """A recognition that is in the store."""

    id: int


@dataclass(frozen=True, slots=True)
class ReadingFilter:
    """Which readings a list has: those that pass everything that is not None or empty.

    ``since`` counts, ``until`` does not; ``search`` is part of a source name, or a log id.
    """

    since: datetime | None = None
    until: datetime | None = None
    session: str | None = None
    engine: str | None = None
    side: Side | None = None
    status: ImageStatus | None = None
    risk: RiskType | None = None
    failed: bool | None = None
    needs_review: bool | None = None
    labelled: bool | None = None
    right: bool | None = None
    """Of those with labels: whether all labelled fields are right."""
    search: str = field(default="", repr=False)


EVERYTHING = ReadingFilter()


def least_confidence(cards: tuple[Card, ...]) -> float | None:
    """Of all fields of all ``cards``; None of none."""
    return min((float(field.confidence) for card in cards for field in card.fields), default=None)
