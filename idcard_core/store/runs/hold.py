"""Which program works at a run: a hold that ends with the program, however that ends.

With SQLite it is a lock on one byte of a file beside the database, for each run its own byte; with PostgreSQL an
advisory lock of the session.
"""

from __future__ import annotations

import fcntl
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text

_SUFFIX = ".runs"
_CLASS = 0x1DCA4D
"""Sets this project's advisory locks apart from others in the database."""
_FLOCK = "hhqqi"
"""The kernel's ``struct flock``: kind, whence, start, length, process; the last must be 0."""


@contextmanager
def hold_run(engine: Engine, id: int) -> Iterator[bool]:
    """Hold a run while the block lasts; gives False where another program, or another thread, holds it."""
    if engine.dialect.name == "sqlite":
        with _lock_file(engine) as descriptor:
            yield _lock(descriptor, id)
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        key = {"kind": _CLASS, "id": id}
        is_mine = bool(connection.execute(text("SELECT pg_try_advisory_lock(:kind, :id)"), key).scalar_one())
        try:
            yield is_mine
        finally:
            if is_mine:
                connection.execute(text("SELECT pg_advisory_unlock(:kind, :id)"), key)


def run_is_held(engine: Engine, id: int) -> bool:
    """Whether anybody holds a run; looks without holding it."""
    if engine.dialect.name == "sqlite":
        with _lock_file(engine) as descriptor:
            asked = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, id, 1, 0)
            found = fcntl.fcntl(descriptor, fcntl.F_OFD_GETLK, asked)
        return bool(struct.unpack(_FLOCK, found)[0] != fcntl.F_UNLCK)
    held = text(
        "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database "
        "WHERE locktype = 'advisory' AND datname = current_database() AND classid = :kind AND objid = :id AND granted"
    )
    with engine.connect() as connection:
        return bool(connection.execute(held, {"kind": _CLASS, "id": id}).scalar_one())


@contextmanager
def _lock_file(engine: Engine) -> Iterator[int]:
    descriptor = os.open((engine.url.database or "") + _SUFFIX, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(descriptor: int, id: int) -> bool:
    """Lock the run's byte until the descriptor is closed; locks of open files know threads apart, others do not."""
    try:
        fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, id, 1, 0))
    except OSError:
        return False
    return True
