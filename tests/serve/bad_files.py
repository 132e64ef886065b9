"""Picture files that are cut, broken, far too large inside, or two things at once."""

from __future__ import annotations

import gzip
import io
import struct
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "intake"))
import test_intake_hostile as hostile
from bad_cases import KILO, MEGA, PICTURE, READ_OR_NOT, BadInput, file, text
from intake_files import encode, noise, png, png_chunk, quarters, tiff

from idcard_core.specimen import shipped_samples


@cache
def whole_files() -> dict[str, bytes]:
    """A shipped specimen, and the same made small in every other format."""
    path = min((sample.path for sample in shipped_samples()), key=lambda path: path.stat().st_size)
    small = Image.open(path).resize((160, 120))
    others = {name.lower(): encode(small, name) for name in ("PNG", "GIF", "BMP", "WEBP", "TIFF")}
    heic = encode(small.resize((320, 240)), "HEIF")
    return {"jpeg": path.read_bytes(), **others, "heic": heic}


def cut_files() -> Iterator[BadInput]:
    """Every whole file cut at each KB."""
    for name, data in whole_files().items():
        for at in range(KILO, len(data), KILO):
            yield file(f"{name} cut at {at // KILO} KB", data[:at])


def _patched(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


def _after(data: bytes, mark: bytes, new: bytes, skip: int = 0) -> bytes:
    """``data`` with ``new`` in the place of what stands ``skip`` bytes after ``mark``."""
    return _patched(data, data.index(mark) + len(mark) + skip, new)


def _webp_chunks(*chunks: tuple[bytes, bytes]) -> bytes:
    inside = b"WEBP" + b"".join(kind + struct.pack("<I", len(data)) + data for kind, data in chunks)
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def broken_headers() -> Iterator[BadInput]:
    """Headers that are wrong in one place, for each format; those that no decoder needs may be passed over."""
    yield from _broken_jpegs()
    yield from _broken_pngs()
    yield from _broken_gifs()
    yield from _broken_bmps()
    yield from _broken_webps()
    yield from _broken_tiffs()
    yield from _broken_heics()
    for name in ("avif", "mp41", "qt  ", "jp2 "):
        yield file(f"box file of brand {name.strip()}", b"\0\0\0\x1cftyp" + name.encode() + bytes(300))
    for name, head in {
        "pdf": b"%PDF-1.7\n1 0 obj<<>>endobj",
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg' width='99' height='99'><image href='file:///etc/passwd'/></svg>",
        "xml bomb": b"<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;'>]><svg>&c;</svg>",
        "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file\n",
        "imagemagick script": b"push graphic-context\nfill 'url(https://example.com/\"|ls \"-la)'\n",
        "jpeg 2000": b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(100),
        "jpeg xl": b"\xff\x0a" + bytes(100),
        "psd": b"8BPS\0\1" + bytes(100),
        "ico": b"\0\0\1\0\1\0\x10\x10" + bytes(100),
        "pickle": b"\x80\x04\x95" + bytes(50),
        "elf": b"\x7fELF" + bytes(100),
        "zeros": bytes(5000),
        "text": b"no picture at all",
    }.items():
        yield file(f"{name} for a picture", head)


def _broken_jpegs() -> Iterator[BadInput]:
    good = encode(quarters(), "JPEG")
    frame, tables = b"\xff\xc0\x00\x11\x08", b"\xff\xdb"
    end = good[:-2]
    yield file("jpeg of one marker", b"\xff\xd8\xff")
    yield file("jpeg of start and end", b"\xff\xd8\xff\xd9")
    yield file("jpeg without its end", end)
    yield file("jpeg height 0", _after(good, frame, bytes(2)))
    yield file("jpeg width 0", _after(good, frame, bytes(2), 2))
    yield file("jpeg without components", _after(good, frame, b"\0", 4))
    yield file("jpeg of 255 components", _after(good, frame, b"\xff", 4))
    yield file("jpeg of 12 bits", _patched(good, good.index(frame) + 4, b"\x0c"))
    yield file("jpeg sampled 0 times", _after(good, frame, b"\0", 6))
    yield file("jpeg of an arithmetic frame", good.replace(b"\xff\xc0", b"\xff\xc9", 1), READ_OR_NOT)
    yield file("jpeg of a lossless frame", good.replace(b"\xff\xc0", b"\xff\xc3", 1))
    yield file("jpeg without a frame", good.replace(b"\xff\xc0", b"\xff\xe5", 1))
    yield file("jpeg without quantisation", good.replace(tables, b"\xff\xe5"))
    yield file("jpeg without codes", good.replace(b"\xff\xc4", b"\xff\xe6"), READ_OR_NOT)
    yield file("jpeg with a code table past its end", _after(good, b"\xff\xc4", b"\xff\xff", 2))
    yield file("jpeg segment longer than the file", _after(good, tables, b"\xff\xff"))
    yield file("jpeg segment of length 0", _after(good, tables, b"\0\0"))
    yield file("jpeg without a scan", good.replace(b"\xff\xda", b"\xff\xe7", 1))
    yield file("jpeg of two frames", _patched(good, 2, good[good.index(frame) : good.index(frame) + 19]), READ_OR_NOT)
    exif = b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\xff\xff\xff\xff\x00\0\0\0\x08\0\0\0"
    yield file("jpeg whose exif points at itself", good[:2] + exif + good[2:], READ_OR_NOT)
    icc = b"\xff\xe2\x00\x20ICC_PROFILE\0\xff\x01" + bytes(16)
    yield file("jpeg with a profile in no order", good[:2] + icc + good[2:], READ_OR_NOT)


def _broken_pngs() -> Iterator[BadInput]:
    good, rows = png(20, 20, bytes(21 * 20)), bytes(21 * 20)
    end = png_chunk(b"IEND", b"")
    yield file("png of its signature", good[:8])
    yield file("png with line ends mended", good.replace(b"\r\n", b"\n", 1))
    yield file("png width 0", png(0, 20, rows))
    yield file("png height 0", png(20, 0, rows))
    yield file("png width beyond 31 bits", png(2**32 - 1, 20, rows))
    yield file("png of 3 bits", png(20, 20, rows, depth=3))
    yield file("png of colour type 9", png(20, 20, rows, colour=9))
    yield file("png of a palette without one", png(20, 20, rows, colour=3), READ_OR_NOT)
    yield file("png header of another length", good[:8] + png_chunk(b"IHDR", bytes(5)) + end)
    yield file("png checksum wrong", _after(good, b"IHDR", b"\0\0\0\1", 13))
    yield file("png compression 7", png(20, 20, rows).replace(b"\x08\0\0\0\0", b"\x08\0\x07\0\0", 1))
    yield file("png chunk longer than the file", _patched(good, 8, b"\x7f\xff\xff\xff"))
    yield file("png chunk of 4 GB", _patched(good, 8, b"\xff\xff\xff\xff"))
    yield file("png without pixels", good[:33] + end)
    yield file("png that begins with its end", good[:8] + end + good[8:])
    yield file("png pixels no zlib", good[:33] + png_chunk(b"IDAT", b"\xff" * 40) + end)
    yield file("png pixels too few", good[:33] + png_chunk(b"IDAT", zlib.compress(bytes(30))) + end)
    yield file("png filter 200", good[:33] + png_chunk(b"IDAT", zlib.compress(b"\xc8" * 420)) + end)
    animation = png_chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))
    yield file("png of 2 billion frames", png(20, 20, rows, extra=animation), READ_OR_NOT)


def _broken_gifs() -> Iterator[BadInput]:
    screen, frame = hostile.GIF_SCREEN, hostile.GIF_FRAME
    for name, data in {
        "signature only": b"GIF",
        "version 88a": b"GIF88a" + bytes(40),
        "screen cut": screen[:10],
        "colours cut": screen[:15],
        "nothing after the screen": screen,
        "unknown block": screen + b"?",
        "frame header cut": screen + frame[:5],
        "frame data cut": screen + frame + b"\x02\x05abc",
        "comment cut": screen + b"!\xfe\x05ab",
        "without frame": screen + b";",
        "without colours": screen[:10] + b"\0" + screen[11:13] + frame + b"\x02\x01\x44\0;",
        "without pixels": screen + frame + b"\x02\0;",
        "code size 13": screen + frame + b"\x0d\x02ab\0;",
        "frame of width 0": screen + struct.pack("<cHHHHB", b",", 0, 0, 0, 20, 0) + b"\x02\x01\x44\0;",
        "frame beside its screen": screen + struct.pack("<cHHHHB", b",", 9999, 9999, 20, 20, 0) + b"\x02\x01\x44\0;",
    }.items():
        yield file(f"gif {name}", data)


def _broken_bmps() -> Iterator[BadInput]:
    good = encode(quarters(), "BMP")
    for name, at, new in (
        ("header of 0 bytes", 14, bytes(4)),
        ("header of 4 GB", 14, b"\xff" * 4),
        ("width 0", 18, bytes(4)),
        ("width negative", 18, struct.pack("<i", -64)),
        ("height smallest", 22, struct.pack("<i", -(2**31))),
        ("of 7 bits", 28, b"\x07\0"),
        ("of 0 bits", 28, b"\0\0"),
        ("compression 99", 30, struct.pack("<I", 99)),
        ("run lengths in 24 bits", 30, struct.pack("<I", 1)),
        ("pixels behind its end", 10, struct.pack("<I", 2**31 - 1)),
    ):
        yield file(f"bmp {name}", _patched(good, at, new))
    yield file("bmp of its signature", b"BM")
    palette = encode(quarters().convert("P"), "BMP")
    yield file("bmp of 4 billion colours", _patched(palette, 46, b"\xff" * 4), READ_OR_NOT)


def _broken_webps() -> Iterator[BadInput]:
    good = encode(quarters(), "WEBP")
    lossless = encode(quarters(), "WEBP", lossless=True)
    canvas = struct.pack("<I", 2) + (63).to_bytes(3, "little") + (47).to_bytes(3, "little")
    yield file("webp of its signature", b"RIFF\0\0\0\0WEBP")
    yield file("webp size 0", _patched(good, 4, bytes(4)), READ_OR_NOT)
    yield file("webp size 4 GB", _patched(good, 4, b"\xff" * 4))
    yield file("webp chunk of 4 GB", _patched(good, 16, b"\xff" * 4))
    yield file("webp unknown chunk", _patched(good, 12, b"VP99"))
    yield file("webp start code wrong", _after(good, b"\x9d\x01\x2a", b"\0\0\0", -3))
    yield file("webp width 0", _after(good, b"\x9d\x01\x2a", b"\0\0"))
    yield file("webp lossless signature wrong", _patched(lossless, 20, b"\0"))
    yield file("webp lossless bits all set", _patched(lossless, 25, b"\xff" * 20), READ_OR_NOT)
    yield file("webp canvas without a frame", _webp_chunks((b"VP8X", canvas)))
    frame = bytes(12) + b"\x0a\0\0\0" + b"VP8 " + bytes(4)
    yield file("webp animation of nothing", _webp_chunks((b"VP8X", canvas), (b"ANIM", bytes(6)), (b"ANMF", frame)))


def _broken_tiffs() -> Iterator[BadInput]:
    pixels = np.zeros((20, 20), int)
    good = tiff(pixels, 1)
    yield file("tiff of its signature", b"II*\0")
    yield file("tiff directory behind its end", _patched(good, 4, b"\xff\xff\xff\x7f"))
    yield file("tiff directory at 0", _patched(good, 4, bytes(4)))
    yield file("tiff of another byte order", b"MM\0*" + good[4:])
    yield file("tiff of no tags", b"II*\0\x08\0\0\0" + bytes(6))
    yield file("tiff of 65 535 tags", b"II*\0\x08\0\0\0\xff\xff" + bytes(200))
    at = 8 + pixels.size * 2
    endless = _patched(good, at + 2 + 12 * 10, struct.pack("<I", at))
    yield file("tiff whose next page is the first", endless, READ_OR_NOT)
    for name, changes in {
        "width 0": {256: (0,)},
        "of 99 bits": {258: (99,)},
        "of 0 bits": {258: (0,)},
        "compression 9999": {259: (9999,)},
        "compressed as a fax": {259: (4,)},
        "compressed as an old jpeg": {259: (6,)},
        "compressed, and is not": {259: (8,)},
        "photometric 99": {262: (99,)},
        "of 60 000 samples": {277: (60_000,)},
        "rows per strip 0": {278: (0,)},
        "strip behind its end": {273: (2**31 - 1,)},
        "strip of 4 GB": {279: (2**32 - 1,)},
        "tiles of width 0": {322: (0,), 323: (0,), 324: (8,), 325: (800,)},
    }.items():
        harmless = name in ("strip of 4 GB", "tiles of width 0")
        yield file(f"tiff {name}", tiff(pixels, 1, changes=changes), READ_OR_NOT if harmless else PICTURE)
    yield file("bigtiff of nothing", b"II+\0\x08\0\0\0" + struct.pack("<Q", 16) + b"\xff" * 40)


def _broken_heics() -> Iterator[BadInput]:
    good = encode(quarters(), "HEIF")
    head = int.from_bytes(good[:4], "big")
    yield file("heic of its signature", b"\0\0\0\x18ftypheic" + bytes(8))
    yield file("heic without boxes", good[:head])
    yield file("heic box of length 0", _patched(good, head, bytes(4)), READ_OR_NOT)
    yield file("heic box of 4 GB", _patched(good, head, b"\xff" * 4))
    yield file("heic box of length 1", _patched(good, head, b"\0\0\0\1"))
    yield file("heic without places", good.replace(b"iloc", b"free", 1))
    yield file("heic without properties", good.replace(b"iprp", b"free", 1))
    yield file("heic without its first item", good.replace(b"pitm", b"free", 1))
    yield file("heic without its codec", good.replace(b"hvcC", b"free", 1))
    yield file("heic size 4 billion", _after(good, b"ispe", b"\xff" * 8, 4))
    yield file("heic size 0", _after(good, b"ispe", bytes(8), 4))
    half = len(good) - len(good) // 2
    # The codec makes something of any bits: no decoder tells that these were never written.
    yield file("heic pixels of zeros", good[:-half] + bytes(half), READ_OR_NOT)


def bombs() -> Iterator[BadInput]:
    """Small files that ask for much memory or work; those too large for base64 come from behind a URL."""
    for name, data in hostile.SIZE_BOMBS.items():
        yield file(f"bomb: {name}", data)
    for name, data in hostile.WORK_BOMBS.items():
        codes = READ_OR_NOT if name in hostile.HARMLESS else PICTURE
        if len(data) < 3 * MEGA:
            yield file(f"bomb: {name}", data, codes)
        yield text(f"bomb behind a URL: {name}", f"http://outside.test/bomb/{quote(name)}", codes)
    heic = whole_files()["heic"]
    yield file("bomb: heic 30 000 square", _after(heic, b"ispe", struct.pack(">II", 30_000, 30_000), 4))
    yield file("bomb: gif of 2 000 frames", _many_frames, READ_OR_NOT)
    yield file("bomb: webp 16 383 wide", encode(Image.new("L", (16383, 20)), "WEBP"))
    yield file("bomb: png of 4096 square", lambda: png(4096, 4096, bytes(4097 * 4096)), READ_OR_NOT)
    yield file("bomb: jpeg of noise", lambda: encode(noise(2500, 2000), "JPEG", quality=20), READ_OR_NOT)
    twice = zlib.compress(hostile.zipped_zeros(50))
    yield file("bomb: zlib in a png's text", hostile.with_chunks(png_chunk(b"zTXt", b"k\0\0" + twice)), READ_OR_NOT)


def _many_frames() -> bytes:
    good = hostile.GIF_GOOD
    return good[:-1] + (hostile.GIF_FRAME + b"\x02\x01\x44\0") * 2000 + b";"


def bomb_files() -> dict[str, bytes]:
    """What lies behind the URLs of ``bombs``."""
    return {f"/bomb/{quote(name)}": data for name, data in hostile.WORK_BOMBS.items()}


def _with_segment(jpeg: bytes, marker: bytes, content: bytes) -> bytes:
    return jpeg[:2] + marker + struct.pack(">H", len(content) + 2) + content + jpeg[2:]


def polyglots() -> Iterator[BadInput]:
    """Files that are two things at once; those that are a whole picture may be read."""
    jpeg, gif, bmp = (encode(quarters(), kind) for kind in ("JPEG", "GIF", "BMP"))
    archive, tape = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("../../etc/passwd", "root")
    with tarfile.open(fileobj=tape, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("\u00ff\u00d8\u00ff"))
    zipped = archive.getvalue()
    comment = b"!\xfe\x1b<script>alert(1)</script>/*"
    php = png(20, 20, bytes(21 * 20), extra=png_chunk(b"tEXt", b"Comment\0<?php system($_GET[0]); ?>"))
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    for name, data, codes in (
        ("jpeg and zip", jpeg + zipped, READ_OR_NOT),
        ("zip and jpeg", zipped + jpeg, PICTURE),
        ("jpeg with a pdf in its comment", _with_segment(jpeg, b"\xff\xfe", pdf), READ_OR_NOT),
        ("pdf behind a jpeg header", b"\xff\xd8\xff\xe0" + pdf, PICTURE),
        ("pdf and jpeg", pdf + jpeg, PICTURE),
        ("jpeg and html", jpeg + b"<html><script>alert(1)</script></html>", READ_OR_NOT),
        ("html and jpeg", b"<!--" + jpeg + b"-->", PICTURE),
        ("gif and javascript by its width", b"GIF89a/*" + gif[8:] + b"*/=1;alert(1)", PICTURE),
        ("gif and javascript in a comment", gif[:-1] + comment + b"\0;", READ_OR_NOT),
        ("gif and jar", gif + zipped, READ_OR_NOT),
        ("png and php", php, READ_OR_NOT),
        ("png and zip", php + zipped, READ_OR_NOT),
        ("bmp and zip", bmp + zipped, READ_OR_NOT),
        ("exe and jpeg", b"MZ" + bytes(62) + jpeg, PICTURE),
        ("tar of a name like a jpeg", tape.getvalue(), PICTURE),
        ("gzip of a jpeg", gzip.compress(jpeg, mtime=0), PICTURE),
        ("jpeg header and gif", b"\xff\xd8\xff" + gif, PICTURE),
        ("png header and jpeg", b"\x89PNG\r\n\x1a\n" + jpeg, PICTURE),
        ("webp header and wave", b"RIFF\x24\0\0\0WEBPfmt " + bytes(28), PICTURE),
        ("jpeg in a jpeg", _with_segment(jpeg, b"\xff\xe1", jpeg), READ_OR_NOT),
        ("two jpegs", jpeg + jpeg, READ_OR_NOT),
    ):  # fmt: skip
        yield file(f"polyglot: {name}", data, codes)
