"""The HTTP API on Ray Serve: the same answers and, line by line, the same table of errors as without it."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))
from clusters import NEEDS_RAY, OF_RAY, cluster_of
from serve_stub import PLAIN, make_stub
from serving import ROUTE, Running, picture
from test_serve_errors import CASES

from idcard_core.scale.cluster import joined
from idcard_core.scale.serve import Service, serving_on_cluster
from idcard_core.settings import ServeSettings, Settings

pytestmark = [NEEDS_RAY, *OF_RAY]
ELSEWHERE = {
    "headers that stop": "Ray's own HTTP server answers it, and knows no contract",
    "body that stops": "Ray's own HTTP server keeps the connection, on which the case waits for its end",
    "announced too large": "as before",
    "queue full": "the case has a server of its own",
    "still loading": "the case has a server of its own; a replica gets no request before it is ready",
    "no key": "the case has a server of its own",
}
HERE = [case for case in CASES if case[0] not in ELSEWHERE]


@dataclass(frozen=True)
class Served:
    """What `Running` is to the cases: a server that listens on ``port``."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    ask = Running.ask
    send = Running.send


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with cluster_of(2, 1) as made, joined(made.address):
        yield made.address


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def served(cluster: str) -> Iterator[Served]:
    limits = ServeSettings(recognition_seconds=1.0, body_bytes=5 * 2**20)
    port = free_port()
    with serving_on_cluster(Service(Settings(serve=limits), 2, make_stub), "127.0.0.1", port, "HeadOnly"):
        yield Served(port)


@pytest.mark.parametrize(("code", "message", "ask"), [case[1:] for case in HERE], ids=[case[0] for case in HERE])
def test_each_mistake_has_its_code_and_message(
    served: Served, code: int, message: str, ask: Callable[[Served], httpx.Response]
) -> None:
    response = ask(served)
    answer = response.json()
    assert (response.status_code, answer["error_code"], answer["error_msg"]) == (code, code, message)
    assert response.headers["x-ca-error-message"] == message
    assert 0 <= answer["log_id"] < 2**64
    assert served.ask(PLAIN).status_code == 200  # the next good request is answered


def test_the_other_routes_are_there(served: Served) -> None:
    for path in ("/healthz", "/readyz", "/quota", "/metrics", "/openapi.json", "/docs"):
        assert httpx.get(served.url + path).status_code == 200, path
    old = {"inputs": [{"image": {"dataType": 50, "dataValue": picture(PLAIN)}}]}
    assert httpx.post(served.url + ROUTE, json=old).json()["error_code"] == 461


def test_more_at_once_than_can_wait_are_told_so_at_once(served: Served) -> None:
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda _: served.ask(), range(40)))
    assert {answer.status_code for answer in answers} == {200, 450}
    assert all("retry-after" in answer.headers for answer in answers if answer.status_code == 450)
