"""What a session remembers of every recognition, and what that says about accuracy and speed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from idcard_core.card import FieldName, ImageStatus, RiskType, Side

PERCENTILES = (50, 90, 99)


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as the wire contract names it."""

    code: int
    message: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One recognition in a few words; holds no picture and no field value.

    ``milliseconds`` is from bytes or address to reading; ``marks`` says which labelled fields were right, and is empty
    for a picture without labels; ``number`` is masked, one after another for several fronts; ``doubted`` are the fields
    to be reviewed; ``failure`` is set instead of a status without a reading.
    """

    id: int
    time: datetime
    file: str
    engine: str
    milliseconds: float
    sides: tuple[Side, ...] = ()
    status: ImageStatus | None = None
    risk: RiskType | None = None
    number: str = ""
    doubted: tuple[FieldName, ...] = ()
    marks: Mapping[FieldName, bool] = field(default_factory=dict)
    failure: Failure | None = None
    page: int | None = None
    log_id: int = 0
    sha256: str | None = None
    kept: int | None = None
    """The reading's number in the store, where it is kept."""
    lost: bool = False
    """It should have been kept, but the store could not be had."""

    @property
    def whole(self) -> bool | None:
        """Whether every labelled field is right; None for a picture without labels."""
        return all(self.marks.values()) if self.marks else None


@dataclass(frozen=True, slots=True)
class Score:
    """``right`` of ``count``."""

    right: int
    count: int

    @property
    def share(self) -> float | None:
        """0 to 1, or None when there is nothing to count."""
        return self.right / self.count if self.count else None

    @classmethod
    def of(cls, outcomes: Iterable[bool]) -> Score:
        """Counts the true ones."""
        values = list(outcomes)
        return cls(sum(values), len(values))


@dataclass(frozen=True, slots=True)
class Summary:
    """A session in numbers; ``latency_ms`` maps a percentile to milliseconds and is empty when nothing was read."""

    recognitions: int
    failures: int
    cards: Score
    fields: Mapping[FieldName, Score]
    latency_ms: Mapping[int, float]

    @property
    def all_fields(self) -> Score:
        """All fields together."""
        return Score(sum(s.right for s in self.fields.values()), sum(s.count for s in self.fields.values()))


def summarise(rows: Sequence[HistoryRow]) -> Summary:
    """Accuracy over labelled pictures and latency over all pictures that were read."""
    read = [row.milliseconds for row in rows if row.failure is None]
    return Summary(
        recognitions=len(rows),
        failures=len(rows) - len(read),
        cards=Score.of(row.whole for row in rows if row.whole is not None),
        fields={name: Score.of(row.marks[name] for row in rows if name in row.marks) for name in FieldName},
        latency_ms={p: float(np.percentile(read, p)) for p in PERCENTILES} if read else {},
    )
