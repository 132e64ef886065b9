"""Pictures to learn risk from: views of presented cards, drawn once and kept in files.

``python -m idcard_core.models.risk.data --out FOLDER [--count N] [--seed S] [--by SIMULATOR] [--held-out]``
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np

from idcard_core.card import Image, Points
from idcard_core.judge.risk.views import context_of, edges_of, pieces_of
from idcard_core.networks import available_cores
from idcard_core.specimen.presented import TRAINING_DEVICES, UNSEEN_DEVICES, Presented
from idcard_core.specimen.sensor import from_jpeg

from .kept import CLASSES, KEPT_CONTEXT, KEPT_EDGE, KEPT_MARGIN, KEPT_PIECE, KEPT_UNITS, STACKS, keep, part_of
from .sources import Source, opened

TURNS = (Presented.GENUINE, Presented.COPY, Presented.GENUINE, Presented.SCREEN)
"""Half of all pictures are of cards: they are what comes most, and a false alarm is what a user minds most."""
PART = 60
"""Pictures in a part."""
CORNER_ERROR = 0.006
"""Deviation of the corners, as a share of the card's width: what the locator leaves."""


def jittered(rng: np.random.Generator, quad: Points) -> Points:
    """``quad`` with its corners as far off as the locator may leave them (``CORNER_ERROR``)."""
    width = float(np.hypot(*(quad[1] - quad[0])))
    return np.asarray(quad + rng.normal(0, CORNER_ERROR * width, (4, 2)), np.float32)


def _draw_part(task: tuple[Path, Source, int, int, int, Sequence[int]]) -> int:
    folder, source, seed, number, count, devices = task
    part = part_of(folder, number)
    if part.is_dir():
        return count
    cv2.setNumThreads(1)
    rng = np.random.default_rng([seed, number])
    draw = opened(source, rng, devices)
    views: dict[str, list[Image]] = {name: [] for name in STACKS}
    classes, ways = [], []
    for at in range(count):
        kind = TURNS[at % len(TURNS)]
        jpeg, quad, way = draw(kind)
        picture = from_jpeg(jpeg)
        quad = jittered(rng, quad)
        views["contexts"].append(context_of(picture, quad, KEPT_CONTEXT, KEPT_MARGIN))
        views["edges"].append(edges_of(picture, quad, KEPT_EDGE, KEPT_UNITS))
        views["pieces"].append(pieces_of(picture, quad, KEPT_PIECE))
        classes.append(CLASSES.index(kind))
        ways.append(way)
    keep(part, {name: np.stack(some) for name, some in views.items()}, classes, ways)
    return count


def make_set(folder: Path, count: int, seed: int, devices: Sequence[int], source: Source = Source.RECAPTURE) -> None:
    """Draw ``count`` pictures by ``source``, half of them of cards, by ``devices``; leave their views in ``folder``.

    Goes on where an earlier run of the same arguments was stopped.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parts = -(-count // PART)
    tasks = [(folder, source, seed, number, min(PART, count - number * PART), devices) for number in range(parts)]
    done = 0
    with ProcessPoolExecutor(available_cores(), mp_context=get_context("spawn")) as pool:
        for drawn in pool.map(_draw_part, tasks):
            done += drawn
            print(f"{done} of {count}", flush=True)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Draw pictures of cards, prints and screens to learn from.")
    parser.add_argument("--out", type=Path, required=True, help="the folder of parts")
    parser.add_argument("--count", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--by", choices=[source.value for source in Source], default=Source.RECAPTURE.value)
    parser.add_argument("--held-out", action="store_true", help="by the devices that training never sees")
    arguments = parser.parse_args()
    devices = UNSEEN_DEVICES if arguments.held_out else TRAINING_DEVICES
    make_set(arguments.out, arguments.count, arguments.seed, devices, Source(arguments.by))


if __name__ == "__main__":
    main()
