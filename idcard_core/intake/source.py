"""Whatever a person names as a picture -> ``Picture``, or the ``Page`` objects of a document."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from idcard_core.errors import DocumentError, ImageDataError, PayloadTooLarge
from idcard_core.intake.decode import decode, from_array
from idcard_core.intake.formats import format_of
from idcard_core.intake.page import Page
from idcard_core.intake.picture import Picture
from idcard_core.intake.raster import Bounds
from idcard_core.intake.tiff import decode_frame, page_frames
from idcard_core.intake.url import download
from idcard_core.settings import Limits


def open_picture(source: str | Path | bytes | NDArray[Any] | Page, limits: Limits) -> Picture:
    """Open a path, an http(s) URL, the bytes of a file, an array of pixels, or a page.

    A string that begins with ``http://`` or ``https://`` is a URL, any other is a path; base64 text is not looked for
    here (see ``decode_base64``). A path that is missing, unreadable, or no regular file is an ``ImageDataError``
    (download). A PDF is no picture: see ``open_pages``.
    """
    if isinstance(source, Page):
        return source.open()
    if isinstance(source, np.ndarray):
        return from_array(source, limits)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return decode(bytes(source), limits)
    if isinstance(source, str) and is_url(source):
        return decode(download(source, limits), limits)
    return decode(_read_file(Path(source), limits), limits)


def open_pages(source: str | Path | bytes | NDArray[Any], limits: Limits) -> list[Page]:
    """The pages of a PDF or TIFF file, named by its path or given as bytes; anything else is a page of its own.

    What is behind a URL is a picture, never a document. Nothing is decoded yet: a page that is broken raises when it is
    opened, and does not keep the others from being read. Raises, besides the errors of ``open_picture`` for a file that
    cannot be had, ``DocumentError``: a PDF that is broken or encrypted, or more than ``limits.document_pages`` pages.
    """
    if isinstance(source, np.ndarray) or (isinstance(source, str) and is_url(source)):
        return [Page(partial(open_picture, source, limits))]
    data = bytes(source) if isinstance(source, (bytes, bytearray, memoryview)) else _read_file(Path(source), limits)
    if len(data) > limits.file_bytes:
        raise PayloadTooLarge
    kind = format_of(data)
    if kind is None:
        return _pdf_pages(data, limits) or [Page(partial(decode, data, limits))]
    if kind.name == "TIFF":
        return _tiff_pages(data, limits) or [Page(partial(decode, data, limits))]
    return [Page(partial(decode, data, limits))]


def is_url(text: str) -> bool:
    """Whether ``text`` is to be taken for an http(s) URL."""
    return text.lstrip()[:8].lower().startswith(("http://", "https://"))


def _pdf_pages(data: bytes, limits: Limits) -> list[Page]:
    """The pages of a PDF; none when it is no PDF."""
    from idcard_core.intake import pdf  # loads PDFium, which only documents need

    if not pdf.is_pdf(data):
        return []
    count = pdf.count_pages(data)
    if count > limits.document_pages:
        raise DocumentError.too_many_pages(limits.document_pages)
    sha256, bounds = hashlib.sha256(data).hexdigest(), Bounds.of(limits)
    return [Page(partial(pdf.render_page, data, number, sha256, bounds), number) for number in range(1, count + 1)]


def _tiff_pages(data: bytes, limits: Limits) -> list[Page]:
    """The pages of a TIFF; none when it is a single picture."""
    frames = page_frames(data, limits.document_pages)
    if len(frames) < 2:
        return []
    sha256, bounds = hashlib.sha256(data).hexdigest(), Bounds.of(limits)
    return [
        Page(partial(decode_frame, data, frame, number, sha256, bounds), number)
        for number, frame in enumerate(frames, start=1)
    ]


def _read_file(path: Path, limits: Limits) -> bytes:
    try:
        if not path.is_file():  # a pipe or a device could go on for ever
            raise ImageDataError(ImageDataError.DOWNLOAD)
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except (OSError, ValueError):  # ValueError: a NUL in the path
        raise ImageDataError(ImageDataError.DOWNLOAD) from None
    if len(data) > limits.file_bytes:
        raise PayloadTooLarge
    return data
