"""``python -m idcard_core.evaluate.load [--clients N] [--seconds S] [--requests N] [--kill] [--seed S]``

First one client alone is served, then all of them at once; a client that is told 450 waits as long as it is told to.
With ``--kill`` a worker is killed half-way. Prints the codes, latencies of what was served beside those of the client
alone, the throughput, and the resident memory of server and workers early in the run and at its end.
"""

from __future__ import annotations

import argparse
import sys
from statistics import median

from rich.console import Console

from idcard_core.evaluate.load.clients import BROKEN, Plan, Record, draw_bodies, run
from idcard_core.evaluate.load.process import server
from idcard_core.evaluate.machine import describe_machine
from idcard_core.evaluate.metrics import percentiles
from idcard_core.evaluate.table import NOTHING, Table

ALONE = Plan(1, 10.0, 10**9)
SETTLED, TOLD = 0.2, 0.1
"""Memory is told as the median over a ``TOLD`` part of the run that begins when ``SETTLED`` of it has passed, every
worker having read pictures of all sizes by then, and over its last such part."""
GOOD = (200, 450)


def early_and_late(record: Record) -> tuple[float, float]:
    """Resident memory, MB, early in a run and at its end."""
    memory = [held for _, held in record.memory]
    part, first = max(1, round(TOLD * len(memory))), round(SETTLED * len(memory))
    return median(memory[first : first + part]), median(memory[-part:])


def table_of(alone: Record, record: Record) -> Table:
    """What was seen, by figure: the client alone, all clients, and the ratio of the two."""
    one, all_ = (percentiles([1000 * seconds for seconds in some.served]) for some in (alone, record))
    pace, throughput = (len(some.served) / some.seconds for some in (alone, record))
    early, late = early_and_late(record)
    rows = [
        (name, f"{before:.0f}", f"{after:.0f}", f"{after / before:.2f}")
        for name, before, after in (
            ("p50, ms", one.p50, all_.p50),
            ("p90, ms", one.p90, all_.p90),
            ("p99, ms", one.p99, all_.p99),
        )
    ]
    rows.append(("served a second", f"{pace:.2f}", f"{throughput:.2f}", f"{throughput / pace:.2f}"))
    rows.append(("memory early and late, MB", f"{early:.0f}", f"{late:.0f}", f"{late / early:.3f}"))
    for code, count in sorted(record.codes.items()):
        rows.append(("broken" if code == BROKEN else f"answers {code}", str(alone.codes[code]), str(count), NOTHING))
    return Table("Under load", ("", "one client", "all clients", "ratio"), tuple(rows))


def main() -> None:
    """The command; ends with 1 when an answer was neither 200 nor 450, of a killed worker's one request apart."""
    parser = argparse.ArgumentParser(description="Put the HTTP API under load.")
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--requests", type=int, default=10**9, help="end when so many were served")
    parser.add_argument("--kill", action="store_true", help="kill a worker half-way")
    parser.add_argument("--seed", type=int, default=2026)
    arguments = parser.parse_args()
    plan = Plan(arguments.clients, arguments.seconds, arguments.requests, arguments.kill)
    bodies = draw_bodies(arguments.seed)
    with server() as (process, port):
        alone = run(port, process.pid, ALONE, bodies)
        record = run(port, process.pid, plan, bodies)
    console = Console(highlight=False)
    console.print(table_of(alone, record).to_rich())
    console.print(describe_machine())
    failed = sum(count for code, count in record.codes.items() if code not in GOOD)
    sys.exit(failed > plan.kill)


if __name__ == "__main__":
    main()
