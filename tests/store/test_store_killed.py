"""Killed in the middle of saving, again and again: no confirmed event is lost, none is half written."""

from __future__ import annotations

import multiprocessing
import random
import time
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext

import pytest
from sqlalchemy import select
from store_saver import save, value

from idcard_core.card import FieldName
from idcard_core.settings import Settings
from idcard_core.store.review.actions import ChangeField
from idcard_core.store.store import Store
from idcard_core.store.tables import PICTURES, REVIEW_ITEMS

KILLS = 50


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes that have the program loaded before they begin."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["idcard_core.store.store", "psycopg", "pytest"])
    return context


def killed_while_saving(processes: ForkServerContext, settings: Settings, seed: int) -> dict[int, int]:
    """Let a process save for a random time; the version of each item that it was told is saved."""
    told, tells = processes.Pipe(duplex=False)
    process = processes.Process(target=save, args=(settings, tells, seed))
    process.start()
    tells.close()
    confirmed = dict([told.recv()])
    time.sleep(random.Random(seed).uniform(0, 0.06))
    process.kill()
    process.join()
    confirmed.update(_rest(told))
    return confirmed


def _rest(told: Connection) -> list[tuple[int, int]]:
    found = []
    while True:
        try:
            found.append(told.recv())
        except EOFError:
            return found


def check(store: Store, confirmed: dict[int, int]) -> None:
    """Every item is whole, with every event that was confirmed and at most one that nobody was told of any more."""
    with store.engine.connect() as connection:
        items = list(connection.execute(select(REVIEW_ITEMS.c.id)).scalars())
    assert set(confirmed) <= set(items)
    for item in items:
        opened = store.review.open(item)
        versions = [event.version for event in opened.events]
        assert versions == list(range(1, opened.item.version + 1))
        values = [event.action.value for event in opened.events if isinstance(event.action, ChangeField)]
        assert values == [value(version) for version in versions]
        assert opened.verdict.fields == ({(0, FieldName.ADDRESS): values[-1]} if values else {})
        if item in confirmed:
            assert 0 <= len(versions) - confirmed[item] <= 1


def test_killed_fifty_times_no_confirmed_event_is_lost_and_none_is_half_written(
    processes: ForkServerContext, store: Store, settings: Settings
) -> None:
    confirmed: dict[int, int] = {}
    for kill in range(KILLS):
        confirmed.update(killed_while_saving(processes, settings, seed=1000 * kill))
    assert len(confirmed) >= KILLS
    check(store, confirmed)
    with store.engine.connect() as connection:
        for sha256 in connection.execute(select(PICTURES.c.sha256)).scalars():
            assert len(store.pictures.read(sha256)) > 0  # whole, or it would be refused
