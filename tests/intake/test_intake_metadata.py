"""The words a file says about itself: found in every format, bounded, and never a reason to refuse a picture."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_files import encode, png_chunk, quarters
from PIL import Image, PngImagePlugin

from idcard_core.intake import decode
from idcard_core.intake.metadata import PNG_TEXTS, WORD_CHARACTERS, XMP_CHARACTERS, read_exif
from idcard_core.settings import Limits

LIMITS = Limits()
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF/></x:xmpmeta>'


def exif(**words: str) -> Image.Exif:
    block = Image.Exif()
    tags = {"ProcessingSoftware": 0x0B, "Make": 0x10F, "Model": 0x110, "Software": 0x131, "HostComputer": 0x13C}
    for name, word in words.items():
        block[tags[name]] = word
    return block


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF"])
def test_exif_words(kind: str) -> None:
    words = {"Make": "Kamera", "Model": "K 1", "Software": "Adobe Photoshop CC 2014 (Macintosh)", "HostComputer": "h"}
    block = exif(**words)
    data = encode(quarters(), kind, exif=block.tobytes() if kind == "HEIF" else block)
    found = decode(data, LIMITS).metadata
    assert {key: found[key] for key in found if key.startswith("exif:")} == {f"exif:{k}": v for k, v in words.items()}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF"])
def test_xmp(kind: str) -> None:
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        data = encode(quarters(), kind, pnginfo=text)
    elif kind == "TIFF":
        data = encode(quarters(), kind, tiffinfo={700: XMP})
    else:
        data = encode(quarters(), kind, xmp=XMP)
    assert decode(data, LIMITS).metadata["xmp"] == XMP.decode()


@pytest.mark.parametrize("kind", ["JPEG", "GIF"])
def test_comments(kind: str) -> None:
    assert (
        decode(encode(quarters(), kind, comment=b"edited with care"), LIMITS).metadata["comment"] == "edited with care"
    )


def test_png_texts_before_and_after_the_pixels() -> None:
    data = encode(quarters(), "PNG")
    end = data.index(b"IEND") - 4
    late = png_chunk(b"tEXt", b"Software\0GIMP") + png_chunk(b"tEXt", b"odd\x07key\0v\x00w")
    found = decode(data[:end] + late + data[end:], LIMITS).metadata
    assert found["png:Software"] == "GIMP"
    assert found["png:oddkey"] == "v"


def test_lengths_and_numbers_are_bounded() -> None:
    text = PngImagePlugin.PngInfo()
    for index in range(100):
        text.add_text(f"key{index}", "x" * 5000, zip=True)
    found = decode(encode(quarters(), "PNG", pnginfo=text), LIMITS).metadata
    assert len(found) == PNG_TEXTS
    assert {len(value) for value in found.values()} == {WORD_CHARACTERS}
    long = decode(encode(quarters(), "WEBP", xmp=b"x" * 1_000_000, exif=exif(Software="s" * 60_000)), LIMITS).metadata
    assert len(long["xmp"]) == XMP_CHARACTERS
    assert len(long["exif:Software"]) == WORD_CHARACTERS


@pytest.mark.parametrize("order", ["<", ">"], ids=["little-endian", "big-endian"])
def test_exif_of_either_byte_order(order: str) -> None:
    head = struct.pack(f"{order}2sHI", b"II" if order == "<" else b"MM", 42, 8)
    entries = struct.pack(f"{order}HHHIHH", 2, 0x0112, 3, 1, 8, 0)
    entries += struct.pack(f"{order}HHI4s", 0x0131, 2, 4, b"abc\0")
    assert read_exif(b"Exif\0\0" + head + entries).orientation == 8
    assert read_exif(head + entries).words == {"Software": "abc"}


BROKEN = {
    "empty": b"",
    "only the order": b"II*\0",
    "directory outside": b"II*\0\xff\xff\xff\x7f",
    "entries cut": b"II*\0\x08\0\0\0\xff\xff\x12\x01",
    "value outside": b"II*\0\x08\0\0\0\x01\0\x31\x01\x02\0\xff\xff\xff\xff\xff\xff\xff\xff",
    "no exif": b"hello, world",
}


@pytest.mark.parametrize("block", BROKEN.values(), ids=BROKEN)
def test_broken_exif_is_as_if_it_were_not_there(block: bytes) -> None:
    assert read_exif(block).words == {}
    data = encode(quarters(), "JPEG", exif=b"Exif\0\0" + block)
    assert decode(data, LIMITS).metadata == {}


@given(st.binary(max_size=200))
def test_no_exif_raises(block: bytes) -> None:
    assert 1 <= read_exif(b"II*\0" + block).orientation <= 8
    assert 1 <= read_exif(b"MM\0*" + block).orientation <= 8
