"""What lens and camera do to the light: blur, noise, sharpening, JPEG."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.shot import Sensor

_TILES = (160, 512)
"""Least and largest edge of the noise tile in pixels; larger pictures repeat it, shifted from row to row."""
_LARGEST_KERNEL = 61


def blur(picture: Image, sensor: Sensor, em_px: float) -> Image:
    """Defocus, then motion; ``em_px`` is the size of a card's characters in the picture."""
    sigma = sensor.blur * em_px
    if sigma > 0.3:
        picture = _defocus(picture, sigma)
    length = min(_LARGEST_KERNEL, round(sensor.motion * em_px))
    if length >= 2:
        size = length | 1
        kernel = np.zeros((size, size), np.float32)
        middle, reach = size // 2, length / 2
        angle = np.radians(sensor.motion_angle)
        dx, dy = reach * np.cos(angle), reach * np.sin(angle)
        ends = [(round((middle + s * dx) * 16), round((middle + s * dy) * 16)) for s in (-1, 1)]
        cv2.line(kernel, ends[0], ends[1], (1.0,), 1, cv2.LINE_AA, 4)
        picture = np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()), np.uint8)
    return picture


def _defocus(picture: Image, sigma: float) -> Image:
    """Gaussian blur; a wide one is done on a smaller picture, which looks the same."""
    height, width = picture.shape[:2]
    shrink = max(1, int(sigma / 3))
    if shrink == 1:
        return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8)
    size = (max(1, width // shrink), max(1, height // shrink))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(cv2.GaussianBlur(small, (0, 0), sigma / shrink), (width, height)), np.uint8)


def add_noise(rng: np.random.Generator, picture: Image, sensor: Sensor) -> None:
    """Shot noise that grows with the root of the light, and read noise; in place."""
    if sensor.read_noise + sensor.shot_noise < 0.2:
        return
    edge = int(np.clip(max(picture.shape[:2]) // 2, *_TILES))
    tile = rng.standard_normal((edge, edge, 3), np.float32)
    if sensor.grain > 0.3:
        tile = np.asarray(cv2.GaussianBlur(tile, (0, 0), sensor.grain))
        tile /= tile.std()
    light = np.arange(256) / 255
    spread = np.sqrt(sensor.read_noise**2 + sensor.shot_noise**2 * light)
    # sixteenths of a grey level, so that the product below fits 16 bits
    levels = np.clip(spread * 16, 0, 255).astype(np.uint8)
    fixed = np.clip(tile * 64, -255, 255).astype(np.int16)
    across = -(-picture.shape[1] // edge)
    strip = np.tile(fixed, (1, across, 1))
    for number, top in enumerate(range(0, picture.shape[0], edge)):
        band = picture[top : top + edge]
        turned = np.roll(strip, number * 131, axis=1) if across > 1 else strip
        noise = turned[: band.shape[0], : band.shape[1]]
        scaled = cv2.multiply(cv2.LUT(band, levels), noise, scale=1 / 1024, dtype=cv2.CV_16S)
        cv2.add(band, scaled, dst=band, dtype=cv2.CV_8U)


def sharpen(picture: Image, sensor: Sensor) -> Image:
    """Unsharp mask as phones apply it."""
    if sensor.sharpen < 0.05:
        return picture
    soft = cv2.GaussianBlur(picture, (5, 5), 1.1)
    return np.asarray(cv2.addWeighted(picture, 1 + sensor.sharpen, soft, -sensor.sharpen, 0), np.uint8)


def to_jpeg(picture: Image, quality: int) -> bytes:
    """The picture as a JPEG file."""
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise RuntimeError("OpenCV could not encode a JPEG")
    return data.tobytes()


def from_jpeg(jpeg: bytes) -> Image:
    """The picture of a JPEG file."""
    return np.asarray(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR), np.uint8)
