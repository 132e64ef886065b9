"""The cameras: lens, mosaic, noise, demosaicing, the detail and tone of processing, and what files go through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.brush import between, chance, pick, scaled
from idcard_core.specimen.brush import grain as white
from idcard_core.specimen.darkroom.chain import Light, Mtf, Plate, Tone
from idcard_core.specimen.sensor import from_jpeg, to_jpeg

CONSTANT = 771_203
"""What device numbers are joined with: cameras here, printers and panels with the next two."""
_DEMOSAIC = (cv2.COLOR_BayerBG2BGR, cv2.COLOR_BayerBG2BGR_EA, cv2.COLOR_BayerBG2BGR_VNG)
_RESIZE = (cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4)


@dataclass(frozen=True, slots=True)
class Camera:
    """One camera or scanner, the same for all pictures of its number."""

    lens: Mtf
    vignette: float
    shot: float
    read: float
    """Noise of the codes at white and at black, before the picture's own gain."""
    demosaic: int
    coring: float
    crisp: float
    radius: float
    """Denoising threshold (codes) and sharpening of detail, and the radius (pixels) that parts detail off."""
    chroma: float
    saturation: float
    tone: Tone
    resize: int


def camera_of(number: int) -> Camera:
    """The camera of a number."""
    rng = np.random.default_rng([CONSTANT, number])
    return Camera(
        lens=Mtf(sigma=scaled(rng, 0.3, 0.95), halo=between(rng, 0, 0.1)),
        vignette=between(rng, 0, 0.35),
        shot=scaled(rng, 0.6, 5),
        read=scaled(rng, 0.3, 3),
        demosaic=pick(rng, _DEMOSAIC, (2, 2, 1)),
        coring=0.0 if chance(rng, 0.35) else scaled(rng, 0.6, 6),
        crisp=0.0 if chance(rng, 0.2) else scaled(rng, 0.15, 2.2),
        radius=scaled(rng, 0.7, 2.2),
        chroma=scaled(rng, 0.5, 4),
        saturation=between(rng, 0.75, 1.4),
        tone=Tone(between(rng, 0.8, 1.15), between(rng, 0, 0.75), between(rng, 0, 0.06), between(rng, 0.94, 1.03)),
        resize=pick(rng, _RESIZE),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """The light before a lens: ``(height, width, 3)``, and what multiplies it at the sensor (a panel's subpixels)."""

    light: Light
    lattice: Light | None = None
    scanned: bool = False


def expose(rng: np.random.Generator, camera: Camera, scene: Scene) -> Plate:
    """The camera's picture of a scene, as large as the scene."""
    light = _through_lens(rng, camera, scene)
    if scene.lattice is not None:
        light *= scene.lattice
    bright = np.percentile(light[::16, ::16], between(rng, 94, 99.7))
    gain = scaled(rng, 0.6, 1.05) / max(float(bright), 0.02)
    warm, green = between(rng, -0.09, 0.09), between(rng, -0.03, 0.03)
    balance = np.array([1 - warm, 1 + green, 1 + warm], np.float32) * np.float32(gain)
    iso = scaled(rng, 0.5, 3.2) * (0.45 if scene.scanned else 1)
    picture = (
        _trilinear(rng, camera, light, balance, iso) if scene.scanned else _mosaic(rng, camera, light, balance, iso)
    )
    return _process(rng, camera, picture)


def _through_lens(rng: np.random.Generator, camera: Camera, scene: Scene) -> Light:
    lens = camera.lens
    disk = 0.0 if scene.scanned or chance(rng, 0.55) else scaled(rng, 0.5, 2.8)
    smear = 0.0 if scene.scanned or chance(rng, 0.7) else scaled(rng, 0.8, 5)
    return Mtf(lens.sigma, disk, smear, between(rng, 0, np.pi), lens.halo).apply(scene.light)


def _noisy(rng: np.random.Generator, camera: Camera, level: Light, iso: float) -> Image:
    """Codes with noise: in square-root coding shot noise is even, read noise grows to the dark."""
    codes = cast(Light, cv2.sqrt(np.clip(level, 0, 1.2)))
    codes *= 255
    width = codes.size // codes.shape[0]
    noise = white(rng, codes.shape[0], width).reshape(codes.shape)
    noise *= np.float32(iso) * (np.float32(camera.shot) + np.float32(camera.read * 25) / (codes + 12))
    codes += noise
    return np.asarray(cv2.convertScaleAbs(np.maximum(codes, 0)), np.uint8)


def _mosaic(rng: np.random.Generator, camera: Camera, light: Light, balance: Light, iso: float) -> Image:
    """One colour at each site (red first), vignetted and noisy, then demosaiced."""
    height, width = light.shape[0] // 2 * 2, light.shape[1] // 2 * 2
    raw = np.empty((height, width), np.float32)
    for y, x, channel in ((0, 0, 2), (0, 1, 1), (1, 0, 1), (1, 1, 0)):
        raw[y::2, x::2] = light[y:height:2, x:width:2, channel] * balance[channel]
    y2 = np.linspace(-1, 1, height, dtype=np.float32)[:, None] ** 2
    x2 = np.linspace(-1, 1, width, dtype=np.float32)[None, :] ** 2
    raw *= 1 - np.float32(camera.vignette / 2) * (y2 + x2)
    picture = cv2.cvtColor(_noisy(rng, camera, raw, iso), camera.demosaic)
    if (height, width) != light.shape[:2]:
        picture = cv2.copyMakeBorder(
            picture, 0, light.shape[0] - height, 0, light.shape[1] - width, cv2.BORDER_REPLICATE
        )
    return np.asarray(picture, np.uint8)


def _trilinear(rng: np.random.Generator, camera: Camera, light: Light, balance: Light, iso: float) -> Image:
    """Three lines of a scanner, a little out of register, with streaks along the carriage's way."""
    shifted = []
    for channel in range(3):
        move = np.array([[1, 0, 0], [0, 1, between(rng, -0.35, 0.35)]], np.float32)
        size = (light.shape[1], light.shape[0])
        line = np.ascontiguousarray(light[..., channel]) * balance[channel]
        shifted.append(cv2.warpAffine(line, move, size, borderMode=cv2.BORDER_REPLICATE))
    merged = cast(Light, cv2.merge(shifted))
    merged *= 1 + np.float32(scaled(rng, 0.0005, 0.008)) * rng.standard_normal((1, light.shape[1], 1), dtype=np.float32)
    return _noisy(rng, camera, merged, iso)


def _process(rng: np.random.Generator, camera: Camera, picture: Image) -> Plate:
    """Colour noise is smoothed, small detail cored and large detail raised, then saturation and tone."""
    luma, red, blue = cv2.split(cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb))
    strength = camera.saturation * between(rng, 0.92, 1.08)
    colours = (np.arange(256) - 128) * strength + 128
    table = np.clip(colours + 0.5, 0, 255).astype(np.uint8)
    smooth = [cv2.LUT(cv2.GaussianBlur(part, (0, 0), camera.chroma), table) for part in (red, blue)]
    if camera.coring + camera.crisp > 0:
        base = cv2.GaussianBlur(luma, (0, 0), camera.radius)
        detail = cv2.addWeighted(luma, 1, base, -1, 128)
        d = np.arange(256) - 128.0
        kept = np.sign(d) * np.maximum(np.abs(d) - camera.coring, 0) * (1 + camera.crisp)
        limit = np.sign(d) * np.minimum(np.abs(kept), np.abs(d) + 34)
        detail = cv2.LUT(detail, np.clip(limit + 128, 0, 255).astype(np.uint8))
        luma = cv2.addWeighted(base, 1, detail, 1, -128)
    merged = cv2.cvtColor(cv2.merge([luma, *smooth]), cv2.COLOR_YCrCb2BGR)
    return camera.tone.apply(np.asarray(merged, np.uint8))


def finish(rng: np.random.Generator, camera: Camera, picture: Plate, longest: int) -> bytes:
    """The file: perhaps grey or faded, compressed once or twice, ``longest`` pixels on its longer side."""
    if chance(rng, 0.06):
        picture = np.asarray(cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), np.uint8)
    if chance(rng, 0.25):
        ends = (between(rng, 0, 0.12), between(rng, 0.85, 1.06))
        picture = Tone(scaled(rng, 0.75, 1.35), between(rng, 0, 0.4), *ends).apply(picture)
    if chance(rng, 0.3):
        picture = from_jpeg(to_jpeg(picture, int(between(rng, 60, 95))))
    scale = longest / max(picture.shape[:2])
    if abs(scale - 1) > 1e-3:
        method = camera.resize if scale < 1 else cv2.INTER_CUBIC
        size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
        picture = np.asarray(cv2.resize(picture, size, interpolation=method), np.uint8)
    quality = between(rng, 38, 75) if chance(rng, 0.25) else between(rng, 72, 97)
    return to_jpeg(picture, int(quality))
