"""Pictures to learn risk from: views of presented cards, drawn once and kept in files.

``python -m idcard_core.models.risk.data --out FOLDER [--count N] [--seed S] [--held-out]``
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

from idcard_core.card import Image, Points, Side
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
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.draw import draw_card
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.make import make_specimen
from idcard_core.specimen.people import make_person
from idcard_core.specimen.recapture.present import DEVICES, TRAINING_DEVICES, Presented, present
from idcard_core.specimen.scripts import choose_script
from idcard_core.specimen.sensor import from_jpeg
from idcard_core.specimen.surfaces import stamped, watermarked
from idcard_core.specimen.temporary import draw_temporary, temporary_person

ROOM, PIECE_ROOM = 1.125, 1.25
"""Views are kept that much larger, so that training may shift them, and shrink pieces."""
KEPT_CONTEXT = (round(CONTEXT_SIZE[0] * ROOM), round(CONTEXT_SIZE[1] * ROOM))
KEPT_MARGIN = ((1 + 2 * MARGIN) * ROOM - 1) / 2
KEPT_EDGE, KEPT_UNITS = round(EDGE * ROOM), EDGE_UNITS * ROOM
KEPT_PIECE = round(PIECE * PIECE_ROOM)
CLASSES = tuple(Presented)
TURNS = (Presented.GENUINE, Presented.COPY, Presented.GENUINE, Presented.SCREEN)
"""Half of all pictures are of cards: they are what comes most, and a false alarm is what a user minds most."""
OTHER_SIDE_SHARE = 0.35
"""Of copies: pages with both sides."""
PART, CARDS = 120, 16
"""Pictures in a file, and cards drawn for them; each card is aged anew in every picture."""
UNCLEAR = frozenset(
    {Condition.GREY_COPY, Condition.SCREEN, Condition.WATERMARK, Condition.STAMP}
    | {condition for condition in Condition if not condition.readable}
)
EVERYDAY = {
    Presented.GENUINE: tuple(condition for condition in Condition if condition not in UNCLEAR),
    Presented.COPY: (Condition.GREY_COPY,),
    Presented.SCREEN: (Condition.SCREEN,),
}
"""Conditions of the everyday camera by what they present; those with marks are one or the other."""
EVERYDAY_SHARE = {Presented.GENUINE: 0.25, Presented.COPY: 0.15, Presented.SCREEN: 0.15}
EVERYDAY_SIZES = ((1280, 960), (1600, 1200), (1200, 1600), (1920, 1440))
OWN_SIZE = frozenset({Condition.A4_SCAN, Condition.NO_MARGIN})
CORNER_ERROR = 0.006
"""Deviation of the corners, as a share of the card's width: what the locator leaves."""


@dataclass(frozen=True, slots=True, eq=False)
class RiskSet:
    """Views and what they show: ``contexts`` (n, h, w, 3), ``edges`` (n, 8, s, s, 3), ``pieces`` (n, 6, s, s, 3),
    ``classes``, ``ways`` (n,)."""

    contexts: Image
    edges: Image
    pieces: Image
    classes: NDArray[np.int64]
    ways: NDArray[np.str_]

    @classmethod
    def load(cls, folder: Path) -> RiskSet:
        """All that is in ``folder``, also while more of it is being drawn."""
        paths = sorted(folder.glob("part-????.npz"))
        if not paths:
            raise FileNotFoundError(folder)
        ways: list[NDArray[np.str_]] = []
        for number, path in enumerate(paths):  # a set fills memory: no more than a part of it is there twice
            with np.load(path) as part:
                if number == 0:
                    room = len(paths) * PART
                    contexts = np.empty((room, *part["contexts"].shape[1:]), np.uint8)
                    edges = np.empty((room, *part["edges"].shape[1:]), np.uint8)
                    pieces = np.empty((room, *part["pieces"].shape[1:]), np.uint8)
                    classes = np.empty(room, np.int64)
                filled, count = sum(len(before) for before in ways), len(part["classes"])
                contexts[filled : filled + count] = part["contexts"]
                edges[filled : filled + count] = part["edges"]
                pieces[filled : filled + count] = part["pieces"]
                classes[filled : filled + count] = part["classes"]
                ways.append(part["ways"])
        count = sum(len(part) for part in ways)
        return cls(contexts[:count], edges[:count], pieces[:count], classes[:count], np.concatenate(ways))


def draw_cards(rng: np.random.Generator, count: int) -> list[FlatCard]:
    """Flat cards of all kinds: either side, some with a second script, marks, or temporary ones."""
    cards = []
    for _ in range(count):
        person = make_person(rng, None)
        kind = rng.random()
        width = int(rng.choice([856, 1284, 1712]))
        if kind < 0.06:
            cards.append(draw_temporary(temporary_person(person), rng, width))
            continue
        side = Side.BACK if rng.random() < 0.4 else Side.FRONT
        script = choose_script(rng) if rng.random() < 0.08 else None
        card = draw_card(side, person, rng, width, script)
        if kind > 0.92:
            card = stamped(rng, card) if rng.random() < 0.4 else watermarked(rng, card)
        cards.append(card)
    return cards


def _by_everyday_camera(rng: np.random.Generator, kind: Presented) -> tuple[bytes, Points, str]:
    """A specimen of ``kind`` by the camera of ``specimen.photograph``, its quad, and the condition."""
    condition = EVERYDAY[kind][int(rng.integers(len(EVERYDAY[kind])))]
    size = EVERYDAY_SIZES[int(rng.integers(len(EVERYDAY_SIZES)))]
    specimen = make_specimen(int(rng.integers(2**40)), condition, "", None if condition in OWN_SIZE else size)
    corners = specimen.label.cards[0].corners
    assert corners is not None
    return specimen.jpeg, corners, condition.value


def _jittered(rng: np.random.Generator, quad: Points) -> Points:
    width = float(np.hypot(*(quad[1] - quad[0])))
    return np.asarray(quad + rng.normal(0, CORNER_ERROR * width, (4, 2)), np.float32)


def _draw_part(task: tuple[Path, int, int, int, Sequence[int]]) -> int:
    folder, seed, number, count, devices = task
    path = folder / f"part-{number:04d}.npz"
    if path.is_file():
        return count
    cv2.setNumThreads(1)
    rng = np.random.default_rng([seed, number])
    cards = draw_cards(rng, CARDS)
    views: dict[str, list[Image]] = {"contexts": [], "edges": [], "pieces": []}
    classes, ways = [], []
    for at in range(count):
        kind = TURNS[at % len(TURNS)]
        if rng.random() < EVERYDAY_SHARE[kind]:
            jpeg, quad, way = _by_everyday_camera(rng, kind)
        else:
            card, other = (cards[int(rng.integers(len(cards)))] for _ in range(2))
            made = present(rng, card, kind, devices, other if rng.random() < OTHER_SIDE_SHARE else None)
            jpeg, quad, way = made.jpeg, made.quad, made.way
        picture = from_jpeg(jpeg)
        quad = _jittered(rng, quad)
        views["contexts"].append(context_of(picture, quad, KEPT_CONTEXT, KEPT_MARGIN))
        views["edges"].append(edges_of(picture, quad, KEPT_EDGE, KEPT_UNITS))
        views["pieces"].append(pieces_of(picture, quad, KEPT_PIECE))
        classes.append(CLASSES.index(kind))
        ways.append(way)
    unfinished = path.with_suffix(".tmp.npz")
    contexts, edges, pieces = (np.stack(views[name]) for name in ("contexts", "edges", "pieces"))
    np.savez(unfinished, contexts=contexts, edges=edges, pieces=pieces, classes=np.array(classes), ways=np.array(ways))
    unfinished.replace(path)
    return count


def make_set(folder: Path, count: int, seed: int, devices: Sequence[int]) -> None:
    """Draw ``count`` pictures, half of them of cards, by ``devices``, and leave their views in ``folder``.

    Goes on where an earlier run of the same arguments was stopped.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parts = -(-count // PART)
    tasks = [(folder, seed, number, min(PART, count - number * PART), devices) for number in range(parts)]
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
    parser.add_argument("--held-out", action="store_true", help="by the devices that training never sees")
    arguments = parser.parse_args()
    devices = range(TRAINING_DEVICES, DEVICES) if arguments.held_out else range(TRAINING_DEVICES)
    make_set(arguments.out, arguments.count, arguments.seed, devices)


if __name__ == "__main__":
    main()
