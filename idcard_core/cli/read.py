"""``idcard read``: pictures in, a table or the contract's JSON out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from idcard_core.cli.console import complain, load_settings, print_json

if TYPE_CHECKING:
    from idcard_core.card import Reading
    from idcard_core.contract import JsonObject
    from idcard_core.intake import Page
    from idcard_core.settings import Limits


def read(
    pictures: Annotated[
        list[str], typer.Argument(metavar="FILE|URL...", help="Pictures of cards, or PDFs.", show_default=False)
    ],
    side: Annotated[
        Literal["front", "back", "auto"], typer.Option(help="The side to read; auto: whichever there are.")
    ] = "auto",
    direction: Annotated[bool, typer.Option("--direction", help="Find how the picture is turned.")] = False,
    risk: Annotated[bool, typer.Option("--risk", help="Judge whether it is a copy, a screen, edited.")] = False,
    photo: Annotated[bool, typer.Option("--photo", help="Cut out the portrait.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the wire contract's JSON, one line a picture or page.")
    ] = False,
    detail: Annotated[
        bool, typer.Option("--detail", help="With --json: every card, with places, confidences and doubts.")
    ] = False,
) -> None:
    """Read pictures of cards, and every page of PDF and TIFF files.

    A picture that cannot be read is told on standard error and makes the exit code 1; the others are read all the same.
    A line of JSON is the contract's answer, or its error object, with "image", the name as given, before it, and "page"
    for a page of a document.
    """
    from idcard_core import contract
    from idcard_core.cli.table import print_table
    from idcard_core.reader import IdCardReader
    from idcard_core.service import as_contract_error

    settings = load_settings()
    reader = IdCardReader(settings)
    # Not at the first picture, whose time is shown.
    reader.load()
    failed = False
    wanted = partial(reader.read, side=side, direction=direction, risk=risk, photo=photo, detail=detail)
    for picture, page, outcome in _outcomes(pictures, settings.limits.for_local_files(), wanted):
        name, log_id = picture if page is None else f"{picture}, page {page}", contract.new_log_id()
        if isinstance(outcome, Exception):
            failed = True
            error = as_contract_error(outcome, log_id)
            complain(f"{name}: {error.code} {error.message}{_hint(picture)}")
            if as_json:
                print_json(_line(picture, page, contract.render_error(error, log_id)))
        elif as_json:
            print_json(_line(picture, page, contract.render(outcome, log_id)))
        else:
            print_table(name, outcome)
    raise typer.Exit(int(failed))


def _outcomes(
    pictures: Iterable[str], limits: Limits, read_page: Callable[[Page], Reading]
) -> Iterator[tuple[str, int | None, Reading | Exception]]:
    """For every page of every picture: the name it was given by, the page's number, the reading or what was wrong."""
    from idcard_core.intake import open_pages

    for picture in pictures:
        try:
            pages = open_pages(picture, limits)
        except Exception as error:
            yield picture, None, error
            continue
        for page in pages:
            outcome: Reading | Exception
            try:
                outcome = read_page(page)
            except Exception as error:
                outcome = error
            yield picture, page.number, outcome


def _line(picture: str, page: int | None, answer: JsonObject) -> JsonObject:
    """What a script needs to know of the answer: whose it is."""
    return {"image": picture, **({} if page is None else {"page": page}), **answer}


def _hint(picture: str) -> str:
    """What the contract's message does not say of a file that is not there."""
    import os

    from idcard_core.intake import is_url

    return "" if is_url(picture) or os.path.isfile(picture) else " (no such file)"
