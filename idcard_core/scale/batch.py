"""A batch on a Ray cluster: blocks of rows go out, answers come back in order and are written here, by one hand.

That is what keeps the output's promise: Ray gives the block of a lost worker to another one and hands every block on
once, and where this process itself is killed, the next run goes on behind the last row that was written.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, cast

from idcard_core.batch.manifest import Row
from idcard_core.batch.output import Output
from idcard_core.batch.pool import RowAnswer
from idcard_core.batch.run import Tally
from idcard_core.contract import JsonObject, parse_json
from idcard_core.scale.actor import ANSWERS, CardActor, block_of
from idcard_core.serve.worker import make_reader
from idcard_core.settings import Settings

if TYPE_CHECKING:
    from idcard_core.service import Answering

MOST_BLOCK_ROWS = 32
"""What a worker that is lost has to read again, at most."""
BLOCKS_EACH = 8
"""Blocks for each worker where rows are few, so that none is left without work for long at the end."""
STRETCH_ROWS = 200_000
"""Rows laid out in the cluster at a time: some 100 MB."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Who reads: so many ``workers``, one core each, with these settings and folders."""

    workers: int
    settings: Settings
    where: RowAnswer
    make: Callable[[Settings], Answering] = make_reader


def run_on_cluster(
    rows: Iterable[Row],
    output: Output,
    crew: Crew,
    *,
    total: int | None = None,
    stop: threading.Event | None = None,
    on_row: Callable[[], None] = lambda: None,
) -> Tally:
    """Answer ``rows`` on the cluster that this process has joined and write them to ``output`` in their order.

    When ``stop`` is set, what has come back is written, and the rest is given up. ``on_row`` is called after each row
    written.
    """
    tally = Tally()
    left = iter(rows)
    size = _block_rows(total, crew.workers)
    while stretch := list(islice(left, STRETCH_ROWS)):
        for record in _answers(stretch, size, crew):
            output.write(record)
            tally = tally.with_record(record)
            on_row()
            if stop is not None and stop.is_set():
                return tally
    return tally


def _answers(rows: list[Row], size: int, crew: Crew) -> Iterator[JsonObject]:
    """The answers to ``rows``, in order, as they come; the cluster works ahead only as far as they are taken."""
    import ray
    from ray.data import ActorPoolStrategy, DataContext

    context = DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    blocks = [ray.put(block_of(rows[start : start + size])) for start in range(0, len(rows), size)]
    answered = ray.data.from_arrow_refs(blocks).map_batches(
        CardActor,
        fn_constructor_args=(crew.settings, crew.where, crew.make),
        batch_size=None,
        batch_format="pyarrow",
        num_cpus=1,
        compute=ActorPoolStrategy(
            min_size=1,  # after a machine is lost there may be room for fewer
            max_size=crew.workers,
            initial_size=crew.workers,
            max_tasks_in_flight_per_actor=2,
        ),
    )
    for batch in answered.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
        for line in batch[ANSWERS]:
            yield cast(JsonObject, parse_json(line.as_py()))


def _block_rows(total: int | None, workers: int) -> int:
    if total is None:
        return MOST_BLOCK_ROWS
    return max(1, min(MOST_BLOCK_ROWS, total // (workers * BLOCKS_EACH)))
