"""Between the page and the core: one reader for everybody, and a recognition as the page wants it."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import cv2
import numpy as np
import streamlit as st

from idcard_core import contract
from idcard_core.card import Card, FieldName, Image, Reading, ReadOptions
from idcard_core.errors import IdCardError, ImageDataError
from idcard_core.intake import Picture, decode, download, is_url, open_pages
from idcard_core.masking import mask_numbers
from idcard_core.reader import IdCardReader
from idcard_core.service import as_contract_error
from idcard_core.settings import Limits, Settings
from idcard_core.timing import Stopwatch
from idcard_core.ui.history import Failure, HistoryRow
from idcard_core.ui.layers import glare_layer, heat_layer
from idcard_core.ui.samples import labels_of
from idcard_core.ui.shelf import CardPictures, Exhibit, Original
from idcard_core.ui.truth import compare

PREVIEW_PX = 1400
"""Longest side of the picture sent to the page: sharp on a wide screen, about 200 KB."""
_PREVIEW_QUALITY, _CARD_QUALITY = 82, 90


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A history row, and what there is to show, unless there was an error."""

    row: HistoryRow
    exhibit: Exhibit | None = None


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """The settings, read once."""
    return Settings()


@st.cache_resource(show_spinner=False)
def reader() -> IdCardReader:
    """The one reader all sessions share."""
    return IdCardReader(settings())


@st.cache_resource(show_spinner=False)
def warm() -> threading.Thread:
    """Loads the models in the background, once, so that the first upload need not wait for them."""
    thread = threading.Thread(target=reader().load, name="warm-up", daemon=True)
    thread.start()
    return thread


def pages_of(original: Original) -> list[Original]:
    """One for each page of an uploaded document of several; anything else as it is, whatever is wrong with it."""
    if isinstance(original.source, str):
        return [original]
    try:
        pages = open_pages(original.source, settings().limits.for_local_files())
    except IdCardError:
        return [original]  # which `recognise` will find, and tell
    return [replace(original, page=page.number) for page in pages] if len(pages) > 1 else [original]


def recognise(original: Original, options: ReadOptions, row_id: int) -> Outcome:
    """Reads one picture; whatever goes wrong becomes a row of its own, named as in the wire contract."""
    name, engine = mask_numbers(original.name), settings().engine.name
    now, log_id = datetime.now().astimezone(), contract.new_log_id()
    row = HistoryRow(row_id, now, name, engine, 0.0, page=original.page, log_id=log_id)
    watch = Stopwatch()
    try:
        original, picture = _open(original, settings().limits, watch)
        opening = watch.milliseconds()
        # The rectified card, which the page shows, comes with the detail; the JSON is what was asked for.
        detailed = reader().answer(picture, replace(options, detail=True))
        reading = _with_opening(replace(detailed, options=options), opening)
    except Exception as error:
        known = as_contract_error(error, log_id)
        failure = Failure(known.code, known.message)
        return Outcome(replace(row, milliseconds=watch.milliseconds()["total"], failure=failure))
    labelled = compare(reading, labels_of(reading.picture.sha256))
    numbers = [card.field(FieldName.IDCARDNO).text for card in sorted(reading.cards, key=lambda card: card.order)]
    done = replace(
        row,
        milliseconds=reading.timings_ms["total"],
        sides=tuple(card.side for card in reading.cards),
        status=reading.status,
        risk=reading.risk if options.risk else None,
        number=", ".join(mask_numbers(number) for number in numbers if number),
        doubted=tuple(name for name in FieldName if any(name in card.doubted for card in reading.cards)),
        marks=labelled.marks,
        sha256=reading.picture.sha256,
    )
    return Outcome(done, _exhibit(done, original, reading, picture, labelled.expected))


def preview_of(content: bytes, page: int | None) -> bytes:
    """A picture's file, or a page of it, upright and scaled down for a page. Raises IdCardError."""
    opened = open_pages(content, settings().limits.for_local_files())[(page or 1) - 1].open()
    return _jpeg(_preview(opened.pixels), _PREVIEW_QUALITY)


def _open(original: Original, limits: Limits, watch: Stopwatch) -> tuple[Original, Picture]:
    """The picture, and the original as bytes; text that is no address never names a file of this machine."""
    source = original.source
    if isinstance(source, str):
        if not is_url(source):
            raise ImageDataError(ImageDataError.DOWNLOAD)
        with watch.stage("download"):
            source = download(source, limits)
        with watch.stage("decode"):
            return replace(original, source=source), decode(source, limits)
    with watch.stage("decode"):
        page = open_pages(source, limits.for_local_files())[(original.page or 1) - 1]
        return original, page.open()


def _with_opening(reading: Reading, opening: Mapping[str, float]) -> Reading:
    """``reading`` with the time it took to open its picture added to its own."""
    stages: dict[str, float] = {}
    for name, spent in (*opening.items(), *reading.timings_ms.items()):
        stages[name] = stages.get(name, 0.0) + spent
    total = stages.pop("total")
    return replace(reading, timings_ms={**stages, "total": total})


def _exhibit(
    row: HistoryRow,
    original: Original,
    reading: Reading,
    picture: Picture,
    expected: tuple[Mapping[FieldName, str], ...],
) -> Exhibit:
    detailed = replace(reading, options=replace(reading.options, detail=True))
    plain = replace(reading, options=replace(reading.options, detail=False))
    return Exhibit(
        row_id=row.id,
        original=original,
        reading=replace(reading, cards=tuple(_light(card) for card in reading.cards)),
        preview=_jpeg(_preview(picture.pixels), _PREVIEW_QUALITY),
        pictures=tuple(_pictures(card) for card in reading.cards),
        wire=json.dumps(contract.render(plain, row.log_id), ensure_ascii=False, indent=2),
        wire_detail=json.dumps(contract.render(detailed, row.log_id), ensure_ascii=False, indent=2),
        expected=expected,
    )


def _light(card: Card) -> Card:
    """``card`` without its picture arrays."""
    tampering = card.tampering and replace(card.tampering, heat=np.zeros((0, 0), np.float32))
    portrait = card.portrait and replace(card.portrait, image=np.zeros((0, 0, 3), np.uint8))
    return replace(card, rectified=None, portrait=portrait, tampering=tampering)


def _pictures(card: Card) -> CardPictures:
    return CardPictures(
        rectified=None if card.rectified is None else _jpeg(card.rectified, _CARD_QUALITY),
        portrait=None if card.portrait is None else _jpeg(card.portrait.image, _CARD_QUALITY),
        heat=None if card.tampering is None else heat_layer(card.tampering.heat),
        glare=None if card.rectified is None else glare_layer(card.rectified),
    )


def _preview(pixels: Image) -> Image:
    scale = PREVIEW_PX / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    return np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _jpeg(pixels: Image, quality: int) -> bytes:
    done, encoded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError("the picture cannot be encoded")
    return bytes(encoded)
