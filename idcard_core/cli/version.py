"""``idcard version``."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of

import typer


def version() -> None:
    """Print the version, and that of Python."""
    try:
        number = version_of("idcard-core")
    except PackageNotFoundError:
        number = "(not installed)"
    typer.echo(f"idcard-core {number}, Python {platform.python_version()}")
