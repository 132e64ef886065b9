"""The simulators whose pictures come straight from a device's number: one picture a seed, the card whole in it."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from types import ModuleType

import cv2
import numpy as np
import pytest

from idcard_core.card import Image
from idcard_core.specimen import collage, darkroom, painted, rendered, snapshot, tabletop
from idcard_core.specimen.collage.camera import Camera as CollageCamera
from idcard_core.specimen.collage.prints import Printer as CollagePrinter
from idcard_core.specimen.collage.prints import printed as collage_printed
from idcard_core.specimen.collage.screens import Screen as CollageScreen
from idcard_core.specimen.darkroom.camera import camera_of as darkroom_camera_of
from idcard_core.specimen.darkroom.panel import panel_of as darkroom_panel_of
from idcard_core.specimen.darkroom.press import press_of
from idcard_core.specimen.painted.camera import Camera as PaintedCamera
from idcard_core.specimen.painted.prints import Printer as PaintedPrinter
from idcard_core.specimen.painted.prints import printed as painted_printed
from idcard_core.specimen.painted.screens import Screen as PaintedScreen
from idcard_core.specimen.presented import UNSEEN_DEVICES, Presented, Taken
from idcard_core.specimen.rendered.camera import camera_of
from idcard_core.specimen.rendered.prints import dulled, printer_of
from idcard_core.specimen.rendered.prints import printed as rendered_printed
from idcard_core.specimen.rendered.screens import panel_of
from idcard_core.specimen.sensor import from_jpeg
from idcard_core.specimen.snapshot.panel import draw_panel
from idcard_core.specimen.snapshot.phone import draw_phone
from idcard_core.specimen.snapshot.printer import draw_printer
from idcard_core.specimen.tabletop.ink import printer_of as tabletop_printer_of
from idcard_core.specimen.tabletop.lens import camera_of as tabletop_camera_of
from idcard_core.specimen.tabletop.panel import panel_of as tabletop_panel_of

SEEDS = range(4)
OWNED: dict[str, Callable[[int], object]] = {
    "collage-camera": CollageCamera.of,
    "collage-printer": CollagePrinter.of,
    "collage-screen": CollageScreen.of,
    "darkroom-camera": darkroom_camera_of,
    "darkroom-printer": press_of,
    "darkroom-screen": darkroom_panel_of,
    "painted-camera": PaintedCamera.of,
    "painted-printer": PaintedPrinter.of,
    "painted-screen": PaintedScreen.of,
    "rendered-camera": camera_of,
    "rendered-printer": printer_of,
    "rendered-screen": panel_of,
    "snapshot-camera": draw_phone,
    "snapshot-printer": draw_printer,
    "snapshot-screen": draw_panel,
    "tabletop-camera": tabletop_camera_of,
    "tabletop-printer": tabletop_printer_of,
    "tabletop-screen": tabletop_panel_of,
}
KINDS = pytest.mark.parametrize("presented", list(Presented), ids=lambda presented: presented.value)


@pytest.fixture(
    scope="module",
    params=[collage, darkroom, painted, rendered, snapshot, tabletop],
    ids=lambda module: module.__name__.split(".")[-1],
)
def simulator(request: pytest.FixtureRequest) -> ModuleType:
    return request.param


def taken(simulator: ModuleType, presented: Presented, seed: int) -> Taken:
    return simulator.take(np.random.default_rng([11, seed]), presented, seed * 31 % UNSEEN_DEVICES.stop)


@KINDS
def test_the_same_seed_gives_the_same_picture_and_another_seed_another(
    simulator: ModuleType, presented: Presented
) -> None:
    first, second = (taken(simulator, presented, 9) for _ in range(2))
    assert first.jpeg == second.jpeg
    assert np.array_equal(first.quad, second.quad)
    assert first.way == second.way
    assert first.jpeg != taken(simulator, presented, 10).jpeg


@KINDS
@pytest.mark.parametrize("seed", SEEDS)
def test_the_card_lies_whole_and_clockwise_in_the_picture(
    simulator: ModuleType, presented: Presented, seed: int
) -> None:
    result = taken(simulator, presented, seed)
    height, width = from_jpeg(result.jpeg).shape[:2]
    assert result.presented is presented
    assert result.way
    assert result.quad.dtype == np.float32
    assert result.quad.shape == (4, 2)
    assert max(height, width) <= 2600
    assert (result.quad >= 0).all()
    assert (result.quad <= (width, height)).all()
    # clockwise as seen, y downward
    assert cv2.contourArea(result.quad, oriented=True) > 0
    top, right, bottom, left = np.linalg.norm(np.roll(result.quad, -1, axis=0) - result.quad, axis=1)
    assert 390 <= (top + bottom) / 2 <= 2100
    assert top + bottom > left + right, "the first side is a long one"


@pytest.mark.parametrize("owned", OWNED.values(), ids=list(OWNED))
def test_a_device_stays_what_it_is_and_differs_from_others(owned: Callable[[int], object]) -> None:
    assert pickle.dumps(owned(12)) == pickle.dumps(owned(12))
    devices = UNSEEN_DEVICES.stop
    assert len({pickle.dumps(owned(number)) for number in range(devices)}) == devices


def dull_print(program: str, number: int, flat: Image) -> Image:
    rng = np.random.default_rng(number)
    if program == "rendered":
        return rendered_printed(rng, dulled(rng, printer_of(number)), flat, 9.0, np.full((1, 1, 3), 0.93, np.float32))
    if program == "painted":
        return painted_printed(rng, PaintedPrinter.of(number).dulled(rng), flat, 9.0)
    return collage_printed(rng, CollagePrinter.of(number).dulled(rng), flat, 9.0)


@pytest.mark.parametrize(("program", "least"), [("collage", 8), ("painted", 4), ("rendered", 4)])
def test_a_dull_print_shows_its_colours_without_a_raster(program: str, least: float) -> None:
    flat = np.full((240, 380, 3), (60, 90, 200), np.uint8)
    flat[:, :190] = 0
    blacks = []
    for number in range(12):
        paper = dull_print(program, number, flat).astype(float)
        red = paper[60:180, 280:350]
        assert (red.std(axis=(0, 1)) < 14).all(), "an even face stays even"
        assert np.ptp(red.mean(axis=(0, 1))) > 10, "red stays red"
        blacks.append(paper[60:180, 40:110].mean())
    assert min(blacks) > least, "there is no black"
    assert np.median(blacks) > 25, "most are pale"
