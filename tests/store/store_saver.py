"""A process that only saves, until it is killed: pictures, items and events; it tells each that is confirmed."""

from __future__ import annotations

from multiprocessing.connection import Connection

from store_builders import NOW, a_picture, an_entry, an_item

from idcard_core.card import FieldName
from idcard_core.settings import Settings
from idcard_core.store.review.actions import ChangeField
from idcard_core.store.store import open_store

EVENTS = 4
"""Of each item."""
PICTURE_BYTES = 200_000


def value(version: int) -> str:
    """What the event says that brings an item to ``version``; too long for one page of a database."""
    return f"{version} " * 6000


def save(settings: Settings, told: Connection, seed: int) -> None:
    """Save for ever, and tell the number of an item and its version after each event."""
    store = open_store(settings)
    while True:
        sha256 = store.pictures.keep(a_picture(seed, PICTURE_BYTES), NOW)
        item = an_item(store, seed, sha256=sha256)
        for version in range(1, EVENTS + 1):
            change = ChangeField(0, FieldName.ADDRESS, value(version))
            store.review.record(an_entry(item, change, seen=version - 1))
            told.send((item, version))
        seed += 1
