"""The wire contract on one side, the domain on the other; the only place that knows wire names.

A form or a plain JSON object goes through `parse`; a JSON body of any of the three shapes through `parse_json` and
`parse_body`. Readings come back out through `render`, or through `render_body` in the shape the request had, and
errors through `render_error`; `parse_answer` takes a kept answer back. Everything here is a pure function, and what is
rendered is of plain JSON types.
"""

from idcard_core.contract.kept import parse_answer
from idcard_core.contract.request import Body, Request, Shape, parse, parse_body, parse_json
from idcard_core.contract.response import (
    JsonObject,
    JsonValue,
    new_log_id,
    parse_error,
    render,
    render_body,
    render_error,
    to_json,
)

__all__ = [
    "Body",
    "JsonObject",
    "JsonValue",
    "Request",
    "Shape",
    "new_log_id",
    "parse",
    "parse_answer",
    "parse_body",
    "parse_error",
    "parse_json",
    "render",
    "render_body",
    "render_error",
    "to_json",
]
