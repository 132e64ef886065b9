"""Chooses among a file's claims the one that tells an edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from idcard_core.judge.edit import credentials, exif, photoshop, texts, xmp
from idcard_core.judge.edit.claims import Claim, Source, as_written, decoded
from idcard_core.judge.edit.containers import parts_of
from idcard_core.judge.edit.parts import Kind, Part
from idcard_core.judge.edit.tools import is_editor

_SAVE_FOR_WEB = "Adobe Save for Web"


def edit_tool(data: bytes, metadata: Mapping[str, str]) -> str | None:
    """The name, as its file has it, of the program a picture was edited with; None when none is known.

    ``data`` is the encoded file, empty for a picture that came as pixels; ``metadata`` are the words gathered from it
    (``intake.metadata.collect``). None is no proof: a program can leave no name, and whoever forges a card removes it.
    """
    parts = list(parts_of(data))
    if any(part.kind is Kind.XMP for part in parts):  # the whole packet; the metadata has the beginning of the same
        metadata = {key: text for key, text in metadata.items() if key != "xmp"}
    claims = [*_of_parts(parts), *_of_metadata(metadata)]
    for claim in sorted(claims, key=lambda claim: claim.source):
        if claim.name and (claim.certain or is_editor(claim.name)):
            return claim.name
    return None


def _of_parts(parts: list[Part]) -> Iterator[Claim]:
    for part in parts:
        content = part.content
        if part.kind is Kind.EXIF:
            yield from exif.claims(content)
            for text in exif.descriptions(content):
                yield from texts.of_words(text, Source.DESCRIPTION, caption=True)
            yield from _of_parts([piece for piece in exif.pieces(content) if piece.kind is not Kind.EXIF])
        elif part.kind is Kind.XMP:
            yield from xmp.claims(content)
        elif part.kind is Kind.PHOTOSHOP:
            yield from _of_resources(content)
        elif part.kind is Kind.TEXT:
            yield from texts.of_text(part.keyword, decoded(content))
        elif part.kind is Kind.COMMENT:
            yield from texts.of_words(decoded(content), Source.COMMENT)
        elif part.kind is Kind.C2PA:
            yield from credentials.claims(content)
        else:
            yield Claim(Source.ENCODER, _SAVE_FOR_WEB, certain=True)


def _of_resources(content: bytes) -> Iterator[Claim]:
    for claim in photoshop.claims(content):
        if claim.source is Source.DESCRIPTION:
            yield from texts.of_words(claim.name, claim.source, caption=True)
        else:
            yield claim


def _of_metadata(metadata: Mapping[str, str]) -> Iterator[Claim]:
    """What a decoder found; for a HEIF, and a picture without its file, there is nothing else."""
    for tag in ("exif:Software", "exif:ProcessingSoftware"):
        yield Claim(Source.EXIF, as_written(metadata.get(tag, "")))
    if "xmp" in metadata:
        yield from xmp.claims(metadata["xmp"])
    for key, text in metadata.items():
        if key.startswith("png:"):
            yield from texts.of_text(key.removeprefix("png:"), text)
    yield from texts.of_words(metadata.get("comment", ""), Source.COMMENT)
