"""The queue: which items there are for a filter, the worst first, and which stands before and after another."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Engine, and_, exists, func, or_, select

from idcard_core.store.columns import has_word
from idcard_core.store.review.items import WHOLE_QUEUE, Item, QueueFilter
from idcard_core.store.review.project import State
from idcard_core.store.review.record import item_from
from idcard_core.store.tables import REVIEW_EVENTS, REVIEW_ITEMS

PAGE = 50
_C = REVIEW_ITEMS.c
_WORST_FIRST = (_C.priority.desc(), _C.id.asc())
_BEST_FIRST = (_C.priority.asc(), _C.id.desc())


class Queue:
    """Items in a database, to look at. Every method is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, wanted: QueueFilter = WHOLE_QUEUE, limit: int = PAGE, offset: int = 0) -> list[Item]:
        """``limit`` items, the worst first, after ``offset`` worse ones."""
        return self._items(_conditions(wanted), limit, offset)

    def count(self, wanted: QueueFilter = WHOLE_QUEUE) -> int:
        query = select(func.count()).select_from(REVIEW_ITEMS).where(*_conditions(wanted))
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def states(self) -> dict[State, int]:
        """How many items there are in each state."""
        with self._engine.connect() as connection:
            counted = connection.execute(select(_C.state, func.count()).group_by(_C.state))
            found = {State(row[0]): int(row[1]) for row in counted}
        return {state: found.get(state, 0) for state in State}

    def next(self, item: Item, wanted: QueueFilter = WHOLE_QUEUE) -> Item | None:
        """The item after ``item``, which itself need not pass the filter any more."""
        behind = or_(_C.priority < item.priority, and_(_C.priority == item.priority, _C.id > item.id))
        return next(iter(self._items([*_conditions(wanted), behind], 1)), None)

    def previous(self, item: Item, wanted: QueueFilter = WHOLE_QUEUE) -> Item | None:
        """The item before ``item``."""
        ahead = or_(_C.priority > item.priority, and_(_C.priority == item.priority, _C.id < item.id))
        query = select(REVIEW_ITEMS).where(*_conditions(wanted), ahead).order_by(*_BEST_FIRST).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else item_from(row)

    def reviewers(self) -> list[str]:
        """Everybody who made an event, in alphabetical order."""
        with self._engine.connect() as connection:
            query = select(REVIEW_EVENTS.c.reviewer).distinct().order_by(REVIEW_EVENTS.c.reviewer)
            return list(connection.execute(query).scalars())

    def conditions(self) -> list[str]:
        """Every condition that an item has, in alphabetical order."""
        with self._engine.connect() as connection:
            query = select(_C.condition).where(_C.condition != "").distinct().order_by(_C.condition)
            return list(connection.execute(query).scalars())

    def _items(self, conditions: list[ColumnElement[bool]], limit: int, offset: int = 0) -> list[Item]:
        query = select(REVIEW_ITEMS).where(*conditions).order_by(*_WORST_FIRST).limit(limit).offset(offset)
        with self._engine.connect() as connection:
            return [item_from(row) for row in connection.execute(query)]


def _conditions(wanted: QueueFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.state is not None:
        found.append(_C.state == wanted.state.value)
    if wanted.reason is not None:
        found.append(has_word(_C.reasons, wanted.reason))
    if wanted.confidence is not None:
        found.append(_C.confidence <= wanted.confidence)
    if wanted.status is not None:
        found.append(_C.status == wanted.status.value)
    if wanted.condition is not None:
        found.append(_C.condition == wanted.condition)
    if wanted.reviewer is not None:
        found.append(
            exists().where(REVIEW_EVENTS.c.item_id == _C.id, REVIEW_EVENTS.c.reviewer == wanted.reviewer),
        )
    return found
