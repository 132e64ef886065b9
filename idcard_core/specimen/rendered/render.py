"""Renders a scene: one ray for every photosite, meeting the face, the side or the table."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.rendered.fields import Float, fractal, linear, ramp, single
from idcard_core.specimen.rendered.fingers import paint
from idcard_core.specimen.rendered.light import Glow, Scene, mirrored, on_side, on_table, on_top, waves
from idcard_core.specimen.rendered.scene import Inset, Material, View

_COARSE = 2
"""Photosites on a side of one cell of the grid that light is reckoned on."""


def render(rng: np.random.Generator, scene: Scene, view: View, blur: float) -> Float:
    """Radiance (height, width, 3), BGR, of the scene; ``blur`` is the lens's, in photosites, for what lies finer.

    A white level face in the room's full light has radiance 1.
    """
    slopes = view.slopes()
    level = scene.lift + scene.slab.thick
    foot = view.millimetres(level)
    places = _meet(scene, view, slopes, level)
    inner = scene.slab.outside(*places)
    covered = np.clip(0.5 - inner / np.float32(foot), 0, 1)
    picture = _face(rng, scene, view, places, foot, blur)
    if covered.min() < 1:
        around = _table(rng, scene, view, slopes)
        _side(scene, view, slopes, around, foot)
        around += (picture - around) * covered[..., None]
        picture = around
    for finger in scene.fingers:
        paint(rng, finger, scene.room, (view, level), picture)
    return picture


def corners(scene: Scene) -> Float:
    """The card's corners (4, 3) in the scene, mm."""
    quad = scene.slab.quad
    rise = scene.slab.bend.height(quad[:, 0], quad[:, 1]) + np.float32(scene.lift + scene.slab.thick)
    return single(np.concatenate([quad, rise[:, None]], axis=1))


def _meet(scene: Scene, view: View, slopes: tuple[Float, Float], level: float) -> tuple[Float, Float]:
    """Where rays meet the face, which lies at ``level`` plus its bend."""
    places = view.hits(slopes, level)
    bend = scene.slab.bend
    if bend.curl_mm or bend.fold_mm:
        half = np.float32(scene.slab.size[0] / 2 + 3), np.float32(scene.slab.size[1] / 2 + 3)
        for _ in range(2):
            x, y = np.clip(places[0], -half[0], half[0]), np.clip(places[1], -half[1], half[1])
            places = view.hits(slopes, bend.height(x, y) + np.float32(level))
    return places


def _enlarged(coarse: Float, view: View) -> Float:
    whole = cv2.resize(coarse, None, fx=_COARSE, fy=_COARSE, interpolation=cv2.INTER_LINEAR)
    return np.asarray(whole[: view.size[1], : view.size[0]], np.float32)


def sampled(texture: Image, pixels: tuple[Float, Float], ratio: float, blur: float, border: int) -> Image:
    """Pixels of ``texture``, with everything finer than a photosite (``ratio`` texels) and the lens's blur gone."""
    sigma = ratio * float(np.hypot(0.3, blur))
    if sigma > 0.5:
        texture = np.asarray(cv2.GaussianBlur(texture, (0, 0), sigma), np.uint8)
    return np.asarray(cv2.remap(texture, pixels[0], pixels[1], cv2.INTER_LINEAR, borderMode=border), np.uint8)


def _face(
    rng: np.random.Generator, scene: Scene, view: View, places: tuple[Float, Float], foot: float, blur: float
) -> Float:
    slab = scene.slab
    edge = cv2.BORDER_REFLECT
    inset = sampled(slab.inset.texture, slab.inset.pixels(*places), foot * slab.inset.density, blur, edge)
    picture = linear(inset)
    inside = _within(slab.inset, places, foot)
    if scene.glow is not None:
        picture = _emitted(scene.glow, slab.inset, picture, places, foot * slab.inset.density, blur)
        picture *= inside[..., None]
    elif inside.min() < 1:
        if slab.page is None:
            rest = np.broadcast_to(slab.face, picture.shape)
        else:
            rest = linear(sampled(slab.page.texture, slab.page.pixels(*places), foot * slab.page.density, blur, edge))
        picture += (rest - picture) * (1 - inside)[..., None]
    coarse = _meet(scene, view, view.slopes(_COARSE), scene.lift + slab.thick)
    tilts = _tilts(rng, scene, slab.material, coarse)
    light = on_top(scene, coarse[0], coarse[1], tilts)
    sheen = mirrored(scene, view, slab.material, coarse, tilts)
    if scene.sleeve is not None:
        film = waves(rng, scene.sleeve, *coarse)
        sheen = sheen * 0.5 + mirrored(scene, view, scene.sleeve, coarse, film) + light * np.float32(0.02)
    if scene.glow is not None:
        smudge = np.clip(fractal(rng, light.shape[:2], (60, 60), 4), 0, 3) * rng.uniform(0, 0.012)
        bands = _bands(rng, scene.glow, coarse, slab.size)
        picture *= _enlarged(bands, view)[..., None]
        bezel = (1 - inside)[..., None] * slab.face + np.float32(0.006)
        picture += _enlarged(light, view) * bezel + _enlarged(light * smudge[..., None] + sheen, view)
        return picture
    picture *= _enlarged(light, view)
    picture += _enlarged(sheen, view)
    return picture


def _within(inset: Inset, places: tuple[Float, Float], foot: float) -> Float:
    """The share of every photosite that an inset covers."""
    u, v = inset.pixels(*places)
    height, width = inset.texture.shape[:2]
    out = np.maximum(np.abs(u - np.float32(width / 2)) - width / 2, np.abs(v - np.float32(height / 2)) - height / 2)
    return np.asarray(np.clip(0.5 - out / np.float32(foot * inset.density), 0, 1), np.float32)


def _tilts(
    rng: np.random.Generator, scene: Scene, material: Material, places: tuple[Float, Float]
) -> tuple[Float, Float]:
    """Slopes of the face: its bend, its waviness and its bevelled rim."""
    slab, (x, y) = scene.slab, places
    sx, sy = waves(rng, material, x, y)
    if slab.bend.curl_mm or slab.bend.fold_mm:
        here = slab.bend.height(x, y)
        sx = sx + (slab.bend.height(x + 1, y) - here)
        sy = sy + (slab.bend.height(x, y + 1) - here)
    if slab.bevel:
        nx, ny = slab.outward(x, y)
        fall = np.float32(0.7) * ramp(slab.outside(x, y) + np.float32(slab.bevel / 2), slab.bevel)
        sx, sy = sx - fall * nx, sy - fall * ny
    return sx, sy


def _emitted(glow: Glow, inset: Inset, content: Float, places: tuple[Float, Float], ratio: float, blur: float) -> Float:
    """Radiance of a screen: its picture through its sub-pixels, each summed over the photosite that sees it."""
    size = glow.tile.shape[0]
    step = size / glow.cells
    u, v = inset.pixels(*places)
    fine = glow.tile
    if ratio > 6:
        return single(content * glow.white + glow.black)
    if ratio * step > 1:
        box = max(round(0.8 * ratio * step), 1)
        three = np.tile(fine, (3, 3, 1)) if box < size else np.tile(fine, (2 * (box // size) + 3,) * 2 + (1,))
        three = single(cv2.blur(three, (box, box)))
        if 0.6 * blur * ratio * step > 0.3:
            three = single(cv2.GaussianBlur(three, (0, 0), 0.6 * blur * ratio * step))
        at = (three.shape[0] // size // 2) * size
        fine = three[at : at + size, at : at + size]
    padded = np.asarray(np.pad(fine, ((0, 1), (0, 1), (0, 0)), mode="wrap"), np.float32)
    if padded.max() - padded.min() > 0.004:
        x, y = u / np.float32(glow.cells), v / np.float32(glow.cells)
        x, y = (x - np.floor(x)) * np.float32(size), (y - np.floor(y)) * np.float32(size)
        content = content * cv2.remap(padded, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(content * glow.white + glow.black, np.float32)


def _bands(rng: np.random.Generator, glow: Glow, places: tuple[Float, Float], size: tuple[float, float]) -> Float:
    """Brightness over a screen: its lean, and bands along the sensor's rows."""
    even = 1 + glow.lean[0] * places[0] / np.float32(size[0]) + glow.lean[1] * places[1] / np.float32(size[1])
    rows = np.arange(even.shape[0], dtype=np.float32)[:, None] / even.shape[0] / glow.bands[1] + rng.random()
    return np.asarray(np.clip(even, 0.2, 2) * (1 + glow.bands[0] * np.sin(2 * np.pi * rows)), np.float32)


def _table(rng: np.random.Generator, scene: Scene, view: View, slopes: tuple[Float, Float]) -> Float:
    ground = scene.ground
    density = ground.density / max(scene.scale**0.5, 1)
    x, y = view.hits(slopes, 0.0)
    cos, sin = np.float32(np.cos(ground.turn) * density), np.float32(np.sin(ground.turn) * density)
    pixels = x * cos + (y * sin + np.float32(ground.start[0])), y * cos - (x * sin - np.float32(ground.start[1]))
    haze = 0.3 + scene.lift * 0.012
    ratio = view.millimetres(0) * density
    picture = linear(sampled(ground.texture, pixels, ratio, haze, ground.border))
    coarse = view.hits(view.slopes(_COARSE), 0.0)
    light = on_table(scene, *coarse)
    picture *= _enlarged(light, view)
    if ground.gloss > 0.02:
        material = Material(0.04 * ground.gloss, ground.roughness, 0.02)
        sheen = mirrored(scene, view, material, coarse, waves(rng, material, *coarse))
        picture += _enlarged(sheen * np.clip(light.mean(axis=2, keepdims=True), 0.2, 1), view)
    return picture


def _side(scene: Scene, view: View, slopes: tuple[Float, Float], picture: Float, foot: float) -> None:
    """Paints the side wall into ``picture``: where a ray misses the face and meets the outline further down."""
    slab = scene.slab
    if slab.thick < 0.3:
        return
    low = view.hits(slopes, scene.lift)
    seen = np.clip(0.5 - slab.outside(*low) / np.float32(foot), 0, 1)
    coarse = view.hits(view.slopes(_COARSE), scene.lift)
    wall = on_side(scene, slab.outward(*coarse)) * slab.rim
    picture += (_enlarged(wall, view) - picture) * seen[..., None]
