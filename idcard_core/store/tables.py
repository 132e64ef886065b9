"""The tables of the review dashboard as the newest migration leaves them.

``page`` counts from 1 in a document and is 0 for a plain picture. Columns of bytes are sealed where a key is given.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from idcard_core.store.columns import Key, Moment, Numbers, Words

METADATA = MetaData()


def _of(table: str, when_it_goes: str = "CASCADE") -> ForeignKey:
    return ForeignKey(table, ondelete=when_it_goes)


MARKS = Table(
    "store_marks",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

PICTURES = Table(
    "pictures",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("size_bytes", Integer, nullable=False),
    Column("format", String(16), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("kept", Moment, nullable=False),
)

READINGS = Table(
    "readings",
    METADATA,
    Column("id", Key, primary_key=True),
    Column("time", Moment, nullable=False),
    Column("session", String(64), nullable=False),
    Column("source", Text, nullable=False),
    Column("page", Integer, nullable=False),
    Column("sha256", String(64)),
    Column("engine", String(64), nullable=False),
    Column("sides", Words, nullable=False),
    Column("status", String(32)),
    Column("risk", String(32)),
    Column("direction", Integer),
    Column("milliseconds", Double, nullable=False),
    Column("stages", Numbers, nullable=False),
    Column("error_code", Integer),
    Column("error_message", Text),
    Column("needs_review", Boolean, nullable=False),
    Column("doubted", Words, nullable=False),
    Column("confidence", Double),
    Column("number", Text, nullable=False),
    Column("log_id", String(20), nullable=False),
    Column("fields_right", Words, nullable=False),
    Column("fields_wrong", Words, nullable=False),
    Index("readings_time", "time", "id"),
    Index("readings_status_time", "status", "time", "id"),
    Index("readings_engine_time", "engine", "time", "id"),
    Index("readings_log_id", "log_id"),
    Index("readings_picture", "sha256", "page"),
    sqlite_autoincrement=True,
)

READING_ANSWERS = Table(
    "reading_answers",
    METADATA,
    Column("reading_id", Key, _of("readings.id"), primary_key=True, autoincrement=False),
    Column("answer", LargeBinary, nullable=False),
)

SAMPLE_SETS = Table(
    "sample_sets",
    METADATA,
    Column("id", Key, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("author", String(200), nullable=False),
    Column("created", Moment, nullable=False),
    sqlite_autoincrement=True,
)

SAMPLES = Table(
    "samples",
    METADATA,
    Column("id", Key, primary_key=True),
    Column("set_id", Key, _of("sample_sets.id"), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("page", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("picture", String(64), _of("pictures.sha256", "RESTRICT")),
    Column("condition", String(200), nullable=False),
    Column("slices", Words, nullable=False),
    Column("label", LargeBinary, nullable=False),
    Column("author", String(200), nullable=False),
    Column("time", Moment, nullable=False),
    UniqueConstraint("set_id", "sha256", "page", "version", name="samples_version"),
    Index("samples_picture", "sha256", "page", "current"),
    Index("samples_set", "set_id", "current", "condition", "id"),
    Index("samples_kept", "picture"),
    sqlite_autoincrement=True,
)

REVIEW_ITEMS = Table(
    "review_items",
    METADATA,
    Column("id", Key, primary_key=True),
    Column("sha256", String(64), _of("pictures.sha256", "RESTRICT"), nullable=False),
    Column("page", Integer, nullable=False),
    Column("reading_id", Key, _of("readings.id", "SET NULL")),
    Column("created", Moment, nullable=False),
    Column("reasons", Words, nullable=False),
    Column("priority", Double, nullable=False),
    Column("confidence", Double),
    Column("status", String(32)),
    Column("risk", String(32)),
    Column("direction", Integer),
    Column("condition", String(200), nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("reviewer", String(200), nullable=False),
    Column("updated", Moment, nullable=False),
    UniqueConstraint("sha256", "page", name="review_items_picture"),
    Index("review_items_queue", "state", "priority", "id"),
    Index("review_items_priority", "priority", "id"),
    Index("review_items_updated", "updated"),
    Index("review_items_reading", "reading_id"),
    sqlite_autoincrement=True,
)

REVIEW_ANSWERS = Table(
    "review_answers",
    METADATA,
    Column("item_id", Key, _of("review_items.id"), primary_key=True, autoincrement=False),
    Column("answer", LargeBinary, nullable=False),
)

REVIEW_EVENTS = Table(
    "review_events",
    METADATA,
    Column("id", Key, primary_key=True),
    Column("item_id", Key, _of("review_items.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("reviewer", String(200), nullable=False),
    Column("time", Moment, nullable=False),
    Column("forced", Boolean, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    UniqueConstraint("item_id", "version", name="review_events_version"),
    Index("review_events_reviewer", "reviewer", "item_id"),
    sqlite_autoincrement=True,
)

RUNS = Table(
    "runs",
    METADATA,
    Column("id", Key, primary_key=True),
    Column("set_id", Key, _of("sample_sets.id"), nullable=False),
    Column("engine", String(64), nullable=False),
    Column("settings", Text, nullable=False),
    Column("author", String(200), nullable=False),
    Column("planned", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("started", Moment, nullable=False),
    Column("finished", Moment),
    Index("runs_set", "set_id", "started"),
    sqlite_autoincrement=True,
)

RUN_PICTURES = Table(
    "run_pictures",
    METADATA,
    Column("id", Key, primary_key=True),
    Column("run_id", Key, _of("runs.id"), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("page", Integer, nullable=False),
    Column("condition", String(200), nullable=False),
    Column("slices", Words, nullable=False),
    Column("readable", Boolean, nullable=False),
    Column("milliseconds", Double, nullable=False),
    Column("stages", Numbers, nullable=False),
    Column("status", String(32)),
    Column("status_label", String(32)),
    Column("risk", String(32)),
    Column("risk_label", String(32)),
    Column("direction", Integer),
    Column("direction_label", Integer),
    Column("error_code", Integer),
    UniqueConstraint("run_id", "sha256", "page", name="run_pictures_picture"),
    Index("run_pictures_sha256", "sha256"),
    sqlite_autoincrement=True,
)

RUN_CARDS = Table(
    "run_cards",
    METADATA,
    Column("picture_id", Key, _of("run_pictures.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("side", String(8), nullable=False),
    Column("found", Boolean, nullable=False),
    Column("is_right", Boolean, nullable=False),
    Column("fields_right", Words, nullable=False),
    Column("fields_wrong", Words, nullable=False),
    Column("confidences", Numbers, nullable=False),
    Column("fields", LargeBinary, nullable=False),
)
