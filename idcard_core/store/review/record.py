"""Between items and events and the columns of their rows."""

from __future__ import annotations

from sqlalchemy import Row

from idcard_core.card import ImageStatus, RiskType
from idcard_core.store.review.actions import KINDS, Entry, Event, seal_action, unseal_action
from idcard_core.store.review.items import Item, NewItem
from idcard_core.store.review.project import State
from idcard_core.store.sealing import Sealing
from idcard_core.store.tables import REVIEW_EVENTS, REVIEW_ITEMS


def item_columns(new: NewItem) -> dict[str, object]:
    """Of an item before any event."""
    return {
        "sha256": new.sha256,
        "page": new.page or 0,
        "reading_id": new.reading,
        "created": new.time,
        "reasons": new.reasons,
        "priority": new.urgency,
        "confidence": new.confidence,
        "status": new.status and new.status.value,
        "risk": new.risk and new.risk.value,
        "direction": new.direction,
        "condition": new.condition,
        "state": State.PENDING.value,
        "version": 0,
        "reviewer": "",
        "updated": new.time,
    }


def item_from(row: Row[tuple[object, ...]]) -> Item:
    """From a whole row of the table."""
    of, c = row._mapping, REVIEW_ITEMS.c
    return Item(
        id=of[c.id],
        sha256=of[c.sha256],
        page=of[c.page] or None,
        reading=of[c.reading_id],
        created=of[c.created],
        reasons=of[c.reasons],
        priority=of[c.priority],
        confidence=of[c.confidence],
        status=None if of[c.status] is None else ImageStatus(of[c.status]),
        risk=None if of[c.risk] is None else RiskType(of[c.risk]),
        direction=of[c.direction],
        condition=of[c.condition],
        state=State(of[c.state]),
        version=of[c.version],
        reviewer=of[c.reviewer],
        updated=of[c.updated],
    )


def event_columns(entry: Entry, version: int, sealing: Sealing) -> dict[str, object]:
    """Of an entry that brings its item to ``version``."""
    return {
        "item_id": entry.item,
        "version": version,
        "seen": entry.seen,
        "kind": KINDS[type(entry.action)],
        "reviewer": entry.reviewer,
        "time": entry.time,
        "forced": entry.seen != version - 1,
        "payload": seal_action(entry.action, sealing),
    }


def event_from(row: Row[tuple[object, ...]], sealing: Sealing) -> Event:
    """From a whole row of the table."""
    of, c = row._mapping, REVIEW_EVENTS.c
    return Event(
        item=of[c.item_id],
        action=unseal_action(of[c.kind], of[c.payload], sealing),
        reviewer=of[c.reviewer],
        time=of[c.time],
        seen=of[c.seen],
        version=of[c.version],
        forced=of[c.forced],
    )
