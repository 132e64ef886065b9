"""One route as an ASGI application: the door, the method, the answer or the contract's error, the log line."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from idcard_core import contract
from idcard_core.errors import IdCardError, NotReady, ServiceBusy, UnknownPath
from idcard_core.serve.door import Door
from idcard_core.serve.metrics import Metrics
from idcard_core.service import as_contract_error

_log = logging.getLogger(__name__)
JSON = "application/json; charset=utf-8"
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
RETRY_SECONDS = 1
"""What ``Retry-After`` says: a waiting request is read within that time."""
GONE = 499
"""Counted for a client that went away before it was answered; no such code is ever sent."""

Handler = Callable[[Request, int], Awaitable[Response]]
"""Answers a request that was given this log id."""


class Endpoint:
    """Answers requests of ``methods`` at ``route``."""

    def __init__(self, route: str, handler: Handler, methods: frozenset[str], door: Door, metrics: Metrics) -> None:
        self._route, self._handler, self._methods = route, handler, methods
        self._door, self._metrics = door, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request, log_id, began = Request(scope, receive), contract.new_log_id(), time.perf_counter()
        try:
            response = await self._answer(request, log_id)
            for name, value in SECURITY_HEADERS.items():
                response.headers.setdefault(name, value)
            code = response.status_code
            await response(scope, receive, send)
        except ClientDisconnect:
            code = GONE
        seconds = time.perf_counter() - began
        self._metrics.count(self._route, code, seconds)
        # The path and the query are the client's own words: the log names the route instead.
        _log.info("log_id %d %s %d %.0f ms", log_id, self._route, code, 1000 * seconds)

    async def _answer(self, request: Request, log_id: int) -> Response:
        try:
            self._door.check(request)
            if request.method not in self._methods:
                raise UnknownPath
            return await self._handler(request, log_id)
        except ClientDisconnect:
            raise
        except Exception as error:
            told = as_contract_error(error, log_id)
            # Its frames hold the request, and some of them hold it: without this all would stay until a collection.
            error.__traceback__ = None
            return error_response(told, log_id)


def json_response(text: str) -> Response:
    """An answer of JSON."""
    return Response(text, media_type=JSON)


def error_response(error: IdCardError, log_id: int) -> Response:
    """The error object of the contract, section 5, with its headers."""
    headers = {"X-Ca-Error-Message": error.message}
    if isinstance(error, (ServiceBusy, NotReady)):
        headers["Retry-After"] = str(RETRY_SECONDS)
    text = contract.to_json(contract.render_error(error, log_id))
    return Response(text, status_code=error.code, media_type=JSON, headers=headers)
