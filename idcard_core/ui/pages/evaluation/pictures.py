"""Small pictures of samples and of cards on them, as data URIs, made from the store and kept in memory for a while."""

from __future__ import annotations

from base64 import b64encode

import cv2
import numpy as np
import streamlit as st

from idcard_core.card import CARD_FRAME, Image, Points
from idcard_core.errors import IdCardError
from idcard_core.intake import decode, open_pages
from idcard_core.intake.formats import format_of
from idcard_core.store.errors import Damaged, NotKept
from idcard_core.ui.kept import store
from idcard_core.ui.service import settings

THUMBNAIL_PX, PREVIEW_PX, CARD_PX = 240, 1200, 520
_MARGIN = 0.04
"""Of a card's width, left around it."""


@st.cache_resource(show_spinner=False, max_entries=800)
def thumbnail(sha256: str, page: int | None) -> str:
    """The whole picture, small; empty where it cannot be had."""
    return _whole(sha256, page, THUMBNAIL_PX, 76)


@st.cache_resource(show_spinner=False, max_entries=24)
def preview(sha256: str, page: int | None) -> str:
    """The whole picture as large as a dialog shows it."""
    return _whole(sha256, page, PREVIEW_PX, 82)


@st.cache_resource(show_spinner=False, max_entries=300)
def card_picture(sha256: str, page: int | None, corners: tuple[float, ...] | None) -> str:
    """The card within ``corners`` (x and y of four), upright; the whole picture where they are not known."""
    if corners is None:
        return _whole(sha256, page, CARD_PX, 80)
    pixels, scale = _pixels(sha256, page, None)
    return "" if pixels is None else _uri(_cut(pixels, np.asarray(corners, np.float32).reshape(4, 2) * scale), 80)


def forget() -> None:
    """Let all small pictures go: one may be of a sample that was deleted."""
    for kept in (thumbnail, preview, card_picture):
        kept.clear()


def _whole(sha256: str, page: int | None, longest_px: int, quality: int) -> str:
    pixels, _ = _pixels(sha256, page, longest_px)
    if pixels is None:
        return ""
    scale = min(1.0, longest_px / max(pixels.shape[:2]))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else pixels
    return _uri(np.asarray(small, np.uint8), quality)


def _pixels(sha256: str, page: int | None, enough_px: int | None) -> tuple[Image | None, float]:
    """The picture, perhaps at a reduced scale, and that scale."""
    limits = settings().limits.for_local_files()
    try:
        content = store().pictures.read(sha256)
        if page is None and format_of(content) is not None:
            picture = decode(content, limits, enough_px=enough_px or CARD_FRAME[0] * 2)
        else:
            picture = open_pages(content, limits)[(page or 1) - 1].open()
    except (IdCardError, NotKept, Damaged, IndexError):
        return None, 1.0
    return picture.pixels, picture.scale


def _cut(pixels: Image, corners: Points) -> Image:
    width = CARD_PX
    height = round(width * CARD_FRAME[1] / CARD_FRAME[0])
    x, y = width * _MARGIN, height * _MARGIN
    target = np.array([[x, y], [width - x, y], [width - x, height - y], [x, height - y]], np.float32)
    transform = cv2.getPerspectiveTransform(np.ascontiguousarray(corners, np.float32), target)
    return np.asarray(cv2.warpPerspective(pixels, transform, (width, height), flags=cv2.INTER_AREA), np.uint8)


def _uri(pixels: Image, quality: int) -> str:
    _, encoded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return f"data:image/jpeg;base64,{b64encode(bytes(encoded)).decode()}"
