"""As much of CBOR (RFC 8949) as content credentials use."""

from __future__ import annotations

import struct
from dataclasses import dataclass

DEPTH_AT_MOST = 16
ITEMS_AT_MOST = 10_000
"""Of one document; a claim with all its assertions has some hundred."""

_ARGUMENT_BYTES = {24: 1, 25: 2, 26: 4, 27: 8}
_FLOATS = {25: ">e", 26: ">f", 27: ">d"}
_INDEFINITE = 31
_BREAK = object()


class CborError(ValueError):
    """Data that is cut, broken, or larger than anything read here."""


def decode(data: bytes) -> object:
    """The first item of ``data``: int, float, bool, None, str, bytes, list or dict.

    Tags are dropped, their content stays; of a map, keys that are neither text nor numbers are dropped. Raises
    ``CborError``.
    """
    return _Decoder(data).item(0)


@dataclass(slots=True)
class _Decoder:
    data: bytes
    at: int = 0
    items: int = 0

    def item(self, depth: int) -> object:
        if (value := self.item_or_break(depth)) is _BREAK:
            raise CborError("a break")
        return value

    def item_or_break(self, depth: int) -> object:
        self.items += 1
        if depth > DEPTH_AT_MOST or self.items > ITEMS_AT_MOST:
            raise CborError("too large")
        (first,) = self.take(1)
        major, low = first >> 5, first & 31
        if major == 7:
            return self.simple(low)
        if low == _INDEFINITE:
            return self.indefinite(major, depth)
        argument = self.argument(low)
        if major == 0:
            return argument
        if major == 1:
            return -1 - argument
        if major == 2:
            return self.take(argument)
        if major == 3:
            return self.take(argument).decode("utf-8", "replace")
        if major == 4:
            return [self.item(depth + 1) for _ in range(self.fitting(argument))]
        if major == 5:
            return _mapping([self.item(depth + 1) for _ in range(self.fitting(2 * argument))])
        return self.item(depth + 1)

    def indefinite(self, major: int, depth: int) -> object:
        """A string in pieces, or a list or map up to a break."""
        if major not in (2, 3, 4, 5):
            raise CborError("no length")
        found: list[object] = []
        while (value := self.item_or_break(depth + 1)) is not _BREAK:
            found.append(value)
        if major == 2:
            return b"".join(piece for piece in found if isinstance(piece, bytes))
        if major == 3:
            return "".join(piece for piece in found if isinstance(piece, str))
        return found if major == 4 else _mapping(found)

    def simple(self, low: int) -> object:
        if low in _FLOATS:
            (number,) = struct.unpack(_FLOATS[low], self.take(_ARGUMENT_BYTES[low]))
            return number
        if low == 24:
            self.take(1)
            return None
        return _BREAK if low == _INDEFINITE else {20: False, 21: True}.get(low)

    def argument(self, low: int) -> int:
        if low < 24:
            return low
        if low not in _ARGUMENT_BYTES:
            raise CborError("reserved")
        return int.from_bytes(self.take(_ARGUMENT_BYTES[low]), "big")

    def fitting(self, count: int) -> int:
        """A count of items that the rest of the data could hold at all."""
        if count > len(self.data) - self.at:
            raise CborError("cut")
        return count

    def take(self, count: int) -> bytes:
        if count > len(self.data) - self.at:
            raise CborError("cut")
        self.at += count
        return self.data[self.at - count : self.at]


def _mapping(flat: list[object]) -> dict[object, object]:
    """Keys and values that follow each other as a map."""
    return {key: value for key, value in zip(flat[::2], flat[1::2], strict=False) if isinstance(key, (str, int))}
