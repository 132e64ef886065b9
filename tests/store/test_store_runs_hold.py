"""A run is held by the program that works at it, and by nobody once that program has ended, however it ended."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest
from store_builders import NOW, SHA, a_result, a_run, later

from idcard_core.settings import Settings
from idcard_core.store.runs.results import RunState
from idcard_core.store.store import Store

HOLDER = """
import sys, time
from idcard_core.settings import Settings
from idcard_core.store.database import open_database
from idcard_core.store.runs.hold import hold_run
with hold_run(open_database(Settings(database_url=sys.argv[1])), int(sys.argv[2])) as is_mine:
    print(is_mine, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def run(store: Store) -> int:
    return store.runs.begin(a_run(store.samples.make_set("set", "甲", NOW)))


def test_a_run_is_held_once_and_let_go(store: Store, run: int) -> None:
    assert not store.runs.is_held(run)
    with store.runs.hold(run) as is_mine, store.runs.hold(run) as again, store.runs.hold(run + 1) as another:
        assert (is_mine, again, another) == (True, False, True)
        assert store.runs.is_held(run)
    assert not store.runs.is_held(run)


def test_a_program_that_is_killed_holds_nothing(store: Store, settings: Settings, run: int) -> None:
    command = [sys.executable, "-c", HOLDER, settings.database_url or "", str(run)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert store.runs.is_held(run)
        with store.runs.hold(run) as is_mine:
            assert not is_mine
        holder.send_signal(signal.SIGKILL)
    while store.runs.is_held(run):  # PostgreSQL notices a moment later
        time.sleep(0.05)
    with store.runs.hold(run) as is_mine:
        assert is_mine


def test_a_run_that_was_ended_goes_on(store: Store, run: int) -> None:
    store.runs.add(run, a_result(page=2))
    store.runs.end(run, RunState.STOPPED, later(minutes=1))
    assert store.runs.state(run) is RunState.STOPPED
    store.runs.resume(run)
    found = store.runs.get(run)
    assert found is not None
    assert (found.state, found.finished, found.done) == (RunState.RUNNING, None, 1)
    assert store.runs.pictures_done(run) == {(SHA, 2)}
    assert store.runs.state(run + 1) is None
