"""Items and their log of events. An event is one transaction, which holds its item's row from its first statement on.

The log is only ever added to; the database itself refuses to change an event. An item's state is what its events come
to, kept beside them for the queue.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from idcard_core.store.columns import insert_new
from idcard_core.store.database import scrub
from idcard_core.store.errors import Conflict, NotKept
from idcard_core.store.files import HashedFiles
from idcard_core.store.pictures import remove_unused
from idcard_core.store.review.actions import Entry, Event
from idcard_core.store.review.agreement import Judged
from idcard_core.store.review.items import Item, NewItem, OpenItem
from idcard_core.store.review.project import project, verdict_of
from idcard_core.store.review.queue import Queue
from idcard_core.store.review.record import event_columns, event_from, item_columns, item_from
from idcard_core.store.sealing import Sealing
from idcard_core.store.tables import REVIEW_ANSWERS, REVIEW_EVENTS, REVIEW_ITEMS

_ANSWER = "review answer"
_C, _E = REVIEW_ITEMS.c, REVIEW_EVENTS.c


class ReviewTable:
    """Review in a database. Every method is a transaction of its own; ``queue`` looks at the items."""

    def __init__(self, engine: Engine, files: HashedFiles, sealing: Sealing) -> None:
        self._engine = engine
        self._files = files
        self._sealing = sealing
        self.queue = Queue(engine)

    def add(self, new: NewItem) -> int:
        """Put a picture into the queue; its item's number. An item that is there already stays as it is.

        Raises NotKept where the picture or the reading is not kept.
        """
        try:
            with self._engine.begin() as connection:
                added = insert_new(connection, REVIEW_ITEMS, item_columns(new))
                query = select(_C.id).where(_C.sha256 == new.sha256, _C.page == (new.page or 0))
                id = int(connection.execute(query).scalar_one())
                if added:
                    sealed = self._sealing.seal(new.answer.encode("utf-8"), _ANSWER)
                    connection.execute(insert(REVIEW_ANSWERS).values(item_id=id, answer=sealed))
        except IntegrityError:
            raise NotKept("picture or reading of a review item") from None
        return id

    def record(self, entry: Entry, force: bool = False) -> Item:
        """Write an event into the log; the item after it.

        ``force``: also where somebody else has changed the item since the version that the reviewer saw, which the
        event then tells. Raises Conflict without it, NotKept, NothingToUndo.
        """
        with self._engine.begin() as connection:
            version = self._hold(connection, entry, force) + 1
            connection.execute(insert(REVIEW_EVENTS).values(event_columns(entry, version, self._sealing)))
            verdict = project(self._events(connection, _E.item_id == entry.item))
            changed = {
                "state": verdict.state.value,
                "version": version,
                "reviewer": entry.reviewer,
                "updated": entry.time,
            }
            connection.execute(update(REVIEW_ITEMS).where(_C.id == entry.item).values(changed))
            return item_from(connection.execute(select(REVIEW_ITEMS).where(_C.id == entry.item)).one())

    def get(self, id: int) -> Item | None:
        return self._item(_C.id == id)

    def of_picture(self, sha256: str, page: int | None = None) -> Item | None:
        """The item of a picture, if it was ever sent to review."""
        return self._item(and_(_C.sha256 == sha256, _C.page == (page or 0)))

    def open(self, id: int) -> OpenItem:
        """An item with everything that a reviewer needs. Raises NotKept."""
        with self._engine.connect() as connection:
            answer = connection.execute(select(REVIEW_ANSWERS.c.answer).where(REVIEW_ANSWERS.c.item_id == id)).scalar()
            row = connection.execute(select(REVIEW_ITEMS).where(_C.id == id)).first()
            if row is None or answer is None:
                raise NotKept("review item")
            item = item_from(row)
            # Another reviewer may have written since: what is shown is the version that it says it is.
            events = self._events(connection, and_(_E.item_id == id, _E.version <= item.version))
        text = self._sealing.unseal(answer, _ANSWER).decode("utf-8")
        return OpenItem(item, text, tuple(events), project(events))

    def judged_by(self, one: str, other: str) -> list[Judged]:
        """The items that both reviewers called done, as each of them left them."""
        mine, theirs = (select(_E.item_id).where(_E.reviewer == reviewer) for reviewer in (one, other))
        both = and_(_C.id.in_(mine), _C.id.in_(theirs))
        with self._engine.connect() as connection:
            items = [item_from(row) for row in connection.execute(select(REVIEW_ITEMS).where(both).order_by(_C.id))]
            ids = select(_C.id).where(both)
            events: dict[int, list[Event]] = {}
            for event in self._events(connection, _E.item_id.in_(ids)):
                events.setdefault(event.item, []).append(event)
        found = ((item, verdict_of(events[item.id], one), verdict_of(events[item.id], other)) for item in items)
        return [Judged(item, a, b) for item, a, b in found if a is not None and b is not None]

    def delete(self, id: int) -> None:
        """Delete an item with its events, and its picture if nothing else uses it, without a trace.

        Raises StillInUse, see `scrub`.
        """
        with self._engine.begin() as connection:
            gone = connection.execute(delete(REVIEW_ITEMS).where(_C.id == id).returning(_C.sha256)).scalar()
            if gone is not None:
                remove_unused(connection, self._files, gone)
        scrub(self._engine)

    def _hold(self, connection: Connection, entry: Entry, force: bool) -> int:
        """Hold the item's row until the transaction ends; its version."""
        held = update(REVIEW_ITEMS).where(_C.id == entry.item).values(version=_C.version)
        row = connection.execute(held.returning(_C.version, _C.reviewer, _C.updated)).first()
        if row is None:
            raise NotKept("review item")
        version = int(row[0])
        if version != entry.seen and not force:
            raise Conflict(entry.seen, version, row[1], row[2])
        return version

    def _events(self, connection: Connection, which: ColumnElement[bool]) -> Sequence[Event]:
        rows = connection.execute(select(REVIEW_EVENTS).where(which).order_by(_E.item_id, _E.version))
        return [event_from(row, self._sealing) for row in rows]

    def _item(self, which: ColumnElement[bool]) -> Item | None:
        with self._engine.connect() as connection:
            row = connection.execute(select(REVIEW_ITEMS).where(which)).first()
        return None if row is None else item_from(row)
