"""What runs in a worker process: it loads the networks once, then answers one job after another.

Everything that touches an untrusted picture happens here, under a limit on memory: a process can be stopped, and what
it does to itself stays with it.
"""

from __future__ import annotations

import ctypes
import logging
import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from idcard_core import contract
from idcard_core.contract import JsonObject, Request
from idcard_core.networks import available_cores
from idcard_core.service import Answering, as_contract_error, read_request
from idcard_core.settings import Settings

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
READY = "ready"
ORPHAN_SECONDS = 1.0
"""How often a worker looks whether its server is still there."""


class Task(Protocol):
    """What a worker is given: anything it has an answer for, named in the log by its ``log_id``."""

    @property
    def log_id(self) -> int:
        """Its number."""


@dataclass(frozen=True, slots=True)
class Job:
    """A picture to read: the request, and the bytes behind its URL when it names one."""

    request: Request
    log_id: int
    downloaded: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class WorkerSpec:
    """What a worker is made of. ``make_reader`` is called in the process and must be importable there."""

    settings: Settings
    make_reader: Callable[[Settings], Answering]
    memory_bytes: int
    """How much a picture may take, on top of what the loaded networks hold."""
    answer: Callable[[Any, Answering, Settings], JsonObject] | None = None
    """Answers the tasks that such workers are given; None: they are given `Job` objects, and `answer` does."""


M_MMAP_THRESHOLD, LARGE_BYTES = -3, 4_000_000
"""Of mallopt(3): blocks from so many bytes on are the system's own, and stay so. Of a batch of 200 pictures a worker
held at most 642 MB instead of 733, at the same pace."""
THREADS = 2
"""Of the networks of a server's worker, at least: one client alone is answered in half the time. Two workers on two
cores read 0.97 times as many scans so, as many mixed pictures, and hold 50 MB more each; those of a batch have one."""


def settings_of_worker(settings: Settings, workers: int, at_least: int = 1) -> Settings:
    """``settings`` with as many threads as each of so many ``workers`` of a machine has."""
    cores = available_cores()
    return settings.with_threads(max(min(at_least, cores), cores // workers))


def make_reader(settings: Settings) -> Answering:
    """A reader with its networks loaded."""
    import cv2

    from idcard_core.reader import IdCardReader

    if settings.engine.threads:  # a worker has its share of the cores for all it does
        cv2.setNumThreads(settings.engine.threads)
    reader = IdCardReader(settings)
    reader.load()
    return reader


def _return_pictures() -> None:
    """Have the memory of pictures go back to the system, where the C library is glibc.

    It would learn to keep what large blocks took for the next ones, which come in other sizes and do not fit.
    """
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)


def run_worker(pipe: Connection, spec: WorkerSpec) -> None:
    """The life of a worker: ``READY``, then an answer for each job, until the other end of ``pipe`` is closed."""
    _return_pictures()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C goes to the whole group; the server says when to end
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    threading.Thread(target=_end_with, args=(os.getppid(),), name="orphan", daemon=True).start()
    reader = spec.make_reader(spec.settings)
    limit_memory(spec.memory_bytes)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the server is gone
        pipe.send(READY)
        while True:
            task = pipe.recv()
            pipe.send((spec.answer or answer)(task, reader, spec.settings))


def _end_with(server: int) -> None:
    """End this process when the ``server`` (its number) has ended, whatever it is reading then: nobody waits for it."""
    while os.getppid() == server:
        time.sleep(ORPHAN_SECONDS)
    os._exit(1)


def answer(job: Job, reader: Answering, settings: Settings) -> JsonObject:
    """``{"answer": the contract's answer as a JSON string}``, or the contract's error object."""
    try:
        reading = read_request(job.request, reader, settings.limits, job.downloaded)
        return {"answer": contract.to_json(contract.render(reading, job.log_id))}
    except Exception as error:
        return contract.render_error(as_contract_error(error, job.log_id), job.log_id)


def limit_memory(more_bytes: int) -> None:
    """Let this process have ``more_bytes`` more private memory than now; Linux 4.7 and later count all of it.

    An allocation beyond fails, which is an answer like any other (see ``intake.formats.DECODER_ERRORS``).
    """
    status = Path("/proc/self/status")
    if not status.is_file():
        return
    held = next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmData:"))
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = held + more_bytes
    resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
