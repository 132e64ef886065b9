"""The session's state behind one typed accessor: small values, and a bounded shelf of encoded pictures."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

import streamlit as st

from idcard_core.ui.history import HistoryRow
from idcard_core.ui.pages.api.client import Exchange
from idcard_core.ui.pages.review.desk_state import Desk
from idcard_core.ui.shelf import Shelf
from idcard_core.ui.strings import Language

MOST_ROWS = 5000
"""History rows a session keeps, about 1 KB each."""
_KEY = "idcard.session"
_LANGUAGE_PARAMETER = "lang"


@dataclass(slots=True)
class Session:
    """Everything one visitor's session remembers."""

    language: Language = Language.ZH
    rows: deque[HistoryRow] = field(default_factory=lambda: deque(maxlen=MOST_ROWS))
    shown: int | None = None
    """Row id of the recognition on the page."""
    batch: tuple[int, ...] = ()
    """Row ids of the pictures handed in together last."""
    round: int = 0
    """Grows with every submission, so that input widgets start empty again."""
    shelf: Shelf = field(default_factory=Shelf)
    """The recent pictures."""
    begun: dict[tuple[str, int | None], HistoryRow] = field(default_factory=dict)
    """Rows of a submission that is not finished, by file (its token) and page: a click elsewhere reads none twice."""
    exchange: Exchange | None = None
    """The last call of the API, and its answer."""
    review: Desk = field(default_factory=Desk)
    """The reviewer at work."""
    bared: set[int] = field(default_factory=set)
    """Rows whose numbers are shown in full."""
    visitor: str = field(default_factory=lambda: uuid4().hex)
    """Names the session among all whose readings are kept."""
    _next_id: int = 1

    def next_id(self) -> int:
        """A new row id."""
        self._next_id += 1
        return self._next_id - 1

    def row(self, row_id: int | None) -> HistoryRow | None:
        """The history row called ``row_id``, if it is kept."""
        return next((row for row in reversed(self.rows) if row.id == row_id), None)

    def forget(self, row_ids: Collection[int]) -> None:
        """Drops rows and their pictures."""
        self.rows = deque((row for row in self.rows if row.id not in row_ids), MOST_ROWS)
        for row_id in row_ids:
            self.shelf.drop(row_id)

    def finish(self, batch: Sequence[HistoryRow], shown: HistoryRow | None) -> None:
        """Ends a submission and shows one of its pictures."""
        self.batch = tuple(row.id for row in batch)
        self.shown = None if shown is None else shown.id
        self.begun.clear()
        self.round += 1

    def speak(self, language: Language) -> None:
        """Switches the language, in the address as well, so that it can be kept as a bookmark."""
        self.language = language
        st.query_params[_LANGUAGE_PARAMETER] = language.value

    def keep_language(self) -> None:
        """Puts a language that was chosen into the address of another page, which comes without."""
        if self.language is not Language.ZH and _LANGUAGE_PARAMETER not in st.query_params:
            self.speak(self.language)


def session() -> Session:
    """The state of the visitor whose script run this is."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Session(language=_asked_language())
    state: Session = st.session_state[_KEY]
    return state


def _asked_language() -> Language:
    asked = st.query_params.get(_LANGUAGE_PARAMETER, "")
    return Language(asked) if asked in {language.value for language in Language} else Language.ZH
