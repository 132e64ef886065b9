"""The results of a run: figures, each of which opens the cards behind it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from idcard_core.evaluate.figures.behind import Question
from idcard_core.evaluate.figures.run_figures import TOTAL, RunFigures, times_of
from idcard_core.evaluate.metrics import Proportion
from idcard_core.evaluate.outcomes import cards_on
from idcard_core.evaluate.summary import CardSummary
from idcard_core.store.runs.results import Run
from idcard_core.store.store import Store
from idcard_core.ui.kept import store as kept_store
from idcard_core.ui.look import milliseconds, percent
from idcard_core.ui.pages.evaluation.forest import ForestRow, forest
from idcard_core.ui.pages.evaluation.matrices import matrix, slip_list
from idcard_core.ui.pages.evaluation.plots import distribution, legend, reliability
from idcard_core.ui.pages.evaluation.questions import condition_word, to_pick
from idcard_core.ui.strings import Texts


def figures_of(run: Run, store: Store) -> RunFigures:
    """The figures of a run as far as it is now; made once for every picture that is added or deleted."""
    return _figures(run.id, run.done, run.engine)


@st.cache_resource(show_spinner=False, max_entries=6)
def _figures(run: int, done: int, engine: str) -> RunFigures:
    return RunFigures.of(engine, kept_store().runs.results(run))


def forget_figures() -> None:
    """Let all figures go: they may tell of a sample that was deleted."""
    _figures.clear()


def results_html(figures: RunFigures, texts: Texts) -> str:
    """All figures, in two columns where there is room."""
    panels = [
        _panel("fields", forest(_field_rows(figures, texts), texts("evaluation.panel.fields")), texts),
        _panel("conditions", forest(_part_rows(figures, texts), texts("evaluation.panel.conditions")), texts),
        _panel("reliability", _confidence(figures, texts), texts),
        _panel("slips", slip_list(figures.slips, texts) if figures.slips else "", texts),
        _panel("latency", _latency(figures, texts), texts),
        _panel("stages", stage_table({"": figures}, texts), texts),
        _panel("status", matrix("status", figures.status, texts) if figures.status.words else "", texts),
        _panel("risk", matrix("risk", figures.risk, texts) if figures.risk.words else "", texts),
        *_slices(figures, texts),
    ]
    return f'{tiles(figures, texts)}<div class="id-panels">{"".join(panels)}</div>'


def tiles(figures: RunFigures, texts: Texts) -> str:
    """The run in six numbers; the first two open the wrong cards, the last the pictures that could not be read."""
    overall = figures.accuracy.overall
    fields = Proportion(
        sum(found.right.right for found in overall.fields.values()),
        sum(found.right.total for found in overall.fields.values()),
    )
    failed = sum(result.error_code is not None for result in figures.results)
    total = figures.latency[TOTAL]
    errors = overall.characters
    boxes = [
        _tile("cards", _share(overall.whole), _interval(overall.whole, texts), texts, Question(wrong=True)),
        _tile("all_fields", _share(fields), _interval(fields, texts), texts, Question(wrong=True)),
        _tile("characters", f"{100 * errors.rate:.2f} %" if errors.characters else "—", _edits(figures, texts), texts),
        _tile("direction", _share(overall.direction), _interval(overall.direction, texts), texts),
        _tile("p50", milliseconds(total.p50) if total.count else "—", _slowest(figures), texts),
        _tile(
            "failed",
            str(failed),
            texts("evaluation.of_pictures", count=len(figures.results)),
            texts,
            Question(failed=True) if failed else None,
        ),
    ]
    return f'<div class="id-tiles id-six">{"".join(boxes)}</div>'


def stage_table(runs: Mapping[str, RunFigures], texts: Texts) -> str:
    """p50, p90 and p99 of every stage, for each run."""
    stages = list(dict.fromkeys(stage for figures in runs.values() for stage in figures.latency if stage != TOTAL))
    named = [f"{name} {p}".strip() for name in runs for p in ("p50", "p90", "p99")]
    heads = "".join(f'<th class="id-right">{escape(name)}</th>' for name in named)
    rows = []
    for stage in (*stages, TOTAL):
        cells = ""
        for figures in runs.values():
            found = figures.latency.get(stage)
            values = (found.p50, found.p90, found.p99) if found is not None and found.count else ()
            cells += "".join(f'<td class="id-right">{milliseconds(value)}</td>' for value in values)
            cells += '<td class="id-right">—</td>' * (3 - len(values))
        rows.append(f'<tr class="id-stage-{stage}"><th>{escape(stage_word(stage, texts))}</th>{cells}</tr>')
    head = f"<thead><tr><th></th>{heads}</tr></thead>"
    return f'<div class="id-scroll"><table class="id-matrix">{head}<tbody>{"".join(rows)}</tbody></table></div>'


def stage_word(stage: str, texts: Texts) -> str:
    if stage == TOTAL:
        return texts("evaluation.stage.total")
    key = f"stage.{stage}"
    return texts(key) if key in texts else stage


def _panel(name: str, body: str, texts: Texts) -> str:
    """A figure under its title; a sentence where there is nothing to show."""
    shown = body or f'<div class="id-nothing">{escape(texts(f"evaluation.panel.{name}.none"))}</div>'
    line = escape(texts(f"evaluation.panel.{name}.line"))
    return (
        f'<section class="id-panel" data-panel="{name}"><h3>{escape(texts(f"evaluation.panel.{name}"))}</h3>'
        f'<p class="id-line">{line}</p>{shown}</section>'
    )


def _field_rows(figures: RunFigures, texts: Texts) -> list[ForestRow]:
    rows = [ForestRow(texts("evaluation.whole"), figures.accuracy.overall.whole, Question(wrong=True))]
    for name, found in figures.accuracy.overall.fields.items():
        rows.append(ForestRow(texts(f"field.{name.value}"), found.right, Question(field=name, wrong=True)))
    return rows


def _part_rows(figures: RunFigures, texts: Texts) -> list[ForestRow]:
    """Conditions, the worst first; below them those of pictures that nobody can read whole."""
    readable = [
        ForestRow(condition_word(name, texts), found.whole, Question(condition=name))
        for name, found in _worst_first(figures.accuracy.conditions)
    ]
    unreadable = [
        ForestRow(
            texts("evaluation.unreadable", condition=condition_word(name, texts)),
            Proportion.of(card.is_right for card in cards_on(pictures)),
            Question(condition=name, unreadable=True),
        )
        for name, pictures in figures.accuracy.unreadable.items()
        if cards_on(pictures)
    ]
    return [*readable, *unreadable]


def _slices(figures: RunFigures, texts: Texts) -> list[str]:
    rows = [ForestRow(name, found.whole, Question(slice=name)) for name, found in _worst_first(figures.slices)]
    return [_panel("slices", forest(rows, texts("evaluation.panel.slices")), texts)] if rows else []


def _worst_first(parts: Mapping[str, CardSummary]) -> list[tuple[str, CardSummary]]:
    counted = [(name, found) for name, found in parts.items() if found.whole.total]
    return sorted(counted, key=lambda part: (part[1].whole.rate, -part[1].whole.total))


def _confidence(figures: RunFigures, texts: Texts) -> str:
    found = figures.calibration
    if not found.right.total:
        return ""
    said = texts(
        "evaluation.calibration",
        count=found.right.total,
        error=f"{found.expected_error:.4f}",
        brier=f"{found.brier:.4f}",
    )
    return f'{reliability(found, texts)}<p class="id-line">{escape(said)}</p>'


def _latency(figures: RunFigures, texts: Texts) -> str:
    times = {stage_word(name, texts): values for name, values in times_of(figures.results).items() if values}
    if not times:
        return ""
    return legend(list(times)) + distribution(times, texts("evaluation.panel.latency"), texts("evaluation.axis.ms"))


def _tile(name: str, figure: str, note: str, texts: Texts, asked: Question | None = None) -> str:
    pick = "" if asked is None else f' data-pick="{escape(to_pick(asked))}"'
    label = escape(texts(f"evaluation.tile.{name}"))
    return (
        f'<div class="id-tile" data-figure="{name}"{pick}><div class="id-label">{label}</div>'
        f'<div class="id-figure">{escape(figure)}</div><div class="id-line">{escape(note)}</div></div>'
    )


def _share(share: Proportion) -> str:
    return percent(share.rate if share.total else None)


def _interval(share: Proportion, texts: Texts) -> str:
    if not share.total:
        return texts("evaluation.unlabelled")
    low, high = (percent(at) for at in share.interval)
    return texts("evaluation.interval", right=share.right, total=share.total, low=low, high=high)


def _edits(figures: RunFigures, texts: Texts) -> str:
    errors = figures.accuracy.overall.characters
    return texts("evaluation.edits", edits=errors.edits, characters=errors.characters)


def _slowest(figures: RunFigures) -> str:
    total = figures.latency[TOTAL]
    return f"p90 {milliseconds(total.p90)} · p99 {milliseconds(total.p99)}" if total.count else "—"
