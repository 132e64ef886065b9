"""The manifest: one JSON object a line, read as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from idcard_core.contract import JsonObject, parse_json
from idcard_core.errors import FormatError, IdCardError, JsonError

_UTF8_BOM = b"\xef\xbb\xbf"
_DEEPEST = 100
"""How deep a row may be nested: far above any use, far below where writing JSON runs out of stack."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a manifest: its number, counted from 1 with blank lines, and its object or what is wrong with it."""

    number: int
    record: JsonObject
    error: IdCardError | None = None

    @classmethod
    def of(cls, number: int, line: bytes) -> Row:
        """Parse a line; a bad one keeps nothing but its number, as the key ``line``."""
        try:
            value = parse_json(line.decode("utf-8"))
            if not isinstance(value, dict) or _deeper_than(_DEEPEST, value):
                raise FormatError(FormatError.RUNTIME)
        except UnicodeDecodeError:
            return cls(number, {"line": number}, JsonError())
        except IdCardError as error:
            return cls(number, {"line": number}, error)
        return cls(number, cast(JsonObject, value))


def read_rows(lines: Iterable[bytes]) -> Iterator[Row]:
    """The rows of a manifest, one after another; blank lines are skipped, a byte order mark is allowed."""
    for number, line in enumerate(lines, 1):
        text = (line.removeprefix(_UTF8_BOM) if number == 1 else line).strip()
        if text:
            yield Row.of(number, text)


def count_rows(path: Path) -> int:
    """How many rows `read_rows` will give for a file."""
    with path.open("rb") as lines:
        first = next(lines, b"").removeprefix(_UTF8_BOM)
        return bool(first.strip()) + sum(1 for line in lines if line.strip())


def _deeper_than(levels: int, value: object) -> bool:
    """Whether JSON is nested deeper than ``levels``."""
    layer = [value]
    for _ in range(levels):
        layer = [
            child
            for parent in layer
            if isinstance(parent, (dict, list))
            for child in (parent.values() if isinstance(parent, dict) else parent)
        ]
    return bool(layer)
