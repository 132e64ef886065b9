"""Readers for tests of what goes on around them on a cluster."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))
sys.path.insert(0, str(Path(__file__).parents[1] / "batch"))
from serve_stub import Stub

from idcard_core.settings import Settings


def make_slow(settings: Settings) -> Stub:
    """One that takes a while for each picture."""
    return Stub(settings, seconds=0.1)
