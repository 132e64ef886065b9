"""Keys of the HTTP API: made, shown once, kept as salted hashes, and held against the calls they have left.

A key is ``<id>.<secret>``. The secret has 256 random bits, so that one pass of BLAKE2b with a salt is as safe as a slow
hash is for a password, and a call costs microseconds.
"""

from __future__ import annotations

import hmac
import secrets
from collections import Counter
from datetime import datetime, timezone
from hashlib import blake2b
from threading import Lock

from idcard_core.errors import Forbidden
from idcard_core.store.keys import KeyTable, StoredKey

SCHEME = "appcode"
_NOBODY = StoredKey("", "", b"\0" * 16, b"\0" * 32, 0, 0, datetime.min, datetime.min)
"""Compared with where there is no such key, so that the time taken does not tell."""


def _digest(secret: str, salt: bytes) -> bytes:
    return blake2b(secret.encode(), digest_size=32, salt=salt).digest()


def make_key(table: KeyTable, name: str, calls: int | None) -> str:
    """A new key called ``name`` with so many ``calls``, or without end: shown now, and never again."""
    id, secret, salt = secrets.token_hex(4), secrets.token_urlsafe(32), secrets.token_bytes(16)
    now = datetime.now(timezone.utc)
    table.add(StoredKey(id, name, salt, _digest(secret, salt), calls, 0, now, None))
    return f"{id}.{secret}"


class KeyRing:
    """Opens the door to those with a key. Safe to share between threads.

    Calls under way are held against a key here, and counted in the database when they have been answered: what fails,
    or is cut off by the end of the process, was never counted, and no more are answered than a key has left.
    """

    def __init__(self, table: KeyTable) -> None:
        self._table = table
        self._lock = Lock()
        self._held: Counter[str] = Counter()

    def known(self, authorization: str | None) -> StoredKey:
        """The key of an ``Authorization: APPCODE <key>`` header. Raises ``Forbidden`` without one, or a wrong one."""
        scheme, _, key = (authorization or "").strip().partition(" ")
        id, _, secret = key.strip().partition(".")
        found = self._table.find(id) if id.isascii() and id.isalnum() else None
        kept = found or _NOBODY
        same = hmac.compare_digest(_digest(secret, kept.salt), kept.digest)
        if scheme.lower() != SCHEME or found is None or not same or found.revoked is not None:
            raise Forbidden
        return found

    def hold(self, id: str, calls: int) -> None:
        """Set ``calls`` of a key aside, until `settle`. Raises ``Forbidden`` when it has not as many left."""
        with self._lock:
            kept = self._table.find(id)
            if kept is None or kept.revoked is not None:
                raise Forbidden
            if kept.left is not None and kept.left < self._held[id] + calls:
                raise Forbidden
            self._held[id] += calls

    def settle(self, id: str, calls: int, spent: int) -> None:
        """Of the ``calls`` that were held, count those ``spent`` on answers; the others were never taken.

        Raises ``Forbidden`` when another server has taken the last ones meanwhile, or the key was revoked.
        """
        with self._lock:
            self._held[id] -= calls
            if not self._held[id]:
                del self._held[id]
            if spent and not self._table.spend(id, spent):
                raise Forbidden
