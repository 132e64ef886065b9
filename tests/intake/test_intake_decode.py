"""Formats, modes, orientation, sizes and scales: what a good file becomes, and which sizes are turned away."""

from __future__ import annotations

import hashlib
import pickle

import numpy as np
import pytest
from intake_files import (
    HEIGHT,
    QUARTERS,
    WIDTH,
    deep_png,
    encode,
    every_format,
    noise,
    png,
    quarters,
    seen,
    tiff,
)
from PIL import Image, ImageCms

from idcard_core.errors import ImageDataError, PayloadTooLarge
from idcard_core.intake import decode, from_array
from idcard_core.settings import Limits

LIMITS = Limits()
FILES = every_format()
RAMP = np.linspace(0, 65535, 32).round().astype(int)
"""Sixteen-bit greys from black to white."""


def near(found: list[tuple[int, ...]], expected: object, tolerance: int) -> bool:
    return bool(np.abs(np.array(found, int) - np.array(expected, int)).max() <= tolerance)


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_picture(name: str) -> None:
    picture = decode(FILES[name], LIMITS)
    assert picture.pixels.shape == (HEIGHT, WIDTH, 3)
    assert picture.pixels.dtype == np.uint8
    assert picture.info.format == name.split()[0].upper()
    assert (picture.info.width, picture.info.height, picture.scale) == (WIDTH, HEIGHT, 1.0)
    assert picture.info.size_bytes == len(FILES[name])
    assert picture.info.sha256 == hashlib.sha256(FILES[name]).hexdigest()
    assert picture.data == FILES[name]
    exact = name.startswith(("png", "gif", "bmp")) or name in ("webp lossless", "tiff", "tiff lzw", "tiff deflate")
    assert near(seen(picture), QUARTERS, 0 if exact else 12 if name == "tiff lab" else 4), seen(picture)


def over_white(alpha: float) -> np.ndarray:
    return np.array(QUARTERS) * alpha + 255 * (1 - alpha)


def half_seen(mode: str = "RGBA") -> Image.Image:
    picture = quarters()
    picture.putalpha(128)
    return picture.convert(mode)


TRANSPARENT = {
    "png": encode(half_seen(), "PNG"),
    "webp": encode(half_seen(), "WEBP", lossless=True),
    "tiff": encode(half_seen(), "TIFF"),
    "heif": encode(half_seen(), "HEIF"),
}


@pytest.mark.parametrize("name", TRANSPARENT)
def test_transparent_parts_are_laid_on_white(name: str) -> None:
    assert near(seen(decode(TRANSPARENT[name], LIMITS)), over_white(128 / 255), 3)


@pytest.mark.parametrize(
    ("data", "colours"),
    [
        pytest.param(
            encode(quarters().convert("P", palette=Image.Palette.ADAPTIVE), "GIF", transparency=0), 4, id="gif palette"
        ),
        pytest.param(encode(half_seen("LA"), "PNG"), 4, id="png grey with alpha"),
        pytest.param(encode(quarters(), "PNG", transparency=QUARTERS[0]), 4, id="png one colour transparent"),
        pytest.param(encode(quarters().convert("L"), "PNG", transparency=0), 4, id="png one grey transparent"),
        pytest.param(encode(quarters().convert("1"), "PNG"), 2, id="png one bit"),
        pytest.param(encode(quarters().convert("1"), "BMP"), 2, id="bmp one bit"),
        pytest.param(encode(quarters().convert("1"), "TIFF", compression="group4"), 2, id="tiff fax"),
    ],
)
def test_rarer_modes_decode(data: bytes, colours: int) -> None:
    assert len({tuple(colour) for colour in seen(decode(data, LIMITS))}) <= colours


def test_a_transparent_colour_becomes_white() -> None:
    data = encode(quarters(), "PNG", transparency=QUARTERS[0])
    assert seen(decode(data, LIMITS)) == [(255, 255, 255), *QUARTERS[1:]]


def opaque(values: np.ndarray) -> np.ndarray:
    return np.concatenate([values, np.full_like(values[:, :, :1], 65535)], axis=2)


GREY16 = np.repeat(RAMP[None, :], 20, axis=0)
RGB16 = np.repeat(GREY16[:, :, None], 3, axis=2)
DEEP = {
    "png grey": deep_png(GREY16[:, :, None], 0),
    "png rgb": deep_png(RGB16, 2),
    "png grey with alpha": deep_png(opaque(GREY16[:, :, None]), 4),
    "png rgba": deep_png(opaque(RGB16), 6),
    "tiff grey, little-endian": tiff(GREY16, 1),
    "tiff grey, big-endian": tiff(GREY16, 1, ">"),
    "tiff grey, white is zero": tiff(65535 - GREY16, 0),
    "tiff rgb, little-endian": tiff(RGB16, 2),
    "tiff rgb, big-endian": tiff(RGB16, 2, ">"),
    "tiff float up to 1": encode(Image.fromarray((GREY16 / 65535).astype(np.float32)), "TIFF"),
    "tiff float up to 255": encode(Image.fromarray((GREY16 / 257).astype(np.float32)), "TIFF"),
    "tiff 32-bit whole numbers": encode(Image.fromarray(GREY16.astype(np.int32)), "TIFF"),
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_pictures_are_scaled_to_eight_bits_not_clipped(name: str) -> None:
    pixels = decode(DEEP[name], LIMITS).pixels
    expected = np.rint(RAMP / 257)
    assert np.abs(pixels[10].astype(int) - expected[:, None]).max() <= 1


def test_cmyk_goes_through_its_profile_and_a_broken_profile_is_ignored() -> None:
    grey = Image.new("CMYK", (32, 32), (0, 0, 0, 128))
    plain = decode(encode(grey, "TIFF"), LIMITS).pixels[16, 16]
    broken = decode(encode(grey, "TIFF", icc_profile=b"\0" * 200), LIMITS).pixels[16, 16]
    assert plain.tolist() == broken.tolist() == [127, 127, 127]
    wrong_kind = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert decode(encode(grey, "TIFF", icc_profile=wrong_kind), LIMITS).pixels[16, 16].tolist() == [127, 127, 127]


# Where the colours of the stored quarters stand once a viewer has turned the picture, by EXIF orientation.
TURNED = {
    1: (0, 1, 2, 3), 2: (1, 0, 3, 2), 3: (3, 2, 1, 0), 4: (2, 3, 0, 1),
    5: (0, 2, 1, 3), 6: (2, 0, 3, 1), 7: (3, 1, 2, 0), 8: (1, 3, 0, 2),
}  # fmt: skip


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", TURNED)
def test_exif_orientation_is_applied(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"quality": 95} if kind == "JPEG" else {"lossless": True} if kind == "WEBP" else {}
    picture = decode(encode(quarters(), kind, exif=exif, **options), LIMITS)
    size = (HEIGHT, WIDTH) if orientation >= 5 else (WIDTH, HEIGHT)
    assert (picture.info.width, picture.info.height) == size
    assert picture.pixels.shape == (size[1], size[0], 3)
    assert picture.pixels.flags.c_contiguous
    assert near(seen(picture), [QUARTERS[place] for place in TURNED[orientation]], 4)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_heif_is_turned_once(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = decode(encode(quarters(), "HEIF", exif=exif.tobytes()), LIMITS)
    assert near(seen(picture), [QUARTERS[place] for place in TURNED[orientation]], 4)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_a_senseless_orientation_is_ignored(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert decode(encode(quarters(), "JPEG", exif=exif), LIMITS).info.width == WIDTH


def test_the_first_frame_of_a_gif_on_a_larger_screen() -> None:
    data = bytearray(encode(quarters(), "GIF"))
    data[6:10] = (100).to_bytes(2, "little") + (80).to_bytes(2, "little")
    picture = decode(bytes(data), LIMITS)
    assert picture.pixels.shape == (80, 100, 3)
    assert tuple(picture.pixels[5, 5][::-1]) == QUARTERS[0]


@pytest.mark.parametrize(
    ("size", "enough", "scale"),
    [
        pytest.param((4000, 3000), 1900, 0.5, id="12 megapixels"),
        pytest.param((3000, 4000), 1900, 0.5, id="12 megapixels, upright"),
        pytest.param((3799, 200), 1900, 1.0, id="half would be too small"),
        pytest.param((3800, 200), 1900, 0.5, id="half is just enough"),
        pytest.param((4001, 3001), 900, 0.25, id="odd sides at a quarter"),
        pytest.param((4000, 15), 900, 1.0, id="a strip is not made thinner"),
        pytest.param((4000, 3000), None, 1.0, id="whole"),
    ],
)
def test_large_jpegs_are_decoded_at_a_reduced_scale(size: tuple[int, int], enough: int | None, scale: float) -> None:
    data = encode(quarters(*size), "JPEG", quality=60)
    picture = decode(data, LIMITS, enough_px=enough)
    assert picture.scale == scale
    assert (picture.info.width, picture.info.height) == size
    assert picture.pixels.shape[1::-1] == tuple(-int(-side * scale // 1) for side in size)
    if size[1] > 15:
        assert near(seen(picture), QUARTERS, 4)


def test_at_full_scale_decodes_again_only_when_it_must() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encode(quarters(4000, 1600), "JPEG", exif=exif)
    reduced = decode(data, LIMITS)
    assert reduced.pixels.shape == (2000, 800, 3)
    full = reduced.at_full_scale()
    assert full.pixels.shape == (4000, 1600, 3)
    assert full.scale == 1.0
    assert full.info == reduced.info
    assert full.at_full_scale() is full
    assert near(seen(full), seen(reduced), 3)


@pytest.mark.parametrize(
    ("size", "fits"),
    [
        pytest.param((15, 15), True, id="smallest"),
        pytest.param((14, 400), False, id="14 wide"),
        pytest.param((400, 14), False, id="14 high"),
        pytest.param((4096, 15), True, id="longest"),
        pytest.param((4097, 100), False, id="4097 wide"),
        pytest.param((100, 4097), False, id="4097 high"),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "GIF", "WEBP", "TIFF"])
def test_sides_out_of_range_are_refused(kind: str, size: tuple[int, int], fits: bool) -> None:
    data = encode(Image.new("L" if kind != "WEBP" else "RGB", size, 200), kind)
    if fits:
        assert decode(data, LIMITS).info.width == size[0]
    else:
        with pytest.raises(ImageDataError) as caught:
            decode(data, LIMITS)
        assert caught.value.message == ImageDataError.SIZE


def test_a_picture_travels_to_another_process() -> None:
    exif = Image.Exif()
    exif[0x0131] = "an editor"
    picture = decode(encode(quarters(), "JPEG", exif=exif), LIMITS)
    copy = pickle.loads(pickle.dumps(picture))
    assert copy.info == picture.info
    assert copy.metadata == {"exif:Software": "an editor"}
    assert np.array_equal(copy.pixels, picture.pixels)


def test_a_persons_own_files_may_be_larger() -> None:
    data = png(5000, 20, (b"\0" + b"\x80" * 5000) * 20)
    assert decode(data, LIMITS.for_local_files()).info.width == 5000


def test_empty_and_oversize_data() -> None:
    with pytest.raises(ImageDataError) as caught:
        decode(b"", LIMITS)
    assert caught.value.message == ImageDataError.EMPTY
    with pytest.raises(PayloadTooLarge):
        decode(b"\0" * 101, Limits(file_bytes=100))


@pytest.mark.parametrize(
    ("shape", "dtype", "message"),
    [
        pytest.param((40, 50), np.uint8, None, id="grey"),
        pytest.param((40, 50, 1), np.uint8, None, id="grey with an axis"),
        pytest.param((40, 50, 3), np.uint8, None, id="bgr"),
        pytest.param((40, 50, 4), np.uint8, None, id="bgra"),
        pytest.param((40, 50, 2), np.uint8, ImageDataError.DECODE, id="two channels"),
        pytest.param((40,), np.uint8, ImageDataError.DECODE, id="a row"),
        pytest.param((1, 40, 50, 3), np.uint8, ImageDataError.DECODE, id="a batch"),
        pytest.param((40, 50, 3), np.float32, ImageDataError.DECODE, id="float"),
        pytest.param((40, 50, 3), np.uint16, ImageDataError.DECODE, id="16 bits"),
        pytest.param((0, 50, 3), np.uint8, ImageDataError.EMPTY, id="no rows"),
        pytest.param((10, 50, 3), np.uint8, ImageDataError.SIZE, id="too low"),
        pytest.param((15, 20000), np.uint8, ImageDataError.SIZE, id="too wide"),
    ],
)
def test_arrays(shape: tuple[int, ...], dtype: type, message: str | None) -> None:
    pixels = np.full(shape, 100, dtype)
    if message is not None:
        with pytest.raises(ImageDataError) as caught:
            from_array(pixels)
        assert caught.value.message == message
        return
    picture = from_array(pixels)
    assert picture.pixels.shape == (40, 50, 3)
    assert picture.info.format == "array"
    assert picture.data == b""
    assert picture.at_full_scale() is picture
    expected = 194 if shape[2:] == (4,) else 100  # alpha 100 of 255 over white
    assert np.unique(picture.pixels).tolist() == [expected]


def test_an_array_is_known_by_its_pixels() -> None:
    pixels = np.asarray(noise(40, 30))
    assert from_array(pixels).info.sha256 == from_array(pixels.copy()).info.sha256
    assert from_array(pixels).info.sha256 != from_array(pixels[::-1]).info.sha256
    assert from_array(pixels[:, ::-1]).pixels.flags.c_contiguous
