"""What a reviewer can do with an item, one event each, and how it is written down."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from idcard_core.card import FieldName, ImageStatus, RiskType
from idcard_core.store.errors import Damaged
from idcard_core.store.sealing import Sealing, seal_json, unseal_json

_PURPOSE = "review event"


@dataclass(frozen=True, slots=True)
class Accept:
    """What is read, with all changes and labels so far, is right: the item is done."""


@dataclass(frozen=True, slots=True)
class ChangeField:
    """What a field says in truth; ``card`` counts from 0 as the answer's ``detail`` has them."""

    card: int
    field: FieldName
    value: str = dataclasses.field(repr=False)


@dataclass(frozen=True, slots=True)
class LabelStatus:
    status: ImageStatus


@dataclass(frozen=True, slots=True)
class LabelRisk:
    risk: RiskType


@dataclass(frozen=True, slots=True)
class LabelDirection:
    """-1 to 3, as in the wire contract."""

    direction: int


@dataclass(frozen=True, slots=True)
class NotACard:
    """There is no identity card on the picture: the item is done."""


@dataclass(frozen=True, slots=True)
class Postpone:
    """Later, or by somebody else."""


@dataclass(frozen=True, slots=True)
class Undo:
    """The latest event that is not yet undone does not count, whoever it is by."""


@dataclass(frozen=True, slots=True)
class Reopen:
    """The item is to be looked at again, with what has been said of it so far."""


Action: TypeAlias = (
    Accept | ChangeField | LabelStatus | LabelRisk | LabelDirection | NotACard | Postpone | Undo | Reopen
)

KINDS: dict[type[Action], str] = {
    Accept: "accept",
    ChangeField: "field",
    LabelStatus: "status",
    LabelRisk: "risk",
    LabelDirection: "direction",
    NotACard: "not_a_card",
    Postpone: "postpone",
    Undo: "undo",
    Reopen: "reopen",
}
"""How the log names them."""
_BARE: dict[str, Action] = {KINDS[type(a)]: a for a in (Accept(), NotACard(), Postpone(), Undo(), Reopen())}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to write into the log: who did what and when, and the version of the item that they saw."""

    item: int
    action: Action
    reviewer: str
    time: datetime
    seen: int


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of the log; ``version`` is the item's after it, one more than before. ``forced``: somebody else had
    changed the item since version ``seen``, and the reviewer knew."""

    item: int
    action: Action
    reviewer: str
    time: datetime
    seen: int
    version: int
    forced: bool


def seal_action(action: Action, sealing: Sealing) -> bytes:
    """What is kept of an action beside its kind."""
    said: dict[str, str | int] = {}
    if isinstance(action, ChangeField):
        said = {"card": action.card, "field": action.field.value, "value": action.value}
    elif isinstance(action, LabelStatus):
        said = {"status": action.status.value}
    elif isinstance(action, LabelRisk):
        said = {"risk": action.risk.value}
    elif isinstance(action, LabelDirection):
        said = {"direction": action.direction}
    return seal_json(sealing, said, _PURPOSE)


def unseal_action(kind: str, kept: bytes, sealing: Sealing) -> Action:
    """The other way round. Raises Damaged."""
    if kind in _BARE:
        return _BARE[kind]
    try:
        said = unseal_json(sealing, kept, _PURPOSE)
        if kind == KINDS[ChangeField]:
            return ChangeField(int(said["card"]), FieldName(said["field"]), str(said["value"]))
        if kind == KINDS[LabelStatus]:
            return LabelStatus(ImageStatus(said["status"]))
        if kind == KINDS[LabelRisk]:
            return LabelRisk(RiskType(said["risk"]))
        if kind == KINDS[LabelDirection]:
            return LabelDirection(int(said["direction"]))
    except (KeyError, TypeError, ValueError):
        raise Damaged(_PURPOSE) from None
    raise Damaged(_PURPOSE)
