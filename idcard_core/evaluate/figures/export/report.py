"""A run as one HTML file, tables and plots in it, that asks for nothing from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from idcard_core.evaluate.chart import Bar, bar_chart
from idcard_core.evaluate.figures.export.records import Cell, Subject
from idcard_core.evaluate.figures.export.tables import Sheet, figure_tables
from idcard_core.evaluate.figures.export.words import Words
from idcard_core.evaluate.figures.run_figures import RunFigures, times_of
from idcard_core.evaluate.latency_chart import distribution_chart
from idcard_core.evaluate.reliability_chart import panels_chart

MOST_WRONG_CARDS = 300
_STYLE = """
body { color: #1b2130; font: 15px/1.55 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  margin: 2rem auto; max-width: 980px; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
table { border-collapse: collapse; font-size: 0.9rem; }
th, td { border-bottom: 1px solid #e3e6ec; padding: 0.3rem 0.9rem 0.3rem 0; text-align: left; }
td.n, th.n { font-variant-numeric: tabular-nums; text-align: right; }
.wide { overflow-x: auto; } .quiet { color: #5d6779; } svg { height: auto; max-width: 100%; }
b.bad { color: #b42525; }
@media print { h2 { break-after: avoid; } svg, tr { break-inside: avoid; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def to_html(subject: Subject, figures: RunFigures, words: Words) -> bytes:
    """Begins with the same tables as the workbook; then plots, and the cards with a wrong field."""
    say = words.say
    title = f"{say('title')} · {subject.shown(subject.set_name)} · {subject.run.engine}"
    about, *tables = figure_tables(subject, figures, words)
    parts = [
        f"<h1>{escape(title)}</h1>",
        _table(about),
        *(f"<h2>{escape(table.title)}</h2>{_table(table)}" for table in tables),
        *(plot for plot in _plots(figures, words)),
        f"<h2>{escape(say('wrong_cards'))}</h2>",
        _wrong_cards(subject, words),
    ]
    if not subject.in_clear:
        parts.append(f'<p class="quiet">{escape(say("masked"))}</p>')
    page = (
        f'<!DOCTYPE html>\n<html lang="{words.language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )
    return page.encode("utf-8", "replace")


def _plots(figures: RunFigures, words: Words) -> Iterator[str]:
    say, conditions = words.say, figures.accuracy.conditions
    if conditions:
        bars = {words.condition(name): [Bar.of_proportion(found.whole)] for name, found in conditions.items()}
        yield bar_chart(f"{say('whole')} · {say('conditions')}", [figures.accuracy.name], bars, 1.0)
    if figures.calibration.right.total:
        panels = {say("all_fields"): figures.calibration}
        panels |= {words.field(name): found for name, found in figures.field_calibrations.items()}
        headed = {
            f"{name}: {found.right.total}, ECE {found.expected_error:.4f}": found for name, found in panels.items()
        }
        yield panels_chart(say("reliability"), headed)
    times = {words.stage(stage): found for stage, found in times_of(figures.results).items() if found}
    if times:
        yield distribution_chart(times, say("within"), say("milliseconds"))


def _wrong_cards(subject: Subject, words: Words) -> str:
    rows = list(_wrong_rows(subject, words))
    if not rows:
        return f'<p class="quiet">{escape(words.say("nothing"))}</p>'
    heads = "".join(f"<th>{escape(words.say(key))}</th>" for key in ("file", "condition", "side", "field"))
    heads += "".join(f"<th>{escape(words.say(key))}</th>" for key in ("expected", "read"))
    more = f'<p class="quiet">… {escape(words.say("more"))}</p>' if len(rows) > MOST_WRONG_CARDS else ""
    return f'<div class="wide"><table><tr>{heads}</tr>{"".join(rows[:MOST_WRONG_CARDS])}</table></div>{more}'


def _wrong_rows(subject: Subject, words: Words) -> Iterator[str]:
    for result in subject.results:
        for card in result.cards if result.readable else ():
            for read in card.fields:
                if not read.is_right:
                    cells = [subject.file(result), words.condition(result.condition)]
                    cells += [words.value("side", card.side.value), words.field(read.name)]
                    cells.append(subject.shown(read.expected))
                    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
                    yield f'<tr>{told}<td><b class="bad">{escape(subject.shown(read.read)) or "—"}</b></td></tr>'


def _table(table: Sheet) -> str:
    first, *others = table.header
    heads = f"<th>{escape(first)}</th>" + "".join(f'<th class="n">{escape(head)}</th>' for head in others)
    body = "".join(f"<tr>{_cells(row, table)}</tr>" for row in table.rows)
    return f'<div class="wide"><table>{f"<tr>{heads}</tr>" if any(table.header) else ""}{body}</table></div>'


def _cells(row: tuple[Cell, ...], table: Sheet) -> str:
    return "".join(
        f"<td{' class=n' if number else ''}>{escape(_said(cell, number in table.plain))}</td>"
        for number, cell in enumerate(row)
    )


def _said(cell: Cell, plain: bool) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:g}" if plain else f"{cell:.1%}"
    return str(cell)
