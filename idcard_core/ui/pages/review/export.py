"""Finished reviews become labelled samples: a picture's label is what was read, as reviewers have corrected it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from idcard_core.card import ImageStatus
from idcard_core.specimen.labels import CardLabel, PictureLabel
from idcard_core.store.errors import Damaged, NotKept
from idcard_core.store.review.items import OpenItem, QueueFilter
from idcard_core.store.review.project import State
from idcard_core.store.samples import NewSample
from idcard_core.store.store import Store
from idcard_core.ui.pages.review.answer import ReadCard, cards_of

CONDITION = "review"
"""Of a picture that nobody has named a condition for."""
BATCH = 100


@dataclass(frozen=True, slots=True)
class Target:
    """Where finished reviews go, and who says so."""

    set_name: str
    author: str
    time: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is; ``skipped`` could not be opened, or their picture is gone."""

    done: int
    total: int
    skipped: int


def export(store: Store, wanted: QueueFilter, target: Target) -> Iterator[Progress]:
    """Put every finished item of ``wanted`` into a set, and judge kept readings by the new labels.

    What the set has of a picture already is corrected, as a new version, unless it says the same.
    """
    finished = replace(wanted, state=State.DONE)
    total, done, skipped = store.review.queue.count(finished), 0, 0
    set_id = store.samples.make_set(target.set_name, target.author, target.time)
    yield Progress(0, total, 0)
    while items := store.review.queue.page(finished, BATCH, done + skipped):
        for item in items:
            try:
                sample = sample_of(store.review.open(item.id), target)
                store.samples.add(set_id, [sample])
                store.accuracy.refresh(item.sha256, item.page)
                done += 1
            except (Damaged, NotKept):
                skipped += 1
        yield Progress(done, total, skipped)


def sample_of(opened: OpenItem, target: Target) -> NewSample:
    """A finished item as a labelled sample. Raises Damaged."""
    item = opened.item
    return NewSample(
        label=label_of(opened),
        sha256=item.sha256,
        page=item.page,
        author=item.reviewer or target.author,
        time=target.time,
        has_picture=True,
    )


def label_of(opened: OpenItem) -> PictureLabel:
    """What reviewers say is on the picture. Raises Damaged."""
    item, verdict = opened.item, opened.verdict
    cards = () if verdict.not_a_card else cards_of(opened.answer, verdict.fields)
    labels = tuple(_card_label(card, at, opened) for at, card in enumerate(cards))
    no_card = ImageStatus.NON_IDCARD if verdict.not_a_card else item.status
    return PictureLabel(
        image=item.sha256,
        condition=item.condition or CONDITION,
        cards=labels,
        readable=all(not label.covered for label in labels),
        direction=item.direction if verdict.direction is None else verdict.direction,
        sha256=item.sha256,
        status=verdict.status or no_card,
        risk=verdict.risk or item.risk,
    )


def _card_label(card: ReadCard, at: int, opened: OpenItem) -> CardLabel:
    """A field that was left empty is one that nobody can read."""
    said = opened.verdict.fields
    texts = {read.name: said.get((at, read.name), read.text) for read in card.fields}
    return CardLabel(
        side=card.side,
        fields={name: text for name, text in texts.items() if text},
        corners=card.corners,
        quads={read.name: read.quad for read in card.fields if read.found and read.quad is not None},
        covered=tuple(name for name, text in texts.items() if not text),
    )
