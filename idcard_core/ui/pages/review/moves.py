"""What the browser asks for, done: events written into the log, and the item that comes next.

A message is ``{"seq", "kind", "item", "version", "values": {"0.name": "..."}, ...}``. Each is handled once, whatever
comes twice; nothing of it is ever half done without the reviewer being told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone

from idcard_core.card import FieldName, ImageStatus, RiskType
from idcard_core.store.errors import Conflict, NothingToUndo, NotKept
from idcard_core.store.review.actions import (
    Accept,
    Action,
    ChangeField,
    Entry,
    LabelDirection,
    LabelRisk,
    LabelStatus,
    NotACard,
    Postpone,
    Reopen,
    Undo,
)
from idcard_core.store.review.project import Place
from idcard_core.store.store import Store
from idcard_core.ui.kept import TROUBLES
from idcard_core.ui.look import Tone
from idcard_core.ui.pages.review.answer import cards_of
from idcard_core.ui.pages.review.desk_state import Clash, Desk
from idcard_core.ui.pages.review.presence import Presence

_ENDS: Mapping[str, Action] = {
    "accept": Accept(),
    "not_a_card": NotACard(),
    "postpone": Postpone(),
    "reopen": Reopen(),
}
_LEAVES = frozenset({"accept", "not_a_card", "postpone", "next"})
"""Kinds that go on to the next item."""
_DIRECTIONS = range(-1, 4)


@dataclass(frozen=True, slots=True)
class Message:
    """A message whose form is right."""

    seq: int
    kind: str
    item: int
    version: int
    values: Mapping[Place, str] = field(repr=False)
    label: Action | None = None


def place_name(place: Place) -> str:
    """How a place is called in the browser."""
    return f"{place[0]}.{place[1].value}"


def values_of(said: object) -> dict[Place, str]:
    """Typed values by place; what is no place is left out."""
    found: dict[Place, str] = {}
    for key, value in said.items() if isinstance(said, Mapping) else ():
        number, _, name = str(key).partition(".")
        if number.isdigit() and name in {each.value for each in FieldName}:
            found[int(number), FieldName(name)] = str(value).strip()
    return found


def message_of(said: Mapping[str, object]) -> Message:
    """Raises KeyError, TypeError or ValueError for what is no message."""
    seq, item, version = (int(str(said[key])) for key in ("seq", "item", "version"))
    label = None
    if said["kind"] == "label":
        label = _label(str(said["name"]), str(said["value"]))
    return Message(seq, str(said["kind"]), item, version, values_of(said.get("values")), label)


def _label(name: str, value: str) -> Action:
    if name == "status":
        return LabelStatus(ImageStatus(value))
    if name == "risk":
        return LabelRisk(RiskType(value))
    if name == "direction" and int(value) in _DIRECTIONS:
        return LabelDirection(int(value))
    raise ValueError(name)


class Moves:
    """Handles the messages of one session."""

    def __init__(self, desk: Desk, store: Callable[[], Store], present: Presence) -> None:
        self._desk = desk
        self._store = store
        self._present = present

    def handle(self, said: Mapping[str, object]) -> None:
        """Do what a message asks for, once, after those before it. What goes wrong becomes a notice; nothing raises."""
        desk = self._desk
        try:
            message = message_of(said)
        except (KeyError, TypeError, ValueError):
            return
        with desk.turn:
            if message.seq > desk.acked:
                self._handle(message, said)

    def _handle(self, message: Message, said: Mapping[str, object]) -> None:
        desk = self._desk
        desk.notice = None
        try:
            if message.item == desk.item:
                self._do(message, said)
            else:
                self._save(message)  # typed before another item was opened
        except Conflict as conflict:
            if message.item == desk.item:
                desk.clash = Clash(conflict.by, conflict.time, message.version, said)
            else:
                desk.tell("review.notice.left_behind", Tone.FAIR, by=conflict.by)
        except NothingToUndo:
            desk.tell("review.notice.nothing_to_undo")
        except NotKept:
            desk.tell("review.notice.gone", Tone.FAIR)
            desk.go_to(None)
        except TROUBLES:
            desk.tell("review.notice.not_saved", Tone.BAD)
        desk.acked = message.seq

    def _do(self, message: Message, said: Mapping[str, object]) -> None:
        match message.kind:
            case "undo":
                self._undo(message)
            case "back":
                self._save(message)
                self._back(message)
            case "keep_mine":
                self._keep_mine()
            case "take_theirs":
                self._desk.clash = None
            case "look":
                pass  # only to see the item as it is now
            case _:
                self._say(message, force=False)

    def _say(self, message: Message, force: bool) -> None:
        version = self._save(message, force)
        action = message.label if message.kind == "label" else _ENDS.get(message.kind)
        if action is not None:
            self._record(message.item, action, version, force and version == message.version)
        self._desk.clash = None
        if message.kind in _LEAVES:
            self._desk.go_to(self.next_of(message.item))

    def _save(self, message: Message, force: bool = False) -> int:
        """Write the fields that changed into the log; the item's version then, as far as this session knows it."""
        version = message.version
        for place, value in self._changed(message):
            version = self._record(message.item, ChangeField(*place, value), version, force)
            force = False
        return version

    def _changed(self, message: Message) -> Iterator[tuple[Place, str]]:
        if not message.values:
            return
        opened = self._store().review.open(message.item)
        said = opened.verdict.fields
        read = {
            (at, each.name): each.text for at, card in enumerate(cards_of(opened.answer, said)) for each in card.fields
        }
        for place, value in message.values.items():
            if value != said.get(place, read.get(place, "")):
                yield place, value

    def _record(self, item: int, action: Action, seen: int, force: bool = False) -> int:
        entry = Entry(item, action, self._desk.reviewer, datetime.now(timezone.utc), seen)
        version = self._store().review.record(entry, force).version
        if isinstance(action, Undo):
            self._desk.known[item] = version
        else:
            self._desk.did(item, version)
        return version

    def _keep_mine(self) -> None:
        clash = self._desk.clash
        if clash is not None:
            self._say(message_of(clash.message), force=True)

    def _back(self, message: Message) -> None:
        if not self._desk.go_back():
            item = self._store().review.get(message.item)
            before = None if item is None else self._store().review.queue.previous(item, self._desk.wanted)
            if before is None:
                self._desk.tell("review.notice.first")
            else:
                self._desk.item = before.id

    def _undo(self, message: Message) -> None:
        """Take back the latest event of this session, wherever it was; without one, the latest of the open item."""
        desk = self._desk
        if not desk.trail:
            self._record(message.item, Undo(), message.version)
            return
        item = desk.trail[-1]
        try:
            self._record(item, Undo(), desk.known[item])
        except Conflict as conflict:
            desk.trail.pop()
            desk.tell("review.notice.undo_refused", Tone.FAIR, by=conflict.by)
        else:
            desk.trail.pop()
            desk.tell("review.notice.undone")
        if item != desk.item:
            desk.go_to(item)

    def next_of(self, item: int | None) -> int | None:
        """The item after ``item``, or the worst one, which nobody else has open if there is such a one; it is taken."""
        found = next(iter(self._following(item)), None)
        self._present.sit(self._desk.token, self._desk.reviewer, found, datetime.now(timezone.utc))
        return found

    def _following(self, item: int | None) -> list[int]:
        """Some items that may come next, the best choice first; of those taken, the one left alone for longest."""
        queue, wanted = self._store().review.queue, self._desk.wanted
        taken = self._present.taken(self._desk.token)
        after = None if item is None else self._store().review.get(item)
        behind: list[int] = []
        while after is not None and len(behind) <= len(taken):
            after = queue.next(after, wanted)
            behind += [] if after is None else [after.id]
        from_the_top = [found.id for found in queue.page(wanted, limit=len(taken) + 2) if found.id != item]
        nobody = datetime.min.replace(tzinfo=timezone.utc)
        return sorted([*behind, *from_the_top], key=lambda id: taken.get(id, nobody))
