"""Readings held against labels, card by card."""

from __future__ import annotations

from ui_readings import TEXTS, make_card, make_reading, quad

from idcard_core.card import FIELDS, Card, Field, FieldName, ReadOptions, Side
from idcard_core.specimen import CardLabel
from idcard_core.ui.truth import compare

NAME = FieldName.NAME


def label(side: Side = Side.FRONT, left: float = 50, **texts: str) -> CardLabel:
    """The label of ``make_card``'s card, with some texts changed."""
    fields = {name: texts.get(name.value, TEXTS[name]) for name in FIELDS[side]}
    return CardLabel(side, fields, quad(left, 50, 856, 540))


def named(name: str, left: float) -> Card:
    card = make_card(quad=quad(left, 50, 856, 540))
    fields = tuple(Field(NAME, name) if found.name is NAME else found for found in card.fields)
    return make_card(quad=card.quad, fields=fields)


def test_each_of_two_fronts_is_held_against_its_own_label() -> None:
    reading = make_reading(named("二", 1000), named("一", 50))
    held = compare(reading, [label(left=40, name="一"), label(left=1010, name="二")])
    assert [expected[NAME] for expected in held.expected] == ["二", "一"]
    assert all(held.marks.values())


def test_a_field_is_right_when_it_is_right_on_all_cards() -> None:
    held = compare(make_reading(named("一", 50), named("三", 1000)), [label(name="一"), label(left=1000, name="二")])
    assert held.marks[NAME] is False
    assert held.marks[FieldName.SEX] is True


def test_a_card_that_was_not_found_is_wrong() -> None:
    held = compare(make_reading(make_card()), [label(), label(Side.BACK)])
    assert (held.marks[NAME], held.marks[FieldName.GOV]) == (True, False)
    assert len(held.expected) == 1


def test_the_side_asked_for_is_the_one_that_counts() -> None:
    reading = make_reading(make_card(), options=ReadOptions(Side.FRONT))
    assert set(compare(reading, [label(), label(Side.BACK)]).marks) == set(FIELDS[Side.FRONT])


def test_what_nobody_can_read_is_not_counted() -> None:
    covered = CardLabel(Side.FRONT, {NAME: "某", FieldName.SEX: "女"}, covered=(NAME,))
    held = compare(make_reading(make_card()), [covered])
    assert held.marks == {FieldName.SEX: True}


def test_without_labels_nothing_is_expected() -> None:
    held = compare(make_reading(make_card(), make_card(Side.BACK)), [])
    assert (held.expected, held.marks) == (({}, {}), {})
