"""The server under test: a process of its own, and the memory that it and its workers hold. Linux only."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from idcard_core.serve.paths import READY

START_SECONDS = 60.0


@contextmanager
def server() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """``idcard serve`` in a process of its own, once it is ready, and its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "idcard_core.cli", "serve", "--port", str(port), "--no-keys"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + START_SECONDS
        while not _is_ready(port):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the server did not start")
            time.sleep(0.1)
        yield process, port
    finally:
        process.terminate()
        process.wait()


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", READY)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def workers_of(pid: int) -> list[int]:
    """The worker processes of a server."""
    found = [child for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]
    return [int(child) for child in found if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def memory_of(pid: int) -> float:
    """Resident memory of a server and its workers, MB."""
    return sum(map(resident, (pid, *workers_of(pid))))


def resident(pid: int) -> float:
    """Resident memory of one process, MB; 0 when it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1024
