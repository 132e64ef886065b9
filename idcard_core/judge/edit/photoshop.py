"""Photoshop's image resource blocks: those that only an editor writes, and the program named in IPTC.

Format: Adobe Photoshop File Formats Specification, "Image Resource Blocks".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from idcard_core.judge.edit.claims import Claim, Source, as_written, decoded

BLOCKS_AT_MOST = 1_000
"""Photoshop writes about 30."""

_IPTC, _VERSION = 0x0404, 0x0421
_OWN = frozenset(
    {
        *(0x0400, 0x0402, 0x0426, 0x0428),  # layer state and groups, print scale, pixel aspect ratio
        *(0x03F3, 0x2710, 0x043A, 0x043B),  # print flags and settings
        *(0x0406, 0x0408, 0x040D, 0x0419),  # JPEG quality, grid and guides, angle and height of the light
        *(0x0411, 0x0414, 0x041A, 0x041E),  # untagged profile, seed of layer numbers, slices, URLs
    }
)
"""State of a document open in Photoshop. Not among them is what other programs write: resolution (0x03ED), thumbnail
(0x040C), copyright and URL (0x040A, 0x040B), IPTC and its digest (0x0404, 0x0425), EXIF (0x0422), XMP (0x0424)."""
_OWN_AT_LEAST = 3
"""Photoshop writes ten of its own at once; one or two may be a copy by another program."""
_PHOTOSHOP = "Adobe Photoshop"
"""Reported for resources that are Photoshop's own but carry no name."""


def claims(resources: bytes) -> Iterator[Claim]:
    """The program in the version block, IPTC's originating program, and Photoshop itself where its own blocks stand."""
    own = 0
    for number, content in _blocks(resources):
        own += number in _OWN
        if number == _VERSION:
            writer, reader = _version(content)
            # the reader is the program's full name, "Adobe Photoshop CS6"; the writer only "Adobe Photoshop"
            yield from (Claim(Source.PHOTOSHOP, name) for name in (reader, writer) if name)
        elif number == _IPTC:
            yield from _iptc(content)
    if own >= _OWN_AT_LEAST:
        yield Claim(Source.PHOTOSHOP, _PHOTOSHOP, certain=True)


def _blocks(resources: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of each block: a signature, the number, a Pascal string, a length, all padded to be even."""
    at = 0
    for _ in range(BLOCKS_AT_MOST):
        if resources[at : at + 4] != b"8BIM" or at + 8 > len(resources):
            return
        (number,) = struct.unpack_from(">H", resources, at + 4)
        at += 6 + (resources[at + 6] + 2) // 2 * 2
        size = int.from_bytes(resources[at : at + 4], "big")
        yield number, resources[at + 4 : at + 4 + size]
        at += 4 + size + size % 2


def _version(content: bytes) -> tuple[str, str]:
    """The names of the writing and the reading program: each a count of UTF-16 units and as many units."""
    names, at = [], 5  # past a number and a flag
    for _ in range(2):
        units = int.from_bytes(content[at : at + 4], "big")
        text = content[at + 4 : at + 4 + 2 * min(units, 1_000)]
        names.append(as_written(text.decode("utf-16-be", "replace").replace("\0", "")))
        at += 4 + 2 * units
    return names[0], names[1]


def _iptc(content: bytes) -> Iterator[Claim]:
    """Originating program (2:65) with its version (2:70), and the caption (2:120)."""
    found: dict[int, str] = {}
    at = 0
    for _ in range(BLOCKS_AT_MOST):
        if content[at : at + 1] != b"\x1c" or at + 5 > len(content):
            break
        record, number, size = struct.unpack_from(">BBH", content, at + 1)
        if record == 2 and number in (65, 70, 120):
            found.setdefault(number, decoded(content[at + 5 : at + 5 + size]))
        at += 5 + size
    if 65 in found:
        yield Claim(Source.PHOTOSHOP, as_written(f"{found[65]} {found.get(70, '')}"))
    if 120 in found:
        yield Claim(Source.DESCRIPTION, found[120])
