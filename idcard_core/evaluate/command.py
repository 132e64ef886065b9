"""The command ``idcard bench``: this project and its peers on the same labelled pictures, in the same run."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from idcard_core.contract import JsonObject
    from idcard_core.evaluate.answers import Contestant
    from idcard_core.evaluate.report import Table
    from idcard_core.evaluate.samples import Sample

_T = TypeVar("_T")

SPEED_PICTURES = 12
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
    out: Annotated[
        Path | None, typer.Option(help="Folder for the report: Markdown, JSON, chart.", file_okay=False)
    ] = None,
) -> None:
    """Measure accuracy and latency, beside the programs one would use instead."""
    from rich.console import Console

    from idcard_core.evaluate.machine import describe_machine

    console = Console(highlight=False)
    contestants = _contestants(peers)
    with tempfile.TemporaryDirectory(prefix="idcard-bench-") as name:
        scratch = Path(name)
        if speed:
            tables, report, chart = _run_speed(contestants, _photos(data, seed, scratch, console), console)
        else:
            samples = _readable(data or _made(scratch, count, seed, console))
            tables, report, chart = _run_accuracy(contestants, samples, console)
    machine = describe_machine()
    for table in tables:
        console.print(table.to_rich())
    console.print(machine)
    if out is not None:
        text = "\n".join([machine, "", *(table.to_markdown() for table in tables)])
        _write(out, "speed" if speed else "benchmark", text, {"machine": machine, **report}, chart)


def _made(folder: Path, count: int, seed: int, console: Console) -> Path:
    from idcard_core.specimen.conditions import Condition
    from idcard_core.specimen.make import make_specimens

    with console.status(f"making {count} specimens, seed {seed}"):
        make_specimens(folder, count, seed, [condition for condition in Condition if condition.readable])
    return folder


def _photos(data: Path | None, seed: int, scratch: Path, console: Console) -> list[str]:
    from idcard_core.evaluate.speed import draw_photos, enlarge_photos

    with console.status("making 12-megapixel JPEGs"):
        if data is None:
            return draw_photos(SPEED_PICTURES, seed, scratch)
        return enlarge_photos(_readable(data)[:SPEED_PICTURES], scratch)


def _readable(folder: Path) -> list[Sample]:
    from idcard_core.evaluate.samples import load_samples
    from idcard_core.specimen.labels import LabelsError

    try:
        samples = [sample for sample in load_samples(folder) if sample.readable]
    except LabelsError as error:
        raise typer.BadParameter(str(error), param_hint="--data") from error
    if not samples:
        raise typer.BadParameter(f"{folder} has no readable labelled picture", param_hint="--data")
    return samples


def _contestants(peers: bool) -> list[Contestant]:
    from idcard_core.evaluate.own import ThisProject
    from idcard_core.evaluate.peers import PaddleOcrPeer, RapidOcrPeer
    from idcard_core.settings import Settings

    settings = Settings()
    threads = settings.engine.threads
    others: list[Contestant] = [PaddleOcrPeer(threads), RapidOcrPeer(threads)] if peers else []
    return [ThisProject(settings), *others]


def _run_accuracy(
    contestants: Sequence[Contestant], samples: Sequence[Sample], console: Console
) -> tuple[list[Table], JsonObject, str]:
    from idcard_core.evaluate.benchmark import compare
    from idcard_core.evaluate.chart import whole_cards_chart
    from idcard_core.evaluate.report import benchmark_json, benchmark_tables

    result = compare(contestants, samples, lambda items: _tracked(items, console))
    return benchmark_tables(result), benchmark_json(result), whole_cards_chart(result)


def _run_speed(
    contestants: Sequence[Contestant], paths: Sequence[str], console: Console
) -> tuple[list[Table], JsonObject, str]:
    from idcard_core.evaluate.report import speed_json, speed_tables
    from idcard_core.evaluate.speed import measure

    result = measure(contestants, paths, track=lambda items: _tracked(items, console))
    return speed_tables(result), speed_json(result), ""


def _tracked(items: Sequence[_T], console: Console) -> Iterable[_T]:
    from rich.progress import track

    return track(items, description="reading", console=console, transient=True)


def _write(out: Path, name: str, text: str, report: JsonObject, chart: str) -> None:
    out.mkdir(parents=True, exist_ok=True)
    if chart:
        (out / f"{name}.svg").write_text(chart, encoding="utf-8")
        text += f"\n![Whole cards right, by condition]({name}.svg)\n"
    (out / f"{name}.md").write_text(text, encoding="utf-8")
    (out / f"{name}.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
