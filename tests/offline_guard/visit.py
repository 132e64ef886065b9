"""Starts the dashboard, uploads a picture in the browser, waits for its answer: ``visit.py PICTURE TEXT``.

``TEXT`` is what the page must show in the end. Requests of the page to anywhere but this machine are recorded like the
guard's other attempts.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Request, sync_playwright

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
"""So that what is recorded is the page's doing and not the browser's own upkeep."""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as any_socket:
        any_socket.bind(("127.0.0.1", 0))
        return int(any_socket.getsockname()[1])


def wait_until_up(server: subprocess.Popen[bytes], address: str) -> None:
    """Wait until the dashboard answers."""
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit(f"the dashboard ended with {server.returncode}")
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the dashboard does not answer")


def record(request: Request) -> None:
    """Keep a request that leaves this machine."""
    url = urlsplit(request.url)
    if url.scheme in ("http", "https", "ws", "wss") and url.hostname not in ("127.0.0.1", "localhost"):
        with open(os.environ["OFFLINE_GUARD_LOG"], "a") as log:
            log.write(json.dumps({"layer": "page", "target": request.url}) + "\n")


def visit(address: str, picture: Path, text: str) -> None:
    """Upload ``picture`` and wait for ``text``."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = browser.new_page()
        page.on("request", record)
        page.goto(address)
        page.locator("input[type=file]").first.set_input_files(picture, timeout=60_000)
        page.get_by_text(text).first.wait_for(timeout=60_000)
        browser.close()


def main(picture: str, text: str) -> None:
    """Start, visit, stop."""
    port = free_port()
    command = [sys.executable, "-m", "idcard_core.cli", "demo", "--port", str(port), "--no-browser"]
    with subprocess.Popen(command) as server:
        try:
            wait_until_up(server, f"http://127.0.0.1:{port}")
            visit(f"http://127.0.0.1:{port}", Path(picture), text)
        finally:
            server.terminate()


if __name__ == "__main__":
    main(*sys.argv[1:])
