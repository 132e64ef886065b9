"""The few SVG elements that the plots are drawn with; Markdown pages show SVG without a plotting library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

COLOURS = ("#1f6feb", "#bf8700", "#8250df", "#57606a")
"""One a reader; all readable on white and on dark grey."""
INK, GRID = "#24292f", "#d0d7de"


def document(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """A picture of ``width`` by ``height`` pixels on white, its title in bold at the top left."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
            f'viewBox="0 0 {width:g} {height:g}" font-family="sans-serif" font-size="12">',
            f"<title>{escape(title)}</title>",
            rect(0, 0, width, height, "#ffffff"),
            f'<text x="8" y="20" font-weight="bold">{escape(title)}</text>',
            *parts,
            "</svg>",
            "",
        ]
    )


def text(x: float, y: float, words: str, anchor: str = "start", size: int = 12) -> str:
    """``anchor``: which end of the words stands at ``x``, ``start``, ``middle`` or ``end``."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}">{escape(words)}</text>'


def rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'


def line(start: tuple[float, float], end: tuple[float, float], colour: str = INK, dash: str = "none") -> str:
    (x1, y1), (x2, y2) = start, end
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-dasharray="{dash}"/>'
    )


def polyline(points: Sequence[tuple[float, float]], colour: str) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>'


def circle(centre: tuple[float, float], radius: float, colour: str) -> str:
    return f'<circle cx="{centre[0]:.1f}" cy="{centre[1]:.1f}" r="{radius:.1f}" fill="{colour}" fill-opacity="0.75"/>'


def legend(names: Sequence[str], x: float, y: float, pitch: float) -> list[str]:
    """A coloured square and a name for each reader, ``pitch`` pixels apart."""
    parts = []
    for number, name in enumerate(names):
        left = x + number * pitch
        parts += [rect(left, y, 12, 12, COLOURS[number % len(COLOURS)]), text(left + 17, y + 10, name)]
    return parts
