"""The migrations lead to the tables that the program works with."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from idcard_core.settings import Settings
from idcard_core.store.database import open_database
from idcard_core.store.tables import METADATA


def test_the_migrations_make_the_tables_that_the_program_knows(database: Engine) -> None:
    def ours(name: str | None, kind: str, _: object) -> bool:
        return kind != "table" or name in METADATA.tables

    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_type": True})
        assert compare_metadata(context, METADATA) == []


@pytest.mark.parametrize(("durable", "synchronous"), [(False, 1), (True, 2)], ids=["keys", "reviews"])
def test_how_sqlite_is_set(tmp_path: Path, durable: bool, synchronous: int) -> None:
    engine = open_database(Settings(database_url=f"sqlite:///{tmp_path}/store.db"), durable)
    expected = {"journal_mode": "wal", "secure_delete": 1, "foreign_keys": 1, "temp_store": 2}
    with engine.connect() as connection:
        for name, value in {**expected, "synchronous": synchronous}.items():
            assert connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() == value
    engine.dispose()
