"""The API as routes: what each answers, put together from the parts of this package."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cached_property, partial

import anyio.to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from idcard_core import contract
from idcard_core.contract import Body
from idcard_core.errors import IdCardError, NotReady, PayloadTooLarge, ServiceBusy, UnknownPath
from idcard_core.serve import paths
from idcard_core.serve.body import parse_request, receive_body
from idcard_core.serve.door import Door
from idcard_core.serve.endpoint import Endpoint, Handler, json_response
from idcard_core.serve.keys import KeyRing
from idcard_core.serve.metrics import Metrics
from idcard_core.serve.openapi import document
from idcard_core.serve.page import PAGE_POLICY, language_of, page
from idcard_core.serve.recogniser import Pool, Recogniser, workers_here
from idcard_core.service import as_contract_error
from idcard_core.settings import Settings
from idcard_core.store.database import open_database
from idcard_core.store.keys import KeyTable, StoredKey

UNKNOWN = "unknown"
"""What the log and the metrics call a path that is none of ours."""
GET, POST = frozenset({"GET", "HEAD"}), frozenset({"POST"})


class Api:
    """The API over one pool of workers; without ``pool``, which makes it, that of this machine's own.

    ``patience`` is how long, in seconds, a first request waits for the workers to load; without any it is told
    ``NotReady`` until they have.
    """

    def __init__(self, settings: Settings, patience: float = 0.0, pool: Callable[[], Pool] | None = None) -> None:
        self.settings, self._patience = settings, patience
        self.recogniser = Recogniser(settings, pool or partial(workers_here, settings))
        self._metrics = Metrics(self.recogniser, (paths.RECOGNISE, paths.ALIAS))
        self._door = Door(settings.serve.hosts, settings.serve.cors_origins)
        self._receiving = 0

    @cached_property
    def keys(self) -> KeyRing | None:
        """The keys, when they are switched on."""
        return KeyRing(KeyTable(open_database(self.settings))) if self.settings.serve.keys else None

    def routes(self) -> list[BaseRoute]:
        """The routes, to stand alone or beside other ones; every path below ``/ocr`` and ``/rest`` is ours."""
        return [
            self._route(paths.RECOGNISE, self._recognise, POST),
            self._route(paths.ALIAS, self._recognise, POST),
            self._route(paths.QUOTA, self._quota, GET),
            self._route(paths.ALIVE, self._alive, GET),
            self._route(paths.READY, self._ready, GET),
            self._route(paths.METRICS, self._counted, GET),
            self._route(paths.OPENAPI, self._described, GET),
            self._route(paths.DOCS, self._page, GET),
            self._route("/ocr/{path:path}", self._nothing, GET, UNKNOWN),
            self._route("/rest/{path:path}", self._nothing, GET, UNKNOWN),
        ]

    def application(self) -> Starlette:
        """The API alone. Its workers start with it and end with it."""

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            self.recogniser.start()
            try:
                yield
            finally:
                await self.recogniser.stop()

        everything_else = self._route("/{path:path}", self._nothing, GET, UNKNOWN)
        application = Starlette(routes=[*self.routes(), everything_else], lifespan=lifespan)
        application.router.default = everything_else.app  # a target without a path: "*", or a whole URL
        return application

    def _route(self, path: str, handler: Handler, methods: frozenset[str], name: str | None = None) -> Route:
        endpoint = Endpoint(name or path, handler, methods, self._door, self._metrics)
        origins = self.settings.serve.cors_origins
        cors = Middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization"],
            expose_headers=["X-Ca-Error-Message"],
        )
        return Route(path, endpoint, middleware=[cors] if origins else [])

    async def _recognise(self, request: Request, log_id: int) -> Response:
        keys = self.keys
        key = None if keys is None else await _in_thread(keys.known, request.headers.get("authorization"))
        await self.recogniser.get_ready(self._patience)
        body = await self._received(request)
        if keys is None or key is None:
            return json_response(contract.render_body(body, await self._answers(body, log_id), log_id))
        calls, spent = len(body.requests), 0
        await _in_thread(keys.hold, key.id, calls)
        try:
            answers = await self._answers(body, log_id)
            spent = sum(isinstance(answer, str) for answer in answers)
        finally:
            await _in_thread(keys.settle, key.id, calls, spent)
        return json_response(contract.render_body(body, answers, log_id))

    async def _received(self, request: Request) -> Body:
        """The request's body, made sense of in a thread: parsing a form of megabytes takes a while."""
        limits = self.settings.serve
        if self._receiving >= limits.receiving:
            raise ServiceBusy
        self._receiving += 1
        try:
            raw = await receive_body(request, limits)
            body = await _in_thread(parse_request, request.headers.get("content-type", ""), raw)
        finally:
            self._receiving -= 1
        if len(body.requests) > limits.entries:
            raise PayloadTooLarge
        return body

    async def _answers(self, body: Body, log_id: int) -> list[str | IdCardError]:
        """For each request its answer or its error, one after another: a request has one place, whatever it holds."""
        answers: list[str | IdCardError] = []
        with self.recogniser.place():
            for request in body.requests:
                try:
                    answers.append(await self.recogniser.recognise(request, log_id))
                except Exception as error:
                    answers.append(as_contract_error(error, log_id).with_traceback(None))
        return answers

    async def _quota(self, request: Request, log_id: int) -> Response:
        key: StoredKey | None = None
        if self.keys is not None:
            key = await _in_thread(self.keys.known, request.headers.get("authorization"))
        calls: dict[str, int | None] = {"left": None, "used": None, "total": None}
        if key is not None:
            calls = {"left": key.left, "used": key.used, "total": key.total}
        return json_response(json.dumps({"log_id": log_id, "keys": key is not None, **calls}))

    async def _alive(self, _: Request, log_id: int) -> Response:
        return json_response(json.dumps({"log_id": log_id, "status": "alive"}))

    async def _ready(self, _: Request, log_id: int) -> Response:
        if not self.recogniser.is_ready:
            raise NotReady
        return json_response(json.dumps({"log_id": log_id, "status": "ready"}))

    async def _counted(self, _: Request, __: int) -> Response:
        return Response(self._metrics.text(), media_type=self._metrics.content_type)

    async def _described(self, _: Request, __: int) -> Response:
        return json_response(json.dumps(document(self.settings), ensure_ascii=False))

    async def _page(self, request: Request, _: int) -> Response:
        language = language_of(request.query_params.get("lang"), request.headers.get("accept-language", ""))
        return HTMLResponse(page(self.settings, language), headers={"Content-Security-Policy": PAGE_POLICY})

    async def _nothing(self, _: Request, __: int) -> Response:
        raise UnknownPath


_in_thread = anyio.to_thread.run_sync
