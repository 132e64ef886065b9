"""``idcard keys``: who may call the HTTP API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from idcard_core.cli.console import complain, load_settings, table_console

if TYPE_CHECKING:
    from idcard_core.store.keys import KeyTable

app = typer.Typer(help="Keys of the HTTP API.", no_args_is_help=True)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="What the key is for.")],
    calls: Annotated[int | None, typer.Option(min=0, help="How many calls it may make; without it, no end.")] = None,
) -> None:
    """Make a key and print it. It is not kept, only its hash: this is the one time it is seen."""
    from idcard_core.serve.keys import make_key

    typer.echo(make_key(_table(), name, calls))


@app.command("list")
def list_() -> None:
    """Print the keys: id, name, calls used and left."""
    from rich.table import Table

    table = Table("id", "name", "used", "left", "created", "revoked")
    for key in _table().all():
        left = "no end" if key.left is None else str(key.left)
        revoked = f"{key.revoked:%Y-%m-%d}" if key.revoked else ""
        table.add_row(key.id, key.name, str(key.used), left, f"{key.created:%Y-%m-%d}", revoked)
    table_console().print(table)


@app.command()
def revoke(id: Annotated[str, typer.Argument(help="Id of the key, as `list` prints it.")]) -> None:
    """Let a key call no more."""
    if not _table().revoke(id):
        complain("there is no such key, or it was revoked before")
        raise typer.Exit(1)


def _table() -> KeyTable:
    from sqlalchemy.exc import SQLAlchemyError

    from idcard_core.store.database import open_database
    from idcard_core.store.keys import KeyTable

    try:
        return KeyTable(open_database(load_settings()))
    except (SQLAlchemyError, OSError) as error:
        complain(f"the database cannot be opened: {type(error).__name__}")
        raise typer.Exit(1) from None
