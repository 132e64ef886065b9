"""The pieces of a picture file that carry words, as the walks over the containers yield them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

TEXT_BYTES = 64 * 1024
"""Most bytes looked at of one text or comment, compressed or not; a generator's settings are a few KiB."""
PARTS_AT_MOST = 4
"""Of each kind but texts and comments; more than one is rare."""
TEXTS_AT_MOST = 32


class Kind(Enum):
    """What a piece is."""

    EXIF = "exif"
    """A TIFF structure, perhaps with the six bytes before it that JPEG needs."""
    XMP = "xmp"
    PHOTOSHOP = "photoshop"
    """Image resource blocks, beginning at ``8BIM``."""
    TEXT = "text"
    """A PNG text, under its keyword."""
    COMMENT = "comment"
    C2PA = "c2pa"
    """JUMBF boxes."""
    SAVE_FOR_WEB = "save for web"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a file. ``keyword`` is that of a PNG text."""

    kind: Kind
    content: bytes
    keyword: str = ""
