"""Pictures to be judged from a folder of one's own, whose labels tell status, risk and direction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from idcard_core.evaluate.judging.samples import JudgedSample
from idcard_core.specimen.labels import PictureLabel


def load_labelled(labels: Sequence[PictureLabel], folder: Path) -> Iterator[JudgedSample]:
    """A sample for each label, its picture read when it is its turn; what a label does not tell is not judged.

    The side of a picture's one card is asked for, and whichever sides there are where it has several or none.
    """
    for label in labels:
        card = label.cards[0] if len(label.cards) == 1 else None
        yield JudgedSample(
            jpeg=(folder / label.image).read_bytes(),
            way=label.condition,
            side=None if card is None else card.side,
            status=label.status,
            risk=label.risk,
            direction=label.direction,
            portrait=None if card is None else card.portrait,
        )
