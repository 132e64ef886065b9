"""A wallet with a card, or a print of one, in its window."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import CARD_MM, Image
from idcard_core.specimen.rendered.fields import Float, linear, log_uniform, single, smooth
from idcard_core.specimen.rendered.grounds import leather
from idcard_core.specimen.rendered.scene import Inset, Material, Slab
from idcard_core.specimen.rendered.straight import outline

WALLET_MM = ((95.0, 215.0), (64.0, 120.0))
"""Least and greatest width and height of a wallet, or of the half of one that lies open."""
OVER_MM, BEYOND_MM = -2.5, 6.0
"""How far the leather reaches over the card's edges, or its window ends beyond them."""
FILM_SHARE = 0.75


def in_wallet(rng: np.random.Generator, face: Image, density: float, radius: float) -> Slab:
    """``face``, a card's (``density`` pixels a millimetre) with corners of ``radius`` mm, in the window of a wallet."""
    size = tuple(float(rng.uniform(*limits)) for limits in WALLET_MM)
    room = (max(size[0] - CARD_MM[0] - 6, 0) / 2, max(size[1] - CARD_MM[1] - 6, 0) / 2)
    centre = (float(rng.uniform(-room[0], room[0])), float(rng.uniform(-room[1], room[1])))
    picture = _painted(rng, face, density, (size[0], size[1]), centre, radius)
    gloss = (0.04, float(rng.uniform(0.3, 0.8)), log_uniform(rng, 0.01, 0.08))
    film = (0.045, float(rng.uniform(0.03, 0.3)), log_uniform(rng, 0.005, 0.06))
    material = Material(*(film if rng.random() < FILM_SHARE else gloss), float(rng.uniform(8, 40)))
    rim = linear(picture[:1, :1])[0, 0] * np.float32(0.8)
    return Slab(
        size=(size[0], size[1]),
        radius=float(rng.uniform(0.5, 7)),
        thick=float(rng.uniform(2, 14)),
        quad=np.asarray(outline() + single(centre), np.float32),
        inset=Inset(picture, density),
        material=material,
        face=rim,
        rim=rim,
        bevel=float(rng.uniform(0.5, 3)),
    )


def _painted(
    rng: np.random.Generator,
    face: Image,
    density: float,
    size: tuple[float, float],
    centre: tuple[float, float],
    radius: float,
) -> Image:
    """What the wallet shows, from one side to the other."""
    shape = (round(size[1] * density), round(size[0] * density))
    middle = (shape[1] / 2 + centre[0] * density, shape[0] / 2 + centre[1] * density)
    half = np.array(CARD_MM) / 2
    lowest = OVER_MM if rng.random() < 0.6 else 0.5
    ends = rng.uniform(lowest, BEYOND_MM if lowest > 0 else 1.0, 4)
    hide, lining = (_stretched(leather(rng), shape, density * float(rng.uniform(0.1, 0.3))) for _ in range(2))
    hide *= np.float32(np.exp(rng.normal(-0.4, 0.6)))
    lining *= np.float32(log_uniform(rng, 0.03, 0.9))
    card = _inside(shape, middle, np.r_[half, half], radius, density)
    open_ = _inside(shape, middle, np.r_[half, half] + ends, float(rng.uniform(0, 5)), density)
    height, width = face.shape[:2]
    place = single([[1, 0, middle[0] - width / 2], [0, 1, middle[1] - height / 2]])
    shown = cv2.warpAffine(face, place, shape[::-1], flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE) / 255.0
    lining *= (1 - float(rng.uniform(0.1, 0.6)) * _cast(rng, card, 0.8 * density))[..., None]
    window = lining + (single(shown) - lining) * card[..., None]
    window *= (1 - float(rng.uniform(0.1, 0.6)) * _cast(rng, 1 - open_, float(rng.uniform(0.4, 2.5)) * density))[
        ..., None
    ]
    away = np.abs(cv2.GaussianBlur(open_, (0, 0), float(rng.uniform(0.4, 1.6)) * density) - open_)
    hide *= (1 + np.float32(rng.uniform(-1, 0.5)) * away)[..., None]
    if rng.random() < 0.7:
        _stitch(rng, hide, middle, half + np.abs(ends).max() + float(rng.uniform(1, 4)), density)
    return np.asarray(np.clip(hide + (window - hide) * open_[..., None], 0, 1) * 255, np.uint8)


def _stretched(texture: Float, shape: tuple[int, int], times: float) -> Float:
    """``texture`` over all of ``shape``, each of its pixels ``times`` as large, at some place of it."""
    matrix = single([[times, 0, 0], [0, times, 0]])
    return single(cv2.warpAffine(texture, matrix, shape[::-1], borderMode=cv2.BORDER_REFLECT))


def _inside(
    shape: tuple[int, int], middle: tuple[float, float], reach: np.ndarray, radius: float, density: float
) -> Float:
    """1 inside a rectangle with round corners (mm) that reaches so far left, up, right and down from ``middle``."""
    x = (np.arange(shape[1], dtype=np.float32) - np.float32(middle[0])) / np.float32(density)
    y = (np.arange(shape[0], dtype=np.float32) - np.float32(middle[1])) / np.float32(density)
    qx = np.maximum(-reach[0] - x, x - reach[2])[None] + radius
    qy = np.maximum(-reach[1] - y, y - reach[3])[:, None] + radius
    out = np.hypot(np.maximum(qx, 0), np.maximum(qy, 0)) + np.minimum(np.maximum(qx, qy), 0) - radius
    return single(np.clip(0.5 - out * density, 0, 1))


def _cast(rng: np.random.Generator, outline_: Float, height: float) -> Float:
    """The shadow of what has ``outline_`` and lies ``height`` pixels higher."""
    turn = rng.uniform(0, 2 * np.pi)
    move = single([[1, 0, height * np.cos(turn)], [0, 1, height * np.sin(turn)]])
    moved = cv2.warpAffine(outline_, move, outline_.shape[::-1], borderMode=cv2.BORDER_REPLICATE)
    return single(cv2.GaussianBlur(moved, (0, 0), max(0.5, height * float(rng.uniform(0.3, 1)))))


def _stitch(
    rng: np.random.Generator, hide: Float, middle: tuple[float, float], half: np.ndarray, density: float
) -> None:
    """Sew around the window, ``half`` mm from its middle each way."""
    length, tone = float(rng.uniform(1.5, 4)) * density, float(rng.uniform(0.05, 0.9))
    wide = max(1, round(0.4 * density))
    corners = np.array(middle) + outline((2 * half[0], 2 * half[1])) * density
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        count = max(1, int(np.hypot(*(end - start)) / length))
        for number in range(count):
            one, two = (start + (end - start) * (number + part) / count for part in (0.15, 0.8))
            cv2.line(hide, np.rint(one).astype(int).tolist(), np.rint(two).astype(int).tolist(), [tone] * 3, wide)
    hide *= (1 + 0.05 * smooth(rng, hide.shape[:2], (density, density)))[..., None]
