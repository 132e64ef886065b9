"""Encoded bytes, or an array of a Python caller, -> ``Picture``."""

from __future__ import annotations

import hashlib
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import PictureInfo
from idcard_core.errors import ImageDataError, PayloadTooLarge
from idcard_core.intake.colour import cv2_image, on_white
from idcard_core.intake.picture import Picture
from idcard_core.intake.raster import Bounds, rasterise
from idcard_core.settings import Limits
from idcard_core.tracing import span

ENOUGH_PX = 1900
"""Longest side that is enough: a card over half of it has 11 pixels a millimetre, the standard frame has 10."""


def decode(data: bytes, limits: Limits, *, enough_px: int | None = ENOUGH_PX) -> Picture:
    """Decode a whole picture file; of one that has several frames or pages, the first.

    A large JPEG is decoded at the smallest scale that leaves its longest side ``enough_px``; None decodes every picture
    whole. Raises ``ImageDataError`` (empty, no picture, broken, size out of range) or ``PayloadTooLarge``.
    """
    if not data:
        raise ImageDataError(ImageDataError.EMPTY)
    if len(data) > limits.file_bytes:
        raise PayloadTooLarge
    with span("pixels"):
        raster = rasterise(data, Bounds.of(limits), enough_px)
    width, height = raster.size
    with span("digest"):
        digest = hashlib.sha256(data).hexdigest()
    info = PictureInfo(width, height, raster.format, len(data), digest)
    return Picture(raster.pixels, info, raster.scale, data, raster.metadata)


def from_array(pixels: NDArray[Any], limits: Limits | None = None) -> Picture:
    """Take the pixels of a Python caller: uint8, grey (h, w) or (h, w, 1), BGR (h, w, 3) or BGRA (h, w, 4).

    Alpha is laid on white. An array that is BGR already is not copied: whoever changes it changes the picture. Raises
    ``ImageDataError`` for another shape or type, and for a size outside ``limits`` (those for local files when None).
    """
    if pixels.size == 0:
        raise ImageDataError(ImageDataError.EMPTY)
    channels = pixels.shape[2] if pixels.ndim == 3 else 1
    if pixels.dtype != np.uint8 or pixels.ndim not in (2, 3) or channels not in (1, 3, 4):
        raise ImageDataError(ImageDataError.DECODE)
    height, width = pixels.shape[:2]
    Bounds.of(limits or Limits().for_local_files()).check((width, height))
    pixels = np.ascontiguousarray(pixels)
    if channels == 1:
        pixels = cv2_image(cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR))
    elif channels == 4:
        pixels = on_white(np.ascontiguousarray(pixels[:, :, :3]), pixels[:, :, 3])
    digest = hashlib.sha256(f"{width}x{height}".encode())
    digest.update(pixels.data)
    return Picture(pixels, PictureInfo(width, height, "array", pixels.nbytes, digest.hexdigest()))
