"""The picture with a box around every field, as a plotly figure to zoom and move."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape

import numpy as np
import plotly.graph_objects as go

from idcard_core.card import Card, Field, Points, Reason
from idcard_core.ui.findings import readable, why
from idcard_core.ui.look import Tone, confidence_tone
from idcard_core.ui.shelf import Exhibit
from idcard_core.ui.strings import Texts

LOWEST_PX, HIGHEST_PX = 300, 520
"""Height of the figure, which follows the picture's proportions in between."""
_WIDTH_PX = 560
"""Width the figure has on most screens, about."""
CONFIG = {
    "displaylogo": False,
    "scrollZoom": True,
    "displayModeBar": "hover",
    "modeBarButtons": [["zoomIn2d", "zoomOut2d", "resetScale2d"]],
    "doubleClick": "reset",
}
"""Plotly's own settings for the figure."""

# Seen on any photo, light or dark, in either theme.
_INK = {Tone.GOOD: "18, 166, 108", Tone.FAIR: "240, 140, 20", Tone.BAD: "226, 54, 54"}
_OUTLINE = "rgba(70, 120, 255, 0.95)"
_NUMBER_SHARE = 0.06
"""Of the picture's width and height that a card's number needs beside the corner, about."""
_LINE_OF_TEXT = 18
"""Characters a line in the hover label, so that a long address stays on the screen."""


def figure(exhibit: Exhibit, texts: Texts) -> go.Figure:
    """``exhibit``'s picture with its cards outlined and its fields boxed; hovering a box tells what was read."""
    width, height = exhibit.reading.picture.width, exhibit.reading.picture.height
    plot = go.Figure()
    for shown in exhibit.cards:
        plot.add_trace(_outline(shown.card))
    for shown in exhibit.cards:
        doubted = shown.card.doubted
        for found in shown.card.fields:
            if found.quad is not None and found.text:
                plot.add_trace(_box(found, found.quad, doubted.get(found.name, ()), texts))
        if shown.number is not None:
            plot.add_annotation(_number(shown.card, shown.number, (width, height)))
    plot.add_layout_image(
        source=f"data:image/jpeg;base64,{b64encode(exhibit.preview).decode()}",
        xref="x",
        yref="y",
        x=0,
        y=0,
        sizex=width,
        sizey=height,
        sizing="stretch",
        layer="below",
    )
    hidden = {"visible": False, "constrain": "domain"}
    plot.update_xaxes(range=[0, width], **hidden)
    plot.update_yaxes(range=[height, 0], scaleanchor="x", scaleratio=1, **hidden)
    plot.update_layout(
        height=round(min(max(_WIDTH_PX * height / width, LOWEST_PX), HIGHEST_PX)),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        dragmode="pan",
        hovermode="closest",
        showlegend=False,
        uirevision=exhibit.row_id,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        modebar={"bgcolor": "rgba(20,26,38,0.6)", "color": "rgba(255,255,255,0.85)", "activecolor": "#ffffff"},
        hoverlabel={"bgcolor": "#1b2130", "bordercolor": "#1b2130", "font": {"color": "#ffffff", "size": 13}},
    )
    return plot


def _outline(card: Card) -> go.Scatter:
    """The card's own edge; it says nothing when hovered."""
    xs, ys = _closed(card.quad)
    return go.Scatter(x=xs, y=ys, mode="lines", line={"color": _OUTLINE, "width": 1.5, "dash": "dot"}, hoverinfo="skip")


def _number(card: Card, number: int, size: tuple[int, int]) -> go.layout.Annotation:
    """The card's number, as in its table, outside the corner next to the top left of the picture (of ``size``)."""
    x, y = min(card.quad.astype(float).tolist(), key=sum)
    return go.layout.Annotation(
        x=max(x, _NUMBER_SHARE * size[0]),
        y=max(y, _NUMBER_SHARE * size[1]),
        text=f"<b>{number}</b>",
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        bgcolor=_OUTLINE,
        borderpad=3,
        font={"color": "#ffffff", "size": 13},
    )


def _box(found: Field, quad: Points, reasons: Sequence[Reason], texts: Texts) -> go.Scatter:
    """One field's box in the colour of its confidence; a doubtful one is never green."""
    xs, ys = _closed(quad)
    tone = confidence_tone(found.confidence)
    ink = _INK[Tone.FAIR if reasons and tone is Tone.GOOD else tone]
    return go.Scatter(
        x=xs,
        y=ys,
        mode="lines",
        fill="toself",
        fillcolor=f"rgba({ink}, 0.14)",
        line={"color": f"rgba({ink}, 1)", "width": 2},
        hoveron="fills",
        hoverinfo="text",
        text=_hover(found, reasons, texts),
        name=found.name.value,
    )


def _hover(found: Field, reasons: Sequence[Reason], texts: Texts) -> str:
    """What a box says: the field, its text, how sure it is, its doubts; escaped, for the text comes from a picture."""
    text = readable(found.name, found.text)
    lines = [text[at : at + _LINE_OF_TEXT] for at in range(0, len(text), _LINE_OF_TEXT)]
    body = "<br>".join(escape(line) for line in lines)
    parts = [f"<b>{escape(texts(f'field.{found.name.value}'))}</b>", body]
    parts.append(f"{texts('fields.confidence')} {found.confidence:.1%}")
    parts += [escape(why([reason], texts)) for reason in reasons]
    return "<br>".join(parts)


def _closed(quad: Points) -> tuple[list[float], list[float]]:
    """The quad's corners with the first once more at the end, as plain numbers with a tenth of a pixel."""
    ring = np.round(np.vstack([quad, quad[:1]]).astype(float), 1)
    return ring[:, 0].tolist(), ring[:, 1].tolist()
