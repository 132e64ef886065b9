"""What an item's events come to: its state, and what has been said of the picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from idcard_core.card import FieldName, ImageStatus, RiskType
from idcard_core.store.errors import NothingToUndo
from idcard_core.store.review.actions import (
    Accept,
    Action,
    ChangeField,
    Event,
    LabelDirection,
    LabelRisk,
    LabelStatus,
    NotACard,
    Postpone,
    Reopen,
    Undo,
)


class State(str, Enum):
    """Where an item is in the queue."""

    PENDING = "pending"
    DONE = "done"
    POSTPONED = "postponed"


Place = tuple[int, FieldName]
"""A field of a card; cards count from 0 as the answer's ``detail`` has them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What has been said of a picture; None and missing fields: as it was read."""

    state: State = State.PENDING
    fields: Mapping[Place, str] = field(default_factory=dict, repr=False)
    status: ImageStatus | None = None
    risk: RiskType | None = None
    direction: int | None = None
    not_a_card: bool = False

    @property
    def as_read(self) -> bool:
        """Whether nothing has been changed."""
        return not (self.fields or self.status or self.risk or self.not_a_card) and self.direction is None


UNTOUCHED = Verdict()


def standing(events: Iterable[Event]) -> list[Event]:
    """The events that count, the oldest first. Raises NothingToUndo."""
    found: list[Event] = []
    for event in events:
        if not isinstance(event.action, Undo):
            found.append(event)
        elif found:
            found.pop()
        else:
            raise NothingToUndo
    return found


def project(events: Iterable[Event]) -> Verdict:
    """What ``events``, the oldest first, come to. Raises NothingToUndo."""
    verdict = UNTOUCHED
    for event in standing(events):
        verdict = after(verdict, event.action)
    return verdict


def verdict_of(events: Iterable[Event], reviewer: str) -> Verdict | None:
    """What stood when ``reviewer`` last called the item done; None for one who never did, or took it back."""
    verdict, found = UNTOUCHED, None
    for event in standing(events):
        verdict = after(verdict, event.action)
        if event.reviewer == reviewer and isinstance(event.action, Accept | NotACard):
            found = verdict
    return found


def after(verdict: Verdict, action: Action) -> Verdict:
    """``verdict`` with one action more. A change to an item that is done leaves it done."""
    match action:
        case Accept():
            return replace(verdict, state=State.DONE)
        case NotACard():
            return replace(verdict, state=State.DONE, not_a_card=True)
        case Postpone():
            return replace(verdict, state=State.POSTPONED)
        case Reopen():
            return replace(verdict, state=State.PENDING, not_a_card=False)
        case ChangeField(card, name, value):
            return replace(verdict, fields={**verdict.fields, (card, name): value})
        case LabelStatus(status):
            return replace(verdict, status=status)
        case LabelRisk(risk):
            return replace(verdict, risk=risk)
        case LabelDirection(direction):
            return replace(verdict, direction=direction)
        case Undo():
            raise NothingToUndo  # `standing` has taken it out with what it undoes
