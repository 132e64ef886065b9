"""``idcard version``."""

from __future__ import annotations

import platform

import typer

from idcard_core.release import own_version


def version() -> None:
    """Print the version, and that of Python."""
    typer.echo(f"idcard-core {own_version()}, Python {platform.python_version()}")
