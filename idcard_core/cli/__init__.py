"""The command line, ``idcard``. A command's own imports wait until it runs, so that help comes at once.

A command is a function in a module of this package, registered below.
"""

from __future__ import annotations

import typer

from idcard_core.cli import batch, demo, keys, read, serve, specimen, version
from idcard_core.evaluate import command as evaluate

app = typer.Typer(
    name="idcard",
    help="Reads second-generation Chinese resident identity cards (二代居民身份证), offline.",
    no_args_is_help=True,
    add_completion=False,
    # A traceback with local variables would show field values.
    pretty_exceptions_enable=False,
)
for command in (read.read, batch.batch, serve.serve, specimen.specimen, evaluate.bench, demo.demo, version.version):
    app.command()(command)
app.add_typer(keys.app, name="keys")


def main() -> None:
    """Run the command line."""
    app()
