"""Pictures of what is held before a camera: a card, a print of one or a screen with one, by devices that have numbers.

Whole devices can be kept out of training: a number names a screen, a printer or a camera for good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.camera import FRAME_CORNERS, Placement, aim, transform
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.light import Gains, gain_map
from idcard_core.specimen.presented import UNSEEN_DEVICES, Presented, Taken
from idcard_core.specimen.recapture.camera import as_sent, develop, make_camera
from idcard_core.specimen.recapture.cards import of_card
from idcard_core.specimen.recapture.copies import of_copy, page_of
from idcard_core.specimen.recapture.engraving import engraved
from idcard_core.specimen.recapture.grid import Grid, Plane
from idcard_core.specimen.recapture.legible import is_drowned
from idcard_core.specimen.recapture.scene import small, with_glare
from idcard_core.specimen.recapture.screen_pictures import of_screen, screenshot
from idcard_core.specimen.recapture.screens import make_screen
from idcard_core.specimen.recapture.sleeve import in_pocket, in_sleeve
from idcard_core.specimen.recapture.wallet import in_wallet, lining
from idcard_core.specimen.shot import Light, Pose, ShadowKind

SCREENSHOT_SHARE = 0.12
"""Of pictures of screens: those that no camera took."""
ENGRAVED_SHARE = 0.7
SCAN_SHARE = 0.18
DIM_SHARE = 0.2
"""Of photographs: in so little light that they stay dark."""
AMPLIFIED_SHARE, MOST_GAIN = 0.4, 8.0
LONGEST_PX, LONGEST_FINE_PX = 1500, 2600
FINE_SHARE = 0.08
"""Of pictures: those that are as fine as a good telephone's."""
WALLET_SHARE = {Presented.GENUINE: 0.07, Presented.COPY: 0.03, Presented.SCREEN: 0.0}
"""Cards, and prints cut out to their size, in a wallet's window."""
FILM_SHARE = {Presented.GENUINE: 0.12, Presented.COPY: 0.06, Presented.SCREEN: 0.0}
"""Cards in a sleeve, pages in a pocket."""


def present(
    rng: np.random.Generator,
    card: FlatCard,
    presented: Presented,
    devices: Sequence[int],
    other: FlatCard | None = None,
) -> Taken:
    """A picture of ``card`` taken as ``presented``, by one of the numbered ``devices``.

    A page of a copy may have the ``other`` side of the card above or below.
    """
    number = int(devices[int(rng.integers(len(devices)))])
    image = engraved(rng, card.image) if rng.random() < ENGRAVED_SHARE else card.image
    card = replace(card, image=_aged(rng, image))
    if presented is Presented.SCREEN and rng.random() < SCREENSHOT_SHARE:
        picture, quad = screenshot(rng, card, make_screen(int(rng.integers(UNSEEN_DEVICES.stop))))
        quality = int(rng.integers(70, 100))
        jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
        return Taken(jpeg, quad, presented, "screenshot")
    scanned = presented is not Presented.SCREEN and rng.random() < SCAN_SHARE
    camera = make_camera(number, scanned)
    size, view, light = _stand(rng, scanned)
    grid = Grid.of(view, size, camera.blur + 0.1)
    gains = _full_size(gain_map(rng, light, small(size)), size)[..., None]
    wallet = not scanned and rng.random() < WALLET_SHARE[presented]
    if presented is Presented.SCREEN:
        linear, way = of_screen(rng, grid, card, number, gains)
    elif presented is Presented.COPY:
        linear, way = of_copy(rng, grid, page_of(rng, card, other), number, gains, scanned)
    else:
        linear, way = of_card(rng, grid, card, gains, scanned, lining(rng, grid) if wallet else None)
    if wallet and "page" not in way:
        linear, way = in_wallet(rng, grid, linear, gains), f"{way}_in_wallet"
    elif rng.random() < FILM_SHARE[presented]:
        film = in_pocket if presented is Presented.COPY and "cut" not in way else in_sleeve
        linear, way = film(rng, grid, linear, gains, scanned), f"{way}_under_film"
    glare = bool(rng.random() < 0.25)
    if glare:
        linear = with_glare(rng, linear, grid)
    linear, gain = (linear, 1.0) if scanned else _in_what_light(rng, linear)
    quad = transform(view, FRAME_CORNERS)
    drowned = not scanned and is_drowned(linear, quad, camera, gain)
    picture = develop(rng, _out_of_focus(rng, linear), camera, light.balance, gain)
    if presented is not Presented.SCREEN and rng.random() < 0.1:
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        picture, way = np.asarray(cv2.merge([grey, grey, grey]), np.uint8), f"grey_{way}"
    jpeg, share = as_sent(rng, picture, camera.quality)
    return Taken(jpeg, quad * np.float32(share), presented, way, glare, drowned)


def _aged(rng: np.random.Generator, image: Image) -> Image:
    """The card in other colours: as printed by other hands, faded, yellowed, worn, and as other cameras tone them.

    As widely as the tones of printers differ: tone alone must not tell a print.
    """
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.float32)[..., None]
    colours = grey + (image.astype(np.float32) - grey) * np.float32(rng.uniform(0.3, 1.25))
    colours *= np.exp(rng.normal(0, 0.05, 3)).astype(np.float32)
    if rng.random() < 0.5:
        colours = (colours - 128) * np.float32(rng.uniform(0.85, 1.4)) + np.float32(128 + rng.uniform(-15, 30))
    fade = float(rng.uniform(0, 0.3)) if rng.random() < 0.3 else 0.0
    colours = colours * np.float32((1 - fade) * rng.uniform(0.88, 1.06)) + np.float32(200 * fade)
    return np.asarray(colours.clip(0, 255), np.uint8)


def _stand(rng: np.random.Generator, scanned: bool) -> tuple[tuple[int, int], Plane, Light]:
    """The picture's size, card-frame units to its pixels, and the light."""
    longest = LONGEST_FINE_PX if rng.random() < FINE_SHARE else LONGEST_PX
    card_px = float(np.exp(rng.uniform(np.log(430 if longest == LONGEST_PX else 1000), np.log(0.92 * longest))))
    room = float(rng.uniform(1.02, 1.75) if rng.random() < 0.7 else rng.uniform(1.75, 3.0))
    wide = min(longest, int(card_px * room))
    size = (wide, max(int(card_px * 0.68), int(wide * rng.uniform(0.62, 0.85))))
    angle = float(rng.normal(0, 1 if scanned else 5))
    if rng.random() < 0.25:
        angle += 90.0 * int(rng.integers(1, 4))
    if 45 < angle % 180 < 135:
        size = (size[1], size[0])
    pose = Pose(
        angle=angle,
        tilt=0.0 if scanned else float(abs(rng.normal(0, 8))),
        azimuth=float(rng.uniform(0, 360)),
        distance=50.0 if scanned else float(rng.uniform(2.2, 7)),
        card_px=card_px,
        place=(float(rng.uniform(0.1, 0.9)), float(rng.uniform(0.1, 0.9))),
    )
    place = Placement()
    view = np.asarray(aim(pose, size, (place,), [FRAME_CORNERS]) @ place.to_plane)
    warm = float(rng.normal(0, 0.06))
    light = Light(
        exposure=1.0 if scanned else float(np.exp(rng.normal(-0.25, 0.3))),
        gradient=0.01 if scanned else float(rng.uniform(0, 0.4)),
        gradient_azimuth=float(rng.uniform(0, 360)),
        balance=(1 - warm, 1.0, 1 + warm),
        shadow=ShadowKind.SOFT if not scanned and rng.random() < 0.2 else ShadowKind.NONE,
    )
    return size, view, light


def _in_what_light(rng: np.random.Generator, linear: Plane) -> tuple[Plane, float]:
    """As bright as the picture comes out, and how many times the camera amplifies."""
    gain = float(np.exp(rng.uniform(0, np.log(MOST_GAIN)))) if rng.random() < AMPLIFIED_SHARE else 1.0
    if rng.random() >= DIM_SHARE:
        return linear, gain
    dark = float(np.exp(rng.uniform(np.log(0.04), np.log(0.5))))
    return np.asarray(linear * np.float32(dark), np.float32), gain


def _full_size(gains: Gains, size: tuple[int, int]) -> Gains:
    return np.asarray(cv2.resize(gains.astype(np.float32), size, interpolation=cv2.INTER_LINEAR))


def _out_of_focus(rng: np.random.Generator, linear: Plane) -> Plane:
    if rng.random() < 0.7:
        return linear
    return np.asarray(cv2.GaussianBlur(linear, (0, 0), float(rng.uniform(0.3, 1.8))), np.float32)
