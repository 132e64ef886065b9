"""Picture files made in code for the intake tests: four coloured quarters in any format and mode, and files by hand."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np
import pillow_heif
from PIL import Image, ImageCms

from idcard_core.intake import Picture

WIDTH, HEIGHT = 64, 48
QUARTERS = ((200, 30, 40), (20, 180, 60), (30, 60, 220), (240, 240, 230))
"""RGB of the top left, top right, bottom left and bottom right quarter."""


def quarters(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    pixels = np.zeros((height, width, 3), np.uint8)
    for index, colour in enumerate(QUARTERS):
        top, left = (index // 2) * (height // 2), (index % 2) * (width // 2)
        pixels[top : top + height // 2, left : left + width // 2] = colour
    return Image.fromarray(pixels)


def noise(width: int, height: int, seed: int = 0) -> Image.Image:
    """A picture that does not compress to nothing."""
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8))


def encode(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(file, quality=90, **options)
    else:
        image.save(file, kind, **options)
    return file.getvalue()


def lab(image: Image.Image) -> Image.Image:
    converted = ImageCms.profileToProfile(
        image, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert converted is not None
    return converted


def seen(picture: Picture) -> list[tuple[int, ...]]:
    """RGB in the middle of each quarter, in the order of ``QUARTERS``."""
    height, width = picture.pixels.shape[:2]
    places = [(y, x) for y in (height // 4, 3 * height // 4) for x in (width // 4, 3 * width // 4)]
    return [tuple(int(v) for v in picture.pixels[place][::-1]) for place in places]


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, rows: bytes, depth: int = 8, colour: int = 0, extra: bytes = b"") -> bytes:
    """A PNG by hand; ``rows`` are the unpacked rows, each with its filter byte, ``extra`` goes before them."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = png_chunk(b"IHDR", header) + extra + png_chunk(b"IDAT", zlib.compress(rows)) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def deep_png(values: np.ndarray[Any, Any], colour: int) -> bytes:
    """A 16-bit PNG of (h, w, channels) whole numbers; ``colour`` is PNG's colour type."""
    height, width = values.shape[:2]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    return png(width, height, rows, depth=16, colour=colour)


def tiff(
    values: np.ndarray[Any, Any], photometric: int, order: str = "<", changes: dict[int, tuple[int, ...]] | None = None
) -> bytes:
    """An uncompressed 16-bit TIFF of (h, w) or (h, w, 3); ``changes`` puts other numbers, as LONGs, into some tags."""
    height, width = values.shape[:2]
    samples = 1 if values.ndim == 2 else values.shape[2]
    pixels = values.astype(f"{order}u2").tobytes()
    tags: dict[int, tuple[int, ...]] = {
        256: (width,), 257: (height,), 258: (16,) * samples, 259: (1,), 262: (photometric,),
        273: (0,), 277: (samples,), 278: (height,), 279: (len(pixels),), 284: (1,),
    }  # fmt: skip
    tags.update(changes or {})
    directory_at = 8 + len(pixels)
    values_at = directory_at + 2 + 12 * len(tags) + 4
    if 273 not in (changes or {}):
        tags[273] = (8,)
    entries, outside = b"", b""
    for tag, numbers in sorted(tags.items()):
        short = tag in (258, 259, 262, 277, 284)
        packed = struct.pack(f"{order}{len(numbers)}{'H' if short else 'I'}", *numbers)
        if len(packed) <= 4:
            value = packed.ljust(4, b"\0")
        else:
            value, outside = struct.pack(f"{order}I", values_at + len(outside)), outside + packed
        entries += struct.pack(f"{order}HHI", tag, 3 if short else 4, len(numbers)) + value
    head = struct.pack(f"{order}2sHI", b"II" if order == "<" else b"MM", 42, directory_at)
    return head + pixels + struct.pack(f"{order}H", len(tags)) + entries + b"\0\0\0\0" + outside


def every_format() -> dict[str, bytes]:
    """One good file of each format and of its main variants."""
    picture = quarters()
    grey = picture.convert("L")
    return {
        "jpeg": encode(picture, "JPEG", quality=95),
        "jpeg progressive": encode(picture, "JPEG", quality=95, progressive=True),
        "jpeg 4:4:4": encode(picture, "JPEG", quality=95, subsampling=0),
        "jpeg cmyk, adobe inverted": encode(picture.convert("CMYK"), "JPEG", quality=95),
        "png": encode(picture, "PNG"),
        "png palette": encode(picture.convert("P", palette=Image.Palette.ADAPTIVE), "PNG"),
        "bmp": encode(picture, "BMP"),
        "bmp palette": encode(picture.convert("P", palette=Image.Palette.ADAPTIVE), "BMP"),
        "gif": encode(picture, "GIF"),
        "gif interlaced, two frames": encode(picture, "GIF", save_all=True, append_images=[grey], interlace=1),
        "webp": encode(picture, "WEBP", quality=95),
        "webp lossless": encode(picture, "WEBP", lossless=True),
        "webp animated": encode(picture, "WEBP", lossless=True, save_all=True, append_images=[grey]),
        "tiff": encode(picture, "TIFF"),
        "tiff lzw": encode(picture, "TIFF", compression="tiff_lzw"),
        "tiff deflate": encode(picture, "TIFF", compression="tiff_deflate"),
        "tiff jpeg": encode(picture, "TIFF", compression="jpeg", quality=95),
        "tiff cmyk": encode(picture.convert("CMYK"), "TIFF"),
        "tiff lab": encode(lab(picture), "TIFF"),
        "tiff two pages": encode(picture, "TIFF", save_all=True, append_images=[grey]),
        "heif": encode(picture, "HEIF"),
    }
