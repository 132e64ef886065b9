"""One picture in the queue, and what the queue may be asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from idcard_core.card import ImageStatus, Reason, RiskType
from idcard_core.store.review.actions import Event
from idcard_core.store.review.project import State, Verdict

WEIGHTS = {
    Reason.NOT_READ.value: 1.0,
    Reason.UNLAWFUL.value: 0.9,
    Reason.DISAGREES.value: 0.8,
    Reason.COVERED.value: 0.7,
}
"""How urgent an item is at least for a reason, 0 to 1. A value that breaks a rule is wrong, on the card or as read,
whatever its confidence; what is only doubtful goes by its confidence."""


def priority(reasons: Iterable[str], confidence: float | None) -> float:
    """0, nothing to worry about, to 1: the heaviest reason, or what is missing to full confidence."""
    doubt = 0.0 if confidence is None else 1.0 - confidence
    return max(doubt, *(WEIGHTS.get(reason, 0.0) for reason in reasons), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """A picture to review, which must be kept, and what was read of it.

    ``reasons`` are those of its doubts, or any word of a person's own; ``answer`` is the reading's as JSON with its
    ``detail``; ``confidence`` the least of all fields, 0 to 1; ``condition`` is a label's, empty where none is known.
    """

    sha256: str
    page: int | None = None
    time: datetime
    reasons: tuple[str, ...]
    answer: str = field(repr=False)
    reading: int | None = None
    confidence: float | None = None
    status: ImageStatus | None = None
    risk: RiskType | None = None
    direction: int | None = None
    condition: str = ""
    priority: float | None = None
    """Higher is sooner; None: by reasons and confidence."""

    @property
    def urgency(self) -> float:
        return priority(self.reasons, self.confidence) if self.priority is None else self.priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A picture in the queue; ``version`` counts its events, ``reviewer`` made the latest, empty before any."""

    id: int
    sha256: str
    page: int | None
    reading: int | None
    created: datetime
    reasons: tuple[str, ...]
    priority: float
    confidence: float | None
    status: ImageStatus | None
    risk: RiskType | None
    direction: int | None
    condition: str
    state: State
    version: int
    reviewer: str
    updated: datetime


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item with everything that a reviewer needs; ``answer`` is the reading's as JSON."""

    item: Item
    answer: str = field(repr=False)
    events: tuple[Event, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which items a queue has: those that pass everything that is not None; ``confidence`` is at most.

    ``reviewer`` made some event of the item.
    """

    state: State | None = None
    reason: str | None = None
    confidence: float | None = None
    status: ImageStatus | None = None
    condition: str | None = None
    reviewer: str | None = None


WHOLE_QUEUE = QueueFilter()
