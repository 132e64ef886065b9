"""What a bad request is: a name, the codes that are right for it, and a function that makes it when it is sent."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote

from serving import ROUTE

FORM, JSON, MULTIPART = "application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x"
KILO, MEGA = 1024, 2**20
PICTURE, HTTP, JSON_ERROR, FORMAT, SIZE, LATE = (462,), (400,), (460,), (461,), (413,), (408,)
HEAD = f"POST {ROUTE} HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode()
READ_OR_NOT = (200, 462)
"""Where a file is a valid picture with something odd about it, which may be read."""


@dataclass(frozen=True, slots=True)
class Post:
    """A request as an HTTP library sends it."""

    content: bytes = field(repr=False)
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raw:
    """The very bytes of a request; ``ends``: the client then closes its side, and listens."""

    data: bytes = field(repr=False)
    ends: bool = False


@dataclass(frozen=True, slots=True)
class BadInput:
    """One case; ``message`` where the contract has exactly one for it."""

    name: str
    codes: tuple[int, ...]
    make: Callable[[], Post | Raw]
    message: str | None = None


def as_form(image: str | bytes) -> Post:
    """``image``, a file or the very text, as the parameter of a form."""
    text = base64.b64encode(image).decode() if isinstance(image, bytes) else image
    return Post(f"id_card_side=front&image={quote(text, safe='')}".encode(), FORM)


def as_json(value: object) -> Post:
    """``value`` in JSON."""
    return Post(json.dumps(value).encode(), JSON)


def file(name: str, make: Callable[[], bytes] | bytes, codes: tuple[int, ...] = PICTURE) -> BadInput:
    """A picture file in base64."""
    return BadInput(name, codes, lambda: as_form(make if isinstance(make, bytes) else make()))


def text(name: str, image: str, codes: tuple[int, ...] = PICTURE, message: str | None = None) -> BadInput:
    """The very text of ``image``, in a form."""
    return BadInput(name, codes, partial(as_form, image), message)


def body(name: str, codes: tuple[int, ...], content: Callable[[], bytes] | bytes, kind: str | None = JSON) -> BadInput:
    """A body of a content type."""
    return BadInput(name, codes, lambda: Post(content if isinstance(content, bytes) else content(), kind))


def raw(name: str, codes: tuple[int, ...], rest: bytes, head: bytes = HEAD, ends: bool = False) -> BadInput:
    """A request that no library would send."""
    return BadInput(name, codes, partial(Raw, head + rest, ends))
