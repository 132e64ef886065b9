"""What a card has been made into before the photograph: a grey copy, a picture on a screen, a copy with a watermark."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw

from idcard_core.card import Image
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.fonts import Style, choose_face, load

_PURPOSES = (
    "仅限办理开户使用",
    "仅供入学报名使用 他用无效",
    "复印无效",
    "仅限办理租房使用，复印无效",
    "仅用于实名认证",
    "仅供办理公积金业务使用",
    "再次复印无效",
)
"""What people write across copies of their cards."""


def grey_copy(rng: np.random.Generator, card: FlatCard) -> FlatCard:
    """A photocopy: grey, more contrast, with the copier's uneven toner; on paper, so without a card's round corners."""
    grey = cv2.cvtColor(card.image, cv2.COLOR_BGR2GRAY)
    curve = np.arange(256, dtype=np.float32)
    curve = (curve - 128) * float(rng.uniform(1.05, 1.4)) + 128 + float(rng.uniform(0, 26))
    grey = cv2.LUT(grey, curve.clip(12, 250).astype(np.uint8))
    return replace(card, image=np.asarray(cv2.merge([grey, grey, grey]), np.uint8))


def on_screen(rng: np.random.Generator, card: FlatCard) -> FlatCard:
    """As shown on a screen: a grid of pixels and slow bands of interference over a bluish picture."""
    height, width = card.image.shape[:2]
    step = max(2.0, width / float(rng.uniform(380, 640)))
    x, y = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
    grid = 1 - np.float32(0.07) * (
        np.cos(x * np.float32(6.283 / step))[None] + np.cos(y * np.float32(6.283 / step))[:, None]
    )
    slant = x[None] * np.float32(rng.uniform(-0.4, 0.4)) + y[:, None]
    grid *= 1 + np.float32(rng.uniform(0.02, 0.07)) * np.sin(slant * np.float32(6.283 * rng.uniform(8, 40) / height))
    tint = np.array([1.06, 1.0, 0.95], np.float32)
    lit = card.image.astype(np.float32) * grid[:, :, None] * tint
    return replace(card, image=lit.clip(0, 255).astype(np.uint8))


def watermarked(rng: np.random.Generator, card: FlatCard) -> FlatCard:
    """With a light line of writing across it, as people put on copies; every field stays readable through it."""
    height, width = card.image.shape[:2]
    layer = Pillow.new("L", (width, height), 0)
    draw = ImageDraw.Draw(layer)
    font = load(choose_face(rng, (Style.SANS, Style.SERIF, Style.SCRIPT)), int(width * rng.uniform(0.035, 0.06)))
    text = _PURPOSES[int(rng.integers(len(_PURPOSES)))]
    rows = int(rng.integers(1, 4))
    for row in range(rows):
        at = (width * float(rng.uniform(0.02, 0.25)), height * (row + float(rng.uniform(0.3, 0.7))) / rows)
        draw.text(at, text, fill=255, font=font, anchor="lm")
    turned = layer.rotate(float(rng.uniform(5, 35)), resample=Pillow.Resampling.BILINEAR)
    cover = np.asarray(turned, np.float32)[:, :, None] * np.float32(rng.uniform(0.14, 0.3) / 255)
    inks = ((60, 60, 200), (180, 80, 60), (120, 120, 120))
    ink = np.array(inks[int(rng.integers(3))], np.float32)
    mixed: Image = (card.image * (1 - cover) + ink * cover).astype(np.uint8)
    return replace(card, image=mixed)
