"""How much is kept, what is kept too long, and everything of one picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, delete, func, select, text

from idcard_core.store.database import scrub
from idcard_core.store.files import HashedFiles
from idcard_core.store.pictures import PictureTable, remove_unused
from idcard_core.store.tables import (
    METADATA,
    PICTURES,
    READINGS,
    REVIEW_EVENTS,
    REVIEW_ITEMS,
    RUN_PICTURES,
    RUNS,
    SAMPLES,
)

_OF_PICTURES: tuple[Table, ...] = (READINGS, SAMPLES, REVIEW_ITEMS, RUN_PICTURES)
"""What tells of a picture by its SHA-256; what hangs on these rows goes with them."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Storage in use: bytes of the database and of the pictures' files, and how many there are of each thing."""

    database_bytes: int
    picture_bytes: int
    pictures: int
    readings: int
    review_items: int
    review_events: int
    samples: int
    """All versions."""
    runs: int


@dataclass(frozen=True, slots=True)
class Traces:
    """How much is kept of one picture, all pages of a document; ``samples`` counts all versions of labels."""

    readings: int
    samples: int
    review_items: int
    results: int
    has_file: bool

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return self.has_file or any((self.readings, self.samples, self.review_items, self.results))


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge has removed."""

    readings: int
    review_items: int
    pictures: int


class Upkeep:
    """Looks after everything that is kept."""

    def __init__(self, engine: Engine, files: HashedFiles, pictures: PictureTable, retention_days: int | None) -> None:
        self._engine = engine
        self._files = files
        self._pictures = pictures
        self._retention_days = retention_days

    def usage(self) -> Usage:
        with self._engine.connect() as connection:
            return Usage(
                database_bytes=_database_bytes(connection),
                picture_bytes=self._files.size_bytes(),
                pictures=_rows(connection, PICTURES),
                readings=_rows(connection, READINGS),
                review_items=_rows(connection, REVIEW_ITEMS),
                review_events=_rows(connection, REVIEW_EVENTS),
                samples=_rows(connection, SAMPLES),
                runs=_rows(connection, RUNS),
            )

    def purge(self, now: datetime) -> Purged:
        """Remove without a trace what is kept for longer than the settings say, and pictures that nothing uses.

        A reading's age counts from its time, a review item's from its latest event. Labelled sets stay. Raises
        StillInUse, see `scrub`.
        """
        readings = items = 0
        freed: list[str] = []
        if self._retention_days is not None:
            before = now - timedelta(days=self._retention_days)
            with self._engine.begin() as connection:
                readings = connection.execute(delete(READINGS).where(READINGS.c.time < before)).rowcount
                old = delete(REVIEW_ITEMS).where(REVIEW_ITEMS.c.updated < before).returning(REVIEW_ITEMS.c.sha256)
                gone = list(connection.execute(old).scalars())
                items = len(gone)
                freed = [sha256 for sha256 in set(gone) if remove_unused(connection, self._files, sha256)]
        swept = self._pictures.sweep(now)
        scrub(self._engine)
        return Purged(readings, items, len(freed) + swept)

    def traces(self, sha256: str) -> Traces:
        """What `forget` would remove."""
        with self._engine.connect() as connection:
            counts = [
                int(connection.execute(select(func.count()).where(table.c.sha256 == sha256)).scalar_one())
                for table in _OF_PICTURES
            ]
        readings, samples, items, results = counts
        return Traces(readings, samples, items, results, self._pictures.find(sha256) is not None)

    def forget(self, sha256: str) -> None:
        """Remove everything of one picture, all pages of a document: the file, readings, labels, review, results.

        Raises StillInUse, see `scrub`.
        """
        with self._engine.begin() as connection:
            for table in _OF_PICTURES:
                connection.execute(delete(table).where(table.c.sha256 == sha256))
            remove_unused(connection, self._files, sha256)
        scrub(self._engine)


def _rows(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _database_bytes(connection: Connection) -> int:
    """Of SQLite's files, or of this project's tables and indices in PostgreSQL."""
    if connection.dialect.name == "sqlite":
        file = connection.engine.url.database or ""
        return sum(path.stat().st_size for end in ("", "-wal") if (path := Path(file + end)).is_file())
    size = text("SELECT pg_total_relation_size(CAST(:name AS regclass))")
    return sum(int(connection.execute(size, {"name": name}).scalar_one()) for name in METADATA.tables)
