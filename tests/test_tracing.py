"""Spans: what is recorded of a reading, and what is not."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path

from idcard_core import IdCardReader
from idcard_core.specimen import Condition, make_specimen
from idcard_core.tracing import record, span, write_trace


def test_spans_know_what_they_are_part_of() -> None:
    with record() as trace, span("read"):
        with span("detect"):
            pass
        with span("recognise"), span("network"):
            pass
    assert [found.path for found in trace.spans] == [
        ("read", "detect"),
        ("read", "recognise", "network"),
        ("read", "recognise"),
        ("read",),
    ]
    whole = trace.spans[-1]
    assert sum(found.milliseconds for found in trace.spans if len(found.path) == 2) <= whole.milliseconds


def test_nothing_is_kept_when_nobody_records() -> None:
    with span("read"), record() as trace:
        pass
    with span("afterwards"):
        pass
    assert trace.spans == []


def test_a_thread_belongs_to_the_recording_whose_context_it_runs_in() -> None:
    def work(name: str) -> None:
        with span(name):
            pass

    with record() as trace, span("judge"), ThreadPoolExecutor(1) as pool:
        pool.submit(work, "of its own").result()
        pool.submit(copy_context().run, work, "risk").result()
    assert [found.path for found in trace.spans] == [("judge", "risk"), ("judge",)]
    assert trace.spans[0].thread != trace.spans[1].thread


def test_the_trace_of_a_reading_is_a_viewer_s_file_without_a_value(tmp_path: Path) -> None:
    specimen = make_specimen(5, Condition.PLAIN, "x.jpg", (1600, 1200))
    with record() as trace:
        reading = IdCardReader().read(specimen.jpeg, risk=True, photo=True)
    write_trace(trace, tmp_path / "trace.json")
    text = (tmp_path / "trace.json").read_text(encoding="utf-8")
    events = json.loads(text)["traceEvents"]
    assert {"decode", "locate", "read", "judge", "detect", "recognise", "risk", "network"} <= {
        e["name"] for e in events
    }
    assert all(event["ph"] == "X" and event["ts"] >= 0 and event["dur"] >= 0 for event in events)
    starts = [event["ts"] for event in events]
    assert starts == sorted(starts)
    assert not any(field.text in text for field in reading.cards[0].fields)
