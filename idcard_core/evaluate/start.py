"""``python -m idcard_core.evaluate.start [--rounds N] [--no-peers]``

How long it takes from nothing to a first answer, how much memory one reader holds then, how long the package takes to
import, and how large it is when installed; beside the peers, in alternation. Each try is a process of its own. Linux.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from statistics import median

from rich.console import Console

import idcard_core
from idcard_core.evaluate.benchmark import in_turn
from idcard_core.evaluate.machine import describe_machine
from idcard_core.evaluate.speed import draw_photos
from idcard_core.evaluate.table import NOTHING, Table

MEMORY = "print(next(l.split()[1] for l in open('/proc/self/status') if l.startswith('VmHWM')))"
"""The most memory that a process has held, kB."""
OWN = "from idcard_core import IdCardReader; IdCardReader().read(p, direction=True, risk=True, photo=True)"
READERS = {
    "this project, risk and photo too": OWN,
    "PaddleOCR": "from idcard_core.evaluate.peers import PaddleOcrPeer; PaddleOcrPeer().read(p)",
    "RapidOCR": "from idcard_core.evaluate.peers import RapidOcrPeer; RapidOcrPeer().read(p)",
}
IMPORT = "import time; t = time.perf_counter(); import idcard_core; print(time.perf_counter() - t)"


def first_answer(code: str, picture: Path) -> tuple[float, float]:
    """Seconds from starting Python to the end of a first reading by ``code``, and the most memory held, MB."""
    program = f"import sys; p = sys.argv[1]; {code}; {MEMORY}"
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", program, str(picture)], capture_output=True, check=True, text=True)
    return time.perf_counter() - began, int(done.stdout.split()[-1]) / 1024


def import_seconds() -> float:
    """What ``import idcard_core`` takes in a fresh Python."""
    return float(subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, check=True, text=True).stdout)


def needed(name: str) -> set[str]:
    """The installed distributions that ``name`` cannot do without, itself among them."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    found: set[str] = set()
    coming = [(name, frozenset[str]())]
    while coming:
        one, extras = coming.pop()
        try:
            requires = distribution(one).requires or ()
        except PackageNotFoundError:
            continue
        is_new = canonicalize_name(one) not in found
        found.add(canonicalize_name(one))
        for requirement in map(Requirement, requires):
            asked = [{"extra": extra} for extra in ("", *extras)]
            if requirement.marker is None or any(map(requirement.marker.evaluate, asked)):
                wanted = canonicalize_name(requirement.name), frozenset(requirement.extras)
                if is_new and (wanted[0] not in found or wanted[1]):
                    coming.append(wanted)
    return found


def installed_megabytes(names: Iterable[str]) -> float:
    """The size of all files of distributions, each file once."""
    files = {Path(str(file.locate())) for name in names for file in distribution(name).files or ()}
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def own_megabytes() -> float:
    """The size of this package's own files, without what Python compiles them to."""
    files = (file for folder in idcard_core.__path__ for file in Path(folder).rglob("*"))
    return sum(file.stat().st_size for file in files if file.is_file() and file.suffix != ".pyc") / 1e6


def table_of(tries: Sequence[tuple[str, list[tuple[float, float]]]], imports: Sequence[float]) -> Table:
    """Medians, the times each beside this project's."""
    first = median(seconds for seconds, _ in tries[0][1])
    rows = []
    for name, found in tries:
        seconds, megabytes = (median(values) for values in zip(*found, strict=True))
        rows.append((f"start to first answer, s: {name}", f"{seconds:.2f}", f"{seconds / first:.2f}"))
        rows.append((f"most memory held, MB: {name}", f"{megabytes:.0f}", NOTHING))
    rows.append(("import idcard_core, ms", f"{median(imports) * 1000:.0f}", NOTHING))
    rows.append(("this package, MB", f"{own_megabytes():.0f}", NOTHING))
    rows.append(("with all it needs, MB", f"{installed_megabytes(needed('idcard-core')):.0f}", NOTHING))
    return Table("From nothing to a first answer", ("", "median", "ratio"), tuple(rows))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure start, memory and size.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--no-peers", action="store_true")
    asked = parser.parse_args()
    readers = list(READERS.items())[: 1 if asked.no_peers else None]
    tries: list[tuple[str, list[tuple[float, float]]]] = [(name, []) for name, _ in readers]
    imports = []
    with tempfile.TemporaryDirectory(prefix="idcard-start-") as name:
        (photo,) = draw_photos(1, asked.seed, Path(name))
        for number in range(asked.rounds + 1):
            for (_, code), (_, found) in in_turn(list(zip(readers, tries, strict=True)), number):
                tried = first_answer(code, photo.path)
                if number:  # the first round fills the system's own caches
                    found.append(tried)
            imports.append(import_seconds())
    console = Console(highlight=False)
    console.print(table_of(tries, imports).to_rich())
    console.print(describe_machine())


if __name__ == "__main__":
    main()
