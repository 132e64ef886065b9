"""The server: uvicorn, with a limit on the time for headers, and an end that leaves nothing half done."""

from __future__ import annotations

import asyncio
import ctypes
import signal
import socket
from types import FrameType
from typing import Any

import anyio
import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from idcard_core import contract
from idcard_core.errors import IdCardError, RequestTimeout, UnknownPath
from idcard_core.serve.api import Api

LONGEST_HEADERS = 32 * 1024
KEEP_ALIVE_SECONDS = 10
LARGE_BLOCK_BYTES = 256 * 1024
_M_MMAP_THRESHOLD = -3
"""Its number in glibc's ``malloc.h``."""


class Server(uvicorn.Server):
    """Serves an ``Api`` alone.

    Told to end, it first finishes what is being read and answers everybody else with 503, and only then stops
    listening; told twice, it ends at once.
    """

    def __init__(self, api: Api) -> None:
        self._api = api
        self._draining: asyncio.Task[None] | None = None
        stall = api.settings.serve.stall_seconds

        class Protocol(_Punctual):
            seconds = stall

        super().__init__(
            uvicorn.Config(
                api.application(),
                http=Protocol,
                ws="none",
                log_config=None,
                access_log=False,
                server_header=False,
                h11_max_incomplete_event_size=LONGEST_HEADERS,
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=round(api.settings.serve.stop_seconds),
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        return_large_blocks()
        await super().startup(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal to end."""
        if self._draining is None and sig in (signal.SIGTERM, signal.SIGINT) and self.started:
            self._draining = asyncio.get_running_loop().create_task(self._drain())
        else:
            super().handle_exit(sig, frame)

    async def _drain(self) -> None:
        with anyio.move_on_after(self._api.settings.serve.stop_seconds):
            await self._api.recogniser.stop()
        self.should_exit = True


def return_large_blocks() -> None:
    """Have large blocks of memory, bodies and pictures, go back to the system as soon as they are freed.

    glibc raises what it takes for large to the largest block that was ever freed, and keeps what is smaller for later:
    after a few bodies of megabytes that is a hundred megabytes. Other C libraries have no such call, nor need of it.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_M_MMAP_THRESHOLD, LARGE_BLOCK_BYTES)


class _Punctual(H11Protocol):
    """A connection whose client has ``seconds`` for the headers of each request: uvicorn itself waits for ever.

    What is no HTTP, or ends before its end, is answered with the contract's error object like anything else.
    """

    seconds: float = 10.0
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.access_log = False  # whatever logging is set up to do: such a line holds the path and query that were sent
        self._wait()

    def data_received(self, data: bytes) -> None:
        idle = self.cycle is None or self.cycle.response_complete
        if idle and self._late is None:
            self._wait()
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()

    def eof_received(self) -> bool:  # type: ignore[override]  # asyncio asks for it; uvicorn never keeps one open
        """The client sends no more, and may still listen: what it asked is answered, half a request is told so."""
        asked = self.cycle is not None and not self.cycle.response_complete
        if asked and not self.cycle.more_body:
            self.cycle.keep_alive = False
            return True  # the connection stays open until then
        if asked or self.conn.trailing_data[0]:
            self._refuse(RequestTimeout())
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """What came is no HTTP: it names no path that is ours."""
        self._refuse(UnknownPath())

    def _wait(self) -> None:
        self._late = self.loop.call_later(self.seconds, self._refuse, RequestTimeout())

    def _stop_waiting(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _refuse(self, error: IdCardError) -> None:
        """End the connection, with ``error`` for the request whose answer has not begun."""
        body = contract.to_json(contract.render_error(error, contract.new_log_id())).encode()
        head = (
            f"HTTP/1.1 {error.code} {error.message}\r\nContent-Type: application/json; charset=utf-8\r\n"
            f"X-Ca-Error-Message: {error.message}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        if not self.transport.is_closing():
            if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
                self.transport.write(head.encode() + body)
            self.transport.close()
