"""What the commands print with: messages to standard error, JSON and tables to standard output."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from idcard_core.contract import JsonObject
    from idcard_core.settings import Settings

PIPE_WIDTH = 80
"""Columns of a table that does not go to a terminal."""


def complain(message: str) -> None:
    """A message on standard error."""
    typer.echo(f"idcard: {message}", err=True)


def load_settings() -> Settings:
    """The settings, or an end with 1 and what is wrong with them."""
    from pydantic import ValidationError

    from idcard_core.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        for wrong in error.errors(include_input=False):
            complain(f"settings: {'.'.join(map(str, wrong['loc']))}: {wrong['msg']}")
    except ValueError as error:
        complain(f"settings: {error}")
    raise typer.Exit(1)


def print_json(value: JsonObject) -> None:
    """One line of JSON on standard output, escaped where the output's encoding is not UTF-8."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    typer.echo(json.dumps(value, ensure_ascii=encoding != "utf8"))


def table_console() -> Console:
    """A console on standard output, as wide as the terminal or `PIPE_WIDTH`."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    return Console(width=None if terminal else PIPE_WIDTH, highlight=False)
