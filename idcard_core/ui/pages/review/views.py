"""The pictures that reviewers look at: upright, as sharp as a screen can use, decoded before they are asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

import cv2
import numpy as np
import streamlit as st
from streamlit.runtime import get_instance

from idcard_core.card import Image
from idcard_core.intake import open_pages
from idcard_core.ui.kept import store
from idcard_core.ui.service import settings

LONGEST_PX = 2600
"""Longest side of what is sent: a card over half of it has 15 pixels a millimetre."""
MOST_VIEWS = 12
_QUALITY = 88
Which = tuple[str, int | None]
"""A picture's SHA-256, and the page of a document."""


@dataclass(frozen=True, slots=True)
class View:
    """An encoded picture, and the size in pixels that places on it are told in."""

    jpeg: bytes = field(repr=False)
    width: int
    height: int


class Views:
    """Keeps the latest few; threads may share it."""

    def __init__(self, make: Callable[[Which], View], most: int = MOST_VIEWS) -> None:
        self._make = make
        self._most = most
        self._lock = Lock()
        self._views: OrderedDict[Which, Future[View]] = OrderedDict()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="review-view")

    def get(self, which: Which) -> View:
        """Raises what opening the picture raises: NotKept, Damaged, an IdCardError."""
        return self.prepare(which).result()

    def prepare(self, which: Which) -> Future[View]:
        """Begin to make a view that will be wanted soon."""
        with self._lock:
            found = self._views.get(which)
            if found is None or (found.done() and found.exception() is not None):
                found = self._views[which] = self._worker.submit(self._make, which)
            self._views.move_to_end(which)
            while len(self._views) > self._most:
                self._views.popitem(last=False)
        return found


@st.cache_resource(show_spinner=False)
def views() -> Views:
    """The one of all sessions."""
    return Views(_view)


def pixels_of(which: Which) -> Image:
    """The whole picture, upright, at full size. Raises NotKept, Damaged, an IdCardError."""
    sha256, number = which
    pages = open_pages(store().pictures.read(sha256), settings().limits.for_local_files())
    return pages[(number or 1) - 1].open().at_full_scale().pixels


def url_of(view: View, place: str) -> str:
    """An address that this session's browser gets the picture from; ``place`` names where it is shown."""
    return get_instance().media_file_mgr.add(view.jpeg, "image/jpeg", place)


def _view(which: Which) -> View:
    pixels = pixels_of(which)
    height, width = pixels.shape[:2]
    scale = LONGEST_PX / max(width, height)
    if scale < 1:
        pixels = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    done, encoded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not done:
        raise ValueError("the picture cannot be encoded")
    return View(bytes(encoded), width, height)
