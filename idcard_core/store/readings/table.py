"""The table of readings: kept, listed newest first, found again, deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta, timezone

from sqlalchemy import Engine, delete, func, insert, select, update

from idcard_core.card import FieldName
from idcard_core.store.database import scrub
from idcard_core.store.readings.conditions import conditions, found_by
from idcard_core.store.readings.record import from_row, marks_to_columns, to_columns, unseal_source
from idcard_core.store.readings.rows import EVERYTHING, KeptReading, ReadingFilter, ReadingRow
from idcard_core.store.readings.trend import DAY, Counts, Span, counts, trend
from idcard_core.store.sealing import Sealing
from idcard_core.store.tables import READING_ANSWERS, READINGS

PAGE = 50
_ANSWER = "reading answer"
_NEWEST_FIRST = (READINGS.c.time.desc(), READINGS.c.id.desc())


class ReadingTable:
    """Readings in a database. Every method is a transaction of its own."""

    def __init__(self, engine: Engine, sealing: Sealing) -> None:
        self._engine = engine
        self._sealing = sealing

    def keep(self, row: ReadingRow, answer: str | None = None) -> int:
        """Keep a recognition and, with its values, its answer as JSON; the row's number.

        Long numbers in the source's name and in ``number`` are masked, if they are not yet.
        """
        with self._engine.begin() as connection:
            id = int(
                connection.execute(
                    insert(READINGS).values(to_columns(row, self._sealing)).returning(READINGS.c.id)
                ).scalar_one()
            )
            if answer is not None:
                sealed = self._sealing.seal(answer.encode("utf-8"), _ANSWER)
                connection.execute(insert(READING_ANSWERS).values(reading_id=id, answer=sealed))
        return id

    def get(self, id: int) -> KeptReading | None:
        with self._engine.connect() as connection:
            row = connection.execute(select(READINGS).where(READINGS.c.id == id)).first()
        return None if row is None else from_row(row, self._sealing)

    def answer(self, id: int) -> str | None:
        """The answer of a reading as JSON; None where it was not kept."""
        wanted = select(READING_ANSWERS.c.answer).where(READING_ANSWERS.c.reading_id == id)
        with self._engine.connect() as connection:
            sealed = connection.execute(wanted).scalar_one_or_none()
        return None if sealed is None else self._sealing.unseal(sealed, _ANSWER).decode("utf-8")

    def answers(self, ids: Sequence[int]) -> dict[int, str]:
        """The answers of readings as JSON, of those that have one."""
        wanted = select(READING_ANSWERS).where(READING_ANSWERS.c.reading_id.in_(ids))
        with self._engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return {id: self._sealing.unseal(sealed, _ANSWER).decode("utf-8") for id, sealed in rows}

    def page(self, wanted: ReadingFilter = EVERYTHING, limit: int = PAGE, offset: int = 0) -> list[KeptReading]:
        """``limit`` readings, newest first, after ``offset`` newer ones."""
        query = select(READINGS).order_by(*_NEWEST_FIRST)
        if wanted.search and self._sealing.encrypts:
            query = query.where(READINGS.c.id.in_(self._found(wanted)[offset : offset + limit]))
        else:
            query = query.where(*conditions(wanted), *found_by(wanted.search)).limit(limit).offset(offset)
        with self._engine.connect() as connection:
            return [from_row(row, self._sealing) for row in connection.execute(query)]

    def count(self, wanted: ReadingFilter = EVERYTHING) -> int:
        if wanted.search and self._sealing.encrypts:
            return len(self._found(wanted))
        query = select(func.count()).select_from(READINGS).where(*conditions(wanted), *found_by(wanted.search))
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def of_picture(self, sha256: str, page: int | None = None) -> list[KeptReading]:
        """Every reading of one picture, newest first."""
        query = select(READINGS).where(READINGS.c.sha256 == sha256, READINGS.c.page == (page or 0))
        with self._engine.connect() as connection:
            return [from_row(row, self._sealing) for row in connection.execute(query.order_by(*_NEWEST_FIRST))]

    def mark(self, marks: Mapping[int, Mapping[FieldName, bool]]) -> None:
        """Say anew, by reading, which labelled fields were right: its picture's labels are new or corrected."""
        with self._engine.begin() as connection:
            for id, fields in marks.items():
                connection.execute(update(READINGS).where(READINGS.c.id == id).values(marks_to_columns(fields)))

    def delete(self, ids: Iterable[int]) -> int:
        """Delete readings without a trace; how many there were. Raises StillInUse, see `scrub`."""
        with self._engine.begin() as connection:
            deleted = sum(connection.execute(delete(READINGS).where(READINGS.c.id == id)).rowcount for id in ids)
        if deleted:
            scrub(self._engine)
        return deleted

    def delete_all(self, wanted: ReadingFilter) -> int:
        """Delete what passes ``wanted`` without a trace; how many there were. Raises StillInUse, see `scrub`."""
        if wanted.search and self._sealing.encrypts:
            return self.delete(self._found(wanted))
        query = delete(READINGS).where(*conditions(wanted), *found_by(wanted.search))
        with self._engine.begin() as connection:
            deleted = connection.execute(query).rowcount
        if deleted:
            scrub(self._engine)
        return int(deleted)

    def counts(self, wanted: ReadingFilter = EVERYTHING) -> Counts:
        """How many there are of each kind; ``search`` is not looked at."""
        return counts(self._engine, wanted)

    def trend(
        self, wanted: ReadingFilter = EVERYTHING, width: timedelta = DAY, zone: timezone = timezone.utc
    ) -> list[Span]:
        """Latency and accuracy over time, see `trend.trend`."""
        return trend(self._engine, wanted, width, zone)

    def engines(self) -> list[str]:
        """The engines that readings are from, in alphabetical order."""
        with self._engine.connect() as connection:
            query = select(READINGS.c.engine).distinct().order_by(READINGS.c.engine)
            return list(connection.execute(query).scalars())

    def _found(self, wanted: ReadingFilter) -> list[int]:
        """What ``search`` finds, newest first, where the database itself cannot read the names."""
        text, c = wanted.search.casefold(), READINGS.c
        query = select(c.id, c.source, c.log_id).where(*conditions(wanted)).order_by(*_NEWEST_FIRST)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [
            id
            for id, source, log_id in rows
            if log_id == wanted.search or text in unseal_source(source, self._sealing).casefold()
        ]
