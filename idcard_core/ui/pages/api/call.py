"""A call of the HTTP API as a form describes it: its body in any shape of the contract, and the same for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from hashlib import blake2b
from shlex import quote as shell_quote
from urllib.parse import quote, urlencode, urlsplit

from idcard_core.serve.paths import RECOGNISE
from idcard_core.ui.strings import Texts

KEY_VARIABLE = "IDCARD_KEY"
"""Stands for the key in a command, which may end up in a shell's history."""
SHOWN_CHARACTERS = 32
"""Of a picture in base64."""
_STAND_IN = "ThePictureInBase64"
"""For the picture in a body that is shown; no shape changes its letters."""
_CONFIGURE_SIDES: Mapping[str, str] = {"front": "face", "back": "back"}


class WireShape(str, Enum):
    """How the parameters travel (contract, section 4)."""

    FORM = "form"
    JSON = "json"
    CONFIGURE = "configure"
    INPUTS = "inputs"

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides that can be asked for in it, as ``id_card_side`` names them."""
        return ("front", "back") if self in (WireShape.CONFIGURE, WireShape.INPUTS) else ("front", "back", "auto")

    @property
    def content_type(self) -> str:
        """The type of its body."""
        return "application/x-www-form-urlencoded" if self is WireShape.FORM else "application/json"


@dataclass(frozen=True, slots=True)
class ApiCall:
    """What is to be sent: ``image`` is a URL, base64 or nothing at all; ``file`` the name of the file it came from."""

    shape: WireShape
    image: str | None = field(repr=False)
    file: str | None
    side: str
    switches: tuple[str, ...] = ()
    """Those that are on."""
    key: str = field(default="", repr=False)

    def body(self) -> bytes:
        """The body as it is sent."""
        return self._text(self.image, indent=2).encode()

    def headers(self) -> dict[str, bytes]:
        """The headers as they are sent."""
        return {"Content-Type": self.shape.content_type.encode(), **authorization(self.key)}

    def fingerprint(self) -> str:
        """The same for calls that are the same."""
        return blake2b(self.body() + b"\0" + self.key.encode(), digest_size=16).hexdigest()

    def as_http(self, address: str, texts: Texts) -> str:
        """The request as HTTP, with its picture shortened and the secret of its key left out."""
        lines = [f"POST {RECOGNISE} HTTP/1.1", f"Host: {urlsplit(address).netloc}"]
        lines.append(f"Content-Type: {self.shape.content_type}")
        if self.key:
            lines.append(f"Authorization: APPCODE {masked(self.key)}")
        if self.image is None or self.file is None:
            return "\n".join([*lines, "", self._text(self.image, indent=2)])
        start = self.image[:SHOWN_CHARACTERS]
        start = quote(start, safe="") if self.shape is WireShape.FORM else start
        shown = texts("api.shortened", start=start, count=f"{len(self.image):,}")
        return "\n".join([*lines, "", self._text(_STAND_IN, indent=2).replace(_STAND_IN, shown)])

    def as_curl(self, address: str) -> str:
        """The same as a command for a shell."""
        parts = [f"curl -sS {shell_quote(address + RECOGNISE)}"]
        if self.key:
            parts.append(f'-H "Authorization: APPCODE ${KEY_VARIABLE}"')
        if self.shape is WireShape.FORM:
            image = [("image", self.image)] if self.image is not None and self.file is None else []
            parts += ["--data-urlencode image@-"] if self.file is not None else []
            named = [*image, ("id_card_side", self.side), *((name, "true") for name in self.switches)]
            parts += [f"--data-urlencode {shell_quote(f'{name}={value}')}" for name, value in named]
            return _joined(f"base64 -w0 {shell_quote(self.file)}" if self.file is not None else "", parts)
        parts.append(f'-H "Content-Type: {self.shape.content_type}"')
        if self.file is None:
            return _joined("", [*parts, f"-d {shell_quote(self._text(self.image))}"])
        # printf is part of the shell, so that no limit on arguments holds for the picture.
        pattern = self._text(_STAND_IN).replace("\\", "\\\\").replace("%", "%%").replace(_STAND_IN, "%s")
        made = f'printf {shell_quote(pattern)} "$(base64 -w0 {shell_quote(self.file)})"'
        return _joined(made, [*parts, "--data-binary @-"])

    def _text(self, image: str | None, indent: int | None = None) -> str:
        """The body around ``image``."""
        picture = {} if image is None else {"image": image}
        switches = dict.fromkeys(self.switches, "true")
        if self.shape is WireShape.FORM:
            return urlencode({**picture, "id_card_side": self.side, **switches})
        if self.shape is WireShape.JSON:
            return json.dumps({**picture, "id_card_side": self.side, **switches}, ensure_ascii=False, indent=indent)
        configure = json.dumps({"side": _CONFIGURE_SIDES[self.side], **switches})
        if self.shape is WireShape.CONFIGURE:
            return json.dumps({**picture, "configure": configure}, ensure_ascii=False, indent=indent)
        entry = {name: {"dataType": 50, "dataValue": value} for name, value in picture.items()}
        entry["configure"] = {"dataType": 50, "dataValue": configure}
        return json.dumps({"inputs": [entry]}, ensure_ascii=False, indent=indent)


def authorization(key: str) -> dict[str, bytes]:
    """The header that carries ``key``, whatever was typed as one; none without it."""
    return {"Authorization": f"APPCODE {key}".encode()} if key else {}


def masked(key: str) -> str:
    """The id of a key, which is no secret, and dots."""
    id, dot, _ = key.partition(".")
    return f"{id[:8]}.••••" if dot else "••••"


def _joined(source: str, parts: list[str]) -> str:
    """A command over several lines, fed by ``source`` if there is one."""
    command = " \\\n  ".join(parts)
    return f"{source} |\n  {command}" if source else command
