"""``python -m idcard_core.evaluate.throughput [--workers N] [--count N] [--rounds N] [--seed S] [--compare]``

How many cards a second ``idcard batch --workers N`` reads, over the mixed bench set and over scans of 1 000 px, and the
memory of its largest worker. With ``--compare`` also N threads around one reader, in alternation. Drawing, loading and
a first round are not timed. Linux only.
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
from idcard_core.evaluate.load.process import resident, workers_of
from idcard_core.evaluate.machine import describe_machine
from idcard_core.evaluate.table import Table
from idcard_core.evaluate.workload import Pictures, draw_mixed, draw_scans
from idcard_core.networks import available_cores
from idcard_core.reader import IdCardReader
from idcard_core.settings import EngineSettings, Settings

Answer = Callable[[Row], JsonObject]


@dataclass(slots=True)
class Way:
    """A way to read them with all cores, and the seconds that each round over each kind took."""

    name: str
    answer: Answer
    seconds: dict[str, list[float]] = field(default_factory=dict)


class Nowhere(Output):
    """Answers are not kept; one that is an error ends the run."""

    def __init__(self) -> None:
        self.rows_kept = 0

    def write(self, record: JsonObject) -> None:
        response = record["response"]
        assert isinstance(response, dict)
        assert "error_code" not in response


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


def threads(workers: int) -> Way:
    """Threads around one reader, whose networks run as many pictures at once."""
    settings = Settings(engine=EngineSettings(threads=workers))
    reader = IdCardReader(settings)
    reader.load()
    return Way(f"{workers} threads", BatchReader(reader, settings.limits, "").answer)


def measure(ways: Sequence[Way], kinds: Sequence[Pictures], workers: int, rounds: int) -> None:
    """Read every kind ``rounds`` times each way, in alternation, after a first round that is not told."""
    for number in range(rounds + 1):
        for kind in kinds:
            for way in ways if number % 2 else reversed(ways):
                began = time.perf_counter()
                run_batch(kind.rows, Nowhere(), way.answer, workers=workers, ahead=AHEAD * workers)
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
    return Table("Throughput", ("", "way", "cards a second", "pictures a second", "ratio"), tuple(rows))


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
        folder = Path(name)
        kinds = [draw_mixed(asked.count, asked.seed, folder), draw_scans(asked.count, asked.seed, folder)]
        ways = [apart, *([threads(asked.workers)] if asked.compare else [])]
        measure(ways, kinds, asked.workers, asked.rounds)
        console = Console(highlight=False)
        console.print(table_of(ways, kinds).to_rich())
        largest = max(map(resident, workers_of(os.getpid())))
        console.print(f"A worker holds at most {largest:.0f} MB; see also idcard_core.evaluate.soak")
        console.print(describe_machine())


if __name__ == "__main__":
    main()
