"""The programs named in an EXIF block or a TIFF file, and the other pieces a TIFF holds."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from idcard_core.judge.edit.claims import Claim, Source, as_written, decoded
from idcard_core.judge.edit.parts import TEXT_BYTES, Kind, Part

ENTRIES_AT_MOST = 512
"""Of one directory; a camera writes about 40."""

_PROGRAMS = {
    0x0131: 1,  # Software
    0x000B: 2,  # ProcessingSoftware
    0xA43B: 3,  # ImageEditingSoftware, EXIF 3.0; its ImageEditor (0xA438) is a person
    0xA43A: 4,  # RAWDevelopingSoftware, EXIF 3.0; its CameraFirmware (0xA439) is none of these
}
"""Tags that name programs, with the order they are believed in."""
_DESCRIPTIONS = {0x010E, 0x9286, 0x9C9C}
"""ImageDescription, UserComment, XPComment: a few programs put their name or settings there."""
_PIECES = {0x02BC: Kind.XMP, 0x8649: Kind.PHOTOSHOP, 0xCD41: Kind.C2PA}
_EXIF_DIRECTORY = 0x8769
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1, 9: 4, 13: 4, 129: 1}
"""Bytes of a value of each type that is read here."""
_LONG, _IFD = 4, 13

Entry = tuple[int, int, bytes]
"""Tag, type, and the bytes of the value."""


def claims(block: bytes) -> list[Claim]:
    """The programs named in the first directory and its EXIF directory, in the order of ``_PROGRAMS``."""
    named = [(_PROGRAMS[tag], value) for tag, _, value in _entries(block) if tag in _PROGRAMS]
    return [Claim(Source.EXIF, as_written(decoded(value))) for _, value in sorted(named)]


def descriptions(block: bytes) -> list[str]:
    """What is written about the picture: description, user's comment, Windows' comment."""
    order = "utf-16-be" if block.removeprefix(b"Exif\0\0").startswith(b"MM") else "utf-16-le"
    found = []
    for tag, _, value in _entries(block):
        if tag == 0x9C9C:
            found.append(value.decode("utf-16-le", "replace"))
        elif tag == 0x9286 and value.startswith(b"UNICODE\0"):
            found.append(_utf16(value[8:], order))
        elif tag == 0x9286 and value[:8] in (b"ASCII\0\0\0", bytes(8)):
            found.append(decoded(value[8:]))
        elif tag in _DESCRIPTIONS:
            found.append(decoded(value))
    return found


def _utf16(text: bytes, order: str) -> str:
    """UTF-16 in the order its zeros tell, else in the block's; writers of comments do not agree on which it is."""
    high, low = text[::2].count(0), text[1::2].count(0)
    return text.decode(order if high == low else "utf-16-be" if high > low else "utf-16-le", "replace")


def pieces(block: bytes) -> list[Part]:
    """The XMP packet, image resources and credentials that a TIFF's first directory holds."""
    return [Part(_PIECES[tag], value) for tag, _, value in _entries(block) if tag in _PIECES]


def _entries(block: bytes) -> Iterator[Entry]:
    """The entries used here of the first directory and of its EXIF directory, each tag once; values are cut short."""
    block = block.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None or len(block) < 8:
        return
    (first,) = struct.unpack_from(f"{order}I", block, 4)
    inner = 0
    for tag, kind, value in _directory(block, order, first):
        if tag == _EXIF_DIRECTORY and kind in (_LONG, _IFD) and len(value) >= 4:
            (inner,) = struct.unpack_from(f"{order}I", value)
        else:
            yield tag, kind, value
    if inner:
        yield from _directory(block, order, inner)


def _directory(block: bytes, order: str, start: int) -> Iterator[Entry]:
    wanted = {*_PROGRAMS, *_DESCRIPTIONS, *_PIECES, _EXIF_DIRECTORY}
    if start + 2 > len(block):
        return
    (count,) = struct.unpack_from(f"{order}H", block, start)
    for at in range(start + 2, start + 2 + 12 * min(count, ENTRIES_AT_MOST), 12):
        if at + 12 > len(block):
            return
        tag, kind, values = struct.unpack_from(f"{order}HHI", block, at)
        if tag not in wanted or kind not in _SIZES:
            continue
        wanted.remove(tag)
        size = values * _SIZES[kind]
        place = at + 8 if size <= 4 else struct.unpack_from(f"{order}I", block, at + 8)[0]
        yield tag, kind, block[place : place + (size if tag in _PIECES else min(size, TEXT_BYTES))]
