"""Finds cards by their print alone: where no edge can be seen, labels and rows of text still tell how a card lies.

Used where the locator finds nothing it is sure of: no margin around the card, a card of the background's colour, a
faint copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import Image, Points
from idcard_core.locate.placement import Placement
from idcard_core.locate.register import Anchor, quad_of, register, similarity
from idcard_core.locate.view import Homography, apply, cut_quad
from idcard_core.text.characters import is_han, simplify
from idcard_core.text.decode import read_plain
from idcard_core.text.engine import LINE_HEIGHT, TextBox, TextEngine

DETECTION_SIDE = 960
"""The picture's longer side while text is looked for, pixels."""
MOST_LINES = 40
"""At most so many lines are read in a search; a page full of text has hundreds."""
LEAST_ANCHORS = 2
_NUMBER = re.compile(r"[0-9]{14,}")
"""An id number, a digit or two of it perhaps misread; the dates of a period of validity have dots between them."""
FARTHEST_LABEL = 110.0
"""How far (card frame) a label may stand from where the number alone says it should: tilt is not known to it."""
TITLE_TOLERANCE = (40.0, 25.0)
"""Where titles stand differs more between cards than where labels do."""

FRONT_LABELS = {
    "姓名": (45.0, 72.0),
    "性别": (45.0, 132.0),
    "出生": (45.0, 194.0),
    "住址": (45.0, 260.0),
    "公民身份号码": (45.0, 463.0),
}
"""Left end and middle height of what begins a row, card frame."""
BACK_LABELS = {"签发机关": (190.0, 395.0), "有效期限": (190.0, 462.0)}
BACK_TITLES = {"中华人民共和国": (540.0, 120.0), "居民身份证": (540.0, 210.0)}
"""Middles: titles are set in many sizes."""
NUMBER_ENDS = ((290.0, 463.0), (780.0, 463.0))


@dataclass(frozen=True, slots=True, eq=False)
class ReadBox:
    """A line of text in the picture, turned so that it reads forward: left and right end of its middle, its text."""

    quad: Points
    text: str
    confidence: float

    @property
    def ends(self) -> Points:
        """(2, 2): the middles of its left and right edge."""
        return np.array([(self.quad[0] + self.quad[3]) / 2, (self.quad[1] + self.quad[2]) / 2], np.float32)

    @property
    def height(self) -> float:
        return float(np.hypot(*(self.quad[3] - self.quad[0])))


def find_by_text(picture: Image, engine: TextEngine) -> list[Placement]:
    """Cards on ``picture`` told by their labels, best first; corners in pixels of the picture."""
    boxes = _boxes(picture, engine)
    lines = [line for group in _by_direction(boxes) for line in _read_forward(picture, group[:MOST_LINES], engine)]
    fronts = list(_fronts(lines))
    placements = [*fronts, *_backs(_outside(lines, fronts))]
    return sorted(placements, key=lambda placement: -placement.score)


def _boxes(picture: Image, engine: TextEngine) -> list[TextBox]:
    scale = min(1.0, DETECTION_SIDE / max(picture.shape[:2]))
    small = picture if scale == 1.0 else cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return [TextBox(box.quad / np.float32(scale), box.score) for box in engine.detect(np.asarray(small, np.uint8))]


def _by_direction(boxes: Sequence[TextBox]) -> list[list[TextBox]]:
    """Boxes of about one direction together, longest first; directions with the most text first, at most two."""
    groups: list[tuple[float, list[TextBox]]] = []
    for box in sorted(boxes, key=lambda b: -_length(b.quad)):
        if _length(box.quad) < 1.3 * np.hypot(*(box.quad[3] - box.quad[0])):
            continue
        angle = _angle(box.quad)
        for middle, group in groups:
            if abs((angle - middle + np.pi / 2) % np.pi - np.pi / 2) < np.radians(20):
                group.append(box)
                break
        else:
            groups.append((angle, [box]))
    ranked = sorted((group for _, group in groups), key=lambda group: -sum(_length(b.quad) for b in group))
    return [group for group in ranked[:2] if len(group) >= 2]


def _read_forward(picture: Image, boxes: Sequence[TextBox], engine: TextEngine) -> list[ReadBox]:
    """Read boxes of one direction, forward or backward, whichever the longest of them are surer in."""
    probe = boxes[:3]
    forward = _read(picture, [box.quad for box in probe], engine)
    backward = _read(picture, [_turned(box.quad) for box in probe], engine)
    turn = sum(r.confidence * len(r.text) for r in backward) > sum(r.confidence * len(r.text) for r in forward)
    rest = [_turned(box.quad) if turn else box.quad for box in boxes[3:]]
    return [*(backward if turn else forward), *_read(picture, rest, engine)]


def _read(picture: Image, quads: Sequence[Points], engine: TextEngine) -> list[ReadBox]:
    strips = []
    for quad in quads:
        height = max(1.0, float(np.hypot(*(quad[3] - quad[0]))))
        strips.append(cut_quad(picture, quad, (max(8, round(_length(quad) / height * LINE_HEIGHT)), LINE_HEIGHT)))
    lines = []
    for quad, seen in zip(quads, engine.recognize(strips), strict=True):
        characters = read_plain(seen)
        confidence = float(np.mean([c.probability for c in characters])) if characters else 0.0
        lines.append(ReadBox(quad, simplify("".join(c.text for c in characters)), confidence))
    return lines


def _fronts(lines: Sequence[ReadBox]) -> Iterator[Placement]:
    """One card for each id number found, with the labels where they should be from there; or one of labels alone."""
    numbers = [line for line in lines if _NUMBER.search(line.text)]
    labels = _label_anchors(lines, FRONT_LABELS)
    for number in numbers:
        has_label = sum(is_han(c) for c in number.text) >= 2
        ends = _ends(number, FRONT_LABELS["公民身份号码"] if has_label else NUMBER_ENDS[0], NUMBER_ENDS[1])
        start = similarity(ends)
        if start is not None:
            yield from _placement([*ends, *_agreeing(labels, start)], lines, front_probability=1.0)
    if not numbers:
        yield from _placement(labels, lines, front_probability=1.0)


def _backs(lines: Sequence[ReadBox]) -> Iterator[Placement]:
    anchors = _label_anchors(lines, BACK_LABELS)
    for line in lines:
        # a line is one title: both of them in one, as other cards have it, would be two places for one point
        likest = max(BACK_TITLES, key=lambda title: _shared(title, line.text) / len(title))
        if _shared(likest, line.text) >= len(likest) - 2:
            anchors.append(Anchor(_point(line.ends.mean(axis=0)), BACK_TITLES[likest], TITLE_TOLERANCE))
    yield from _placement(anchors, lines, front_probability=0.0)


def _shared(title: str, text: str) -> int:
    return len(set(title) & set(text))


def _outside(lines: Sequence[ReadBox], placements: Sequence[Placement]) -> list[ReadBox]:
    """The lines that do not lie on a card found already."""
    return [line for line in lines if not any(_inside(placement.quad, line.ends[:1]) for placement in placements)]


def _agreeing(anchors: Sequence[Anchor], start: Homography) -> list[Anchor]:
    """The anchors that stand about where they should under ``start`` (card frame to picture)."""
    if not anchors:
        return []
    seen = apply(np.asarray(np.linalg.inv(start)), np.array([anchor.seen for anchor in anchors], np.float32))
    off = np.hypot(*(seen - np.array([anchor.printed for anchor in anchors])).T)
    return [anchor for anchor, distance in zip(anchors, off, strict=True) if distance < FARTHEST_LABEL]


def _label_anchors(lines: Sequence[ReadBox], labels: dict[str, tuple[float, float]]) -> list[Anchor]:
    return [
        Anchor(_point(line.ends[0] + _half_margin(line)), printed)
        for line in lines
        for label, printed in labels.items()
        if line.text.startswith(label[:4])
    ]


def _half_margin(line: ReadBox) -> Points:
    """From the edge of a detected box to the ink in it: boxes are grown by about a sixth of their height."""
    along = line.ends[1] - line.ends[0]
    return np.asarray(along / max(1.0, float(np.hypot(*along))) * line.height / 6, np.float32)


def _ends(line: ReadBox, left: tuple[float, float], right: tuple[float, float]) -> list[Anchor]:
    margin = _half_margin(line)
    return [Anchor(_point(line.ends[0] + margin), left), Anchor(_point(line.ends[1] - margin), right)]


def _placement(anchors: Sequence[Anchor], lines: Sequence[ReadBox], front_probability: float) -> Iterator[Placement]:
    start = similarity(anchors)
    if len(anchors) < LEAST_ANCHORS or start is None:
        return
    quad = quad_of(start)
    rows = [line.ends for line in lines if len(line.text) >= 4 and _inside(quad, line.ends)]
    homography = register(anchors, rows, start)
    yield Placement(quad_of(homography), min(1.0, len(anchors) / 6), front_probability)


def _inside(quad: Points, points: Points) -> bool:
    return all(cv2.pointPolygonTest(quad, (float(x), float(y)), False) >= 0 for x, y in points)


def _turned(quad: Points) -> Points:
    return np.ascontiguousarray(np.roll(quad, 2, axis=0))


def _length(quad: Points) -> float:
    return float(np.hypot(*(quad[1] - quad[0])))


def _angle(quad: Points) -> float:
    along = quad[1] - quad[0]
    return float(np.arctan2(along[1], along[0]))


def _point(point: Points) -> tuple[float, float]:
    return float(point[0]), float(point[1])
