"""The luma of a picture as its file stores it: on the JPEG's own grid of 8 pixels, before any turning or resampling."""

from __future__ import annotations

import io
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL.JpegImagePlugin import JpegImageFile

from idcard_core.card import Points
from idcard_core.errors import ImageDataError
from idcard_core.intake.formats import decoder_errors, format_of
from idcard_core.intake.metadata import read_exif
from idcard_core.intake.picture import Picture
from idcard_core.locate.view import Homography, apply

BLOCK = 8
"""Pixels along a block of a JPEG."""
Luma = NDArray[np.uint8]
"""(height, width)."""
Steps = NDArray[np.float32]
"""(64,): the quantisation step of each coefficient of a block, row after row; ones where no JPEG tells."""


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """The luma of a file and what it was quantised with; ``orientation`` is EXIF's, 1 for pixels that were not turned.

    ``is_jpeg`` False: the pixels of another format or of an array. An earlier JPEG may still show in them.
    """

    luma: Luma
    steps: Steps
    orientation: int = 1
    is_jpeg: bool = False

    @property
    def to_upright(self) -> Homography:
        """Points of ``luma`` to points of the picture as a viewer shows it, as ``colour.upright`` turns pixels."""
        height, width = self.luma.shape
        turn = np.eye(3)
        if self.orientation in (5, 6, 7, 8):
            width, height = height, width
            turn = np.array([[0.0, 1, 0], [1, 0, 0], [0, 0, 1]])
        if self.orientation in (2, 3, 6, 7):
            turn = np.array([[-1.0, 0, width], [0, 1, 0], [0, 0, 1]]) @ turn
        if self.orientation in (3, 4, 7, 8):
            turn = np.array([[1.0, 0, 0], [0, -1, height], [0, 0, 1]]) @ turn
        return np.asarray(turn, np.float64)

    def from_upright(self, points: Points) -> Points:
        """Points of the picture as a viewer shows it, as points of ``luma`` (n, 2)."""
        return apply(np.asarray(np.linalg.inv(self.to_upright), np.float64), points)


def stored_luma(picture: Picture) -> Stored:
    """The luma of ``picture`` at full scale. A JPEG is decoded once more, its colours left out; other pictures are not.

    A JPEG that keeps no luma (CMYK, RGB), or that cannot be decoded again, is taken from the pixels.
    """
    found = format_of(picture.data)
    if found is not None and found.name == "JPEG" and picture.info.format == "JPEG":
        try:
            with decoder_errors():
                image = JpegImageFile(io.BytesIO(picture.data))
                exif = image.info.get("exif")
                orientation = read_exif(exif).orientation if isinstance(exif, bytes) else 1
                if image.mode in ("L", "RGB"):
                    image.draft("L", image.size)
                if image.mode == "L":
                    # Pillow gives the tables row after row of the block
                    steps = np.asarray(image.quantization[0], np.float32)
                    return Stored(np.asarray(image), steps, orientation, True)
        except ImageDataError:
            pass
    pixels = picture.at_full_scale().pixels
    return Stored(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8), np.ones(64, np.float32))
