"""What a session and the store remember, as lists, figures and files; and the shelf of recent pictures."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from ui_readings import TEXTS, make_card, make_exhibit, make_reading, make_row

from idcard_core import contract
from idcard_core.card import FieldName, ImageStatus, ReadOptions, RiskType, Side
from idcard_core.evaluate.metrics import Proportion
from idcard_core.masking import mask_numbers
from idcard_core.settings import Settings, StoreSettings
from idcard_core.store.errors import Damaged
from idcard_core.store.readings.rows import EVERYTHING, Failed, KeptReading, ReadingFilter
from idcard_core.store.store import Store, open_store
from idcard_core.ui.figures import total_of
from idcard_core.ui.history import Failure
from idcard_core.ui.look import Tone, milliseconds, percent
from idcard_core.ui.pages.history.charts import DAY, HOUR, WEEK, accuracy_figure, latency_figure, width_for
from idcard_core.ui.pages.history.export import csv_of
from idcard_core.ui.pages.history.kept_source import KeptReadings
from idcard_core.ui.pages.history.source import SessionReadings, passes
from idcard_core.ui.reading_rows import columns, full_time, row_of, short_time
from idcard_core.ui.shelf import Original, Shelf
from idcard_core.ui.state import Session
from idcard_core.ui.strings import Language, Texts

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))
from store_builders import NOW, a_label, a_reading, a_sample, an_occasion, later

EN, ZH = Texts(Language.EN), Texts(Language.ZH)
NAME, SEX = FieldName.NAME, FieldName.SEX
DETAILED = ReadOptions(direction=True, risk=True, photo=True, detail=True)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    pictures = StoreSettings(pictures_folder=tmp_path / "pictures")
    return open_store(Settings(database_url=f"sqlite:///{tmp_path / 'store.db'}", store=pictures))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("11010119491231002X", "1101**********002X", id="an id number"),
        pytest.param("scan-110101194912310021.jpg", "scan-1101**********0021.jpg", id="inside a file name"),
        pytest.param("IMG_20260102.jpg", "IMG_20****02.jpg", id="any long number"),
        pytest.param("card 12.jpg", "card 12.jpg", id="short numbers stay"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_numbers_are_masked(text: str, masked: str) -> None:
    assert mask_numbers(text) == masked


def readings_of(*rows: object) -> list[KeptReading]:
    return [row.as_reading("visitor") for row in rows]  # type: ignore[attr-defined]


def test_figures_count_labelled_pictures_only_for_accuracy() -> None:
    total = total_of(
        readings_of(
            make_row(1, marks={NAME: True, SEX: True}), make_row(2, marks={NAME: True, SEX: False}), make_row(3)
        )
    )
    assert total is not None
    assert total.readings == 3
    assert total.cards == Proportion(1, 2)
    assert total.fields == {NAME: Proportion(2, 2), SEX: Proportion(1, 2)}


def test_latency_leaves_errors_out() -> None:
    rows = [make_row(n, float(n)) for n in range(1, 101)]
    total = total_of(readings_of(*rows, make_row(101, 90_000.0, failure=Failure(462, "broken"))))
    assert total is not None
    assert total.failures == 1
    assert (total.latency.p50, total.latency.p90) == pytest.approx((50.5, 90.1))


def test_there_are_no_figures_of_nothing() -> None:
    assert total_of([]) is None


@pytest.mark.parametrize(
    ("share", "text"),
    [(None, "—"), (1.0, "100 %"), (0.9996, "99.9 %"), (0.5, "50.0 %")],
    ids=["nothing to count", "all", "never rounded up to all", "half"],
)
def test_percent(share: float | None, text: str) -> None:
    assert percent(share) == text


def test_milliseconds() -> None:
    assert [milliseconds(181.6), milliseconds(1240.0)] == ["182 ms", "1.24 s"]


def test_the_shelf_keeps_the_newest() -> None:
    shelf = Shelf(most=2)
    for number in range(4):
        shelf.put(make_exhibit(number))
    assert len(shelf) == 2
    assert shelf.get(1) is None
    assert shelf.get(3) is not None


def test_the_shelf_is_bounded_in_bytes_but_keeps_the_last_one() -> None:
    shelf = Shelf(most=100, most_bytes=3_000_000)
    for number in range(50):
        shelf.put(make_exhibit(number, source=bytes(1_000_000)))
        assert shelf.size_bytes <= 3_000_000
    shelf.put(make_exhibit(50, source=bytes(9_000_000)))
    assert len(shelf) == 1
    assert shelf.get(50) is not None


def test_the_pages_of_a_document_weigh_its_bytes_once() -> None:
    shelf, document = Shelf(most=100, most_bytes=3_000_000), bytes(1_000_000)
    for page in range(1, 31):
        shelf.put(make_exhibit(page, original=Original("scan.pdf", document, page=page)))
    assert len(shelf) == 30


@pytest.mark.parametrize(
    ("changes", "column", "text", "tone"),
    [
        pytest.param({"sides": (Side.FRONT,)}, "side", "Portrait", None, id="one side"),
        pytest.param({"sides": (Side.FRONT, Side.BACK)}, "side", "Both", None, id="both sides"),
        pytest.param({"sides": (Side.FRONT, Side.FRONT)}, "side", "2 cards", None, id="two of a side"),
        pytest.param({}, "side", "—", None, id="no card"),
        pytest.param({"status": ImageStatus.BLURRED}, "status", "Blurred", Tone.FAIR, id="a status"),
        pytest.param({"risk": RiskType.COPY}, "risk", "Photocopy", Tone.BAD, id="a risk"),
        pytest.param({}, "risk", "—", None, id="risk not asked for"),
        pytest.param({"marks": {NAME: True}}, "outcome", "All right", Tone.GOOD, id="right by the label"),
        pytest.param(
            {"marks": {NAME: True, SEX: False}, "doubted": (SEX,)}, "outcome", "1 wrong", Tone.BAD, id="wrong"
        ),
        pytest.param({"doubted": (NAME, SEX)}, "outcome", "2 to review", Tone.FAIR, id="doubted"),
        pytest.param({"failure": Failure(462, "x")}, "outcome", "Error 462", Tone.BAD, id="failed"),
        pytest.param({}, "outcome", "", None, id="nothing to say"),
        pytest.param({"page": 2}, "file", "card.jpg · page 2", None, id="a page of a document"),
    ],
)
def test_a_row_says_in_a_few_words(changes: dict[str, object], column: str, text: str, tone: Tone | None) -> None:
    (reading,) = readings_of(make_row(**changes))
    cell = row_of(reading, EN, timezone.utc).cells[column]
    assert (cell.text, cell.tone) == (text, tone)


def test_a_number_has_an_eye_to_show_it_and_one_to_mask_it_again() -> None:
    (reading,) = readings_of(make_row(number="1101**********002X"))
    masked = row_of(reading, ZH, timezone.utc).cells["number"]
    shown = row_of(reading, ZH, timezone.utc, "11010119491231002X").cells["number"]
    assert (masked.text, masked.masked, masked.shown) == ("1101**********002X", True, False)
    assert (shown.text, shown.masked, shown.shown) == ("11010119491231002X", False, True)
    (without,) = readings_of(make_row())
    assert not row_of(without, ZH, timezone.utc).cells["number"].masked
    assert {column.id for column in columns(ZH)} == set(row_of(without, ZH, timezone.utc).cells)


def test_times_are_those_of_the_reader() -> None:
    china = timezone(timedelta(hours=8))
    assert full_time(NOW, china) == "2026-03-01 20:00:00"
    assert short_time(NOW, china) == "03-01 20:00"
    now = datetime.now(china)
    assert short_time(now, china) == now.strftime("%H:%M:%S")


MANY = [
    a_reading(an_occasion(NOW, "正面.jpg", 11), doubted=()),
    a_reading(an_occasion(later(hours=1), "Back_1.JPG", 12), sides=(Side.BACK,), marks={FieldName.GOV: True}),
    a_reading(an_occasion(later(hours=2), "both%.pdf", 13, "paddleocr"), sides=(Side.FRONT, Side.BACK), marks={}),
    a_reading(an_occasion(later(hours=3), "x.jpg", 14), status=ImageStatus.BLURRED, risk=RiskType.NORMAL, marks={}),
    a_reading(an_occasion(later(hours=4), "y.jpg", 15), sides=(), status=None, marks={}, failed=Failed(462, "broken")),
]


@pytest.mark.parametrize(
    "wanted",
    [
        EVERYTHING,
        *(ReadingFilter(since=later(hours=hours)) for hours in (0, 2, 9)),
        *(ReadingFilter(until=later(hours=hours)) for hours in (0, 2, 9)),
        *(ReadingFilter(session=session) for session in ("session", "another")),
        *(ReadingFilter(engine=engine) for engine in ("openvino", "paddleocr", "another")),
        *(ReadingFilter(side=side) for side in Side),
        *(ReadingFilter(status=status) for status in (ImageStatus.NORMAL, ImageStatus.BLURRED)),
        *(ReadingFilter(risk=risk) for risk in (RiskType.NORMAL, RiskType.COPY, RiskType.SCREEN)),
        *(ReadingFilter(failed=yes) for yes in (True, False)),
        *(ReadingFilter(needs_review=yes) for yes in (True, False)),
        *(ReadingFilter(labelled=yes) for yes in (True, False)),
        *(ReadingFilter(right=yes) for yes in (True, False)),
        *(ReadingFilter(search=text) for text in ("正面", "back_", "%", "jpg", "13", "1")),
        ReadingFilter(search="jpg", side=Side.FRONT, failed=False),
    ],
    ids=repr,
)
def test_a_session_s_list_passes_what_the_store_s_would(store: Store, wanted: ReadingFilter) -> None:
    for row in MANY:
        store.readings.keep(row)
    everything = store.readings.page()
    assert [one.id for one in everything if passes(one, wanted)] == [one.id for one in store.readings.page(wanted)]


def a_session(count: int = 5) -> Session:
    state = Session()
    for number in range(1, count + 1):
        state.rows.append(make_row(number, time=later(hours=number)))
        state.shelf.put(make_exhibit(number, reading=make_reading(make_card())))
    return state


def test_what_is_deleted_from_a_session_is_gone_from_its_memory_too() -> None:
    state = a_session()
    source = SessionReadings(state)
    assert source.delete([2, 3, 99]) == 2
    assert [reading.id for reading in source.page(EVERYTHING, 10, 0)] == [5, 4, 1]
    assert state.shelf.get(2) is None
    assert source.get(2) is None
    assert source.delete_all(ReadingFilter(since=later(hours=5))) == 1
    assert [row.id for row in state.rows] == [1, 4]


def test_numbers_in_full_come_from_pictures_that_are_still_in_memory() -> None:
    source = SessionReadings(a_session(2))
    assert source.numbers([1, 99]) == {1: TEXTS[FieldName.IDCARDNO]}


def test_a_kept_answer_is_shown_again(store: Store) -> None:
    reading = make_reading(make_card(), make_card(Side.BACK), options=DETAILED)
    answer = contract.to_json(contract.render(reading, 7))
    id = store.readings.keep(a_reading(), answer)
    source = KeptReadings(store)
    kept = source.get(id)
    assert kept is not None
    exhibit = source.exhibit(kept)
    assert exhibit is not None
    assert [shown.card.side for shown in exhibit.cards] == [Side.FRONT, Side.BACK]
    assert exhibit.reading.cards[0].field(NAME).text == TEXTS[NAME]
    assert '"detail"' in exhibit.wire_detail
    assert '"detail"' not in exhibit.wire
    assert exhibit.preview == b""
    assert source.numbers([id]) == {id: TEXTS[FieldName.IDCARDNO]}


def test_a_kept_answer_is_held_against_the_labels_that_came_after_it(store: Store) -> None:
    reading = make_reading(make_card(), options=DETAILED)
    id = store.readings.keep(a_reading(), contract.to_json(contract.render(reading, 7)))
    source = KeptReadings(store)
    before = source.exhibit(source.get(id))  # type: ignore[arg-type]
    assert before is not None
    assert before.expected == ({},)
    store.samples.add(store.samples.make_set("set", "author", NOW), [a_sample(label=a_label("另一个名字"))])
    after = source.exhibit(source.get(id))  # type: ignore[arg-type]
    assert after is not None
    assert after.expected[0][NAME] == "另一个名字"


def test_a_reading_without_its_answer_or_with_a_damaged_one(store: Store) -> None:
    source = KeptReadings(store)
    plain, damaged = store.readings.keep(a_reading()), store.readings.keep(a_reading(), "{}")
    assert source.exhibit(source.get(plain)) is None  # type: ignore[arg-type]
    with pytest.raises(Damaged):
        source.exhibit(source.get(damaged))  # type: ignore[arg-type]
    store.readings.delete([plain])
    assert source.get(plain) is None


def test_a_csv_has_every_row_masked_and_nothing_that_a_spreadsheet_would_run(store: Store) -> None:
    store.readings.keep(a_reading(an_occasion(NOW, "=cmd|' /C calc'!A0.jpg", 2**63)))
    for row in MANY[1:]:
        store.readings.keep(row)
    content = csv_of(KeptReadings(store), EVERYTHING, timezone.utc, ZH)
    assert content.startswith("\ufeff".encode())
    head, *lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert head[:4] == ["时间", "文件", "页", "日志编号"]
    assert len(lines) == len(MANY)
    oldest = dict(zip(head, lines[-1], strict=True))
    assert oldest["文件"].startswith("'=cmd")
    assert oldest["日志编号"] == str(2**63)
    assert oldest["证件号码"] == "1101**********0021"
    assert oldest["时间"] == "2026-03-01 12:00:00"
    assert (oldest["整卡"], oldest["姓名"]) == ("与标注不一致", "与标注一致")
    only = csv_of(KeptReadings(store), ReadingFilter(failed=True), timezone.utc, ZH).decode("utf-8-sig")
    assert [line["错误码"] for line in csv.DictReader(io.StringIO(only))] == ["462"]


@pytest.mark.parametrize(
    ("period", "width"),
    [
        (timedelta(hours=5), HOUR),
        (timedelta(days=2), HOUR),
        (timedelta(days=3), DAY),
        (timedelta(days=119), DAY),
        (timedelta(days=400), WEEK),
    ],
    ids=["hours", "two days", "three days", "four months", "a year"],
)
def test_the_steps_of_a_line_follow_its_period(period: timedelta, width: timedelta) -> None:
    assert width_for(period) == width


def test_charts_have_a_point_for_every_day_that_tells_something(store: Store) -> None:
    for day in range(3):
        for hour in range(4):
            marks = {} if day == 1 else {NAME: hour > 0}
            occasion = an_occasion(later(days=day, hours=hour), log_id=day * 10 + hour)
            store.readings.keep(a_reading(occasion, marks=marks, milliseconds=100.0 * (hour + 1)))
    spans = store.readings.trend(EVERYTHING, DAY)
    *_, right = accuracy_figure(spans, "%m-%d", EN).data
    assert list(right.y) == [0.75, 0.75], "the day without labels has no point"
    assert right.text[0] == "03-01<br>75.0 % (3 / 4)"
    p50, p90 = latency_figure(spans, "%m-%d", EN).data
    assert list(p50.y) == [250.0] * 3
    assert list(p90.y) == pytest.approx([370.0] * 3)


def test_no_labels_no_accuracy(store: Store) -> None:
    store.readings.keep(replace(a_reading(), marks={}))
    *_, right = accuracy_figure(store.readings.trend(EVERYTHING, DAY), "%m-%d", EN).data
    assert not right.y
