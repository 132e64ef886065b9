"""``idcard serve --ray`` as a command: here, and with a door on every machine, one of which is lost."""

from __future__ import annotations

import base64
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))
from clusters import MACHINES, NEEDS_RAY, OF_RAY, lose_machine
from serving import ROUTE, until

from idcard_core.specimen import Sample, shipped_samples

pytestmark = [NEEDS_RAY, *OF_RAY]
START_SECONDS = 180.0


@contextmanager
def command(cluster: Any, *options: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The command with one reader, once it is ready, and its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    arguments = ["serve", "--ray", cluster.address, "--port", str(port), *options]
    process = subprocess.Popen(
        [sys.executable, "-m", "idcard_core.cli", *arguments], env={**os.environ, "IDCARD_SERVE__WORKERS": "1"}
    )
    try:
        until(lambda: process.poll() is not None or code_of(port, "/readyz") == 200, START_SECONDS)
        assert process.poll() is None
        yield process, port
    finally:
        process.kill()
        process.wait()


def code_of(port: int, path: str) -> int:
    """0 where nobody listens, or the connection is lost."""
    try:
        return httpx.get(f"http://127.0.0.1:{port}{path}", timeout=30).status_code
    except httpx.TransportError:
        return 0


def listeners(port: int) -> int:
    """Sockets of this machine that listen on ``port``."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(line[1].endswith(f":{port:04X}") and line[3] == "0A" for line in lines)


def all_are_ready(port: int) -> bool:
    return {code_of(port, "/readyz") for _ in range(30)} == {200}


def end(process: subprocess.Popen[bytes]) -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(60)


@pytest.fixture(scope="module")
def front() -> Sample:
    return next(sample for sample in shipped_samples() if sample.label.condition == "plain")


def test_a_real_client_is_answered_as_without_a_cluster(cluster: Any, front: Sample) -> None:
    form = {"image": base64.b64encode(front.path.read_bytes()).decode(), "id_card_side": "auto"}
    with command(cluster) as (process, port):
        assert listeners(port) == 1
        answer = httpx.post(f"http://127.0.0.1:{port}{ROUTE}", data=form, timeout=60).json()
        assert end(process) == 0
    truth = {name.value: text for card in front.label.cards for name, text in card.fields.items()}
    assert {key: value for key, value in answer["msg"].items() if key != "valid"} == truth


def test_every_machine_listens_and_one_that_is_lost_takes_no_other_along(cluster: Any) -> None:
    with command(cluster, "--everywhere") as (process, port):
        # Each connection meets one of the doors of this machine, whichever; others start as slowly as the first.
        until(lambda: listeners(port) == MACHINES and all_are_ready(port), START_SECONDS)
        lose_machine(cluster)
        until(lambda: listeners(port) == MACHINES - 1)
        assert all_are_ready(port)
        assert code_of(port, "/nowhere") == 400
        assert end(process) == 0
        until(lambda: listeners(port) == 0)
