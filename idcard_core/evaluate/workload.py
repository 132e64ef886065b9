"""Drawn pictures as a batch has them: files on this machine, and rows that name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from idcard_core.batch import Row
from idcard_core.evaluate.drawn import READABLE
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.make import Specimen, make_numbered, make_specimen

SCAN_SIZE = (1000, 631)
"""A scan cut to the card's own shape, px."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures of one kind, and how many cards are on them."""

    name: str
    rows: tuple[Row, ...]
    cards: int


def draw_mixed(count: int, seed: int, folder: Path) -> Pictures:
    """``count`` pictures going round the readable conditions, written to ``folder``."""
    return _written("mixed", [make_numbered(number, seed, READABLE) for number in range(count)], folder)


def draw_scans(count: int, seed: int, folder: Path) -> Pictures:
    """``count`` scans, written to ``folder``."""
    seeds = [(seed * 1_000_003 + number, f"scan-{number:05d}.jpg") for number in range(count)]
    scans = [make_specimen(own, Condition.NO_MARGIN, name, SCAN_SIZE) for own, name in seeds]
    return _written("scans of 1 000 px", scans, folder)


def _written(name: str, specimens: Sequence[Specimen], folder: Path) -> Pictures:
    rows = []
    for number, specimen in enumerate(specimens):
        path = folder / specimen.label.image
        path.write_bytes(specimen.jpeg)
        rows.append(Row(number, {"image": str(path), "id_card_side": "auto"}))
    return Pictures(name, tuple(rows), sum(len(specimen.label.cards) for specimen in specimens))
