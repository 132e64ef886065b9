"""Encryption of what is kept: pictures and values, under one key, or none at all.

AES-256 in Galois/Counter mode with a fresh nonce of 96 bits for each value (NIST SP 800-38D); what a value is for goes
into its authentication, so that none can be put in another's place.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from typing import Any, Protocol

from idcard_core.settings import Settings
from idcard_core.store.errors import Damaged, KeyMalformed

KEY_BYTES = 32
_NONCE_BYTES = 12


class Sealing(Protocol):
    """How bytes are kept; ``purpose`` names what they are, such as ``label``, in no secret words."""

    @property
    def encrypts(self) -> bool:
        """Whether what is kept cannot be read without a key."""

    def seal(self, clear: bytes, purpose: str) -> bytes:
        """What is to be kept of ``clear``."""

    def unseal(self, kept: bytes, purpose: str) -> bytes:
        """The other way round. Raises Damaged for what was not sealed by the same key for the same purpose."""


class InClear:
    """Everything as it is."""

    encrypts = False

    def seal(self, clear: bytes, purpose: str) -> bytes:
        return clear

    def unseal(self, kept: bytes, purpose: str) -> bytes:
        return kept


class AesGcm:
    """Everything encrypted by ``key``, 32 bytes."""

    encrypts = True

    def __init__(self, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._cipher = AESGCM(key)

    def seal(self, clear: bytes, purpose: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, clear, purpose.encode())

    def unseal(self, kept: bytes, purpose: str) -> bytes:
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(kept[:_NONCE_BYTES], kept[_NONCE_BYTES:], purpose.encode())
        except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
            raise Damaged(purpose) from None


def new_key() -> str:
    """A random key, as ``IDCARD_STORE_KEY`` takes it."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def sealing_of(settings: Settings) -> Sealing:
    """By the key of ``settings``, or in clear without one. Raises KeyMalformed."""
    if settings.store_key is None:
        return InClear()
    try:
        key = base64.b64decode(settings.store_key.get_secret_value().strip(), b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise KeyMalformed from None
    if len(key) != KEY_BYTES:
        raise KeyMalformed
    return AesGcm(key)


def seal_json(sealing: Sealing, value: object, purpose: str) -> bytes:
    """What is to be kept of ``value``, as JSON."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return sealing.seal(text.encode("utf-8", "surrogatepass"), purpose)


def unseal_json(sealing: Sealing, kept: bytes, purpose: str) -> Any:
    """The other way round, to be checked by who reads it. Raises Damaged."""
    try:
        return json.loads(sealing.unseal(kept, purpose))
    except ValueError:
        raise Damaged(purpose) from None


def seal_text(sealing: Sealing, text: str, purpose: str) -> str:
    """For columns of text; as it is where nothing is encrypted."""
    if not sealing.encrypts:
        return text
    return base64.b64encode(sealing.seal(text.encode("utf-8", "surrogatepass"), purpose)).decode("ascii")


def unseal_text(sealing: Sealing, kept: str, purpose: str) -> str:
    """The other way round. Raises Damaged."""
    if not sealing.encrypts:
        return kept
    try:
        sealed = base64.b64decode(kept, validate=True)
    except (binascii.Error, ValueError):
        raise Damaged(purpose) from None
    return sealing.unseal(sealed, purpose).decode("utf-8", "surrogatepass")
