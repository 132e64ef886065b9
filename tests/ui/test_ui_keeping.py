"""Recognitions kept beyond their session."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from ui_readings import TEXTS, make_card, make_exhibit, make_reading, make_row

from idcard_core import contract
from idcard_core.card import FieldName, ReadOptions, Side
from idcard_core.settings import Settings, StoreSettings
from idcard_core.store.store import Store, open_store
from idcard_core.ui import keeping
from idcard_core.ui.history import Failure
from idcard_core.ui.service import Outcome

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))
from store_builders import NOW, a_label, a_sample

SHA = "0" * 64  # of every reading here
NOW_HERE = datetime(2026, 3, 1, 20, tzinfo=timezone.utc)
READING = make_reading(make_card(), options=ReadOptions(direction=True, risk=True, photo=True, detail=True))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """That the settings say to keep readings in."""
    pictures = StoreSettings(pictures_folder=tmp_path / "pictures", keep_readings=True)
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'store.db'}", store=pictures)
    opened = open_store(settings)
    monkeypatch.setattr(keeping, "settings", lambda: settings)
    monkeypatch.setattr(keeping, "store", lambda: opened)
    return opened


def an_outcome(**changes: object) -> Outcome:
    """Of a front that was read."""
    row = make_row(5, time=NOW_HERE, sides=(Side.FRONT,), log_id=77, sha256=SHA, **changes)
    answer = contract.to_json(contract.render(READING, 77))
    assert len(json.loads(answer)["photo"]) > 100
    return Outcome(row, make_exhibit(5, reading=READING, wire_detail=answer))


def test_a_reading_is_kept_with_its_answer_but_without_its_portrait(store: Store) -> None:
    row = keeping.keep(an_outcome(marks={FieldName.NAME: True}), "visitor")
    (kept,) = store.readings.page()
    assert row.kept == kept.id
    assert (kept.occasion.session, kept.occasion.log_id, kept.occasion.time) == ("visitor", 77, NOW_HERE)
    assert kept.marks == {FieldName.NAME: True}
    answer = json.loads(store.readings.answer(kept.id) or "")
    assert answer["photo"] == ""
    assert answer["msg"]["name"] == TEXTS[FieldName.NAME]


def test_a_reading_is_marked_by_the_store_s_labels_of_its_picture(store: Store) -> None:
    label = replace(a_label("另一个名字"))
    store.samples.add(store.samples.make_set("set", "author", NOW), [a_sample(SHA, label)])
    row = keeping.keep(an_outcome(marks={FieldName.NAME: True}), "visitor")
    assert row.marks[FieldName.NAME] is False
    assert store.readings.page()[0].marks == row.marks


def test_an_error_is_kept_too(store: Store) -> None:
    failed = make_row(6, time=NOW_HERE, failure=Failure(462, "image decode error"), page=2)
    row = keeping.keep(Outcome(failed), "visitor")
    (kept,) = store.readings.page()
    assert row.kept == kept.id
    assert kept.failed is not None
    assert (kept.failed.code, kept.page, kept.status) == (462, 2, None)
    assert store.readings.answer(kept.id) is None


def test_nothing_is_kept_where_the_settings_do_not_say_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "settings", Settings)
    outcome = an_outcome()
    assert keeping.keep(outcome, "visitor") == outcome.row
    assert store.readings.count() == 0


def test_without_the_store_the_session_has_its_row_and_knows_what_it_lacks(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed() -> Store:
        raise OperationalError("", {}, Exception("refused"))

    monkeypatch.setattr(keeping, "store", closed)
    outcome = an_outcome()
    assert keeping.keep(outcome, "visitor") == replace(outcome.row, lost=True)
