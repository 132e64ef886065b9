"""``python -m idcard_core.evaluate.cluster_pace [--actors 1 2 4] [--count N] [--rounds N] [--seed S] [--ray ADDRESS]``

How many cards a second ``idcard batch --ray`` reads with so many actors, one core and one thread each, in alternation,
and how much of the single one's pace each of several keeps. The start of the actors is not timed: a run counts from its
first answer to its last. More actors than the cluster has cores are left out.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from rich.console import Console

from idcard_core.batch.pool import RowAnswer
from idcard_core.evaluate.drawn import READABLE
from idcard_core.evaluate.machine import describe_machine
from idcard_core.evaluate.table import Table
from idcard_core.evaluate.throughput import Nowhere
from idcard_core.evaluate.workload import Pictures, draw_mixed
from idcard_core.scale.batch import Crew, run_on_cluster
from idcard_core.scale.cluster import LOCAL, joined
from idcard_core.settings import Settings


def pace(pictures: Pictures, actors: int) -> float:
    """Pictures a second from the first answer to the last, on the cluster that this process has joined."""
    answered: list[float] = []
    crew = Crew(actors, Settings(), RowAnswer("", os.getcwd()))
    rows = pictures.rows
    run_on_cluster(rows, Nowhere(), crew, total=len(rows), on_row=lambda: answered.append(time.perf_counter()))
    # The answers of a block come together: those of the first were read before the clock began.
    first = sum(at - answered[0] < 0.01 for at in answered)
    return (len(answered) - first) / (answered[-1] - answered[0])


def table_of(paces: Mapping[int, Sequence[float]]) -> Table:
    """Medians over the rounds, each beside so many times the first."""
    fewest = min(paces)
    rows = []
    for actors, found in sorted(paces.items()):
        efficiency = median(found) / actors / (median(paces[fewest]) / fewest)
        rows.append((f"{actors}", f"{median(found):.2f}", f"{min(found):.2f} to {max(found):.2f}", f"{efficiency:.0%}"))
    return Table("Actors on a cluster", ("actors", "pictures a second", "from, to", "efficiency"), tuple(rows))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure how a batch's pace grows with the actors of a cluster.")
    parser.add_argument("--actors", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--count", type=int, default=4 * len(READABLE), help="pictures of each run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--ray", default=LOCAL, help="the cluster's address; local: this machine alone")
    asked = parser.parse_args()
    console = Console(highlight=False)
    with tempfile.TemporaryDirectory(prefix="idcard-cluster-") as name, joined(asked.ray) as cores:
        drawn = draw_mixed(asked.count, asked.seed, Path(name))
        fit = [actors for actors in asked.actors if actors <= cores]
        paces: dict[int, list[float]] = {actors: [] for actors in fit}
        for number in range(asked.rounds):
            for actors in fit if number % 2 else reversed(fit):
                paces[actors].append(pace(drawn, actors))
        console.print(table_of(paces).to_rich())
    left_out = [str(actors) for actors in asked.actors if actors > cores]
    if left_out:
        console.print(f"Left out, since the cluster has {cores} cores: {', '.join(left_out)} actors")
    console.print(describe_machine())


if __name__ == "__main__":
    main()
