"""``idcard batch``: a manifest of JSON lines in, the same lines with their answers out."""

from __future__ import annotations

import shlex
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from idcard_core.cli.console import complain, load_settings

if TYPE_CHECKING:
    from idcard_core.batch import Output, Row, Tally

PIPE = Path("-")
"""Standard input or output in place of a file."""
INTERRUPTED = 130
"""Exit code of a run that was stopped: 128 and the number of SIGINT, as shells have it."""


def batch(
    manifest: Annotated[Path, typer.Argument(show_default=False, help="JSON lines, or - for standard input.")],
    out: Annotated[Path, typer.Option(help="JSON lines, or - for standard output.")],
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the output of a run that was stopped.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an output that exists.")] = False,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Pictures read at once.")] = 1,
) -> None:
    """Read many pictures.

    Each line of the manifest is an object with "image" (a path or URL), "id_card_side" and the contract's other
    parameters; other keys are carried through. Each output line is that object with "response" and "latency_ms" added.
    A PDF or TIFF of several pages takes a line for each page: "page" names it, from 1; without it the first is read.
    """
    if resume and force:
        raise typer.BadParameter("--resume and --force exclude each other")
    if manifest != PIPE and (not manifest.exists() or manifest.is_dir()):
        raise typer.BadParameter(f"{manifest} is no file")
    if PIPE not in (manifest, out) and out.exists() and out.samefile(manifest):
        raise typer.BadParameter("the output is the manifest itself")
    from idcard_core.batch import OutputError, read_rows

    with ExitStack() as stack:
        try:
            lines = sys.stdin.buffer if manifest == PIPE else stack.enter_context(manifest.open("rb"))
            rows = read_rows(lines)
            output = _open_output(out, rows, resume=resume, force=force)
            if out != PIPE:
                stack.callback(output.close)
            stop = stack.enter_context(_stop_signals())
            tally = _run(manifest, rows, output, workers, stop)
        except OutputError as error:
            hint = "" if resume or force else "; --resume goes on with it, --force overwrites it"
            complain(f"{error}{hint}")
            raise typer.Exit(1) from error
        except OSError as error:
            complain(f"{error.filename or out}: {error.strerror or error}")
            raise typer.Exit(1) from error
    complain(f"{tally.rows} rows written, {tally.errors} of them with an error")
    if stop.is_set():
        if PIPE not in (manifest, out):
            again = shlex.join(["idcard", "batch", str(manifest), "--out", str(out), "--resume"])
            complain(f"stopped; go on with: {again}")
        raise typer.Exit(INTERRUPTED)


def _open_output(out: Path, rows: Iterator[Row], *, resume: bool, force: bool) -> Output:
    from idcard_core.batch import create_output, resume_output, stream_output

    if out == PIPE:
        return stream_output(sys.stdout.buffer)
    return resume_output(out, rows) if resume else create_output(out, overwrite=force)


def _run(manifest: Path, rows: Iterator[Row], output: Output, workers: int, stop: threading.Event) -> Tally:
    from idcard_core.batch import BatchReader, count_rows, run_batch
    from idcard_core.cli.progress import progress_bar
    from idcard_core.reader import IdCardReader

    settings = load_settings()
    folder = Path() if manifest == PIPE else manifest.parent
    reader = IdCardReader(settings)
    # Not at the first row, whose time is told.
    reader.load()
    answer = BatchReader(reader, settings.limits, folder).answer
    total = count_rows(manifest) if manifest.is_file() else None
    with progress_bar(total, output.rows_kept) as advance:
        return run_batch(rows, output, answer, workers=workers, stop=stop, on_row=advance)


@contextmanager
def _stop_signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C or a polite kill sets; after it they act as usual, so that a second one ends at once."""
    stop = threading.Event()
    usual = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        for number, handler in usual.items():
            signal.signal(number, handler)

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        restore()

    for number in usual:
        signal.signal(number, ask)
    try:
        yield stop
    finally:
        restore()
