"""The dashboard as ``streamlit run`` starts it, on a free port, with everything it starts in a session of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import idcard_core

ROOT = Path(idcard_core.__file__).parents[1]
START_SECONDS, END_SECONDS = 120, 60


@dataclass(frozen=True)
class DashboardServer:
    """A server that answers at ``address``."""

    address: str
    process: subprocess.Popen[bytes]

    def processes(self) -> list[str]:
        """Every process of its session that is still there, itself included, by its command."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                state, _, _, session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
                if int(session) == self.process.pid and state != "Z":
                    found.append((folder / "cmdline").read_text().replace("\0", " "))
            except OSError:  # gone meanwhile
                continue
        return found

    def end(self, sign: signal.Signals) -> list[str]:
        """Sends ``sign`` to the server alone, waits, and tells what is left of it a while later."""
        self.process.send_signal(sign)
        self.process.wait(END_SECONDS)
        deadline = time.monotonic() + END_SECONDS
        while (left := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.1)
        return left


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def dashboard_server(
    folder: Path, settings: Mapping[str, str] | None = None, port: int | None = None
) -> Iterator[DashboardServer]:
    """Starts a server and ends it and all that it left; its log is ``server.log`` in ``folder``."""
    if port is None:
        port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
    command += ["--server.headless", "true", "--server.port", str(port)]
    log = folder / "server.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "HOME": str(folder), "IDCARD_DATA": str(folder / "data"), **(settings or {})},
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = DashboardServer(f"http://127.0.0.1:{port}", process)
    try:
        _wait_for(f"{server.address}/_stcore/health", process, log)
        yield server
    finally:
        if server.processes():
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(END_SECONDS)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the dashboard did not start:\n{log.read_text(errors='replace')}")
