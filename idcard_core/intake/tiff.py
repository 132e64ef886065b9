"""Pages of a TIFF: its frames, but for those that show another frame smaller."""

from __future__ import annotations

from PIL.ImageFile import ImageFile

from idcard_core.card import PictureInfo
from idcard_core.errors import DocumentError, ImageDataError
from idcard_core.intake.formats import decoder_errors, recognise
from idcard_core.intake.picture import Picture
from idcard_core.intake.raster import Bounds, rasterise

_NEW_SUBFILE_TYPE = 254
_REDUCED = 1
"""TIFF 6.0: bit 0 of NewSubfileType, a version of another frame with fewer pixels."""


def page_frames(data: bytes, most: int) -> list[int]:
    """The frames, from 0, that are pages. Raises ``DocumentError`` when there are more than ``most`` frames.

    A frame whose directory is broken is the last that can be found; it counts as a page, and fails when it is decoded.
    """
    image = recognise(data).open(data)
    frames: list[int] = []
    for frame in range(most + 1):
        try:
            with decoder_errors():
                if not _seek(image, frame):
                    return frames
                if _is_reduced(image):
                    continue
        except ImageDataError:
            return [*frames, frame]
        frames.append(frame)
    raise DocumentError.too_many_pages(most)


def decode_frame(data: bytes, frame: int, number: int, sha256: str, bounds: Bounds) -> Picture:
    """A frame as page ``number`` (from 1); ``sha256`` is that of the file. Raises ``ImageDataError``."""
    raster = rasterise(data, bounds, frame=frame)
    width, height = raster.size
    info = PictureInfo(width, height, raster.format, len(data), sha256, number)
    return Picture(raster.pixels, info, raster.scale, data, raster.metadata)


def _seek(image: ImageFile, frame: int) -> bool:
    """Go to a frame; whether there is one."""
    try:
        image.seek(frame)
    except EOFError:
        return False
    return True


def _is_reduced(image: ImageFile) -> bool:
    tags = getattr(image, "tag_v2", {})
    return bool(int(tags.get(_NEW_SUBFILE_TYPE, 0)) & _REDUCED)
