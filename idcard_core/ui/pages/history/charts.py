"""Accuracy and latency over time, as charts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta
from html import escape

import plotly.graph_objects as go
import streamlit as st

from idcard_core.store.readings.trend import Span
from idcard_core.ui.look import milliseconds, percent
from idcard_core.ui.strings import Texts

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
MOST_POINTS = 120
"""A line of more is no longer read point by point."""
_CHART_PX = 190
_INK = {"p50": "#4678ff", "p90": "#e8912d", "right": "#1fa971"}
_BAND = "rgba(31, 169, 113, 0.16)"
_TICKS = [
    {"dtickrange": [None, 86_400_000 - 1], "value": "%m-%d %H:%M"},
    {"dtickrange": [86_400_000, None], "value": "%m-%d"},
]
"""In numbers: plotly's own words for months are English."""


def width_for(period: timedelta) -> timedelta:
    """How wide the steps of a line over ``period`` are: hours, days, weeks."""
    return next((width for width in (HOUR, DAY) if period <= width * (48 if width is HOUR else MOST_POINTS)), WEEK)


def show_trend(spans: Sequence[Span], width: timedelta, texts: Texts) -> None:
    """Accuracy and latency side by side; nothing of fewer than two points."""
    if len(spans) < 2:
        return
    form = "%m-%d %H:%M" if width < DAY else "%Y-%m-%d"
    with st.container(key="trend"):
        right, fast = st.columns(2, gap="medium")
        with right:
            _chart(accuracy_figure(spans, form, texts), "accuracy", texts)
        with fast:
            _chart(latency_figure(spans, form, texts), "latency", texts)


def accuracy_figure(spans: Sequence[Span], form: str, texts: Texts) -> go.Figure:
    """Whole cards right over time, within their 95 % intervals."""
    labelled = [span for span in spans if span.cards.total]
    times = [span.start for span in labelled]
    low, high = zip(*(span.cards.interval for span in labelled), strict=True) if labelled else ((), ())
    plot = go.Figure()
    plot.add_scatter(x=times, y=high, line={"width": 0}, hoverinfo="skip", showlegend=False)
    plot.add_scatter(
        x=times, y=low, line={"width": 0}, fill="tonexty", fillcolor=_BAND, hoverinfo="skip", showlegend=False
    )
    told = [
        texts("history.point.right", time=span.start.strftime(form), share=percent(span.cards.rate), **_count(span))
        for span in labelled
    ]
    plot.add_scatter(x=times, y=[span.cards.rate for span in labelled], **_line("right", told))
    plot.update_yaxes(range=[math.floor(min(low, default=0.0) * 10) / 10, 1.02], tickformat=".0%")
    return plot


def latency_figure(spans: Sequence[Span], form: str, texts: Texts) -> go.Figure:
    """The time that half, and nine of ten, of what was read took."""
    read = [span for span in spans if span.latency.count]
    plot = go.Figure()
    for name in ("p50", "p90"):
        values = [float(getattr(span.latency, name)) for span in read]
        told = [
            texts("history.point.time", time=span.start.strftime(form), name=name.upper(), ms=milliseconds(value))
            for span, value in zip(read, values, strict=True)
        ]
        plot.add_scatter(x=[span.start for span in read], y=values, **_line(name, told))
    plot.update_yaxes(rangemode="tozero", tickformat=",d", ticksuffix=" ms")
    return plot


def _chart(plot: go.Figure, name: str, texts: Texts) -> None:
    title = texts(f"history.{name}")
    plot.update_layout(
        height=_CHART_PX,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        hovermode="closest",
        showlegend=False,
        dragmode=False,
        uirevision=name,
    )
    plot.update_xaxes(showgrid=False, tickformatstops=_TICKS, nticks=6)
    st.html(f'<div class="id-section">{escape(title)}</div>')
    st.plotly_chart(plot, config={"displayModeBar": False, "scrollZoom": False}, key=f"chart-{name}", alt=title)


def _line(name: str, told: Sequence[str]) -> dict[str, object]:
    return {
        "mode": "lines+markers",
        "line": {"color": _INK[name], "width": 2},
        "marker": {"size": 5},
        "text": told,
        "hoverinfo": "text",
        "name": name,
    }


def _count(span: Span) -> dict[str, int]:
    return {"right": span.cards.right, "count": span.cards.total}
