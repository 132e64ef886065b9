"""What the review page does with an answer, with messages of the browser and with finished items; no browser here."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path
from threading import Event as Signal

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from review_items import NOW, answer_of, fronts, put, put_mistakes, store_in

from idcard_core.card import FieldName, ImageStatus, Side
from idcard_core.store.errors import Damaged
from idcard_core.store.review.actions import Accept, ChangeField, Entry, LabelStatus, NotACard, Undo
from idcard_core.store.review.items import QueueFilter
from idcard_core.store.review.project import Place, State
from idcard_core.store.store import Store
from idcard_core.ui.look import Tone
from idcard_core.ui.pages.review.answer import cards_of
from idcard_core.ui.pages.review.checks import Checks, check
from idcard_core.ui.pages.review.desk_state import Desk
from idcard_core.ui.pages.review.export import Target, export, label_of
from idcard_core.ui.pages.review.moves import Moves, values_of
from idcard_core.ui.pages.review.presence import FORGOTTEN_AFTER, Presence
from idcard_core.ui.pages.review.reviewer_panel import clean_name
from idcard_core.ui.pages.review.views import View, Views, Which
from idcard_core.ui.strings import Language, Texts

ZH = Texts(Language.ZH)
NAME: Place = (0, FieldName.NAME)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database to copy."""
    folder = tmp_path_factory.mktemp("empty")
    store_in(folder).close()
    return folder / "idcard.db"


@pytest.fixture
def store(tmp_path: Path, empty: Path) -> Iterator[Store]:
    shutil.copy(empty, tmp_path)
    opened = store_in(tmp_path)
    yield opened
    opened.close()


def at_work(store: Store, item: int, name: str = "甲") -> tuple[Desk, Moves]:
    desk = Desk(reviewer=name, item=item)
    return desk, Moves(desk, lambda: store, Presence())


def message(seq: int, kind: str, item: int, version: int = 0, **more: object) -> dict[str, object]:
    return {"seq": seq, "kind": kind, "item": item, "version": version, "values": {}, **more}


def actions(store: Store, item: int) -> list[object]:
    return [event.action for event in store.review.open(item).events]


# answers


def test_an_answer_is_opened_with_its_doubts_and_places() -> None:
    sample = fronts()[0]
    (card,) = cards_of(answer_of(sample, (10, 10), {FieldName.NAME: "某"}), {})
    assert card.side is Side.FRONT
    assert [read.name for read in card.fields if read.reasons] == [FieldName.NAME]
    assert {read.name: read.text for read in card.fields if not read.reasons} == {
        name: text for name, text in sample.label.cards[0].fields.items() if name is not FieldName.NAME
    }


def test_a_field_that_was_not_found_has_the_place_where_it_is_printed() -> None:
    corners = [[100, 0], [956, 0], [956, 540], [100, 540]]  # the card frame, moved to the right
    field = {"text": "", "confidence": 0, "polygon": None}
    card = {"side": "front", "corners": corners, "doubts": [], "fields": {"idcardno": field}}
    (read,) = cards_of(json.dumps({"detail": {"cards": [card]}}), {})[0].fields
    assert not read.found
    assert read.quad is not None
    assert read.quad.min(axis=0)[0] == pytest.approx(350)
    assert 400 < read.quad.mean(axis=0)[1] < 500


@pytest.mark.parametrize(
    ("corners", "degrees"),
    [
        pytest.param([[0, 0], [9, 0], [9, 5], [0, 5]], 0, id="upright"),
        pytest.param([[5, 0], [5, 9], [0, 9], [0, 0]], 90, id="turned to the right"),
        pytest.param([[9, 5], [0, 5], [0, 0], [9, 0]], 180, id="upside down"),
    ],
)
def test_a_card_knows_how_far_it_is_turned(corners: list[list[float]], degrees: float) -> None:
    card = {"side": "back", "corners": corners, "doubts": [], "fields": {}}
    assert cards_of(json.dumps({"detail": {"cards": [card]}}), {})[0].degrees == pytest.approx(degrees)


def test_an_answer_without_detail_has_the_sides_it_tells_of() -> None:
    place = {"location": {"left": 1, "top": 2, "width": 3, "height": 4}, "words": "甲"}
    (card,) = cards_of(json.dumps({"msg": {"name": "甲", "sex": ""}, "words_result": {"姓名": place}}), {})
    assert card.side is Side.FRONT
    assert [read.name for read in card.fields if read.found] == [FieldName.NAME]
    assert FieldName.SEX in [read.name for read in card.fields if read.reasons]


def test_a_card_that_only_a_reviewer_saw_is_there(store: Store) -> None:
    empty = json.dumps({"detail": {"cards": []}})
    cards = cards_of(empty, {(0, FieldName.GOV): "某局"})
    assert [card.side for card in cards] == [Side.BACK]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"detail": {}}', '{"detail": {"cards": [{"side": "top"}]}}'])
def test_what_is_no_answer_is_damaged(text: str) -> None:
    with pytest.raises(Damaged):
        cards_of(text, {})


# rules


def checked(**changed: str) -> Checks:
    cards = cards_of(answer_of(fronts()[0], (10, 10), {}), {})
    values = {(0, read.name): read.text for read in cards[0].fields}
    values |= {(0, FieldName(name)): text for name, text in changed.items()}
    return check(cards, values, ZH)


def test_marks_are_good_for_a_good_number_and_tell_its_region() -> None:
    marks = checked().marks[0]
    assert [mark.tone for mark in marks] == [Tone.GOOD] * 5
    assert marks[-1].text.endswith(("市", "区", "县", "旗", "州"))


@pytest.mark.parametrize(
    ("changed", "bad"),
    [
        pytest.param({"idcardno": "1"}, ["1 位"], id="too short"),
        pytest.param({"birthday": "20000101"}, ["出生"], id="another birth date"),
        pytest.param({"sex": "男女"[fronts()[0].label.cards[0].fields[FieldName.SEX] == "男"]}, ["性别"], id="sex"),
        pytest.param({"idcardno": ""}, [], id="nothing to hold against"),
    ],
)
def test_a_mark_is_bad_where_its_rule_is_broken(changed: dict[str, str], bad: list[str]) -> None:
    assert [mark.text for mark in checked(**changed).marks[0] if mark.tone is Tone.BAD] == bad


def test_a_field_is_told_what_is_wrong_with_it() -> None:
    note = checked(idcardno="", birthday="20001399").notes[0, FieldName.BIRTHDAY][0]
    assert (note.text, note.tone) == ("出生日期 20001399 不是真实的日期。", Tone.BAD)


# messages


def test_a_message_is_handled_once(store: Store) -> None:
    item = put_mistakes(store, 1)[0].item
    _, moves = at_work(store, item)
    said = message(1, "save", item, values={"0.name": "甲乙"})
    moves.handle(said)
    moves.handle(said)
    assert actions(store, item) == [ChangeField(*NAME, "甲乙")]


def test_a_message_that_comes_again_while_it_is_being_handled_waits(store: Store, tmp_path: Path) -> None:
    """A reminder of it, in a thread of its own, while another program holds the database."""
    one, other = put_mistakes(store, 2)
    desk, moves = at_work(store, one.item)
    said = message(1, "accept", one.item, values={"0.name": one.truth})
    holder = sqlite3.connect(tmp_path / "idcard.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(moves.handle, said) for _ in range(3)]
        time.sleep(0.3)
        assert not any(each.done() for each in waiting)
        holder.execute("ROLLBACK")
    holder.close()
    assert actions(store, one.item) == [ChangeField(*NAME, one.truth), Accept()]
    assert (desk.item, desk.notice) == (other.item, None)


def test_what_is_typed_as_it_is_kept_is_no_event(store: Store) -> None:
    mistake = put_mistakes(store, 1)[0]
    _, moves = at_work(store, mistake.item)
    moves.handle(message(1, "accept", mistake.item, values={"0.name": mistake.read}))
    assert actions(store, mistake.item) == [Accept()]


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({}, id="empty"),
        pytest.param({"seq": "x", "kind": "accept", "item": 1, "version": 0}, id="no number"),
        pytest.param(message(1, "label", 1, name="status", value="lovely"), id="no status"),
        pytest.param(message(1, "label", 1, name="direction", value="7"), id="no direction"),
        pytest.param(message(1, "dance", 1), id="no kind"),
    ],
)
def test_a_message_that_is_none_does_nothing(store: Store, said: dict[str, object]) -> None:
    item = put_mistakes(store, 1)[0].item
    _, moves = at_work(store, item)
    moves.handle(said)
    assert actions(store, item) == []


def test_what_was_typed_into_an_item_that_is_no_longer_open_is_saved(store: Store) -> None:
    one, other = put_mistakes(store, 2)
    desk, moves = at_work(store, other.item)
    moves.handle(message(1, "accept", one.item, values={"0.name": one.truth}))
    assert actions(store, one.item) == [ChangeField(*NAME, one.truth)], "its verdict is not: nobody sees it"
    assert (desk.item, actions(store, other.item)) == (other.item, [])


def test_undo_goes_back_to_where_the_last_event_was(store: Store) -> None:
    one, other = put_mistakes(store, 2)
    desk, moves = at_work(store, one.item)
    moves.handle(message(1, "accept", one.item))
    assert desk.item == other.item
    moves.handle(message(2, "undo", other.item))
    assert (desk.item, actions(store, one.item)) == (one.item, [Accept(), Undo()])
    moves.handle(message(3, "undo", one.item, 2))
    assert desk.notice is not None
    assert desk.notice.key == "review.notice.nothing_to_undo"


def test_nobody_undoes_what_another_did_since(store: Store) -> None:
    item = put_mistakes(store, 1)[0].item
    desk, moves = at_work(store, item)
    moves.handle(message(1, "save", item, values={"0.name": "甲乙"}))
    store.review.record(Entry(item, Accept(), "乙", NOW, 1))
    moves.handle(message(2, "undo", item, 1))
    assert desk.notice is not None
    assert (desk.notice.key, desk.notice.values["by"]) == ("review.notice.undo_refused", "乙")
    assert len(actions(store, item)) == 2


def test_a_conflict_keeps_what_was_to_be_done_until_it_is_chosen(store: Store) -> None:
    item = put_mistakes(store, 1)[0].item
    desk, moves = at_work(store, item)
    store.review.record(Entry(item, LabelStatus(ImageStatus.BLURRED), "乙", NOW, 0))
    moves.handle(message(1, "not_a_card", item))
    assert desk.clash is not None
    assert (desk.clash.by, desk.item) == ("乙", item)
    moves.handle(message(2, "keep_mine", item, 1))
    assert [(event.action, event.forced) for event in store.review.open(item).events][1:] == [(NotACard(), True)]
    assert desk.clash is None


def test_the_next_item_is_one_that_nobody_else_has_open(store: Store) -> None:
    mistakes = put_mistakes(store, 3)
    present, now = Presence(), datetime.now(timezone.utc)
    present.sit("other", "乙", mistakes[1].item, now)
    desk = Desk(reviewer="甲", item=mistakes[0].item)
    moves = Moves(desk, lambda: store, present)
    assert moves.next_of(mistakes[0].item) == mistakes[2].item
    present.sit("third", "丙", mistakes[2].item, now)
    assert moves.next_of(mistakes[0].item) == mistakes[1].item, "better the same one than none"
    assert present.beside(desk.token, mistakes[1].item) == ["乙"]
    present.sit("fourth", "丁", None, now + FORGOTTEN_AFTER + timedelta(seconds=1))
    assert present.taken("") == {}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        pytest.param({"0.name": " 甲 "}, {NAME: "甲"}, id="a field"),
        pytest.param({"name": "甲", "x.name": "甲", "0.shoe": "9"}, {}, id="no places"),
        pytest.param(None, {}, id="nothing"),
    ],
)
def test_values_are_taken_by_place(said: object, found: dict[Place, str]) -> None:
    assert values_of(said) == found


def test_a_name_is_one_line_and_not_too_long() -> None:
    assert clean_name("  王 \n 芳\0 ") == "王 芳"
    assert len(clean_name("王" * 99)) == 40


# finished items


def test_finished_reviews_become_labels(store: Store) -> None:
    mistake = put_mistakes(store, 1)[0]
    for version, action in enumerate(
        [ChangeField(*NAME, mistake.truth), ChangeField(0, FieldName.ADDRESS, ""), LabelStatus(ImageStatus.BLURRED)]
    ):
        store.review.record(Entry(mistake.item, action, "甲", NOW, version))
    label = label_of(store.review.open(mistake.item))
    (card,), (truth,) = label.cards, fronts()[0].label.cards
    assert card.fields == {name: text for name, text in truth.fields.items() if name is not FieldName.ADDRESS}
    assert (card.covered, label.readable, label.status) == ((FieldName.ADDRESS,), False, ImageStatus.BLURRED)
    assert np.allclose(card.quads[FieldName.NAME], truth.quads[FieldName.NAME], atol=0.1)


def test_not_a_card_is_a_picture_without_cards(store: Store) -> None:
    item = put_mistakes(store, 1)[0].item
    store.review.record(Entry(item, NotACard(), "甲", NOW, 0))
    label = label_of(store.review.open(item))
    assert (label.cards, label.status) == ((), ImageStatus.NON_IDCARD)


def test_an_export_takes_what_is_done_and_passes_over_what_is_damaged(store: Store) -> None:
    mistakes = put_mistakes(store, 3)
    for mistake in mistakes[:2]:
        store.review.record(Entry(mistake.item, Accept(), "甲", NOW, 0))
    broken = put(store, fronts()[4], {}, priority=2)
    store.review.record(Entry(broken, Accept(), "甲", NOW, 0))
    with store.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE review_answers SET answer = x'00' WHERE item_id = {broken}")
    *_, last = export(store, QueueFilter(state=State.PENDING), Target("复核", "甲", NOW))
    assert (last.done, last.skipped, last.total) == (2, 1, 3)
    (made,) = store.samples.sets()
    assert (made.name, made.samples) == ("复核", 2)


# pictures


def test_a_view_is_made_once_and_a_failed_one_again() -> None:
    made: list[Which] = []
    fails = Signal()

    def make(which: Which) -> View:
        made.append(which)
        if fails.is_set():
            raise ValueError("no picture")
        return View(b"", 1, 1)

    views = Views(make, most=2)
    assert views.get(("a", None)) is views.get(("a", None))
    fails.set()
    for _ in range(2):
        with pytest.raises(ValueError, match="no picture"):
            views.get(("b", None))
    fails.clear()
    views.get(("c", None))
    views.get(("a", None))
    assert [sha for sha, _ in made] == ["a", "b", "b", "c", "a"], "of the latest two only"
