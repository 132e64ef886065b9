"""What becomes of a picture after it is put together: blur, noise, tones, sharpening, and the file."""

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
from idcard_core.specimen.sensor import from_jpeg, to_jpeg

_CAMERAS = 9103
_NARROWEST = 402.0


@dataclass(frozen=True, slots=True)
class Camera:
    """What stays the same in all pictures by one camera."""

    soft: float
    """Blur in pixels."""
    noise: float
    coarse: float
    """Pixels."""
    coloured: float
    sharpening: float
    cast: tuple[float, float, float]
    contrast: float
    saturation: float
    quality: int

    @classmethod
    def of(cls, number: int) -> Camera:
        """The camera of device ``number``."""
        rng = np.random.default_rng([_CAMERAS, number])
        cast = np.exp(rng.normal(0, 0.05, 3))
        return cls(
            scaled(rng, 0.3, 1.4),
            scaled(rng, 0.001, 0.03),
            between(rng, 0, 1.2),
            between(rng, 0, 1),
            pick(rng, (0.0, between(rng, 0.2, 1.5)), (4, 6)),
            (float(cast[0]), float(cast[1]), float(cast[2])),
            scaled(rng, 0.8, 1.35),
            scaled(rng, 0.6, 1.4),
            int(rng.integers(55, 98)),
        )


def developed(rng: np.random.Generator, camera: Camera, scene: Paint) -> Image:
    """``scene`` as ``camera`` gives it, in light of some strength and colour."""
    height, width = scene.shape[:2]
    warm = np.exp(rng.normal(0, 0.1) * floats([-1, 0, 1]))
    dim = pick(rng, (between(rng, 0.85, 1.15), between(rng, 0.4, 0.85)), (7, 3))
    scene = blurred(floats(scene * (floats(camera.cast) * warm * dim)), camera.soft * scaled(rng, 0.7, 1.6))
    if chance(rng, 0.12):
        scene = _moved(rng, scene)
    strength = camera.noise * (scaled(rng, 0.5, 2) if dim > 0.8 else scaled(rng, 1, 4))
    light = spread(grain(rng, height, width))
    colours = cv2.merge([grain(rng, height, width) for _ in range(3)])
    noise = floats(light * (1 - camera.coloured) + colours * camera.coloured)
    if camera.coarse > 0.3:
        noise = floats(cv2.GaussianBlur(noise, (0, 0), camera.coarse)) * floats(1 + 2 * camera.coarse)
    scene = floats(scene + noise * strength)
    if chance(rng, 0.3):
        scene = scene + clouds(rng, height, width, scaled(rng, 4, 30))[..., None] * floats(rng.normal(0, strength, 3))
    if camera.sharpening:
        scene = floats(scene + (scene - blurred(scene, between(rng, 0.8, 2))) * camera.sharpening)
    grey = floats(cv2.cvtColor(np.clip(scene, 0, 1), cv2.COLOR_BGR2GRAY))[..., None]
    saturation = 0.0 if chance(rng, 0.06) else camera.saturation * scaled(rng, 0.85, 1.15)
    scene = grey + (scene - grey) * saturation
    scene = np.clip((scene - 0.5) * camera.contrast * scaled(rng, 0.9, 1.1) + 0.5 + rng.normal(0, 0.04), 0, 1)
    shot = image(floats(scene ** np.exp(rng.normal(0, 0.15))))
    if chance(rng, 0.15):
        shot = np.asarray(cv2.medianBlur(shot, 3), np.uint8)
    elif chance(rng, 0.12):
        shot = np.asarray(cv2.bilateralFilter(shot, 5, 20, 3), np.uint8)
    return shot


def _moved(rng: np.random.Generator, scene: Paint) -> Paint:
    """Blurred by a hand that shook."""
    size = int(rng.integers(3, 9)) | 1
    kernel = np.zeros((size, size), np.float32)
    turn = between(rng, 0, np.pi)
    reach = np.array([np.cos(turn), np.sin(turn)]) * (size // 2)
    first, last = np.round(size // 2 - reach).astype(int), np.round(size // 2 + reach).astype(int)
    cv2.line(kernel, (int(first[0]), int(first[1])), (int(last[0]), int(last[1])), (1.0,), 1)
    return floats(cv2.filter2D(scene, -1, kernel / kernel.sum()))


def sent(rng: np.random.Generator, camera: Camera, shot: Image, quad: Points) -> tuple[bytes, Points]:
    """The JPEG file, perhaps made smaller or larger and saved twice, and the quad in it."""
    wide = float(np.linalg.norm(quad[1] - quad[0]))
    if chance(rng, 0.35):
        if chance(rng, 0.5):
            shot = from_jpeg(to_jpeg(shot, int(rng.integers(60, 97))))
        scale = pick(rng, (between(rng, 0.5, 1), between(rng, 1, 1.5)), (7, 3))
        scale = min(max(scale, _NARROWEST / wide), 2500 / max(shot.shape[:2]))
        size = (round(shot.shape[1] * scale), round(shot.shape[0] * scale))
        way = pick(rng, (cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_NEAREST), (4, 3, 3, 1))
        quad = floats(quad * floats([size[0] / shot.shape[1], size[1] / shot.shape[0]]))
        shot = np.asarray(cv2.resize(shot, size, interpolation=way), np.uint8)
    return to_jpeg(shot, int(np.clip(camera.quality + rng.normal(0, 5), 45, 98))), quad
