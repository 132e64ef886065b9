"""The pieces of a JPEG: its application and comment segments, put together where they span several."""

from __future__ import annotations

import re
from collections.abc import Iterator

from idcard_core.judge.edit.parts import TEXT_BYTES, Kind, Part

SEGMENTS_AT_MOST = 2_000
"""Before the first scan; a picture with large credentials has a hundred."""

_MARKER = re.compile(rb"\xff([^\x00\xd0-\xd8\xff])", re.DOTALL)
_APP1, _APP11, _APP12, _APP13, _COMMENT, _SCAN, _END = 0xE1, 0xEB, 0xEC, 0xED, 0xFE, 0xDA, 0xD9
_EXIF = b"Exif\0\0"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"
_DUCKY = b"Ducky\0"
"""Adobe's "Save for Web", the encoder shared by Photoshop, ImageReady, Fireworks and Illustrator."""


def parts(data: bytes) -> Iterator[Part]:
    """The pieces before the first scan; those that came in several segments follow at the end.

    Adobe's APP14, the colour transform, is none: every encoder of CMYK pictures writes it.
    """
    photoshop, more_xmp, boxes = bytearray(), dict[int, bytes](), dict[tuple[int, int], bytes]()
    for code, content in _segments(data):
        if code == _APP1 and content.startswith(_EXIF):
            yield Part(Kind.EXIF, content)
        elif code == _APP1 and content.startswith(_XMP):
            yield Part(Kind.XMP, content[len(_XMP) :])
        elif code == _APP1 and content.startswith(_MORE_XMP):
            # digest of the whole (32), length of the whole (4), place of this piece in it (4)
            head = len(_MORE_XMP) + 40
            more_xmp[int.from_bytes(content[head - 4 : head], "big")] = content[head:]
        elif code == _APP11 and content.startswith(b"JP"):
            boxes[int.from_bytes(content[2:4], "big"), int.from_bytes(content[4:8], "big")] = content[8:]
        elif code == _APP12 and content.startswith(_DUCKY):
            yield Part(Kind.SAVE_FOR_WEB, b"")
        elif code == _APP13 and content.startswith(_PHOTOSHOP):
            photoshop += content[len(_PHOTOSHOP) :]
        elif code == _COMMENT:
            yield Part(Kind.COMMENT, content[:TEXT_BYTES])
    if more_xmp:
        yield Part(Kind.XMP, b"".join(more_xmp[place] for place in sorted(more_xmp)))
    if photoshop:
        yield Part(Kind.PHOTOSHOP, bytes(photoshop))
    if boxes:
        yield Part(Kind.C2PA, _joined(boxes))


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and content of the segments before the first scan."""
    at = 2
    for _ in range(SEGMENTS_AT_MOST):
        found = _MARKER.search(data, at)
        if found is None or found[1][0] in (_SCAN, _END):
            return
        at = found.end()
        length = int.from_bytes(data[at : at + 2], "big")
        yield found[1][0], data[at + 2 : at + length]
        at += max(length, 2)


def _joined(segments: dict[tuple[int, int], bytes]) -> bytes:
    """JUMBF boxes from the segments they were cut into, by box number and position (ISO/IEC 19566-5, annex D).

    Each segment repeats the box's header; only the first may keep it.
    """
    joined, last = bytearray(), -1
    for (box, _), content in sorted(segments.items()):
        header = 16 if content[:4] == b"\0\0\0\1" else 8
        joined += content if box != last else content[header:]
        last = box
    return bytes(joined)
