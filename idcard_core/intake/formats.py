"""The picture formats that are read, told apart by content: a file's name never matters.

Each format is opened by its own Pillow class, not by trying all that Pillow knows: a file is what its first bytes
say, and the many rare formats Pillow also reads stay out of reach.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image as PillowImage
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from idcard_core.errors import ImageDataError
from idcard_core.intake.structure import check_jpeg, check_png, gif_extent, webp_canvas

Size = tuple[int, int]
"""Width and height in pixels."""

BMP_RLE_BYTES_AT_MOST = 2 * 2**20
"""Run-length BMP is decoded in Python, some two million runs a second."""

DECODER_ERRORS: tuple[type[Exception], ...] = (
    OSError,  # truncated data, codec failures, unidentified
    SyntaxError,  # what Pillow's plugins raise for a broken header
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    LookupError,  # an unknown mode, compression or tag
    ArithmeticError,  # zero strips, sizes that overflow
    EOFError,
    RuntimeError,  # libheif and libwebp
    MemoryError,
    struct.error,
    zlib.error,
    PillowImage.DecompressionBombError,
)
"""All that Pillow and its plugins have been seen to raise for hostile data; caught around their calls only."""

_DECODER_MODULES = re.compile(r"PIL\.(Image$|\w+ImagePlugin$)|pillow_heif\.")
"""Where warnings about a file's contents come from; Python remembers each wording it has shown, without bound."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, how it is opened, and what is known of its size before that."""

    name: str
    matches: Callable[[bytes], bool]
    opener: Callable[[io.BytesIO], ImageFile]
    check: Callable[[bytes], Size | None]
    """Checks the structure; the size, where opening alone would already allocate memory for the pixels."""
    broken: str = ImageDataError.DECODE
    """The wire message for pixels that cannot be decoded."""

    def open(self, data: bytes, frame: int = 0) -> ImageFile:
        """The opened picture, or another frame of it: header read, pixels not decoded."""
        with decoder_errors(self.broken):
            image = self.opener(io.BytesIO(data))
            if frame:
                image.seek(frame)
            check_work(image, len(data))
        return image


def format_of(data: bytes) -> Format | None:
    """The format of ``data``; None when it is none that is read here."""
    return next((candidate for candidate in FORMATS if candidate.matches(data[:64])), None)


def recognise(data: bytes) -> Format:
    """The format of ``data``; ``ImageDataError`` when it is none that is read here."""
    if (found := format_of(data)) is None:
        raise ImageDataError(ImageDataError.DECODE)
    return found


@contextmanager
def decoder_errors(message: str = ImageDataError.DECODE) -> Iterator[None]:
    """Turn what a decoder raises into ``ImageDataError`` and keep its warnings quiet.

    The warnings filter stays for good: setting and restoring it around each call would undo what other threads set
    meanwhile, for ``warnings.catch_warnings`` is not safe under threads.
    """
    if not any(entry[3] == _DECODER_MODULES for entry in warnings.filters):
        warnings.filterwarnings("ignore", module=_DECODER_MODULES.pattern)
    try:
        yield
    except DECODER_ERRORS:
        raise ImageDataError(message) from None


def check_work(image: ImageFile, size_bytes: int) -> None:
    """Refuse an opened picture that names far more work for the decoder than its size tells.

    A TIFF may list one strip a million times, or tiles much larger than the picture.
    """
    width, height = image.size
    work = 0
    for codec, extents, *_ in image.tile:
        if extents is not None:
            left, top, right, bottom = extents
            work += (right - left) * (bottom - top)
        if codec == "bmp_rle" and size_bytes > BMP_RLE_BYTES_AT_MOST:
            raise ValueError("run-length data too long")
    if work > 8 * max(width, 256) * max(height, 256):  # up to six planes, and tiles that stand over the edge
        raise ValueError("more tiles than picture")


def _open_heif(file: io.BytesIO) -> ImageFile:
    import pillow_heif  # loads libheif, which only this format needs

    opener: Callable[[io.BytesIO], ImageFile] = pillow_heif.HeifImageFile
    return opener(file)


def _nothing(data: bytes) -> None:
    """Nothing to check beforehand."""


_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
_TIFF_MAGIC = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")  # the last two are BigTIFF

FORMATS = (
    Format("JPEG", lambda head: head.startswith(b"\xff\xd8\xff"), JpegImageFile, check_jpeg),
    Format("PNG", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"), PngImageFile, check_png),
    Format("GIF", lambda head: head.startswith(b"GIF"), GifImageFile, gif_extent, ImageDataError.GIF_DECODE),
    Format("BMP", lambda head: head.startswith(b"BM"), BmpImageFile, _nothing),
    Format("WEBP", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP", WebPImageFile, webp_canvas),
    Format("TIFF", lambda head: head.startswith(_TIFF_MAGIC), TiffImageFile, _nothing),
    Format("HEIF", lambda head: head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS, _open_heif, _nothing),
)
