"""``python -m idcard_core.evaluate.throughput [--workers N] [--count N] [--rounds N] [--seed S] [--compare]``

How many cards a second ``idcard batch --workers N`` reads, and the memory it holds, over the mixed bench set and over
scans of 1 000 px. With ``--compare`` also N threads around one reader, in alternation. Drawing, loading and a first
round are not timed. Linux only.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from rich.console import Console

from idcard_core.batch import BatchReader, Output, Row, run_batch
from idcard_core.batch.pool import AHEAD, RowAnswer, RowPool
from idcard_core.contract import JsonObject
from idcard_core.evaluate.drawn import READABLE
from idcard_core.evaluate.load.process import memory_of, workers_of
from idcard_core.evaluate.machine import describe_machine
from idcard_core.evaluate.table import NOTHING, Table
from idcard_core.networks import available_cores
from idcard_core.reader import IdCardReader
from idcard_core.settings import EngineSettings, Settings
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.make import make_numbered, make_specimen

SCAN_SIZE = (1000, 631)
"""A scan cut to the card's own shape, px."""
Answer = Callable[[Row], JsonObject]


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures of one kind, and how many cards are on them."""

    name: str
    rows: tuple[Row, ...]
    cards: int


@dataclass(slots=True)
class Way:
    """A way to read them with all cores, the seconds that each round over each kind took, and the memory held, MB."""

    name: str
    answer: Answer
    seconds: dict[str, list[float]] = field(default_factory=dict)
    memory: float = 0.0


class _Nowhere(Output):
    """Answers are not kept; one that is an error ends the run."""

    def __init__(self) -> None:
        self.rows_kept = 0

    def write(self, record: JsonObject) -> None:
        response = record["response"]
        assert isinstance(response, dict)
        assert "error_code" not in response


def draw(count: int, seed: int, folder: Path) -> list[Pictures]:
    """``count`` pictures of each kind, written to ``folder``."""
    mixed = [make_numbered(number, seed, READABLE) for number in range(count)]
    names = [f"scan-{number:05d}.jpg" for number in range(count)]
    scans = [
        make_specimen(seed * 1_000_003 + at, Condition.NO_MARGIN, name, SCAN_SIZE) for at, name in enumerate(names)
    ]
    kinds = []
    for name, specimens in (("mixed", mixed), ("scans of 1 000 px", scans)):
        for specimen in specimens:
            (folder / specimen.label.image).write_bytes(specimen.jpeg)
        rows = [
            Row(number, {"image": str(folder / specimen.label.image), "id_card_side": "auto"})
            for number, specimen in enumerate(specimens)
        ]
        kinds.append(Pictures(name, tuple(rows), sum(len(specimen.label.cards) for specimen in specimens)))
    return kinds


@contextmanager
def processes(workers: int) -> Iterator[Way]:
    """As ``idcard batch`` does it."""
    pool = RowPool(Settings(), workers, RowAnswer(""))
    try:
        if not pool.wait_ready():
            raise RuntimeError("no worker could be started")
        yield Way(f"{workers} processes", pool.answer)
    finally:
        pool.stop()


@contextmanager
def threads(workers: int) -> Iterator[Way]:
    """Threads around one reader, whose networks run as many pictures at once."""
    settings = Settings(engine=EngineSettings(threads=workers))
    reader = IdCardReader(settings)
    reader.load()
    yield Way(f"{workers} threads", BatchReader(reader, settings.limits, "").answer)


def measure(ways: Sequence[Way], kinds: Sequence[Pictures], workers: int, rounds: int) -> None:
    """Read every kind ``rounds`` times each way, in alternation, after a first round that is not told."""
    for number in range(rounds + 1):
        for kind in kinds:
            for way in ways if number % 2 else reversed(ways):
                began = time.perf_counter()
                run_batch(kind.rows, _Nowhere(), way.answer, workers=workers, ahead=AHEAD * workers)
                if number:
                    way.seconds.setdefault(kind.name, []).append(time.perf_counter() - began)


def table_of(ways: Sequence[Way], kinds: Sequence[Pictures]) -> Table:
    """Cards a second, medians over the rounds, each beside the first way's."""
    rows = []
    for kind in kinds:
        first = median(ways[0].seconds[kind.name])
        for way in ways:
            seconds = median(way.seconds[kind.name])
            pace, pictures = kind.cards / seconds, len(kind.rows) / seconds
            rows.append((kind.name, way.name, f"{pace:.2f}", f"{pictures:.2f}", f"{first / seconds:.2f}"))
    for way in ways:
        rows.append(("resident memory, MB", way.name, f"{way.memory:.0f}", NOTHING, NOTHING))
    return Table("Throughput", ("", "way", "cards a second", "pictures a second", "ratio"), tuple(rows))


def _own_memory() -> float:
    """Of this process without its workers, MB."""
    return memory_of(os.getpid()) - sum(map(memory_of, workers_of(os.getpid())))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure how many cards a second a batch reads.")
    parser.add_argument("--workers", type=int, default=available_cores())
    parser.add_argument("--count", type=int, default=2 * len(READABLE), help="pictures of each kind")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--compare", action="store_true", help="threads around one reader as well")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="idcard-throughput-") as name, processes(asked.workers) as apart:
        kinds = draw(asked.count, asked.seed, Path(name))
        ways = [apart]
        alone = _own_memory()
        if asked.compare:
            with threads(asked.workers) as together:
                measure([*ways, together], kinds, asked.workers, asked.rounds)
                ways.append(together)
        else:
            measure(ways, kinds, asked.workers, asked.rounds)
        ways[-1].memory = _own_memory()
        apart.memory = alone + sum(map(memory_of, workers_of(os.getpid())))
        console = Console(highlight=False)
        console.print(table_of(ways, kinds).to_rich())
        console.print(describe_machine())


if __name__ == "__main__":
    main()
