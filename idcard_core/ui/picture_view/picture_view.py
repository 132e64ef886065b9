"""The picture component that pages share; it runs in the browser and calls the script only to tell what it is asked to.

    picture_view(
        [View("photo", texts("..."), image_url(jpeg), width, height, boxes, outlines, layers), ...],
        texts,
        key="picture",
        behaviour=Behaviour(selected="front.name", tells=True, drawing="offered"),
    ) -> Seen(selected="front.address" | None, drawn=Drawn(...) | None)

* A **view** is one picture with what lies on it; several are switched by tabs above it. Everything is placed in pixels
  of a size that the view names: the file behind ``image`` may be smaller.
* A **box** belongs to an element of the page, ``target``: any CSS selector, or else ``[data-box="<id>"]``. While
  pointer or focus is on the one, both light up (the element gets the attribute ``data-lit``); a click on the box
  scrolls to the element and focuses it, or the first input inside. The same id in two views is the same box.
* A **layer** is a picture with transparent parts laid over a quad of the view; people switch it on and off.
* Wheel or two fingers zoom, dragging moves, double click resets; ``+ - 0`` and the arrows do it by keyboard. Nothing of
  this runs the script. `Seen` is empty but in the one run that a click (``tells``) or a drawn rectangle started.
* The component keeps zoom, layers and the open view from run to run for as long as ``key`` stays the same.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import streamlit as st

from idcard_core.card import Points
from idcard_core.ui.look import Tone
from idcard_core.ui.strings import Texts

Corner = tuple[float, float]
_HERE = Path(__file__).parent
_WORDS = ("views", "layers", "boxes", "zoom_in", "zoom_out", "reset", "draw", "draw_hint", "hint")
_SCRIPTS = ("geometry", "parts", "page_links", "picture_view")
"""One module for the browser, in this order."""
_COMPONENT = st.components.v2.component(
    "idcard_picture_view",
    css=(_HERE / "picture_view.css").read_text("utf-8"),
    js="\n".join((_HERE / f"{name}.js").read_text("utf-8") for name in _SCRIPTS),
)


@dataclass(frozen=True, slots=True)
class Box:
    """A polygon that can be hovered and clicked; ``lines`` are told beside the pointer, below ``label``."""

    id: str
    label: str
    tone: Tone
    points: Sequence[Corner]
    lines: Sequence[str] = ()
    target: str = ""
    """Selects the page's element that the box belongs to; empty: ``[data-box="<id>"]``."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A dotted polygon, such as a card's edge, with a small number at its corner, or none."""

    points: Sequence[Corner]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """A picture laid over the quad ``points``; layers of one name, on several cards, are switched together."""

    name: str
    label: str
    image: str
    points: Sequence[Corner]
    shown: bool = False
    """Whether it is seen before anybody switched it."""


@dataclass(frozen=True, slots=True)
class View:
    """One picture, a URL or nothing for a blank one, and what lies on it."""

    id: str
    label: str
    image: str
    width: int
    height: int
    boxes: Sequence[Box] = ()
    outlines: Sequence[Outline] = ()
    layers: Sequence[Layer] = ()


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What the component does beyond showing.

    ``selected``: the box that the page has chosen. ``tells``: a click on a box runs the script. ``follows``: zooms to
    the chosen box. ``drawing``: ``offered`` has a button to draw a rectangle, ``on`` begins with it. The picture is
    ``lowest_px`` to ``highest_px`` high, by its proportions.
    """

    selected: str | None = None
    tells: bool = False
    follows: bool = False
    drawing: Literal["off", "offered", "on"] = "off"
    lowest_px: int = 300
    highest_px: int = 520


@dataclass(frozen=True, slots=True)
class Drawn:
    """A rectangle drawn by hand, in the view's pixels."""

    view: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What has just been done in the picture."""

    selected: str | None = None
    drawn: Drawn | None = None


def picture_view(
    views: Sequence[View], texts: Texts, key: str, behaviour: Behaviour | None = None, alt: str = ""
) -> Seen:
    """Show ``views``, the first one at first; ``alt`` says what is seen to who cannot see it."""
    told = _COMPONENT(
        key=key,
        data={
            "views": [asdict(view) for view in views],
            "alt": alt,
            "words": {word: texts(f"picture_view.{word}") for word in _WORDS},
            **asdict(behaviour or Behaviour()),
        },
        on_selected_change=lambda: None,
        on_drawn_change=lambda: None,
    )
    return Seen(told.selected, None if told.drawn is None else Drawn(**told.drawn))


def image_url(content: bytes, kind: Literal["jpeg", "png"] = "jpeg") -> str:
    """An encoded picture as a URL that holds it."""
    return f"data:image/{kind};base64,{b64encode(content).decode('ascii')}"


def corners(points: Points) -> tuple[Corner, ...]:
    """Points as the component takes them, to a tenth of a pixel."""
    return tuple((float(x), float(y)) for x, y in np.round(points.astype(float), 1))
