"""The text on a picture on which no identity card was read, whichever way the picture is turned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image, Points
from idcard_core.judge.text_rows import degrees_off_level, height, length, rows_by_direction
from idcard_core.locate.placement import Placement
from idcard_core.locate.view import cut_quad
from idcard_core.text.characters import simplify
from idcard_core.text.decode import read_plain
from idcard_core.text.engine import LINE_HEIGHT, TextEngine

LONGEST_SIDE = 1280
"""Text is looked for on a picture at most so large, pixels."""
MOST_LINES = 40
"""At most so many lines are read; a page of text has hundreds."""
LONGEST_VALUE = 20
"""Characters of a line that is no value but running text."""
LIKE_A_PAGE = 0.25
"""A share of running text that is by so much the larger tells the page below a document."""
TALLEST = 12
"""So many of them are the tallest, which titles are among; the others are the longest."""
ONE_CHARACTER = 1.6
"""Times as long as high that a box of a single character is at most, grown as boxes are."""
PROBES = 6
"""Lines that tell, read both ways, which way the text runs."""
LEVEL = 12.0
"""Degrees off level, or upright, beyond which the picture is turned and looked at again: slanted text is overlooked."""
LEAST_CONFIDENCE = 0.5
"""Mean probability of its characters below which a line is taken for a pattern."""
WIDEST = 40
"""Times as long as high that a line is cut at most."""
SMALL_CARD = 0.45
"""A card found that covers less than this part of the picture's longer side is looked at closer."""
AROUND = 0.25
"""How much more than the card is looked at, as a part of its size, on each side."""
ROOM = 0.4
"""How much larger than the card found the place is that text is read on: not every document has a card's shape."""
LEAST_INSIDE = 3
"""So many lines on the card found are enough to leave the others unread."""


@dataclass(frozen=True, slots=True)
class _Read:
    text: str
    confidence: float


def lines_on(picture_pixels: Image, placements: Sequence[Placement], engine: TextEngine) -> list[str]:
    """The texts of the lines on a picture, first to last in the text's own direction; at most ``MOST_LINES``.

    ``placements`` are where something card-like was seen, surest first: text there is read before other text, and where
    the place is small it is looked at closer. The lines are simplified; there may be none.
    """
    place = placements[0].quad if placements else None
    if place is not None and (window := _window(picture_pixels, place)) is not None:
        left, top, right, bottom = window
        closer = picture_pixels[top:bottom, left:right]
        lines = _lines(closer, place - np.array([left, top], np.float32), engine)
        if len(lines) >= LEAST_INSIDE:
            return lines
        place = None
    return _lines(picture_pixels, place, engine)


def _window(picture: Image, quad: Points) -> tuple[int, int, int, int] | None:
    """Left, top, right, bottom of the part of the picture around a small card; None for a larger one."""
    height, width = picture.shape[:2]
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    across = max(right - left, bottom - top)
    if max(height, width) < LONGEST_SIDE or across > SMALL_CARD * max(height, width):
        return None
    room = AROUND * across
    x0, x1 = max(0, int(left - room)), min(width, int(right + room))
    y0, y1 = max(0, int(top - room)), min(height, int(bottom + room))
    return (x0, y0, x1, y1) if min(x1 - x0, y1 - y0) > LINE_HEIGHT else None


def _lines(picture: Image, place: Points | None, engine: TextEngine) -> list[str]:
    groups = _rows(picture, place, engine)
    texts = [_texts(picture, _chosen(rows, MOST_LINES // len(groups)), engine) for rows in groups]
    if len(texts) == 2:
        pages = [_share_of_sentences(lines) for lines in texts]
        texts = [lines for lines, share in zip(texts, pages, strict=True) if share <= min(pages) + LIKE_A_PAGE]
    return [line for lines in texts for line in lines]


def _share_of_sentences(lines: Sequence[str]) -> float:
    """How much of the text is running text, 0 to 1: a document may lie on a printed page."""
    sentences = sum(len(line) > LONGEST_VALUE or any(mark in line for mark in "，。；") for line in lines)
    return sentences / max(1, len(lines))


def _texts(picture: Image, quads: Sequence[Points], engine: TextEngine) -> list[str]:
    """What is read on lines that all run the same way, forward or backward."""
    if not quads:
        return []
    probes = sorted(quads, key=lambda quad: -length(quad))[:PROBES]
    turned = [_turned(quad) for quad in probes]
    read = _read(picture, [*probes, *turned], engine)
    forward, backward = read[: len(probes)], read[len(probes) :]
    if _worth(backward) > _worth(forward):
        quads, probes, forward = [_turned(quad) for quad in quads][::-1], turned, backward
    known = {_key(quad): line for quad, line in zip(probes, forward, strict=True)}
    rest = [quad for quad in quads if _key(quad) not in known]
    known |= {_key(quad): line for quad, line in zip(rest, _read(picture, rest, engine), strict=True)}
    found = [known[_key(quad)] for quad in quads]
    return [line.text for line in found if line.text and line.confidence >= LEAST_CONFIDENCE]


def _is_in(quad: Points, place: Points) -> bool:
    """Whether the middle of a box lies on the card found; with some room, for a card is not found to the pixel."""
    middle = place.mean(axis=0)
    x, y = quad.mean(axis=0)
    wide = np.asarray(middle + (place - middle) * np.float32(1 + ROOM), np.float32)
    return cv2.pointPolygonTest(wide, (float(x), float(y)), False) >= 0


def _rows(picture: Image, place: Points | None, engine: TextEngine) -> list[list[Points]]:
    """The lines of text on ``picture``, in its pixels, by direction; only those on the card found, if that has some."""
    scale = min(1.0, LONGEST_SIDE / max(picture.shape[:2]))
    small = picture if scale == 1.0 else cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = np.asarray(small, np.uint8)
    place = None if place is None else place * np.float32(scale)
    groups = rows_by_direction(_on_card([box.quad for box in engine.detect(small)], place))
    if groups and abs(turn := degrees_off_level(groups[0])) > LEVEL:
        level, matrix = _turned_picture(small, turn)
        back = cv2.invertAffineTransform(matrix)
        quads = [np.asarray(cv2.transform(box.quad[None], back)[0], np.float32) for box in engine.detect(level)]
        again = rows_by_direction(_on_card(quads, place))
        groups = again if _extent(again) > _extent(groups) else groups
    return [[np.asarray(row / np.float32(scale), np.float32) for row in rows] for rows in groups]


def _extent(groups: Sequence[Sequence[Points]]) -> float:
    """The length of all lines together."""
    return sum(length(row) for rows in groups for row in rows)


def _on_card(quads: Sequence[Points], place: Points | None) -> Sequence[Points]:
    if place is None:
        return quads
    inside = [quad for quad in quads if _is_in(quad, place)]
    return inside if len(inside) >= LEAST_INSIDE else quads


def _turned_picture(picture: Image, degrees: float) -> tuple[Image, NDArray[np.float64]]:
    """``picture`` turned so that its text is level, on a larger canvas; and the map there (2, 3)."""
    height, width = picture.shape[:2]
    matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), np.float64)
    across, down = np.abs(matrix[:, :2]) @ np.array([width, height])
    matrix[:, 2] += np.array([across - width, down - height]) / 2
    size = (round(float(across)), round(float(down)))
    level = cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(level, np.uint8), matrix


def _chosen(quads: Sequence[Points], most: int) -> list[Points]:
    """At most so many of them, from the first row to the last as the boxes run."""
    words = [quad for quad in quads if length(quad) > ONE_CHARACTER * height(quad)]
    tall = sorted(words, key=lambda quad: -height(quad))[: round(TALLEST * most / MOST_LINES)]
    taken = {_key(quad) for quad in tall}
    long = sorted((quad for quad in quads if _key(quad) not in taken), key=lambda quad: -length(quad))
    kept = [*tall, *long[: most - len(tall)]]
    if not kept:
        return []
    along = np.mean([(quad[1] - quad[0]) / max(1.0, length(quad)) for quad in kept], axis=0)
    down = np.array([-along[1], along[0]])
    return sorted(kept, key=lambda quad: float(quad.mean(axis=0) @ down))


def _read(picture: Image, quads: Sequence[Points], engine: TextEngine) -> list[_Read]:
    strips = []
    for quad in quads:
        width = min(WIDEST, length(quad) / max(1.0, height(quad))) * LINE_HEIGHT
        strips.append(cut_quad(picture, quad, (max(8, round(width)), LINE_HEIGHT)))
    lines = []
    for seen in engine.recognize(strips) if strips else []:
        characters = read_plain(seen)
        confidence = fmean(character.probability for character in characters) if characters else 0.0
        lines.append(_Read(simplify("".join(character.text for character in characters)), confidence))
    return lines


def _worth(lines: Sequence[_Read]) -> float:
    return sum(line.confidence * len(line.text) for line in lines)


def _turned(quad: Points) -> Points:
    return np.ascontiguousarray(np.roll(quad, 2, axis=0))


def _key(quad: Points) -> bytes:
    return quad.tobytes()
