"""The wire contract as tables to read: parameters, fields of the answer, errors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

import streamlit as st

from idcard_core.contract.tables import ANSWER, ERROR_TABLE, PARAMETERS, ErrorRow, Words
from idcard_core.errors import ClientError
from idcard_core.ui.look import Tone, badge
from idcard_core.ui.strings import Language, Texts


def show_contract(texts: Texts) -> None:
    """Three tabs under the request and its answer."""
    st.subheader(texts("contract.title"), anchor=False)
    parameters, answer, errors = st.tabs(
        [texts("contract.parameters"), texts("contract.answer"), texts("contract.errors")], key="contract"
    )
    with parameters:
        _parameters(texts)
    with answer:
        _answer(texts)
    with errors:
        _errors(texts)


def _parameters(texts: Texts) -> None:
    rows = (
        (
            _code(one.name) + (badge(texts("contract.required"), Tone.INFO) if one.required else ""),
            "".join(_code(value) for value in one.values) or _quiet(texts("contract.any")),
            escape(in_words(one.meaning, texts)),
        )
        for one in PARAMETERS
    )
    _table("parameters", [texts(f"contract.{name}") for name in ("name", "values", "meaning")], map(_row, rows))
    st.caption(texts("contract.switches"))


def _answer(texts: Texts) -> None:
    rows = (
        (
            _code(one.name),
            _quiet(one.type),
            escape(in_words(one.when, texts)),
            escape(in_words(one.meaning, texts)),
        )
        for one in ANSWER
    )
    _table("answer", [texts(f"contract.{name}") for name in ("name", "type", "when", "meaning")], map(_row, rows))


def _errors(texts: Texts) -> None:
    rows: list[str] = []
    for code, found in groupby(ERROR_TABLE, key=lambda row: row.kind.code):
        rows += _of_one_code(code, list(found), texts)
    _table("errors", [texts(f"contract.{name}") for name in ("code", "message", "cause")], rows)
    st.caption(texts("contract.error_form"))


def _of_one_code(code: int, rows: Sequence[ErrorRow], texts: Texts) -> Iterable[str]:
    """The lines of a code, which stands before the first of them."""
    tone = Tone.FAIR if issubclass(rows[0].kind, ClientError) else Tone.BAD
    head = f'<td rowspan="{len(rows)}">{badge(str(code), tone)}</td>'
    for row in rows:
        cells = f"<td>{_code(row.message)}</td><td>{escape(in_words(row.when, texts))}</td>"
        yield f"<tr>{head}{cells}</tr>"
        head = ""


def in_words(words: Words, texts: Texts) -> str:
    """``words`` in the language of the page."""
    return words.zh if texts.language is Language.ZH else words.en


def _table(name: str, heads: Sequence[str], rows: Iterable[str]) -> None:
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    st.html(
        f'<table class="id-contract" data-table="{name}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _quiet(text: str) -> str:
    return f'<span class="id-label">{escape(text)}</span>'
