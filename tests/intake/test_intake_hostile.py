"""Broken, cut and hostile files: always an error of this project or a picture, soon, and never half a picture."""

from __future__ import annotations

import struct
import time
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_files import encode, every_format, noise, png, png_chunk, quarters, tiff
from PIL import Image

from idcard_core.errors import IdCardError, ImageDataError
from idcard_core.intake import Picture, decode
from idcard_core.intake.formats import check_work, recognise
from idcard_core.intake.structure import GIF_BLOCKS_AT_MOST, JPEG_SCANS_AT_MOST, check_jpeg
from idcard_core.settings import Limits

LIMITS = Limits()
FILES = every_format()
NOISE = noise(80, 60)
WHOLE = {
    "jpeg": encode(NOISE, "JPEG"),
    "jpeg progressive": encode(NOISE, "JPEG", progressive=True),
    "png": encode(NOISE, "PNG"),
    "gif": encode(NOISE, "GIF"),
    "bmp": encode(NOISE, "BMP"),
    "webp": encode(NOISE, "WEBP"),
    "webp lossless": encode(NOISE, "WEBP", lossless=True),
    "tiff": encode(NOISE, "TIFF"),
    "tiff lzw": encode(NOISE, "TIFF", compression="tiff_lzw"),
    "heif": encode(NOISE, "HEIF"),
}


def outcome(data: bytes, limits: Limits = LIMITS) -> str | None:
    """The message of the error; None for a picture. Anything else than these two fails the test."""
    try:
        picture = decode(data, limits)
    except IdCardError as error:
        return error.message
    assert isinstance(picture, Picture)
    return None


@pytest.mark.parametrize("name", WHOLE)
def test_a_cut_file_is_an_error_wherever_it_is_cut(name: str) -> None:
    data = WHOLE[name]
    assert outcome(data) is None
    last = [*range(1, 24), 100, 500]
    cuts = sorted({len(data) - n for n in last} | {*range(64), *range(64, len(data), max(1, len(data) // 60))})
    # A GIF ends with a byte that nothing depends on; the first frame is whole without it.
    passed = [cut for cut in cuts if 0 < cut < len(data) and outcome(data[:cut]) is None]
    assert passed == ([len(data) - 1] if name == "gif" else [])


@pytest.mark.parametrize("name", ["jpeg", "jpeg progressive", "png", "gif", "tiff lzw"])
def test_a_file_whose_end_was_never_written_is_an_error(name: str) -> None:
    """An interrupted copy often has its full length, with zeros in the place of what is missing."""
    data = WHOLE[name]
    half = len(data) // 2
    assert outcome(data[:half] + bytes(len(data) - half)) is not None


def test_bytes_after_the_end_do_not_matter() -> None:
    for name in ("jpeg", "png", "gif", "bmp", "webp", "tiff"):
        assert outcome(WHOLE[name] + b"\0\xff\xd8trailer" * 10) is None, name


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\0", id="one byte"),
        pytest.param(b"hello, world", id="text"),
        pytest.param(b"%PDF-1.7\n%", id="pdf"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'/>", id="svg"),
        pytest.param(b"\0\0\0\x1cftypisom" + bytes(100), id="mp4"),
        pytest.param(b"\0\0\0\x1cftypavif" + bytes(100), id="avif"),
        pytest.param(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n", id="postscript"),
        pytest.param(b"\xff\xd8\xff", id="jpeg signature"),
        pytest.param(b"\x89PNG\r\n\x1a\n", id="png signature"),
        pytest.param(b"BM", id="bmp signature"),
        pytest.param(b"RIFF\0\0\0\0WEBP", id="webp signature"),
        pytest.param(b"II*\0", id="tiff signature"),
        pytest.param(b"\0\0\0\x18ftypheic" + bytes(8), id="heic signature"),
    ],
)
def test_what_is_no_picture(data: bytes) -> None:
    assert outcome(data) == ImageDataError.DECODE


GIF_SCREEN = struct.pack("<6sHHBBB", b"GIF89a", 20, 20, 0x80, 0, 0) + bytes(6)
GIF_FRAME = struct.pack("<cHHHHB", b",", 0, 0, 20, 20, 0)
GIF_GOOD = encode(Image.new("L", (20, 20), 90), "GIF")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"GIF", ImageDataError.GIF_OPEN, id="signature cut"),
        pytest.param(b"GIF88a" + bytes(40), ImageDataError.GIF_OPEN, id="unknown version"),
        pytest.param(GIF_SCREEN[:10], ImageDataError.GIF_OPEN, id="screen cut"),
        pytest.param(GIF_SCREEN[:15], ImageDataError.GIF_OPEN, id="global colours cut"),
        pytest.param(GIF_SCREEN, ImageDataError.GIF_READ, id="nothing after the screen"),
        pytest.param(GIF_SCREEN + b"?", ImageDataError.GIF_READ, id="unknown block"),
        pytest.param(GIF_SCREEN + GIF_FRAME[:5], ImageDataError.GIF_READ, id="frame header cut"),
        pytest.param(GIF_SCREEN + GIF_FRAME + b"\x02\x05abc", ImageDataError.GIF_READ, id="frame data cut"),
        pytest.param(GIF_SCREEN + b"!\xfe\x05ab", ImageDataError.GIF_READ, id="comment cut"),
        pytest.param(
            GIF_SCREEN[:10] + b"\0" + GIF_SCREEN[11:13] + GIF_FRAME + b"\x02\x01\x44\0;",
            ImageDataError.GIF_NO_COLOR_MAP,
            id="no colours",
        ),
        pytest.param(GIF_SCREEN + b";", ImageDataError.GIF_EMPTY, id="no frame"),
        pytest.param(GIF_SCREEN + b"!\xfe\x02hi\0;", ImageDataError.GIF_EMPTY, id="only a comment"),
        pytest.param(GIF_SCREEN + GIF_FRAME + b"\x02\0;", ImageDataError.GIF_DECODE, id="frame without pixels"),
        pytest.param(GIF_SCREEN + GIF_FRAME + b"\x0d\x02ab\0;", ImageDataError.GIF_DECODE, id="impossible code size"),
        pytest.param(GIF_GOOD, None, id="good"),
    ],
)
def test_each_broken_gif_has_its_message(data: bytes, message: str | None) -> None:
    assert outcome(data) == message


def huge_gif(frame: int) -> bytes:
    screen = struct.pack("<6sHHBBB", b"GIF89a", 65535, 65535, 0x80, 0, 0) if not frame else GIF_SCREEN[:13]
    return screen + bytes(6) + struct.pack("<cHHHHB", b",", 0, 0, frame or 20, frame or 20, 0) + b"\x02\x01\x44\0;"


def huge_webp() -> bytes:
    body = b"WEBPVP8X" + struct.pack("<IB3x", 10, 0) + (16382).to_bytes(3, "little") * 2 + bytes(8)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def jpeg_with_size(width: int, height: int) -> bytes:
    data = bytearray(encode(quarters(), "JPEG"))
    at = data.index(b"\xff\xc0")
    struct.pack_into(">HH", data, at + 5, height, width)
    return bytes(data)


SIZE_BOMBS = {
    "png 100 000 square": png(100_000, 100_000, bytes(1000)),
    "png 2 billion wide": png(2**31 - 1, 20, bytes(1000)),
    "jpeg 65 500 square": jpeg_with_size(65500, 65500),
    "bmp 2 billion square": b"BM"
    + struct.pack("<IHHIIiiHHIIiiII", 0, 0, 0, 54, 40, 2**31 - 1, 2**31 - 1, 1, 24, *[0] * 6),
    "gif screen": huge_gif(0),
    "gif frame": huge_gif(65535),
    "webp canvas": huge_webp(),
    "tiff": tiff(np.zeros((20, 20), int), 1, changes={256: (2**31,), 257: (2**31,)}),
}


@pytest.mark.parametrize("name", SIZE_BOMBS)
@pytest.mark.parametrize("limits", [LIMITS, LIMITS.for_local_files()], ids=["contract", "local files"])
def test_size_bombs_go_by_their_header(name: str, limits: Limits) -> None:
    start = time.perf_counter()
    assert outcome(SIZE_BOMBS[name], limits) in (ImageDataError.SIZE, ImageDataError.DECODE)
    assert time.perf_counter() - start < 2


def test_pixels_are_bounded_whatever_the_sides() -> None:
    assert outcome(png(16384, 16384, b""), LIMITS.for_local_files()) == ImageDataError.SIZE


def zipped_zeros(megabytes: int) -> bytes:
    return zlib.compress(bytes(megabytes * 2**20), 9)


def with_chunks(chunks: bytes) -> bytes:
    return png(20, 20, bytes(21 * 20), extra=chunks)


def dusty_gif() -> bytes:
    return GIF_SCREEN + b"!\xfe" + b"\x01a" * (GIF_BLOCKS_AT_MOST + 1) + b"\0" + GIF_GOOD[13:]


def many_scans(progressive: bool) -> bytes:
    """A 4096-pixel square whose scans come again and again, each of them nearly empty."""
    data = encode(Image.new("RGB", (4096, 4096), (90, 120, 60)), "JPEG", progressive=progressive)
    starts = [at for at in range(len(data)) if data[at : at + 2] == b"\xff\xda"]
    if not progressive:
        # Announce one of three components: the decoder then waits for the other scans.
        head = data[: starts[0]] + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
        return head + (b"\x00" * 50 + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00") * 5000 + b"\xff\xd9"
    return data[: starts[-1]] + data[starts[-1] : -2] * 5000 + b"\xff\xd9"


def run_length_bmp(size: int) -> bytes:
    runs = b"\x01\x05" * size
    head = struct.pack("<IHHIIiiHHIIiiII", 0, 0, 0, 1078, 40, 4000, 4000, 1, 8, 1, len(runs), 0, 0, 256, 0)
    return b"BM" + head + bytes(1024) + runs


WORK_BOMBS = {
    "png text of 200 MiB": with_chunks(png_chunk(b"zTXt", b"k\0\0" + zipped_zeros(200))),
    "png texts of 1 MiB, many": with_chunks(png_chunk(b"zTXt", b"k\0\0" + zipped_zeros(1)) * 200),
    "png profile of 200 MiB": with_chunks(png_chunk(b"iCCP", b"k\0\0" + zipped_zeros(200))),
    "png pixels of 200 MiB": png(20, 20, bytes(200 * 2**20)),
    "png dust": with_chunks(png_chunk(b"tEXt", b"k\0v") * 400_000),
    "gif dust": dusty_gif(),
    "jpeg scans": many_scans(progressive=True),
    "jpeg scans of one component": many_scans(progressive=False),
    "bmp runs": run_length_bmp(4_000_000),
    "tiff strips": tiff(np.zeros((20, 20), int), 1, changes={273: (8,) * 100_000, 279: (800,) * 100_000}),
    "tiff tile": tiff(
        np.zeros((20, 20), int), 1, changes={322: (60_000,), 323: (60_000,), 324: (8,), 325: (800,), 278: (20,)}
    ),
}


# Their decoders read what the size asks for and leave the rest.
HARMLESS = ("png pixels of 200 MiB", "tiff strips", "tiff tile")


def test_more_tiles_than_picture_are_refused() -> None:
    """Not every Pillow stops listing strips at the picture's end."""
    image = recognise(WHOLE["tiff"]).open(WHOLE["tiff"])
    image.tile = image.tile * 5000
    with pytest.raises(ValueError, match="more tiles"):
        check_work(image, 1000)


@pytest.mark.parametrize("name", WORK_BOMBS)
def test_work_bombs_end_soon(name: str) -> None:
    start = time.perf_counter()
    message = outcome(WORK_BOMBS[name], LIMITS)
    assert message is not None or name in HARMLESS
    assert time.perf_counter() - start < 5  # tens of milliseconds on an idle machine


def test_ordinary_jpegs_have_fewer_scans_than_the_limit() -> None:
    check_jpeg(WHOLE["jpeg progressive"])
    assert WHOLE["jpeg progressive"].count(b"\xff\xda") * 2 < JPEG_SCANS_AT_MOST
    with pytest.raises(ImageDataError):
        check_jpeg(WORK_BOMBS["jpeg scans"])


@given(st.sampled_from([b"", *(data[:12] for data in WHOLE.values())]), st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_random_bytes_never_leak_an_exception(head: bytes, tail: bytes) -> None:
    outcome(head + tail)


@pytest.mark.parametrize("name", FILES)
def test_flipped_bits_never_leak_an_exception(name: str) -> None:
    rng = np.random.default_rng(1)
    for _ in range(40):
        data = bytearray(FILES[name])
        # Most flips go where the structure is.
        for at in rng.integers(0, min(len(data), 400) if rng.random() < 0.7 else len(data), rng.integers(1, 6)):
            data[at] ^= 1 << rng.integers(0, 8)
        outcome(bytes(data))


@given(st.sampled_from(sorted(FILES)), st.data())
@settings(max_examples=150, deadline=None)
def test_spliced_files_never_leak_an_exception(name: str, draw: st.DataObject) -> None:
    data = FILES[name]
    at = draw.draw(st.integers(0, len(data)))
    outcome(data[:at] + draw.draw(st.binary(max_size=20)) + data[at + draw.draw(st.integers(0, 20)) :])


def test_hostile_files_leave_standard_error_alone(capfd: pytest.CaptureFixture[str]) -> None:
    """Some decoders write about broken data to the terminal; only libtiff's codecs cannot be kept from it."""
    for name in ("jpeg", "jpeg progressive", "png", "gif", "bmp", "webp", "tiff", "heif"):
        data = WHOLE[name]
        outcome(data[: len(data) // 2])
        outcome(data[: len(data) // 2] + bytes(50) + data[len(data) // 2 + 50 :])
    captured = capfd.readouterr()
    assert captured.err == captured.out == ""


def test_doubtful_tags_are_no_warning_and_other_warnings_stay() -> None:
    """Pillow warns about tags it doubts; the tests make every warning an error."""
    doubtful = tiff(np.full((20, 20), 60_000), 1, changes={259: (1, 1)})
    assert outcome(doubtful) is None
    with pytest.raises(UserWarning, match="still seen"):
        warnings.warn("still seen", UserWarning, stacklevel=1)


def test_many_threads_decode_at_once() -> None:
    expected = {name: decode(data, LIMITS).pixels for name, data in FILES.items()}
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda name: (name, decode(FILES[name], LIMITS).pixels), [*FILES] * 5))
    assert all(np.array_equal(pixels, expected[name]) for name, pixels in found)
