"""``idcard batch``: rows in, the same rows with their answers out."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from idcard_core.cli.batch_readers import Run, read_here, read_on_cluster
from idcard_core.cli.console import complain, load_settings
from idcard_core.cli.ending import told_to_end

if TYPE_CHECKING:
    from idcard_core.batch import Input, Output, Row
    from idcard_core.contract import JsonObject
    from idcard_core.settings import Settings

PIPE = "-"
"""Standard input or output in place of a file."""
INTERRUPTED = 130
"""Exit code of a run that was stopped: 128 and the number of SIGINT, as shells have it."""
_Yes = Annotated[bool | None, typer.Option(show_default=False)]


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
    options = {"detect_direction": direction, "detect_risk": risk, "detect_photo": photo, "detail": detail}
    parameters: JsonObject = {key: value for key, value in options.items() if value is not None}
    if side is not None:
        parameters = {"id_card_side": side, **parameters}
    asked = _Asked(inputs, parameters, out, resume, force)
    settings = load_settings()
    with _told_plainly(asked):
        source = _open_input(asked, settings)
        rows = source.rows()
        with closing(_open_output(asked, rows)) as output, told_to_end() as stop:
            run = Run(source, rows, source.count(), output, settings, stop)
            tally = read_here(run, workers) if ray is None else read_on_cluster(run, workers, ray)
            if not stop.is_set():
                output.finish()
    complain(f"{tally.rows} rows written, {tally.errors} of them with an error")
    if stop.is_set():
        _tell_how_to_go_on(asked)
        raise typer.Exit(INTERRUPTED)


@dataclass(frozen=True, slots=True)
class _Asked:
    """From where to where, what rows ask for that do not say it, and what to do with an output that is there."""

    inputs: list[str]
    parameters: JsonObject
    out: str
    resume: bool
    force: bool


@contextmanager
def _told_plainly(asked: _Asked) -> Iterator[None]:
    """What is wrong with an input or an output, in a line, and the end."""
    from idcard_core.batch import InputError, OutputError

    try:
        yield
    except InputError as error:
        raise typer.BadParameter(str(error)) from error
    except OutputError as error:
        hint = "" if asked.resume or asked.force else "; --resume goes on with it, --force overwrites it"
        complain(f"{error}{hint}")
        raise typer.Exit(1) from error
    except OSError as error:
        complain(f"{error.filename or asked.out}: {error.strerror or error}")
        raise typer.Exit(1) from error


def _tell_how_to_go_on(asked: _Asked) -> None:
    from idcard_core.batch import answers_so_far

    if PIPE in (*asked.inputs, asked.out):
        return
    if (place := answers_so_far(asked.out)) != asked.out:
        complain(f"the answers so far are in {place}")
    again = [argument for argument in sys.argv[1:] if argument not in ("--resume", "--force")]
    complain(f"stopped; go on with: {shlex.join(['idcard', *again, '--resume'])}")


def _open_input(asked: _Asked, settings: Settings) -> Input:
    from idcard_core.batch import InputError, open_input, pipe_input

    if asked.inputs == [PIPE]:
        return pipe_input(sys.stdin.buffer, asked.parameters)
    if PIPE in asked.inputs:
        raise InputError("standard input is a manifest, which goes alone")
    source = open_input(asked.inputs, asked.parameters, settings.limits)
    _keep_manifest(source, asked.out)
    return source


def _keep_manifest(source: Input, out: str) -> None:
    manifest = source.manifest
    if manifest is not None and (manifest == out or (os.path.exists(out) and _is_same(manifest, out))):
        raise typer.BadParameter("the output is the manifest itself")


def _is_same(one: str, other: str) -> bool:
    return os.path.exists(one) and os.path.samefile(one, other)


def _open_output(asked: _Asked, rows: Iterator[Row]) -> Output:
    from idcard_core.batch import open_output, stream_output

    if asked.out == PIPE:
        return stream_output(sys.stdout.buffer)
    return open_output(asked.out, rows, resume=asked.resume, overwrite=asked.force)
