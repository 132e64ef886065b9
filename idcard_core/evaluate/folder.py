"""A benchmark's report as a folder: Markdown, JSON, plots, and the failures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from idcard_core.contract import JsonObject
from idcard_core.evaluate.benchmark import BenchmarkResult
from idcard_core.evaluate.chart import character_errors_chart, whole_cards_chart
from idcard_core.evaluate.failures import failure_lines
from idcard_core.evaluate.latency_chart import latency_chart
from idcard_core.evaluate.reliability_chart import reliability_chart
from idcard_core.evaluate.report import benchmark_tables, detail_tables, speed_tables
from idcard_core.evaluate.report_json import benchmark_json, speed_json
from idcard_core.evaluate.speed import SpeedResult
from idcard_core.evaluate.table import Table
from idcard_core.tracing import Trace, write_trace

FAILURES_FILE = "failures.jsonl"
TRACE_FILE = "trace.json"


@dataclass(frozen=True, slots=True)
class Report:
    """What is written; ``name`` is that of the Markdown and JSON files, ``plots`` has SVG by file name.

    ``details`` are tables for the files only; ``failures`` None: nothing was judged; ``trace`` is of one reading.
    """

    name: str
    tables: list[Table]
    numbers: JsonObject
    details: list[Table] = field(default_factory=list)
    plots: Mapping[str, str] = field(default_factory=dict)
    failures: str | None = None
    trace: Trace | None = None


def accuracy_report(result: BenchmarkResult, values: bool = False) -> Report:
    """Everything of a benchmark; ``values``: the failures of this project's reader have what is printed and read."""
    ours = result.contestants[0]
    plots = {
        "whole_cards.svg": whole_cards_chart(result),
        "character_errors.svg": character_errors_chart(result),
        "latency.svg": latency_chart(result),
        "confidence.svg": reliability_chart(ours),
    }
    pictures = chain(ours.pictures, chain.from_iterable(ours.unreadable.values()))
    return Report(
        name="benchmark",
        tables=benchmark_tables(result),
        numbers=benchmark_json(result),
        details=detail_tables(result),
        plots=plots,
        failures="".join(failure_lines(pictures, values)),
    )


def speed_report(result: SpeedResult) -> Report:
    """Everything of a speed benchmark."""
    return Report("speed", speed_tables(result), speed_json(result))


def write_report(report: Report, machine: str, out: Path) -> None:
    """Write the files into ``out``, which is made if it is not there; ``machine`` is what it ran on."""
    out.mkdir(parents=True, exist_ok=True)
    parts = [machine, "", *(table.to_markdown() for table in [*report.tables, *report.details])]
    for name, plot in report.plots.items():
        (out / name).write_text(plot, encoding="utf-8")
        parts.append(f"![{name.removesuffix('.svg').replace('_', ' ')}]({name})\n")
    (out / f"{report.name}.md").write_text("\n".join(parts), encoding="utf-8")
    numbers = json.dumps({"machine": machine, **report.numbers}, ensure_ascii=False, indent=1, allow_nan=False)
    (out / f"{report.name}.json").write_text(numbers + "\n", encoding="utf-8")
    if report.trace is not None:
        write_trace(report.trace, out / TRACE_FILE)
    if report.failures is not None:
        (out / FAILURES_FILE).write_text(report.failures, encoding="utf-8")
