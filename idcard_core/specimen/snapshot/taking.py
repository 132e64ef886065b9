"""From a draw to a JPEG: which thing is before which camera, and where its corners are."""

from __future__ import annotations

from typing import cast

import numpy as np

from idcard_core.card import Image, Points
from idcard_core.specimen.brush import chance, floats, image, scaled
from idcard_core.specimen.presented import Presented, Taken
from idcard_core.specimen.snapshot.genuine import Shot, shoot_card
from idcard_core.specimen.snapshot.office import shoot_copy
from idcard_core.specimen.snapshot.panel import draw_panel, shoot_screen, show
from idcard_core.specimen.snapshot.phone import draw_phone, photograph, scanned
from idcard_core.specimen.snapshot.printer import draw_printer
from idcard_core.specimen.snapshot.upload import upload

_TRIES = 12


def take(rng: np.random.Generator, presented: Presented, number: int) -> Taken:
    """A picture of a card, a print or a screen with the devices of ``number``; the same draw gives the same bytes.

    Raises RuntimeError should no picture hold the whole card, which does not come up.
    """
    for _ in range(_TRIES):
        picture, shot = _captured(rng, presented, number)
        if _whole(shot.quad, picture):
            jpeg, quad = upload(rng, picture, shot.quad, draw_phone(number), shot.crop)
            return Taken(jpeg, floats(quad), presented, shot.way)
    raise RuntimeError("no picture held the whole card")


def _captured(rng: np.random.Generator, presented: Presented, number: int) -> tuple[Image, Shot]:
    card_px = scaled(rng, 560, 1050) if chance(rng, 0.87) else scaled(rng, 460, 1450)
    flat = False
    if presented is Presented.SCREEN:
        panel = draw_panel(number)
        if chance(rng, 1 / 8):
            shown = show(rng, panel, whole=False)
            return image(shown.picture), Shot(shown.picture, shown.quad, 1.0, f"screenshot_{shown.name}", False)
        shot = shoot_screen(rng, card_px, panel)
    elif presented is Presented.COPY:
        shot, flat = shoot_copy(rng, card_px, draw_printer(number))
    else:
        shot = shoot_card(rng, card_px)
        flat = shot.way == "scan"
    if flat:
        return scanned(rng, shot.canvas, number), shot
    return photograph(rng, shot.canvas, shot.level, draw_phone(number)), shot


def _whole(quad: Points, picture: Image) -> bool:
    """Whether all corners lie inside and the card is neither tiny nor seen edge on."""
    size = cast(tuple[int, int], picture.shape[1::-1])
    inside = bool((quad > 1).all() and (quad < floats(size) - 2).all())
    long, short = np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[1])
    return inside and bool(long > 300) and bool(short > 0.3 * long)
