"""Asks the HTTP API of this very process, over HTTP, as any other program would."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlsplit

import requests
import streamlit as st

from idcard_core.serve.paths import RECOGNISE
from idcard_core.ui.pages.api.call import SHOWN_CHARACTERS, ApiCall, authorization
from idcard_core.ui.strings import Texts

CONNECT_SECONDS, QUOTA_SECONDS = 3.0, 3.0
ANSWER_SECONDS = 90.0
"""More than an answer takes that waits for the workers to load, for its picture and for a place."""
SHOWN_HEADERS = ("Content-Type", "X-Ca-Error-Message", "Retry-After")
LONGEST_SHOWN = 160
"""A longer text of an answer is shown shortened: a portrait, in base64."""
_FOREIGN_CHARACTERS = 2000
"""Shown of an answer that is no JSON: somebody else's."""
_EVERY_ADDRESS = ("", "0.0.0.0", "::", "localhost")


class Silence(str, Enum):
    """Why there is no answer."""

    UNREACHABLE = "unreachable"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    reason: str
    headers: Mapping[str, str]
    text: str = field(repr=False)

    @property
    def message(self) -> str:
        """The message of an error, by its header."""
        return self.headers.get("X-Ca-Error-Message", "")

    @property
    def is_json(self) -> bool:
        """Whether it can be the API's."""
        return self.headers.get("Content-Type", "").startswith("application/json")

    def as_http(self, texts: Texts) -> str:
        """The answer as HTTP: its JSON in lines, long texts shortened."""
        head = [
            f"HTTP/1.1 {self.status} {self.reason}".rstrip(),
            *(f"{name}: {value}" for name, value in self.headers.items()),
        ]
        return "\n".join([*head, "", self._pretty(texts)])

    def _pretty(self, texts: Texts) -> str:
        try:
            value = json.loads(self.text)
        except ValueError:
            return self.text[:_FOREIGN_CHARACTERS]
        return json.dumps(_shortened(value, texts), ensure_ascii=False, indent=2)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A call that was made: by its fingerprint, and what became of it."""

    fingerprint: str
    outcome: Answer | Silence
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Quota:
    """What ``GET /quota`` says; ``left`` and ``total`` are None for a key without end."""

    keys: bool
    left: int | None = None
    used: int | None = None
    total: int | None = None


def own_address() -> str:
    """Where this process listens."""
    host = st.get_option("server.address") or ""
    host = "127.0.0.1" if host in _EVERY_ADDRESS else host
    return f"http://{f'[{host}]' if ':' in host else host}:{st.get_option('server.port')}"


def callers_address() -> str:
    """Where the person at the browser finds this process."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else own_address()


def send(call: ApiCall) -> Exchange:
    """Makes ``call``."""
    body, began = call.body(), time.perf_counter()
    outcome: Answer | Silence
    try:
        with _client() as client:
            response = client.post(
                own_address() + RECOGNISE,
                data=body,
                headers=call.headers(),
                timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
                allow_redirects=False,
            )
        kept = {name: response.headers[name] for name in SHOWN_HEADERS if name in response.headers}
        outcome = Answer(response.status_code, response.reason, kept, response.content.decode("utf-8", "replace"))
    except requests.Timeout:
        outcome = Silence.LATE
    except requests.RequestException:
        outcome = Silence.UNREACHABLE
    return Exchange(call.fingerprint(), outcome, 1000 * (time.perf_counter() - began))


def quota(key: str) -> Quota | int | Silence:
    """What ``key`` has left, or the status of the error instead."""
    try:
        with _client() as client:
            answer = client.get(own_address() + "/quota", headers=authorization(key), timeout=QUOTA_SECONDS)
        if answer.status_code != requests.codes.ok:
            return answer.status_code
        said = answer.json()
        return Quota(said["keys"], said["left"], said["used"], said["total"])
    except (requests.RequestException, ValueError, KeyError, TypeError):
        return Silence.UNREACHABLE


def _client() -> requests.Session:
    """One that goes straight to this machine, whatever proxy the environment names."""
    client = requests.Session()
    client.trust_env = False
    return client


def _shortened(value: object, texts: Texts) -> object:
    """``value`` with long texts cut short, those inside a text that is JSON itself as well."""
    if isinstance(value, dict):
        return {name: _shortened(part, texts) for name, part in value.items()}
    if isinstance(value, list):
        return [_shortened(part, texts) for part in value]
    if not isinstance(value, str) or len(value) <= LONGEST_SHOWN:
        return value
    if value.startswith("{"):
        try:
            return json.dumps(_shortened(json.loads(value), texts), ensure_ascii=False)
        except ValueError:
            pass
    return texts("api.shortened", start=value[:SHOWN_CHARACTERS], count=f"{len(value):,}")
