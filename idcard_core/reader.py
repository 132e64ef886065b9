"""``IdCardReader``: the pipeline, one stage after another.

    picture -> locate -> read (rectify, text, fields) -> judge -> Reading

One object goes in at each stage and one comes out; no stage reaches back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image, Points, Reading, ReadOptions, Side
from idcard_core.fields.card_text import CardText
from idcard_core.fields.sides import Readers, read_card
from idcard_core.intake import Page, Picture, open_pages, open_picture
from idcard_core.judge.judge import Found, Judge
from idcard_core.locate.finder import CardFinder
from idcard_core.locate.placement import Placement
from idcard_core.locate.pose import overlap
from idcard_core.locate.view import CardView
from idcard_core.settings import Settings
from idcard_core.text.engine import LINE_HEIGHT, TextEngine
from idcard_core.text.factory import make_engine
from idcard_core.text.glyphs import CROP, GlyphReader
from idcard_core.timing import Stopwatch

Source = str | Path | bytes | NDArray[np.uint8]
"""What may be read: a path, an http(s) URL, an encoded picture, or BGR pixels (height, width, 3)."""
SideWanted = Side | Literal["front", "back", "auto"]

WARM_WIDTHS = (96, 320, 480)
"""Widths of lines, pixels, that ``load`` runs the recogniser on once."""
MOST_OVERLAP = 0.35
"""Two cards cover at most this part of the smaller one; places that share more are one card found twice."""
SMALLEST_CARD_PX = 900
"""A card less wide than this in a picture decoded at a reduced scale is read from the picture at full scale."""


class IdCardReader:
    """Reads identity cards. Cheap to make, safe to share between threads; the networks load at the first use.

    >>> reader = IdCardReader()
    >>> reading = reader.read("card.jpg", direction=True)
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.engine: TextEngine = make_engine(self.settings.engine)
        self._finder = CardFinder(self.engine, self.settings.engine.threads)
        self._readers = Readers(self.engine, GlyphReader(self.settings.engine.threads))
        self._judge = Judge(self.engine, self.settings.engine.threads)

    def load(self) -> None:
        """Load the networks now, and run each once, instead of at the first picture."""
        blank = np.full((540, 856, 3), 200, np.uint8)
        self.engine.recognize([blank[:LINE_HEIGHT, :width] for width in WARM_WIDTHS])
        self._readers.glyphs.read([blank[:CROP, :CROP, 0]])
        self._judge.load()
        self.answer(open_picture(blank, self.settings.limits), ReadOptions())

    def read(
        self,
        picture: Source | Page | Picture,
        side: SideWanted = "auto",
        *,
        direction: bool = False,
        risk: bool = False,
        photo: bool = False,
        detail: bool = False,
    ) -> Reading:
        """Read a picture. Raises the errors of ``idcard_core.errors`` for a picture that cannot be had or decoded.

        A picture without an identity card on it is no error: see ``Reading.status``.
        """
        watch = Stopwatch()
        wanted = None if side == "auto" else Side(side)
        options = ReadOptions(wanted, direction, risk, photo, detail)
        if not isinstance(picture, Picture):
            with watch.stage("decode"):
                picture = open_picture(picture, self.settings.limits.for_local_files())
        return self._answer(picture, options, watch)

    def read_pages(
        self,
        document: Source,
        side: SideWanted = "auto",
        *,
        direction: bool = False,
        risk: bool = False,
        photo: bool = False,
        detail: bool = False,
    ) -> Iterator[Reading]:
        """Read every page of a PDF or TIFF file, one after another; ``reading.picture.page`` is its number.

        A plain picture gives one reading, without a page number. Raises as `read` does, and ``DocumentError``. To go on
        after a page that cannot be drawn, take ``intake.open_pages`` and `read` each page.
        """
        for page in open_pages(document, self.settings.limits.for_local_files()):
            yield self.read(page, side, direction=direction, risk=risk, photo=photo, detail=detail)

    def answer(self, picture: Picture, options: ReadOptions) -> Reading:
        """Read a picture that was decoded before."""
        return self._answer(picture, options, Stopwatch())

    def read_texts(self, picture: Picture) -> tuple[list[CardText], float]:
        """What is read on each card, surest first, before anything is judged; and how much smaller than full size
        (0 to 1) the picture was read."""
        found = self._find_texts(picture, True, Stopwatch())
        return list(found.texts), found.picture.scale

    def _answer(self, picture: Picture, options: ReadOptions, watch: Stopwatch) -> Reading:
        found = self._find_texts(picture, options.detail, watch)
        with watch.stage("judge"):
            reading = self._judge.judge(found, options)
        return replace(reading, timings_ms=watch.milliseconds())

    def _find_texts(self, picture: Picture, thorough: bool, watch: Stopwatch) -> Found:
        """What is read on each card, surest first, the picture it was read from, and where cards seemed to be."""
        with watch.stage("locate"):
            placements = self._finder.find(picture.pixels)
        with watch.stage("decode"):
            picture, placements = _large_enough(picture, placements)
        texts = self._read_cards(picture.pixels, placements, thorough, watch)
        if not any(text.is_sure and text.is_whole for text in texts):
            with watch.stage("locate"):
                by_text = self._finder.find_by_text(picture.pixels)
            others = self._read_cards(picture.pixels, by_text, thorough, watch)
            texts = _distinct([*texts, *(text for text in others if not _is_known(text, texts))])
        return Found(picture, texts, placements)

    def _read_cards(
        self, pixels: Image, placements: Sequence[Placement], thorough: bool, watch: Stopwatch
    ) -> list[CardText]:
        """What can be read where cards were found; a place that does not read like a card is dropped."""
        texts: list[CardText] = []
        with watch.stage("read"):
            for placement in placements:
                if any(text.is_sure and overlap(text.view.quad, placement.quad) > MOST_OVERLAP for text in texts):
                    continue
                text = read_card(CardView(pixels, placement.quad), self._readers, thorough)
                if text.is_card:
                    texts.append(text)
        return _distinct(texts)


def _distinct(texts: Sequence[CardText]) -> list[CardText]:
    """The readings, surest first, without a second one of the same card."""
    kept: list[CardText] = []
    for text in sorted(texts, key=lambda text: -text.score):
        if all(overlap(text.view.quad, other.view.quad) <= MOST_OVERLAP for other in kept):
            kept.append(text)
    return kept


def _is_known(text: CardText, texts: Sequence[CardText]) -> bool:
    """Whether one of ``texts``, whose card was found by its outline, surely shows the same card and says as much."""
    return any(
        known.is_sure
        and known.values_read >= text.values_read
        and overlap(known.view.quad, text.view.quad) > MOST_OVERLAP
        for known in texts
    )


def _large_enough(picture: Picture, placements: Sequence[Placement]) -> tuple[Picture, Sequence[Placement]]:
    """The picture, decoded again at full scale when a card on it is small; placements to match."""
    if picture.scale == 1 or not placements:
        return picture, placements
    if min(CardView(picture.pixels, p.quad).pixels_across for p in placements) >= SMALLEST_CARD_PX:
        return picture, placements
    full, factor = picture.at_full_scale(), 1 / picture.scale
    scaled = [Placement(_scaled(p.quad, factor), p.score, p.front_probability) for p in placements]
    return full, scaled


def _scaled(points: Points, factor: float) -> Points:
    return np.asarray(points * factor, np.float32)
