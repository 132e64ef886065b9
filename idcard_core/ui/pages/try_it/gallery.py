"""The wall of samples: thumbnails to click."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import streamlit as st

from idcard_core.specimen import Sample
from idcard_core.ui.samples import samples, thumbnail
from idcard_core.ui.shelf import Original
from idcard_core.ui.strings import Texts

_HERE = Path(__file__).parent
_WALL = st.components.v2.component(
    "idcard_gallery",
    css=(_HERE / "gallery.css").read_text("utf-8"),
    js=(_HERE / "gallery.js").read_text("utf-8"),
)


def pick_sample(
    key: str, texts: Texts, layout: Literal["side", "wide"] = "side", most: int | None = None
) -> Original | None:
    """Shows the samples, ``most`` of them at most; the one that was clicked just now, if one was."""
    shown = _varied(list(samples().values()), most)
    picked = _WALL(
        key=key,
        data={"label": texts("gallery.label"), "layout": layout, "items": [_item(sample, texts) for sample in shown]},
        on_picked_change=lambda: None,
    ).picked
    if picked is None or picked not in samples():
        return None
    return Original(picked, samples()[picked].path.read_bytes())


def _item(sample: Sample, texts: Texts) -> dict[str, str]:
    name, caption = sample.path.name, condition(sample, texts)
    return {"id": name, "thumbnail": thumbnail(sample.path), "title": f"{name} · {caption}", "caption": caption}


def condition(sample: Sample, texts: Texts) -> str:
    """What is special about a sample, in words."""
    name = sample.label.condition
    key = f"condition.{name}"
    return texts(key) if key in texts else name.replace("_", " ")


def _varied(everything: Sequence[Sample], most: int | None) -> Sequence[Sample]:
    """At most ``most``, taken at even distances, so that many conditions are among them."""
    if most is None or len(everything) <= most:
        return everything
    return [everything[number * len(everything) // most] for number in range(most)]
