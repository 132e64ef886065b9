"""What the page remembers between runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

Scope = Literal["session", "kept"]
_KEY = "idcard.history"


@dataclass(slots=True)
class Desk:
    """Small values only."""

    page: int = 0
    """Of the list, from 0."""
    asked: object = None
    """What the list was asked for; another question begins at the first page."""
    opened: int | None = None
    """The reading that is looked at."""
    bared: set[int] = field(default_factory=set)
    """Readings whose numbers are shown in full."""
    said: str = ""
    """What has just been done, to be told once."""

    def ask(self, question: object) -> None:
        """Begins at the first page where the question is another one."""
        if question != self.asked:
            self.asked, self.page = question, 0
            self.bared.clear()

    def flip(self, reading: int) -> None:
        """Shows a number, or masks it again."""
        self.bared.symmetric_difference_update({reading})


def desk() -> Desk:
    """That of the visitor whose script run this is."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Desk()
    found: Desk = st.session_state[_KEY]
    return found
