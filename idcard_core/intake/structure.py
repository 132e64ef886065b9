"""What is checked of a file's structure before any decoder sees it.

Decoders are patient: they walk through a million empty PNG chunks or repeat a progressive scan a thousand times, and
take a file without its end. These walks read only headers and lengths, never pixels; what they cannot make sense of
they leave to the decoder, except for GIF, whose five errors of the wire contract are told apart here.
"""

from __future__ import annotations

import re
import struct

from idcard_core.errors import ImageDataError

JPEG_SCANS_AT_MOST = 32
"""Encoders write 1 to about 15. Every scan costs the decoder a pass over the whole picture, however short it is."""
PNG_CHUNKS_AT_MOST = 20_000
"""A 20 MiB file in the usual 8 KiB pieces has 2 560."""
GIF_BLOCKS_AT_MOST = 200_000
"""A 20 MiB file in full blocks of 255 bytes has 82 000."""

# The next marker: 0xFF and a code, which is neither stuffing, nor a restart marker, nor a fill byte.
_JPEG_MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])", re.DOTALL)
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_WITHOUT_LENGTH = frozenset({0x01, 0xD8})


def check_jpeg(data: bytes) -> None:
    """Refuse a JPEG without its end, which decodes to grey, and one of more scans than any encoder writes.

    The end is missing not only where a file was cut: an interrupted copy may have its full length, and zeros.
    """
    progressive, components, scans, at = False, 0, 0, 2
    while (found := _JPEG_MARKER.search(data, at)) is not None:
        code, at = found[1][0], found.end()
        body = at + 2
        if code == _END_OF_IMAGE:
            return
        if code in _WITHOUT_LENGTH:
            continue
        if code in _START_OF_FRAME and body + 5 < len(data):
            progressive, components = code in _PROGRESSIVE, data[body + 5]
        elif code == _START_OF_SCAN and body < len(data):
            one_for_all = not progressive and data[body] >= components  # the decoder stops after this one
            scans += 0 if one_for_all else 1
            if scans > JPEG_SCANS_AT_MOST:
                break
        at += int.from_bytes(data[at:body], "big")
    raise ImageDataError(ImageDataError.DECODE)


def check_png(data: bytes) -> None:
    """Refuse a PNG that was cut before its end, which the decoder accepts, or that is cut into dust."""
    at = 8
    for _ in range(PNG_CHUNKS_AT_MOST):
        if at + 12 > len(data):
            break
        if data[at + 4 : at + 8] == b"IEND":
            return
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    raise ImageDataError(ImageDataError.DECODE)


def webp_canvas(data: bytes) -> tuple[int, int] | None:
    """Width and height as the header tells them; the decoder allocates the canvas when it is merely opened."""
    if len(data) < 30 or int.from_bytes(data[4:8], "little") + 8 > len(data):
        raise ImageDataError(ImageDataError.DECODE)
    kind = data[12:16]
    if kind == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", data, 26)
    return width & 0x3FFF, height & 0x3FFF


def gif_extent(data: bytes) -> tuple[int, int]:
    """Width and height that hold the screen and the first frame; each way to be no GIF has its own message.

    The messages follow the steps of a GIF reader: *open* reads signature, screen and global colours; *read* walks the
    blocks up to the end of the first frame; *empty* is a file that ends in order, without any frame; a frame without
    global or local colours has *no color map*. What is left for the decoder, the compressed pixels, is *decode*.
    """
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < 13:
        raise ImageDataError(ImageDataError.GIF_OPEN)
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    at, has_colours = _past_colours(13, flags)
    if at > len(data):
        raise ImageDataError(ImageDataError.GIF_OPEN)
    at = _gif_first_frame(data, at)
    left, top, frame_width, frame_height, flags = struct.unpack_from("<HHHHB", data, at)
    at, has_local_colours = _past_colours(at + 9, flags)
    if _past_blocks(data, at + 1) is None:  # the byte before the blocks is the LZW code size
        raise ImageDataError(ImageDataError.GIF_READ)
    if not has_colours and not has_local_colours:
        raise ImageDataError(ImageDataError.GIF_NO_COLOR_MAP)
    return max(width, left + frame_width), max(height, top + frame_height)


def _gif_first_frame(data: bytes, at: int) -> int:
    """Where the first frame's nine bytes begin."""
    for _ in range(GIF_BLOCKS_AT_MOST):
        introducer = data[at : at + 1]
        if introducer == b";":
            raise ImageDataError(ImageDataError.GIF_EMPTY)
        if introducer == b"," and at + 10 <= len(data):
            return at + 1
        past = _past_blocks(data, at + 2) if introducer == b"!" else None
        if past is None:
            break
        at = past
    raise ImageDataError(ImageDataError.GIF_READ)


def _past_colours(at: int, flags: int) -> tuple[int, bool]:
    """The place after a colour table, and whether there is one."""
    return (at + (3 << (flags & 7) + 1), True) if flags & 0x80 else (at, False)


def _past_blocks(data: bytes, at: int) -> int | None:
    """The place after a chain of data blocks; None when the file ends before the chain does."""
    for _ in range(GIF_BLOCKS_AT_MOST):
        if at >= len(data):
            return None
        if data[at] == 0:
            return at + 1
        at += 1 + data[at]
    return None
