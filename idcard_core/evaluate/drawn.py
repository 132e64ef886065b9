"""Specimens for one run: drawn a batch at a time, read, and gone again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from idcard_core.evaluate.samples import Sample
from idcard_core.networks import available_cores
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.make import make_numbered

BATCH = 48
"""Pictures on the disk at a time: some 20 MB. No picture is drawn while others are read, for the sake of latencies."""

READABLE = [condition for condition in Condition if condition.readable]


@dataclass(frozen=True, slots=True)
class DrawnSamples:
    """``count`` specimens going round the readable conditions, the same ones for the same ``seed``.

    A sample's file is there until the whole of its batch was read. ``on_drawn`` is called with how many are drawn so
    far. Raises FontsMissingError without a Chinese font.
    """

    count: int
    seed: int
    on_drawn: Callable[[int], None] | None = None

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Sample]:
        with tempfile.TemporaryDirectory(prefix="idcard-bench-") as name, ThreadPoolExecutor(available_cores()) as pool:
            for start in range(0, self.count, BATCH):
                numbers = range(start, min(start + BATCH, self.count))
                batch = []
                for sample in pool.map(partial(self._draw, Path(name)), numbers):
                    batch.append(sample)
                    if self.on_drawn is not None:
                        self.on_drawn(start + len(batch))
                yield from batch
                for sample in batch:
                    sample.path.unlink()

    def _draw(self, folder: Path, number: int) -> Sample:
        specimen = make_numbered(number, self.seed, READABLE)
        (folder / specimen.label.image).write_bytes(specimen.jpeg)
        return Sample.of(specimen.label, folder)
