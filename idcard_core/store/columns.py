"""Kinds of columns that SQLite and PostgreSQL keep alike, and the one statement that they write differently."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from sqlalchemy import BigInteger, ColumnElement, Connection, Dialect, Integer, Table, Text, TypeDecorator, type_coerce
from sqlalchemy.dialects import postgresql, sqlite

Key = BigInteger().with_variant(Integer, "sqlite")
"""A row's own number, counted up by the database; SQLite counts only what it calls INTEGER."""

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)
_BETWEEN = "\n"


class Moment(TypeDecorator[datetime]):
    """A time with its zone, kept as microseconds since 1970 in UTC, so that both databases compare it exactly."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Raises ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time must have its zone")
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + value * _MICROSECOND


class Words(TypeDecorator[tuple[str, ...]]):
    """A few words in their order; `has_word` finds one of them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        """Raises ValueError for a word that is empty or has a line break."""
        if any(not word or _BETWEEN in word for word in value or ()):
            raise ValueError("a word must be one line, and not empty")
        return "".join(f"{_BETWEEN}{word}" for word in value) + _BETWEEN if value else ""

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple(value.strip(_BETWEEN).split(_BETWEEN)) if value else ()


class Numbers(TypeDecorator[Mapping[str, float]]):
    """A few numbers by name, in their order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, float] | None, dialect: Dialect) -> str:
        return json.dumps(dict(value or {}), separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Mapping[str, float]:
        return {name: float(number) for name, number in json.loads(value or "{}").items()}


def has_word(column: ColumnElement[tuple[str, ...]], word: str) -> ColumnElement[bool]:
    """Whether ``word`` is one of the column's."""
    return type_coerce(column, Text).contains(f"{_BETWEEN}{word}{_BETWEEN}", autoescape=True)


def insert_new(connection: Connection, table: Table, values: Mapping[str, object]) -> bool:
    """Insert a row unless one with the same key is there; whether it was inserted. Waits for another one's insertion
    or deletion of that key to be over."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    new = make(table).values(values).on_conflict_do_nothing().returning(*table.primary_key)
    return connection.execute(new).first() is not None
