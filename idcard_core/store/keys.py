"""The table of keys: who may call the HTTP API, and how often yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timezone

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    insert,
    or_,
    select,
    update,
)

_KEYS = Table(
    "api_keys",
    MetaData(),
    Column("id", String(16), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("total", BigInteger),
    Column("used", BigInteger, nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("revoked", DateTime(timezone=True)),
)


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key as it is kept: never the key itself."""

    id: str
    name: str
    salt: bytes = field(repr=False)
    digest: bytes = field(repr=False)
    total: int | None
    """Calls it was given; None for no end of them."""
    used: int
    created: datetime
    revoked: datetime | None

    @property
    def left(self) -> int | None:
        """Calls left; None for no end of them."""
        return None if self.total is None else max(0, self.total - self.used)


class KeyTable:
    """Keys in a database. Every method is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, key: StoredKey) -> None:
        """Keep a new key."""
        values = {name: getattr(key, name) for name in _KEYS.columns.keys()}  # noqa: SIM118
        with self._engine.begin() as connection:
            connection.execute(insert(_KEYS).values(values))

    def find(self, id: str) -> StoredKey | None:
        """The key called ``id``, revoked or not."""
        with self._engine.connect() as connection:
            row = connection.execute(select(_KEYS).where(_KEYS.c.id == id)).first()
        return None if row is None else _key(row)

    def all(self) -> list[StoredKey]:
        """Every key, oldest first."""
        with self._engine.connect() as connection:
            return [_key(row) for row in connection.execute(select(_KEYS).order_by(_KEYS.c.created, _KEYS.c.id))]

    def revoke(self, id: str) -> bool:
        """Let ``id`` call no more; whether there was such a key that could."""
        found = update(_KEYS).where(_KEYS.c.id == id, _KEYS.c.revoked.is_(None))
        with self._engine.begin() as connection:
            return connection.execute(found.values(revoked=datetime.now(timezone.utc))).rowcount == 1

    def spend(self, id: str, calls: int) -> bool:
        """Count ``calls`` of ``id``, all or none of them; whether it still had as many. One statement: no call of two
        programs is lost or counted twice."""
        enough = or_(_KEYS.c.total.is_(None), _KEYS.c.used + calls <= _KEYS.c.total)
        counted = update(_KEYS).where(_KEYS.c.id == id, _KEYS.c.revoked.is_(None), enough)
        with self._engine.begin() as connection:
            return connection.execute(counted.values(used=_KEYS.c.used + calls)).rowcount == 1


def _key(row: Row[tuple[object, ...]]) -> StoredKey:
    return StoredKey(**row._mapping)
