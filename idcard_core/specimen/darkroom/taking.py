"""Takes one picture of what is presented."""

from __future__ import annotations

import numpy as np

from idcard_core.card import Points
from idcard_core.specimen.brush import chance
from idcard_core.specimen.darkroom.camera import camera_of, finish
from idcard_core.specimen.darkroom.chain import Plate
from idcard_core.specimen.darkroom.kinds import Shot, screenshot, shoot_card, shoot_print, shoot_screen
from idcard_core.specimen.darkroom.panel import panel_of
from idcard_core.specimen.darkroom.press import press_of
from idcard_core.specimen.presented import Presented, Taken

_LEAST_WIDTH = 450
"""Pixels of the picture across the card, below which it is taken again."""
_Seen = tuple[Plate, Points, int]
"""A picture, the card's quad on it, and how long the picture's longer side is to be."""


def take(rng: np.random.Generator, presented: Presented, number: int) -> Taken:
    """A picture by the camera, printer or screen of ``number``; the same ``rng`` gives the same picture."""
    camera = camera_of(number)
    while True:
        (picture, quad, longest), way = _taken(rng, presented, number)
        scale = longest / max(picture.shape[:2])
        quad = (quad * scale).astype(np.float32)
        limit = np.array(picture.shape[1::-1]) * scale - 1
        wide = float(np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[2] - quad[3])) / 2
        if wide >= _LEAST_WIDTH and bool(((quad >= 1) & (quad <= limit - 1)).all()):
            return Taken(finish(rng, camera, picture, longest), quad, presented, way)


def _taken(rng: np.random.Generator, presented: Presented, number: int) -> tuple[_Seen, str]:
    camera = camera_of(number)
    if presented is Presented.GENUINE:
        scan = chance(rng, 0.15)
        return _of(shoot_card(rng, camera, None, scan)), "scan" if scan else "photo"
    if presented is Presented.COPY:
        scan = chance(rng, 0.2)
        shot, way = shoot_print(rng, camera, press_of(number), scan)
        return _of(shot), f"{way}_scan" if scan else way
    if chance(rng, 1 / 8):
        return screenshot(rng), "screenshot"
    panel = panel_of(number)
    return _of(shoot_screen(rng, camera, panel)), f"{panel.kind}_{'oled' if panel.oled else 'lcd'}"


def _of(shot: Shot) -> _Seen:
    picture, quad, view = shot
    return picture, quad, view.longest
