"""``idcard read``: pictures in, a table or the contract's JSON out."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from idcard_core.cli.console import complain, load_settings, print_json


def read(
    pictures: Annotated[
        list[str], typer.Argument(metavar="FILE|URL...", help="Pictures of cards.", show_default=False)
    ],
    side: Annotated[
        Literal["front", "back", "auto"], typer.Option(help="The side to read; auto: whichever there are.")
    ] = "auto",
    direction: Annotated[bool, typer.Option("--direction", help="Find how the picture is turned.")] = False,
    risk: Annotated[bool, typer.Option("--risk", help="Judge whether it is a copy, a screen, edited.")] = False,
    photo: Annotated[bool, typer.Option("--photo", help="Cut out the portrait.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the wire contract's JSON, one line a picture.")
    ] = False,
) -> None:
    """Read pictures of cards.

    A picture that cannot be read is told on standard error and makes the exit code 1; the others are read all the same.
    """
    from idcard_core import contract
    from idcard_core.cli.table import print_table
    from idcard_core.reader import IdCardReader
    from idcard_core.service import as_contract_error

    reader = IdCardReader(load_settings())
    # Not at the first picture, whose time is shown.
    reader.load()
    failed = False
    for picture in pictures:
        log_id = contract.new_log_id()
        try:
            reading = reader.read(picture, side, direction=direction, risk=risk, photo=photo)
        except Exception as error:
            told = as_contract_error(error, log_id)
            complain(f"{picture}: {told.code} {told.message}{_hint(picture)}")
            failed = True
            if as_json:
                print_json(contract.render_error(told, log_id))
        else:
            if as_json:
                print_json(contract.render(reading, log_id))
            else:
                print_table(picture, reading)
    raise typer.Exit(int(failed))


def _hint(picture: str) -> str:
    """What the contract's message does not say of a file that is not there."""
    import os

    from idcard_core.intake import is_url

    return "" if is_url(picture) or os.path.isfile(picture) else " (no such file)"
