"""What one reviewer's session remembers of the page: small values; pictures and answers stay in the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any
from uuid import uuid4

from idcard_core.store.review.items import QueueFilter
from idcard_core.store.review.project import State
from idcard_core.ui.look import Tone

MOST_REMEMBERED = 200
"""Items gone through, and events that may be undone one after another."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell once, by the name of its words."""

    key: str
    tone: Tone
    values: Mapping[str, object] = field(default_factory=dict)
    id: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody else was there first: who and when, and what was about to be done on the version seen."""

    by: str
    time: datetime
    seen: int
    message: Mapping[str, object] = field(repr=False)


@dataclass(slots=True)
class Desk:
    """One reviewer at work."""

    reviewer: str = ""
    asks_name: bool = False
    """Whether another name is wanted than the one that the browser remembers."""
    wanted: QueueFilter = field(default_factory=lambda: QueueFilter(state=State.PENDING))
    page: int = 0
    item: int | None = None
    visited: list[int] = field(default_factory=list)
    trail: list[int] = field(default_factory=list)
    """Items of the events of this session that are not undone, the latest last."""
    known: dict[int, int] = field(default_factory=dict)
    """Versions of items after the latest event of this session."""
    acked: int = 0
    """The browser's latest message that was handled."""
    notice: Notice | None = None
    clash: Clash | None = None
    reread: Mapping[str, object] | None = None
    """What stands in the box that was drawn last."""
    shown: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """What the browser was told last: words and values, no picture."""
    after: tuple[str, int | None] | None = None
    """The picture that will be wanted next."""
    token: str = field(default_factory=lambda: uuid4().hex)
    turn: Lock = field(default_factory=Lock, repr=False)
    """Held while a message is handled: Streamlit starts a session's next run while a callback of the last one waits."""

    @property
    def is_shown(self) -> bool:
        """Whether the open item is on the screen."""
        return bool(self.shown) and self.item is not None and self.shown["item"]["id"] == self.item

    def go_to(self, item: int | None) -> None:
        """Open another item; the way back is remembered."""
        if self.item is not None and item != self.item:
            self.visited = [*self.visited[-MOST_REMEMBERED:], self.item]
        self.item = item
        self.clash = self.reread = None

    def go_back(self) -> bool:
        """Open the item that was open before; whether there was one."""
        if not self.visited:
            return False
        self.item = self.visited.pop()
        self.clash = self.reread = None
        return True

    def did(self, item: int, version: int) -> None:
        """Remember an event of this session."""
        self.trail = [*self.trail[-MOST_REMEMBERED:], item]
        self.known[item] = version

    def tell(self, key: str, tone: Tone = Tone.INFO, **values: object) -> None:
        """Tell something at the next look."""
        self.notice = Notice(key, tone, values)
