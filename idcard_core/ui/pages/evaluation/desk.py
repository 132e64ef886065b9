"""What one visitor's session remembers of the page: small values; pictures, labels and results stay in the store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import streamlit as st

from idcard_core.evaluate.figures.behind import CardKey, Question
from idcard_core.ui.pages.evaluation.import_job import ImportJob

_KEY = "idcard.evaluation"


class View(str, Enum):
    """What stands in the main part of the page."""

    SAMPLES = "samples"
    RESULTS = "results"
    COMPARE = "compare"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell once, by the name of its words."""

    key: str
    is_good: bool = True


@dataclass(slots=True)
class EvaluationDesk:
    """One visitor at the page."""

    view: View | None = None
    set_id: int | None = None
    run_id: int | None = None
    other_id: int | None = None
    sample: CardKey | None = None
    """The labelled picture that is open."""
    seen: int | None = None
    """The version of its label that was shown last."""
    question: Question | None = None
    """The figure whose cards are open."""
    place: int = 0
    """The page of the open list of cards."""
    samples_page: int = 0
    changes_page: int = 0
    job: ImportJob | None = None
    round: int = 0
    """Grows with every import, so that its widgets start empty again."""
    notice: Notice | None = None

    def open_set(self, set_id: int | None) -> None:
        """Turn to another set."""
        self.set_id = set_id
        self.run_id = self.other_id = None
        self.samples_page = self.changes_page = 0
        self.sample = self.question = None

    def open_sample(self, key: CardKey) -> None:
        """Open a labelled picture, in place of a figure's cards."""
        self.sample, self.seen, self.question = key, None, None

    def ask(self, question: Question) -> None:
        """Open the cards behind a figure."""
        self.question, self.place = question, 0

    def turn_list(self, place: int) -> None:
        self.place = place

    def turn_samples(self, place: int) -> None:
        self.samples_page = place

    def turn_changes(self, place: int) -> None:
        self.changes_page = place

    def tell(self, key: str, is_good: bool = True) -> None:
        """Tell something at the next look."""
        self.notice = Notice(key, is_good)


def desk() -> EvaluationDesk:
    """That of the visitor whose script run this is."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = EvaluationDesk()
    found: EvaluationDesk = st.session_state[_KEY]
    return found
