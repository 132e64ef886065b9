"""The socket a server listens on."""

from __future__ import annotations

import socket


def listen(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """Listen on ``port`` (0: a free one) of the address or name ``host``. With ``shared`` others that are may, too.

    Raises OSError.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, reuse_port=shared)
