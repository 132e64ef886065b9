"""What a file claims about the programs it went through, and which claim goes before which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

NAME_CHARACTERS = 200
"""Longest name reported; Photoshop's own are about 40."""

_GAPS = re.compile(r"[\s\0-\x1f\x7f]+")


class Source(IntEnum):
    """Where a claim stands in a file; of two editors the one with the lower source is reported.

    The order is that of how directly a program names itself there as the last to have written the file.
    """

    EXIF = 1
    """EXIF Software, ProcessingSoftware and the software tags of EXIF 3.0: rewritten at every save."""
    XMP = 2
    """Creator tool, the history from its newest event on, and the labels of generated pictures."""
    PHOTOSHOP = 3
    """Photoshop's image resources: outlive a program that drops EXIF and XMP."""
    TEXT = 4
    """PNG texts."""
    COMMENT = 5
    """JPEG and GIF comments."""
    CREDENTIALS = 6
    """C2PA manifests."""
    DESCRIPTION = 7
    """EXIF and IPTC captions, which people write as well as programs."""
    ENCODER = 8
    """Traces of an encoder that only editors have."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A program's name as written in the file.

    ``certain``: the file says that the picture was edited or generated, whoever did it; else the name decides.
    """

    source: Source
    name: str
    certain: bool = False


def as_written(text: str) -> str:
    """A name in one line, trimmed, at most ``NAME_CHARACTERS`` long."""
    return _GAPS.sub(" ", text[: 4 * NAME_CHARACTERS]).strip()[:NAME_CHARACTERS].strip()


def decoded(data: bytes) -> str:
    """Text of an unknown encoding, up to its first NUL: UTF-8, else GB 18030 of Chinese Windows, else Latin-1."""
    data = data.split(b"\0", 1)[0]
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
