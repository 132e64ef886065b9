"""The HTTP API before readers on a cluster: line by line the same table of errors, whatever machine is lost."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))
from clusters import MACHINES, NEEDS_RAY, OF_RAY, lose_machine, make_whole
from serve_stub import LONG, PLAIN, SLOW, make_stub
from serving import Running, serving_api, until
from test_serve_errors import CASES

from idcard_core.scale.cluster import joined
from idcard_core.scale.readers import Service
from idcard_core.scale.serve import readers_on_cluster
from idcard_core.serve.api import Api
from idcard_core.settings import ServeSettings, Settings

pytestmark = [NEEDS_RAY, *OF_RAY]
LIMITS = ServeSettings(recognition_seconds=6.0, stall_seconds=2.0, body_bytes=5 * 2**20, queue=2)
OWN_SERVER = {"queue full", "still loading", "no key"}
"""Cases that start a server of their own, without a cluster."""
HERE = [case for case in CASES if case[0] not in OWN_SERVER]


@pytest.fixture(scope="module")
def running(running_cluster: Any) -> Iterator[Running]:
    make_whole(running_cluster)
    service = Service(MACHINES, Settings(serve=LIMITS), make_stub)
    with (
        joined(running_cluster.address),
        readers_on_cluster(service) as pool,
        serving_api(Api(service.door_settings, pool=lambda: pool)) as server,
    ):
        until(lambda: server.api.recogniser.ready == MACHINES, 120)
        yield server


@pytest.mark.parametrize(("code", "message", "ask"), [case[1:] for case in HERE], ids=[case[0] for case in HERE])
def test_each_mistake_has_its_code_and_message(
    running: Running, code: int, message: str, ask: Callable[[Running], httpx.Response]
) -> None:
    response = ask(running)
    answer = response.json()
    assert (response.status_code, answer["error_code"], answer["error_msg"]) == (code, code, message)
    assert response.headers["x-ca-error-message"] == message
    assert running.ask(PLAIN).status_code == 200


def test_as_many_as_fit_wait_and_the_rest_are_refused_at_once(running: Running) -> None:
    """Three readers and two places."""
    with ThreadPoolExecutor(8) as clients:
        let_in = [clients.submit(running.ask, LONG) for _ in range(5)]
        until(lambda: (running.api.recogniser.recognising, running.api.recogniser.waiting) == (3, 2))
        refused = running.ask()
        assert (refused.status_code, refused.json()["error_code"], "retry-after" in refused.headers) == (450, 450, True)
        assert {one.result().status_code for one in let_in} == {200}


def test_the_readers_of_all_machines_are_counted(running: Running) -> None:
    assert "idcard_workers_ready 3.0" in httpx.get(running.url + "/metrics").text


def test_a_machine_lost_in_the_middle_costs_no_answer(running: Running, cluster: Any) -> None:
    codes: list[int] = []
    enough = threading.Event()

    def keep_asking() -> None:
        while not enough.is_set():
            codes.append(running.ask(SLOW).status_code)

    with ThreadPoolExecutor(5) as clients:
        asking = [clients.submit(keep_asking) for _ in range(5)]
        until(lambda: len(codes) >= 3)
        lose_machine(cluster)
        before = len(codes)
        until(lambda: len(codes) >= before + 15)  # each reader, lost or not, was asked again and again
        enough.set()
        for client in asking:
            client.result()
    assert set(codes) == {200}
