"""Who reads the rows of ``idcard batch``: this process, its worker processes, or a cluster."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from idcard_core.cli.console import complain

if TYPE_CHECKING:
    from idcard_core.batch import Input, Output, Row, Tally
    from idcard_core.contract import JsonObject
    from idcard_core.settings import Settings


@dataclass(frozen=True, slots=True)
class Run:
    """A run, ready to begin: its rows, beginning with the first that has no answer yet."""

    source: Input
    rows: Iterator[Row]
    total: int | None
    output: Output
    settings: Settings
    stop: threading.Event


def read_here(run: Run, workers: int | None) -> Tally:
    """With so many worker processes, or with this one and all its cores; without a number one a core."""
    from idcard_core.batch import run_batch
    from idcard_core.batch.pool import AHEAD
    from idcard_core.cli.progress import progress_bar
    from idcard_core.networks import available_cores

    if workers is None:
        # Whoever holds the other end of a pipe may wait for an answer before the next row.
        workers = 1 if run.total is None else max(1, min(available_cores(), run.total))
    ahead = 0 if workers == 1 else AHEAD * workers
    with _answering(run, workers) as answer, progress_bar(run.total, run.output.rows_kept) as advance:
        return run_batch(run.rows, run.output, answer, workers=workers, ahead=ahead, stop=run.stop, on_row=advance)


def read_on_cluster(run: Run, workers: int | None, address: str) -> Tally:
    """With so many workers, one core each, of the Ray cluster at ``address``; without a number one a core."""
    from idcard_core.batch.places import is_remote
    from idcard_core.batch.pool import RowAnswer
    from idcard_core.cli.progress import progress_bar
    from idcard_core.scale.batch import Crew, run_on_cluster
    from idcard_core.scale.cluster import ScaleError, joined

    folder = run.source.folder
    # As seen from the machines of the cluster, whose working directory is another.
    where = RowAnswer(folder if is_remote(folder) else os.path.abspath(folder), os.getcwd())
    try:
        with joined(address) as cores, progress_bar(run.total, run.output.rows_kept) as advance:
            crew = Crew(workers or max(1, cores), run.settings, where)
            left = None if run.total is None else run.total - run.output.rows_kept
            return run_on_cluster(run.rows, run.output, crew, total=left, stop=run.stop, on_row=advance)
    except ScaleError as error:
        complain(str(error))
        raise typer.Exit(1) from None


@contextmanager
def _answering(run: Run, workers: int) -> Iterator[Callable[[Row], JsonObject]]:
    """What answers rows: this process with all cores, or so many others with one each. Networks are loaded before the
    first row, whose time is told."""
    from idcard_core.batch.pool import RowAnswer, RowPool
    from idcard_core.batch.reader import BatchReader
    from idcard_core.reader import IdCardReader

    if workers == 1:
        reader = IdCardReader(run.settings)
        reader.load()
        yield BatchReader(reader, run.settings.limits, run.source.folder).answer
        return
    pool = RowPool(run.settings, workers, RowAnswer(run.source.folder))
    try:
        if not pool.wait_ready():
            complain("no worker could be started")
            raise typer.Exit(1)
        yield pool.answer
    finally:
        pool.stop()
