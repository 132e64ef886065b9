"""The base64 string of a request -> bytes, with the contract's message for each way it can be wrong.

The rules, in the order they are applied:

* nothing, or nothing but line breaks: empty;
* longer than the limit: payload too large;
* a ``data:`` prefix: the message that asks to remove it;
* CR and LF anywhere are dropped, for many encoders wrap lines; no other white space is. A space is what a form makes of
  a ``+`` that was not url-encoded: the client is told, since mending it here would hide a mistake that bites elsewhere;
* fewer than half of the characters belong to the alphabet: not base64 at all, but for example the picture's raw bytes;
* a character outside the alphabet (the url-safe ``-`` and ``_`` too), or ``=`` before the end: illegal characters;
* a length that is no multiple of four, or more than two ``=``: incorrect padding.
"""

from __future__ import annotations

import binascii
import string

from idcard_core.errors import ImageDataError, PayloadTooLarge
from idcard_core.settings import Limits

_ALPHABET = (string.ascii_letters + string.digits + "+/").encode()
_LINE_BREAKS = b"\r\n"


def decode_base64(text: str, limits: Limits) -> bytes:
    """The bytes ``text`` encodes; raises ``ImageDataError`` or ``PayloadTooLarge`` as listed above."""
    if len(text) > limits.base64_bytes:
        raise PayloadTooLarge
    # A character outside ASCII becomes "?", which is as illegal as itself.
    encoded = text.encode("ascii", "replace").translate(None, _LINE_BREAKS)
    if not encoded:
        raise ImageDataError(ImageDataError.EMPTY)
    if encoded[:16].lstrip()[:5].lower() == b"data:":
        raise ImageDataError(ImageDataError.DATA_HEADER)
    body = encoded.rstrip(b"=")
    foreign = len(body.translate(None, _ALPHABET))
    if foreign > len(body) - foreign:
        raise ImageDataError(ImageDataError.NOT_BASE64)
    if foreign:
        raise ImageDataError(ImageDataError.ILLEGAL_CHARACTERS)
    if len(encoded) % 4 or len(encoded) - len(body) > 2:
        raise ImageDataError(ImageDataError.PADDING)
    return binascii.a2b_base64(encoded)
