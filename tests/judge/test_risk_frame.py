"""Edges of an interface, told from all that a camera, a scanner or a messenger leaves straight."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from idcard_core import IdCardReader
from idcard_core.card import Image, Points, RiskType
from idcard_core.judge.risk.frame import FRAMED, framed, odds_of_frame
from idcard_core.specimen import Condition, make_specimen

WHITE, DARK = (250, 250, 250), (20, 20, 20)
CARD: Points = np.array([[200, 480], [700, 500], [690, 815], [195, 795]], np.float32)


def _photograph(height: int, width: int, seed: int = 3) -> Image:
    """Cloth with grain, as a camera sees it."""
    rng = np.random.default_rng(seed)
    coarse = rng.uniform(60, 160, (height // 20, width // 20, 3)).astype(np.float32)
    light = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC) + rng.normal(0, 4, (height, width, 3))
    return np.asarray(np.clip(light, 0, 255), np.uint8)


def _screenshot() -> Image:
    """A viewer: a bar, the photograph from edge to edge, and white below."""
    screen = np.full((1600, 900, 3), WHITE, np.uint8)
    screen[:90] = (70, 60, 50)
    screen[350:1050] = _photograph(700, 900)
    return screen


def _sent(picture: Image, quality: int = 75) -> Image:
    """As a messenger sends it: smaller, and as JPEG."""
    smaller = cv2.resize(picture, None, fx=0.71, fy=0.71, interpolation=cv2.INTER_AREA)
    ok, jpeg = cv2.imencode(".jpg", smaller, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert ok
    return np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_COLOR), np.uint8)


def _turned(picture: Image, degrees: float) -> Image:
    height, width = picture.shape[:2]
    way = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(picture, way, (width, height), flags=cv2.INTER_AREA, borderValue=WHITE), np.uint8)


def _noisy(picture: Image) -> Image:
    grain = np.random.default_rng(5).normal(0, 3, picture.shape)
    return np.asarray(np.clip(picture + grain, 0, 255), np.uint8)


def _ruled() -> Image:
    """Paper with lines, in light that falls off, as a program draws it."""
    paper = np.full((1200, 900, 3), (225, 240, 235), np.uint8)
    for row in range(60, 1200, 55):
        cv2.line(paper, (0, row), (899, row), (200, 170, 150), 2)
    cv2.line(paper, (110, 0), (110, 1199), (140, 140, 220), 2)
    light = np.linspace(0.85, 1, 1200, dtype=np.float32)[:, None, None]
    return np.asarray(paper * light, np.uint8)


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(_screenshot(), id="as it is"),
        pytest.param(np.rot90(_screenshot()).copy(), id="on its side"),
        pytest.param(cv2.resize(_screenshot(), None, fx=2.3, fy=2.3), id="of a fine screen"),
    ],
)
def test_a_screenshot_is_framed(picture: Image) -> None:
    assert framed(picture, [])
    assert odds_of_frame(picture, []).tolist() == [0, 0, FRAMED]


def test_a_screenshot_that_a_messenger_sent_is_framed() -> None:
    assert framed(_sent(_screenshot()), [CARD * np.float32(0.71)])


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(_photograph(900, 1200), id="nothing straight"),
        pytest.param(_turned(_screenshot(), 0.4), id="a screen that was photographed a little turned"),
        pytest.param(_noisy(_screenshot()), id="a screen that was photographed quite straight"),
        pytest.param(cv2.GaussianBlur(_screenshot(), (0, 0), 5), id="a window out of focus behind"),
        pytest.param(np.vstack([_photograph(600, 900), 255 - _photograph(600, 900, 4)]), id="two photographs in one"),
        pytest.param(_ruled(), id="ruled paper, quite straight"),
        pytest.param(np.full((900, 1200, 3), WHITE, np.uint8), id="nothing at all"),
        pytest.param(np.zeros((9, 7, 3), np.uint8), id="a tiny picture"),
    ],
)
def test_what_no_program_framed_is_not(picture: Image) -> None:
    assert not framed(picture, [])
    assert not odds_of_frame(picture, []).any()


def test_cards_that_were_copied_straight_are_no_frames_of_their_own() -> None:
    page = np.full((1400, 1000, 3), WHITE, np.uint8)
    upper: Points = np.array([[180, 100], [820, 100], [820, 504], [180, 504]], np.float32)
    lower = np.asarray(upper + np.float32([0, 700]), np.float32)
    for quad in (upper, lower):
        cv2.fillConvexPoly(page, quad.astype(np.int32), (190, 170, 150))
    assert framed(page, [upper])
    assert not framed(page, [upper, lower])


def test_a_screenshot_of_a_card_that_would_pass_for_one_is_called_a_screen() -> None:
    reader = IdCardReader()
    specimen = make_specimen(8618, Condition.PLAIN, "", (1200, 900))
    picture = cv2.imdecode(np.frombuffer(specimen.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert reader.read(specimen.jpeg, risk=True).risk is RiskType.NORMAL
    screen = np.full((2000, 1200, 3), DARK, np.uint8)
    screen[500:1400] = picture
    ok, png = cv2.imencode(".png", screen)
    assert ok
    shown = reader.read(png.tobytes(), risk=True)
    risks = shown.cards[0].risks
    assert risks is not None
    assert sum(value for name, value in risks.evidence.items() if name.endswith("_screen")) < FRAMED + 1
    assert shown.risk is RiskType.SCREEN
