"""Who may call: the host that was asked for, and the web page a browser asks on behalf of.

A service on this machine's own address can be reached by any page a browser on it shows, by that page's requests
(cross-site requests) or by a name that the page's owner points to 127.0.0.1 (DNS rebinding).
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request

from idcard_core.errors import Forbidden, UnknownPath


class Door:
    """Lets requests in that ask for one of ``hosts``, from programs or from pages of ``origins``."""

    def __init__(self, hosts: Iterable[str], origins: Iterable[str]) -> None:
        self._hosts = {"localhost", socket.gethostname().lower(), *(host.lower() for host in hosts)}
        self._origins = {origin.rstrip("/").lower() for origin in origins}

    def check(self, request: Request) -> None:
        """Raises ``UnknownPath`` for a host that is not ours, ``Forbidden`` for a page of another origin."""
        host = request.headers.get("host", "")
        if not self._is_ours(host):
            raise UnknownPath
        origin = request.headers.get("origin")
        if origin is not None and not self._may_ask(origin.lower(), host.lower()):
            raise Forbidden

    def _is_ours(self, host: str) -> bool:
        """A name that was given, or any address: no name leads to a page that has an address for its host."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name.rstrip(".") in self._hosts:
            return True
        try:
            ip_address(name)
        except ValueError:
            return False
        return True

    def _may_ask(self, origin: str, host: str) -> bool:
        return origin in self._origins or urlsplit(origin).netloc == host
