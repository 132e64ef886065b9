"""Reads second-generation Chinese resident identity cards, offline.

from idcard_core import IdCardReader
reading = IdCardReader().read("card.jpg", side="auto", direction=True)

from idcard_core import recognize
answer = recognize({"image": "<base64>", "id_card_side": "front"})
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

# ONNX Runtime reports its use over the network unless this is set before it is first imported (its Privacy.md).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

if TYPE_CHECKING:
    from idcard_core.card import Reading, ReadOptions, Side
    from idcard_core.errors import IdCardError
    from idcard_core.reader import IdCardReader
    from idcard_core.service import recognize
    from idcard_core.settings import Settings

__all__ = ["IdCardError", "IdCardReader", "ReadOptions", "Reading", "Settings", "Side", "recognize"]

_HOMES = {
    "IdCardError": "errors",
    "IdCardReader": "reader",
    "ReadOptions": "card",
    "Reading": "card",
    "Settings": "settings",
    "Side": "card",
    "recognize": "service",
}


def __getattr__(name: str) -> Any:
    """The public names, imported when first asked for: ``import idcard_core`` itself stays quick."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"idcard_core.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
