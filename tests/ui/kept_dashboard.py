"""A dashboard whose store the test fills and looks into, and a visitor with a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from pydantic import SecretStr
from store_builders import a_reading, an_occasion
from ui_readings import ALL, make_card, make_reading

from idcard_core import contract
from idcard_core.card import FieldName, Side
from idcard_core.settings import Settings, StoreSettings
from idcard_core.store.readings.rows import Failed
from idcard_core.store.store import Store, open_store

PATIENCE_MS = 90_000
"""A machine may be busy with other tests."""


@contextmanager
def a_visit(browser: Browser, address: str) -> Iterator[Page]:
    """A page of a fresh profile; errors of its scripts fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, accept_downloads=True)
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page, broken = context.new_page(), []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(address)
    try:
        page.locator(".id-brand").wait_for()
        yield page
    finally:
        context.close()
    assert broken == []


def store_in(folder: Path, key: str | None = None) -> Store:
    """The store of a dashboard whose data folder is ``folder``; for this process too."""
    folder.mkdir(exist_ok=True)
    return open_store(
        Settings(
            database_url=f"sqlite:///{folder / 'idcard.db'}",
            store=StoreSettings(pictures_folder=folder / "pictures"),
            store_key=None if key is None else SecretStr(key),
        )
    )


def answer_of(*sides: Side) -> str:
    """What is kept of a reading of cards, each with all its fields."""
    reading = make_reading(*(make_card(side) for side in sides), options=replace(ALL, detail=True))
    return contract.to_json(contract.render(reading, 7))


def keep_many(store: Store, count: int = 120) -> None:
    """One reading an hour, the newest an hour ago: each tenth failed, each tenth differs from its label."""
    now = datetime.now(timezone.utc)
    answer = answer_of(Side.FRONT)
    for place in range(count):
        occasion = an_occasion(now - timedelta(hours=count - place), f"kept_{place:03d}.jpg", log_id=1000 + place)
        row = a_reading(
            occasion,
            sha256=f"{place:064x}",
            milliseconds=100.0 + place,
            number="1101**********002X",
            doubted=(FieldName.ADDRESS,) if place % 10 == 3 else (),
            marks={FieldName.NAME: place % 10 != 5, FieldName.SEX: True},
        )
        if place % 10 == 7:
            failed = Failed(462, "image decode error")
            row = replace(row, status=None, risk=None, sides=(), sha256=None, marks={}, failed=failed, number="")
        store.readings.keep(row, None if row.failed else answer)
