"""A decoded Pillow image of any mode -> BGR uint8, and the right way up.

An embedded colour profile is applied to CMYK only, where the plain formula is far off; an RGB profile (a phone's
Display P3) shifts colours by less than lamps do, and costs more than the decoding. Transparent parts become white, as
paper is. Depths above 8 bits are scaled, not clipped.
"""

from __future__ import annotations

import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage
from PIL import ImageCms

from idcard_core.card import Image

_TIFF_PHOTOMETRIC = 262
"""TIFF 6.0: 0 white is zero, 1 black is zero."""
_STRIP_ROWS = 64
"""Rows copied at a time: a strip stays in the processor's cache, which halves the time of copying 12 megapixels."""


def to_bgr(image: PillowImage.Image) -> Image:
    """The pixels of ``image`` (loaded, any mode) as BGR uint8 (height, width, 3)."""
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return cv2_image(cv2.cvtColor(_eight_bits(image), cv2.COLOR_GRAY2BGR))
    if image.has_transparency_data:
        if image.mode == "La":  # Pillow has no way from here to RGBA but through LA
            image = image.convert("LA")
        return _copy_bgr(image if image.mode == "RGBA" else image.convert("RGBA"))
    if image.mode == "L":
        return cv2_image(cv2.cvtColor(np.asarray(image), cv2.COLOR_GRAY2BGR))
    if image.mode in ("CMYK", "LAB"):
        image = _through_profile(image)
    return _copy_bgr(image if image.mode == "RGB" else image.convert("RGB"))


def on_white(bgr: Image, alpha: NDArray[np.uint8]) -> Image:
    """``bgr`` (h, w, 3) laid on white paper through ``alpha`` (h, w), which is not premultiplied."""
    if int(alpha.min(initial=255)) == 255:
        return bgr
    # c a + 255 (255 - a), over 255, is 255 - (255 - c) a / 255
    ink = cv2.multiply(cv2.bitwise_not(bgr), cv2.merge((alpha, alpha, alpha)), scale=1 / 255)
    return cv2_image(cv2.bitwise_not(ink))


def upright(pixels: Image, orientation: int) -> Image:
    """Turn and mirror ``pixels`` as an EXIF orientation of 1 to 8 tells (Exif 2.32, tag 0x0112)."""
    if orientation in (5, 6, 7, 8):
        pixels = cv2_image(cv2.transpose(pixels))
    # After the transposition of 5 to 8, what is left is a flip: cv2's codes are 1 left-right, 0 up-down, -1 both.
    flip = {2: 1, 3: -1, 4: 0, 6: 1, 7: -1, 8: 0}.get(orientation)
    return pixels if flip is None else cv2_image(cv2.flip(pixels, flip))


def cv2_image(pixels: object) -> Image:
    """What OpenCV returned, under this project's name for it; OpenCV's own types say less."""
    assert isinstance(pixels, np.ndarray)
    return pixels


def _copy_bgr(image: PillowImage.Image) -> Image:
    """The pixels of an RGB or RGBA image, copied strip by strip; transparent parts become white."""
    width, height = image.size
    pixels = np.empty((height, width, 3), np.uint8)
    for top in range(0, height, _STRIP_ROWS):
        bottom = min(height, top + _STRIP_ROWS)
        strip = image.crop((0, top, width, bottom)).tobytes("raw", "RGBX" if image.mode == "RGB" else "RGBA")
        rows = np.frombuffer(strip, np.uint8).reshape(bottom - top, width, 4)
        cv2.cvtColor(rows, cv2.COLOR_RGBA2BGR, dst=pixels[top:bottom])
        if image.mode == "RGBA":
            pixels[top:bottom] = on_white(pixels[top:bottom], rows[:, :, 3])
    return pixels


def _eight_bits(image: PillowImage.Image) -> NDArray[np.uint8]:
    """A deep grey image scaled to 8 bits.

    Sixteen bits have a known white, 65535. Whole numbers of 32 bits and floating point have none: 1.0, 255 and 65535
    are all in use, so the smallest of them that holds the brightest pixel is taken.
    """
    values = np.asarray(image)
    white = 65535.0
    if image.mode in ("I", "F"):
        values = np.nan_to_num(values.astype(np.float32), posinf=0.0, neginf=0.0)
        values = np.maximum(values, 0.0)
        brightest = float(values.max(initial=0.0))
        usual = (1.0, 255.0, 65535.0) if image.mode == "F" else (255.0, 65535.0)
        white = next((level for level in usual if brightest <= level), brightest)
    else:
        values = values.astype(np.uint16, copy=False)  # in the machine's own byte order
    scaled = cv2_image(cv2.convertScaleAbs(values, alpha=255.0 / white))
    # Pillow turns a TIFF whose white is zero over for depths up to 8 bits only.
    white_is_zero = getattr(image, "tag_v2", {}).get(_TIFF_PHOTOMETRIC) == 0
    return np.bitwise_not(scaled) if white_is_zero else scaled


def _through_profile(image: PillowImage.Image) -> PillowImage.Image:
    """CMYK by its embedded profile, where there is a sound one, else by the plain formula; LAB by its definition."""
    try:
        if image.mode == "LAB":
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        else:
            source = ImageCms.ImageCmsProfile(io.BytesIO(image.info.get("icc_profile") or b""))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        converted = None
    return image.convert("RGB") if converted is None else converted
