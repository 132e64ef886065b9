"""Photographs flat cards: pose, ground, light, lens and sensor, and where everything ended up in the picture.

The work grows with the pixels of the picture and of the cards in it: grounds and light are made at no more than
``_GROUND_EDGE`` pixels and enlarged, cards are warped only inside the box around them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME, FieldName, Image, Points, Side
from idcard_core.specimen import sensor as camera_sensor
from idcard_core.specimen.camera import FRAME_CORNERS, Homography, aim, arrange, quarter_turns, transform
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.lettering import LineKind
from idcard_core.specimen.light import Gains, clearance, gain_map, glare_map
from idcard_core.specimen.shot import Shot
from idcard_core.specimen.textures import make_ground

_GROUND_EDGE = 1600
"""Longest edge, in pixels, that grounds and light are made at."""
_EM_SHARE = 33.0 / CARD_FRAME[0]
"""A character's em as a share of the card's width."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacedCard:
    """One card as it stands in the picture; points in picture pixels, corners clockwise from its own top left."""

    side: Side
    corners: Points
    quarter_turns: int
    fields: Mapping[FieldName, str]
    quads: Mapping[FieldName, Points]
    portrait: Points | None
    marks: tuple[str, ...]
    covered: tuple[FieldName, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Photograph:
    """The picture (BGR) and the cards on it, in the order they were given."""

    image: Image
    cards: tuple[PlacedCard, ...]


def photograph(cards: Sequence[FlatCard], shot: Shot, rng: np.random.Generator) -> Photograph:
    """Take ``shot`` of ``cards`` (none to two); the same generator state gives the same pixels."""
    placements = arrange(len(cards), shot.arrangement, rng)
    keep = [_must_stay(card) for card in cards]
    to_picture = aim(shot.pose, shot.size, placements, keep)
    views = [np.asarray(to_picture @ place.to_plane) for place in placements]

    gains = gain_map(rng, shot.light, _ground_size(shot.size))
    picture = _lit_ground(rng, shot, gains, views)
    for card, view in zip(cards, views, strict=True):
        _lay(picture, card, view, shot, gains)
    if shot.light.glare > 0:
        for card, view in zip(cards, views, strict=True):
            _add_glare(rng, picture, card, view, shot)
    if shot.finger and cards:
        _hold(rng, picture, cards[0], views[0], shot)
    if shot.light.veil > 0:
        picture = np.asarray(cv2.addWeighted(picture, 1 - shot.light.veil, picture, 0, 255 * shot.light.veil), np.uint8)
    em_px = _em_px(views[0]) if views else max(shot.size) * _EM_SHARE / 2
    picture = camera_sensor.blur(picture, shot.sensor, em_px)
    camera_sensor.add_noise(rng, picture, shot.sensor)
    picture = camera_sensor.sharpen(picture, shot.sensor)
    return Photograph(picture, tuple(_placed(card, view) for card, view in zip(cards, views, strict=True)))


def _placed(card: FlatCard, view: Homography) -> PlacedCard:
    corners = transform(view, FRAME_CORNERS)
    quads = {name: transform(view, quad) for name, quad in card.quads.items()}
    portrait = None if card.portrait is None else transform(view, card.portrait)
    return PlacedCard(
        card.side, corners, quarter_turns(corners), card.fields, quads, portrait, card.marks, card.covered
    )


def _must_stay(card: FlatCard) -> Points:
    """What an edge of the picture may not cut, with a little room: every printed line (frame units)."""
    points = np.concatenate([line.quad for line in card.lines])
    low, high = points.min(axis=0) - 12, points.max(axis=0) + 12
    return np.array([low, [high[0], low[1]], high, [low[0], high[1]]], np.float32)


def _ground_size(size: tuple[int, int]) -> tuple[int, int]:
    share = min(1.0, _GROUND_EDGE / max(size))
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def _em_px(view: Homography) -> float:
    corners = transform(view, FRAME_CORNERS)
    widths = np.linalg.norm(corners[[1, 2]] - corners[[0, 3]], axis=1)
    return float(widths.min()) * _EM_SHARE


def _lit_ground(rng: np.random.Generator, shot: Shot, gains: Gains, views: Sequence[Homography]) -> Image:
    size = _ground_size(shot.size)
    ground = make_ground(rng, shot.ground, size)
    share = size[0] / shot.size[0]
    cast = np.zeros((size[1], size[0]), np.uint8)
    drop = rng.uniform(-0.012, 0.012, 2)
    for view in views:
        corners = transform(view, FRAME_CORNERS) * share
        width = float(np.linalg.norm(corners[1] - corners[0]))
        moved = np.round((corners + drop * width) * 16).astype(np.int32)
        cv2.fillConvexPoly(cast, moved, (255,), cv2.LINE_AA, 4)
    depth = 0.0 if shot.flat else float(rng.uniform(0.1, 0.5))
    softness = max(0.5, 0.006 * max(size))
    cast = np.asarray(cv2.GaussianBlur(cast, (0, 0), softness), np.uint8)
    local = gains * (1 - np.float32(depth / 255) * cast)
    lit = _light_up(ground, local, shot)
    if size == shot.size:
        return lit
    return np.asarray(cv2.resize(lit, shot.size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _light_up(picture: Image, gains: Gains, shot: Shot) -> Image:
    """``picture`` times ``gains`` (of the same size) and the colour of the light."""
    peak = max(1e-3, float(gains.max()))
    level = (gains * np.float32(250 / peak)).clip(0, 255).astype(np.uint8)
    balance = [np.clip(np.arange(256) * gain, 0, 255).astype(np.uint8) for gain in shot.light.balance]
    if shot.light.balance != (1.0, 1.0, 1.0):
        picture = np.asarray(cv2.LUT(picture, np.stack(balance, axis=1).reshape(1, 256, 3)), np.uint8)
    spread = cv2.merge([level, level, level])
    return np.asarray(cv2.multiply(picture, spread, scale=peak / 250), np.uint8)


Window = tuple[int, int, int, int]
"""Left, top, right, bottom in whole pixels, within the picture."""


def _window(points: Points, picture: Image, margin: int = 2) -> Window:
    height, width = picture.shape[:2]
    left, top = np.floor(points.min(axis=0)).astype(int) - margin
    right, bottom = np.ceil(points.max(axis=0)).astype(int) + margin
    return max(0, int(left)), max(0, int(top)), min(width, int(right)), min(height, int(bottom))


def _lay(picture: Image, card: FlatCard, view: Homography, shot: Shot, gains: Gains) -> None:
    """Warp ``card`` into ``picture``, lit."""
    corners = transform(view, FRAME_CORNERS)
    window = _window(corners, picture)
    if window[0] >= window[2] or window[1] >= window[3]:
        return
    edge = float(np.linalg.norm(np.roll(corners, -1, 0) - corners, axis=1).max())
    image, alpha = _shrunk(card, edge)
    light = _gains_in(gains, window, picture)
    _blend(picture, (image, alpha), view, (window, light, shot))


def _shrunk(card: FlatCard, edge: float) -> tuple[Image, Image]:
    """The flat card no larger than needed, so that warping it does not alias."""
    image, alpha = card.image, card.alpha
    if image.shape[1] > 1.25 * edge:
        size = (max(8, round(edge)), max(5, round(edge * CARD_FRAME[1] / CARD_FRAME[0])))
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        alpha = np.asarray(cv2.resize(alpha, size, interpolation=cv2.INTER_AREA), np.uint8)
    return image, alpha


def _gains_in(gains: Gains, window: Window, picture: Image) -> Gains:
    """The part of ``gains`` that lies in ``window``, at the picture's own size."""
    share = gains.shape[1] / picture.shape[1]
    left, top, right, bottom = window
    if share == 1.0:
        return gains[top:bottom, left:right]
    x0, y0 = int(left * share), int(top * share)
    x1, y1 = max(x0 + 1, int(np.ceil(right * share))), max(y0 + 1, int(np.ceil(bottom * share)))
    return np.asarray(cv2.resize(gains[y0:y1, x0:x1], (right - left, bottom - top), interpolation=cv2.INTER_LINEAR))


def _blend(picture: Image, layer: tuple[Image, Image], view: Homography, target: tuple[Window, Gains, Shot]) -> None:
    """Warp ``layer`` (BGR and alpha, the card frame at any scale) by ``view`` over ``picture``, in place."""
    image, alpha = layer
    (left, top, right, bottom), light, shot = target
    to_frame = np.diag([CARD_FRAME[0] / image.shape[1], CARD_FRAME[1] / image.shape[0], 1.0])
    matrix = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]]) @ view @ to_frame
    size = (right - left, bottom - top)
    warped = cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    mask = cv2.warpPerspective(alpha, matrix, size, flags=cv2.INTER_LINEAR)
    lit = _light_up(np.asarray(warped, np.uint8), light, shot)
    place = picture[top:bottom, left:right]
    solid = cv2.merge([mask, mask, mask])
    under = cv2.multiply(place, cv2.bitwise_not(solid), scale=1 / 255)
    over = cv2.multiply(lit, solid, scale=1 / 255)
    cv2.add(under, over, dst=place)


def _add_glare(rng: np.random.Generator, picture: Image, card: FlatCard, view: Homography, shot: Shot) -> None:
    kinds = (LineKind.VALUE,) if shot.light.glare_on_field else (LineKind.VALUE, LineKind.LABEL)
    spot = glare_map(rng, shot.light, [line.quad for line in card.lines if line.kind in kinds])
    window = _window(transform(view, FRAME_CORNERS), picture)
    left, top, right, bottom = window
    if left >= right or top >= bottom:
        return
    to_frame = np.diag([CARD_FRAME[0] / spot.shape[1], CARD_FRAME[1] / spot.shape[0], 1.0])
    matrix = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]]) @ view @ to_frame
    shine = cv2.warpPerspective(spot, matrix, (right - left, bottom - top), flags=cv2.INTER_LINEAR)
    place = picture[top:bottom, left:right]
    cv2.add(place, cv2.merge([shine, shine, shine]), dst=place)


def _hold(rng: np.random.Generator, picture: Image, card: FlatCard, view: Homography, shot: Shot) -> None:
    """A fingertip over one corner, in skin tones, kept clear of every printed line and the portrait's middle."""
    number = int(rng.integers(4))
    corner = FRAME_CORNERS[number]
    room = clearance([line.quad for line in card.lines])
    centre = np.array(CARD_FRAME) / 2
    inward = (centre - corner) / np.linalg.norm(centre - corner)
    units = float(rng.uniform(50, 80))
    reach = -units
    for step in range(-int(units), 150, 6):  # as far in as the nearest printed line allows
        x, y = np.clip((corner + inward * step) / 4, 0, (room.shape[1] - 1, room.shape[0] - 1))
        if room[int(y), int(x)] < units + 8:
            break
        reach = float(step)
    tip = transform(view, np.array([corner + inward * reach], np.float32))[0]
    scale = _em_px(view) / 33.0
    radius = units * scale
    outward = tip - transform(view, np.array([centre], np.float32))[0]
    outward = outward / max(1e-6, float(np.linalg.norm(outward)))
    skin = np.array([140, 170, 215]) * rng.uniform(0.6, 1.05) * min(1.1, shot.light.exposure)
    far = tip + outward * radius * 9
    ends = np.array([tip + outward * radius, far])
    left, top, right, bottom = _window(ends, picture, round(1.3 * radius) + 2)
    if left >= right or top >= bottom:
        return
    place = picture[top:bottom, left:right]
    mask = np.zeros(place.shape[:2], np.uint8)
    start, end = ((int(x) - left, int(y) - top) for x, y in ends)
    cv2.line(mask, start, end, (255,), max(2, int(2 * radius)), cv2.LINE_AA)
    mask = np.asarray(cv2.blur(mask, (max(3, int(radius / 8) | 1),) * 2), np.uint8)
    solid = cv2.merge([mask, mask, mask])
    across = np.array([-outward[1], outward[0]])
    y, x = np.mgrid[top:bottom, left:right].astype(np.float32)
    side = ((x - tip[0]) * across[0] + (y - tip[1]) * across[1]) / np.float32(radius)
    round_off = (1.05 - np.float32(0.3) * side.clip(-1.2, 1.2) ** 2)[:, :, None]
    paint = np.clip(skin.astype(np.float32) * round_off, 0, 255).astype(np.uint8)
    under = cv2.multiply(place, cv2.bitwise_not(solid), scale=1 / 255)
    cv2.add(under, cv2.multiply(paint, solid, scale=1 / 255), dst=place)
