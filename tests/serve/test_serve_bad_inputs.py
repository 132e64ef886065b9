"""Hundreds of bad requests to a server with the real engine: each is answered, soon, rightly, and leaves no trace.

The tests at the end look at what all the cases before them have left behind.
"""

from __future__ import annotations

import base64
import gc
import http.client
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "intake"))
import test_intake_url as elsewhere
from bad_addresses import NAMES, REDIRECTS
from bad_bodies import entry
from bad_cases import BadInput, Post
from bad_files import bomb_files
from bad_inputs import corpus
from serving import ROUTE, serving, until
from serving_apart import Apart, Network, resident_mb, serving_apart

from idcard_core.contract.tables import ERROR_TABLE
from idcard_core.errors import IdCardError
from idcard_core.specimen import shipped_samples

SECONDS = 2.0
"""Within which each is answered; a bound of the product's requirements, not of this machine's."""
STALL_SECONDS = 1.0
GROWTH = 1.10
"""Most that a process may hold after all cases, of what it held when it was warm."""
CASES = corpus()
WARMING = ("bomb: png of 4096 square", "bomb: jpeg of noise", "form: body over 8 MB")
"""Cases that ask for much memory, of the worker and of the server: after these both are warm."""
GOOD = shipped_samples()[0].path.read_bytes()


@dataclass(frozen=True)
class Warm:
    """The server when it has read a few pictures, and what it held then."""

    server: Apart
    workers: list[int]
    held_mb: dict[int, float]
    outside: elsewhere.Server
    inside: elsewhere.Server

    def read_good(self) -> httpx.Response:
        """The answer to a picture of a card."""
        form = {"image": base64.b64encode(GOOD).decode(), "id_card_side": "front"}
        return httpx.post(f"http://127.0.0.1:{self.server.port}{ROUTE}", data=form, timeout=60)


class Everywhere(dict[str, elsewhere.Reply]):
    """A picture of a card at every path: who reaches it is answered with 200."""

    def get(self, _: str, __: object = None) -> elsewhere.Reply:  # type: ignore[override]
        return elsewhere.answer(GOOD)


def outside_routes(server: elsewhere.Server) -> dict[str, elsewhere.Reply]:
    """What is said at the one public address."""
    return {
        **{path: elsewhere.moved(location) for path, location in REDIRECTS.items()},
        **{path: elsewhere.answer(data) for path, data in bomb_files().items()},
        "/again": elsewhere.moved("/again"),
        "/page": elsewhere.answer(b"<html><img src='http://127.0.0.1/'></html>"),
        "/silent": elsewhere.drip(b"", b"", lambda: server),
        "/slow": elsewhere.drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x", lambda: server),
        "/endless": elsewhere.endless,
        "/garbage": b"SSH-2.0-OpenSSH_9.6\r\n",
        "/cut": elsewhere.answer(GOOD[:5000], length=len(GOOD)),
        "/empty": elsewhere.answer(b""),
        "/huge": elsewhere.answer(b"", length=10**12),
    }


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    with elsewhere.serving({}) as outside, elsewhere.serving(Everywhere()) as inside:
        outside.routes = outside_routes(outside)
        network = Network(outside.port, inside.port, NAMES)
        with serving_apart(network, stall_seconds=STALL_SECONDS) as server:
            found = Warm(server, server.workers, {}, outside, inside)
            for _ in range(3):
                assert found.read_good().status_code == 200
            for case in CASES:
                if case.name in WARMING:
                    answer_to(server.port, case)
            for pid in (server.pid, *found.workers):
                found.held_mb[pid] = resident_mb(pid)
            yield found


def answer_to(port: int, case: BadInput) -> tuple[httpx.Response, float]:
    """The answer to a case, and the seconds it took."""
    request = case.make()
    began = time.perf_counter()
    if isinstance(request, Post):
        headers = {**request.headers, **({"Content-Type": request.content_type} if request.content_type else {})}
        answer = httpx.post(f"http://127.0.0.1:{port}{ROUTE}", content=request.content, headers=headers, timeout=30)
    else:
        answer = first_answer(port, request.data, request.ends)
    return answer, time.perf_counter() - began


def first_answer(port: int, data: bytes, ends: bool) -> httpx.Response:
    """What the server says first to these very bytes, which it may refuse to take to their end."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(data)
            if ends:
                connection.shutdown(socket.SHUT_WR)
        with closing(http.client.HTTPResponse(connection)) as answer:
            answer.begin()
            return httpx.Response(answer.status, headers=answer.getheaders(), content=answer.read())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_it_is_answered_soon_and_rightly(warm: Warm, case: BadInput) -> None:
    answer, seconds = answer_to(warm.server.port, case)
    if seconds >= SECONDS:  # the machine may have been busy with something else; a slow server is slow twice
        answer, seconds = answer_to(warm.server.port, case)
    assert answer.status_code in case.codes
    assert seconds < SECONDS
    if answer.status_code != 200:
        check_error(answer, case.message)


def check_error(answer: httpx.Response, message: str | None) -> None:
    """It is the contract's error object, with a message of the contract's table."""
    error = answer.json()
    assert error.keys() == {"error_code", "error_msg", "error_side", "log_id"}
    assert error["error_code"] == answer.status_code
    assert error["error_side"] == "client"
    assert isinstance(error["log_id"], int)
    assert 0 <= error["log_id"] < 2**64
    assert answer.headers["x-ca-error-message"] == error["error_msg"]
    assert message in (None, error["error_msg"])
    told = [row.message.removesuffix("xxx") for row in ERROR_TABLE if row.kind.code == answer.status_code]
    told.append("Invalid Input - json format error - missing key: ")
    assert any(error["error_msg"].startswith(start) for start in told)


def test_nobody_was_reached_who_must_not_be(warm: Warm) -> None:
    assert warm.inside.requests == []
    asked = {line for request in warm.outside.requests for line in request.split(b"\r\n") if line.startswith(b"Host:")}
    assert asked <= {b"Host: outside.test", b"Host: rebound.test", b"Host: rebound-again.test"}


def test_no_case_ended_the_worker(warm: Warm) -> None:
    assert warm.server.workers == warm.workers


def test_the_next_good_picture_is_read(warm: Warm) -> None:
    answer = warm.read_good()
    assert answer.status_code == 200
    assert answer.json()["image_status"] == "normal"


def test_memory_is_back_where_it_was(warm: Warm) -> None:
    for pid, before in warm.held_mb.items():
        assert resident_mb(pid) < GROWTH * before


def test_an_error_leaves_with_its_request() -> None:
    """Its traceback would keep megabytes until the next garbage collection, in a circle of frames and futures."""
    bodies: tuple[object, ...] = ([], {"image": "*", "id_card_side": "front"}, {"inputs": [entry("*"), entry("")]})
    with serving() as running:
        gc.collect()
        before = [one for one in gc.get_objects() if isinstance(one, IdCardError)]  # of tests that ran in this process
        gc.disable()
        try:
            for body in bodies:
                assert httpx.post(running.url + ROUTE, json=body).status_code in (461, 462)
            until(lambda: sum(isinstance(one, IdCardError) for one in gc.get_objects()) <= len(before), seconds=5)
        finally:
            gc.enable()


def test_the_corpus_is_large_and_each_case_has_its_name() -> None:
    assert len(CASES) >= 200
    assert sum(case.name.startswith("ssrf: ") for case in CASES) >= 40
    assert [name for name, times in Counter(case.name for case in CASES).items() if times > 1] == []
