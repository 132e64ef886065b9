"""The tamper map: finds what the last JPEG shows, stays silent on what was not edited, and never raises."""

from __future__ import annotations

import io
from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from idcard_core.card import FieldName, Points
from idcard_core.intake import Picture, decode, from_array
from idcard_core.judge.tamper import Tampering, tamper_map
from idcard_core.judge.tamper.stored import stored_luma
from idcard_core.settings import Limits
from idcard_core.specimen import CardLabel, Condition, make_specimen

LIMITS = Limits().for_local_files()
SHAPE = (135, 214)


def saved(pixels: np.ndarray, quality: int) -> bytes:
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def pixels_of(data: bytes) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)


def front(seed: int, size: tuple[int, int] = (1280, 960)) -> tuple[np.ndarray, CardLabel]:
    """A front photographed and saved once, in quality 80."""
    made = make_specimen(seed, Condition.LONG_ADDRESS, "x.jpg", size)
    return pixels_of(saved(pixels_of(made.jpeg), 80)), made.label.cards[0]


def repainted(pixels: np.ndarray, quad: Points) -> np.ndarray:
    """With new letters over ``quad``."""
    left, top = np.floor(quad.min(axis=0)).astype(int)
    right, bottom = np.ceil(quad.max(axis=0)).astype(int)
    edited = pixels.copy()
    place = edited[top:bottom, left:right]
    place[:] = np.percentile(place.reshape(-1, 3), 70, axis=0)
    height = (bottom - top) / 34
    at = (left, int(bottom - 0.15 * (bottom - top)))
    cv2.putText(edited, "X47B15", at, cv2.FONT_HERSHEY_SIMPLEX, height, (40, 40, 40), 2, cv2.LINE_AA)
    return edited


def judged(data: bytes, card: CardLabel) -> Tampering:
    return tamper_map(decode(data, LIMITS), card.corners, card.quads)


def test_a_repainted_field_is_found_and_no_other():
    found = 0
    for seed in range(5):
        pixels, card = front(seed)
        result = judged(saved(repainted(pixels, card.quads[FieldName.NAME]), 93), card)
        others = [value for name, value in result.by_field.items() if name is not FieldName.NAME]
        assert max(others) < 0.5, seed
        found += result.by_field[FieldName.NAME] > 0.5
    assert found >= 4


def test_the_heat_stands_where_the_edit_is():
    pixels, card = front(1)
    result = judged(saved(repainted(pixels, card.quads[FieldName.NAME]), 93), card)
    y, x = np.unravel_index(int(result.heat.argmax()), SHAPE)
    to_frame = cv2.getPerspectiveTransform(card.corners, np.array([[0, 0], [214, 0], [214, 135], [0, 135]], np.float32))
    quad = cv2.perspectiveTransform(card.quads[FieldName.NAME].reshape(-1, 1, 2), to_frame)[:, 0]
    assert quad[:, 0].min() - 8 <= x <= quad[:, 0].max() + 8
    assert quad[:, 1].min() - 8 <= y <= quad[:, 1].max() + 8


def test_a_grid_moved_by_a_cut_is_found():
    found = 0
    for seed in range(4):
        pixels, card = front(seed)
        edited = repainted(pixels, card.quads[FieldName.IDCARDNO])[5:, 3:]
        quads = {name: quad - (3, 5) for name, quad in card.quads.items()}
        result = tamper_map(decode(saved(edited, 97), LIMITS), card.corners - (3, 5), quads)
        found += result.by_field[FieldName.IDCARDNO] > 0.5
    assert found >= 3


def test_the_decoder_s_png_of_a_jpeg_still_shows_it():
    pixels, card = front(2)
    edited = repainted(pixels, card.quads[FieldName.NAME])
    assert tamper_map(from_array(edited), card.corners, card.quads).by_field[FieldName.NAME] > 0.5
    assert tamper_map(from_array(pixels), card.corners, card.quads).score < 0.5


@pytest.mark.parametrize(
    "condition",
    [Condition.PLAIN, Condition.STAMP, Condition.WATERMARK, Condition.GREY_COPY, Condition.SCREEN, Condition.LOW_JPEG],
    ids=lambda condition: condition.value,
)
def test_what_was_only_saved_again_is_not_suspected(condition: Condition):
    for seed in range(3):
        made = make_specimen(seed, condition, "x.jpg", (1280, 960))
        pixels = pixels_of(made.jpeg)
        for again in (made.jpeg, saved(pixels, 95), saved(pixels_of(saved(pixels, 75)), 92)):
            assert judged(again, made.label.cards[0]).score < 0.5, seed


def toned(pixels: np.ndarray) -> np.ndarray:
    return cv2.LUT(pixels, (255 * (np.arange(256) / 255) ** 0.8).astype(np.uint8))


def sharpened(pixels: np.ndarray) -> np.ndarray:
    return cv2.addWeighted(pixels, 1.5, cv2.GaussianBlur(pixels, (0, 0), 1.5), -0.5, 0)


def freed_of_colour(pixels: np.ndarray) -> np.ndarray:
    hsv = cv2.cvtColor(pixels, cv2.COLOR_BGR2HSV)
    hsv[:, :, 1] //= 3
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR)


@pytest.mark.parametrize("way", [toned, sharpened, freed_of_colour], ids=lambda way: way.__name__)
def test_a_picture_changed_as_a_whole_is_not_suspected(way: Callable[[np.ndarray], np.ndarray]):
    for seed in range(3):
        pixels, card = front(seed)
        assert judged(saved(way(pixels), 95), card).score < 0.5, seed


def softened(pixels: np.ndarray, quad: Points) -> np.ndarray:
    """With its field as it is, but seen through a softer lens."""
    left, top = np.floor(quad.min(axis=0)).astype(int)
    right, bottom = np.ceil(quad.max(axis=0)).astype(int)
    softer = pixels.copy()
    softer[top:bottom, left:right] = cv2.GaussianBlur(pixels[top:bottom, left:right], (0, 0), 1.6)
    return softer


def test_a_field_of_another_sharpness_is_found_without_any_history():
    found = 0
    for seed in range(4):
        pixels, card = front(seed)
        size = (900, 675)
        share = size[0] / pixels.shape[1]
        result = [
            tamper_map(
                from_array(cv2.resize(image, size, interpolation=cv2.INTER_AREA)),
                card.corners * share,
                {name: quad * share for name, quad in card.quads.items()},
            )
            for image in (pixels, softened(pixels, card.quads[FieldName.NAME]))
        ]
        assert result[0].score < 0.5, seed
        found += result[1].by_field[FieldName.NAME] > 0.5
    assert found >= 3


def exif_turned(data: bytes, orientation: int) -> bytes:
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    block = exif.tobytes()
    return data[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + data[2:]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_points_follow_the_file_s_orientation(orientation: int):
    spot = np.zeros((48, 80, 3), np.uint8)
    spot[8:16, 56:64] = 255
    picture = decode(exif_turned(saved(spot, 95), orientation), LIMITS)
    stored = stored_luma(picture)
    assert stored.is_jpeg
    assert stored.luma.shape == (48, 80)
    y, x = (float(v.mean()) + 0.5 for v in np.nonzero(picture.pixels[:, :, 0] > 128))
    assert np.allclose(stored.from_upright(np.array([[x, y]], np.float32)), [[60, 12]], atol=0.6)


def test_the_luma_is_at_full_scale_when_the_pixels_are_not():
    made = make_specimen(1, Condition.PLAIN, "x.jpg", (4000, 3000))
    picture = decode(made.jpeg, LIMITS)
    assert picture.scale < 1
    assert stored_luma(picture).luma.shape == (3000, 4000)


def grey(pixels: np.ndarray) -> Picture:
    file = io.BytesIO()
    Pillow.fromarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)).save(file, "JPEG", quality=90)
    return decode(file.getvalue(), LIMITS)


def cmyk(pixels: np.ndarray) -> Picture:
    file = io.BytesIO()
    Pillow.fromarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)).convert("CMYK").save(file, "JPEG", quality=90)
    return decode(file.getvalue(), LIMITS)


def bitmap(pixels: np.ndarray) -> Picture:
    return decode(cv2.imencode(".bmp", pixels)[1].tobytes(), LIMITS)


def even(pixels: np.ndarray) -> Picture:
    return from_array(np.full_like(pixels, 128))


@pytest.mark.parametrize("way", [grey, cmyk, bitmap, even, from_array], ids=lambda way: way.__name__)
def test_any_kind_of_picture_is_judged(way: Callable[[np.ndarray], Picture]):
    pixels, card = front(4, (960, 720))
    result = tamper_map(way(pixels), card.corners, card.quads)
    assert result.heat.shape == SHAPE
    assert result.heat.dtype == np.float32
    assert result.by_field.keys() == card.quads.keys()
    assert 0 <= float(result.heat.min()) <= float(result.heat.max()) <= result.score < 0.5


SQUARE = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)


@pytest.mark.parametrize(
    "quad",
    [
        SQUARE * 0,
        SQUARE * 3 + 100,
        SQUARE * 300 - 5000,
        SQUARE * 4000 - 1500,
        SQUARE * (400, 250) + (-200, -100),
        SQUARE * (400, 250) + (800, 600),
        SQUARE + np.nan,
        SQUARE + np.inf,
        SQUARE[[0, 2, 1, 3]] * 400,
        SQUARE[::-1] * 400,
        SQUARE[:3] * 400,
        SQUARE * (400, 0.01),
    ],
    ids=[
        "point", "tiny", "far away", "beyond on all sides", "beyond at the top", "beyond at the bottom",
        "no number", "infinite", "crossed", "mirrored", "triangle", "line",
    ],
)  # fmt: skip
def test_odd_quads_are_no_error(quad: Points):
    pixels, card = front(4, (960, 720))
    picture = decode(saved(pixels, 90), LIMITS)
    whole = tamper_map(picture, quad, card.quads)
    assert whole.heat.shape == SHAPE
    assert whole.by_field.keys() == card.quads.keys()
    assert 0 <= whole.score <= 1
    assert tamper_map(picture, card.corners, {FieldName.NAME: quad}).by_field.keys() == {FieldName.NAME}
