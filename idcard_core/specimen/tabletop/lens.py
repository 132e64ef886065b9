"""The camera: how it samples the stage, and what lens, sensor and software do, for every kind."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import Image, Points
from idcard_core.specimen.brush import Paint, between, blurred, chance, floats, image, pick, scaled, spread
from idcard_core.specimen.sensor import from_jpeg, to_jpeg
from idcard_core.specimen.tabletop.stage import Stage
from idcard_core.specimen.tabletop.view import View

_SEED = 770_411


@dataclass(frozen=True, slots=True)
class Camera:
    """One camera's own properties."""

    blur: float
    """Sigma of its lens, pixels."""
    noise: float
    """Spread of its noise in the root of light."""
    denoise: float
    sharpen: float
    halo: float
    """Radius of its sharpening, pixels."""
    contrast: float
    lift: float
    warm: tuple[float, float, float]
    saturation: float
    vignette: float
    mosaic: bool
    quality: int


def camera_of(number: int) -> Camera:
    """The camera of a number."""
    rng = np.random.default_rng([_SEED, number])
    return Camera(
        blur=scaled(rng, 0.25, 1.1),
        noise=scaled(rng, 0.002, 0.03),
        denoise=pick(rng, (0.0, between(rng, 0.2, 1))),
        sharpen=pick(rng, (between(rng, 0, 0.3), between(rng, 0.3, 1.6))),
        halo=between(rng, 0.7, 2.2),
        contrast=between(rng, 0.0, 0.6),
        lift=between(rng, 0, 0.05),
        warm=(float(np.exp(rng.normal(0, 0.05))), 1.0, float(np.exp(rng.normal(0, 0.05)))),
        saturation=between(rng, 0.8, 1.3),
        vignette=between(rng, 0, 0.35),
        mosaic=chance(rng, 0.5),
        quality=int(rng.integers(72, 98)),
    )


def see(stage: Stage, view: View, lit: Paint) -> tuple[Paint, Paint]:
    """The stage's light as the view sees it, heights displacing it, and the share of shining panel (both linear)."""
    width, height = view.size
    back = np.linalg.inv(view.plane(0))
    x, y = np.arange(width, dtype=np.float32) + 0.5, (np.arange(height, dtype=np.float32) + 0.5)[:, None]
    below = floats(1 / (back[2, 0] * x + back[2, 1] * y + back[2, 2]))
    world_x = floats(back[0, 0] * x + back[0, 1] * y + back[0, 2]) * below
    world_y = floats(back[1, 0] * x + back[1, 1] * y + back[1, 2]) * below
    eye = floats(view.eye)
    density, (left, top) = np.float32(stage.density), stage.origin
    map_x, map_y = _spots(world_x, left, density), _spots(world_y, top, density)
    lean_x, lean_y = (eye[0] - world_x) * density / eye[2], (eye[1] - world_y) * density / eye[2]
    shown = np.maximum(stage.height, -4)
    if float(np.abs(shown).max()) > 0.02:
        start_x, start_y = map_x, map_y
        for _ in range(1 if float(shown.max()) < 1.5 else 3):
            lift = cv2.remap(shown, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            map_x, map_y = start_x + lean_x * lift, start_y + lean_y * lift
    seen = cv2.remap(lit, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    if stage.lit.size == 1:
        return floats(seen), stage.lit
    return floats(seen), floats(cv2.remap(stage.lit, map_x, map_y, cv2.INTER_LINEAR))


def _spots(world: Paint, start: float, density: np.float32) -> Paint:
    return floats((world - np.float32(start)) * density - np.float32(0.5))


def expose(rng: np.random.Generator, number: int, light: Paint, quad: Points, mend: bool = True) -> Image:
    """What the camera of ``number`` makes of linear light; exposure is set by what lies in ``quad``."""
    own = camera_of(number)
    rows, columns = light.shape[:2]
    light = _defocus(rng, light, own)
    if own.vignette > 0.03:
        y, x = np.mgrid[-1:1:16j, -1:1:16j]
        fall = floats(1 - own.vignette * (x * x + y * y) / 2)
        light *= spread(floats(cv2.resize(fall, (columns, rows))))
    inner = np.int32(quad.mean(0) + (quad - quad.mean(0)) * 0.8)
    few = light[::8, ::8]
    spots = np.zeros(few.shape[:2], np.uint8)
    cv2.fillConvexPoly(spots, np.int32(inner / 8), (1,))
    level = few[spots > 0]
    balance = floats(np.clip(level.mean() / np.maximum(level.mean(0), 1e-4), 0.5, 2)) ** np.float32(
        between(rng, 0.2, 0.9)
    )
    aim = float(np.clip(rng.normal(0.72, 0.1), 0.3, 0.95))
    balance = balance * floats(own.warm) * floats(np.exp(rng.normal(0, 0.03, 3)))
    gain = balance * np.float32(aim**2 / max(float(np.percentile(level, 60)), 1e-4))
    light = floats(cv2.multiply(light, np.array([*gain.tolist(), 0.0])))
    root = np.sqrt(np.maximum(light, 0, out=light), out=light)
    root = _noisy(rng, root, own, aim)
    return _finish(rng, root, own) if mend else image(root)


def _defocus(rng: np.random.Generator, light: Paint, own: Camera) -> Paint:
    sigma = own.blur * float(np.exp(rng.normal(0, 0.2)))
    if chance(rng, 0.15):
        sigma += scaled(rng, 0.4, 2)
    light = blurred(light, sigma)
    if chance(rng, 0.1):
        length = int(rng.integers(3, 9)) | 1
        kernel = np.zeros((length, length), np.float32)
        angle, middle = between(rng, 0, 3.14), length // 2
        reach = middle * np.array([np.cos(angle), np.sin(angle)])
        ends = [(round(middle + s * reach[0]), round(middle + s * reach[1])) for s in (-1, 1)]
        cv2.line(kernel, ends[0], ends[1], (1.0,), 1, cv2.LINE_AA)
        light = floats(cv2.filter2D(light, -1, kernel / kernel.sum()))
    return light


def _noisy(rng: np.random.Generator, root: Paint, own: Camera, aim: float) -> Paint:
    """Shot noise, even in the root of light; colour noise by mosaic; some of it smeared away again."""
    rows, columns = root.shape[:2]
    gain = own.noise * scaled(rng, 0.5, 2) / max(aim, 0.4)
    edge = 448
    tile = rng.standard_normal((edge, edge, 3), np.float32) * floats([1.3, 0.8, 1.1]) * np.float32(gain)
    strip = np.tile(tile, (1, columns // edge + 2, 1))
    for top in range(0, rows, edge):
        start = int(rng.integers(edge))
        root[top : top + edge] += strip[: min(edge, rows - top), start : start + columns]
    if own.mosaic:
        plain = image(root)
        raw = plain[..., 1].copy()
        raw[0::2, 0::2], raw[1::2, 1::2] = plain[0::2, 0::2, 2], plain[1::2, 1::2, 0]
        root = floats(cv2.cvtColor(raw, cv2.COLOR_BayerBG2BGR)) / floats(255)
    if own.denoise > 0.1 and gain > 0.004:
        plain = image(root)
        smooth = cv2.bilateralFilter(plain, 5, 255 * gain * 4 * own.denoise, 2)
        root = floats(smooth) / floats(255)
    return root


def _finish(rng: np.random.Generator, root: Paint, own: Camera) -> Image:
    """Tone curve, colour and sharpening as software applies them."""
    steps = np.arange(256) / 255
    bent = steps + own.contrast * (steps * steps * (3 - 2 * steps) - steps)
    curve = np.uint8(np.clip(own.lift + (1 - own.lift) * bent, 0, 1) * 255)
    picture = np.asarray(cv2.LUT(image(root), curve), np.uint8)
    colour = 0.0 if chance(rng, 0.05) else own.saturation * float(np.exp(rng.normal(0, 0.08)))
    if abs(colour - 1) > 0.04:
        grey = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
        picture = np.asarray(cv2.addWeighted(picture, colour, grey, 1 - colour, 0), np.uint8)
    if own.sharpen > 0.05:
        soft = cv2.GaussianBlur(picture, (0, 0), own.halo)
        picture = np.asarray(cv2.addWeighted(picture, 1 + own.sharpen, soft, -own.sharpen, 0), np.uint8)
    return picture


def deliver(rng: np.random.Generator, number: int, picture: Image, quad: Points) -> tuple[bytes, Points]:
    """The file that arrives: at times resized and packed anew by a messenger."""
    quality = camera_of(number).quality
    across = float(np.hypot(*(quad[1] - quad[0])))
    longest = max(picture.shape[:2])
    if chance(rng, 0.3):
        low = min(max(900 / longest, 460 / across), 1.0)
        high = min(2400 / longest, 1600 / across, 1.6)
        share = between(rng, low, 1) if chance(rng, 0.7) else between(rng, 1, max(high, 1.0))
        size = (round(picture.shape[1] * share), round(picture.shape[0] * share))
        way = pick(rng, (cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC))
        picture = np.asarray(cv2.resize(from_jpeg(to_jpeg(picture, quality)), size, interpolation=way))
        quality = int(rng.integers(55, 93))
        quad = floats(quad * np.float32(share))
    frame = floats([picture.shape[1] - 1, picture.shape[0] - 1])
    return to_jpeg(picture, quality), floats(np.clip(quad, 1, frame - 1))
