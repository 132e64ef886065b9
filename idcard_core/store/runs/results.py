"""What became of one picture and of each labelled card on it, and how it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from idcard_core.card import Doubt, FieldName, ImageStatus, Reason, RiskType
from idcard_core.evaluate.outcomes import CardOutcome, FieldOutcome
from idcard_core.store.errors import Damaged
from idcard_core.store.sealing import Sealing, seal_json, unseal_json

_PURPOSE = "run card"


class RunState(str, Enum):
    """How far a run is; one that is running and that no program holds any more (`RunTable.is_held`) was interrupted."""

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRun:
    """A run to begin; ``settings`` is whatever sets it apart, as JSON; ``planned`` counts the pictures."""

    set_id: int
    engine: str
    settings: str
    author: str
    planned: int
    started: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(NewRun):
    """A run; ``done`` counts the pictures so far."""

    id: int
    state: RunState
    finished: datetime | None
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureResult:
    """One picture in a run: ``cards`` as its label has them, judged field by field, and what else was read of it.

    A label is None where the picture has none of its kind; ``error_code`` is set where nothing could be read at all.
    """

    sha256: str
    page: int | None = None
    condition: str
    slices: tuple[str, ...] = ()
    readable: bool = True
    cards: tuple[CardOutcome, ...] = field(repr=False)
    milliseconds: float
    stages: Mapping[str, float] = field(default_factory=dict)
    status: ImageStatus | None = None
    status_label: ImageStatus | None = None
    risk: RiskType | None = None
    risk_label: RiskType | None = None
    direction: int | None = None
    direction_label: int | None = None
    error_code: int | None = None


@dataclass(frozen=True, slots=True)
class CardInRun:
    """A labelled card in one run, without its values."""

    right: bool
    wrong: tuple[FieldName, ...]
    milliseconds: float


@dataclass(frozen=True, slots=True)
class ComparedCard:
    """The same labelled card in two runs; ``number`` counts from 0 as the label has them."""

    sha256: str
    page: int | None
    number: int
    condition: str
    one: CardInRun
    other: CardInRun

    @property
    def better(self) -> bool:
        """Right only in the other run."""
        return self.other.right and not self.one.right

    @property
    def worse(self) -> bool:
        """Right only in the first run."""
        return self.one.right and not self.other.right


def seal_card(card: CardOutcome, sealing: Sealing) -> bytes:
    """What is kept of a card's values."""
    said = {
        "fields": {f.name.value: [f.expected, f.read, f.confidence] for f in card.fields},
        "doubts": None if card.doubts is None else [[d.field.value, d.reason.value] for d in card.doubts],
    }
    return seal_json(sealing, said, _PURPOSE)


def unseal_card(kept: bytes, sealing: Sealing) -> tuple[tuple[FieldOutcome, ...], tuple[Doubt, ...] | None]:
    """A card's fields and doubts. Raises Damaged."""
    try:
        said = unseal_json(sealing, kept, _PURPOSE)
        fields = tuple(
            FieldOutcome(FieldName(name), str(expected), str(read), None if told is None else float(told))
            for name, (expected, read, told) in said["fields"].items()
        )
        if said["doubts"] is None:
            return fields, None
        return fields, tuple(Doubt(FieldName(name), Reason(reason)) for name, reason in said["doubts"])
    except (KeyError, TypeError, ValueError):
        raise Damaged(_PURPOSE) from None
