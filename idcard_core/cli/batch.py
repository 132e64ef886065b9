"""``idcard batch``: rows in, the same rows with their answers out."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from idcard_core.cli.console import complain, load_settings

if TYPE_CHECKING:
    from idcard_core.batch import Input, Output, Row, Tally
    from idcard_core.contract import JsonObject
    from idcard_core.settings import Settings

PIPE = "-"
"""Standard input or output in place of a file."""
INTERRUPTED = 130
"""Exit code of a run that was stopped: 128 and the number of SIGINT, as shells have it."""
AHEAD = 16
"""Rows answered ahead of one that takes long, for each picture read at once."""

_Yes = Annotated[bool | None, typer.Option(show_default=False)]


@dataclass(frozen=True, slots=True)
class _Run:
    """A run, ready to begin: its rows, beginning with the first that has no answer yet."""

    source: Input
    rows: Iterator[Row]
    total: int | None
    output: Output
    settings: Settings
    stop: threading.Event


def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(show_default=False, help="A manifest, or folders, patterns and pictures; - is a pipe."),
    ],
    out: Annotated[str, typer.Option(help="*.jsonl, *.csv or *.parquet; - for standard output.")],
    side: Annotated[str | None, typer.Option(show_default=False, help="front, back or auto, where not given.")] = None,
    direction: _Yes = None,
    risk: _Yes = None,
    photo: _Yes = None,
    detail: _Yes = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the output of a run that was stopped.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an output that exists.")] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, show_default="one a core", help="Pictures read at once.")
    ] = None,
    ray: Annotated[
        str | None, typer.Option(show_default=False, help="Read on the Ray cluster at this address; auto, local.")
    ] = None,
) -> None:
    """Read many pictures.

    INPUTS is a manifest - JSON lines, *.csv or *.parquet - or any folders, patterns ('scans/**/*.jpg') and pictures.
    Each row of a manifest has "image" (a path or URL), "id_card_side" and the contract's other parameters; other keys
    are carried through. Each row of the output is that row with "response" and "latency_ms" added, in the same order.
    A PDF or TIFF of several pages takes a row for each page: "page" names it, from 1; without it the first is read.
    Any place may be s3://bucket/key.
    """
    if resume and force:
        raise typer.BadParameter("--resume and --force exclude each other")
    from idcard_core.batch import InputError, OutputError, answers_so_far

    options = {"detect_direction": direction, "detect_risk": risk, "detect_photo": photo, "detail": detail}
    asked: JsonObject = {key: value for key, value in options.items() if value is not None}
    if side is not None:
        asked = {"id_card_side": side, **asked}
    settings = load_settings()
    with ExitStack() as stack:
        try:
            source = _open_input(inputs, asked, settings)
            _keep_manifest(source, out)
            rows = source.rows()
            output = _open_output(out, rows, resume=resume, force=force)
            if out != PIPE:
                stack.callback(output.close)
            stop = stack.enter_context(_stop_signals())
            run = _Run(source, rows, source.count(), output, settings, stop)
            tally = _read(run, workers) if ray is None else _read_on_cluster(run, workers, ray)
            if not stop.is_set():
                output.finish()
        except InputError as error:
            raise typer.BadParameter(str(error)) from error
        except OutputError as error:
            hint = "" if resume or force else "; --resume goes on with it, --force overwrites it"
            complain(f"{error}{hint}")
            raise typer.Exit(1) from error
        except OSError as error:
            complain(f"{error.filename or out}: {error.strerror or error}")
            raise typer.Exit(1) from error
    complain(f"{tally.rows} rows written, {tally.errors} of them with an error")
    if stop.is_set():
        if PIPE not in (*inputs, out):
            again = [argument for argument in sys.argv[1:] if argument not in ("--resume", "--force")]
            if answers_so_far(out) != out:
                complain(f"the answers so far are in {answers_so_far(out)}")
            complain(f"stopped; go on with: {shlex.join(['idcard', *again, '--resume'])}")
        raise typer.Exit(INTERRUPTED)


def _open_input(inputs: list[str], asked: JsonObject, settings: Settings) -> Input:
    from idcard_core.batch import InputError, open_input, pipe_input

    if inputs == [PIPE]:
        return pipe_input(sys.stdin.buffer, asked)
    if PIPE in inputs:
        raise InputError("standard input is a manifest, which goes alone")
    return open_input(inputs, asked, settings.limits)


def _keep_manifest(source: Input, out: str) -> None:
    manifest = source.manifest
    if manifest is not None and (manifest == out or (os.path.exists(out) and _is_same(manifest, out))):
        raise typer.BadParameter("the output is the manifest itself")


def _is_same(one: str, other: str) -> bool:
    return os.path.exists(one) and os.path.samefile(one, other)


def _open_output(out: str, rows: Iterator[Row], *, resume: bool, force: bool) -> Output:
    from idcard_core.batch import open_output, stream_output

    if out == PIPE:
        return stream_output(sys.stdout.buffer)
    return open_output(out, rows, resume=resume, overwrite=force)


def _read(run: _Run, workers: int | None) -> Tally:
    from idcard_core.batch import run_batch
    from idcard_core.cli.progress import progress_bar
    from idcard_core.networks import available_cores

    if workers is None:
        # Whoever holds the other end of a pipe may wait for an answer before the next row.
        workers = 1 if run.total is None else max(1, min(available_cores(), run.total))
    ahead = 0 if workers == 1 else AHEAD * workers
    with _answering(run, workers) as answer, progress_bar(run.total, run.output.rows_kept) as advance:
        return run_batch(run.rows, run.output, answer, workers=workers, ahead=ahead, stop=run.stop, on_row=advance)


def _read_on_cluster(run: _Run, workers: int | None, address: str) -> Tally:
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
def _answering(run: _Run, workers: int) -> Iterator[Callable[[Row], JsonObject]]:
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
