"""Edited specimens: photographs in which one value was changed, as with an image editor, and saved again.

A picture's way is first JPEG (or none), perhaps a messenger's resizing and a crop, the edit, perhaps a second resizing,
the last JPEG. ``make_edited`` with no style goes the same way and edits nothing: what must not be taken for an edit.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw

from idcard_core.card import FieldName, Image, Points
from idcard_core.specimen import artwork
from idcard_core.specimen.camera import Homography
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.fonts import FontFace, Style, choose_face, face_for, load
from idcard_core.specimen.labels import CardLabel, PictureLabel
from idcard_core.specimen.make import draw_cards
from idcard_core.specimen.people import Person, make_person
from idcard_core.specimen.photograph import PlacedCard, photograph
from idcard_core.specimen.recipes import make_shot
from idcard_core.specimen.sensor import add_noise, to_jpeg
from idcard_core.specimen.shot import Sensor

Mask = NDArray[np.float32]
"""Share of the new pixels, 0 to 1, (height, width)."""

_SEED_BITS = 2**64 - 1
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


@dataclass(frozen=True, slots=True)
class History:
    """What happened to the picture around the edit; qualities are those of JPEG, None is not saved.

    The picture was saved in ``first_quality`` before the edit, in ``last_quality`` after it. A messenger that resized
    it by ``scale_before`` did the first saving, of what the camera had saved; one that resized it by ``scale_after``
    did the last, of what the editor had saved in ``editor_quality``.
    """

    camera_quality: int
    first_quality: int | None
    last_quality: int
    scale_before: float = 1.0
    scale_after: float = 1.0
    editor_quality: int = 92
    crop: tuple[int, int] = (0, 0)
    """Pixels cut from the left and the top before the edit: what shifts the first JPEG's grid of 8 pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class EditedSpecimen:
    """A labelled picture, how it was changed (None: not at all), and which fields; ``label`` is what it shows now."""

    jpeg: bytes
    label: PictureLabel
    style: EditStyle | None
    history: History
    fields: frozenset[FieldName] = field(default_factory=frozenset)
    portrait: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """A picture being edited (in place), and the card on it that is; points in its pixels."""

    picture: Image
    card: CardLabel
    rng: np.random.Generator
    ink: tuple[int, int, int]
    """The colour of the print (BGR), picked before anything is changed."""


def make_edited(
    seed: int, condition: Condition, style: EditStyle | None, size: tuple[int, int] | None = None
) -> EditedSpecimen:
    """The specimen of ``seed`` photographed under ``condition`` and edited in ``style``.

    The same arguments give the same bytes on the same machine. A back has no portrait: there and on cards without a
    value of the kind the style needs, the next style that can is taken. Raises FontsMissingError.
    """
    word = f"{condition.value} {style.value if style else ''}"
    rng = np.random.default_rng([seed & _SEED_BITS, zlib.crc32(word.encode())])
    shot = make_shot(condition, rng, size)
    photo = photograph(draw_cards(rng, condition, shot), shot, rng)
    history = _history(rng, shot.sensor.quality, max(photo.image.shape))
    picture, cards = photo.image, [_label(card) for card in photo.cards]
    if history.scale_before != 1:
        picture, cards = _resized(_decoded(to_jpeg(picture, history.camera_quality)), cards, history.scale_before)
    if history.first_quality is not None:
        picture = _decoded(to_jpeg(picture, history.first_quality))
    x, y = history.crop
    picture, cards = np.ascontiguousarray(picture[y:, x:]), [_moved(card, lambda p: p - (x, y)) for card in cards]
    touched: frozenset[FieldName] = frozenset()
    portrait = False
    if style is not None:
        if style is EditStyle.PORTRAIT and cards[0].portrait is None:
            style = EditStyle.OTHER_PHOTO
        work = _Work(picture, cards[0], rng, _ink(picture, cards[0]))
        cards[0], touched = _EDITS[style](work)
        portrait = style is EditStyle.PORTRAIT
    if history.scale_after != 1:
        picture, cards = _resized(_decoded(to_jpeg(picture, history.editor_quality)), cards, history.scale_after)
    jpeg = to_jpeg(picture, history.last_quality)
    label = PictureLabel(f"{seed}.jpg", condition.value, tuple(cards), condition.readable, seed=seed)
    return EditedSpecimen(jpeg, label, style, history, touched, portrait)


def _history(rng: np.random.Generator, camera_quality: int, longest_px: int) -> History:
    """A way a picture may have gone: mostly saved, edited and saved; often through a messenger before or after."""
    before = after = 1.0
    first: int | None = camera_quality
    kind = rng.random()
    if kind < 0.1:
        first = None  # what the editor opened had never been a JPEG
    elif kind < 0.4:
        first = int(rng.integers(60, 93))  # a messenger or converter saved it
        before = float(rng.uniform(0.6, 0.95)) if rng.random() < 0.5 and longest_px > 1200 else 1.0
    band = ((60, 80), (80, 91), (91, 99))[int(rng.choice(3, p=(0.2, 0.3, 0.5)))]
    if rng.random() < 0.15 and longest_px > 1200:
        after = float(rng.uniform(0.6, 0.95))
    crop = (int(rng.integers(8)), int(rng.integers(8))) if rng.random() < 0.3 else (0, 0)
    return History(
        camera_quality=camera_quality,
        first_quality=first,
        last_quality=int(rng.integers(*band)),
        scale_before=before,
        scale_after=after,
        editor_quality=int(rng.integers(80, 99)),
        crop=crop,
    )


def _label(card: PlacedCard) -> CardLabel:
    return CardLabel(
        card.side, card.fields, card.corners, card.quarter_turns, card.quads, card.portrait, card.marks, card.covered
    )


def _moved(card: CardLabel, way: Callable[[Points], Points]) -> CardLabel:
    def go(points: Points) -> Points:
        return np.asarray(way(points), np.float32)

    quads = {name: go(quad) for name, quad in card.quads.items()}
    corners = None if card.corners is None else go(card.corners)
    return replace(card, corners=corners, quads=quads, portrait=None if card.portrait is None else go(card.portrait))


def _decoded(jpeg: bytes) -> Image:
    return np.asarray(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR), np.uint8)


def _resized(picture: Image, cards: list[CardLabel], scale: float) -> tuple[Image, list[CardLabel]]:
    if scale == 1.0:
        return picture, cards
    height, width = picture.shape[:2]
    size = (round(width * scale), round(height * scale))
    factors = (size[0] / width, size[1] / height)
    smaller = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    return smaller, [_moved(card, lambda points: points * factors) for card in cards]


def _retyped(work: _Work) -> tuple[CardLabel, frozenset[FieldName]]:
    name, quad, rows = _line_of(work)
    _mix(work.picture, quad, _plain_cover(work, quad), np.ones((2, 2), np.float32))
    return _set_new(work, (name, quad, rows), softness=float(work.rng.uniform(0, 0.6)))


def _cleaned(work: _Work) -> tuple[CardLabel, frozenset[FieldName]]:
    name, quad, rows = _line_of(work)
    _paint_out(work, quad)
    return _set_new(work, (name, quad, rows), softness=float(work.rng.uniform(0, 0.8)))


def _matched(work: _Work) -> tuple[CardLabel, frozenset[FieldName]]:
    name, quad, rows = _line_of(work)
    _paint_out(work, quad)
    answer = _set_new(work, (name, quad, rows), softness=float(work.rng.uniform(0.5, 1.2)))
    left, top, right, bottom = _box(quad, work.picture)
    place = work.picture[top:bottom, left:right]
    noisy = place.copy()
    grain = float(work.rng.uniform(0, 1))
    add_noise(work.rng, noisy, Sensor(read_noise=float(work.rng.uniform(0.8, 3)), shot_noise=0.5, grain=grain))
    _mix(work.picture, quad, lambda: noisy, np.ones((2, 2), np.float32))
    return answer


def _pasted_digits(work: _Work) -> tuple[CardLabel, frozenset[FieldName]]:
    """Copies one to four digits of a number over others, by whole pixels as an editor does."""
    name = next(name for name in _DIGITS if name in work.card.quads)
    quad, text = work.card.quads[name], list(work.card.fields[name])
    cells = _NUMBER_LENGTH if name is FieldName.IDCARDNO else 10
    places = range(cells - 1) if name is FieldName.IDCARDNO else range(4)
    for _ in range(int(work.rng.integers(1, 5))):
        source, target = (int(n) for n in work.rng.choice(places, 2, replace=False))
        old, new = (_part(quad, (n / cells, (n + 1) / cells)) for n in (target, source))
        move = np.round(old.mean(axis=0) - new.mean(axis=0)).astype(int)
        _copy(work, old, (int(move[0]), int(move[1])))
        text[target] = text[source]
    return _with_value(work.card, name, "".join(text)), frozenset({name})


def _other_photo(work: _Work) -> tuple[CardLabel, frozenset[FieldName]]:
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
    source = _decoded(to_jpeg(photo.image, int(rng.integers(60, 97))))
    if rng.random() < 0.6:
        source = _toned(source, other.quads[name], work.picture, work.card.quads[name])
    grown = _grown(work.card.quads[name], 0.12)
    matrix = np.asarray(cv2.getPerspectiveTransform(other.quads[name], work.card.quads[name]), np.float64)
    _mix_warped(work.picture, source, matrix, grown, feather=float(rng.uniform(0, 3)))
    return _with_value(work.card, name, other.fields[name]), frozenset({name})


def _erased(work: _Work) -> tuple[CardLabel, frozenset[FieldName]]:
    name, quad, _ = _line_of(work, whole=True)
    _paint_out(work, quad)
    return _with_value(work.card, name, ""), frozenset({name})


def _cloned(work: _Work) -> tuple[CardLabel, frozenset[FieldName]]:
    """Covers a value with what stands a row's height above or below it, where nothing is printed."""
    name, quad, _ = _line_of(work, whole=True)
    down = (quad[3] - quad[0]) * 1.15
    free = [sign for sign in (-1, 1) if _is_blank(work, quad + sign * down)]
    if not free:
        _paint_out(work, quad)
    else:
        move = np.round(-free[0] * down).astype(int)
        _copy(work, _grown(quad, 0.05), (int(move[0]), int(move[1])))
    return _with_value(work.card, name, ""), frozenset({name})


def _portrait(work: _Work) -> tuple[CardLabel, frozenset[FieldName]]:
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
        figure = _decoded(to_jpeg(figure, quality))
    _mix_warped(work.picture, figure, _onto(figure.shape, quad), quad, feather=float(work.rng.uniform(0, 2)))
    return work.card, frozenset()


_EDITS: dict[EditStyle, Callable[[_Work], tuple[CardLabel, frozenset[FieldName]]]] = {
    EditStyle.RETYPED: _retyped,
    EditStyle.CLEANED: _cleaned,
    EditStyle.MATCHED: _matched,
    EditStyle.PASTED_DIGITS: _pasted_digits,
    EditStyle.OTHER_PHOTO: _other_photo,
    EditStyle.ERASED: _erased,
    EditStyle.CLONED: _cloned,
    EditStyle.PORTRAIT: _portrait,
}


def _line_of(work: _Work, whole: bool = False) -> tuple[FieldName, Points, tuple[int, int]]:
    """A value to change, the quad of one of its rows (all of them if ``whole``), and (row, number of rows)."""
    names = [name for name in _LINES if name in work.card.quads and (not whole or name is not FieldName.ADDRESS)]
    name = names[int(work.rng.integers(len(names)))]
    quad = work.card.quads[name]
    assert work.card.corners is not None
    units = np.linalg.norm(quad[3] - quad[0]) / np.linalg.norm(work.card.corners[3] - work.card.corners[0]) * 540
    rows = max(1, round(float(units) / _ROW_UNITS))
    if whole:
        return name, _grown(quad, 0.1), (0, 1)
    row = int(work.rng.integers(rows))
    down = quad[3] - quad[0], quad[2] - quad[1]
    start, end = row / rows, (row + 1) / rows
    part = [quad[0] + start * down[0], quad[1] + start * down[1], quad[1] + end * down[1], quad[0] + end * down[0]]
    return name, _grown(np.array(part, np.float32), 0.1 if rows == 1 else 0.0), (row, rows)


def _set_new(
    work: _Work, place: tuple[FieldName, Points, tuple[int, int]], softness: float
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
    _mix(work.picture, quad, lambda: np.full((2, 2, 3), work.ink, np.uint8), alpha)
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


def _ink(picture: Image, card: CardLabel) -> tuple[int, int, int]:
    """The colour of the print: that of the darkest pixels in a value."""
    left, top, right, bottom = _box(next(iter(card.quads.values())), picture)
    pixels = picture[top:bottom, left:right].reshape(-1, 3)
    dark = pixels[pixels.sum(axis=1) <= np.percentile(pixels.sum(axis=1), 4)]
    blue, green, red = (int(v) for v in np.median(dark, axis=0))
    return blue, green, red


def _plain_cover(work: _Work, quad: Points) -> Callable[[], Image]:
    """The card's colour round ``quad``: one tone, or one that runs from corner to corner."""
    left, top, right, bottom = _box(quad, work.picture)
    place = work.picture[top:bottom, left:right]
    light = np.percentile(place.reshape(-1, 3), 70, axis=0)
    if work.rng.random() < 0.5:
        return lambda: np.full((2, 2, 3), light, np.uint8)
    small = cv2.resize(cv2.medianBlur(place, 31), (4, 2), interpolation=cv2.INTER_AREA)
    cover = np.maximum(small, light * 0.9).astype(np.uint8)
    return lambda: cover


def _paint_out(work: _Work, quad: Points) -> None:
    """Takes the ink in ``quad`` away and fills in what surrounds it, in one of the ways editors do."""
    left, top, right, bottom = _box(_grown(quad, 0.15), work.picture)
    place = work.picture[top:bottom, left:right]
    grey = np.asarray(cv2.cvtColor(place, cv2.COLOR_BGR2GRAY))
    inside = np.zeros(grey.shape, np.uint8)
    cv2.fillConvexPoly(inside, np.round(quad - (left, top)).astype(np.int32), (255,))
    ink = ((grey < np.percentile(grey, 75) * 0.86) & (inside > 0)).astype(np.uint8)
    edge = max(3, round((bottom - top) / 12)) | 1
    ink = np.asarray(cv2.dilate(ink, np.ones((edge, edge), np.uint8)))
    way = work.rng.integers(3)
    if way == 2:
        ground = np.percentile(place.reshape(-1, 3), 75, axis=0)
        filled = cv2.blur(np.where(ink[:, :, None] > 0, ground, place), (9, 9))
        place[ink > 0] = np.asarray(filled)[ink > 0].astype(np.uint8)
    else:
        place[:] = cv2.inpaint(place, ink, 3, cv2.INPAINT_TELEA if way else cv2.INPAINT_NS)


def _copy(work: _Work, target: Points, move: tuple[int, int]) -> None:
    """Covers ``target`` with what lies ``move`` before it, by whole pixels; the edge may be soft."""
    matrix = np.array([[1, 0, move[0]], [0, 1, move[1]], [0, 0, 1]], np.float64)
    _mix_warped(work.picture, work.picture.copy(), matrix, target, feather=float(work.rng.uniform(0, 2)))


def _mix(picture: Image, quad: Points, layer: Callable[[], Image], alpha: Mask) -> None:
    """Lays ``layer`` through ``alpha`` (both of ``quad`` at any size; a layer as large as its box stays) in place."""
    left, top, right, bottom = _box(quad, picture)
    image, size = layer(), (right - left, bottom - top)
    to_box = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]], np.float64)
    if image.shape[:2] != (size[1], size[0]):
        image = np.asarray(_warp(image, to_box @ _onto(image.shape, quad), size, cv2.BORDER_REPLICATE), np.uint8)
    share = _warp(alpha, to_box @ _onto(alpha.shape, quad), size, cv2.BORDER_CONSTANT)[:, :, None]
    place = picture[top:bottom, left:right]
    place[:] = np.round(place * (1 - share) + image * share).clip(0, 255).astype(np.uint8)


def _mix_warped(picture: Image, source: Image, matrix: Homography, target: Points, feather: float) -> None:
    """Lays ``source`` through ``matrix`` (source to picture) over the inside of ``target``, in place."""
    left, top, right, bottom = _box(_grown(target, 0.1), picture)
    to_box = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]], np.float64)
    size = (right - left, bottom - top)
    share = np.zeros((size[1], size[0]), np.float32)
    cv2.fillConvexPoly(share, np.round(target - (left, top)).astype(np.int32), (1.0,))
    if feather > 0.3:
        share = np.asarray(cv2.GaussianBlur(share, (0, 0), feather), np.float32)
    image = _warp(source, to_box @ matrix, size, cv2.BORDER_REPLICATE)
    place = picture[top:bottom, left:right]
    place[:] = np.round(place * (1 - share[:, :, None]) + image * share[:, :, None]).clip(0, 255).astype(np.uint8)


def _warp(image: Image | Mask, matrix: Homography, size: tuple[int, int], border: int) -> Mask:
    flags = cv2.INTER_LINEAR if image.shape[0] > 2 else cv2.INTER_NEAREST
    warped = cv2.warpPerspective(image, matrix, size, flags=flags, borderMode=border)
    return np.asarray(warped, np.float32)


def _onto(shape: tuple[int, ...], quad: Points) -> Homography:
    height, width = shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    # OpenCV counts from the middle of the first pixel, a quad from its edge.
    return np.asarray(cv2.getPerspectiveTransform(corners - np.float32(0.5), quad - np.float32(0.5)), np.float64)


def _toned(source: Image, source_quad: Points, picture: Image, quad: Points) -> Image:
    """``source`` with the mean and spread of colour of the place it goes to."""
    there, here = _inside(source, source_quad), _inside(picture, quad)
    gain = np.clip(here.std(axis=0) / np.maximum(there.std(axis=0), 1), 0.6, 1.6)
    toned = (source - there.mean(axis=0)) * gain + here.mean(axis=0)
    return np.asarray(toned.clip(0, 255), np.uint8)


def _inside(picture: Image, quad: Points) -> NDArray[np.float32]:
    left, top, right, bottom = _box(quad, picture)
    return picture[top:bottom, left:right].reshape(-1, 3).astype(np.float32)


def _is_blank(work: _Work, quad: Points) -> bool:
    """Whether ``quad`` holds no print: on the card, and about as light all over."""
    height, width = work.picture.shape[:2]
    if quad.min() < 0 or (quad.max(axis=0) > (width, height)).any():
        return False
    grey = _inside(work.picture, quad).mean(axis=1)
    return bool(np.percentile(grey, 1) > 0.72 * np.median(grey))


def _grown(quad: Points, share: float) -> Points:
    """``quad`` with ``share`` of its height more on every side."""
    down = (quad[3] - quad[0] + quad[2] - quad[1]) / 2
    along = quad[1] - quad[0]
    along = along / max(1e-6, float(np.linalg.norm(along))) * np.linalg.norm(down)
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    grown = [point + share * (x * along + y * down) for point, (x, y) in zip(quad, signs, strict=True)]
    return np.array(grown, np.float32)


def _part(quad: Points, span: tuple[float, float]) -> Points:
    """The part of ``quad`` between two shares of its width."""
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    start, end = span
    corners = [quad[0] + start * top, quad[0] + end * top, quad[3] + end * bottom, quad[3] + start * bottom]
    return np.array(corners, np.float32)


def _box(quad: Points, picture: Image) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of whole pixels round ``quad``, inside the picture and never empty."""
    height, width = picture.shape[:2]
    left, top = (int(v) for v in np.floor(quad.min(axis=0)))
    right, bottom = (int(v) for v in np.ceil(quad.max(axis=0)))
    left, top = min(max(0, left), width - 2), min(max(0, top), height - 2)
    return left, top, max(left + 2, min(right, width)), max(top + 2, min(bottom, height))


def _with_value(card: CardLabel, name: FieldName, text: str) -> CardLabel:
    return replace(card, fields={**card.fields, name: text})
