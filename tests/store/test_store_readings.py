"""Readings: kept, masked, found again, listed, counted, deleted."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_builders import NAME, NOW, NUMBER, SHA, a_reading, an_occasion, later

from idcard_core.card import FieldName, ImageStatus, RiskType, Side
from idcard_core.evaluate.metrics import Proportion
from idcard_core.store.readings.rows import Failed, Occasion, ReadingFilter, ReadingRow
from idcard_core.store.store import Store

MASKED = "1101**********0021"
MOST = 2**64 - 1
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
fractions = st.floats(0, 1)
times = st.datetimes(timezones=st.just(timezone.utc))


def rows() -> st.SearchStrategy[ReadingRow]:
    return st.builds(
        ReadingRow,
        occasion=st.builds(Occasion, times, words, st.just("一.jpg"), words, st.integers(0, MOST)),
        milliseconds=st.floats(0, 1e6),
        sha256=st.none() | st.just(SHA),
        page=st.none() | st.integers(1, 50),
        sides=st.lists(st.sampled_from(Side), max_size=4).map(tuple),
        status=st.none() | st.sampled_from(ImageStatus),
        risk=st.none() | st.sampled_from(RiskType),
        direction=st.none() | st.integers(-1, 3),
        stages=st.dictionaries(words, fractions, max_size=3),
        confidence=st.none() | fractions,
        doubted=st.lists(st.sampled_from(FieldName), unique=True).map(tuple),
        number=st.just(MASKED),
        marks=st.dictionaries(st.sampled_from(FieldName), st.booleans()),
        failed=st.none() | st.builds(Failed, st.integers(400, 599), words),
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=rows(), answer=st.none() | words)
def test_every_reading_comes_back_as_it_was_kept(either_store: Store, row: ReadingRow, answer: str | None) -> None:
    id = either_store.readings.keep(row, answer)
    found = either_store.readings.get(id)
    assert found is not None
    assert asdict(found) == {**asdict(row), "id": id}
    assert either_store.readings.answer(id) == answer


def test_numbers_are_masked_in_whatever_is_kept(store: Store) -> None:
    occasion = an_occasion(source=f"{NUMBER}-front 13800138000.jpg")
    found = store.readings.get(store.readings.keep(a_reading(occasion)))
    assert found is not None
    assert (found.number, found.occasion.source) == (MASKED, f"{MASKED}-front 13*******00.jpg")


def test_no_value_is_in_a_repr(store: Store) -> None:
    found = store.readings.get(store.readings.keep(a_reading(an_occasion(source=f"{NAME}.jpg")), NAME))
    assert NAME not in repr(found)
    assert MASKED not in repr(found)


def test_a_time_without_its_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="a time must have its zone"):
        store.readings.keep(a_reading(an_occasion(NOW.replace(tzinfo=None))))


LIST = {
    "front": a_reading(an_occasion(NOW, "正面.jpg", 11), doubted=()),
    "back": a_reading(an_occasion(later(hours=1), "Back_1.JPG", MOST), sides=(Side.BACK,), marks={FieldName.GOV: True}),
    "both": a_reading(
        an_occasion(later(hours=2), "both%.pdf", 2**63, "paddleocr"), sides=(Side.FRONT, Side.BACK), marks={}
    ),
    "blurred": a_reading(
        an_occasion(later(hours=3), "x.jpg", 14), status=ImageStatus.BLURRED, risk=RiskType.NORMAL, marks={}, doubted=()
    ),
    "failed": a_reading(
        an_occasion(later(hours=4), "y.jpg", 15),
        sides=(),
        status=None,
        failed=Failed(462, "broken"),
        marks={},
        doubted=(),
        sha256=None,
    ),
}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param(ReadingFilter(), ["failed", "blurred", "both", "back", "front"], id="all of them, newest first"),
        pytest.param(ReadingFilter(since=later(hours=3)), ["failed", "blurred"], id="since, which counts"),
        pytest.param(ReadingFilter(until=later(hours=1)), ["front"], id="until, which does not"),
        pytest.param(ReadingFilter(session="another"), [], id="another session"),
        pytest.param(ReadingFilter(engine="paddleocr"), ["both"], id="engine"),
        pytest.param(ReadingFilter(side=Side.BACK), ["both", "back"], id="side"),
        pytest.param(ReadingFilter(status=ImageStatus.BLURRED), ["blurred"], id="status"),
        pytest.param(ReadingFilter(risk=RiskType.NORMAL), ["blurred"], id="risk"),
        pytest.param(ReadingFilter(failed=True), ["failed"], id="failed"),
        pytest.param(ReadingFilter(failed=False), ["blurred", "both", "back", "front"], id="not failed"),
        pytest.param(ReadingFilter(needs_review=True), ["both", "back"], id="to be reviewed"),
        pytest.param(ReadingFilter(needs_review=False), ["failed", "blurred", "front"], id="not to be reviewed"),
        pytest.param(ReadingFilter(labelled=True), ["back", "front"], id="labelled"),
        pytest.param(ReadingFilter(labelled=False), ["failed", "blurred", "both"], id="not labelled"),
        pytest.param(ReadingFilter(right=True), ["back"], id="right"),
        pytest.param(ReadingFilter(right=False), ["front"], id="wrong"),
        pytest.param(ReadingFilter(search="正面"), ["front"], id="Chinese name"),
        pytest.param(ReadingFilter(search="back_"), ["back"], id="name in any case, _ is no wildcard"),
        pytest.param(ReadingFilter(search="h%"), ["both"], id="% is no wildcard"),
        pytest.param(ReadingFilter(search=str(MOST)), ["back"], id="the largest log id"),
        pytest.param(ReadingFilter(search=str(2**63)), ["both"], id="a log id of 64 bits"),
        pytest.param(ReadingFilter(search="jpg", side=Side.FRONT), ["blurred", "front"], id="name and side"),
    ],
)
def test_a_list_has_what_its_filter_lets_pass(either_store: Store, wanted: ReadingFilter, expected: list[str]) -> None:
    names = {either_store.readings.keep(row): name for name, row in LIST.items()}
    assert [names[row.id] for row in either_store.readings.page(wanted)] == expected
    assert either_store.readings.count(wanted) == len(expected)


@pytest.mark.parametrize("search", ["", "card"])
def test_pages_follow_each_other_without_gap_or_double(either_store: Store, search: str) -> None:
    ids = [either_store.readings.keep(a_reading(an_occasion(later(seconds=n // 3)))) for n in range(10)]
    wanted = ReadingFilter(search=search)
    pages = [either_store.readings.page(wanted, 4, offset) for offset in (0, 4, 8, 12)]
    assert [len(page) for page in pages] == [4, 4, 2, 0]
    assert [row.id for page in pages for row in page] == ids[::-1]


def test_readings_of_one_picture_and_page(store: Store) -> None:
    for sha256, page in ((SHA, None), (SHA, 2), ("cd" * 32, None), (SHA, 2)):
        store.readings.keep(a_reading(sha256=sha256, page=page))
    assert [row.id for row in store.readings.of_picture(SHA)] == [1]
    assert [row.id for row in store.readings.of_picture(SHA, 2)] == [4, 2]


def test_a_reading_is_marked_anew_when_its_labels_change(store: Store) -> None:
    id = store.readings.keep(a_reading())
    store.readings.mark({id: {FieldName.SEX: True}})
    found = store.readings.get(id)
    assert found is not None
    assert (found.marks, found.whole) == ({FieldName.SEX: True}, True)


def test_deleted_readings_are_gone_and_their_numbers_not_used_again(store: Store) -> None:
    first, second = (store.readings.keep(a_reading(), "{}") for _ in range(2))
    assert store.readings.delete([second, 99]) == 1
    assert store.readings.get(second) is None
    assert store.readings.answer(second) is None
    assert store.readings.keep(a_reading()) > second > first


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        pytest.param(ReadingFilter(side=Side.FRONT), {"back"}, id="by a column"),
        pytest.param(ReadingFilter(search="jpg", labelled=False), {"front", "back", "both"}, id="by a name too"),
        pytest.param(ReadingFilter(engine="none"), set(LIST), id="none"),
        pytest.param(ReadingFilter(), set(), id="all"),
    ],
)
def test_all_that_pass_a_filter_are_deleted_with_their_answers(
    either_store: Store, wanted: ReadingFilter, left: set[str]
) -> None:
    names = {either_store.readings.keep(row, name): name for name, row in LIST.items()}
    failed = next(id for id, name in names.items() if name == "failed")
    either_store.readings.delete([failed])
    left = left - {"failed"}
    assert either_store.readings.delete_all(wanted) == len(LIST) - 1 - len(left)
    assert {names[row.id] for row in either_store.readings.page()} == left
    assert set(either_store.readings.answers(list(names)).values()) == left


def test_counts(store: Store) -> None:
    for row in LIST.values():
        store.readings.keep(row)
    counts = store.readings.counts()
    assert (counts.readings, counts.failures, counts.need_review) == (5, 1, 2)
    assert counts.statuses == {ImageStatus.NORMAL: 3, ImageStatus.BLURRED: 1}
    assert store.readings.engines() == ["openvino", "paddleocr"]


def test_accuracy_and_latency_over_time(store: Store) -> None:
    for day, milliseconds, right in ((0, 100, True), (0, 300, False), (2, 50, True)):
        marks = {FieldName.NAME: True, FieldName.SEX: right}
        store.readings.keep(a_reading(an_occasion(later(days=day)), milliseconds=float(milliseconds), marks=marks))
    store.readings.keep(a_reading(an_occasion(later(days=2)), milliseconds=9e9, failed=Failed(464, ""), marks={}))
    first, second = store.readings.trend()
    assert (first.start, second.start) == (NOW.replace(hour=0), NOW.replace(hour=0) + timedelta(days=2))
    assert (first.readings, first.failures, first.latency.p50) == (2, 0, 200.0)
    assert (second.readings, second.failures, second.latency.p50) == (2, 1, 50.0)
    assert (first.cards, second.cards) == (Proportion(1, 2), Proportion(1, 1))
    assert first.fields == {FieldName.NAME: Proportion(2, 2), FieldName.SEX: Proportion(1, 2)}


def test_days_begin_at_the_midnight_of_a_zone(store: Store) -> None:
    beijing = timezone(timedelta(hours=8))
    for hours in (0, 3.9, 4.1):  # noon in UTC is eight in the evening
        store.readings.keep(a_reading(an_occasion(later(hours=hours))))
    assert [span.readings for span in store.readings.trend(zone=beijing)] == [2, 1]
    assert [span.readings for span in store.readings.trend()] == [3]
