"""What runs on the machines of a cluster: an actor that answers blocks of rows, its networks loaded once."""

from __future__ import annotations

import atexit
import pickle
from typing import TYPE_CHECKING

from idcard_core.batch.manifest import Row
from idcard_core.batch.output import to_line
from idcard_core.batch.pool import RowAnswer, RowPool
from idcard_core.serve.worker import make_reader
from idcard_core.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from idcard_core.service import Answering

ROWS, ANSWERS = "row", "answer"
"""The column of a block that goes in, each row pickled, and of the one that comes out, each answer a line of JSON."""


class CardActor:
    """Answers blocks of rows in a worker process of its own, with one thread unless ``settings`` say otherwise.

    So a picture which ends a process costs one answer: an actor that ended would be given the same block again, for
    ever.
    """

    def __init__(
        self, settings: Settings, where: RowAnswer, make: Callable[[Settings], Answering] = make_reader
    ) -> None:
        self._pool = RowPool(settings.with_threads(1), 1, where, make)
        atexit.register(self._pool.stop)
        if not self._pool.wait_ready():
            raise RuntimeError("no worker could be started")

    def __call__(self, block: pa.Table) -> pa.Table:
        """The answers to a block of rows, in their order."""
        import pyarrow as pa

        answers = [to_line(self._pool.answer(pickle.loads(row.as_py()))) for row in block[ROWS]]
        return pa.table({ANSWERS: pa.array(answers, pa.binary())})


def block_of(rows: list[Row]) -> pa.Table:
    """A block for `CardActor`."""
    import pyarrow as pa

    return pa.table({ROWS: pa.array([pickle.dumps(row) for row in rows], pa.binary())})
