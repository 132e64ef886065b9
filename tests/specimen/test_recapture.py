"""Prints, screens and cards before simulated cameras."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from idcard_core.card import Side
from idcard_core.specimen.draw import draw_card
from idcard_core.specimen.people import make_person
from idcard_core.specimen.presented import Presented
from idcard_core.specimen.recapture.camera import develop, make_camera, noise_of
from idcard_core.specimen.recapture.cards import THICKNESS
from idcard_core.specimen.recapture.copies import page_of
from idcard_core.specimen.recapture.grid import Grid
from idcard_core.specimen.recapture.halftone import coverages, rastered
from idcard_core.specimen.recapture.interfaces import interface
from idcard_core.specimen.recapture.legible import is_drowned
from idcard_core.specimen.recapture.present import present
from idcard_core.specimen.recapture.printers import Raster, make_printer
from idcard_core.specimen.recapture.scene import Lamp, shadow
from idcard_core.specimen.recapture.screens import make_screen
from idcard_core.specimen.recapture.sheets import laid, sheet_around
from idcard_core.specimen.recapture.sleeve import in_pocket, in_sleeve
from idcard_core.specimen.recapture.wallet import in_wallet

FAITHFUL = replace(
    make_printer(1), colour=True, dots_an_inch=600, lines_an_inch=100.0, turn=0.0, strength=1.0, ink=0.03, gain=0.2,
    off_register=((0.0, 0.0),) * 4, mottle=0.0,
)  # fmt: skip
SIDE = 240


def _linear(tone: tuple[int, int, int]) -> np.ndarray:
    return (np.array(tone) / 255) ** 2.2


@pytest.mark.parametrize("raster", Raster)
@pytest.mark.parametrize(
    "tone", [(250, 250, 250), (200, 200, 200), (230, 210, 180), (120, 130, 200), (60, 60, 60)], ids=str
)
def test_dots_of_ink_give_the_colour_they_stand_for(raster: Raster, tone: tuple[int, int, int]) -> None:
    """From afar; dots on a lattice do not lie over one another quite by chance."""
    printer = replace(FAITHFUL, raster=raster)
    flat = np.full((SIDE, SIDE, 3), tone, np.uint8)
    inked = rastered(np.random.default_rng(1), coverages(flat, printer), printer, (SIDE, SIDE))
    assert inked.reshape(-1, 3).mean(axis=0) == pytest.approx(_linear(tone), abs=0.06)


def test_one_ink_prints_grey_only() -> None:
    printer = replace(FAITHFUL, colour=False, raster=Raster.DOTS)
    flat = np.full((SIDE, SIDE, 3), (40, 200, 90), np.uint8)
    inked = rastered(np.random.default_rng(1), coverages(flat, printer), printer, (SIDE, SIDE))
    assert inked.ndim == 2
    grey = float(_linear((40, 200, 90)) @ (0.0722, 0.7152, 0.2126))
    assert float(inked.mean()) == pytest.approx(grey, abs=0.06)


def test_a_lattice_of_dots_has_its_own_frequency() -> None:
    printer = replace(FAITHFUL, colour=False, raster=Raster.DOTS, lines_an_inch=100.0)
    flat = np.full((SIDE, SIDE, 3), 180, np.uint8)
    inked = rastered(np.random.default_rng(1), coverages(flat, printer), printer, (SIDE, SIDE))
    power = np.abs(np.fft.rfft2(inked - inked.mean()))
    row, column = np.unravel_index(int(power.argmax()), power.shape)
    row = min(row, SIDE - row)
    lines_an_inch = np.hypot(row, column) / SIDE * printer.dots_an_inch
    assert lines_an_inch == pytest.approx(100, rel=0.05)


@pytest.mark.parametrize("make", [make_printer, make_screen])
def test_a_number_is_a_device_for_good(make) -> None:
    assert make(7) == make(7)
    assert make(7) != make(8)


def test_a_thicker_card_throws_a_wider_shadow() -> None:
    grid = Grid.of(np.eye(3), (400, 300), 0.5)
    outline = np.zeros((300, 400), np.float32)
    outline[80:220, 100:300] = 1
    lamp = Lamp(azimuth=0.0, slope=1.5, softness=0.2, share=0.7)
    dark = [
        float((shadow(np.random.default_rng(1), grid, lamp, outline, height)[:, :100, 0] < 0.6).sum())
        for height in (1.0, *THICKNESS)
    ]
    assert dark[0] < dark[1] < dark[2]


@pytest.mark.parametrize("presented", Presented)
def test_the_card_stands_where_its_quad_says(presented: Presented) -> None:
    """Its print, cut out along the quad, is the print that was drawn."""
    rng = np.random.default_rng(4)
    card = draw_card(Side.FRONT, make_person(rng, None), rng, 856)
    drawn = cv2.cvtColor(card.image, cv2.COLOR_BGR2GRAY)
    likeness = []
    for _ in range(5):
        made = present(rng, card, presented, range(20))
        picture = cv2.imdecode(np.frombuffer(made.jpeg, np.uint8), cv2.IMREAD_COLOR)
        frame = np.array([[0, 0], [856, 0], [856, 540], [0, 540]], np.float32)
        to_frame = cv2.getPerspectiveTransform(made.quad, frame)
        cut = cv2.cvtColor(cv2.warpPerspective(picture, to_frame, (856, 540)), cv2.COLOR_BGR2GRAY)
        inner = (slice(40, 500), slice(40, 816))
        soft = [cv2.GaussianBlur(one[inner].astype(np.float32), (0, 0), 3) for one in (drawn, cut)]
        fine = [one - cv2.GaussianBlur(one, (0, 0), 25) for one in soft]
        likeness.append(float(np.corrcoef(fine[0].ravel(), fine[1].ravel())[0, 1]))
    assert np.median(likeness) > 0.75


def _scene(size: tuple[int, int] = (700, 500), units_a_pixel: float = 2.0) -> Grid:
    """A picture of the plane, the card's corner at its pixel (100, 100)."""
    to_picture = np.array([[1 / units_a_pixel, 0, 100], [0, 1 / units_a_pixel, 100], [0, 0, 1]])
    return Grid.of(to_picture, size, 0.5)


def test_a_sleeve_reaches_beyond_the_card_and_not_far() -> None:
    grid, black = _scene(), np.zeros((500, 700, 3), np.float32)
    seen = in_sleeve(np.random.default_rng(3), grid, black, np.ones((1, 1, 1), np.float32), True).mean(axis=2)
    assert seen[100:370, 100:528].min() > 0, "haze all over the card"
    far = np.ones_like(seen, bool)
    far[100 - 40 : 370 + 40, 100 - 40 : 528 + 40] = False  # 80 units
    assert seen[far].max() == 0


def test_a_film_mirrors_lights_before_a_camera_but_not_in_a_scanner() -> None:
    grid, grey = _scene(), np.full((500, 700, 3), 0.3, np.float32)
    brightest = [
        [in_pocket(np.random.default_rng(seed), grid, grey, np.float32(1), scanned).max() for seed in range(8)]
        for scanned in (False, True)
    ]
    assert max(brightest[0]) > 0.5
    assert max(brightest[1]) < 0.4


def test_a_box_has_its_corners_rounded_and_its_sides_straight() -> None:
    grid = _scene(units_a_pixel=1.0)  # the pixel (100, 100) is the unit (0, 0)
    seen = grid.inside((0.0, 0.0, 200.0, 100.0), 30.0)
    assert seen[100:200, 130:270].min() == 1
    assert seen[:99].max() == seen[201:].max() == seen[:, :99].max() == seen[:, 301:].max() == 0
    left_out = 200 * 100 - float(seen.sum())
    assert left_out == pytest.approx((4 - np.pi) * 30**2, rel=0.02), "what circles leave of the squares around them"


def test_a_wallet_shows_the_card_and_hides_what_is_around_it() -> None:
    grid = _scene((1100, 800))
    bright = np.full((800, 1100, 3), 5.0, np.float32)
    for seed in range(8):
        seen = in_wallet(np.random.default_rng(seed), grid, bright, np.ones((1, 1, 1), np.float32)).mean(axis=2)
        assert np.median(seen[115:355, 115:513]) > 3, "the card, but for its edges"
        assert seen[440:, :].max() < 2, "70 units below the card"


@pytest.mark.parametrize("phone", [True, False])
def test_a_filled_screen_shows_hardly_more_than_the_picture(phone: bool) -> None:
    shown = np.full((540, 856, 3), 77, np.uint8)
    for seed in range(10):
        canvas, (left, top) = interface(np.random.default_rng(seed), shown, phone=phone, filled=True)
        assert canvas.shape[0] <= 540 * 1.13
        assert canvas.shape[1] <= 856 * 1.41
        assert (canvas[top : top + 540, left : left + 856] == 77).all()


def test_pages_with_a_photograph_show_more_than_white_around_the_card() -> None:
    rng = np.random.default_rng(6)
    card = draw_card(Side.FRONT, make_person(rng, None), rng, 1284)
    pages = [page_of(rng, card, None) for _ in range(24)]
    spreads = {True: [], False: []}
    for page in pages:
        x, y = page.corner
        width = page.alpha.shape[1]
        above = page.image[y - 12 : y - 6, x + width // 4 : x + width // 2]
        assert page.scale * width == pytest.approx(856)
        spreads[page.backdrop].append(float(np.abs(above.astype(float) - page.image[2, 2]).mean()))
    assert len(spreads[True]) > 5
    assert max(spreads[False]) == 0
    assert np.median(spreads[True]) > 10


def test_a_sheet_holds_the_whole_card() -> None:
    grid = _scene()
    outlines = [sheet_around(np.random.default_rng(seed), grid, 0.0) for seed in range(30)]
    assert all(outline[100:370, 100:528].min() == 1 for outline in outlines)
    assert sum(outline.min() < 1 for outline in outlines) > 15, "edges are seen in most"


def test_a_sheet_leaves_the_ground_beyond_it_as_it_is_but_for_its_shadow() -> None:
    grid = _scene()
    outline = np.zeros((500, 700), np.float32)
    outline[:, :350] = 1
    sheet = np.full((500, 700, 3), 2.0, np.float32)  # brighter than any ground
    seen = laid(np.random.default_rng(5), grid, sheet, outline)
    assert (seen[:, :350] == 2).all()
    assert seen[:, 350:].max() <= 1


PLAIN = replace(
    make_camera(3), filters=None, read_noise=1.0, shot_noise=2.0, curve=0.0, saturation=1.0, sharpen=0.0, denoise=0.0,
    colour_smear=0.0,
)  # fmt: skip
WHITE = (1.0, 1.0, 1.0)


def _grey(level: float) -> np.ndarray:
    return np.full((120, 160, 3), level, np.float32)


def test_a_camera_that_amplifies_more_is_noisier() -> None:
    deviations = [
        float(develop(np.random.default_rng(2), _grey(0.2), PLAIN, WHITE, gain).std()) for gain in (1.0, 3.0, 8.0)
    ]
    assert deviations[0] < 0.7 * deviations[1] < 0.7 * 0.7 * deviations[2]


def test_noise_is_as_much_as_is_told() -> None:
    plain = replace(make_camera(3), filters=None, denoise=0.0, colour_smear=0.0, curve=0.0, saturation=1.0, sharpen=0.0)
    light = np.full((200, 200, 3), 0.3, np.float32)
    picture = develop(np.random.default_rng(5), light, plain, (1.0, 1.0, 1.0), 4.0)
    seen = (picture[..., 1] / 255.0) ** 2.2
    assert seen.std() == pytest.approx(float(noise_of(plain, np.float32(0.3), 4.0)), rel=0.1)


@pytest.mark.parametrize(("paper", "across", "drowned"), [(0.5, 900, False), (0.02, 900, True), (0.1, 1500, False)])
def test_print_is_drowned_in_the_dark_where_the_card_is_small(paper: float, across: int, drowned: bool) -> None:
    camera = replace(make_camera(3), read_noise=2.0, shot_noise=4.0)
    linear = np.full((1000, 1600, 3), paper, np.float32)
    quad = np.array([[50, 30], [50 + across, 30], [50 + across, 900], [50, 900]], np.float32)
    assert is_drowned(linear, quad, camera, 8.0) is drowned


def test_smeared_colours_leave_brightness_alone() -> None:
    sharp, smeared = (
        develop(np.random.default_rng(2), _grey(0.2), replace(PLAIN, colour_smear=smear), WHITE, 8.0)
        for smear in (0.0, 3.0)
    )
    before, after = (cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb).astype(float) for picture in (sharp, smeared))
    assert after[..., 1].std() < 0.3 * before[..., 1].std()
    assert after[..., 0].std() == pytest.approx(before[..., 0].std(), rel=0.05)
