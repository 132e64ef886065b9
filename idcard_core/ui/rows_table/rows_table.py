"""The list component: rows are opened by a click or Enter, ticked for what is done to several; an eye shows numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st

from idcard_core.ui.look import Tone
from idcard_core.ui.strings import Texts

_HERE = Path(__file__).parent
_WORDS = ("open", "tick", "tick_all", "show_number", "hide_number")
_COMPONENT = st.components.v2.component(
    "idcard_rows_table",
    css=(_HERE / "rows_table.css").read_text("utf-8"),
    js=(_HERE / "rows_table.js").read_text("utf-8"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """``id`` names it in rows, and is a class of its cells; ``least_px`` is how wide the table must be to have it."""

    id: str
    label: str
    least_px: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, as a badge where it has a tone; ``title`` is told by hovering; a ``masked`` one has an eye to show it,
    and a ``shown`` one to mask it again."""

    text: str
    tone: Tone | None = None
    title: str = ""
    masked: bool = False
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """``current``: it is what the page shows."""

    id: int
    cells: Mapping[str, Cell]
    current: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What people did: ``ticked`` stays from run to run, the others are of the run that they started."""

    opened: int | None
    eyed: int | None
    ticked: tuple[int, ...]


def rows_table(columns: Sequence[Column], rows: Sequence[Row], texts: Texts, key: str, tickable: bool = False) -> Told:
    """Show ``rows``; another ``key`` begins with nothing ticked."""
    told = _COMPONENT(
        key=key,
        data={
            "columns": [asdict(column) for column in columns],
            "rows": [{"id": row.id, "current": row.current, "cells": _cells(row)} for row in rows],
            "tickable": tickable,
            "words": {word: texts(f"rows.{word}") for word in _WORDS},
        },
        default={"ticked": []},
        on_opened_change=lambda: None,
        on_eyed_change=lambda: None,
        on_ticked_change=lambda: None,
    )
    here = {row.id for row in rows}
    return Told(told.opened, told.eyed, tuple(id for id in told.ticked or () if id in here))


def _cells(row: Row) -> dict[str, dict[str, object]]:
    return {name: asdict(cell) for name, cell in row.cells.items()}
