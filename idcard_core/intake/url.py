"""A public http(s) URL -> the bytes behind it, without letting the caller reach anything but the public Internet.

Each hop's host is looked up once, every address it has must be public, and the connection goes to one of just those
addresses: a name that answers differently the second time (DNS rebinding) gains nothing. Redirects are followed by hand
and checked alike. One deadline covers look-up, connection, every hop and the body, down to the single read.

This is built on ``http.client`` rather than on an HTTP library: those write URLs to their logs and look the name up
themselves. Proxies, cookies, credentials and compressed bodies have no place here either.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from typing import Any, cast
from urllib.parse import quote, urljoin, urlsplit

import certifi

from idcard_core.errors import ImageDataError
from idcard_core.intake.address import is_odd_number, is_public
from idcard_core.settings import Limits

_URL_CHARACTERS = 8192
"""Longest URL followed; signed ones of object stores take about 2 000."""
_PIECE = 64 * 1024
"""Bytes read at a time."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PLAIN = "/?%:@!$&'()*+,;=~-._[]|"
"""Characters of a URL that go into the request as they are."""
_PORTS = {"http": 80, "https": 443}
_FAILURES = (OSError, http.client.HTTPException, ValueError)
"""Look-up, connection, TLS and time-outs; a broken answer; a URL or header that cannot be used."""


def download(url: str, limits: Limits) -> bytes:
    """The body behind ``url``, at most ``limits.file_bytes``.

    Raises ``ImageDataError`` (download) for whatever goes wrong; neither the error nor any log names the URL.
    """
    clock = _Clock(limits.url_seconds)
    url = url.strip()
    try:
        for _ in range(limits.url_redirects + 1):
            answer = _get(_Target.parse(url), limits, clock)
            if isinstance(answer, bytes):
                return answer
            url = urljoin(url, answer.location)
    except _FAILURES:
        raise ImageDataError(ImageDataError.DOWNLOAD) from None
    raise ImageDataError(ImageDataError.DOWNLOAD)


class _Clock:
    """What is left of the time allowed."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, more than 0; ``TimeoutError`` when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a URL leads."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, url: str) -> _Target:
        """Raises ``ValueError`` for a URL that is not followed."""
        parts = urlsplit(url)
        if len(url) > _URL_CHARACTERS or parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("not an http(s) URL")
        if parts.username is not None or parts.password is not None:
            raise ValueError("credentials in the URL")
        # The idna codec also folds full-width digits and dots into plain ones: check what comes out of it.
        host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode("ascii")
        if is_odd_number(host):
            raise ValueError("number as host")
        query = f"?{parts.query}" if parts.query else ""
        path = quote((parts.path or "/") + query, safe=_PLAIN)
        return cls(parts.scheme, host, parts.port or _PORTS[parts.scheme], path)

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class _Redirect:
    location: str


def _get(target: _Target, limits: Limits, clock: _Clock) -> bytes | _Redirect:
    """One hop."""
    addresses = _look_up(target.host, target.port, clock.left())
    if not limits.url_private_addresses and not all(map(is_public, addresses)):
        raise ValueError("address not public")
    with closing(_connect(addresses, target, clock)) as connected:
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.sock = cast(socket.socket, _TimedSocket(connected, clock))
        headers = {"Host": target.authority, "Accept": "image/*", "Accept-Encoding": "identity"}
        connection.request("GET", target.path, headers={**headers, "Connection": "close"})
        with closing(connection.getresponse()) as response:
            location = response.getheader("Location")
            if response.status in _REDIRECTS and location:
                return _Redirect(quote(location.encode("latin-1"), safe=_PLAIN + "#"))
            if response.status != 200:
                raise ValueError("no picture there")
            return _body(response, limits.file_bytes)


def _body(response: http.client.HTTPResponse, at_most: int) -> bytes:
    """The whole body, refused as soon as it is longer than ``at_most``."""
    announced = response.length
    if announced is not None and announced > at_most:
        raise ValueError("body too large")
    body = bytearray()
    while piece := response.read(_PIECE):
        body += piece
        if len(body) > at_most:
            raise ValueError("body too large")
    if announced is not None and len(body) < announced:
        raise ValueError("body cut short")
    return bytes(body)


def _look_up(host: str, port: int, seconds: float) -> list[str]:
    """Every address of ``host``, in the system's order of preference.

    The system's look-up cannot be given a time limit, so it runs in a thread that is left behind when it is slow.
    """
    answers: SimpleQueue[list[str] | OSError | ValueError] = SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name, or one that cannot be encoded
            answers.put(error)

    threading.Thread(target=ask, name="look-up", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if isinstance(answer, list) and answer:
        return answer
    raise OSError("host not found")


def _connect(addresses: Sequence[str], target: _Target, clock: _Clock) -> socket.socket:
    """A connection to the first of ``addresses`` that takes it, with TLS for the target's own host name."""
    for index, address in enumerate(addresses):
        ip_address(address.partition("%")[0])  # never a name, which would be looked up again
        others = len(addresses) - index - 1
        try:
            # An address that does not answer leaves half of the time to those after it.
            seconds = clock.left() / (2 if others else 1)
            plain = socket.create_connection((address, target.port), timeout=seconds)
        except OSError:
            if not others:
                raise
            continue
        break
    if target.scheme == "http":
        return plain
    try:
        plain.settimeout(clock.left())
        return _trust().wrap_socket(plain, server_hostname=target.host.rstrip("."))
    except BaseException:
        plain.close()
        raise


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """Certificates are checked against the system's authorities and those of ``certifi``: a bare machine has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class _TimedSocket:
    """The part of a socket that ``http.client`` uses, with the deadline renewed before every single read."""

    def __init__(self, connected: socket.socket, clock: _Clock) -> None:
        self._connected = connected
        self._clock = clock

    def makefile(self, *_: Any) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._connected, self._clock), _PIECE)

    def sendall(self, data: bytes) -> None:
        self._connected.settimeout(self._clock.left())
        self._connected.sendall(data)

    def close(self) -> None:
        """Nothing: ``http.client`` lets go of the socket before the body is read; its owner closes it."""


class _TimedReader(io.RawIOBase):
    def __init__(self, connected: socket.socket, clock: _Clock) -> None:
        self._connected = connected
        self._clock = clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._connected.settimeout(self._clock.left())
        return self._connected.recv_into(buffer)
