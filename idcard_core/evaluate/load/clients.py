"""Clients that call one after another, and what they saw."""

from __future__ import annotations

import base64
import http.client
import json
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from idcard_core.evaluate.load.process import memory_of, workers_of
from idcard_core.serve.paths import RECOGNISE
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.make import make_numbered

PICTURES = 24
CONDITIONS = [condition for condition in Condition if condition.readable]
LOOK_SECONDS = 1.0
PATIENCE_SECONDS = 60.0
"""For one answer; far beyond any limit of the server."""
BROKEN = 0
"""Stands for the code where a connection broke."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many ``clients`` call: until so many ``seconds`` have passed or so many ``requests`` were served."""

    clients: int
    seconds: float
    requests: int
    kill: bool = False
    """Whether a worker is killed half-way."""


@dataclass
class Record:
    """What the clients saw, and the memory (MB) of server and workers by seconds of the run."""

    codes: Counter[int] = field(default_factory=Counter)
    served: list[float] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    seconds: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, code: int, seconds: float) -> None:
        """An answer came."""
        with self.lock:
            self.codes[code] += 1
            if code == 200:
                self.served.append(seconds)


def draw_bodies(seed: int) -> list[bytes]:
    """Requests for fresh specimens of all readable conditions, with everything switched on that the contract has."""
    bodies = []
    for number in range(PICTURES):
        image = base64.b64encode(make_numbered(number, seed, CONDITIONS).jpeg).decode()
        switches = dict.fromkeys(("detect_direction", "detect_risk", "detect_photo"), "true")
        bodies.append(urlencode({"image": image, "id_card_side": "auto", **switches}).encode())
    return bodies


def call(port: int, bodies: Sequence[bytes], record: Record, stop: threading.Event, first: int) -> None:
    """The life of one client: one request after another on one connection, which is made anew when it breaks."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    number = first
    while not stop.is_set():
        began = time.monotonic()
        try:
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", RECOGNISE, bodies[number % len(bodies)], form)
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            record.add(BROKEN, 0.0)
            continue
        record.add(answer.status, time.monotonic() - began)
        if answer.status == 200:
            json.loads(text)
            number += 1
        else:
            stop.wait(float(answer.getheader("Retry-After", "0")))
    connection.close()


def run(port: int, pid: int, plan: Plan, bodies: Sequence[bytes]) -> Record:
    """Carry out ``plan`` against the server ``pid`` at ``port``."""
    record, stop, began = Record(), threading.Event(), time.monotonic()
    threads = [
        threading.Thread(target=call, args=(port, bodies, record, stop, number)) for number in range(plan.clients)
    ]
    for thread in threads:
        thread.start()
    killed = not plan.kill
    while (passed := time.monotonic() - began) < plan.seconds and len(record.served) < plan.requests:
        time.sleep(LOOK_SECONDS)
        record.memory.append((passed, memory_of(pid)))
        if not killed and max(passed / plan.seconds, len(record.served) / plan.requests) > 0.5:
            os.kill(workers_of(pid)[-1], signal.SIGKILL)
            killed = True
    stop.set()
    for thread in threads:
        thread.join()
    record.seconds = time.monotonic() - began
    return record
