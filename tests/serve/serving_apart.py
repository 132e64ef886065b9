"""A server in a process of its own, with the real engine, in a network that a test makes up.

In that network names lead where the test says, the one public address that answers is ``OUTSIDE``, and every other
address is this machine: a guard that lets a connection through finds somebody there.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from serving import serving

from idcard_core.serve.worker import make_reader

OUTSIDE = "93.184.215.14"
START_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Network:
    """Ports of the servers at ``OUTSIDE`` and everywhere else, and names: each look-up takes the next addresses."""

    outside: int
    inside: int
    names: Mapping[str, list[list[str]]]

    def pretend(self) -> None:
        """Have this process look names up and connect as told."""
        left = {name: list(answers) for name, answers in self.names.items()}
        system, dial = socket.getaddrinfo, socket.create_connection

        def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
            if host not in left:
                return system(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
            addresses = left[host].pop(0) if len(left[host]) > 1 else left[host][0]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

        def connect(address: tuple[str, int], timeout: float) -> socket.socket:
            return dial(("127.0.0.1", self.outside if address[0] == OUTSIDE else self.inside), timeout)

        socket.getaddrinfo, socket.create_connection = look_up, connect  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Apart:
    """A server that listens on ``port``, in the process ``pid``."""

    port: int
    pid: int
    _pipe: Connection = field(repr=False)

    @property
    def workers(self) -> list[int]:
        """Processes of its workers."""
        self._pipe.send("workers")
        pids: list[int] = self._pipe.recv()
        return pids


@contextmanager
def serving_apart(network: Network, **serve: object) -> Iterator[Apart]:
    """A server with the ``serve`` settings whose workers read with the real engine."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_live, args=(theirs, network, serve))
    process.start()
    theirs.close()
    try:
        assert ours.poll(START_SECONDS), "the server did not start"
        yield Apart(ours.recv(), process.pid or 0, ours)
    finally:
        ours.close()
        process.join(30)
        assert process.exitcode == 0


def resident_mb(pid: int) -> float:
    """What a process holds in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def _live(pipe: Connection, network: Network, serve: dict[str, object]) -> None:
    os.environ["IDCARD_LIMITS__URL_SECONDS"] = "1"
    network.pretend()
    with serving(make_reader, **serve) as running, suppress(EOFError):
        pipe.send(running.port)
        while pipe.recv():
            pipe.send(running.api.recogniser.pids)
