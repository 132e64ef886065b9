"""The body of a request: taken in piece by piece, within limits of size and time, and made sense of."""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import parse_qsl

import anyio
from python_multipart import parse_form
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, File
from starlette.requests import Request

from idcard_core import contract
from idcard_core.contract import Body, Shape
from idcard_core.errors import FormatError, JsonError, PayloadTooLarge, RequestTimeout
from idcard_core.settings import ServeSettings

MOST_PARAMETERS = 64
"""Of a form; the contract knows six."""
MOST_VALUES = 10_000
"""Brackets, braces and commas of a JSON body. The largest request of the contract has some hundreds; each stands for a
value that takes many times its own bytes in memory, and time to parse."""
SWALLOWED_SECONDS = 1.0
"""How long the rest of a body that is too large is still taken, and dropped: a client that is cut off while it sends
may never see the answer."""
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"


async def receive_body(request: Request, limits: ServeSettings) -> bytes:
    """The body of ``request``.

    Raises:
        PayloadTooLarge: it is longer than ``body_bytes``, by its announcement or in fact (413).
        RequestTimeout: it did not arrive in ``receive_seconds``, or stopped for ``stall_seconds`` (408).
    """
    if _announced(request.headers) > limits.body_bytes:
        await _swallow(request)
        raise PayloadTooLarge
    pieces = request.stream()
    body = bytearray()
    try:
        with anyio.fail_after(limits.receive_seconds):
            while True:
                with anyio.fail_after(limits.stall_seconds):
                    piece = await anext(pieces, None)
                if piece is None:
                    return bytes(body)
                body += piece
                if len(body) > limits.body_bytes:
                    break
    except TimeoutError:
        raise RequestTimeout from None
    body.clear()
    await _swallow(request)
    raise PayloadTooLarge


async def _swallow(request: Request) -> None:
    with suppress(Exception), anyio.move_on_after(SWALLOWED_SECONDS):
        while (await request.receive()).get("more_body", False):
            pass


def _announced(headers: Mapping[str, str]) -> int:
    """The length that a request announces; 0 without one. uvicorn has refused any that is no number."""
    length = headers.get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() else 0


def parse_request(content_type: str, body: bytes) -> Body:
    """The requests in a body of any of the contract's shapes (section 4): a form by its type, anything else as JSON.

    Raises:
        JsonError: it is not JSON, or more of it than any request (460).
        FormatError: see ``contract.parse_body``; a form that cannot be parsed is a mismatch of format too (461).
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind == FORM:
        return Body(Shape.PLAIN, (contract.parse(_form(body)),))
    if kind == MULTIPART:
        return Body(Shape.PLAIN, (contract.parse(_parts(content_type, body)),))
    if sum(map(body.count, (b"[", b"{", b","))) > MOST_VALUES:
        raise JsonError
    return contract.parse_body(contract.parse_json(body))


def _form(body: bytes) -> dict[str, str]:
    if 3 * body.count(b"%") > len(body):  # more than there are escapes; each of them costs time
        raise FormatError(FormatError.RUNTIME)
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except ValueError:
        raise FormatError(FormatError.RUNTIME) from None
    return dict(pairs)


def _parts(content_type: str, body: bytes) -> dict[str, str]:
    """The parts of a multipart body by name; a part that came as a file is its content."""
    found: list[tuple[str, str]] = []

    def keep(name: bytes | None, content: bytes) -> None:
        if len(found) >= MOST_PARAMETERS:
            raise FormatError(FormatError.RUNTIME)
        found.append(((name or b"").decode("utf-8"), content.decode("utf-8")))

    def on_field(field: Field) -> None:
        keep(field.field_name, field.value or b"")

    def on_file(file: File) -> None:
        file.file_object.seek(0)
        keep(file.field_name, file.file_object.read())
        file.close()

    try:
        parse_form({"Content-Type": content_type.encode("latin-1")}, io.BytesIO(body), on_field, on_file)
    except (FormParserError, ValueError):  # ValueError: not UTF-8
        raise FormatError(FormatError.RUNTIME) from None
    return dict(found)
