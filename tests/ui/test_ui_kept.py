"""The store behind the dashboard: opened once, purged once a day, and never in the way of a page."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.util import CommandError
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError

from idcard_core.settings import Settings, StoreSettings
from idcard_core.store.errors import Damaged, KeyMissing, KeyUnexpected, KeyWrong, StoreError
from idcard_core.store.sealing import new_key
from idcard_core.store.store import Store, open_store
from idcard_core.ui.kept import PURGE_EVERY, TROUBLES, TRY_AGAIN, Door, Purger
from idcard_core.ui.kept_notice import trouble

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))
from store_builders import NOW, a_reading

NEXT_TO_NOTHING = timedelta(seconds=1)


def settings_in(folder: Path, key: str | None = None, retention_days: int | None = None) -> Settings:
    return Settings(
        database_url=f"sqlite:///{folder / 'store.db'}",
        store=StoreSettings(pictures_folder=folder / "pictures", retention_days=retention_days),
        store_key=None if key is None else SecretStr(key),
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(settings_in(tmp_path, retention_days=1))


def test_the_store_is_opened_once(tmp_path: Path) -> None:
    opened: list[Store] = []
    door = Door(lambda: opened.append(open_store(settings_in(tmp_path))) or opened[-1])
    assert door.store() is door.store()
    assert len(opened) == 1


def test_what_cannot_be_opened_says_so_at_once_and_is_tried_again_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = 0

    def open_after_two() -> Store:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise OperationalError("", {}, Exception("refused"))
        return open_store(settings_in(tmp_path))

    door = Door(open_after_two)
    for _ in range(5):
        with pytest.raises(OperationalError):
            door.store()
    assert tries == 1, "it was tried again at every click"
    monkeypatch.setattr("idcard_core.ui.kept.CLOSED_SECONDS", 0.0)
    door._again = 0.0
    with pytest.raises(OperationalError):
        door.store()
    assert door.store().readings.count() == 0


def test_a_purge_is_due_once_a_day(store: Store) -> None:
    now, purge = datetime.now(timezone.utc), Purger()
    store.readings.keep(a_reading())
    assert purge.is_due(now)
    assert purge(lambda: store, now)
    assert store.readings.count() == 0, "the reading is older than the retention"
    assert not purge(lambda: store, now + PURGE_EVERY - NEXT_TO_NOTHING)
    assert purge(lambda: store, now + PURGE_EVERY)


def test_a_purge_that_failed_is_due_again_soon(store: Store) -> None:
    def closed() -> Store:
        raise OperationalError("", {}, Exception("refused"))

    purge = Purger()
    with pytest.raises(OperationalError):
        purge(closed, NOW)
    assert not purge.is_due(NOW + TRY_AGAIN - NEXT_TO_NOTHING)
    assert purge(lambda: store, NOW + TRY_AGAIN)


@pytest.mark.parametrize(
    ("first", "then", "kind", "name"),
    [
        pytest.param("key", None, KeyMissing, "key_missing", id="sealed, without a key"),
        pytest.param("key", "another", KeyWrong, "key_wrong", id="sealed, another key"),
        pytest.param(None, "key", KeyUnexpected, "key_unexpected", id="in clear, with a key"),
    ],
)
def test_a_key_that_does_not_fit_is_named(
    first: str | None, then: str | None, kind: type[StoreError], name: str, tmp_path: Path
) -> None:
    keys = {"key": new_key(), "another": new_key(), None: None}
    open_store(settings_in(tmp_path, keys[first])).readings.keep(a_reading())
    with pytest.raises(kind) as raised:
        open_store(settings_in(tmp_path, keys[then]))
    assert isinstance(raised.value, TROUBLES)
    assert trouble(raised.value) == name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        pytest.param("postgresql+psycopg://idcard@127.0.0.1:9/none", "unreachable", id="nobody listens"),
        pytest.param("no address at all", "unreachable", id="no address"),
        pytest.param("oracle://idcard@127.0.0.1/none", "driver", id="no driver"),
        pytest.param("sqlite:////proc/none/store.db", "unreachable", id="no such folder"),
    ],
)
def test_a_database_that_cannot_be_had_is_one_of_the_troubles(url: str, name: str) -> None:
    with pytest.raises(TROUBLES) as raised:
        open_store(Settings(database_url=url))
    assert trouble(raised.value) == name


@pytest.mark.parametrize(
    ("error", "name"),
    [(CommandError("no revision"), "newer"), (PermissionError(13, "denied"), "folder"), (Damaged("label"), "damaged")],
    ids=["tables of a newer program", "a folder that cannot be written", "a damaged value"],
)
def test_other_troubles_are_named(error: Exception, name: str) -> None:
    assert isinstance(error, TROUBLES)
    assert trouble(error) == name
