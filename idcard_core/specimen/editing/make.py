"""Edited specimens: photographs in which one value was changed, as with an image editor, and saved again.

A picture's way is first JPEG (or none), perhaps a messenger's resizing and a crop, the edit, perhaps a second resizing,
the last JPEG. ``make_edited`` with no style goes the same way and edits nothing: what must not be taken for an edit.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from idcard_core.card import FieldName, Image, Points
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.editing.styles import EDITS, EditStyle, Work, ink_of
from idcard_core.specimen.labels import CardLabel, PictureLabel
from idcard_core.specimen.make import draw_cards
from idcard_core.specimen.photograph import PlacedCard, photograph
from idcard_core.specimen.recipes import make_shot
from idcard_core.specimen.sensor import from_jpeg, to_jpeg

_SEED_BITS = 2**64 - 1


@dataclass(frozen=True, slots=True)
class History:
    """What happened to the picture around the edit; qualities are those of JPEG, None is not saved.

    The picture was saved in ``first_quality`` before the edit, in ``last_quality`` after it. A messenger that resized
    it by ``scale_before`` did the first saving, of what the camera had saved; one that resized it by ``scale_after``
    did the last, of what the editor had saved in ``editor_quality``.
    """

    camera_quality: int
    first_quality: int | None
    last_quality: int
    scale_before: float = 1.0
    scale_after: float = 1.0
    editor_quality: int = 92
    crop: tuple[int, int] = (0, 0)
    """Pixels cut from the left and the top before the edit: what shifts the first JPEG's grid of 8 pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class EditedSpecimen:
    """A labelled picture, how it was changed (None: not at all), and which fields; ``label`` is what it shows now."""

    jpeg: bytes
    label: PictureLabel
    style: EditStyle | None
    history: History
    fields: frozenset[FieldName] = field(default_factory=frozenset)
    portrait: bool = False


def make_edited(
    seed: int, condition: Condition, style: EditStyle | None, size: tuple[int, int] | None = None
) -> EditedSpecimen:
    """The specimen of ``seed`` photographed under ``condition`` and edited in ``style``.

    The same arguments give the same bytes on the same machine. A back has no portrait: there and on cards without a
    value of the kind the style needs, the next style that can is taken. Raises FontsMissingError.
    """
    word = f"{condition.value} {style.value if style else ''}"
    rng = np.random.default_rng([seed & _SEED_BITS, zlib.crc32(word.encode())])
    shot = make_shot(condition, rng, size)
    photo = photograph(draw_cards(rng, condition, shot), shot, rng)
    history = _history(rng, shot.sensor.quality, max(photo.image.shape))
    picture, cards = photo.image, [_label(card) for card in photo.cards]
    if history.scale_before != 1:
        picture, cards = _resized(from_jpeg(to_jpeg(picture, history.camera_quality)), cards, history.scale_before)
    if history.first_quality is not None:
        picture = from_jpeg(to_jpeg(picture, history.first_quality))
    x, y = history.crop
    picture, cards = np.ascontiguousarray(picture[y:, x:]), [_moved(card, lambda p: p - (x, y)) for card in cards]
    touched: frozenset[FieldName] = frozenset()
    portrait = False
    if style is not None:
        if style is EditStyle.PORTRAIT and cards[0].portrait is None:
            style = EditStyle.OTHER_PHOTO
        work = Work(picture, cards[0], rng, ink_of(picture, cards[0]))
        cards[0], touched = EDITS[style](work)
        portrait = style is EditStyle.PORTRAIT
    if history.scale_after != 1:
        picture, cards = _resized(from_jpeg(to_jpeg(picture, history.editor_quality)), cards, history.scale_after)
    jpeg = to_jpeg(picture, history.last_quality)
    label = PictureLabel(f"{seed}.jpg", condition.value, tuple(cards), condition.readable, seed=seed)
    return EditedSpecimen(jpeg, label, style, history, touched, portrait)


def _history(rng: np.random.Generator, camera_quality: int, longest_px: int) -> History:
    """A way a picture may have gone: mostly saved, edited and saved; often through a messenger before or after."""
    before = after = 1.0
    first: int | None = camera_quality
    kind = rng.random()
    if kind < 0.1:
        first = None  # what the editor opened had never been a JPEG
    elif kind < 0.4:
        first = int(rng.integers(60, 93))  # a messenger or converter saved it
        before = float(rng.uniform(0.6, 0.95)) if rng.random() < 0.5 and longest_px > 1200 else 1.0
    band = ((60, 80), (80, 91), (91, 99))[int(rng.choice(3, p=(0.2, 0.3, 0.5)))]
    if rng.random() < 0.15 and longest_px > 1200:
        after = float(rng.uniform(0.6, 0.95))
    crop = (int(rng.integers(8)), int(rng.integers(8))) if rng.random() < 0.3 else (0, 0)
    return History(
        camera_quality=camera_quality,
        first_quality=first,
        last_quality=int(rng.integers(*band)),
        scale_before=before,
        scale_after=after,
        editor_quality=int(rng.integers(80, 99)),
        crop=crop,
    )


def _label(card: PlacedCard) -> CardLabel:
    return CardLabel(
        card.side, card.fields, card.corners, card.quarter_turns, card.quads, card.portrait, card.marks, card.covered
    )


def _moved(card: CardLabel, way: Callable[[Points], Points]) -> CardLabel:
    def go(points: Points) -> Points:
        return np.asarray(way(points), np.float32)

    quads = {name: go(quad) for name, quad in card.quads.items()}
    corners = None if card.corners is None else go(card.corners)
    return replace(card, corners=corners, quads=quads, portrait=None if card.portrait is None else go(card.portrait))


def _resized(picture: Image, cards: list[CardLabel], scale: float) -> tuple[Image, list[CardLabel]]:
    if scale == 1.0:
        return picture, cards
    height, width = picture.shape[:2]
    size = (round(width * scale), round(height * scale))
    factors = (size[0] / width, size[1] / height)
    smaller = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    return smaller, [_moved(card, lambda points: points * factors) for card in cards]
