"""``python -m idcard_core.evaluate.soak [--cards N] [--workers N] [--count N] [--seed S]``

What ``idcard batch`` holds in memory over a long run: the command and each of its workers at every tenth of the cards,
which go round ``--count`` drawn pictures. With one worker the command reads by itself. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from rich.console import Console

from idcard_core.evaluate.drawn import READABLE
from idcard_core.evaluate.load.process import resident, workers_of
from idcard_core.evaluate.machine import describe_machine
from idcard_core.evaluate.table import NOTHING, Table
from idcard_core.evaluate.workload import draw_mixed
from idcard_core.networks import available_cores

STRETCHES = 10
LOOK_SECONDS = 0.5
"""How often it is looked how far the run is."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a run stands: rows answered and seconds since the first of them, and memory held, MB."""

    rows: int
    seconds: float
    command: float
    workers: tuple[float, ...]

    @property
    def reader(self) -> float:
        """The largest process that reads, MB."""
        return max(self.workers, default=self.command)


@contextmanager
def batch(manifest: Path, out: Path, workers: int) -> Iterator[subprocess.Popen[bytes]]:
    """``idcard batch`` in a process of its own."""
    command = [sys.executable, "-m", "idcard_core.cli", "batch", str(manifest), "--out", str(out)]
    process = subprocess.Popen([*command, "--workers", str(workers)], stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def watch(process: subprocess.Popen[bytes], out: Path, rows: int) -> Iterator[Stretch]:
    """The run at its first answers and at every tenth of its ``rows``, as it gets there."""
    due, tenth, began = 1, 0, 0.0
    while tenth <= STRETCHES:
        time.sleep(LOOK_SECONDS)
        done = out.read_bytes().count(b"\n") if out.exists() else 0
        if done >= due:
            began = began or time.monotonic()
            held = [resident(pid) for pid in workers_of(process.pid)]
            yield Stretch(done, time.monotonic() - began, resident(process.pid), tuple(held))
            while tenth <= STRETCHES and due <= done:
                tenth += 1
                due = tenth * rows // STRETCHES
        elif process.poll() is not None:
            raise RuntimeError("the batch has ended before its time")


def table_of(stretches: list[Stretch]) -> Table:
    """Rows, pace and memory at each tenth; last how much more a reader holds than after the first tenth."""
    rows = []
    for before, now in zip([None, *stretches], stretches, strict=False):
        pace = NOTHING
        if before is not None and now.seconds > before.seconds:
            pace = f"{(now.rows - before.rows) / (now.seconds - before.seconds):.2f}"
        held = now.command + sum(now.workers)
        rows.append((f"{now.rows}", pace, f"{now.command:.0f}", f"{now.reader:.0f}", f"{held:.0f}"))
    grown = stretches[-1].reader - stretches[1].reader if len(stretches) > 1 else 0.0
    rows.append(("since the first tenth", NOTHING, NOTHING, f"{grown:+.0f}", NOTHING))
    header = ("pictures", "a second", "command, MB", "largest reader, MB", "all, MB")
    return Table("Memory over a batch", header, tuple(rows))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Watch the memory of a long batch.")
    parser.add_argument("--cards", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=available_cores())
    parser.add_argument("--count", type=int, default=4 * len(READABLE), help="pictures drawn")
    parser.add_argument("--seed", type=int, default=2026)
    asked = parser.parse_args()
    console = Console(highlight=False)
    with tempfile.TemporaryDirectory(prefix="idcard-soak-") as name:
        folder = Path(name)
        drawn = draw_mixed(asked.count, asked.seed, folder)
        total = round(asked.cards * len(drawn.rows) / drawn.cards)
        lines = (json.dumps(row.record) + os.linesep for row in islice(cycle(drawn.rows), total))
        (folder / "manifest.jsonl").write_text("".join(lines), encoding="utf-8")
        stretches = []
        with batch(folder / "manifest.jsonl", folder / "out.jsonl", asked.workers) as process:
            for stretch in watch(process, folder / "out.jsonl", total):
                stretches.append(stretch)
                console.print(f"{stretch.rows} of {total} pictures, a reader holds {stretch.reader:.0f} MB")
    console.print(table_of(stretches).to_rich())
    console.print(describe_machine())


if __name__ == "__main__":
    main()
