"""Encoded bytes -> pixels: the header is checked before any pixel is decoded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from idcard_core.card import Image
from idcard_core.errors import ImageDataError
from idcard_core.intake import colour
from idcard_core.intake.formats import Size, decoder_errors, recognise
from idcard_core.intake.metadata import Exif, collect, read_exif
from idcard_core.settings import Limits

PIXELS_AT_MOST = 2**27
"""Most pixels whatever the sides: 134 megapixels, above the largest phone cameras' 108. Decoded it is 400 MB."""
_REDUCTIONS = (8, 4, 2)
"""What libjpeg reduces by while it decodes."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What sizes are let in, in pixels."""

    shortest_px: int
    longest_px: int

    @classmethod
    def of(cls, limits: Limits) -> Bounds:
        """Those of the settings."""
        return cls(limits.shortest_side_px, limits.longest_side_px)

    def check(self, size: Size) -> None:
        """Raise ``ImageDataError`` (size) for a picture outside the bounds."""
        width, height = size
        if min(size) < self.shortest_px or max(size) > self.longest_px or width * height > PIXELS_AT_MOST:
            raise ImageDataError(ImageDataError.SIZE)


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """Decoded pixels (upright), the full size of the same picture, and what its file says of itself."""

    pixels: Image
    size: Size
    scale: float
    format: str
    metadata: Mapping[str, str]


def rasterise(data: bytes, bounds: Bounds, enough_px: int | None = None, frame: int = 0) -> Raster:
    """Decode ``data``, a whole file in any format read here; ``frame``, from 0, is that of a TIFF.

    A JPEG whose longest side stays at ``enough_px`` or more is decoded at 1/2, 1/4 or 1/8 scale; None: never reduced.
    Raises ``ImageDataError``: a size outside ``bounds``, or what is no whole picture (a GIF has messages of its own).
    """
    kind = recognise(data)
    if (announced := kind.check(data)) is not None:
        bounds.check(announced)
    image = kind.open(data, frame)
    bounds.check(image.size)
    with decoder_errors(kind.broken):
        width, height = image.size
        reduction = _reduce(image, enough_px)
        exif = _exif(image, data)
        image.load()
        metadata = collect(image, exif)
        pixels = colour.to_bgr(image)
    # Pillow turns a TIFF, and libheif a HEIF, on its own; their size is that of the turned picture.
    orientation = 1 if kind.name in ("TIFF", "HEIF") else exif.orientation
    size = (height, width) if orientation in (5, 6, 7, 8) else (width, height)
    return Raster(colour.upright(pixels, orientation), size, 1 / reduction, kind.name, metadata)


def _reduce(image: ImageFile, enough_px: int | None) -> int:
    """Ask the JPEG decoder for the smallest scale that is still enough; how many times smaller it will be."""
    if enough_px is None or not isinstance(image, JpegImageFile):
        return 1
    width, height = image.size
    for times in _REDUCTIONS:
        if max(width, height) >= times * enough_px and min(width, height) >= 8 * times:
            image.draft(None, (width // times, height // times))
            return times if image.size != (width, height) else 1
    return 1


def _exif(image: ImageFile, data: bytes) -> Exif:
    block = data if image.format == "TIFF" else image.info.get("exif")
    return read_exif(block) if isinstance(block, bytes) else Exif()
