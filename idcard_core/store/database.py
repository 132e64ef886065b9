"""The database: SQLite in the user's data folder, or whatever ``database_url`` names; its tables brought up to date.

What is deleted is overwritten (``secure_delete``), and `scrub` leaves no trace of it in SQLite's files. PostgreSQL
gives the room of deleted rows back by its own vacuum.
"""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from idcard_core.settings import Settings, data_folder
from idcard_core.store.errors import StillInUse

FILE = "idcard.db"
MIGRATIONS = Path(__file__).parent / "migrations"
_migrating = Lock()
"""alembic keeps what it works on in its modules, one thread at a time."""
CONNECT_SECONDS = 5
"""How long a connection to PostgreSQL may take, where the URL does not say."""
BUSY_MILLISECONDS = 10_000
"""How long a connection waits for another one that writes."""
PRAGMAS = (
    "journal_mode=WAL",  # readers and one writer do not wait for each other
    "synchronous=NORMAL",  # a commit survives the end of the process
    "foreign_keys=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",  # no value in a temporary file
    f"busy_timeout={BUSY_MILLISECONDS}",
)


def open_database(settings: Settings, durable: bool = False) -> Engine:
    """The database of ``settings``, with all of its tables. Safe to call from several processes at once.

    ``durable``: in SQLite too, a commit survives the machine's power, for some milliseconds each.
    """
    url = settings.database_url or f"sqlite:///{_private_file()}"
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=_patience(url))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        if durable:
            event.listen(engine, "connect", _to_disk)
    _migrate(engine)
    return engine


def scrub(engine: Engine) -> None:
    """Leave nothing of deleted rows in SQLite's files: they are written anew, and the write-ahead log is emptied.

    Raises StillInUse where others read or write for longer than a connection waits.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            connection.exec_driver_sql("VACUUM")
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
        except OperationalError:
            raise StillInUse from None
    if busy:
        raise StillInUse


def _patience(url: str) -> dict[str, object]:
    parts = make_url(url)
    unlimited = parts.get_backend_name() == "postgresql" and "connect_timeout" not in parts.query
    return {"connect_timeout": CONNECT_SECONDS} if unlimited else {}


def _private_file() -> Path:
    """The SQLite file, which nobody but its user may read."""
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / FILE
    file.touch(mode=0o600)
    return file


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _to_disk(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _migrate(engine: Engine) -> None:
    """Bring the tables up to date; the steps themselves take a lock that other processes wait for."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with _migrating, engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
