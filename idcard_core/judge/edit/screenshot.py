"""Whether a file says of itself that it is a screenshot: what was on a screen, without any camera.

iOS and macOS write the comment ``Screenshot`` into EXIF and XMP of theirs, which outlives a conversion; GNOME's program
names itself. Android and Windows leave no word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from idcard_core.judge.edit import exif, xmp
from idcard_core.judge.edit.claims import decoded
from idcard_core.judge.edit.containers import parts_of
from idcard_core.judge.edit.parts import Kind

COMMENT = "Screenshot"
PROGRAM = "gnome-screenshot"


def is_screenshot(data: bytes, metadata: Mapping[str, str]) -> bool:
    """Whether the encoded file ``data``, or the words gathered from it (``intake.metadata.collect``), say so."""
    return any(word.strip() in (COMMENT, PROGRAM) for word in _words(data, metadata))


def _words(data: bytes, metadata: Mapping[str, str]) -> Iterator[str]:
    whole = False
    for part in parts_of(data):
        if part.kind is Kind.EXIF:
            yield from exif.descriptions(part.content)
        elif part.kind is Kind.XMP:
            whole = True
            yield xmp.comment(part.content)
        elif part.kind is Kind.TEXT and part.keyword == "Software":
            yield decoded(part.content)
    if not whole and "xmp" in metadata:  # the metadata has the beginning of the same packet
        yield xmp.comment(metadata["xmp"])
    yield metadata.get("png:Software", "")
