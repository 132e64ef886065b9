"""What is deleted leaves nothing: neither in the database's files nor among the pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from store_builders import (
    NOW,
    a_card,
    a_label,
    a_picture,
    a_reading,
    a_result,
    a_run,
    a_sample,
    an_entry,
    an_item,
    later,
)
from store_traces import forms, traces

from idcard_core.card import FieldName
from idcard_core.evaluate.outcomes import CardOutcome, FieldOutcome
from idcard_core.settings import Settings, StoreSettings
from idcard_core.store import database
from idcard_core.store.database import open_database
from idcard_core.store.errors import StillInUse
from idcard_core.store.review.actions import Accept, ChangeField
from idcard_core.store.store import Store, open_store
from idcard_core.store.tables import READINGS
from idcard_core.store.upkeep import Purged

PICTURE = a_picture(77)
SHA = PICTURE.sha256
SECRETS = {
    "read": "尉迟秘读",
    "labelled": "尉迟秘签",
    "changed": "尉迟秘改",
    "evaluated": "尉迟秘评",
    "named": "尉迟秘名",
}


@dataclass(frozen=True, slots=True)
class Filled:
    """A store with one picture in every table, among much else, and the numbers of its rows."""

    store: Store
    set_id: int
    run: int
    reading: int
    item: int


@pytest.fixture
def filled(store: Store) -> Filled:
    """The picture's rows stand in the middle of others, so that they share pages with what stays."""
    set_id, other_set = (store.samples.make_set(name, "甲", NOW) for name in ("set", "other"))
    run, other_run = store.runs.begin(a_run(set_id)), store.runs.begin(a_run(other_set))
    found: Filled | None = None
    for seed in range(12):
        if seed == 6:
            found = _fill(store, set_id, run)
        sha256 = a_picture(seed).sha256
        store.readings.keep(a_reading(sha256=sha256), f'{{"filling": "{seed * 7919}"}}' * 40)
        store.samples.add(other_set, [a_sample(sha256)])
        store.runs.add(other_run, a_result(sha256))
        store.review.record(an_entry(an_item(store, seed, time=later(days=9)), Accept(), time=later(days=9)))
    assert found is not None
    return found


def _fill(store: Store, set_id: int, run: int) -> Filled:
    occasion = a_reading().occasion
    named = type(occasion)(NOW, "session", f"{SECRETS['named']}.jpg", "openvino", 1)
    store.pictures.keep(PICTURE, NOW)
    reading = store.readings.keep(a_reading(named, sha256=SHA), f'{{"name": "{SECRETS["read"]}"}}' * 300)
    item = an_item(store, 77, reading=reading, answer=f'{{"name": "{SECRETS["read"]}"}}' * 300)
    store.review.record(an_entry(item, ChangeField(0, FieldName.NAME, SECRETS["changed"])))
    store.samples.add(set_id, [a_sample(SHA, a_label(SECRETS["labelled"]), has_picture=True)])
    store.samples.add(set_id, [a_sample(SHA, a_label(SECRETS["labelled"] + "二"), has_picture=True)])
    judged = FieldOutcome(FieldName.NAME, SECRETS["labelled"], SECRETS["evaluated"], 0.5)
    store.runs.add(run, a_result(SHA, CardOutcome(a_card().side, (judged,))))
    return Filled(store, set_id, run, reading, item)


def wanted() -> dict[str, bytes]:
    """Every form of every secret, of the picture and of its hash."""
    texts = {f"{name} {n}": form for name, text in SECRETS.items() for n, form in enumerate(forms(text))}
    pieces = {f"picture from {at}": PICTURE.content[at : at + 32] for at in range(0, 3000, 500)}
    return {**texts, **pieces, "hash": SHA.encode(), "raw hash": bytes.fromhex(SHA)}


EVERYTHING = {"hash", *(f"{name} 0" for name in SECRETS), *(f"picture from {at}" for at in range(0, 3000, 500))}


def test_a_forgotten_picture_leaves_no_trace(filled: Filled, settings: Settings) -> None:
    assert traces(filled.store, settings, wanted()) == EVERYTHING
    before = filled.store.upkeep.traces(SHA)
    assert before.any
    assert before.readings > 0
    filled.store.upkeep.forget(SHA)
    assert not filled.store.upkeep.traces(SHA).any
    assert traces(filled.store, settings, wanted()) == set()
    assert filled.store.upkeep.usage().readings == 12


Deletion = Callable[[Filled], object]


@pytest.mark.parametrize(
    ("delete", "gone"),
    [
        pytest.param(lambda f: f.store.readings.delete([f.reading]), {"named 0"}, id="reading"),
        pytest.param(lambda f: f.store.review.delete(f.item), {"changed 0"}, id="review item"),
        pytest.param(lambda f: f.store.runs.delete(f.run), {"evaluated 0"}, id="run"),
        pytest.param(lambda f: f.store.samples.delete(f.set_id, SHA), {"labelled 0", "evaluated 0"}, id="sample"),
        pytest.param(lambda f: f.store.samples.delete_set(f.set_id), {"labelled 0", "evaluated 0"}, id="set"),
    ],
)
def test_a_deleted_thing_leaves_no_trace_of_its_own(
    filled: Filled, settings: Settings, delete: Deletion, gone: set[str]
) -> None:
    delete(filled)
    assert traces(filled.store, settings, wanted()) == EVERYTHING - gone


def test_a_purge_removes_what_is_kept_too_long_and_leaves_no_trace(filled: Filled, settings: Settings) -> None:
    short = settings.model_copy(
        update={"store": StoreSettings(pictures_folder=settings.store.pictures_folder, retention_days=7)}
    )
    store = open_store(short)
    assert store.upkeep.purge(later(days=7)) == Purged(0, 0, 0)
    filled.store.samples.delete_set(filled.set_id)
    assert store.upkeep.purge(later(days=7, seconds=1)) == Purged(readings=13, review_items=1, pictures=1)
    assert traces(filled.store, settings, wanted()) == set()
    assert store.upkeep.usage().review_items == 12
    store.close()


def test_for_ever_is_for_ever(filled: Filled) -> None:
    assert filled.store.upkeep.purge(later(days=36500)) == Purged(0, 0, 0)


def test_labelled_sets_outlive_a_purge(filled: Filled, settings: Settings) -> None:
    short = settings.model_copy(
        update={"store": StoreSettings(pictures_folder=settings.store.pictures_folder, retention_days=1)}
    )
    store = open_store(short)
    store.upkeep.purge(later(days=365))
    assert store.pictures.read(SHA) == PICTURE.content
    usage = store.upkeep.usage()
    assert (usage.readings, usage.review_items, usage.review_events) == (0, 0, 0)
    assert (usage.samples, usage.runs, usage.pictures) == (14, 2, 1)
    store.close()


def test_storage_in_use(filled: Filled) -> None:
    usage = filled.store.upkeep.usage()
    assert usage.picture_bytes == 13 * 3000
    assert usage.database_bytes > 100_000
    assert (usage.pictures, usage.readings, usage.review_items, usage.review_events) == (13, 13, 13, 13)
    assert (usage.samples, usage.runs) == (14, 2)


def test_traces_that_others_hold_are_told(filled: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    if filled.store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's files are its own")
    monkeypatch.setattr(database, "PRAGMAS", (*database.PRAGMAS, "busy_timeout=50"))
    filled.store.engine.dispose()
    reader = open_database(Settings(database_url=str(filled.store.engine.url)))
    with reader.connect() as connection, connection.execute(select(READINGS.c.id)) as rows:
        rows.fetchone()
        with pytest.raises(StillInUse):
            filled.store.upkeep.forget(SHA)
    reader.dispose()
    filled.store.upkeep.purge(NOW)
