"""Views to learn risk from, as they are kept: folders of parts, read from the disk when they are looked at.

A part is a folder ``part-NNNN`` with one ``.npy`` file for each of ``STACKS``, for ``classes`` and for ``ways``.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image
from idcard_core.judge.risk.views import CONTEXT_SIZE, EDGE, EDGE_UNITS, MARGIN, PIECE
from idcard_core.specimen.presented import Presented

ROOM, PIECE_ROOM = 1.125, 1.25
"""Views are kept that much larger, so that training may shift them, and shrink pieces."""
KEPT_CONTEXT = (round(CONTEXT_SIZE[0] * ROOM), round(CONTEXT_SIZE[1] * ROOM))
KEPT_MARGIN = ((1 + 2 * MARGIN) * ROOM - 1) / 2
KEPT_EDGE, KEPT_UNITS = round(EDGE * ROOM), EDGE_UNITS * ROOM
KEPT_PIECE = round(PIECE * PIECE_ROOM)
CLASSES = tuple(Presented)
"""What a picture shows, by number."""
STACKS = ("contexts", "edges", "pieces")
"""Views, by the name of their file."""
_CLASSES, _WAYS = "classes", "ways"
PARTS = "part-????"


def part_of(folder: Path, number: int) -> Path:
    """Where part ``number`` of the set in ``folder`` is kept."""
    return folder / f"part-{number:04d}"


def keep(part: Path, stacks: Mapping[str, Image], classes: Sequence[int], ways: Sequence[str]) -> None:
    """Leave views in ``part``, which is there whole or not at all."""
    unfinished = part.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)  # of a run that was stopped
    unfinished.mkdir()
    for name in STACKS:
        np.save(unfinished / f"{name}.npy", stacks[name])
    np.save(unfinished / f"{_CLASSES}.npy", np.array(classes, np.int64))
    np.save(unfinished / f"{_WAYS}.npy", np.array(ways))
    unfinished.rename(part)


@dataclass(frozen=True, slots=True, eq=False)
class RiskSet:
    """Views and what they show. A set may be larger than the memory: only what is looked at is read.

    ``classes``, ``ways``, and ``groups``, the number of the group of folders each is from, are of all views (n,).
    """

    classes: NDArray[np.int64]
    ways: NDArray[np.str_]
    groups: NDArray[np.int64]
    _parts: tuple[Mapping[str, Image], ...]
    """Of each part the stacks, mapped from their files."""
    _ends: NDArray[np.int64]
    """How many views there are up to the end of each part."""

    @classmethod
    def load(cls, *groups: Sequence[Path]) -> RiskSet:
        """All that is in ``groups`` of folders by now.

        Raises FileNotFoundError where there is nothing in one of them.
        """
        found: list[tuple[int, Path]] = []
        for number, folder in ((number, folder) for number, group in enumerate(groups) for folder in group):
            parts = sorted(folder.glob(PARTS))
            if not parts:
                raise FileNotFoundError(folder)
            found += [(number, part) for part in parts]
        classes = [np.load(part / f"{_CLASSES}.npy") for _, part in found]
        counts = [len(of_part) for of_part in classes]
        return cls(
            classes=np.concatenate(classes),
            ways=np.concatenate([np.load(part / f"{_WAYS}.npy") for _, part in found]),
            groups=np.repeat([number for number, _ in found], counts),
            _parts=tuple({name: np.load(part / f"{name}.npy", mmap_mode="r") for name in STACKS} for _, part in found),
            _ends=np.cumsum(counts),
        )

    def __len__(self) -> int:
        return len(self.classes)

    def stack(self, name: str, chosen: Sequence[int]) -> Image:
        """The ``chosen`` views of stack ``name``: (k, h, w, 3) of ``contexts``, (k, 8, s, s, 3) of ``edges`` and
        (k, 6, s, s, 3) of ``pieces``."""
        numbers = np.searchsorted(self._ends, chosen, side="right")
        parts = [self._parts[number][name] for number in numbers]
        return np.stack([part[at - end] for part, at, end in zip(parts, chosen, self._ends[numbers], strict=True)])
