"""The database: SQLite in the user's data folder, or whatever ``database_url`` names; its tables brought up to date."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from idcard_core.settings import Settings, data_folder

FILE = "idcard.db"
MIGRATIONS = Path(__file__).parent / "migrations"
_migrating = Lock()
"""alembic keeps what it works on in its modules, one thread at a time."""
BUSY_MILLISECONDS = 10_000
"""How long a connection waits for another one that writes."""


def open_database(settings: Settings) -> Engine:
    """The database of ``settings``, with all of its tables. Safe to call from several processes at once."""
    url = settings.database_url or f"sqlite:///{_private_file()}"
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
    _migrate(engine)
    return engine


def _private_file() -> Path:
    """The SQLite file, which nobody but its user may read."""
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / FILE
    file.touch(mode=0o600)
    return file


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Readers and one writer at a time do not wait for each other; a commit survives the end of the process."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={BUSY_MILLISECONDS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _migrate(engine: Engine) -> None:
    """Bring the tables up to date; the steps themselves take a lock that other processes wait for."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with _migrating, engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
