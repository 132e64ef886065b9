"""What the commands print with: messages to standard error, JSON and tables to standard output."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from idcard_core.contract import JsonObject

PIPE_WIDTH = 80
"""Columns of a table that does not go to a terminal."""


def complain(message: str) -> None:
    """A message on standard error."""
    typer.echo(f"idcard: {message}", err=True)


def print_json(value: JsonObject) -> None:
    """One line of JSON on standard output, escaped where the output's encoding is not UTF-8."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    typer.echo(json.dumps(value, ensure_ascii=encoding != "utf8"))


def table_console() -> Console:
    """A console on standard output, as wide as the terminal or `PIPE_WIDTH`."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    return Console(width=None if terminal else PIPE_WIDTH, highlight=False)
