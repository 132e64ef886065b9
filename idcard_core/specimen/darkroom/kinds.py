"""The three chains: a card before a camera, a print of a capture, and a screen that shows a capture."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from idcard_core.card import CARD_MM, Points
from idcard_core.specimen.brush import Matrix, between, chance, scaled
from idcard_core.specimen.darkroom.artwork import draw_face
from idcard_core.specimen.darkroom.camera import Camera, Scene, camera_of, expose
from idcard_core.specimen.darkroom.chain import Light, Plate, Tone, grain, lay, light_of
from idcard_core.specimen.darkroom.optics import View, look_at, rounded
from idcard_core.specimen.darkroom.page import Original, choose_sheet, print_sheet
from idcard_core.specimen.darkroom.panel import Panel, glass, interface, lattice
from idcard_core.specimen.darkroom.press import Press
from idcard_core.specimen.darkroom.stage import Thing, clutter, fingers, ground_of, lit, put, scaling, sleeve
from idcard_core.specimen.plane import CARD_QUAD, at

_RADIUS_MM = 3.18
_EARLIER = 100_000
"""Numbers of the cameras and scanners of earlier captures begin here: none of them takes a picture itself."""
Shot = tuple[Plate, Points, View]
"""A camera's picture, the card's quad on it, and the view."""


def shoot_card(rng: np.random.Generator, camera: Camera, width: float | None, scan: bool) -> Shot:
    """A card itself on a surface or on a scanner's glass."""
    view = look_at(rng, CARD_QUAD, scan, width)
    front = chance(rng, 0.6)
    density = float(np.clip(view.density * 1.1, 7, 15))
    face = _worn(rng, draw_face(rng, front, density), density)
    gloss = scaled(rng, 0.12, 1.2)
    edge = between(rng, 120, 245)
    thick = between(rng, 0.8, 1.0)
    outline = rounded(0, 0, *CARD_MM, _RADIUS_MM)
    thing = Thing(face, scaling(density), outline, thick, (edge, edge, edge), gloss)
    ground = _lid(rng, view) if scan else ground_of(rng, view)
    ground = ground if scan else clutter(rng, view, ground, CARD_QUAD)
    frame, top, shadow = put(rng, view, ground, thing)
    if not scan:
        frame = sleeve(rng, view, frame, CARD_QUAD) if chance(rng, 0.08) else frame
        frame = fingers(rng, view, frame, CARD_QUAD) if chance(rng, 0.2) else frame
    light = lit(rng, view, frame, (top, gloss, shadow), scan)
    if scan:
        light *= cv2.resize(shadow, view.size)[..., None]
    quad = at(CARD_QUAD, view.plane(thick))
    return expose(rng, camera, Scene(light, scanned=scan)), quad, view


def shoot_print(rng: np.random.Generator, camera: Camera, press: Press, scan: bool) -> tuple[Shot, str]:
    """A print of a capture on its sheet."""
    original = capture(rng)
    view = look_at(rng, CARD_QUAD, scan)
    sheet = choose_sheet(rng)
    thing, quad = print_sheet(rng, press, original, sheet, view)
    ground = _lid(rng, view) if scan else ground_of(rng, view)
    ground = ground if scan else clutter(rng, view, ground, thing.outline)
    frame, top, shadow = put(rng, view, ground, thing)
    if not scan:
        frame = sleeve(rng, view, frame, CARD_QUAD) if chance(rng, 0.05) else frame
        frame = (
            fingers(rng, view, frame, quad if sheet.cut == "cut" else _corners(thing.outline))
            if chance(rng, 0.25)
            else frame
        )
    light = lit(rng, view, frame, (top, thing.gloss, shadow), scan)
    picture = expose(rng, camera, Scene(light, scanned=scan))
    return (picture, at(quad, view.plane(thing.thick)), view), f"{press.kind}_{sheet.cut}"


def shoot_screen(rng: np.random.Generator, camera: Camera, panel: Panel) -> Shot:
    """A panel that shows a capture, before a camera."""
    original = capture(rng)
    width, height = panel.size
    if panel.kind == "phone" and chance(rng, 0.45):
        width, height = height, width
    shown, quad = interface(rng, (width, height), original, chance(rng, 0.25))
    shown = panel.tone.apply(shown)
    view = look_at(rng, quad * panel.pitch)
    thick = 8.0 if panel.kind in ("phone", "tablet") else 0.0
    place = cast(Matrix, view.plane(thick) @ np.diag([panel.pitch, panel.pitch, 1]))
    b = panel.bezel
    radius = between(rng, 3, 10) if panel.kind == "phone" else between(rng, 0.5, 4)
    outline = rounded(-b, -b, width * panel.pitch + b, height * panel.pitch + b, radius)
    body = Thing(np.full((8, 8, 3), panel.frame, np.uint8), np.eye(3), outline, thick, panel.frame, panel.gloss)
    frame, top, shadow = put(rng, view, clutter(rng, view, ground_of(rng, view), outline), body)
    area = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) * np.float32(panel.pitch)
    active = view.mask(area, thick)
    frame = lay(frame, np.full_like(frame, 28), active)
    frame = lay(
        frame,
        np.full_like(frame, 120),
        np.asarray(cv2.min(glass(rng, (top.shape[0], top.shape[1])), top) // 2, np.uint8),
    )
    if chance(rng, 0.12) and panel.kind in ("phone", "tablet"):
        frame = fingers(rng, view, frame, area)
    light = lit(rng, view, frame, (top, panel.gloss * between(rng, 0.1, 0.5), shadow), False)
    light *= np.float32(scaled(rng, 0.05, 1.0))
    field, u, v = lattice(panel, view, place, camera.lens.sigma * between(rng, 0.15, 0.8), between(rng, 0.15, 0.5))
    glow = _glow(rng, panel, shown, (u, v), view.density * panel.pitch)
    cover = active * np.float32(1 / 255)
    glow *= cv2.merge([cover] * 3)
    share = glow[..., 1] / (glow[..., 1] + light[..., 1] + np.float32(1e-4))
    light += glow
    field -= 1
    field *= cv2.merge([share] * 3)
    field += 1
    return expose(rng, camera, Scene(light, field)), at(quad, place), view


def screenshot(rng: np.random.Generator) -> tuple[Plate, Points, int]:
    """A picture of a card in an interface, as the device saves it; its quad and the longer side of the file."""
    original = capture(rng)
    tall = chance(rng, 0.6)
    size = (
        (int(between(rng, 720, 1200)), int(between(rng, 1400, 2300))) if tall else (int(between(rng, 1300, 2300)), 1000)
    )
    plate, quad = interface(rng, size, original, chance(rng, 0.15))
    wide = float(np.linalg.norm(quad[1] - quad[0]))
    low, high = np.maximum(quad.min(0) - 60, 0), np.minimum(quad.max(0) + 60, size)
    most = 2390 / max(size) if wide * 2390 / max(size) > 455 else 0.0
    if most == 0:
        x, y = int(between(rng, 0, low[0])), int(between(rng, 0, low[1]))
        end = (int(between(rng, high[0], size[0])), int(between(rng, high[1], size[1])))
        plate, quad = plate[y : end[1], x : end[0]], quad - np.array([x, y], np.float32)
        most = 2390 / max(plate.shape[:2])
    scale = float(np.clip(max(1.0, 460 / wide, 905 / max(plate.shape[:2])), 0, most))
    return plate, quad, round(max(plate.shape[:2]) * scale)


def capture(rng: np.random.Generator) -> Original:
    """An earlier picture of a card: a scan or a photograph, as taken or straightened and trimmed."""
    camera = camera_of(_EARLIER + int(rng.integers(10_320)))
    scan = chance(rng, 0.45)
    picture, quad, _ = shoot_card(rng, camera, scaled(rng, 560, 820), scan)
    if chance(rng, 0.5):
        dots = float(np.linalg.norm(quad[1] - quad[0])) / CARD_MM[0]
        margin = np.maximum(rng.normal(0, 1, 2) * scaled(rng, 0.2, 8), 0.02)
        size = (np.array(CARD_MM) + 2 * margin) * dots
        target = ((CARD_QUAD + margin) * dots + rng.normal(0, 2, (4, 2))).astype(np.float32)
        matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), target)
        picture = np.asarray(
            cv2.warpPerspective(picture, matrix, (int(size[0]), int(size[1])), borderMode=cv2.BORDER_REPLICATE),
            np.uint8,
        )
        quad = target
    else:
        turns = int(np.rint(np.arctan2(*(quad[1] - quad[0])[::-1]) / (np.pi / 2))) % 4 if chance(rng, 0.85) else 0
        for _ in range(turns):
            quad = np.stack([quad[:, 1], picture.shape[1] - 1 - quad[:, 0]], 1)
            picture = np.asarray(cv2.rotate(picture, cv2.ROTATE_90_COUNTERCLOCKWISE), np.uint8)
    return Original(picture, quad.astype(np.float32))


def _corners(outline: Points) -> Points:
    low, high = outline.min(0), outline.max(0)
    return np.array([low, (high[0], low[1]), high, (low[0], high[1])], np.float32)


def _lid(rng: np.random.Generator, view: View) -> Plate:
    """The frame full of a scanner's lid: white, grey, or black where it stood open; a dirty edge of the glass."""
    tone = float(rng.choice([between(rng, 225, 254), between(rng, 100, 200), between(rng, 3, 40)], p=[0.6, 0.2, 0.2]))
    frame = np.full((view.size[1], view.size[0], 3), tone, np.uint8)
    if chance(rng, 0.3):
        side = int(between(rng, 0.002, 0.04) * view.size[0])
        frame[:, -side - 1 :] = int(between(rng, 20, 200))
    return frame


def _worn(rng: np.random.Generator, face: Plate, density: float) -> Plate:
    """Scratches, rubbed places, the laminate's rim and a fading of the whole face."""
    height, width = face.shape[:2]
    mask, rim = np.zeros((height, width), np.uint8), np.zeros((height, width), np.uint8)
    for _ in range(int(rng.integers(0, 25)) if chance(rng, 0.5) else 0):
        start = rng.uniform(0, 1, 2) * (width, height)
        end = start + rng.normal(0, 8 * density, 2)
        ends = np.rint([start, end]).astype(np.int32)
        cv2.polylines(mask, [ends], False, (between(rng, 20, 130),), 1, cv2.LINE_AA)
    if chance(rng, 0.3):
        rubbed = grain(rng, (height, width), 3 * density)
        mask = np.maximum(mask, np.uint8(np.clip(rubbed - 1.6, 0, 1) * between(rng, 20, 110)))
    corners = np.rint(rounded(0, 0, width - 1, height - 1, _RADIUS_MM * density)).astype(np.int32)
    cv2.polylines(rim, [corners], True, (between(rng, 30, 200),), max(1, round(0.3 * density)), cv2.LINE_AA)
    face = lay(face, np.full_like(face, int(rng.choice([60, 190, 252]))), np.maximum(mask, rim))
    reach = (between(rng, 0, 0.3), between(rng, 0.65, 1.0)) if chance(rng, 0.25) else (between(rng, 0, 0.1), 0.95)
    fade = Tone(scaled(rng, 0.7, 1.4), between(rng, 0, 0.3), *reach)
    return fade.apply(face)


def _glow(rng: np.random.Generator, panel: Panel, shown: Plate, where: tuple[Light, Light], magnified: float) -> Light:
    """The panel's light at every pixel of the frame, without its lattice; ``magnified`` frame pixels a panel pixel."""
    u, v = where
    if magnified < 0.75:
        shrunk = cv2.resize(shown, None, fx=magnified * 1.2, fy=magnified * 1.2, interpolation=cv2.INTER_AREA)
        ratio = np.float32(shrunk.shape[1] / shown.shape[1])
        seen = cv2.remap(shrunk, u * ratio - 0.5, v * ratio - 0.5, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    else:
        method = cv2.INTER_NEAREST if magnified > 1.6 else cv2.INTER_LINEAR
        seen = cv2.remap(shown, u - 0.5, v - 0.5, method, borderMode=cv2.BORDER_REPLICATE)
    light = light_of(np.asarray(seen, np.uint8))
    light += np.float32(panel.leak)
    turn, fall = between(rng, 0, 2 * np.pi), between(rng, 0, 0.35)
    slope = (u / panel.size[0] - 0.5) * np.float32(np.cos(turn)) + (v / panel.size[1] - 0.5) * np.float32(np.sin(turn))
    strength = np.clip(1 + np.float32(fall) * slope, 0.2, 2)
    if chance(rng, 0.2):
        bands = np.sin(np.arange(light.shape[0], dtype=np.float32) * np.float32(2 * np.pi / scaled(rng, 60, 900)))
        strength = strength * (1 + np.float32(scaled(rng, 0.02, 0.25)) * bands[:, None])
    white = np.array(panel.white, np.float32) * np.float32(scaled(rng, 0.4, 1.6))
    light *= cast(Light, cv2.merge([strength * c for c in white]))
    return light
