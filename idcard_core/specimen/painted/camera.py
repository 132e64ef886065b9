"""From a painted scene to the JPEG file of a telephone or a scanner; a device's ways come from its number."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import Image, Points
from idcard_core.specimen.brush import (
    Paint,
    between,
    blurred,
    chance,
    clouds,
    floats,
    grain,
    image,
    pick,
    scaled,
    spread,
)
from idcard_core.specimen.sensor import from_jpeg

_CAMERAS = 7301
_MOSAICS = (cv2.COLOR_BayerRG2BGR, cv2.COLOR_BayerRG2BGR_EA, cv2.COLOR_BayerRG2BGR_VNG)


@dataclass(frozen=True, slots=True)
class Camera:
    """The fixed properties of one telephone's camera; blurs are in pixels, noise in parts of full scale."""

    softness: float
    noise: float
    colour_noise: float
    mosaic: int | None
    smoothing: float
    sharpening: float
    radius: float
    contrast: float
    saturation: float
    balance: tuple[float, float, float]
    vignette: float
    quality: int
    quick: bool
    """Whether its files keep colour at half size (4:2:0)."""

    @classmethod
    def of(cls, number: int) -> Camera:
        """The camera of the device ``number``."""
        rng = np.random.default_rng([_CAMERAS, number])
        return cls(
            softness=scaled(rng, 0.22, 0.6),
            noise=scaled(rng, 0.002, 0.022),
            colour_noise=scaled(rng, 0.001, 0.012),
            mosaic=pick(rng, (None, *_MOSAICS)),
            smoothing=pick(rng, (0.0, between(rng, 0.2, 1))),
            sharpening=pick(rng, (0.0, between(rng, 0.1, 0.8), between(rng, 0.8, 2.2)), (2, 5, 3)),
            radius=scaled(rng, 0.6, 2.5),
            contrast=between(rng, -0.1, 0.5),
            saturation=between(rng, 0.75, 1.35),
            balance=(float(np.exp(rng.normal(0, 0.03))), 1.0, float(np.exp(rng.normal(0, 0.03)))),
            vignette=max(0.0, rng.normal(0.05, 0.1)),
            quality=int(rng.integers(60, 98)),
            quick=chance(rng, 0.75),
        )


def develop(rng: np.random.Generator, camera: Camera, scene: Paint, scanned: bool) -> Image:
    """The scene as the device renders it (BGR uint8, same size)."""
    height, width = scene.shape[:2]
    scene = blurred(scene, pick(rng, (0.0, scaled(rng, 0.3, 0.9), scaled(rng, 0.9, 2.5)), (45, 40, 15)))
    if not scanned and chance(rng, 0.12):
        scene = _shaken(rng, scene)
    gain = floats(camera.balance) * floats(np.exp(rng.normal(0, 0.035, 3)) * np.exp(rng.normal(0, 0.08)))
    if not scanned and camera.vignette > 0.01:
        y, x = np.linspace(-1, 1, height, dtype=np.float32), np.linspace(-1, 1, width, dtype=np.float32)
        scene = scene * spread(1 - floats(camera.vignette / 2) * (y[:, None] ** 2 + x[None] ** 2))
    if not scanned:  # the exposure meter, which goes by the picture's middle and only part of the way
        metered = float(scene[height // 6 : -height // 6 : 8, width // 6 : -width // 6 : 8].clip(0, 1.3).mean())
        gain = gain * floats((between(rng, 0.5, 0.8) / max(metered, 0.05)) ** between(rng, 0.2, 0.9))
    scene = scene * gain
    dim = 1.0 + 3.0 * max(0.0, 0.6 - float(scene[::8, ::8].mean())) if not scanned else 0.4
    noise = min(camera.noise * dim * scaled(rng, 0.5, 1.6), 0.055)
    uneven = (1.2 - 0.7 * np.clip(scene[..., 1], 0, 1)) * floats(noise)
    colour = camera.colour_noise * dim
    for channel in range(3):
        fine = grain(rng, height, width) * uneven
        if colour > 0.004:
            fine += resized_noise(rng, height, width) * floats(colour)
        scene[..., channel] += fine
    shot = image(scene)
    if camera.mosaic is not None and not scanned:
        shot = _mosaiced(shot, camera.mosaic)
    if camera.smoothing > 0.05 and not scanned:
        shot = _smoothed(shot, camera.smoothing, noise)
    return _rendered(rng, camera, shot)


def resized_noise(rng: np.random.Generator, height: int, width: int) -> Paint:
    """Blotches of two to five pixels, as denoising leaves them."""
    return clouds(rng, height, width, between(rng, 2, 5))


def _shaken(rng: np.random.Generator, scene: Paint) -> Paint:
    reach = between(rng, 2, 7)
    size = int(reach) * 2 + 3
    stroke = np.zeros((size, size), np.float32)
    turn = between(rng, 0, np.pi)
    step = np.array([np.cos(turn), np.sin(turn)]) * reach / 2
    first, last = size // 2 - step, size // 2 + step
    ends = [(round(p[0] * 16), round(p[1] * 16)) for p in (first, last)]
    cv2.line(stroke, ends[0], ends[1], (1.0,), 1, cv2.LINE_AA, 4)
    return floats(cv2.filter2D(scene, -1, stroke / max(float(stroke.sum()), 1e-3)))


def _mosaiced(shot: Image, way: int) -> Image:
    height, width = (side // 2 * 2 for side in shot.shape[:2])
    raw = shot[..., 1].copy()
    # OpenCV names a pattern by its second row: "RG" has blue at the top left
    raw[0:height:2, 0:width:2] = shot[0:height:2, 0:width:2, 0]
    raw[1:height:2, 1:width:2] = shot[1:height:2, 1:width:2, 2]
    full = np.asarray(cv2.cvtColor(np.ascontiguousarray(raw[:height, :width]), way), np.uint8)
    return np.asarray(
        cv2.copyMakeBorder(full, 0, shot.shape[0] - height, 0, shot.shape[1] - width, cv2.BORDER_REPLICATE), np.uint8
    )


def _smoothed(shot: Image, strength: float, noise: float) -> Image:
    luma = cv2.cvtColor(shot, cv2.COLOR_BGR2YCrCb)
    light, red, blue = cv2.split(luma)
    if strength > 0.35:
        light = cv2.bilateralFilter(light, 5, min(600 * noise * strength, 40), 1.5 + strength)
    red, blue = (cv2.GaussianBlur(part, (0, 0), 0.5 + strength) for part in (red, blue))
    return np.asarray(cv2.cvtColor(cv2.merge([light, red, blue]), cv2.COLOR_YCrCb2BGR), np.uint8)


def _rendered(rng: np.random.Generator, camera: Camera, shot: Image) -> Image:
    """Sharpening, a tone curve, saturation; sometimes all grey."""
    if camera.sharpening > 0:
        amount = camera.sharpening * between(rng, 0.6, 1.2)
        shot = np.asarray(
            cv2.addWeighted(shot, 1 + amount, cv2.GaussianBlur(shot, (0, 0), camera.radius), -amount, 0), np.uint8
        )
    level = np.linspace(0, 1, 256)
    bent = level + (camera.contrast + rng.normal(0, 0.1)) * np.sin(2 * np.pi * (level - 0.5)) / (2 * np.pi)
    curve = np.clip(bent, 0, 1) ** np.exp(rng.normal(0, 0.12))
    shot = np.asarray(cv2.LUT(shot, np.uint8(np.round(np.clip(curve, 0, 1) * 255))), np.uint8)
    saturation = camera.saturation * float(np.exp(rng.normal(0, 0.1)))
    if chance(rng, 0.05):
        saturation = 0.0
    mix = floats([[0.114, 0.587, 0.299]] * 3) * (1 - saturation) + np.eye(3, dtype=np.float32) * saturation
    return np.asarray(cv2.transform(shot, mix), np.uint8)


def sent(rng: np.random.Generator, camera: Camera, shot: Image, quad: Points, wide: float) -> tuple[bytes, Points]:
    """The JPEG file, perhaps after a messenger made it smaller and packed it again, and the quad in it.

    ``wide`` is the card's width in the shot in pixels; it does not fall under 400.
    """
    if chance(rng, 0.35):
        shot = from_jpeg(packed(shot, int(np.clip(camera.quality + rng.normal(0, 4), 50, 97)), camera.quick))
        least = min(1.0, 405 / wide)
        ratio = pick(rng, (1.0, between(rng, max(0.6, least), 1.0) if least < 1 else 1.0), (3, 7))
        height, width = (max(round(side * ratio), 2) for side in shot.shape[:2])
        quad = quad * floats([width / shot.shape[1], height / shot.shape[0]])
        way = pick(rng, (cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC))
        shot = np.asarray(cv2.resize(shot, (width, height), interpolation=way), np.uint8)
        return packed(shot, int(rng.integers(50, 93)), True), quad
    return packed(shot, int(np.clip(camera.quality + rng.normal(0, 4), 50, 97)), camera.quick), quad


def packed(shot: Image, quality: int, quick: bool) -> bytes:
    """The picture as a JPEG file."""
    sampling = cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420 if quick else cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444
    done, data = cv2.imencode(
        ".jpg", shot, [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling]
    )
    if not done:
        raise ValueError("the picture could not be packed as JPEG")
    return data.tobytes()
