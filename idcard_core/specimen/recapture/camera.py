"""The camera: linear light through a colour filter array to an encoded picture."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.recapture.grid import Plane

_BAYER = {
    "RG": cv2.COLOR_BayerBG2BGR,
    "BG": cv2.COLOR_BayerRG2BGR,
    "GR": cv2.COLOR_BayerGB2BGR,
    "GB": cv2.COLOR_BayerGR2BGR,
}
"""First two filters of the first row -> OpenCV's code, which names the second row's second and third."""


@dataclass(frozen=True, slots=True)
class Camera:
    """One device; a scanner has no filter array."""

    filters: str | None
    blur: float
    """Deviation in pixels of what one pixel sees, lens included."""
    read_noise: float
    shot_noise: float
    """Grey levels at black and, on top, at white, before the tone curve."""
    curve: float
    """How much the middle tones are lifted and the ends rolled off."""
    saturation: float
    sharpen: float
    denoise: float
    """Strength of its noise reduction: deviation of a blur that spares edges."""
    colour_smear: float
    """Deviation in pixels of the blur by which it takes noise out of colours alone."""
    quality: int


def make_camera(number: int, scanner: bool = False) -> Camera:
    """Device ``number``; the same number is the same device."""
    rng = np.random.default_rng([79, number, int(scanner)])
    if scanner:
        return Camera(None, float(rng.uniform(0.45, 0.8)), 0.5, 0.8, 0.0, 1.0, float(rng.uniform(0, 0.6)), 0.0, 0.0, 92)
    return Camera(
        filters=str(rng.choice(list(_BAYER))) if rng.random() < 0.85 else None,
        blur=float(rng.uniform(0.2, 0.7)),
        read_noise=float(rng.uniform(0.3, 2.0)),
        shot_noise=float(rng.uniform(0.8, 4.0)),
        curve=float(rng.uniform(0.0, 0.6)),
        saturation=float(rng.uniform(0.9, 1.25)),
        sharpen=float(rng.uniform(0.0, 1.2)),
        denoise=float(rng.uniform(0, 1.2)) if rng.random() < 0.5 else 0.0,
        quality=int(rng.integers(82, 97)),
        colour_smear=float(rng.uniform(0.5, 4.0)) if rng.random() < 0.5 else 0.0,
    )


def noise_of(camera: Camera, light: Plane, gain: float = 1.0) -> Plane:
    """Deviation of each pixel's linear ``light`` (1 is white) before it is reduced; ``gain`` as in ``develop``."""
    counted = (camera.shot_noise / 255) ** 2 * gain * np.maximum(light, 0)
    return np.asarray(np.sqrt((camera.read_noise * gain / 255) ** 2 + counted), np.float32)


def develop(
    rng: np.random.Generator, light: Plane, camera: Camera, balance: tuple[float, float, float], gain: float = 1.0
) -> Image:
    """The BGR picture of linear ``light`` (float32, 1 is white); ``balance``: gains of blue, green and red.

    ``gain``: how many times as much the camera amplifies as in good light, where fewer photons gave the same level.
    Noise of the photons' count then grows with its root, that of the circuits with itself.
    """
    light = light * np.array(balance, np.float32)
    noise = rng.standard_normal(light.shape, np.float32)
    light = light + noise * noise_of(camera, light, gain)
    encoded = (light.clip(0, 1) ** np.float32(1 / 2.2) * 255).astype(np.uint8)
    if camera.filters is not None:
        encoded = _through_filters(encoded, camera.filters)
    if camera.denoise:
        encoded = np.asarray(cv2.bilateralFilter(encoded, 5, (8 + 14 * camera.denoise) * gain**0.5, 1.2), np.uint8)
    if camera.colour_smear:
        encoded = _smeared(encoded, camera.colour_smear)
    ramp = np.arange(256, dtype=np.float32) / 255
    bent = ramp + np.float32(camera.curve) * np.float32(0.35) * (ramp - 0.5) * (1 - ramp) * ramp * 4
    encoded = cv2.LUT(encoded, (bent * 255).clip(0, 255).astype(np.uint8))
    if abs(camera.saturation - 1) > 0.02:
        grey = cv2.cvtColor(encoded, cv2.COLOR_BGR2GRAY)
        grey = cv2.merge([grey, grey, grey])
        encoded = cv2.addWeighted(encoded, camera.saturation, grey, 1 - camera.saturation, 0)
    if camera.sharpen > 0.05:
        soft = cv2.GaussianBlur(encoded, (0, 0), 1.2)
        encoded = cv2.addWeighted(encoded, 1 + camera.sharpen, soft, -camera.sharpen, 0)
    return np.asarray(encoded, np.uint8)


def _through_filters(encoded: Image, filters: str) -> Image:
    """Each pixel seen through one colour filter, the other two colours interpolated."""
    first = {"R": 2, "G": 1, "B": 0}
    other = {"RG": "GB", "BG": "GR", "GR": "BG", "GB": "RG"}[filters]
    mosaic = np.empty(encoded.shape[:2], np.uint8)
    for row, names in enumerate((filters, other)):
        for column, name in enumerate(names):
            mosaic[row::2, column::2] = encoded[row::2, column::2, first[name]]
    return np.asarray(cv2.cvtColor(mosaic, _BAYER[filters]), np.uint8)


def _smeared(encoded: Image, deviation: float) -> Image:
    """With colours blurred, and brightness as it was."""
    tones = cv2.cvtColor(encoded, cv2.COLOR_BGR2YCrCb)
    soft = cv2.GaussianBlur(tones, (0, 0), deviation)
    soft[:, :, 0] = tones[:, :, 0]
    return np.asarray(cv2.cvtColor(soft, cv2.COLOR_YCrCb2BGR), np.uint8)


def as_sent(rng: np.random.Generator, picture: Image, quality: int) -> tuple[bytes, float]:
    """The JPEG file, now and then made smaller and saved again by a messenger; and by how much it was shrunk."""
    share = 1.0
    if rng.random() < 0.3:
        first = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        picture = np.asarray(cv2.imdecode(first, cv2.IMREAD_COLOR), np.uint8)
        share = float(rng.uniform(0.55, 1.0)) if rng.random() < 0.7 else 1.0
        size = (round(picture.shape[1] * share), round(picture.shape[0] * share))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
        quality = int(rng.integers(60, 90))
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes(), share
