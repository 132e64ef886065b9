"""A sheet, card or page of any proportions that a fictional document is drawn on, and laid into a card's frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw

from idcard_core.card import CARD_FRAME, Image, Points, Side
from idcard_core.specimen import artwork
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.fonts import FontFace, Style, choose_face
from idcard_core.specimen.lettering import Colour, Lettering, LineKind, PrintedLine, Sheet

PIXELS_A_UNIT = 1.5
MARK = "样本"
_PALE = 205
"""Mean brightness from which ink is dark."""

Row = tuple[str, str]
"""A label and its value."""


@dataclass(frozen=True, slots=True)
class Hand:
    """The faces and inks of one document."""

    face: FontFace
    label_face: FontFace
    latin: FontFace
    digits: FontFace
    ink: Colour
    label_ink: Colour

    @classmethod
    def draw(cls, rng: np.random.Generator, dark: bool = True) -> Hand:
        """Drawn at random; ``dark`` ink, or pale ink for a dark ground."""
        kinds = (Style.SANS, Style.SERIF, Style.SCRIPT)
        face = choose_face(rng, kinds)
        label = face if rng.random() < 0.5 else choose_face(rng, kinds)
        low, high = (5, 75) if dark else (205, 255)
        ink = _colour(rng, low, high)
        label_ink = ink if rng.random() < 0.5 else _colour(rng, low, min(255, high + 55))
        latin = choose_face(rng, (Style.LATIN, Style.SANS, Style.SERIF))
        return cls(face, label, latin, choose_face(rng, (Style.NUMBER, Style.SANS)), ink, label_ink)


@dataclass(slots=True)
class Paper:
    """A document being drawn: 856 units wide, ``height`` units high."""

    rng: np.random.Generator
    sheet: Sheet
    height: float
    hand: Hand

    @classmethod
    def new(cls, rng: np.random.Generator, height: float, tint: Colour | None = None, plain: bool = False) -> Paper:
        """An empty one: a pale pattern, or ``plain``; ``tint`` colours it."""
        size = (round(CARD_FRAME[0] * PIXELS_A_UNIT), round(height * PIXELS_A_UNIT))
        ground = np.asarray(artwork.ground(rng, size, Side.FRONT), np.float32)
        if plain:
            ground = np.full_like(ground, 246.0) + np.linspace(-6, 6, size[0], dtype=np.float32)[None, :, None]
        if tint is not None:
            ground = ground * (np.array(tint[::-1], np.float32) / np.float32(244))
        picture = np.clip(ground, 0, 255).astype(np.uint8)
        dark = bool(picture.mean() > 0.55 * _PALE)
        sheet = Sheet(Pillow.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)))
        return cls(rng, sheet, height, Hand.draw(rng, dark))

    def chance(self, probability: float) -> bool:
        """Whether something of that probability happens."""
        return bool(self.rng.random() < probability)

    def pick(self, choices: Sequence[str]) -> str:
        """One of them."""
        return choices[int(self.rng.integers(len(choices)))]

    def near(self, value: float, spread: float = 8.0) -> float:
        """``value``, up to ``spread`` off."""
        return value + float(self.rng.uniform(-spread, spread))

    def text(self, text: str, at: tuple[float, float], em: float, lettering: Lettering | None = None) -> Points:
        """A line that begins at ``at`` (its left edge and middle), made smaller where it would leave the paper."""
        lettering = replace(lettering or Lettering(self.face_of(text), em, self.hand.ink), em=em)
        width = self.sheet.width_of(text, lettering)
        room = CARD_FRAME[0] - 12 - at[0]
        if width > room:
            lettering = replace(lettering, em=max(8.0, em * room / width))
        return self.sheet.set_line(text, at, lettering)

    def label(self, text: str, at: tuple[float, float], em: float) -> Points:
        """A line in the labels' face and ink."""
        face = self.hand.label_face if ord(text[0]) >= 0x2E80 else self.hand.latin
        return self.text(text, at, em, Lettering(face, em, self.hand.label_ink))

    def centred(self, text: str, y: float, em: float, spacing: float = 0.0, ink: Colour | None = None) -> Points:
        """A line in the middle of the width."""
        lettering = Lettering(self.face_of(text), em, ink or self.hand.ink, spacing, self.near(0.6, 0.6))
        width = self.sheet.width_of(text, lettering)
        if width > 800:
            lettering = replace(lettering, em=em * 800 / width)
            width = 800
        return self.sheet.set_line(text, ((CARD_FRAME[0] - width) / 2, y), lettering)

    def title(self, text: str, y: float, em: float) -> Points:
        """The document's name: centred, or from the left, letters at times wide apart."""
        spacing = float(self.rng.choice([0.0, 0.05, 0.2])) if len(text) < 14 else 0.0
        if self.chance(0.75):
            return self.centred(text, y, em, spacing)
        lettering = Lettering(self.face_of(text), em, self.hand.ink, spacing, self.near(0.6, 0.6))
        return self.text(text, (self.near(70, 30), y), em, lettering)

    def rows(self, rows: Sequence[Row], at: tuple[float, float], pitch: float, em: float, gap: float = 0.0) -> float:
        """Labels with their values beside them, the values in one column or right after; gives the next row's y."""
        x, y = at
        widest = max(len(label) if ord(label[0]) >= 0x2E80 else 0.55 * len(label) for label, _ in rows)
        column = x + (widest + 0.8) * em * 0.92 + gap if self.chance(0.7) else None
        for label, value in rows:
            quad = self.label(label, (x, y), em * 0.92)
            begin = column if column is not None else float(quad[1, 0]) + 0.6 * em
            if value:
                self.text(value, (begin, self.near(y, 1.5)), em)
            y += pitch
        return y

    def stacked(self, rows: Sequence[Row], at: tuple[float, float], pitch: float, em: float) -> float:
        """Small labels with their values below them, as passports have them; gives the next row's y."""
        x, y = at
        for label, value in rows:
            self.label(label, (x, y), em * 0.62)
            self.text(value, (x, y + em * 0.95), em)
            y += pitch
        return y

    def figure(self, box: tuple[float, float, float, float], grey: bool = False) -> None:
        """A drawn head and shoulders in ``box`` (left, top, width, height)."""
        scale = self.sheet.scale
        figure = artwork.figure(self.rng, (round(box[2] * scale), round(box[3] * scale)))
        rgb = cv2.cvtColor(figure, cv2.COLOR_BGR2GRAY if grey else cv2.COLOR_BGR2RGB)
        self.sheet.picture.paste(Pillow.fromarray(rgb).convert("RGB"), (round(box[0] * scale), round(box[1] * scale)))

    def bar(self, box: tuple[float, float, float, float], colour: Colour | None = None, outline: bool = False) -> None:
        """A filled rectangle, or its outline."""
        scale = self.sheet.scale
        left, top, width, height = box
        corners = [left * scale, top * scale, (left + width) * scale, (top + height) * scale]
        pen = ImageDraw.Draw(self.sheet.picture)
        colour = colour or _colour(self.rng, 40, 230)
        if outline:
            pen.rectangle(corners, outline=colour, width=2)
        else:
            pen.rectangle(corners, fill=colour)

    def rings(self, centre: tuple[float, float], radius: float) -> None:
        """A seal or a sign of rings and a star, schematic."""
        scale = self.sheet.scale
        pen = ImageDraw.Draw(self.sheet.picture)
        colour = _colour(self.rng, 20, 200)
        for share in (1.0, 0.72):
            x, y, r = centre[0] * scale, centre[1] * scale, radius * share * scale
            pen.ellipse([x - r, y - r, x + r, y + r], outline=colour, width=max(2, round(3 * scale)))

    def mark(self) -> None:
        """The word that tells a specimen, somewhere near an edge."""
        word = "SPECIMEN" if self.chance(0.3) else MARK
        places = [(730.0, self.height - 16), (24.0, self.height - 16), (760.0, 16.0), (24.0, 16.0)]
        at = places[int(self.rng.integers(len(places)))]
        em = 18.0
        lettering = Lettering(self.hand.label_face, em, _colour(self.rng, 110, 190), 0.1)
        self.sheet.set_line(word, at, lettering, LineKind.MARK)

    def face_of(self, text: str) -> FontFace:
        """The face a line is set in: letters, digits and ideographs each have one."""
        if any(ord(char) >= 0x2E80 for char in text):
            return self.hand.face
        return self.hand.digits if sum(char.isdigit() for char in text) > len(text) / 2 else self.hand.latin

    def finish(self, rounded: bool = True) -> FlatCard:
        """The paper laid into a card's frame, turned where it is higher than wide."""
        self.mark()
        image = np.asarray(cv2.cvtColor(np.asarray(self.sheet.picture), cv2.COLOR_RGB2BGR), np.uint8)
        alpha = (
            artwork.outline((image.shape[1], image.shape[0])) if rounded else np.full(image.shape[:2], 255, np.uint8)
        )
        return lay_in_frame(image, alpha, self.sheet.lines)


def lay_in_frame(image: Image, alpha: Image, lines: Sequence[PrintedLine]) -> FlatCard:
    """A picture of any proportions (its lines in units of 856 to its width) as a card's frame, empty around it."""
    unit = CARD_FRAME[0] / image.shape[1]
    to_pixels = np.diag([1 / unit, 1 / unit, 1.0])
    if image.shape[0] > image.shape[1]:
        to_pixels = np.array([[0.0, 1, 0], [-1, 0, image.shape[1]], [0, 0, 1]]) @ to_pixels
        image = np.ascontiguousarray(np.rot90(image))
        alpha = np.ascontiguousarray(np.rot90(alpha))
    height, width = image.shape[:2]
    scale = min(CARD_FRAME[0] / width, CARD_FRAME[1] / height)
    across, down = round(CARD_FRAME[0] / scale), round(CARD_FRAME[1] / scale)
    x, y = (across - width) // 2, (down - height) // 2
    sides = (y, down - height - y, x, across - width - x)
    framed = np.asarray(cv2.copyMakeBorder(image, *sides, cv2.BORDER_REPLICATE), np.uint8)
    shape = np.asarray(cv2.copyMakeBorder(alpha, *sides, cv2.BORDER_CONSTANT, value=(0,)), np.uint8)
    to_frame = np.diag([scale, scale, 1.0]) @ np.array([[1.0, 0, x], [0, 1, y], [0, 0, 1]]) @ to_pixels
    moved = [replace(line, quad=_moved(to_frame, line.quad)) for line in lines]
    return FlatCard(Side.FRONT, framed, shape, {}, {}, tuple(moved))


def _moved(matrix: np.ndarray[tuple[int, ...], np.dtype[np.float64]], quad: Points) -> Points:
    return np.asarray(quad @ matrix[:2, :2].T + matrix[:2, 2], np.float32)


def _colour(rng: np.random.Generator, low: int, high: int) -> Colour:
    red, green, blue = (int(value) for value in rng.integers(low, high + 1, 3))
    return red, green, blue
