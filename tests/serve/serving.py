"""A real server on a free port of this machine, in a thread, with stub readers; and pictures to send to it."""

from __future__ import annotations

import asyncio
import base64
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import cv2
import httpx
import numpy as np
from serve_stub import PLAIN, make_stub

from idcard_core.serve.api import Api
from idcard_core.serve.recogniser import workers_here
from idcard_core.serve.server import Server
from idcard_core.serve.worker import WorkerSpec
from idcard_core.service import Answering
from idcard_core.settings import ServeSettings, Settings

ROUTE = "/ocr/idcard"


@dataclass(frozen=True)
class Running:
    """A server that listens on ``port``."""

    server: Server
    api: Api
    port: int
    loop: asyncio.AbstractEventLoop

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, width: int = PLAIN, **more: str) -> httpx.Response:
        """Send the picture of ``width`` as a form."""
        form = {"image": picture(width), "id_card_side": "auto", **more}
        return httpx.post(self.url + ROUTE, data=form, timeout=60)

    def loop_call(self, call: Callable[[], object]) -> None:
        """Have ``call`` run in the server's loop."""
        self.loop.call_soon_threadsafe(call)

    def send(self, data: bytes, seconds: float = 30.0) -> bytes:
        """What the server says to these very bytes, until it closes the connection."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            connection.sendall(data)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
            return answer


@contextmanager
def serving(
    make: Callable[[Settings], Answering] = make_stub, *, wait: bool = True, **serve: object
) -> Iterator[Running]:
    """A server with the ``serve`` settings."""
    settings = Settings(serve=ServeSettings(**{"workers": 1, **serve}))  # type: ignore[arg-type]
    spec = WorkerSpec(settings, make, settings.serve.worker_memory_bytes)
    with serving_api(Api(settings, pool=lambda: workers_here(settings, spec)), wait=wait) as running:
        yield running


@contextmanager
def serving_api(api: Api, *, wait: bool = True) -> Iterator[Running]:
    """A server of ``api``."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    server = Server(api)
    loops: list[asyncio.AbstractEventLoop] = []

    async def run() -> None:
        loops.append(asyncio.get_running_loop())
        await server.serve([listener])

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    try:
        until(lambda: server.started and (api.recogniser.is_ready or not wait))
        yield Running(server, api, port, loops[0])
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


def until(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait for ``condition``."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@cache
def picture(width: int = PLAIN, height: int = 40) -> str:
    """A small picture in base64."""
    done, png = cv2.imencode(".png", np.full((height, width, 3), 200, np.uint8))
    assert done
    return base64.b64encode(png.tobytes()).decode()
