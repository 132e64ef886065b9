"""Which release this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def own_version() -> str:
    """The version that is installed; ``unknown`` for a folder that was never installed."""
    try:
        return version("idcard-core")
    except PackageNotFoundError:
        return "unknown"
