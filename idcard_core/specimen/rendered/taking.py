"""Takes one picture: presents something, lights it, photographs or scans it, and packs the file."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from idcard_core.card import CARD_CORNER_MM, CARD_MM, Image, Points, Side
from idcard_core.specimen.people import make_person
from idcard_core.specimen.presented import Presented, Taken
from idcard_core.specimen.rendered.art import draw
from idcard_core.specimen.rendered.camera import Camera, blurred, camera_of, exposed, finished, scanned, sensed, sent
from idcard_core.specimen.rendered.fields import Float, linear, log_uniform, single
from idcard_core.specimen.rendered.fingers import Finger
from idcard_core.specimen.rendered.framing import Aim, aim
from idcard_core.specimen.rendered.grounds import Ground, lay
from idcard_core.specimen.rendered.light import Blocker, Glow, Scene
from idcard_core.specimen.rendered.prints import dulled, printed, printer_of
from idcard_core.specimen.rendered.render import corners, render
from idcard_core.specimen.rendered.room import SIDE, Light, Room, furnish
from idcard_core.specimen.rendered.scene import Bend, Material, Slab, View
from idcard_core.specimen.rendered.screens import glow, panel_of, showing
from idcard_core.specimen.rendered.things import card, scan_of, screen, sheet
from idcard_core.specimen.rendered.wallet import in_wallet

_MOST_PHOTOSITES = 1.5e6
_WALLET_SHARE = {Presented.GENUINE: 0.08, Presented.COPY: 0.03}
"""Of cards, and of prints, which are cut out along the card for it."""
_DULL_SHARE = 0.4
"""Of prints: in colours, without a raster that a camera sees."""
_Shot = tuple[Image, Points]
"""A picture and the card's corners in it."""


def take(rng: np.random.Generator, presented: Presented, number: int) -> Taken:
    """One picture of ``presented`` with device ``number`` (0 to 159), whose properties never change."""
    camera = camera_of(number)
    framing = aim(rng, 2000)
    if presented is Presented.SCREEN and rng.random() < 0.12:
        shot, way = _screenshot(rng, number, framing), "screenshot"
    else:
        light, slab, way = _presented(rng, presented, number, framing)
        if light is None and rng.random() < 0.15:
            shot, way = _scan(rng, slab, framing), f"{way}_scanned"
        else:
            shot, ground = _photograph(rng, slab, light, camera, framing)
            way = f"{way}_on_{ground}"
    size = _final(shot, framing)
    picture = finished(rng, shot[0], size, camera)
    quad = shot[1] * single([size[0] / shot[0].shape[1], size[1] / shot[0].shape[0]])
    jpeg, factor = sent(rng, picture, camera, 400 / float(np.linalg.norm(quad[1] - quad[0])))
    return Taken(jpeg, np.asarray(quad * np.float32(factor), np.float32), presented, way)


def _final(shot: _Shot, framing: Aim) -> tuple[int, int]:
    """Width and height of the finished picture, whose card is about as wide as wished."""
    height, width = shot[0].shape[:2]
    card_width = float(np.linalg.norm(shot[1][1] - shot[1][0]))
    longest = max(framing.longest, 400 / card_width * max(height, width))
    factor = min(framing.width / card_width, longest / max(height, width), 2600 / max(height, width))
    return max(round(width * factor), 8), max(round(height * factor), 8)


def _presented(
    rng: np.random.Generator, presented: Presented, number: int, framing: Aim
) -> tuple[Glow | None, Slab, str]:
    """The thing, and the light it gives if it is a screen."""
    density = float(np.clip(framing.width / CARD_MM[0] * 1.25, 6, 14))
    if rng.random() < _WALLET_SHARE.get(presented, 0.0):
        return _kept(rng, presented, number, density)
    if presented is Presented.GENUINE:
        return None, card(rng, _art(rng, density), density), "card"
    if presented is Presented.COPY:
        printer, apart = printer_of(number), rng.spawn(1)[0]  # so that a seed without dull prints draws as before
        if apart.random() < _DULL_SHARE:
            printer = dulled(apart, printer)
        source = _source(rng, min(density, 12))
        fine = float(np.clip(framing.width / CARD_MM[0] * 1.6, 8, 15))
        slab, way = sheet(rng, printer, source, fine, lambda: _art(rng, 4))
        return None, slab, way
    panel = panel_of(number)
    slab = screen(rng, panel, _source(rng, 8.0, scans=0.15))
    return glow(rng, panel), slab, f"{panel.kind}_{'oled' if panel.layout in ('pentile', 'delta') else 'lcd'}"


def _kept(rng: np.random.Generator, presented: Presented, number: int, density: float) -> tuple[None, Slab, str]:
    """A card or a print of one, in a wallet."""
    face, radius = _art(rng, density), CARD_CORNER_MM
    if presented is Presented.COPY:
        paper = np.clip(single([0.95, 0.95, 0.95]) * np.float32(rng.uniform(0.9, 1.03)), 0, 1)
        face = printed(rng, printer_of(number), face, density, single(paper))
        radius = float(rng.uniform(0, CARD_CORNER_MM))
    return None, in_wallet(rng, face, density, radius), f"{presented.value}_in_wallet"


def _art(rng: np.random.Generator, density: float) -> Image:
    """One side of somebody's card."""
    side = Side.FRONT if rng.random() < 0.55 else Side.BACK
    return draw(rng, make_person(rng, None), side, density)


def _source(rng: np.random.Generator, density: float, scans: float = 0.55) -> _Shot:
    """The picture of a genuine card that is printed or shown: a scan, or another telephone's photograph."""
    art = _art(rng, density)
    if rng.random() < scans:
        return scan_of(rng, art, density)
    other = camera_of(int(rng.integers(1 << 30)) + 1000)
    framing = aim(rng, density * CARD_MM[0])
    framing = replace(framing, longest=1000, width=max(framing.width, 0.7 * density * CARD_MM[0]))
    shot, _ = _photograph(rng, card(rng, art, density), None, replace(other, photosites=1.0), framing)
    return finished(rng, shot[0], (shot[0].shape[1], shot[0].shape[0]), other), shot[1]


def _staged(rng: np.random.Generator, slab: Slab, light: Glow | None, framing: Aim) -> Scene:
    """The thing on a table or in a hand, in some room."""
    scale = float(np.linalg.norm(slab.quad[1] - slab.quad[0])) / CARD_MM[0]
    big = max(slab.size) > 180
    held = not big and rng.random() < 0.22
    lift = log_uniform(rng, 40, 250) if held else 0.0
    if light is not None and big:
        lift = float(rng.uniform(100, 400))
    blocker = None
    if rng.random() < 0.3:
        at = (rng.uniform(-60, 60, 2) * scale + slab.quad.mean(axis=0)).tolist()
        half = (float(rng.uniform(20, 90)) * scale, float(rng.uniform(20, 90)) * scale)
        height = log_uniform(rng, 40, 300) * scale
        blocker = Blocker((at[0], at[1]), half, float(rng.uniform(0, np.pi)), height, float(rng.uniform(0.4, 1)))
    sleeve = None
    if light is None and rng.random() < 0.08:
        sleeve = Material(0.045, float(rng.uniform(0.02, 0.3)), log_uniform(rng, 0.01, 0.08), float(rng.uniform(8, 40)))
    fingers: tuple[Finger, ...] = ()
    if held or (not big and rng.random() < 0.06):
        fingers = _hand(rng, slab)
    room = furnish(rng, framing.eye)
    return Scene(slab, lay(rng), room, lift, blocker, fingers, sleeve, light, scale)


def _hand(rng: np.random.Generator, slab: Slab) -> tuple[Finger, ...]:
    """Fingers that reach some millimetres over the thing's edge, of one hand or of two."""
    half = np.array(slab.size) / 2
    base = linear(np.full((1, 1, 3), (140, 160, 200), np.uint8))[0, 0] * np.exp(rng.normal(0, 0.06, 3))
    base = base * np.exp(rng.normal(0, 0.3))
    sides = rng.permutation([(1, 0), (-1, 0), (0, 1), (0, -1)])
    fingers = []
    for index in range(int(rng.integers(1, 4))):
        side = sides[0] if index and rng.random() < 0.5 else sides[index]
        along = side[::-1] * rng.uniform(-0.9, 0.9) * half
        radius = float(rng.uniform(6.5, 10.5))
        tip = along + side * (half + radius - rng.uniform(3, 11))
        wrist = side * (half + 95) + side[::-1] * rng.normal(0, 25)
        root = tip + (wrist - tip) * 90 / np.linalg.norm(wrist - tip)
        skin = (float(base[0]), float(base[1]), float(base[2]))
        fingers.append(Finger((root[0], root[1]), (tip[0], tip[1]), radius, skin, bool(rng.random() < 0.6)))
    return tuple(fingers)


def _photograph(
    rng: np.random.Generator, slab: Slab, light: Glow | None, camera: Camera, framing: Aim
) -> tuple[_Shot, str]:
    """The thing through a camera, at the sensor's own size, and the name of the ground."""
    scene = _staged(rng, slab, light, framing)
    space = corners(scene)
    final = framing.at(space)
    factor = min(camera.photosites, max((_MOST_PHOTOSITES / (final.size[0] * final.size[1])) ** 0.5, 0.7))
    view = final.scaled(factor)
    mild = float(abs(rng.normal(0, 0.35))) if rng.random() < 0.8 else float(rng.uniform(0.6, 2.2))
    sharp = camera.blur + mild * factor
    radiance = render(rng, scene, view, 0.6 * min(sharp, 1.5))
    radiance = _defocused(rng, scene, view, radiance, sharp, camera)
    white = scene.room.sky + sum((lamp.power for lamp in scene.room.lights), np.zeros(3, np.float32))
    if light is not None:
        white = white * 0.5 + light.white * np.float32(rng.uniform(0.2, 1.5))
    dim = float(np.clip(np.exp(rng.normal(0.3, 0.8)), 0.3, 8))
    exposure = exposed(rng, radiance)
    pixels = sensed(rng, exposure, np.asarray(white, np.float32), camera, dim)
    return (pixels, view.project(space)), scene.ground.name


def _defocused(rng: np.random.Generator, scene: Scene, view: View, light: Float, sharp: float, camera: Camera) -> Float:
    """``light`` through the lens, softer away from the plane of focus where the thing is tilted."""
    slopes = view.slopes(16)
    x, y = view.hits(slopes, scene.lift + scene.slab.thick)
    depth = (x - view.eye[0]) * view.turn[2, 0] + (y - view.eye[1]) * view.turn[2, 1]
    depth = depth + (scene.lift - view.eye[2]) * view.turn[2, 2]
    focus = float(depth.mean()) * float(np.exp(rng.normal(0, 0.02)))
    circle = camera.aperture * np.abs(1 - focus / np.maximum(depth, 1)) * view.focal * 0.004
    most = float(np.percentile(circle, 98))
    if most < 0.4:
        return blurred(light, sharp, sharp, None)
    share = np.clip(circle / most, 0, 1).astype(np.float32)
    whole = cv2.resize(share, (light.shape[1], light.shape[0]), interpolation=cv2.INTER_LINEAR)
    return blurred(light, sharp, float(np.hypot(sharp, min(most, 4.0))), np.asarray(whole, np.float32))


def _scan(rng: np.random.Generator, slab: Slab, framing: Aim) -> _Shot:
    """The thing on a flatbed scanner: seen from straight ahead, lit by a moving bar from one side."""
    around = float(rng.choice([np.pi / 2, -np.pi / 2, 0.0]))
    bar = Light(
        single([0.6 * np.cos(around), 0.6 * np.sin(around), 0.8]),
        1000.0,
        (0.35, 0.08),
        around,
        np.full(3, rng.uniform(0.4, 0.8), np.float32),
    )
    sky = np.float32(1) - bar.power
    mirror = np.full((SIDE, SIDE, 3), 0.15, np.float32)
    tone = int(rng.choice([252, 240, 190, 120, 20]))
    lid = Ground("lid", np.full((64, 64, 3), tone, np.uint8), 1.0, 0.0, 1.0)
    slab = replace(slab, bend=Bend(0.0, 0.0))
    scene = Scene(slab, lid, Room((bar,), sky, mirror), scale=1.0)
    space = corners(scene)
    margins = tuple(float(v) for v in rng.uniform(0, rng.choice([0.02, 0.6]), 4))
    straight = replace(framing, tilt=0.0, near=25.0, margins=margins)  # type: ignore[arg-type]
    view = straight.at(space)
    radiance = render(rng, scene, view, float(rng.uniform(0.3, 0.7)))
    return scanned(rng, radiance), view.project(space)


def _screenshot(rng: np.random.Generator, number: int, framing: Aim) -> _Shot:
    """What stands on the screen, without any camera: all of it, or now and then cropped around the card.

    Of what is cropped nothing may be left but the photograph that was shown, which nobody could tell from a card.
    """
    canvas, quad = showing(rng, panel_of(number), *_source(rng, 9.0, scans=0.2))
    if rng.random() < 0.1:
        low, high = quad.min(axis=0), quad.max(axis=0)
        pad = (high - low).max() * np.array(framing.margins)
        low = np.maximum(low - pad[:2] - 2, 0).astype(int)
        high = np.minimum(high + pad[2:] + 2, canvas.shape[1::-1]).astype(int)
        canvas, quad = canvas[low[1] : high[1], low[0] : high[0]], quad - low.astype(np.float32)
    return np.ascontiguousarray(canvas), np.asarray(quad, np.float32)
