"""What recognitions say together, as figures: how many, how right against their labels, how fast."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import timedelta
from html import escape

import streamlit as st

from idcard_core.evaluate.metrics import Proportion
from idcard_core.store.readings.rows import ReadingRow
from idcard_core.store.readings.trend import Span, Told, spans
from idcard_core.ui.look import Tone, milliseconds, percent
from idcard_core.ui.strings import Texts

PERCENTILES = (50, 90, 99)
_TONES = ((0.99, Tone.GOOD), (0.95, Tone.FAIR), (0.0, Tone.BAD))
"""Least shares of right fields, and their colours."""
EVER = timedelta(days=365_000)
"""A span that everything is in."""


def told(readings: Iterable[ReadingRow]) -> list[Told]:
    """What each of them tells over time."""
    return [Told(one.occasion.time, one.milliseconds, one.failed is not None, one.marks) for one in readings]


def total_of(readings: Iterable[ReadingRow]) -> Span | None:
    """All of them together; None of none."""
    return next(iter(spans(told(readings), EVER)), None)


def show_figures(total: Span | None, texts: Texts) -> None:
    """Figures of all recognitions of the list together; ``total`` is None of none."""
    if total is None:
        return
    failed = texts("session.count.failed", count=total.failures) if total.failures else ""
    fields = added(total.fields.values())
    tiles = [
        tile("count", texts("session.count"), str(total.readings), failed),
        tile("cards", texts("session.cards"), _share(total.cards), _of(total.cards, texts)),
        tile("fields", texts("session.fields"), _share(fields), _of(fields, texts)),
    ]
    for p in PERCENTILES:
        value = milliseconds(float(getattr(total.latency, f"p{p}"))) if total.latency.count else "—"
        tiles.append(tile(f"p{p}", texts("session.latency", percentile=p), value))
    st.html(f'<div class="id-tiles">{"".join(tiles)}</div>{by_field(total, texts)}')


def tile(name: str, label: str, value: str, note: str = "") -> str:
    """One figure, as HTML."""
    return (
        f'<div class="id-tile" data-figure="{name}"><div class="id-label">{escape(label)}</div>'
        f'<div class="id-figure">{escape(value)}</div><div class="id-line">{escape(note)}</div></div>'
    )


def added(proportions: Iterable[Proportion]) -> Proportion:
    """All of them together."""
    together = list(proportions)
    return Proportion(sum(one.right for one in together), sum(one.total for one in together))


def _share(proportion: Proportion) -> str:
    return percent(None if math.isnan(proportion.rate) else proportion.rate)


def _of(proportion: Proportion, texts: Texts) -> str:
    if not proportion.total:
        return texts("session.unlabelled")
    return texts("session.of", right=proportion.right, count=proportion.total)


def by_field(total: Span, texts: Texts) -> str:
    """A short bar for every labelled field, as HTML."""
    bars = []
    for name, score in total.fields.items():
        tone = next(tone for least, tone in _TONES if score.rate >= least)
        bars.append(
            f'<div class="id-score" title="{score.right} / {score.total}">'
            f"<span>{escape(texts(f'short.{name.value}'))}</span><b>{percent(score.rate)}</b>"
            f'<span class="id-meter"><i class="id-fill-{tone.value}" style="width:{score.rate:.1%}"></i></span></div>'
        )
    if not bars:
        return ""
    title = escape(texts("session.per_field"))
    return f'<div class="id-scores" role="group" aria-label="{title}">{"".join(bars)}</div>'
