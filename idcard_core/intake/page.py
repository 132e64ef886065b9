"""A page of a document, not decoded yet: a document of many pages is read with one of them in memory at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from idcard_core.intake.picture import Picture


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One page of a file. ``number`` counts from 1; it is None for a plain picture, which has no pages.

    ``open`` decodes or renders the page, anew at each call. It raises ``ImageDataError`` and ``PayloadTooLarge`` like
    ``decode``, and ``DocumentError`` for a page of a PDF.
    """

    open: Callable[[], Picture]
    number: int | None = None
