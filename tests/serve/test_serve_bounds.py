"""The server within its bounds: what is full is refused, what is late is stopped, what dies is replaced."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from serve_stub import DEADLY, ENDLESS, HUNGRY, SLOW, make_late_stub
from serving import ROUTE, Running, serving, until


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with serving(recognition_seconds=1.5, stall_seconds=0.7, receive_seconds=1.5) as server:
        yield server


def test_as_many_as_fit_wait_and_the_rest_are_refused_at_once() -> None:
    with serving(workers=1, queue=2) as small, ThreadPoolExecutor(8) as clients:
        began = time.monotonic()
        waiting = [clients.submit(small.ask, SLOW) for _ in range(3)]
        until(lambda: small.api.recogniser.waiting == 2)
        refused = [clients.submit(small.ask) for _ in range(4)]
        assert [one.result().status_code for one in refused] == [450] * 4
        assert time.monotonic() - began < 3  # while the three are read one after another
        assert [one.result().status_code for one in waiting] == [200] * 3
        assert small.ask().status_code == 200


def test_a_recognition_past_its_time_is_stopped_and_its_worker_replaced(running: Running) -> None:
    before = running.api.recogniser.pids
    assert running.ask(ENDLESS).status_code == 502
    until(lambda: not _exists(before[0]))
    until(lambda: running.api.recogniser.pids not in ([], before))
    assert running.ask().status_code == 200


def test_a_worker_killed_while_it_reads_costs_its_own_request_only(running: Running) -> None:
    until(lambda: running.api.recogniser.pids)
    with ThreadPoolExecutor(4) as clients:
        answers = [clients.submit(running.ask, width) for width in (DEADLY, 30, 31, 32)]
        codes = sorted(answer.result().status_code for answer in answers)
    assert codes == [200, 200, 200, 464]


def test_a_worker_killed_while_it_is_idle_costs_nothing(running: Running) -> None:
    until(lambda: running.api.recogniser.pids)
    worker = running.api.recogniser.pids[0]
    os.kill(worker, signal.SIGKILL)
    until(lambda: not _runs(worker))
    assert running.ask().status_code == 200


def test_a_picture_that_wants_too_much_memory_is_an_error_and_the_worker_lives(running: Running) -> None:
    until(lambda: running.api.recogniser.pids)
    before = running.api.recogniser.pids
    assert running.ask(HUNGRY).status_code == 464
    assert running.ask().status_code == 200
    assert running.api.recogniser.pids == before


@pytest.mark.parametrize("sent", [b"", b"GET /heal", b"GET /healthz HTTP/1.1\r\nHost: x\r\n"], ids=repr)
def test_a_client_that_does_not_send_its_headers_is_cut(running: Running, sent: bytes) -> None:
    began = time.monotonic()
    assert running.send(sent).startswith(b"HTTP/1.1 408 ")
    assert 0.6 < time.monotonic() - began < 5


def test_a_second_request_on_a_connection_has_its_time_too(running: Running) -> None:
    whole = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with socket.create_connection(("127.0.0.1", running.port), timeout=30) as connection:
        connection.sendall(whole)
        answer = b""
        while not answer.endswith(b"}"):  # head and body may come apart
            answer += connection.recv(4096)
        assert answer.startswith(b"HTTP/1.1 200 ")
        connection.sendall(whole[:20])
        assert connection.recv(4096).startswith(b"HTTP/1.1 408 ")


def test_a_client_that_drips_its_body_is_cut(running: Running) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=30) as connection:
        head = f"POST {ROUTE} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10000\r\n\r\n"
        connection.sendall(head.encode())
        began = time.monotonic()
        stop = threading.Event()

        def drip() -> None:
            while not stop.wait(0.2):
                try:
                    connection.sendall(b" ")
                except OSError:
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        assert connection.recv(4096).startswith(b"HTTP/1.1 408 ")
        stop.set()
        dripping.join()
        assert 1.4 < time.monotonic() - began < 6


def test_a_body_without_end_is_cut_before_it_fills_memory(running: Running) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while True:
            sent += 2**20
            yield bytes(2**20)

    # A client that never stops sending may be cut off before it reads the answer.
    with suppress(httpx.TransportError):
        assert httpx.post(running.url + ROUTE, content=endless(), timeout=30).status_code == 413
    assert running.ask().status_code == 200


def test_told_to_end_it_finishes_what_runs_and_refuses_the_rest() -> None:
    with serving(workers=1, queue=4) as server, ThreadPoolExecutor(4) as clients:
        first = clients.submit(server.ask, SLOW)
        until(lambda: server.api.recogniser.recognising)
        second = clients.submit(server.ask)
        until(lambda: server.api.recogniser.waiting)
        server.loop_call(lambda: server.server.handle_exit(signal.SIGTERM, None))
        assert second.result().status_code == 503
        assert server.ask().status_code == 503
        assert httpx.get(server.url + "/readyz").status_code == 503
        assert httpx.get(server.url + "/healthz").status_code == 200
        assert first.result().status_code == 200


def test_it_is_alive_before_it_is_ready() -> None:
    with serving(make_late_stub, wait=False) as late:
        assert httpx.get(late.url + "/healthz").status_code == 200
        assert httpx.get(late.url + "/readyz").status_code == 503
        until(lambda: httpx.get(late.url + "/readyz").status_code == 200)
        assert late.ask().status_code == 200


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _runs(pid: int) -> bool:
    """Whether a process does; one that has ended may wait for somebody to take note."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
