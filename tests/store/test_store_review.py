"""The queue and its log: events, conflicts, undo, filters, the worst first."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import DBAPIError
from store_builders import NAME, NOW, OTHER_NAME, a_picture, an_entry, an_item, later

from idcard_core.card import FieldName, ImageStatus, RiskType
from idcard_core.store.errors import Conflict, NothingToUndo, NotKept
from idcard_core.store.review.actions import (
    Accept,
    Action,
    ChangeField,
    LabelDirection,
    LabelRisk,
    LabelStatus,
    NotACard,
    Postpone,
    Reopen,
    Undo,
)
from idcard_core.store.review.items import NewItem, QueueFilter, priority
from idcard_core.store.review.project import State, Verdict
from idcard_core.store.store import Store

CHANGE = ChangeField(0, FieldName.NAME, OTHER_NAME)
AGAIN = ChangeField(0, FieldName.NAME, "丙")
CHANGED = {(0, FieldName.NAME): OTHER_NAME}


def play(store: Store, item: int, *actions: Action, reviewer: str = "甲") -> None:
    for action in actions:
        found = store.review.get(item)
        assert found is not None
        store.review.record(an_entry(item, action, reviewer, found.version))


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        pytest.param([], Verdict(), id="nothing yet"),
        pytest.param([Accept()], Verdict(State.DONE), id="accepted"),
        pytest.param([CHANGE], Verdict(fields=CHANGED), id="a field changed"),
        pytest.param([CHANGE, Accept()], Verdict(State.DONE, CHANGED), id="changed and accepted"),
        pytest.param([Accept(), CHANGE], Verdict(State.DONE, CHANGED), id="changed afterwards, still done"),
        pytest.param(
            [CHANGE, ChangeField(0, FieldName.NAME, "丙")], Verdict(fields={(0, FieldName.NAME): "丙"}), id="again"
        ),
        pytest.param([LabelStatus(ImageStatus.BLURRED)], Verdict(status=ImageStatus.BLURRED), id="status"),
        pytest.param([LabelRisk(RiskType.SCREEN)], Verdict(risk=RiskType.SCREEN), id="risk"),
        pytest.param([LabelDirection(0)], Verdict(direction=0), id="direction"),
        pytest.param([NotACard()], Verdict(State.DONE, not_a_card=True), id="not a card"),
        pytest.param([NotACard(), Reopen()], Verdict(), id="not a card, reopened"),
        pytest.param([Postpone()], Verdict(State.POSTPONED), id="postponed"),
        pytest.param([CHANGE, Accept(), Reopen()], Verdict(State.PENDING, CHANGED), id="reopened keeps what was said"),
        pytest.param([CHANGE, Accept(), Undo()], Verdict(fields=CHANGED), id="undo the last"),
        pytest.param([CHANGE, Accept(), Undo(), Undo()], Verdict(), id="undo both"),
        pytest.param([CHANGE, Undo(), Accept()], Verdict(State.DONE), id="undo and accept"),
    ],
)
def test_what_events_come_to(either_store: Store, actions: list[Action], expected: Verdict) -> None:
    item = an_item(either_store)
    play(either_store, item, *actions)
    opened = either_store.review.open(item)
    assert opened.verdict == expected
    assert opened.item.state is expected.state
    assert opened.item.version == len(actions)
    assert [event.action for event in opened.events] == actions
    assert json.loads(opened.answer)["msg"]["name"] == NAME


def test_an_event_tells_who_when_and_on_which_version(store: Store) -> None:
    item = an_item(store)
    after = store.review.record(an_entry(item, Postpone(), "乙", time=later(minutes=5)))
    (event,) = store.review.open(item).events
    assert (event.reviewer, event.time, event.seen, event.version, event.forced) == (
        "乙",
        later(minutes=5),
        0,
        1,
        False,
    )
    assert (after.reviewer, after.updated, after.created) == ("乙", later(minutes=5), NOW)


def test_there_is_nothing_to_undo_and_nothing_is_written(store: Store) -> None:
    item = an_item(store)
    play(store, item, CHANGE, Undo())
    with pytest.raises(NothingToUndo):
        play(store, item, Undo())
    assert len(store.review.open(item).events) == 2


def test_a_second_reviewer_is_told_and_wins_only_knowingly(store: Store) -> None:
    item = an_item(store)
    store.review.record(an_entry(item, CHANGE, "甲", time=later(minutes=1)))
    second = an_entry(item, AGAIN, "乙", seen=0, time=later(minutes=2))
    with pytest.raises(Conflict) as caught:
        store.review.record(second)
    told = caught.value
    assert (told.seen, told.version, told.by, told.time) == (0, 1, "甲", later(minutes=1))
    assert OTHER_NAME not in str(told)
    store.review.record(second, force=True)
    opened = store.review.open(item)
    assert opened.verdict.fields == {(0, FieldName.NAME): "丙"}
    assert [(event.forced, event.seen) for event in opened.events] == [(False, 0), (True, 0)]


def test_of_many_reviewers_at_once_exactly_one_is_first(store: Store) -> None:
    item = an_item(store)

    def judge(number: int) -> bool:
        try:
            store.review.record(an_entry(item, Accept(), f"r{number}"))
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(judge, range(16))) == 1
    assert len(store.review.open(item).events) == 1


def test_of_many_reviewers_at_once_who_know_it_nobody_is_lost(store: Store) -> None:
    item = an_item(store)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: store.review.record(an_entry(item, CHANGE, f"r{n}"), force=True), range(16)))
    events = store.review.open(item).events
    assert [event.version for event in events] == list(range(1, 17))
    assert {event.reviewer for event in events} == {f"r{n}" for n in range(16)}


def test_the_database_refuses_to_change_an_event(store: Store) -> None:
    play(store, an_item(store), CHANGE)
    with pytest.raises(DBAPIError, match="a review event cannot be changed"), store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE review_events SET reviewer = 'x'")


def test_a_picture_is_one_item_and_a_page_its_own(store: Store) -> None:
    item = an_item(store)
    play(store, item, Accept())
    assert an_item(store, reasons=("covered",)) == item
    page = an_item(store, page=2)
    assert page != item
    found = store.review.of_picture(a_picture().sha256, 2)
    assert found is not None
    assert (found.id, found.page) == (page, 2)
    assert [found.state for found in store.review.queue.page()] == [State.DONE, State.PENDING]


def test_an_item_needs_its_picture(store: Store) -> None:
    with pytest.raises(NotKept, match="picture"):
        store.review.add(NewItem(sha256="ab" * 32, time=NOW, reasons=(), answer="{}"))


@pytest.mark.parametrize("what", ["open", "record"])
def test_an_item_that_is_not_there(store: Store, what: str) -> None:
    with pytest.raises(NotKept, match="review item"):
        store.review.open(7) if what == "open" else store.review.record(an_entry(7, Accept()))


@pytest.mark.parametrize(
    ("reasons", "confidence", "expected"),
    [
        ((), None, 0.0),
        ((), 0.75, 0.25),
        (("low_confidence",), 0.75, 0.25),
        (("not_read",), 0.9, 1.0),
        (("covered", "unlawful"), 0.99, 0.9),
        (("sampled",), 0.25, 0.75),
    ],
)
def test_what_is_worse_comes_first(reasons: tuple[str, ...], confidence: float | None, expected: float) -> None:
    assert priority(reasons, confidence) == expected


@pytest.fixture
def queue(store: Store) -> dict[int, str]:
    """Four items by the names that the tests call them."""
    made = {
        "sure": an_item(store, 1, confidence=0.9, condition="dim"),
        "doubtful": an_item(store, 2, confidence=0.2, reasons=("low_confidence", "covered")),
        "missing": an_item(store, 3, reasons=("not_read",), status=ImageStatus.BLURRED, confidence=0.0),
        "twin": an_item(store, 4, confidence=0.2, condition="dim"),
    }
    play(store, made["sure"], Accept(), reviewer="甲")
    play(store, made["twin"], Postpone(), reviewer="乙")
    play(store, made["doubtful"], CHANGE, reviewer="乙")
    play(store, made["doubtful"], CHANGE, reviewer="甲")
    return {item: name for name, item in made.items()}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param(QueueFilter(), ["missing", "doubtful", "twin", "sure"], id="all, the worst first"),
        pytest.param(QueueFilter(state=State.PENDING), ["missing", "doubtful"], id="pending"),
        pytest.param(QueueFilter(state=State.DONE), ["sure"], id="done"),
        pytest.param(QueueFilter(state=State.POSTPONED), ["twin"], id="postponed"),
        pytest.param(QueueFilter(reason="covered"), ["doubtful"], id="reason"),
        pytest.param(QueueFilter(reason="cover"), [], id="part of a reason"),
        pytest.param(QueueFilter(confidence=0.2), ["missing", "doubtful", "twin"], id="confidence at most"),
        pytest.param(QueueFilter(status=ImageStatus.BLURRED), ["missing"], id="status"),
        pytest.param(QueueFilter(condition="dim"), ["twin", "sure"], id="condition"),
        pytest.param(QueueFilter(reviewer="甲"), ["doubtful", "sure"], id="reviewer"),
        pytest.param(QueueFilter(reviewer="乙", state=State.PENDING), ["doubtful"], id="reviewer and state"),
    ],
)
def test_the_queue_has_what_its_filter_lets_pass(
    store: Store, queue: dict[int, str], wanted: QueueFilter, expected: list[str]
) -> None:
    found = store.review.queue.page(wanted)
    assert [queue[item.id] for item in found] == expected
    assert store.review.queue.count(wanted) == len(expected)
    assert [store.review.queue.next(item, wanted) for item in found] == [*found[1:], None][: len(found)]
    assert [store.review.queue.previous(item, wanted) for item in found] == [None, *found[:-1]][: len(found)]


def test_the_next_item_is_found_from_one_that_has_left_the_queue(store: Store, queue: dict[int, str]) -> None:
    pending = QueueFilter(state=State.PENDING)
    first = store.review.queue.page(pending)[0]
    play(store, first.id, Accept())
    following = store.review.queue.next(first, pending)
    assert following is not None
    assert queue[following.id] == "doubtful"


def test_what_the_filters_may_offer(store: Store, queue: dict[int, str]) -> None:
    assert store.review.queue.states() == {State.PENDING: 2, State.DONE: 1, State.POSTPONED: 1}
    assert store.review.queue.reviewers() == sorted(["甲", "乙"])
    assert store.review.queue.conditions() == ["dim", "plain"]


def test_no_value_is_in_a_repr(store: Store) -> None:
    item = an_item(store)
    play(store, item, CHANGE)
    opened = store.review.open(item)
    assert NAME not in repr(opened)
    assert OTHER_NAME not in repr(opened)
