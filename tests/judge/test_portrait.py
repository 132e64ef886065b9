"""The portrait is found where it stands, and only where one is to be seen."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from idcard_core.card import FieldName, Image, Points, Side
from idcard_core.fields.card_text import CardText
from idcard_core.fields.placed import Placed
from idcard_core.fields.values import EMPTY
from idcard_core.intake import open_picture
from idcard_core.judge.portrait import PORTRAIT_PX, find_portrait
from idcard_core.judge.portrait.expected import STANDARD, TEMPORARY, Box, expected_boxes
from idcard_core.judge.portrait.place import find_box, searched, step_evidence, upright
from idcard_core.locate.view import FRAME_QUAD, CardView
from idcard_core.reader import IdCardReader
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.covered_portrait import Cover, photograph_covered
from idcard_core.specimen.make import make_specimen
from idcard_core.specimen.other_portraits import photograph_other
from idcard_core.specimen.photograph import PlacedCard

LEAST_IOU = 0.85


@pytest.fixture(scope="module")
def reader() -> IdCardReader:
    return IdCardReader()


def iou(one: Points, other: Points) -> float:
    shared, _ = cv2.intersectConvexConvex(np.float32(one), np.float32(other))
    return shared / (cv2.contourArea(np.float32(one)) + cv2.contourArea(np.float32(other)) - shared)


def read(reader: IdCardReader, picture: bytes | Image, side: Side) -> tuple[CardText, float]:
    texts, scale = reader.read_texts(open_picture(picture, reader.settings.limits))
    return next(text for text in texts if text.side is side), scale


def view_of(image: Image, card: PlacedCard) -> CardView:
    return CardView(image, card.corners)


@pytest.mark.parametrize(
    ("condition", "seed"),
    [
        (Condition.PLAIN, 12),
        (Condition.GREY_COPY, 3),
        (Condition.SCREEN, 3),
        (Condition.TEMPORARY, 1),
        (Condition.BILINGUAL, 2),
        (Condition.UPSIDE_DOWN, 8),
    ],
    ids=lambda value: getattr(value, "value", str(value)),
)
def test_portrait_of_a_card_that_was_read(reader: IdCardReader, condition: Condition, seed: int) -> None:
    specimen = next(
        specimen
        for specimen in (make_specimen(number, condition, "", (1600, 1200)) for number in range(seed, seed + 9))
        if specimen.label.cards[0].side is Side.FRONT
    )
    text, scale = read(reader, specimen.jpeg, Side.FRONT)
    portrait = find_portrait(text.view, text.fields)
    wanted = specimen.label.cards[0].portrait
    assert portrait is not None
    assert wanted is not None
    assert iou(portrait.quad / np.float32(scale), wanted) >= LEAST_IOU
    assert portrait.image.shape == (PORTRAIT_PX[1], PORTRAIT_PX[0], 3)
    assert portrait.image.dtype == np.uint8


def test_no_portrait_on_a_back_that_was_read(reader: IdCardReader) -> None:
    specimen = make_specimen(5, Condition.LONG_TERM, "", (1600, 1200))
    text, _ = read(reader, specimen.jpeg, Side.BACK)
    assert find_portrait(text.view, text.fields) is None


def test_no_portrait_on_a_front_that_was_read_with_a_patch_on_it(reader: IdCardReader) -> None:
    photo = photograph_covered(4, Cover.PATCH)
    text, _ = read(reader, photo.image, Side.FRONT)
    assert find_portrait(text.view, text.fields) is None


def test_portraits_without_a_frame_in_other_places_are_found() -> None:
    photos = [photograph_other(seed, condition) for seed in range(3) for condition in (Condition.TILT, Condition.STAMP)]
    for photo in photos:
        portrait = find_portrait(view_of(photo.image, photo.cards[0]), {})
        assert portrait is not None
        assert iou(portrait.quad, photo.cards[0].portrait) >= LEAST_IOU


@pytest.mark.parametrize("cover", Cover)
def test_a_covered_portrait_is_none(cover: Cover) -> None:
    for seed in range(3):
        photo = photograph_covered(seed, cover)
        assert find_portrait(view_of(photo.image, photo.cards[0]), {}) is None


def test_nothing_printed_is_no_portrait() -> None:
    grey = np.full((540, 856, 3), 200, np.uint8)
    assert find_portrait(CardView(grey, FRAME_QUAD), {}) is None


def test_portrait_is_upright_whatever_way_the_picture_is_turned() -> None:
    photo = photograph_other(1)
    image, corners = photo.image, photo.cards[0].corners
    first = find_portrait(CardView(image, corners), {})
    assert first is not None
    for _ in range(3):
        # a quarter turn clockwise moves (x, y) to (height - y, x)
        corners = np.stack([image.shape[0] - corners[:, 1], corners[:, 0]], axis=1).astype(np.float32)
        image = np.ascontiguousarray(np.rot90(image, -1))
        turned = find_portrait(CardView(image, corners), {})
        assert turned is not None
        assert np.abs(turned.image.astype(int) - first.image.astype(int)).mean() < 4
        assert iou(CardView(image, corners).in_source(STANDARD.quad()), turned.quad) > 0.7


def test_a_lean_of_the_card_is_undone() -> None:
    photo = photograph_other(2)
    corners = photo.cards[0].corners
    lean = np.array([60, 0], np.float32)
    portrait = find_portrait(CardView(photo.image, corners + lean * np.array([[1], [1], [-1], [-1]], np.float32)), {})
    assert portrait is not None
    assert iou(portrait.quad, photo.cards[0].portrait) >= 0.8


def placed(x: float, y: float) -> Placed:
    quad = np.array([[x, y - 20], [x + 200, y - 20], [x + 200, y + 20], [x, y + 20]], np.float32)
    return Placed(EMPTY, quad)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, STANDARD),
        ({FieldName.IDCARDNO: placed(291, 384)}, TEMPORARY),
        ({FieldName.GOV: Placed(EMPTY)}, TEMPORARY),
        ({FieldName.IDCARDNO: Placed(EMPTY)}, STANDARD),
    ],
    ids=["nothing read", "number high up", "issuer on the front", "nothing placed"],
)
def test_where_the_portrait_is_expected(fields: dict[FieldName, Placed], expected: Box) -> None:
    assert expected_boxes(fields)[0] == expected


def test_the_portrait_is_expected_to_move_with_the_print() -> None:
    fields = {FieldName.BIRTHDAY: placed(156, 206.5), FieldName.IDCARDNO: placed(301, 456)}
    box = expected_boxes(fields)[0]
    assert STANDARD.x < box.x < STANDARD.x + 10
    assert STANDARD.y - 10 < box.y < STANDARD.y


def test_the_expected_place_stands_where_nothing_is_seen() -> None:
    part = searched(np.full((416, 640, 3), 180, np.uint8))
    assert find_box(part, STANDARD) == STANDARD


def test_a_plain_rectangle_is_found_to_the_millimetre() -> None:
    card = np.full((540, 856, 3), 230, np.uint8)
    card[84:404, 562:822] = (200, 190, 180)
    box = find_box(searched(card), STANDARD)
    assert np.allclose((box.left, box.top, box.right, box.bottom), (562, 84, 822, 404), atol=5)


def test_a_step_shows_where_all_bands_agree() -> None:
    lines = np.full((40, 60, 3), 100, np.float32)
    lines[25:] = 120
    assert int(np.argmax(step_evidence(lines))) == 25


def test_upright_sets_a_leaning_line_straight() -> None:
    part = searched(np.full((416, 640, 3), 250, np.uint8))
    height = part.shape[0]
    lean = 0.2
    for row in range(height):
        part[row, round(60 + lean * row) : round(62 + lean * row)] = 0
    columns = upright(part, lean)[10:-10, :, 0].argmin(axis=1)
    assert np.ptp(columns) <= 2
