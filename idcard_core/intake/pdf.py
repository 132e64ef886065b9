"""Pages of a PDF -> pictures, through PDFium.

PDFium reads what strangers made: a file is refused before it is opened when it is too large (see ``source``), after
that when it has too many pages, and a page that keeps the renderer busy is given up. Its scripts are not built in,
forms are not run, and nothing is fetched.
"""

from __future__ import annotations

import ctypes
import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pypdfium2
from pypdfium2 import raw

from idcard_core.card import Image, PictureInfo
from idcard_core.errors import DocumentError, ImageDataError
from idcard_core.intake.picture import Picture
from idcard_core.intake.raster import PIXELS_AT_MOST, Bounds

DPI = 300
"""An A4 page has 2480 x 3508 px then, and a card on it 1011 px across: more than the standard frame's 856."""
MOST_PX = 4096
"""Longest side of a rendered page. A PDF of a phone's photo often takes a pixel for a point, which is 72 dpi."""
LEAST_PX = 1900
"""Longest side of a small page: see ``decode.ENOUGH_PX``."""
RENDER_SECONDS = 20.0
"""After this the renderer is asked to stop. A scan takes 0.1 s, a page of a million lines half a minute."""
HEADER_WITHIN = 1024
"""Bytes within which a PDF's header begins (ISO 32000-1, Annex H, note 13)."""

_POINTS_AN_INCH = 72
_PASSWORD = raw.FPDF_ERR_PASSWORD
# PDFium is not safe under threads, whatever the document.
_lock = threading.Lock()


def is_pdf(data: bytes) -> bool:
    """Whether ``data``, which is no picture, begins like a PDF."""
    return b"%PDF-" in data[:HEADER_WITHIN]


def count_pages(data: bytes) -> int:
    """How many pages a PDF has. Raises ``DocumentError``: encrypted, broken, without a page."""
    with _document(data) as document:
        count = len(document)
    if count < 1:
        raise DocumentError(DocumentError.BROKEN)
    return count


def render_page(data: bytes, number: int, sha256: str, bounds: Bounds) -> Picture:
    """Page ``number`` (from 1) of a PDF as a picture; ``sha256`` is that of the file.

    Raises ``DocumentError`` (encrypted, broken, too slow) or ``ImageDataError`` (size) for a page out of ``bounds``.
    """
    with _document(data) as document:
        page = document[number - 1]
        try:
            size = _size(page, bounds)
            _check_images(page)
            pixels = _render(page, size)
        finally:
            page.close()
    return Picture(pixels, PictureInfo(*size, "PDF", len(data), sha256, number))


@contextmanager
def _document(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """An open document, for one thread at a time; PDFium's errors become this project's."""
    with _lock:
        try:
            document = pypdfium2.PdfDocument(data)
            try:
                yield document
            finally:
                document.close()
        except pypdfium2.PdfiumError as error:
            encrypted = error.err_code == _PASSWORD
            raise DocumentError(DocumentError.ENCRYPTED if encrypted else DocumentError.BROKEN) from None


def _size(page: pypdfium2.PdfPage, bounds: Bounds) -> tuple[int, int]:
    """Width and height in pixels of the rendered page."""
    width, height = page.get_size()
    longest = max(width, height)
    if not (math.isfinite(longest) and min(width, height) > 0):
        raise DocumentError(DocumentError.BROKEN)
    wanted = max(longest * DPI / _POINTS_AN_INCH, LEAST_PX)
    scale = min(wanted, MOST_PX, bounds.longest_px) / longest
    size = round(width * scale), round(height * scale)
    bounds.check(size)
    return size


def _check_images(page: pypdfium2.PdfPage) -> None:
    """Refuse a page whose pictures unpack to more pixels than any picture may have, however small it shows them."""
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        width, height = image.get_px_size()
        if width * height > PIXELS_AT_MOST:
            raise ImageDataError(ImageDataError.SIZE)


def _render(page: pypdfium2.PdfPage, size: tuple[int, int]) -> Image:
    """The page on white paper, with its annotations, BGR."""
    width, height = size
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        pause = _pause_after(RENDER_SECONDS)
        state = raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT, pause)
        raw.FPDF_RenderPage_Close(page)
        if state == raw.FPDF_RENDER_TOBECONTINUED:
            raise DocumentError(DocumentError.SLOW)
        if state != raw.FPDF_RENDER_DONE:
            raise DocumentError(DocumentError.BROKEN)
        return np.array(bitmap.to_numpy(), np.uint8)
    finally:
        bitmap.close()


def _pause_after(seconds: float) -> ctypes.Structure:
    """What PDFium asks, between the objects of a page, whether it shall pause."""
    deadline = time.monotonic() + seconds
    pause: ctypes.Structure = raw.IFSDK_PAUSE(version=1)
    pause.NeedToPauseNow = type(pause.NeedToPauseNow)(lambda _: int(time.monotonic() > deadline))
    return pause
