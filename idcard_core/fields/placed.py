"""What a side's grammar answers: values, where they stand, which lines they came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from idcard_core.card import FieldName, Points
from idcard_core.fields.lines import Line
from idcard_core.fields.values import Part, Value


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A value, where it stands on the card (quad in the card frame) if that is known, and what it was read from."""

    value: Value
    quad: Points | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class SideReading:
    """What one side's grammar makes of the lines: values by field, lines by role, and how much speaks for that side."""

    fields: Mapping[FieldName, Placed]
    lines: Mapping[str, Sequence[Line]]
    score: float


@dataclass(frozen=True, slots=True)
class Expected:
    """Where a row that holds ``fields`` is printed: its role, the x it spans and the y of its middle (card frame)."""

    role: str
    fields: tuple[FieldName, ...]
    left: float
    right: float
    y: float
    height: float = 46.0
