"""The ways in which a value of a photographed card is changed, each as an image editor would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw

from idcard_core.card import FieldName, Image, Points
from idcard_core.specimen import artwork
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.editing.brush import Mask, box, grown, inside, mix, mix_warped, onto, part, toned
from idcard_core.specimen.fonts import FontFace, Style, choose_face, face_for, load
from idcard_core.specimen.labels import CardLabel
from idcard_core.specimen.make import draw_cards
from idcard_core.specimen.people import Person, make_person
from idcard_core.specimen.photograph import photograph
from idcard_core.specimen.recipes import make_shot
from idcard_core.specimen.sensor import add_noise, from_jpeg, to_jpeg
from idcard_core.specimen.shot import Sensor

_ROW_UNITS = 46.0
"""Height of a printed row with its gap, in card-frame units (``layout``)."""
_NUMBER_LENGTH = 18
_LINES = (FieldName.NAME, FieldName.NATION, FieldName.IDCARDNO, FieldName.GOV, FieldName.BEGINDATE, FieldName.ADDRESS)
"""Fields with a line, or lines, of their own: what can be retyped as a whole."""
_DIGITS = (FieldName.IDCARDNO, FieldName.BEGINDATE)


class EditStyle(str, Enum):
    """How a value was changed."""

    RETYPED = "retyped"
    """Covered with the card's colour, new text set over it."""
    CLEANED = "cleaned"
    """Ink painted out from its surroundings, new text set over it."""
    MATCHED = "matched"
    """As ``CLEANED``, then blurred and given noise like the photograph's."""
    PASTED_DIGITS = "pasted_digits"
    """Digits copied from elsewhere in the same value."""
    OTHER_PHOTO = "other_photo"
    """The value of another card, cut from another photograph."""
    ERASED = "erased"
    """A value painted out, nothing in its place."""
    CLONED = "cloned"
    """A value covered with ground copied from elsewhere on the card."""
    PORTRAIT = "portrait"
    """Another figure in the place of the portrait."""


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """A picture being edited (in place), and the card on it that is; points in its pixels."""

    picture: Image
    card: CardLabel
    rng: np.random.Generator
    ink: tuple[int, int, int]
    """The colour of the print (BGR), picked before anything is changed."""


def _retyped(work: Work) -> tuple[CardLabel, frozenset[FieldName]]:
    name, quad, rows = _line_of(work)
    mix(work.picture, quad, _plain_cover(work, quad), np.ones((2, 2), np.float32))
    return _set_new(work, (name, quad, rows), softness=float(work.rng.uniform(0, 0.6)))


def _cleaned(work: Work) -> tuple[CardLabel, frozenset[FieldName]]:
    name, quad, rows = _line_of(work)
    _paint_out(work, quad)
    return _set_new(work, (name, quad, rows), softness=float(work.rng.uniform(0, 0.8)))


def _matched(work: Work) -> tuple[CardLabel, frozenset[FieldName]]:
    name, quad, rows = _line_of(work)
    _paint_out(work, quad)
    answer = _set_new(work, (name, quad, rows), softness=float(work.rng.uniform(0.5, 1.2)))
    left, top, right, bottom = box(quad, work.picture)
    place = work.picture[top:bottom, left:right]
    noisy = place.copy()
    grain = float(work.rng.uniform(0, 1))
    add_noise(work.rng, noisy, Sensor(read_noise=float(work.rng.uniform(0.8, 3)), shot_noise=0.5, grain=grain))
    mix(work.picture, quad, lambda: noisy, np.ones((2, 2), np.float32))
    return answer


def _pasted_digits(work: Work) -> tuple[CardLabel, frozenset[FieldName]]:
    """Copies one to four digits of a number over others, by whole pixels as an editor does."""
    name = next(name for name in _DIGITS if name in work.card.quads)
    quad, text = work.card.quads[name], list(work.card.fields[name])
    cells = _NUMBER_LENGTH if name is FieldName.IDCARDNO else 10
    places = range(cells - 1) if name is FieldName.IDCARDNO else range(4)
    for _ in range(int(work.rng.integers(1, 5))):
        source, target = (int(n) for n in work.rng.choice(places, 2, replace=False))
        old, new = (part(quad, (n / cells, (n + 1) / cells)) for n in (target, source))
        move = np.round(old.mean(axis=0) - new.mean(axis=0)).astype(int)
        _copy(work, old, (int(move[0]), int(move[1])))
        text[target] = text[source]
    return _with_value(work.card, name, "".join(text)), frozenset({name})


def _other_photo(work: Work) -> tuple[CardLabel, frozenset[FieldName]]:
    """Cuts a value from another photograph, with its ground, its noise and the marks of its own JPEG."""
    rng = work.rng
    wanted = [name for name in (*_LINES, FieldName.BIRTHDAY) if name in work.card.quads]
    name = wanted[int(rng.integers(len(wanted)))]
    while True:
        shot = make_shot(Condition.PLAIN, rng, (1600, 1200))
        photo = photograph(draw_cards(rng, Condition.PLAIN, shot), shot, rng)
        other = photo.cards[0]
        if name in other.quads:
            break
    source = from_jpeg(to_jpeg(photo.image, int(rng.integers(60, 97))))
    if rng.random() < 0.6:
        source = toned(source, other.quads[name], work.picture, work.card.quads[name])
    target = grown(work.card.quads[name], 0.12)
    matrix = np.asarray(cv2.getPerspectiveTransform(other.quads[name], work.card.quads[name]), np.float64)
    mix_warped(work.picture, source, matrix, target, feather=float(rng.uniform(0, 3)))
    return _with_value(work.card, name, other.fields[name]), frozenset({name})


def _erased(work: Work) -> tuple[CardLabel, frozenset[FieldName]]:
    name, quad, _ = _line_of(work, whole=True)
    _paint_out(work, quad)
    return _with_value(work.card, name, ""), frozenset({name})


def _cloned(work: Work) -> tuple[CardLabel, frozenset[FieldName]]:
    """Covers a value with what stands a row's height above or below it, where nothing is printed."""
    name, quad, _ = _line_of(work, whole=True)
    down = (quad[3] - quad[0]) * 1.15
    free = [sign for sign in (-1, 1) if _is_blank(work, quad + sign * down)]
    if not free:
        _paint_out(work, quad)
    else:
        move = np.round(-free[0] * down).astype(int)
        _copy(work, grown(quad, 0.05), (int(move[0]), int(move[1])))
    return _with_value(work.card, name, ""), frozenset({name})


def _portrait(work: Work) -> tuple[CardLabel, frozenset[FieldName]]:
    assert work.card.portrait is not None
    quad = work.card.portrait
    edges = np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[3] - quad[0])
    size = (max(8, round(float(edges[0]) * 1.2)), max(8, round(float(edges[1]) * 1.2)))
    figure = artwork.figure(work.rng, size)
    tint = work.rng.uniform(0.8, 1.05, 3)
    figure = np.clip(figure * tint, 0, 255).astype(np.uint8)
    if work.rng.random() < 0.6:
        quality = int(work.rng.integers(60, 97))
        add_noise(work.rng, figure, Sensor(read_noise=float(work.rng.uniform(0.3, 3)), shot_noise=1.0))
        figure = from_jpeg(to_jpeg(figure, quality))
    mix_warped(work.picture, figure, onto(figure.shape, quad), quad, feather=float(work.rng.uniform(0, 2)))
    return work.card, frozenset()


EDITS: dict[EditStyle, Callable[[Work], tuple[CardLabel, frozenset[FieldName]]]] = {
    EditStyle.RETYPED: _retyped,
    EditStyle.CLEANED: _cleaned,
    EditStyle.MATCHED: _matched,
    EditStyle.PASTED_DIGITS: _pasted_digits,
    EditStyle.OTHER_PHOTO: _other_photo,
    EditStyle.ERASED: _erased,
    EditStyle.CLONED: _cloned,
    EditStyle.PORTRAIT: _portrait,
}


def _line_of(work: Work, whole: bool = False) -> tuple[FieldName, Points, tuple[int, int]]:
    """A value to change, the quad of one of its rows (all of them if ``whole``), and (row, number of rows)."""
    names = [name for name in _LINES if name in work.card.quads and (not whole or name is not FieldName.ADDRESS)]
    name = names[int(work.rng.integers(len(names)))]
    quad = work.card.quads[name]
    assert work.card.corners is not None
    units = np.linalg.norm(quad[3] - quad[0]) / np.linalg.norm(work.card.corners[3] - work.card.corners[0]) * 540
    rows = max(1, round(float(units) / _ROW_UNITS))
    if whole:
        return name, grown(quad, 0.1), (0, 1)
    row = int(work.rng.integers(rows))
    down = quad[3] - quad[0], quad[2] - quad[1]
    start, end = row / rows, (row + 1) / rows
    strip = [quad[0] + start * down[0], quad[1] + start * down[1], quad[1] + end * down[1], quad[0] + end * down[0]]
    return name, grown(np.array(strip, np.float32), 0.1 if rows == 1 else 0.0), (row, rows)


def _set_new(
    work: Work, place: tuple[FieldName, Points, tuple[int, int]], softness: float
) -> tuple[CardLabel, frozenset[FieldName]]:
    """Sets another person's value over ``place`` in a colour picked from the card's own print."""
    name, quad, (row, rows) = place
    text = _new_text(work.rng, name)
    old = work.card.fields[name]
    if rows > 1:
        length = max(2, len(old) // rows)
        text = (text * 3)[:length]
    digits = name in (FieldName.IDCARDNO, FieldName.BEGINDATE)
    face = choose_face(work.rng, (Style.NUMBER, Style.SANS) if digits else (Style.SANS, Style.SERIF, Style.SCRIPT))
    width, height = (float(np.linalg.norm(quad[k] - quad[0])) for k in (1, 3))
    alpha = _lettered(text, face, (max(8, round(width)), max(8, round(height))), spread=digits)
    if softness > 0.3:
        alpha = np.asarray(cv2.GaussianBlur(alpha, (0, 0), softness), np.float32)
    mix(work.picture, quad, lambda: np.full((2, 2, 3), work.ink, np.uint8), alpha)
    if name is FieldName.BEGINDATE:
        text = text.replace(".", "")
    value = text if rows == 1 else old[: row * (len(old) // rows)] + text + old[(row + 1) * (len(old) // rows) :]
    return _with_value(work.card, name, value), frozenset({name})


def _new_text(rng: np.random.Generator, name: FieldName) -> str:
    person: Person = make_person(rng)
    text = person.fields[name]
    return f"{text[:4]}.{text[4:6]}.{text[6:]}" if name is FieldName.BEGINDATE else text


def _lettered(text: str, face: FontFace, size: tuple[int, int], spread: bool) -> Mask:
    """``text`` over a sheet of ``size``, its characters as high as print stands in its row; spread over all of it."""
    width, height = size
    font_face = face_for(text, face)
    em = height * 0.8
    natural = load(font_face, 100).getlength(text) / 100
    if natural * em > width:
        em = width / natural
    font = load(font_face, max(6, round(em)))
    sheet = Pillow.new("L", size, 0)
    draw = ImageDraw.Draw(sheet)
    gap = max(0.0, (width - font.getlength(text)) / max(1, len(text) - 1)) if spread else 0.0
    x = 0.0 if spread else height * 0.08
    for character in text:
        draw.text((x, height / 2 + 0.38 * em), character, fill=255, font=font, anchor="ls")
        x += font.getlength(character) + gap
    return np.asarray(np.asarray(sheet, np.float32) / np.float32(255), np.float32)


def ink_of(picture: Image, card: CardLabel) -> tuple[int, int, int]:
    """The colour of the print: that of the darkest pixels in a value."""
    left, top, right, bottom = box(next(iter(card.quads.values())), picture)
    pixels = picture[top:bottom, left:right].reshape(-1, 3)
    dark = pixels[pixels.sum(axis=1) <= np.percentile(pixels.sum(axis=1), 4)]
    blue, green, red = (int(v) for v in np.median(dark, axis=0))
    return blue, green, red


def _plain_cover(work: Work, quad: Points) -> Callable[[], Image]:
    """The card's colour round ``quad``: one tone, or one that runs from corner to corner."""
    left, top, right, bottom = box(quad, work.picture)
    place = work.picture[top:bottom, left:right]
    light = np.percentile(place.reshape(-1, 3), 70, axis=0)
    if work.rng.random() < 0.5:
        return lambda: np.full((2, 2, 3), light, np.uint8)
    small = cv2.resize(cv2.medianBlur(place, 31), (4, 2), interpolation=cv2.INTER_AREA)
    cover = np.maximum(small, light * 0.9).astype(np.uint8)
    return lambda: cover


def _paint_out(work: Work, quad: Points) -> None:
    """Takes the ink in ``quad`` away and fills in what surrounds it, in one of the ways editors do."""
    left, top, right, bottom = box(grown(quad, 0.15), work.picture)
    place = work.picture[top:bottom, left:right]
    grey = np.asarray(cv2.cvtColor(place, cv2.COLOR_BGR2GRAY))
    covered = np.zeros(grey.shape, np.uint8)
    cv2.fillConvexPoly(covered, np.round(quad - (left, top)).astype(np.int32), (255,))
    ink = ((grey < np.percentile(grey, 75) * 0.86) & (covered > 0)).astype(np.uint8)
    edge = max(3, round((bottom - top) / 12)) | 1
    ink = np.asarray(cv2.dilate(ink, np.ones((edge, edge), np.uint8)))
    way = work.rng.integers(3)
    if way == 2:
        ground = np.percentile(place.reshape(-1, 3), 75, axis=0)
        filled = cv2.blur(np.where(ink[:, :, None] > 0, ground, place), (9, 9))
        place[ink > 0] = np.asarray(filled)[ink > 0].astype(np.uint8)
    else:
        place[:] = cv2.inpaint(place, ink, 3, cv2.INPAINT_TELEA if way else cv2.INPAINT_NS)


def _copy(work: Work, target: Points, move: tuple[int, int]) -> None:
    """Covers ``target`` with what lies ``move`` before it, by whole pixels; the edge may be soft."""
    matrix = np.array([[1, 0, move[0]], [0, 1, move[1]], [0, 0, 1]], np.float64)
    mix_warped(work.picture, work.picture.copy(), matrix, target, feather=float(work.rng.uniform(0, 2)))


def _is_blank(work: Work, quad: Points) -> bool:
    """Whether ``quad`` holds no print: on the card, and about as light all over."""
    height, width = work.picture.shape[:2]
    if quad.min() < 0 or (quad.max(axis=0) > (width, height)).any():
        return False
    grey = inside(work.picture, quad).mean(axis=1)
    return bool(np.percentile(grey, 1) > 0.72 * np.median(grey))


def _with_value(card: CardLabel, name: FieldName, text: str) -> CardLabel:
    return replace(card, fields={**card.fields, name: text})
