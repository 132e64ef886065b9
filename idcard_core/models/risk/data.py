"""Pictures to learn risk from: views of presented cards, drawn once and kept in files.

``python -m idcard_core.models.risk.data --out FOLDER [--count N] [--seed S] [--by SIMULATOR] [--held-out]``
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image, Points
from idcard_core.judge.risk.views import (
    CONTEXT_SIZE,
    EDGE,
    EDGE_UNITS,
    MARGIN,
    PIECE,
    context_of,
    edges_of,
    pieces_of,
)
from idcard_core.networks import available_cores
from idcard_core.specimen.presented import DEVICES, TRAINING_DEVICES, Presented
from idcard_core.specimen.sensor import from_jpeg

from .sources import Source, opened

ROOM, PIECE_ROOM = 1.125, 1.25
"""Views are kept that much larger, so that training may shift them, and shrink pieces."""
KEPT_CONTEXT = (round(CONTEXT_SIZE[0] * ROOM), round(CONTEXT_SIZE[1] * ROOM))
KEPT_MARGIN = ((1 + 2 * MARGIN) * ROOM - 1) / 2
KEPT_EDGE, KEPT_UNITS = round(EDGE * ROOM), EDGE_UNITS * ROOM
KEPT_PIECE = round(PIECE * PIECE_ROOM)
CLASSES = tuple(Presented)
TURNS = (Presented.GENUINE, Presented.COPY, Presented.GENUINE, Presented.SCREEN)
"""Half of all pictures are of cards: they are what comes most, and a false alarm is what a user minds most."""
STACKS = ("contexts", "edges", "pieces")
"""Views in a file, by name."""
PART = 60
"""Pictures in a file."""
CORNER_ERROR = 0.006
"""Deviation of the corners, as a share of the card's width: what the locator leaves."""


@dataclass(frozen=True, slots=True, eq=False)
class RiskSet:
    """Views and what they show: ``contexts`` (n, h, w, 3), ``edges`` (n, 8, s, s, 3), ``pieces`` (n, 6, s, s, 3),
    ``classes``, ``ways``, and ``groups``, the number of the group of folders each is from (n,)."""

    contexts: Image
    edges: Image
    pieces: Image
    classes: NDArray[np.int64]
    ways: NDArray[np.str_]
    groups: NDArray[np.int64]

    @classmethod
    def load(cls, *groups: Sequence[Path]) -> RiskSet:
        """All that is in ``groups`` of folders, also while more of it is being drawn.

        Raises FileNotFoundError where there is nothing in one of them.
        """
        paths: list[Path] = []
        numbers: list[int] = []
        for number, folder in ((number, folder) for number, group in enumerate(groups) for folder in group):
            parts = sorted(folder.glob("part-????.npz"))
            if not parts:
                raise FileNotFoundError(folder)
            paths += parts
            numbers += [number] * len(parts)
        counts = [_count(path) for path in paths]
        ends = np.cumsum(counts).tolist()
        ways: list[NDArray[np.str_]] = []
        for path, count, end in zip(paths, counts, ends, strict=True):  # no more than a part of a set is there twice
            with np.load(path) as part:
                if not ways:
                    stacks = {name: np.empty((ends[-1], *part[name].shape[1:]), np.uint8) for name in STACKS}
                    classes = np.empty(ends[-1], np.int64)
                here = slice(end - count, end)
                for name, stack in stacks.items():
                    stack[here] = part[name]
                classes[here] = part["classes"]
                ways.append(part["ways"])
        return cls(**stacks, classes=classes, ways=np.concatenate(ways), groups=np.repeat(numbers, counts))


def _count(path: Path) -> int:
    with np.load(path) as part:
        return len(part["classes"])


def jittered(rng: np.random.Generator, quad: Points) -> Points:
    """``quad`` with its corners as far off as the locator may leave them (``CORNER_ERROR``)."""
    width = float(np.hypot(*(quad[1] - quad[0])))
    return np.asarray(quad + rng.normal(0, CORNER_ERROR * width, (4, 2)), np.float32)


def _draw_part(task: tuple[Path, Source, int, int, int, Sequence[int]]) -> int:
    folder, source, seed, number, count, devices = task
    path = folder / f"part-{number:04d}.npz"
    if path.is_file():
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
    unfinished = path.with_suffix(".tmp.npz")
    stacks = {name: np.stack(some) for name, some in views.items()}
    np.savez(unfinished, **stacks, classes=np.array(classes), ways=np.array(ways))  # type: ignore[arg-type]
    unfinished.replace(path)
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
    parser.add_argument("--out", type=Path, required=True, help="the folder of files")
    parser.add_argument("--count", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--by", choices=[source.value for source in Source], default=Source.RECAPTURE.value)
    parser.add_argument("--held-out", action="store_true", help="by the devices that training never sees")
    arguments = parser.parse_args()
    devices = range(TRAINING_DEVICES, DEVICES) if arguments.held_out else range(TRAINING_DEVICES)
    make_set(arguments.out, arguments.count, arguments.seed, devices, Source(arguments.by))


if __name__ == "__main__":
    main()
