"""What C2PA manifests say was done to a picture, and with what. Signatures are not checked: nothing here is trusted.

Formats: JUMBF boxes (ISO/IEC 19566-5) around CBOR, C2PA specification 1.0 to 2.1, "Claims" and "Actions".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from idcard_core.judge.edit.cbor import CborError, decode
from idcard_core.judge.edit.claims import Claim, Source, as_written
from idcard_core.judge.edit.xmp import GENERATED

BOXES_AT_MOST = 2_000
DEPTH_AT_MOST = 6
"""Store, manifest, assertions, assertion, content: five."""
ACTIONS_AT_MOST = 500
DOCUMENTS_AT_MOST = 48
"""Claims and lists of actions that are read, the newest manifests' first."""

EDITING = frozenset(
    {
        *("c2pa.edited", "c2pa.drawing", "c2pa.filtered", "c2pa.color_adjustments", "c2pa.adjustedColor"),
        *("c2pa.placed", "c2pa.removed", "c2pa.deleted", "c2pa.addedText"),
    }
)
"""Actions that change what a picture shows, whichever program did them. Not: created, opened, converted, transcoded,
published, cropped, enhanced, resized, orientation, edited.metadata and the like."""

_CLAIM, _ACTIONS = "c2pa.claim", "c2pa.actions"
"""Labels; a version may follow."""


@dataclass(frozen=True, slots=True)
class _Content:
    """The CBOR under a label, in the manifest of that number."""

    manifest: int
    label: str
    data: bytes


def claims(boxes: bytes) -> list[Claim]:
    """The claims of all manifests, the last one first: that is the picture's own, the others are its ingredients'.

    A manifest gives a name to each action, with the claim generator where the action has none, then the generator.
    """
    read = [content for content in _contents(boxes) if content.label.startswith((_CLAIM, _ACTIONS))]
    manifests: dict[int, list[_Content]] = {}
    for content in read[-DOCUMENTS_AT_MOST:]:
        manifests.setdefault(content.manifest, []).append(content)
    found = [claim for number in sorted(manifests, reverse=True) for claim in _of_manifest(manifests[number])]
    return sorted(found, key=lambda claim: not claim.certain)


def _of_manifest(contents: list[_Content]) -> Iterator[Claim]:
    generators: list[str] = []
    actions: list[dict[object, object]] = []
    for content in contents:
        try:
            document = decode(content.data)
        except CborError:
            continue
        if not isinstance(document, dict):
            continue
        if content.label.startswith(_CLAIM):
            generators += _generators(document)
        else:
            actions += _actions(document)
    for action in reversed(actions[:ACTIONS_AT_MOST]):
        source_type = str(action.get("digitalSourceType", "")).rsplit("/", 1)[-1]
        certain = action.get("action") in EDITING or source_type in GENERATED
        name = _program(action.get("softwareAgent")) or (generators[0] if generators and certain else "")
        if name or certain:
            yield Claim(Source.CREDENTIALS, name or as_written(str(action.get("action"))), certain)
    yield from (Claim(Source.CREDENTIALS, name) for name in generators)


def _generators(claim: dict[object, object]) -> list[str]:
    """The program that wrote a claim: its information, a map or a list of maps, else the older string."""
    info = claim.get("claim_generator_info")
    named = [_program(entry) for entry in (info if isinstance(info, list) else [info])[:8]]
    return [name for name in (*named, _program(claim.get("claim_generator"))) if name]


def _actions(assertion: dict[object, object]) -> Iterator[dict[object, object]]:
    """The actions; in the second version their programs may stand in a list beside them."""
    agents, actions = assertion.get("softwareAgents"), assertion.get("actions")
    for action in actions if isinstance(actions, list) else []:
        if not isinstance(action, dict):
            continue
        number = action.get("softwareAgentIndex")
        if isinstance(agents, list) and isinstance(number, int) and 0 <= number < len(agents):
            action.setdefault("softwareAgent", agents[number])
        yield action


def _program(value: object) -> str:
    """A program's name as a string, or as a map of name and version."""
    if isinstance(value, dict):
        words = [value.get("name"), value.get("version")]
        return as_written(" ".join(word for word in words if isinstance(word, str))) if words[0] else ""
    return as_written(value) if isinstance(value, str) else ""


def _contents(boxes: bytes) -> Iterator[_Content]:
    """The CBOR boxes with the label of the superbox each is in.

    Boxes are walked in the order of the file with a stack of where each open superbox ends.
    """
    open_boxes: list[tuple[int, str]] = []  # end, label
    manifest, at = 0, 0
    for _ in range(BOXES_AT_MOST):
        while open_boxes and at >= open_boxes[-1][0]:
            open_boxes.pop()
        end = open_boxes[-1][0] if open_boxes else len(boxes)
        size, name, start = int.from_bytes(boxes[at : at + 4], "big"), boxes[at + 4 : at + 8], at + 8
        if size == 1:
            size, start = int.from_bytes(boxes[at + 8 : at + 16], "big"), at + 16
        elif size == 0:
            size = end - at
        if at + 8 > len(boxes) or size < 8:
            return
        past = min(at + size, end)
        if name == b"jumb" and len(open_boxes) < DEPTH_AT_MOST:
            manifest += len(open_boxes) == 1
            open_boxes.append((past, ""))
            at = start
            continue
        if name == b"jumd" and open_boxes:
            label = boxes[start + 17 : min(past, start + 273)].split(b"\0")[0]  # after a type and a byte of toggles
            open_boxes[-1] = (open_boxes[-1][0], label.decode("latin-1"))
        elif name == b"cbor" and open_boxes:
            yield _Content(manifest, open_boxes[-1][1], boxes[start:past])
        at = past
