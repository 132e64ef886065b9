"""What can be laid before the camera: a card, a print of a card, a screen that shows one."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from idcard_core.card import CARD_CORNER_MM, CARD_MM, Image, Points
from idcard_core.specimen.rendered.fields import Float, colour, linear, log_uniform, single
from idcard_core.specimen.rendered.lettering import annotated, page
from idcard_core.specimen.rendered.prints import Printer, printed
from idcard_core.specimen.rendered.scene import Bend, Inset, Material, Slab
from idcard_core.specimen.rendered.screens import Panel, showing
from idcard_core.specimen.rendered.straight import outline, straightened

A4_MM = (210.0, 297.0)


def _tone(rng: np.random.Generator, hue: float, saturation: float, value: float) -> Float:
    """A linear colour near another one."""
    return single(linear(np.asarray(colour(rng, hue, saturation, value)[None, None] * 255, np.uint8))[0, 0])


def card(rng: np.random.Generator, art: Image, density: float) -> Slab:
    """The card itself; ``art`` has ``density`` pixels a millimetre."""
    return Slab(
        size=CARD_MM,
        radius=CARD_CORNER_MM * float(rng.uniform(0.9, 1.1)),
        thick=float(rng.uniform(0.76, 1.0)),
        quad=outline(),
        inset=Inset(art, density),
        material=Material(
            0.045 * float(rng.uniform(0.5, 1.2)),
            float(rng.uniform(0.05, 0.6)),
            log_uniform(rng, 0.001, 0.012),
            float(rng.uniform(8, 30)),
        ),
        face=single([0.8, 0.8, 0.8]),
        rim=_tone(rng, 0.15, 0.03, float(rng.uniform(0.6, 0.95))),
        bend=Bend(float(rng.choice([0, np.pi / 2])), float(rng.choice([0.0, rng.normal(0, 0.5)])), reach_mm=43),
        bevel=float(rng.uniform(0.1, 0.35)),
    )


def scan_of(rng: np.random.Generator, art: Image, density: float) -> tuple[Image, Points]:
    """What a copier's glass sees of a card, rounded and with its shadow on the lid, and the card's corners in it."""
    rim = round(density * 7)
    height, width = art.shape[:2]
    lid = np.empty((height + 2 * rim, width + 2 * rim, 3), np.float32)
    lid[:] = float(rng.choice([250, 250, 235, 190, 25]))
    mask = np.zeros(lid.shape[:2], np.float32)
    round_, ends = round(CARD_CORNER_MM * density), (rim, rim, rim + width, rim + height)
    cv2.rectangle(mask, (ends[0] + round_, ends[1]), (ends[2] - round_, ends[3] - 1), 1, -1)
    cv2.rectangle(mask, (ends[0], ends[1] + round_), (ends[2] - 1, ends[3] - round_), 1, -1)
    for x in (ends[0] + round_, ends[2] - round_ - 1):
        for y in (ends[1] + round_, ends[3] - round_ - 1):
            cv2.circle(mask, (x, y), round_, [1.0], -1)
    soft = cv2.GaussianBlur(mask, (0, 0), float(rng.uniform(0.1, 0.8)) * density)
    move = np.roll(soft, [int(v) for v in rng.normal(0, 0.4 * density, 2)], (0, 1))
    lid *= (1 - float(rng.uniform(0, 0.5)) * move)[..., None]
    inner = lid[rim : rim + height, rim : rim + width]
    inner += (art - inner) * mask[rim : rim + height, rim : rim + width, None]
    middle = single([lid.shape[1] / 2, lid.shape[0] / 2])
    return np.asarray(np.clip(lid, 0, 255), np.uint8), outline((width, height)) + middle


def sheet(
    rng: np.random.Generator, printer: Printer, source: tuple[Image, Points], density: float, other: Callable[[], Image]
) -> tuple[Slab, str]:
    """A print of ``source`` (picture and card's corners), cut out or on a page; ``other`` draws the other side."""
    margin = float(rng.choice([rng.uniform(0, 1), rng.uniform(0, 7), rng.uniform(7, 28)], p=[0.3, 0.4, 0.3]))
    scale = 1.0 if rng.random() < 0.75 else float(rng.uniform(0.75, 1.5))
    straight = straightened(*source, density, margin, whole=rng.random() < 0.6)
    warm = float(rng.normal(0, 0.02))
    paper = np.clip(single([0.95 - warm, 0.95, 0.95 + warm]) * np.float32(rng.uniform(0.9, 1.03)), 0, 1)
    if rng.random() < 0.04:
        paper = colour(rng, float(rng.random()), 0.2, 0.9)
    inset_picture, quad = straight
    ink = printed(rng, printer, inset_picture, density / scale, paper)
    quad = (quad - single([ink.shape[1] / 2, ink.shape[0] / 2])) / np.float32(density) * np.float32(scale)
    white = linear(np.asarray(paper[None, None] * 255, np.uint8))[0, 0]
    material = (
        Material(0.045, float(rng.uniform(0.05, 0.3)), log_uniform(rng, 0.002, 0.02), float(rng.uniform(4, 40)))
        if printer.glossy
        else Material(0.04, float(rng.uniform(0.45, 0.95)), log_uniform(rng, 0.004, 0.03), float(rng.uniform(4, 40)))
    )
    thick = float(rng.uniform(0.18, 0.3) if printer.glossy else rng.uniform(0.08, 0.16))
    turn, fold = float(rng.uniform(0, np.pi)), 0.0 if rng.random() < 0.8 else float(rng.uniform(0.3, 2.5))
    at = float(rng.uniform(-0.5, 0.5))
    if rng.random() < 0.5:
        rim = float(rng.choice([rng.uniform(-0.2, 0.3), rng.uniform(0.3, 4), rng.uniform(0.3, max(margin, 4))]))
        size = (CARD_MM[0] * scale + 2 * rim, CARD_MM[1] * scale + 2 * rim)
        skew = float(rng.normal(0, 0.012 if rng.random() < 0.8 else 0.04)) * min(1.0, 0.3 + abs(rim))
        inset = Inset(ink, density / scale, tuple(float(v) for v in rng.normal(0, 0.15 + 0.2 * abs(rim), 2)), skew)  # type: ignore[arg-type]
        curl = float(rng.choice([0.0, abs(rng.normal(0, 1.2)), abs(rng.normal(0, 3.5))], p=[0.4, 0.35, 0.25]))
        bend = Bend(turn, curl, fold, at, max(size) / 2)
        radius = CARD_CORNER_MM * scale if rng.random() < 0.4 and rim < 1 else float(rng.uniform(0, 0.4))
        slab = Slab(
            size,
            radius,
            thick,
            inset.places(_pixels(inset, quad)),
            inset,
            material,
            white,
            white * np.float32(0.9),
            None,
            bend,
            0.0,
        )
        return slab, f"{printer.kind}_cut"
    size = A4_MM if rng.random() < 0.75 else A4_MM[::-1]
    room = (size[0] - CARD_MM[0] * scale) / 2 - 2, (size[1] - CARD_MM[1] * scale) / 2 - 2
    centre = tuple(float(v) for v in rng.uniform(-0.95, 0.95, 2) * np.array(room))
    inset = Inset(ink, density / scale, centre, float(rng.normal(0, 0.02)))  # type: ignore[arg-type]
    base = page(rng, (round(size[1] * 3.5), round(size[0] * 3.5)), 3.5, blank=0.7)
    if rng.random() < 0.5:
        base = np.asarray(np.clip(np.broadcast_to(paper * 255, base.shape) * (base / base.max()), 0, 255), np.uint8)
    if rng.random() < 0.4:
        _second(rng, base, printer, other(), centre, scale)  # type: ignore[arg-type]
    if rng.random() < 0.3:
        base = annotated(rng, base, 3.5)
    bend = Bend(turn, float(rng.choice([0.0, abs(rng.normal(0, 4))])), fold * 2, at, max(size) / 2)
    quad_mm = inset.places(_pixels(inset, quad))
    slab = Slab(size, 0.2, thick, quad_mm, inset, material, white, white, Inset(base, 3.5), bend, 0.0)
    return slab, f"{printer.kind}_page"


def _pixels(inset: Inset, quad: Points) -> Points:
    """Pixels of an inset's texture, of points in millimetres from its own middle."""
    middle = single([inset.texture.shape[1] / 2, inset.texture.shape[0] / 2])
    return np.asarray(quad * np.float32(inset.density) + middle, np.float32)


def _second(
    rng: np.random.Generator, base: Image, printer: Printer, other: Image, centre: tuple[float, float], scale: float
) -> None:
    """The card's other side above or below the first on the same page."""
    step = CARD_MM[1] * scale * float(rng.uniform(1.15, 1.8))
    small = cv2.resize(other, (round(CARD_MM[0] * scale * 3.5), round(CARD_MM[1] * scale * 3.5)), interpolation=3)
    if not printer.colour:
        small = cv2.cvtColor(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    for sign in (1, -1):
        left = round(centre[0] * 3.5 + base.shape[1] / 2 - small.shape[1] / 2)
        top = round((centre[1] + sign * step) * 3.5 + base.shape[0] / 2 - small.shape[0] / 2)
        if min(left, top) >= 0 and top + small.shape[0] <= base.shape[0] and left + small.shape[1] <= base.shape[1]:
            base[top : top + small.shape[0], left : left + small.shape[1]] = small
            return


def screen(rng: np.random.Generator, panel: Panel, photo: tuple[Image, Points]) -> Slab:
    """The screen with ``photo`` (a picture and the card's corners in it) on it."""
    canvas, quad = showing(rng, panel, *photo)
    inset = Inset(canvas, 1 / panel.pitch)
    size = (canvas.shape[1] * panel.pitch + 2 * panel.bezel, canvas.shape[0] * panel.pitch + 2 * panel.bezel)
    dark = single([panel.shade] * 3)
    return Slab(
        size=size,
        radius=panel.radius,
        thick=8.0,
        quad=inset.places(quad),
        inset=inset,
        material=Material(panel.mirror, panel.roughness, float(rng.uniform(0, 0.0008)), 30.0),
        face=dark,
        rim=np.clip(dark * 2, 0, 0.8),
        bevel=0.6,
    )
