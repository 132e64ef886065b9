"""A card drawn flat, with the truth of what stands where, and the pieces both sides share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME, FieldName, Image, Points, Side
from idcard_core.specimen import artwork
from idcard_core.specimen.layout import Look
from idcard_core.specimen.lettering import Lettering, LineKind, PrintedLine, Sheet
from idcard_core.specimen.people import Person
from idcard_core.specimen.scripts import Script


@dataclass(frozen=True, slots=True, eq=False)
class FlatCard:
    """One side of a card, flat, and what is printed on it; all quads in card-frame units (856 x 540).

    ``image`` is BGR (height, width, 3), ``alpha`` (height, width) its outline: 255 inside, 0 beyond the round corners.
    """

    side: Side
    image: Image
    alpha: Image
    fields: Mapping[FieldName, str]
    quads: Mapping[FieldName, Points]
    lines: tuple[PrintedLine, ...]
    portrait: Points | None = None
    script: Script | None = None
    marks: tuple[str, ...] = ()
    """What is written over the card: watermarks, stamps and seals."""
    covered: tuple[FieldName, ...] = ()
    """The fields that nobody can read for a mark over them."""

    def resized(self, width: int) -> FlatCard:
        """The card with an image ``width`` pixels wide."""
        size = (width, round(width * self.image.shape[0] / self.image.shape[1]))
        image, alpha = (cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in (self.image, self.alpha))
        return replace(self, image=np.asarray(image, np.uint8), alpha=np.asarray(alpha, np.uint8))


def finish(
    side: Side,
    sheet: Sheet,
    owner: tuple[Person, tuple[FieldName, ...]],
    quads: Mapping[FieldName, Points],
    portrait: Points | None,
    script: Script | None = None,
) -> FlatCard:
    """The finished card; ``owner`` is the person and which of the fields are printed."""
    image = np.asarray(cv2.cvtColor(np.asarray(sheet.picture), cv2.COLOR_RGB2BGR), np.uint8)
    fields = {name: owner[0].fields[name] for name in owner[1]}
    alpha = artwork.outline((image.shape[1], image.shape[0]))
    return FlatCard(side, image, alpha, fields, quads, tuple(sheet.lines), portrait, script)


def paste_figure(
    rng: np.random.Generator, picture: Image, box: tuple[float, float, float, float], grey: bool = False
) -> Points:
    """Draw the figure into ``box`` (left, top, width, height in units) of ``picture``, in place; gives its quad."""
    scale = picture.shape[1] / CARD_FRAME[0]
    left, top, width, height = box
    x, y = round(left * scale), round(top * scale)
    figure = artwork.figure(rng, (round(width * scale), round(height * scale)))
    if grey:
        figure = np.asarray(cv2.merge([cv2.cvtColor(figure, cv2.COLOR_BGR2GRAY)] * 3), np.uint8)
    place = picture[y : y + figure.shape[0], x : x + figure.shape[1]]
    strength = float(rng.uniform(0.8, 1.0))
    cv2.addWeighted(figure, strength, place, 1 - strength, 0, dst=place)
    right, bottom = left + width, top + height
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def set_mark(sheet: Sheet, look: Look, places: list[tuple[float, float]], rng: np.random.Generator) -> None:
    """The small word that tells a specimen, at one of ``places``, where no field stands."""
    at = places[int(rng.integers(len(places)))]
    em = float(rng.uniform(20, 26))
    colour = (170, 120, 120) if rng.random() < 0.5 else (130, 140, 160)
    sheet.set_line("样本", at, Lettering(look.label_face, em, colour, 0.1), LineKind.MARK)
