"""The pieces of a PNG: text chunks, EXIF, content credentials, and the profiles ImageMagick keeps as text."""

from __future__ import annotations

import binascii
import zlib
from collections.abc import Iterator

from idcard_core.judge.edit.claims import decoded
from idcard_core.judge.edit.parts import TEXT_BYTES, TEXTS_AT_MOST, Kind, Part

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHUNKS_AT_MOST = 20_000
"""As many as the intake lets through."""
INFLATED_BYTES = 512 * 1024
"""Most of a packed chunk: an XMP packet or a profile may be larger than a text."""
XMP_KEYWORD = "XML:com.adobe.xmp"

_CHUNK_KINDS = {b"eXIf": Kind.EXIF, b"caBX": Kind.C2PA}
_PROFILES = {"exif": Kind.EXIF, "app1": Kind.EXIF, "xmp": Kind.XMP, "8bim": Kind.PHOTOSHOP, "iptc": Kind.PHOTOSHOP}
_PROFILE = "raw profile type "


def parts(data: bytes) -> Iterator[Part]:
    """The pieces of a PNG, wherever they stand in it."""
    texts, at = 0, len(SIGNATURE)
    for _ in range(CHUNKS_AT_MOST):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if len(name) < 4 or name == b"IEND":
            return
        if name in _CHUNK_KINDS:
            yield Part(_CHUNK_KINDS[name], data[at + 8 : at + 8 + length])
        elif name in (b"tEXt", b"zTXt", b"iTXt") and texts < TEXTS_AT_MOST:
            texts += 1
            yield from _text(name, data[at + 8 : at + 8 + length])
        at += 12 + length


def _text(name: bytes, content: bytes) -> Iterator[Part]:
    start, _, rest = content.partition(b"\0")
    keyword = decoded(start[:80])
    if name == b"zTXt":
        rest = _inflated(rest[1:])
    elif name == b"iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:]
        rest = rest.partition(b"\0")[2].partition(b"\0")[2]  # language, translated keyword
        rest = _inflated(rest) if packed else rest
    if keyword == XMP_KEYWORD:
        yield Part(Kind.XMP, rest)
    elif keyword.lower().startswith(_PROFILE):
        kind = _PROFILES.get(keyword.lower().removeprefix(_PROFILE).strip())
        if kind is not None:
            yield Part(kind, _unprofiled(rest))
    else:
        yield Part(Kind.TEXT, rest[:TEXT_BYTES], keyword)


def _inflated(packed: bytes) -> bytes:
    """At most ``INFLATED_BYTES``, however much more would come; nothing when it is broken."""
    try:
        return zlib.decompressobj().decompress(packed, INFLATED_BYTES)
    except zlib.error:
        return b""


def _unprofiled(text: bytes) -> bytes:
    """What ImageMagick wrote as a name, a length and lines of hexadecimal digits."""
    digits = b"".join(text[:INFLATED_BYTES].split()[2:])
    try:
        return binascii.unhexlify(digits[: len(digits) // 2 * 2])
    except binascii.Error:
        return b""
