"""A real database of either kind: SQLite in a file, and a PostgreSQL server where its programs are installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from idcard_core.settings import Settings
from idcard_core.store.database import open_database

FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
"""Where Debian puts them; only ``psql`` is on the path."""


def program(name: str) -> str | None:
    """A program of PostgreSQL."""
    return shutil.which(name) or next((str(folder / name) for folder in FOLDERS if (folder / name).exists()), None)


def as_nobody_special(command: list[str]) -> list[str]:
    """``command`` by a user other than root, as whom PostgreSQL refuses to run."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a fresh server, gone after the tests."""
    initdb, pg_ctl = program("initdb"), program("pg_ctl")
    if initdb is None or pg_ctl is None:
        pytest.skip("no PostgreSQL on this machine")
    folder = tmp_path_factory.mktemp("postgresql", numbered=True)
    if os.geteuid() == 0:
        for place in (folder, *folder.parents[:2]):
            place.chmod(0o755)
        shutil.chown(folder, "postgres")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    data, options = str(folder / "data"), f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run(as_nobody_special([initdb, "-D", data, "-U", "idcard", "--auth=trust"]), **quiet)  # type: ignore[call-overload]
    subprocess.run(
        as_nobody_special([pg_ctl, "-D", data, "-o", options, "-w", "-l", f"{folder}/log", "start"]), **quiet
    )  # type: ignore[call-overload]
    try:
        yield f"postgresql+psycopg://idcard@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(as_nobody_special([pg_ctl, "-D", data, "-m", "immediate", "stop"]), **quiet)  # type: ignore[call-overload]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database with all of its tables."""
    url = f"sqlite:///{tmp_path}/store.db" if request.param == "sqlite" else request.getfixturevalue("postgresql")
    engine = open_database(Settings(database_url=url))
    yield engine
    if request.param == "postgresql":
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
