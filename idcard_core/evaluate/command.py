"""The command ``idcard bench``: this project and its peers on the same labelled pictures, in the same run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from idcard_core.evaluate.answers import Contestant
    from idcard_core.evaluate.drawn import DrawnSamples
    from idcard_core.evaluate.folder import Report
    from idcard_core.evaluate.samples import Sample
    from idcard_core.specimen.labels import PictureLabel

_T = TypeVar("_T")

SPEED_PICTURES = 24
"""Pictures the speed benchmark makes, or takes from the front of a folder."""


def bench(
    data: Annotated[
        Path | None,
        typer.Option(help="Folder with pictures and labels.jsonl; without it, specimens are made.", exists=True),
    ] = None,
    count: Annotated[int, typer.Option(min=1, help="How many specimens to make.")] = 60,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same specimens.")] = 2026,
    peers: Annotated[bool, typer.Option("--peers/--no-peers", help="Run PaddleOCR and RapidOCR as well.")] = True,
    speed: Annotated[bool, typer.Option("--speed", help="Time 12-megapixel JPEGs instead of scoring.")] = False,
    profile: Annotated[
        bool,
        typer.Option("--profile", help="Tell where the time of 12-megapixel JPEGs goes; --out gets a trace as well."),
    ] = False,
    judge: Annotated[
        bool, typer.Option("--judge", help="Score status, risk, portrait and direction instead, of this project alone.")
    ] = False,
    values: Annotated[
        bool, typer.Option("--values", help="Write into failures.jsonl what is printed and what was read, too.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the report: Markdown, JSON, plots, failures.", file_okay=False)
    ] = None,
) -> None:
    """Measure accuracy and latency, beside the programs one would use instead."""
    from rich.console import Console

    from idcard_core.cli.console import complain
    from idcard_core.evaluate.folder import write_report
    from idcard_core.evaluate.machine import describe_machine
    from idcard_core.specimen.fonts import FontsMissingError

    if judge + speed + profile > 1:
        raise typer.BadParameter("one of --speed, --profile and --judge at a time")
    contestants = [] if judge or profile else _contestants(peers, judging=speed)
    try:
        with _progress() as progress:
            if judge:
                report = _run_judging(data, count, seed, progress)
            elif profile:
                report = _run_profile(data, seed, progress)
            elif speed:
                report = _run_speed(contestants, data, seed, progress)
            else:
                report = _run_accuracy(contestants, _samples(data, count, seed, progress), values, progress)
    except FontsMissingError as error:
        complain(str(error))
        raise typer.Exit(1) from error
    machine = describe_machine()
    _print(report, machine, Console(highlight=False))
    if out is not None:
        write_report(report, machine, out)


def _contestants(peers: bool, judging: bool) -> list[Contestant]:
    """This project first; ``judging``: with everything switched on, and then as without."""
    from idcard_core.evaluate.own import ThisProject
    from idcard_core.evaluate.peers import PaddleOcrPeer, RapidOcrPeer
    from idcard_core.reader import IdCardReader

    reader = IdCardReader()
    threads = reader.settings.engine.threads
    others: list[Contestant] = [PaddleOcrPeer(threads), RapidOcrPeer(threads)] if peers else []
    own = [ThisProject(reader, judging=True)] if judging else []
    return [*own, ThisProject(reader), *others]


def _samples(data: Path | None, count: int, seed: int, progress: Progress) -> Sequence[Sample] | DrawnSamples:
    """The pictures of a folder, or ``count`` specimens; a bar shows how far they are drawn."""
    from idcard_core.evaluate.drawn import DrawnSamples

    if data is not None:
        return _labelled(data)
    drawing = progress.add_task("drawing", total=count)
    return DrawnSamples(count, seed, lambda drawn: progress.update(drawing, completed=drawn))


def _labelled(folder: Path) -> list[Sample]:
    from idcard_core.evaluate.samples import Sample

    labels = _labels(folder)
    samples = [Sample.of(label, folder) for label in labels]
    if not any(sample.readable for sample in samples):
        raise typer.BadParameter(f"{folder} has no readable labelled picture", param_hint="--data")
    _are_there(labels, folder)
    return samples


def _labels(folder: Path) -> list[PictureLabel]:
    from idcard_core.specimen.labels import LABELS_FILE, LabelsError, read_labels

    try:
        return read_labels(folder / LABELS_FILE)
    except LabelsError as error:
        raise typer.BadParameter(str(error), param_hint="--data") from error


def _are_there(labels: Sequence[PictureLabel], folder: Path) -> None:
    if missing := next((label.image for label in labels if not (folder / label.image).is_file()), None):
        raise typer.BadParameter(f"{folder / missing} is labelled and not there", param_hint="--data")


def _run_accuracy(
    contestants: Sequence[Contestant], samples: Sequence[Sample] | DrawnSamples, values: bool, progress: Progress
) -> Report:
    from idcard_core.evaluate.benchmark import compare
    from idcard_core.evaluate.folder import accuracy_report

    result = compare(contestants, samples, lambda items: _tracked(items, len(samples), progress))
    return accuracy_report(result, values)


def _run_speed(contestants: Sequence[Contestant], data: Path | None, seed: int, progress: Progress) -> Report:
    from idcard_core.evaluate.folder import speed_report
    from idcard_core.evaluate.speed import measure

    with _photos(data, seed) as photos:
        return speed_report(measure(contestants, photos, track=lambda items: _tracked(items, len(items), progress)))


def _run_profile(data: Path | None, seed: int, progress: Progress) -> Report:
    from idcard_core.evaluate.profile import measure, profile_report
    from idcard_core.reader import IdCardReader

    with _photos(data, seed) as photos:
        traces = measure(IdCardReader(), photos, track=lambda items: _tracked(items, len(items), progress))
    return profile_report(traces, len(photos))


@contextmanager
def _photos(data: Path | None, seed: int) -> Iterator[list[Sample]]:
    """12-megapixel JPEGs: specimens, or the first readable pictures of a folder made as large."""
    from idcard_core.evaluate.speed import draw_photos, enlarge_photos

    with tempfile.TemporaryDirectory(prefix="idcard-bench-") as name:
        if data is None:
            yield draw_photos(SPEED_PICTURES, seed, Path(name))
        else:
            readable = [sample for sample in _labelled(data) if sample.readable]
            yield enlarge_photos(readable[:SPEED_PICTURES], Path(name))


def _run_judging(data: Path | None, count: int, seed: int, progress: Progress) -> Report:
    from idcard_core.evaluate.judging.labelled import load_labelled
    from idcard_core.evaluate.judging.outcome import judge_all
    from idcard_core.evaluate.judging.report import judging_report
    from idcard_core.evaluate.judging.samples import draw_samples
    from idcard_core.reader import IdCardReader

    reader = IdCardReader()
    reader.load()
    if data is None:
        samples = draw_samples(count, seed)
    else:
        labels = _labels(data)
        _are_there(labels, data)
        samples, count = load_labelled(labels, data), len(labels)
    return judging_report(list(_tracked(judge_all(reader, samples), count, progress)))


@contextmanager
def _progress() -> Iterator[Progress]:
    """Bars on standard error, gone when all is done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield progress


def _tracked(items: Iterable[_T], total: int, progress: Progress) -> Iterator[_T]:
    yield from progress.track(items, total=total, description="reading")


def _print(report: Report, machine: str, console: Console) -> None:
    for table in report.tables:
        console.print(table.to_rich())
    console.print(machine)
