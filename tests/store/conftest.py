"""A real database of either kind: SQLite in a file, and a PostgreSQL server where its programs are installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, create_engine, inspect

from idcard_core.settings import Settings, StoreSettings
from idcard_core.store.database import open_database
from idcard_core.store.sealing import new_key
from idcard_core.store.store import Store, open_store

FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
"""Where Debian puts them; only ``psql`` is on the path."""


def program(name: str) -> str | None:
    """A program of PostgreSQL."""
    return shutil.which(name) or next((str(folder / name) for folder in FOLDERS if (folder / name).exists()), None)


def as_nobody_special(command: list[str]) -> list[str]:
    """``command`` by a user other than root, as whom PostgreSQL refuses to run."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a fresh server, gone after the tests."""
    initdb, pg_ctl = program("initdb"), program("pg_ctl")
    if initdb is None or pg_ctl is None:
        pytest.skip("no PostgreSQL on this machine")
    with tempfile.TemporaryDirectory(prefix="idcard-postgresql-") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        yield from _running(folder, initdb, pg_ctl)


def _running(folder: str, initdb: str, pg_ctl: str) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    data, options = f"{folder}/data", f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run(as_nobody_special([initdb, "-D", data, "-U", "idcard", "--auth=trust"]), **quiet)  # type: ignore[call-overload]
    subprocess.run(
        as_nobody_special([pg_ctl, "-D", data, "-o", options, "-w", "-l", f"{folder}/log", "start"]), **quiet
    )  # type: ignore[call-overload]
    try:
        yield f"postgresql+psycopg://idcard@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(as_nobody_special([pg_ctl, "-D", data, "-m", "immediate", "stop"]), **quiet)  # type: ignore[call-overload]


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "empty.db"
    open_database(Settings(database_url=f"sqlite:///{file}")).dispose()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty database is."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("sqlite_file"), tmp_path / "store.db")
        yield f"sqlite:///{file}"
        return
    url: str = request.getfixturevalue("postgresql")
    yield url
    engine = create_engine(url)
    tables = [name for name in inspect(engine).get_table_names() if name != "alembic_version"]
    with engine.begin() as connection:
        connection.exec_driver_sql(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
    engine.dispose()


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """An empty database with all of its tables."""
    engine = open_database(Settings(database_url=database_url))
    yield engine
    engine.dispose()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Of an empty store in clear."""
    return Settings(database_url=database_url, store=StoreSettings(pictures_folder=tmp_path / "pictures"))


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An empty store in clear."""
    opened = open_store(settings)
    yield opened
    opened.close()


@pytest.fixture
def sealed_settings(settings: Settings) -> Settings:
    """Of an empty store with a key."""
    return settings.model_copy(update={"store_key": SecretStr(new_key())})


@pytest.fixture(params=["in clear", "sealed"])
def either_store(request: pytest.FixtureRequest, settings: Settings, sealed_settings: Settings) -> Iterator[Store]:
    """An empty store, with a key or without."""
    opened = open_store(settings if request.param == "in clear" else sealed_settings)
    yield opened
    opened.close()
