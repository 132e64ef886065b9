"""The request as it is sent, beside the answer to it."""

from __future__ import annotations

from html import escape
from typing import Literal, get_args

import streamlit as st

from idcard_core.ui.errors_panel import explain
from idcard_core.ui.history import Failure
from idcard_core.ui.look import Tone, badge, milliseconds
from idcard_core.ui.pages.api.call import KEY_VARIABLE, ApiCall
from idcard_core.ui.pages.api.client import ANSWER_SECONDS, Answer, Exchange, Quota, Silence, callers_address
from idcard_core.ui.strings import Texts

HEIGHT_PX = 330
_View = Literal["HTTP", "curl"]
_OK, _FORBIDDEN = 200, 403


def show_request(call: ApiCall, texts: Texts) -> None:
    """What is sent, as HTTP or as a command."""
    address = callers_address()
    with _head("request"):
        st.html(f'<div class="id-exchange-title">{escape(texts("api.request"))}</div>')
        view: _View = st.segmented_control(
            texts("api.request.view"),
            get_args(_View),
            default="HTTP",
            required=True,
            key="api_view",
            label_visibility="collapsed",
            persist_state="session",
        )
    if view == "HTTP":
        st.code(call.as_http(address, texts), language="http", wrap_lines=True, height=HEIGHT_PX)
    else:
        st.code(call.as_curl(address), language="bash", wrap_lines=True, height=HEIGHT_PX)
    if call.image is None:
        st.caption(texts("api.request.none"))
    elif view == "curl":
        notes = [texts("api.request.file")] if call.file is not None else []
        notes += [texts("api.request.key", variable=KEY_VARIABLE)] if call.key else []
        st.caption(" ".join(notes))


def show_answer(exchange: Exchange | None, call: ApiCall, texts: Texts) -> None:
    """What came back last, and in plain words what it means when it is an error."""
    with _head("answer"):
        st.html(f'<div class="id-exchange-title">{escape(texts("api.answer"))}{_outcome(exchange, texts)}</div>')
        if exchange is not None and isinstance(exchange.outcome, Answer):
            st.download_button(
                texts("api.answer.download"),
                exchange.outcome.text,
                file_name="answer.json",
                mime="application/json",
                icon=":material/download:",
                on_click="ignore",
                key="api_download",
            )
    if exchange is None:
        _nothing(texts("api.answer.empty"))
        return
    if isinstance(exchange.outcome, Silence):
        _nothing(texts(f"api.answer.{exchange.outcome.value}", seconds=round(ANSWER_SECONDS)))
    else:
        language = "json" if exchange.outcome.is_json else None
        st.code(exchange.outcome.as_http(texts), language=language, wrap_lines=True, height=HEIGHT_PX)
    notes = [meaning(exchange.outcome, texts)] if isinstance(exchange.outcome, Answer) else []
    if exchange.fingerprint != call.fingerprint():
        notes.append(texts("api.answer.stale"))
    if any(notes):
        st.caption(" ".join(filter(None, notes)))


def meaning(answer: Answer, texts: Texts) -> str:
    """An answer that is none of the contract's right ones, in plain words."""
    if answer.status == _OK and answer.is_json:
        return ""
    if not answer.is_json or f"error.{answer.status}" not in texts:
        return texts("api.answer.foreign")
    return explain(Failure(answer.status, answer.message), texts)


def show_quota(found: Quota | int | Silence, key: str, texts: Texts) -> None:
    """One line about keys and calls left."""
    values: dict[str, object] = {}
    if isinstance(found, Quota) and found.keys:
        case, tone = ("endless" if found.left is None else "left"), (Tone.BAD if found.left == 0 else Tone.GOOD)
        values = {"left": found.left, "used": found.used, "total": found.total}
    elif isinstance(found, Quota):
        case, tone = "off", Tone.QUIET
    elif found == _FORBIDDEN:
        case, tone = ("wrong", Tone.BAD) if key else ("needed", Tone.FAIR)
    else:
        case, tone = "unknown", Tone.BAD
    label, line = texts(f"api.quota.{case}", **values), texts(f"api.quota.{case}.line", **values)
    st.html(
        f'<div class="id-quota" data-quota="{case}"><span class="id-label">{escape(texts("api.quota"))} '
        f'<code>GET /quota</code></span>{badge(label, tone)}<span class="id-line">{escape(line)}</span></div>'
    )


def _head(name: str) -> st.delta_generator.DeltaGenerator:
    return st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key=f"api-{name}-head"
    )


def _outcome(exchange: Exchange | None, texts: Texts) -> str:
    """The status as a badge, and the time it took."""
    if exchange is None:
        return ""
    if isinstance(exchange.outcome, Silence):
        status = badge(texts("api.answer.silent"), Tone.BAD)
    else:
        status = badge(str(exchange.outcome.status), Tone.GOOD if exchange.outcome.status == _OK else Tone.BAD)
    took = texts("api.answer.right", ms=milliseconds(exchange.milliseconds))
    return f' <span data-answer="status">{status}</span><span class="id-line">{escape(took)}</span>'


def _nothing(text: str) -> None:
    st.html(f'<div class="id-nothing id-no-answer">{escape(text)}</div>')
