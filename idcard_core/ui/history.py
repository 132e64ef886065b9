"""What a session remembers of every recognition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from idcard_core.card import FieldName, ImageStatus, RiskType, Side
from idcard_core.store.readings.rows import Failed, KeptReading, Occasion


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
    """With its zone."""
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

    def occasion(self, visitor: str) -> Occasion:
        """When and of what it is; ``visitor`` names the session."""
        return Occasion(self.time, visitor, self.file, self.engine, self.log_id)

    def as_reading(self, visitor: str) -> KeptReading:
        """As if it came from the store; its number there is the row's here."""
        return KeptReading(
            id=self.id,
            occasion=self.occasion(visitor),
            milliseconds=self.milliseconds,
            sha256=self.sha256,
            page=self.page,
            sides=self.sides,
            status=self.status,
            risk=self.risk,
            doubted=self.doubted,
            number=self.number,
            marks=self.marks,
            failed=None if self.failure is None else Failed(self.failure.code, self.failure.message),
        )
