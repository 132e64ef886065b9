"""The table of keys, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from idcard_core.settings import Settings
from idcard_core.store.database import open_database
from idcard_core.store.keys import KeyTable, StoredKey

NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)


def a_key(id: str = "0a", total: int | None = 10, created: datetime = NOW) -> StoredKey:
    return StoredKey(id, "审核组", b"\0salt", b"\xffdigest", total, 0, created, None)


def test_a_key_comes_back_as_it_was_kept(database: Engine) -> None:
    table = KeyTable(database)
    table.add(a_key())
    found = table.find("0a")
    assert found is not None
    assert (found.name, found.salt, found.digest, found.left) == ("审核组", b"\0salt", b"\xffdigest", 10)
    assert table.find("0b") is None


def test_keys_are_listed_oldest_first(database: Engine) -> None:
    table = KeyTable(database)
    for id, days in (("c", 3), ("a", 1), ("b", 2)):
        table.add(a_key(id, created=NOW + timedelta(days=days)))
    assert [key.id for key in table.all()] == ["a", "b", "c"]


def test_calls_are_spent_all_or_none(database: Engine) -> None:
    table = KeyTable(database)
    table.add(a_key(total=3))
    assert table.spend("0a", 2)
    assert not table.spend("0a", 2)
    assert table.spend("0a", 1)
    assert not table.spend("0a", 1)
    assert not table.spend("nobody", 1)
    found = table.find("0a")
    assert found is not None
    assert (found.used, found.left) == (3, 0)


def test_calls_spent_at_once_are_counted_exactly(database: Engine) -> None:
    table = KeyTable(database)
    table.add(a_key(total=100))
    with ThreadPoolExecutor(16) as threads:
        spent = sum(threads.map(lambda _: table.spend("0a", 1), range(160)))
    found = table.find("0a")
    assert found is not None
    assert (spent, found.used) == (100, 100)


def test_a_revoked_key_spends_nothing_and_is_revoked_once(database: Engine) -> None:
    table = KeyTable(database)
    table.add(a_key(total=None))
    assert table.spend("0a", 5)
    assert table.revoke("0a")
    assert not table.revoke("0a")
    assert not table.spend("0a", 1)


OPEN = """
from idcard_core.settings import Settings
from idcard_core.store.database import open_database
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(4) as threads:
    list(threads.map(open_database, [Settings()] * 4))
"""


def test_many_threads_and_processes_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    environment = {**os.environ, "IDCARD_DATA": str(tmp_path)}
    started = [subprocess.Popen([sys.executable, "-c", OPEN], env=environment) for _ in range(4)]
    assert [process.wait(60) for process in started] == [0] * 4
    assert inspect(open_database(Settings(database_url=f"sqlite:///{tmp_path}/idcard.db"))).has_table("api_keys")


@pytest.mark.parametrize("again", [1, 2])
def test_opening_again_keeps_what_is_there(database: Engine, again: int) -> None:
    KeyTable(database).add(a_key())
    for _ in range(again):
        reopened = open_database(Settings(database_url=database.url.render_as_string(hide_password=False)))
        assert KeyTable(reopened).find("0a") is not None
        reopened.dispose()
