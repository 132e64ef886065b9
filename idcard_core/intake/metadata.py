"""The words a picture's file says about itself: camera, software, comments. Collected here, judged elsewhere."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from PIL.ImageFile import ImageFile

WORD_CHARACTERS = 1024
"""Longest value kept of one EXIF tag, PNG text or comment."""
XMP_CHARACTERS = 64 * 1024
"""Longest XMP packet kept; editors write 2 to 30 KiB."""
PNG_TEXTS = 32
"""Most PNG texts kept."""

_EXIF_WORDS = {
    0x000B: "ProcessingSoftware",
    0x010F: "Make",
    0x0110: "Model",
    0x0131: "Software",
    0x013C: "HostComputer",
}
_EXIF_ORIENTATION = 0x0112
_EXIF_ENTRIES = 512
"""Most entries looked at; a camera writes about 20."""
_ASCII, _SHORT, _UTF8 = 2, 3, 129


@dataclass(frozen=True, slots=True)
class Exif:
    """What is used of an EXIF block's first directory."""

    orientation: int = 1
    words: Mapping[str, str] = field(default_factory=dict)


def read_exif(block: bytes) -> Exif:
    """Read the first directory of an EXIF block, or of a TIFF file, which begins the same way.

    Broken EXIF is no reason to refuse a picture: what cannot be read is as if it were not there.
    """
    block = block.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None:
        return Exif()
    orientation, words = 1, {}
    for tag, kind, count, place in _entries(block, order):
        if tag == _EXIF_ORIENTATION and kind == _SHORT:
            (value,) = struct.unpack_from(f"{order}H", block, place)
            orientation = value if 1 <= value <= 8 else 1
        elif tag in _EXIF_WORDS and kind in (_ASCII, _UTF8):
            at = place if count <= 4 else struct.unpack_from(f"{order}I", block, place)[0]
            if text := _clean(block[at : at + min(count, 4 * WORD_CHARACTERS)]):
                words[_EXIF_WORDS[tag]] = text
    return Exif(orientation, words)


def collect(image: ImageFile, exif: Exif) -> Mapping[str, str]:
    """The words of a loaded picture, bounded in number and length.

    Keys: ``exif:Software`` and so on for the tags above, ``png:<keyword>`` for PNG texts, ``comment`` and ``xmp``.
    """
    found = {f"exif:{name}": text for name, text in exif.words.items()}
    for keyword, text in _png_texts(image)[:PNG_TEXTS]:
        if "xmp" in keyword.lower():
            found.setdefault("xmp", _clean(text, XMP_CHARACTERS))
        else:
            found[f"png:{_clean(keyword)}"] = _clean(text)
    tags = getattr(image, "tag_v2", {})  # TIFF only
    if comment := _clean(image.info.get("comment")):
        found["comment"] = comment
    if xmp := _clean(image.info.get("xmp") or tags.get(700), XMP_CHARACTERS):
        found["xmp"] = xmp
    return found


def _png_texts(image: ImageFile) -> list[tuple[str, str]]:
    """Keyword and text of the text chunks; ``image.text`` would decode every frame of an animation to find more."""
    if image.format != "PNG":
        return []
    return [(str(keyword), text) for keyword, text in image.info.items() if isinstance(text, str)]


def _entries(block: bytes, order: str) -> Iterator[tuple[int, int, int, int]]:
    """Tag, type, count and the place of the value of each entry of the first directory."""
    if len(block) < 8:
        return
    (start,) = struct.unpack_from(f"{order}I", block, 4)
    if start + 2 > len(block):
        return
    (count,) = struct.unpack_from(f"{order}H", block, start)
    for at in range(start + 2, start + 2 + 12 * min(count, _EXIF_ENTRIES), 12):
        if at + 12 > len(block):
            return
        tag, kind, length = struct.unpack_from(f"{order}HHI", block, at)
        yield tag, kind, length, at + 8


def _clean(value: object, characters: int = WORD_CHARACTERS) -> str:
    """Text up to its first NUL, without control characters, cut to a bounded length; anything else is empty."""
    if isinstance(value, bytes):
        value = value[: 4 * characters].decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    text = value[:characters].split("\0", 1)[0]
    return "".join(c for c in text if c.isprintable() or c in "\n\t").strip()
