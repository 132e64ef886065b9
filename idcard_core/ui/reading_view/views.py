"""A recognition as the picture component shows it: the photo and each rectified card, with boxes and layers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
import streamlit as st

from idcard_core.card import CARD_FRAME, Field, FieldName, Points, Reason
from idcard_core.locate.view import FRAME_QUAD, apply, quad_homography
from idcard_core.ui.findings import readable, why
from idcard_core.ui.look import Tone, confidence_tone
from idcard_core.ui.picture_view.picture_view import Box, Layer, Outline, View, corners, image_url, picture_view
from idcard_core.ui.shelf import Exhibit, ShownCard
from idcard_core.ui.strings import Texts

Placed = Callable[[Points], Points]
"""From the photo's pixels to those of a view."""


def show_picture(exhibit: Exhibit, name: str, texts: Texts) -> None:
    """The picture of a recognition; ``name`` is what it is called."""
    with st.container(key="picture"):
        picture_view(views(exhibit, texts), texts, key=f"picture-{exhibit.row_id}", alt=texts("picture.alt", file=name))


def views(exhibit: Exhibit, texts: Texts) -> list[View]:
    """The photo first, then the cards as they are numbered."""
    info, cards = exhibit.reading.picture, exhibit.cards
    photo = View(
        "photo",
        texts("picture.photo"),
        image_url(exhibit.preview) if exhibit.preview else "",
        info.width,
        info.height,
        [box for shown in cards for box in _boxes(shown, _as_it_is, texts)],
        [Outline(corners(shown.card.quad), "" if shown.number is None else str(shown.number)) for shown in cards],
        [layer for shown in cards for layer in _layers(shown, _as_it_is, texts)],
    )
    return [photo, *(_flat(shown, texts) for shown in cards if shown.pictures.rectified is not None)]


def box_id(number: int | None, name: FieldName) -> str:
    """What the box of a field is called, and the row that belongs to it; ``number`` is the card's, or None."""
    return f"{number or 0}.{name.value}"


def _flat(shown: ShownCard, texts: Texts) -> View:
    """The card in its own frame."""
    to_frame = quad_homography(shown.card.quad, FRAME_QUAD)

    def onto_card(points: Points) -> Points:
        return apply(to_frame, points)

    label = texts("picture.card")
    return View(
        f"card-{shown.number or 0}",
        label if shown.number is None else texts("picture.card.number", number=shown.number),
        image_url(shown.pictures.rectified or b""),
        *CARD_FRAME,
        _boxes(shown, onto_card, texts),
        layers=_layers(shown, onto_card, texts),
    )


def _layers(shown: ShownCard, place: Placed, texts: Texts) -> list[Layer]:
    pictures, card = shown.pictures, shown.card
    found: list[tuple[str, bytes | None, Literal["jpeg", "png"], Points | None]] = [
        ("portrait", pictures.portrait, "jpeg", None if card.portrait is None else card.portrait.quad),
        ("heat", pictures.heat, "png", card.quad),
        ("glare", pictures.glare, "png", card.quad),
    ]
    return [
        Layer(name, texts(f"picture.layer.{name}"), image_url(image, kind), corners(place(quad)))
        for name, image, kind, quad in found
        if image is not None and quad is not None
    ]


def _boxes(shown: ShownCard, place: Placed, texts: Texts) -> list[Box]:
    doubted = shown.card.doubted
    return [
        _box(found, shown.number, corners(place(found.quad)), doubted.get(found.name, ()), texts)
        for found in shown.card.fields
        if found.quad is not None and found.text
    ]


def _box(
    found: Field,
    number: int | None,
    points: Sequence[tuple[float, float]],
    reasons: Sequence[Reason],
    texts: Texts,
) -> Box:
    """One field's box in the colour of its confidence; a doubtful one is never green."""
    tone = confidence_tone(found.confidence)
    lines = [readable(found.name, found.text), f"{texts('fields.confidence')} {found.confidence:.1%}"]
    return Box(
        box_id(number, found.name),
        texts(f"field.{found.name.value}"),
        Tone.FAIR if reasons and tone is Tone.GOOD else tone,
        points,
        [*lines, *(why([reason], texts) for reason in reasons)],
    )


def _as_it_is(points: Points) -> Points:
    return np.asarray(points, np.float32)
