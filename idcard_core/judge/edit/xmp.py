"""What an XMP packet says: the programs it names (creator tool, history, labels of generated pictures), the comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

from idcard_core.judge.edit.claims import Claim, Source, as_written
from idcard_core.judge.edit.texts import aigc_producer

PACKET_BYTES = 1024 * 1024
"""Most read of a packet. Photoshop's are 2 to 30 KiB, with the history of a long-kept document some hundred."""
ELEMENTS_AT_MOST = 20_000
"""With their attributes."""
DEPTH_AT_MOST = 64
VALUE_CHARACTERS = 4096

_SOFTWARE = "http://ns.adobe.com/xap/1.0/ CreatorTool", "http://ns.adobe.com/tiff/1.0/ Software"
_COMMENT = "http://ns.adobe.com/exif/1.0/ UserComment"
_CREDIT = "http://ns.adobe.com/photoshop/1.0/ Credit"
_SOURCE_TYPE = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/ DigitalSourceType"
_CAMERA_RAW = "http://ns.adobe.com/camera-raw-settings/1.0/ "
_APPLIED, _CAMERA_RAW_VERSION = f"{_CAMERA_RAW}AlreadyApplied", f"{_CAMERA_RAW}Version"
"""Settings that the pixels went through, and their version; drones write settings that nobody applied."""
_KEPT = (*_SOFTWARE, _COMMENT, _CREDIT, _SOURCE_TYPE, _APPLIED, _CAMERA_RAW_VERSION)
_EVENT = "http://ns.adobe.com/xap/1.0/sType/ResourceEvent# "
_HISTORY = "http://ns.adobe.com/xap/1.0/mm/ History"
_ITEM = "http://www.w3.org/1999/02/22-rdf-syntax-ns# li"
_AIGC = re.compile(r" AIGC$|AIGC/1\.0/ ")
"""The label Chinese law asks of generated pictures (GB 45438-2025); namespaces in the wild differ."""

WRITING = frozenset(
    {
        *("", "created", "saved", "edited", "derived", "produced"),
        *("filtered", "color_adjustments", "drawing", "placed"),
    }
)
"""Actions of a history (XMP specification part 2, ResourceEvent) after which the pixels are the program's; others,
such as converted, printed, copied, cropped or resized, leave the picture what it was."""
GENERATED = frozenset({"trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "compositeSynthetic"})
"""Digital source types (IPTC NewsCodes) of pictures that a model made or changed."""


class _Enough(Exception):
    """A packet asks for more work than any program's, or defines entities."""


@dataclass(slots=True)
class _Reader:
    """Gathers values by name while expat walks over the packet; attributes and elements alike."""

    values: dict[str, str] = field(default_factory=dict)
    events: list[dict[str, str]] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    elements: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1 + len(attributes)
        if self.elements > ELEMENTS_AT_MOST or len(self.path) >= DEPTH_AT_MOST:
            raise _Enough
        if name == _ITEM and _HISTORY in self.path:
            self.events.append({})
        self.path.append(name)
        self.text.clear()
        for key, value in attributes.items():
            self.keep(key, value)

    def end(self, name: str) -> None:
        if self.path:
            self.path.pop()
        self.keep(name, "".join(self.text))
        self.text.clear()

    def characters(self, text: str) -> None:
        if len(self.text) < VALUE_CHARACTERS:
            self.text.append(text[:VALUE_CHARACTERS])

    def keep(self, name: str, value: str) -> None:
        if not (value := value[:VALUE_CHARACTERS].strip()):
            return
        if name.startswith(_EVENT) and self.events and _HISTORY in self.path:
            self.events[-1].setdefault(name.removeprefix(_EVENT), value)
        elif name in _KEPT:
            self.values.setdefault(name, value)
        elif name == _ITEM and _COMMENT in self.path:  # one for each language
            self.values.setdefault(_COMMENT, value)
        elif _AIGC.search(name):
            self.values.setdefault("AIGC", value)

    def entity(self, *_: object) -> None:
        raise _Enough


def claims(packet: bytes | str) -> list[Claim]:
    """The claims of a packet; of one that is cut or broken, those before the break.

    Entities are never expanded: a packet that defines any is read no further than that.
    """
    read = _read(packet)
    return [Claim(Source.XMP, as_written(name), certain) for name, certain in _named(read) if name]


def comment(packet: bytes | str) -> str:
    """The user's comment of a packet, in the language that comes first; empty where there is none."""
    return _read(packet).values.get(_COMMENT, "")


def _named(read: _Reader) -> Iterator[tuple[str, bool]]:
    """Name and whether it is certain: labels of generated pictures, programs, the history from its newest event on."""
    software = [read.values[name] for name in _SOFTWARE if name in read.values]
    if "AIGC" in read.values and (producer := aigc_producer(read.values["AIGC"])):
        yield producer, True
    source_type = re.split(r"[/:]", read.values.get(_SOURCE_TYPE, ""))[-1]
    yield from ((name, False) for name in software)
    for event in reversed(read.events):
        only_metadata = event.get("changed", "").strip().rstrip("/") == "/metadata"
        if event.get("action", "") in WRITING and not only_metadata:
            yield event.get("softwareAgent", ""), False
    if source_type in GENERATED:
        # Google's says "Made with Google AI" or "Edited with Google AI" as credit, and no more of the program
        yield next((name for name in (read.values.get(_CREDIT), *software) if name), source_type), True
    if read.values.get(_APPLIED, "").casefold() == "true":
        yield f"Adobe Camera Raw {read.values.get(_CAMERA_RAW_VERSION, '')}", True


def _read(packet: bytes | str) -> _Reader:
    text = packet[:PACKET_BYTES].decode("utf-8", "replace") if isinstance(packet, bytes) else packet[:PACKET_BYTES]
    reader = _Reader()
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.EntityDeclHandler = reader.entity
    parser.StartDoctypeDeclHandler = reader.entity
    with suppress(expat.ExpatError, _Enough):  # what came before it counts
        parser.Parse(text.lstrip("\ufeff\0 \r\n\t").encode("utf-8", "replace"), True)
    return reader
