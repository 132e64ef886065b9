"""What kept readings say over time: how many, how fast, and how right against the labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy import Engine, func, select

from idcard_core.card import FieldName, ImageStatus
from idcard_core.evaluate.metrics import Percentiles, Proportion, percentiles
from idcard_core.store.readings.conditions import conditions
from idcard_core.store.readings.record import marks_from
from idcard_core.store.readings.rows import EVERYTHING, ReadingFilter
from idcard_core.store.tables import READINGS

DAY = timedelta(days=1)
_C = READINGS.c


@dataclass(frozen=True, slots=True)
class Counts:
    """How many readings there are of each kind."""

    readings: int
    failures: int
    need_review: int
    statuses: Mapping[ImageStatus, int]


@dataclass(frozen=True, slots=True)
class Span:
    """The readings from ``start`` until the next span's; ``latency`` is of those that did not fail."""

    start: datetime
    readings: int
    failures: int
    latency: Percentiles
    cards: Proportion
    """Labelled pictures with all fields right."""
    fields: Mapping[FieldName, Proportion]
    """Labelled fields, the kinds that there are."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one reading tells over time."""

    time: datetime
    milliseconds: float
    failed: bool
    marks: Mapping[FieldName, bool]


def counts(engine: Engine, wanted: ReadingFilter = EVERYTHING) -> Counts:
    """Of the readings that pass ``wanted``; ``search`` is not looked at."""
    one = select(_C.status, _C.needs_review, _C.error_code.is_not(None).label("failed"), func.count().label("readings"))
    query = one.where(*conditions(wanted)).group_by(_C.status, _C.needs_review, _C.error_code.is_not(None))
    with engine.connect() as connection:
        groups = [tuple(row) for row in connection.execute(query)]
    statuses: dict[ImageStatus, int] = {}
    for status, _, _, readings in groups:
        if status is not None:
            statuses[ImageStatus(status)] = statuses.get(ImageStatus(status), 0) + readings
    return Counts(
        readings=sum(readings for *_, readings in groups),
        failures=sum(readings for _, _, failed, readings in groups if failed),
        need_review=sum(readings for _, needs_review, _, readings in groups if needs_review),
        statuses=statuses,
    )


def trend(
    engine: Engine, wanted: ReadingFilter = EVERYTHING, width: timedelta = DAY, zone: timezone = timezone.utc
) -> list[Span]:
    """Spans of ``width`` that have readings, the oldest first; they are counted from a midnight of ``zone``, and
    ``search`` is not looked at."""
    columns = (_C.time, _C.milliseconds, _C.error_code, _C.fields_right, _C.fields_wrong)
    query = select(*columns).where(*conditions(wanted)).order_by(_C.time)
    with engine.connect() as connection:
        told = [
            Told(time, milliseconds, error is not None, marks_from(right, wrong))
            for time, milliseconds, error, right, wrong in connection.execute(query)
        ]
    return spans(told, width, zone)


def spans(told: Iterable[Told], width: timedelta = DAY, zone: timezone = timezone.utc) -> list[Span]:
    """As `trend`, of readings that were had otherwise, the oldest first."""
    found: dict[datetime, list[Told]] = {}
    first = datetime(1970, 1, 1, tzinfo=zone)
    for one in told:
        found.setdefault(first + (one.time - first) // width * width, []).append(one)
    return [_span(start, together) for start, together in found.items()]


def _span(start: datetime, found: list[Told]) -> Span:
    marks = [told.marks for told in found if told.marks]
    return Span(
        start=start,
        readings=len(found),
        failures=sum(told.failed for told in found),
        latency=percentiles([told.milliseconds for told in found if not told.failed]),
        cards=Proportion.of(all(fields.values()) for fields in marks),
        fields={name: right for name in FieldName if (right := _of_field(name, marks)).total},
    )


def _of_field(name: FieldName, marks: Iterable[Mapping[FieldName, bool]]) -> Proportion:
    return Proportion.of(fields[name] for fields in marks if name in fields)
