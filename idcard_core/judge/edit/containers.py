"""Finds the pieces of a file that carry words by walking over headers and lengths; pixels are not touched."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator

from idcard_core.judge.edit import jpeg, png
from idcard_core.judge.edit.parts import PARTS_AT_MOST, TEXT_BYTES, TEXTS_AT_MOST, Kind, Part

BLOCKS_AT_MOST = 2_000
"""Chunks of a WebP, blocks of a GIF before its first frame, outermost boxes of a HEIF."""

_RIFF_KINDS = {b"EXIF": Kind.EXIF, b"XMP ": Kind.XMP, b"C2PA": Kind.C2PA}
_C2PA_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
"""C2PA specification, "Embedding manifests into BMFF-based assets"."""


def parts_of(data: bytes) -> Iterator[Part]:
    """The pieces of ``data``, in the order of the file, the first few of each kind; broken or unknown data has none.

    A HEIF's EXIF and XMP are not looked for: its decoder hands them out, and the picture's metadata has them.
    """
    found: Counter[Kind] = Counter()
    for part in _all_parts(data):
        found[part.kind] += 1
        if found[part.kind] <= (TEXTS_AT_MOST if part.kind in (Kind.TEXT, Kind.COMMENT) else PARTS_AT_MOST):
            yield part


def _all_parts(data: bytes) -> Iterator[Part]:
    if data.startswith(b"\xff\xd8\xff"):
        yield from jpeg.parts(data)
    elif data.startswith(png.SIGNATURE):
        yield from png.parts(data)
    elif data.startswith((b"II*\0", b"MM\0*")):
        yield Part(Kind.EXIF, data)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        yield from _webp(data)
    elif data.startswith(b"GIF8"):
        yield from _gif(data)
    elif data[4:8] == b"ftyp":
        yield from _heif(data)


def _webp(data: bytes) -> Iterator[Part]:
    at = 12
    for _ in range(BLOCKS_AT_MOST):
        if at + 8 > len(data):
            return
        name, (size,) = data[at : at + 4], struct.unpack_from("<I", data, at + 4)
        if name in _RIFF_KINDS:
            yield Part(_RIFF_KINDS[name], data[at + 8 : at + 8 + size])
        at += 8 + size + size % 2


def _gif(data: bytes) -> Iterator[Part]:
    """The extensions before the first frame."""
    if len(data) < 13:
        return
    at = 13 + ((3 << (data[10] & 7) + 1) if data[10] & 0x80 else 0)
    for _ in range(BLOCKS_AT_MOST):
        if data[at : at + 1] != b"!":
            return
        if data[at + 1 : at + 2] == b"\xfe":
            at, content = _gif_blocks(data, at + 2)
            yield Part(Kind.COMMENT, content)
        elif data[at + 1 : at + 14] == b"\xff\x0bXMP DataXMP":
            # the packet stands there without block lengths, followed by 258 bytes that lead any reader to the end
            end = data.find(b"\x01\xff\xfe", at + 14)
            if end < 0:
                return
            yield Part(Kind.XMP, data[at + 14 : end])
            at = end + 258
        else:
            at, _ = _gif_blocks(data, at + 2)


def _gif_blocks(data: bytes, at: int) -> tuple[int, bytes]:
    """The place after a chain of blocks, and what they hold, up to ``TEXT_BYTES``."""
    content = bytearray()
    while at < len(data) and (size := data[at]) > 0:
        if len(content) > TEXT_BYTES:
            return len(data), bytes(content)
        content += data[at + 1 : at + 1 + size]
        at += 1 + size
    return at + 1, bytes(content)


def _heif(data: bytes) -> Iterator[Part]:
    at = 0
    for _ in range(BLOCKS_AT_MOST):
        if at + 8 > len(data):
            return
        size, name, start = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], at + 8
        if size == 1:
            size, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        elif size == 0:
            size = len(data) - at
        if size < 8:
            return
        content = data[start : at + size] if name == b"uuid" else b""
        if content.startswith(_C2PA_UUID):
            # version and flags, the purpose as a string, an offset, then the boxes
            purpose = content[20:].split(b"\0", 1)[0]
            if purpose == b"manifest":
                yield Part(Kind.C2PA, content[20 + len(purpose) + 1 + 8 :])
        at += size
