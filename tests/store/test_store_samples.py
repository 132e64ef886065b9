"""Labelled sets: labels come back as given, a correction is a new version, the old one stays."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_builders import NAME, NOW, OTHER_NAME, SHA, a_label, a_picture, a_result, a_run, a_sample, later

from idcard_core.card import FieldName, ImageStatus, RiskType, Side
from idcard_core.specimen.labels import CardLabel, PictureLabel
from idcard_core.store.errors import Conflict, NotKept
from idcard_core.store.samples import NewSample, SampleFilter
from idcard_core.store.store import Store

texts = st.text(max_size=30)
lines = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=10)


def labels() -> st.SearchStrategy[PictureLabel]:
    card = st.builds(
        CardLabel,
        side=st.sampled_from(Side),
        fields=st.dictionaries(st.sampled_from(FieldName), texts),
        quarter_turns=st.none() | st.integers(0, 3),
        marks=st.lists(texts, max_size=2).map(tuple),
        covered=st.lists(st.sampled_from(FieldName), max_size=2).map(tuple),
    )
    return st.builds(
        PictureLabel,
        image=texts,
        condition=lines,
        cards=st.lists(card, max_size=3).map(tuple),
        readable=st.booleans(),
        direction=st.none() | st.integers(-1, 3),
        status=st.none() | st.sampled_from(ImageStatus),
        risk=st.none() | st.sampled_from(RiskType),
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(label=labels(), page=st.none() | st.integers(1, 50), slices=st.lists(lines, max_size=3).map(tuple))
def test_every_label_comes_back_as_it_was_given(
    either_store: Store, label: PictureLabel, page: int | None, slices: tuple[str, ...]
) -> None:
    set_id = either_store.samples.make_set("set", "甲", NOW)
    either_store.samples.add(set_id, [a_sample(label=label, page=page, slices=slices)])
    found = either_store.samples.versions(set_id, SHA, page)[-1]
    assert found.label.to_dict() == label.to_dict()
    assert (found.page, found.slices, found.author, found.time) == (page, slices, "标注员", NOW)


@pytest.fixture
def set_id(store: Store) -> int:
    return store.samples.make_set("set", "甲", NOW)


def test_a_set_is_made_once(store: Store, set_id: int) -> None:
    assert store.samples.make_set("set", "乙", later(days=1)) == set_id
    store.samples.make_set("another", "乙", NOW)
    store.samples.add(set_id, [a_sample()])
    assert [(found.name, found.samples) for found in store.samples.sets()] == [("another", 0), ("set", 1)]


def test_a_correction_is_a_new_version_and_the_old_one_stays(store: Store, set_id: int) -> None:
    store.samples.add(set_id, [a_sample()])
    corrected = a_sample(label=a_label(OTHER_NAME), author="乙", time=later(days=1))
    store.samples.correct(set_id, corrected, seen=1)
    old, new = store.samples.versions(set_id, SHA)
    assert (old.version, old.current, old.label.cards[0].fields[FieldName.NAME]) == (1, False, NAME)
    assert (new.version, new.current, new.label.cards[0].fields[FieldName.NAME]) == (2, True, OTHER_NAME)
    assert [found.author for found in store.samples.of_picture(SHA)] == ["乙"]
    assert store.samples.count(set_id) == 1


def test_a_correction_of_an_old_version_is_a_conflict(store: Store, set_id: int) -> None:
    store.samples.add(set_id, [a_sample()])
    store.samples.correct(set_id, a_sample(label=a_label(OTHER_NAME), author="乙"), seen=1)
    with pytest.raises(Conflict) as caught:
        store.samples.correct(set_id, a_sample(label=a_label("第三")), seen=1)
    assert (caught.value.seen, caught.value.version, caught.value.by) == (1, 2, "乙")
    assert len(store.samples.versions(set_id, SHA)) == 2


def test_the_same_label_again_is_no_new_version(store: Store, set_id: int) -> None:
    first = store.samples.add(set_id, [a_sample()])
    assert store.samples.add(set_id, [a_sample(author="乙"), a_sample()]) == first * 2
    store.samples.add(set_id, [a_sample(label=a_label(OTHER_NAME))])
    assert [found.version for found in store.samples.versions(set_id, SHA)] == [1, 2]


def test_labels_given_at_once_are_versions_one_after_another(store: Store, set_id: int) -> None:
    def add(number: int) -> None:
        store.samples.add(set_id, [a_sample(label=a_label(f"{NAME}{number}"))])

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(add, range(18)))
    versions = store.samples.versions(set_id, SHA)
    assert [found.version for found in versions] == list(range(1, 19))
    assert [found.current for found in versions] == [False] * 17 + [True]


def test_samples_are_added_all_or_none(store: Store, set_id: int) -> None:
    with pytest.raises(NotKept, match="picture of a sample"):
        store.samples.add(set_id, [a_sample(), a_sample("cd" * 32, has_picture=True)])
    assert store.samples.count(set_id) == 0


@pytest.mark.parametrize("missing", ["set", "sample"])
def test_what_is_not_there_cannot_be_corrected(store: Store, set_id: int, missing: str) -> None:
    with pytest.raises(NotKept, match=missing):
        store.samples.correct(set_id + (missing == "set"), a_sample(), seen=1)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (SampleFilter(), [0, 1, 2, 3]),
        (SampleFilter(condition="plain"), [0, 1]),
        (SampleFilter(slice="a_b"), [0, 2]),
        (SampleFilter(slice="a"), [3]),
        (SampleFilter(condition="dim", slice="a_b"), [2]),
    ],
    ids=["all", "condition", "slice, _ is no wildcard", "slice that begins another", "both"],
)
def test_a_set_by_condition_and_slice(store: Store, set_id: int, wanted: SampleFilter, expected: list[int]) -> None:
    made = [("plain", ("a_b",)), ("plain", ("axb",)), ("dim", ("x", "a_b")), ("dim", ("a",))]
    samples = [a_sample(f"{n:064x}", a_label(condition=word), slices=slices) for n, (word, slices) in enumerate(made)]
    store.samples.add(set_id, samples)
    assert [int(found.sha256, 16) for found in store.samples.page(set_id, wanted)] == expected
    assert store.samples.count(set_id, wanted) == len(expected)
    assert store.samples.conditions(set_id) == {"dim": 2, "plain": 2}
    assert [found.sha256 for found in store.samples.page(set_id, wanted, 1, 1)] == [f"{n:064x}" for n in expected[1:2]]


def test_a_label_is_found_in_every_set_the_newest_first(store: Store, set_id: int) -> None:
    other = store.samples.make_set("another", "甲", NOW)
    store.samples.add(set_id, [a_sample(time=later(days=1)), a_sample(page=2)])
    store.samples.add(other, [a_sample()])
    assert [found.set_id for found in store.samples.of_picture(SHA)] == [set_id, other]
    assert [found.page for found in store.samples.of_picture(SHA, 2)] == [2]


def test_a_deleted_set_takes_its_pictures_and_runs_along(store: Store, set_id: int) -> None:
    sha256 = store.pictures.keep(a_picture(), NOW)
    store.samples.add(set_id, [a_sample(sha256, has_picture=True)])
    store.runs.add(store.runs.begin(a_run(set_id)), a_result(sha256))
    store.samples.delete_set(set_id)
    usage = store.upkeep.usage()
    assert (usage.pictures, usage.samples, usage.runs) == (0, 0, 0)


def test_no_value_is_in_a_repr() -> None:
    sample: NewSample = replace(a_sample(), author="乙")
    assert NAME not in repr(sample)


def test_the_current_label_and_the_slices_of_a_set(store: Store, set_id: int) -> None:
    assert (store.samples.current(set_id, SHA), store.samples.slices(set_id)) == (None, [])
    store.samples.add(set_id, [a_sample(slices=("old",)), a_sample("cd" * 32, slices=("phone", "dim"))])
    store.samples.correct(set_id, a_sample(label=a_label(OTHER_NAME), slices=("phone", "night")), seen=1)
    current = store.samples.current(set_id, SHA)
    assert current is not None
    assert (current.version, current.label.cards[0].fields[FieldName.NAME]) == (2, OTHER_NAME)
    assert store.samples.slices(set_id) == ["dim", "night", "phone"]


def test_a_corrected_sample_stays_where_it_was(store: Store, set_id: int) -> None:
    shas = [f"{number:064x}" for number in (3, 1, 2)]
    store.samples.add(set_id, [a_sample(sha256) for sha256 in shas])
    store.samples.correct(set_id, a_sample(shas[0], label=a_label(OTHER_NAME)), seen=1)
    assert [sample.sha256 for sample in store.samples.page(set_id)] == shas
    assert [sample.sha256 for sample in store.samples.page(set_id, limit=1, offset=1)] == [shas[1]]
