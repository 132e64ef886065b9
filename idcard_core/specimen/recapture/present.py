"""Pictures of what is held before a camera: a card, a print of one or a screen with one, by devices that have numbers.

Whole devices can be kept out of training: a number names a screen, a printer or a camera for good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME, Image, Points
from idcard_core.specimen.camera import FRAME_CORNERS, Placement, aim, quarter_turns, transform
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.light import Gains, gain_map
from idcard_core.specimen.recapture.camera import as_sent, develop, make_camera
from idcard_core.specimen.recapture.grid import Grid, Plane
from idcard_core.specimen.recapture.prints import make_printer, paper, printed
from idcard_core.specimen.recapture.screens import interface, interference, lit_screen, make_screen
from idcard_core.specimen.shot import Ground, Light, Pose, ShadowKind
from idcard_core.specimen.textures import make_ground

TRAINING_DEVICES, DEVICES = 120, 160
"""Devices of each kind that networks may learn from; those from there up to the second number are kept out."""
GROUND_EDGE = 900
SCREENSHOT_SHARE = 0.12
"""Of pictures of screens: those that no camera took."""
SCAN_SHARE = 0.18
LONGEST_PX = 1500


class Presented(str, Enum):
    """What was before the camera."""

    GENUINE = "genuine"
    COPY = "copy"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True, eq=False)
class Presentation:
    """An encoded picture, the quad of the card on it (pixels), and what it truly shows."""

    jpeg: bytes
    quad: Points
    presented: Presented
    way: str
    """Which of the ways of its kind: ``scan``, ``screenshot``, ``grey_photo`` and so on."""
    glare: bool = False
    """Glare lies somewhere on the card, on a field or beside them."""

    @property
    def direction(self) -> int:
        """Quarter turns of the picture, counter-clockwise, against the upright card."""
        return quarter_turns(self.quad)


def present(
    rng: np.random.Generator,
    card: FlatCard,
    presented: Presented,
    devices: Sequence[int],
    other: FlatCard | None = None,
) -> Presentation:
    """A picture of ``card`` taken as ``presented``, by one of the numbered ``devices``.

    A page of a copy may have the ``other`` side of the card above or below.
    """
    number = int(devices[int(rng.integers(len(devices)))])
    card = replace(card, image=_aged(rng, card.image))
    if presented is Presented.SCREEN and rng.random() < SCREENSHOT_SHARE:
        return _screenshot(rng, card)
    scanned = presented is not Presented.SCREEN and rng.random() < SCAN_SHARE
    camera = make_camera(number, scanned)
    size, view, light = _stand(rng, scanned)
    grid = Grid.of(view, size, camera.blur + 0.1)
    gains = _full_size(gain_map(rng, light, _small(size)), size)[..., None]
    if presented is Presented.SCREEN:
        linear, way = _of_screen(rng, grid, card, number, gains)
    elif presented is Presented.COPY:
        linear, way = _of_copy(rng, grid, _page(rng, card, other), number, gains, scanned)
    else:
        linear, way = _of_card(rng, grid, card, gains, scanned)
    glare = bool(rng.random() < 0.25)
    if glare:
        linear = _with_glare(rng, linear, grid)
    picture = develop(rng, _out_of_focus(rng, linear), camera, light.balance)
    if presented is not Presented.SCREEN and rng.random() < 0.1:
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        picture, way = np.asarray(cv2.merge([grey, grey, grey]), np.uint8), f"grey_{way}"
    jpeg, share = as_sent(rng, picture, camera.quality)
    return Presentation(jpeg, transform(view, FRAME_CORNERS) * np.float32(share), presented, way, glare)


def _aged(rng: np.random.Generator, image: Image) -> Image:
    """The card in other colours: as printed by other hands, faded, yellowed, worn."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.float32)[..., None]
    colours = grey + (image.astype(np.float32) - grey) * np.float32(rng.uniform(0.35, 1.5))
    colours *= np.exp(rng.normal(0, 0.05, 3)).astype(np.float32)
    fade = float(rng.uniform(0, 0.3)) if rng.random() < 0.3 else 0.0
    colours = colours * np.float32((1 - fade) * rng.uniform(0.88, 1.06)) + np.float32(200 * fade)
    return np.asarray(colours.clip(0, 255), np.uint8)


def _stand(rng: np.random.Generator, scanned: bool) -> tuple[tuple[int, int], Plane, Light]:
    """The picture's size, card-frame units to its pixels, and the light."""
    card_px = float(np.exp(rng.uniform(np.log(430), np.log(0.92 * LONGEST_PX))))
    room = float(rng.uniform(1.02, 1.75) if rng.random() < 0.7 else rng.uniform(1.75, 3.0))
    wide = min(LONGEST_PX, int(card_px * room))
    size = (wide, max(int(card_px * 0.68), int(wide * rng.uniform(0.62, 0.85))))
    angle = float(rng.normal(0, 1 if scanned else 5))
    if rng.random() < 0.25:
        angle += 90.0 * int(rng.integers(1, 4))
    if 45 < angle % 180 < 135:
        size = (size[1], size[0])
    pose = Pose(
        angle=angle,
        tilt=0.0 if scanned else float(abs(rng.normal(0, 8))),
        azimuth=float(rng.uniform(0, 360)),
        distance=50.0 if scanned else float(rng.uniform(2.2, 7)),
        card_px=card_px,
        place=(float(rng.uniform(0.1, 0.9)), float(rng.uniform(0.1, 0.9))),
    )
    place = Placement()
    view = np.asarray(aim(pose, size, (place,), [FRAME_CORNERS]) @ place.to_plane)
    warm = float(rng.normal(0, 0.06))
    light = Light(
        exposure=1.0 if scanned else float(np.exp(rng.normal(-0.25, 0.3))),
        gradient=0.01 if scanned else float(rng.uniform(0, 0.4)),
        gradient_azimuth=float(rng.uniform(0, 360)),
        balance=(1 - warm, 1.0, 1 + warm),
        shadow=ShadowKind.SOFT if not scanned and rng.random() < 0.2 else ShadowKind.NONE,
    )
    return size, view, light


def _small(size: tuple[int, int]) -> tuple[int, int]:
    share = min(1.0, GROUND_EDGE / max(size))
    return max(8, round(size[0] * share)), max(8, round(size[1] * share))


def _full_size(gains: Gains, size: tuple[int, int]) -> Gains:
    return np.asarray(cv2.resize(gains.astype(np.float32), size, interpolation=cv2.INTER_LINEAR))


def _linear(image: Image) -> Plane:
    return np.asarray(cv2.LUT(image, (np.arange(256, dtype=np.float32) / 255) ** np.float32(2.2)), np.float32)


def _ground(rng: np.random.Generator, grid: Grid, kinds: Sequence[Ground]) -> Plane:
    ground = make_ground(rng, kinds[int(rng.integers(len(kinds)))], _small(grid.size))
    return _linear(np.asarray(cv2.resize(ground, grid.size, interpolation=cv2.INTER_LINEAR), np.uint8))


def _mixed(under: Plane, over: Plane, share: Plane) -> Plane:
    return np.asarray(under + (over - under) * share, np.float32)


def _laid(grid: Grid, card: FlatCard) -> tuple[Plane, Plane]:
    """The card's linear light under a light of 1 on the grid, and its outline (height, width, 1)."""
    scale = CARD_FRAME[0] / card.image.shape[1]
    image = grid.seen(card.image, (0, 0), scale, border=1)
    outline = grid.seen(card.alpha, (0, 0), scale).astype(np.float32) / 255
    return _linear(image), np.asarray(outline[..., None], np.float32)


def _cast_shadow(rng: np.random.Generator, grid: Grid, outline: Plane) -> Plane:
    reach = float(rng.uniform(1, 14)) / grid.units_a_pixel
    move = np.array([[1, 0, rng.uniform(-1, 1) * reach], [0, 1, rng.uniform(-1, 1) * reach]], np.float32)
    shadow = cv2.warpAffine(outline[:, :, 0], move, grid.size)
    return np.asarray(1 - np.float32(rng.uniform(0.1, 0.6)) * cv2.GaussianBlur(shadow, (0, 0), max(0.6, reach / 2)))[
        ..., None
    ]


def _of_card(rng: np.random.Generator, grid: Grid, card: FlatCard, gains: Gains, scanned: bool) -> tuple[Plane, str]:
    image, outline = _laid(grid, card)
    if scanned:
        ground = np.full_like(image, float(rng.uniform(0.8, 1.0)))
    elif rng.random() < 0.2:
        ground = paper(rng, grid.size)
    else:
        ground = _ground(rng, grid, tuple(Ground))
    ground = ground * _cast_shadow(rng, grid, outline)
    return np.asarray(_mixed(ground, image, outline) * gains, np.float32), "scan" if scanned else "photo"


def _of_copy(
    rng: np.random.Generator, grid: Grid, page: _Page, number: int, gains: Gains, scanned: bool
) -> tuple[Plane, str]:
    printer = make_printer(number)
    corner = (-page.corner[0] * page.scale, -page.corner[1] * page.scale)
    ink = printed(rng, grid, printer, page.image, (corner, page.scale))
    sheet: Plane = paper(rng, grid.size) * ink
    cut_out = rng.random() < 0.35
    if cut_out:
        rim = float(rng.uniform(0, 30))
        inside = grid.inside(-rim, -rim, CARD_FRAME[0] + rim, CARD_FRAME[1] + rim)[..., None]
        ground = _ground(rng, grid, tuple(Ground)) * _cast_shadow(rng, grid, inside)
        sheet = _mixed(ground, sheet, inside)
    way = ("colour" if printer.colour else "grey") + ("_cut_out" if cut_out else "_page") + ("_scan" if scanned else "")
    return np.asarray(sheet * gains, np.float32), way


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """What is printed: where the card's top left stands on it, pixels, and the card-frame units of a pixel."""

    image: Image
    corner: tuple[int, int]
    scale: float


def _page(rng: np.random.Generator, card: FlatCard, other: FlatCard | None) -> _Page:
    """The card as a scanner saw it, among white, with its ``other`` side above or below where that is given."""
    height, width = card.image.shape[:2]
    rim_x, rim_y = int(0.4 * width), int(0.5 * width)
    white = int(rng.integers(236, 256))
    page = np.full((height + 2 * rim_y, width + 2 * rim_x, 3), white, np.uint8)
    edges = _Edges(
        shadow=float(rng.uniform(0.15, 0.7)) if rng.random() < 0.5 else 0.0,
        softness=float(rng.uniform(1, 5)),
        tone=int(rng.integers(120, 225)),
        backing=int(rng.integers(60, 230)) if rng.random() < 0.3 else None,
    )
    if other is not None:
        image = np.asarray(cv2.resize(other.image, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
        alpha = np.asarray(cv2.resize(other.alpha, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
        shown = int(rng.uniform(0.3, 0.9) * rim_y)
        pair = np.full((height + 6, width + 6, 3), white, np.uint8)
        _copied(pair, image, alpha, (3, 3), edges)
        across = rim_x - 3 + int(np.clip(rng.normal(0, 0.03) * width, -rim_x + 4, rim_x - 4))
        if rng.random() < 0.5:
            page[:shown, across : across + width + 6] = pair[-shown:]
        else:
            page[-shown:, across : across + width + 6] = pair[:shown]
    _copied(page, card.image, card.alpha, (rim_x, rim_y), edges)
    return _Page(page, (rim_x, rim_y), CARD_FRAME[0] / width)


@dataclass(frozen=True, slots=True)
class _Edges:
    """What a copier leaves along a card's edges."""

    shadow: float
    """How dark its lamp's shadow is; 0 where there is none."""
    softness: float
    tone: int
    backing: int | None
    """The grey around the rounded corners, of a card copied on something."""


def _copied(page: Image, image: Image, alpha: Image, corner: tuple[int, int], edges: _Edges) -> None:
    """Lay a card's ``image`` on ``page`` at ``corner``, which has 3 pixels of room around it."""
    (x, y), (height, width) = corner, image.shape[:2]
    part = page[y : y + height, x : x + width]
    outline = alpha.astype(np.float32)[..., None] / 255
    if edges.shadow:
        soft = cv2.GaussianBlur(255 - alpha, (0, 0), edges.softness)
        dark = np.float32(edges.shadow) * (1 - soft.astype(np.float32) / 255)[..., None]
        page[y - 3 : y + height + 3, x - 3 : x + width + 3] = edges.tone
        part[:] = (part * (1 - dark * 0.2)).astype(np.uint8)
    part[:] = (part * (1 - outline) + image * outline).astype(np.uint8)
    if edges.backing is not None:
        part[:] = np.where(outline > 0.5, part, edges.backing)


def _of_screen(rng: np.random.Generator, grid: Grid, card: FlatCard, number: int, gains: Gains) -> tuple[Plane, str]:
    screen = make_screen(number)
    shown, corner = _first_picture(rng, card, screen.across)
    pitch = CARD_FRAME[0] / screen.across
    light, outline = lit_screen(rng, grid, screen, shown, (-corner[0] * pitch, -corner[1] * pitch))
    if rng.random() < 0.35:
        light = light * interference(rng, grid.size)
    room = float(rng.uniform(0.02, 0.7))
    around = _ground(rng, grid, tuple(Ground)) * np.float32(room) * gains
    frame = np.float32(rng.uniform(0.0, 0.05) if rng.random() < 0.8 else rng.uniform(0.3, 0.8)) * np.float32(room)
    wide = max(1, int(rng.uniform(5, 70) / grid.units_a_pixel))
    rim = np.asarray(cv2.dilate(outline, np.ones((3, 3), np.uint8), iterations=wide), np.float32)
    around = _mixed(around, np.full_like(around, frame), rim[..., None])
    brightness = np.float32(np.exp(rng.normal(-0.1, 0.25)))
    uneven = 1 + (gains - gains.mean()) * np.float32(0.4)
    mirrored = np.float32(screen.glossy * room) * gains
    lit = light * brightness * uneven + mirrored
    return _mixed(around, np.asarray(lit, np.float32), outline[..., None]), screen.subpixels.value


def _first_picture(rng: np.random.Generator, card: FlatCard, across: float) -> tuple[Image, tuple[float, float]]:
    """The picture that a screen shows, the card ``across`` pixels wide on it; and where the card's corner stands."""
    widest = 0.3 if rng.random() < 0.5 else 0.06
    beside, above = (float(rng.uniform(0.0, widest)) * across for _ in range(2))
    height = across * CARD_FRAME[1] / CARD_FRAME[0]
    size = (max(40, round(across + 2 * beside)), max(30, round(height + 2 * above)))
    ground = make_ground(rng, tuple(Ground)[int(rng.integers(len(Ground)))], size)
    scale = across / card.image.shape[1]
    if scale < 0.8:
        small = (max(8, round(across)), max(8, round(height)))
        image = np.asarray(cv2.resize(card.image, small, interpolation=cv2.INTER_AREA), np.uint8)
        alpha = np.asarray(cv2.resize(card.alpha, small, interpolation=cv2.INTER_AREA), np.uint8)
    else:
        image, alpha = card.image, card.alpha
    scale = across / image.shape[1]
    move = np.array([[scale, 0, beside], [0, scale, above]], np.float32)
    warped = cv2.warpAffine(image, move, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    share = cv2.warpAffine(alpha, move, size, flags=cv2.INTER_LINEAR).astype(np.float32)[..., None] / 255
    picture = (ground * (1 - share) + warped * share) * np.float32(rng.uniform(0.75, 1.05))
    picture = np.asarray(picture.clip(0, 255), np.uint8)
    if rng.random() < 0.7:
        quality = int(rng.integers(60, 96))
        encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        picture = np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), np.uint8)
    return picture, (beside, above)


def _screenshot(rng: np.random.Generator, card: FlatCard) -> Presentation:
    """The picture of a screen that no camera took: the first picture among bars and buttons."""
    screen = make_screen(int(rng.integers(DEVICES)))
    screen = replace(screen, phone=rng.random() < 0.7)
    across = float(rng.uniform(480, 1300))
    shown, corner = _first_picture(rng, card, across)
    canvas, (left, top) = interface(rng, shown, screen)
    quality = int(rng.integers(70, 100))
    jpeg = cv2.imencode(".jpg", canvas, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
    scale = across / CARD_FRAME[0]
    quad = FRAME_CORNERS * np.float32(scale) + np.array([corner[0] + left, corner[1] + top], np.float32)
    return Presentation(jpeg, np.asarray(quad, np.float32), Presented.SCREEN, "screenshot")


def _with_glare(rng: np.random.Generator, linear: Plane, grid: Grid) -> Plane:
    centre = rng.uniform(0, 1, 2) * CARD_FRAME
    radius = float(rng.uniform(40, 160))
    away = ((grid.u - centre[0]) ** 2 + (grid.v - centre[1]) ** 2) / np.float32(radius**2)
    return np.asarray(linear + np.float32(rng.uniform(0.2, 1.5)) * np.exp(-away * 1.5)[..., None], np.float32)


def _out_of_focus(rng: np.random.Generator, linear: Plane) -> Plane:
    if rng.random() < 0.7:
        return linear
    return np.asarray(cv2.GaussianBlur(linear, (0, 0), float(rng.uniform(0.3, 1.8))), np.float32)
