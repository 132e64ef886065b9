"""A store of objects on this machine, spoken to as Amazon's is."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import pytest

from idcard_core.batch.places import key_of, open_read, store

NEEDS_S3 = pytest.mark.skipif(
    find_spec("moto") is None or find_spec("flask_cors") is None, reason="needs a store of objects: moto[server]"
)
BUCKET = "cards"
START_SECONDS = 60.0


@contextmanager
def s3_store() -> Iterator[None]:
    """A store with an empty bucket, named to this process and those it starts by the usual variables."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from moto.server import main; main()", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        patch.setenv("AWS_REGION", "us-east-1")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        store.cache_clear()
        try:
            _wait(port)
            _make_bucket(port)
            yield
        finally:
            server.terminate()
            server.wait()
            store.cache_clear()


def put(place: str, data: bytes) -> None:
    """Write an object."""
    with store().open_output_stream(key_of(place)) as file:
        file.write(data)


def get(place: str) -> bytes:
    """What an object holds."""
    with open_read(place) as file:
        return file.read()


def _wait(port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < end, "the store does not start"
            time.sleep(0.1)


def _make_bucket(port: int) -> None:
    import httpx

    headers = {"Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request"}
    httpx.put(f"http://127.0.0.1:{port}/{BUCKET}", headers=headers, timeout=30).raise_for_status()
