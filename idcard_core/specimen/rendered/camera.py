"""From light to a JPEG file: lens, sensor, the telephone's own processing, and what messengers do to pictures."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.rendered.fields import Float, log_uniform, single


@dataclass(frozen=True, slots=True)
class Camera:
    """What does not change about one telephone: blurs in photosites, noise as a share of full scale."""

    photosites: float
    """Photosites for each pixel of the picture."""
    blur: float
    read_noise: float
    full_well: float
    """Electrons at full scale."""
    vignetting: float
    aperture: float
    denoise: float
    sharpen: float
    contrast: float
    saturation: float
    balance: float
    edge_aware: bool
    quality: int


def camera_of(number: int) -> Camera:
    """The camera of device ``number``."""
    rng = np.random.default_rng([71103, number])
    return Camera(
        photosites=float(rng.uniform(1.0, 1.5)),
        blur=float(rng.uniform(0.35, 1.0)),
        read_noise=log_uniform(rng, 0.0005, 0.004),
        full_well=log_uniform(rng, 800, 9000),
        vignetting=float(rng.uniform(0, 0.35)),
        aperture=log_uniform(rng, 0.3, 5),
        denoise=float(rng.uniform(0, 3)),
        sharpen=float(rng.uniform(0, 1.6)),
        contrast=float(rng.uniform(0, 0.7)),
        saturation=float(rng.uniform(0.8, 1.2)),
        balance=float(rng.uniform(0.5, 1.05)),
        edge_aware=bool(rng.random() < 0.6),
        quality=int(rng.integers(72, 97)),
    )


def exposed(rng: np.random.Generator, light: Float) -> Float:
    """Light as the sensor takes it in, where 1 is full: metered on the picture's brighter parts, at times wrongly."""
    few = light[::8, ::8].max(axis=2)
    bright = float(np.percentile(few, 92)) * 0.7 + float(few.mean()) * 0.5
    level = np.exp(rng.normal(-0.3, 0.22)) if rng.random() < 0.85 else log_uniform(rng, 0.35, 1.5)
    return single(light * np.float32(level / max(bright, 1e-4)))


def sensed(rng: np.random.Generator, light: Float, white: Float, camera: Camera, dim: float) -> Image:
    """Pixels (BGR) with the sensor's mosaic and noise and all of the telephone's processing; ``light`` is 1 at full."""
    height, width = light.shape[0] // 2 * 2, light.shape[1] // 2 * 2
    light = light[:height, :width]
    share = np.float32(white / white.max())
    light = light * _vignette(height, width, camera.vignetting)[..., None]
    mosaic = np.empty((height, width), np.float32)
    for row, column, channel in ((0, 0, 2), (0, 1, 1), (1, 0, 1), (1, 1, 0)):
        mosaic[row::2, column::2] = light[row::2, column::2, channel]
    well = camera.full_well / dim
    spread = np.sqrt(np.clip(mosaic, 0, 1) / well + (camera.read_noise * dim) ** 2)
    mosaic += spread * rng.standard_normal(mosaic.shape, np.float32)
    np.clip(mosaic, 0, 1, out=mosaic)
    gains = 1 / np.clip(share, 0.3, 1) ** camera.balance
    gains = gains * np.exp(rng.normal(0, 0.035 if rng.random() < 0.8 else 0.12, 3))
    gains = gains / gains[1]
    for row, column, channel in ((0, 0, 2), (0, 1, 1), (1, 0, 1), (1, 1, 0)):
        mosaic[row::2, column::2] *= np.float32(gains[channel])
    raw = np.asarray(np.sqrt(np.clip(mosaic, 0, 1)) * 65535, np.uint16)
    code = cv2.COLOR_BayerBG2BGR_EA if camera.edge_aware else cv2.COLOR_BayerBG2BGR
    picture = cv2.cvtColor(raw, code).astype(np.float32) * np.float32(1 / 65535)
    return _developed(rng, np.asarray(picture, np.float32), camera, dim)


def _vignette(height: int, width: int, depth: float) -> Float:
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None]
    return np.asarray(1 - np.float32(depth) * (x * x + y * y) / 2, np.float32)


def _developed(rng: np.random.Generator, root: Float, camera: Camera, dim: float) -> Image:
    """Denoised, toned and sharpened; ``root`` is the square root of light."""
    planes = cv2.split(cv2.cvtColor(root, cv2.COLOR_BGR2YCrCb))
    luma, colours = planes[0], list(planes[1:])
    strength = camera.denoise * min(dim, 4) ** 0.5
    if strength > 0.3:
        for index, plane in enumerate(colours):
            small = cv2.resize(plane, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
            small = cv2.GaussianBlur(small, (0, 0), 0.4 + 0.6 * strength)
            colours[index] = cv2.resize(small, luma.shape[::-1], interpolation=cv2.INTER_LINEAR)
        fine = luma - cv2.GaussianBlur(luma, (0, 0), 0.8 + 0.25 * strength)
        limit = np.float32(0.004 * strength)
        luma = luma - np.clip(fine, -limit, limit)
    bend = np.float32(camera.contrast * rng.uniform(0.6, 1.2))
    luma = np.clip(luma, 0, 1)
    toned = luma * (1 - bend + bend * luma * (3 - 2 * luma))
    gain = np.float32(camera.saturation)
    merged = cv2.merge([toned, *((plane - np.float32(0.5)) * gain + np.float32(0.5) for plane in colours)])
    out = cv2.cvtColor(merged, cv2.COLOR_YCrCb2BGR)
    np.clip(out, 0, 1, out=out)
    return np.asarray(cv2.convertScaleAbs(out, alpha=255), np.uint8)


def blurred(light: Float, sharp: float, soft: float, share: Float | None) -> Float:
    """``light`` through a lens: blur ``sharp`` (pixels), going over to ``soft`` where ``share`` is 1."""
    near = cv2.GaussianBlur(light, (0, 0), sharp) if sharp > 0.3 else light
    if share is None or soft < sharp + 0.4:
        return np.asarray(near, np.float32)
    far = cv2.GaussianBlur(light, (0, 0), soft)
    return np.asarray(near + (far - near) * share[..., None], np.float32)


def scanned(rng: np.random.Generator, light: Float) -> Image:
    """Pixels (BGR) as a flatbed scanner gives them; ``light`` is 1 at its white."""
    scaled = light * np.float32(rng.uniform(0.85, 1.08))
    scaled += rng.normal(0, rng.uniform(0.001, 0.008)) + rng.standard_normal(light.shape, np.float32) * np.float32(
        0.004
    )
    power = 1 / rng.uniform(1.8, 2.4)
    return np.asarray(np.clip(scaled, 0, 1) ** power * 255, np.uint8)


def finished(rng: np.random.Generator, picture: Image, size: tuple[int, int], camera: Camera) -> Image:
    """``picture`` at its final ``size`` (width, height), sharpened, sometimes grey or tinted."""
    if size != (picture.shape[1], picture.shape[0]):
        smaller = size[0] < picture.shape[1]
        picture = np.asarray(
            cv2.resize(picture, size, interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC), "u1"
        )
    amount = camera.sharpen * float(rng.uniform(0.5, 1.2))
    if amount > 0.15:
        soft = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.7, 1.6)))
        picture = np.asarray(cv2.addWeighted(picture, 1 + amount, soft, -amount, 0), np.uint8)
    chance = rng.random()
    if chance < 0.06:
        picture = np.asarray(cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), np.uint8)
    elif chance < 0.14:
        table = np.arange(256)[:, None] / 255 * rng.uniform(0.85, 1.15, 3) + rng.uniform(-0.04, 0.05, 3)
        lut = np.asarray(np.clip(table * 255, 0, 255), np.uint8)[None]
        picture = np.asarray(cv2.LUT(picture, lut), np.uint8)
    return picture


def sent(rng: np.random.Generator, picture: Image, camera: Camera, least: float) -> tuple[bytes, float]:
    """The JPEG file, and the factor its size was changed by; messengers shrink pictures and pack them again.

    The factor is not under ``least``, if that is under 1.
    """
    quality = int(np.clip(camera.quality + rng.integers(-8, 5), 50, 97))
    if rng.random() < 0.35:
        picture = np.asarray(cv2.imdecode(_packed(picture, quality), cv2.IMREAD_COLOR), np.uint8)
        quality = int(rng.integers(50, 92))
        factor = float(rng.uniform(min(max(0.55, least), 1.0), 1.0))
        if rng.random() < 0.6:
            size = (round(picture.shape[1] * factor), round(picture.shape[0] * factor))
            how = cv2.INTER_AREA if rng.random() < 0.7 else cv2.INTER_LINEAR
            small = np.asarray(cv2.resize(picture, size, interpolation=how), np.uint8)
            return _packed(small, quality).tobytes(), size[0] / picture.shape[1]
    return _packed(picture, quality).tobytes(), 1.0


def _packed(picture: Image, quality: int) -> Image:
    sampling = cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420 if quality < 93 else cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling]
    return np.asarray(cv2.imencode(".jpg", picture, options)[1], np.uint8)
