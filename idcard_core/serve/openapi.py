"""The API as an OpenAPI 3.1 document, made from the contract's tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from idcard_core.contract.tables import ANSWER, ERROR_TABLE, PARAMETERS
from idcard_core.errors import ERRORS, ClientError, IdCardError, NotReady, ServiceBusy
from idcard_core.release import own_version
from idcard_core.serve import paths
from idcard_core.settings import Settings

Schema = dict[str, Any]
"""A piece of the document: JSON, whose form the OpenAPI specification tells."""
VERSION = "3.1.0"
_TYPES: Mapping[str, Schema] = {
    "uint64": {"type": "integer", "minimum": 0, "maximum": 2**64 - 1},
    "uint32": {"type": "integer", "minimum": 0},
    "int32": {"type": "integer", "minimum": -1, "maximum": 3},
    "string": {"type": "string"},
    "object": {"type": "object"},
    "bool": {"type": "boolean"},
}
_ALWAYS_THERE = [field.name for field in ANSWER if field.when.en == "always"]
_CONFIGURE: Schema = {
    "type": "string",
    "description": '{"side": "face"} or {"side": "back"}, as a string',
    "contentMediaType": "application/json",
    "contentSchema": {"type": "object", "properties": {"side": {"enum": ["face", "back"]}}, "required": ["side"]},
}


def document(settings: Settings) -> Schema:
    """The document of a server with ``settings``."""
    security: list[Schema] = [{"key": []}] if settings.serve.keys else []
    recognise = _recognition(settings, security)
    alias = {**recognise, "operationId": "recogniseByAlias", "summary": "The same, under the product's own path"}
    return {
        "openapi": VERSION,
        "info": {
            "title": "idcard-core",
            "version": own_version(),
            "description": "Reads second-generation Chinese resident identity cards (二代居民身份证), offline.",
        },
        "paths": {
            paths.RECOGNISE: {"post": recognise},
            paths.ALIAS: {"post": alias},
            paths.QUOTA: {"get": _get("quota", "Calls left of the caller's key", _quota(), security)},
            paths.ALIVE: {"get": _get("alive", "The process is alive", _state("alive"), [])},
            paths.READY: {"get": _get("ready", "Pictures can be read", _state("ready"), [])},
            paths.METRICS: {"get": _get("metrics", "Prometheus metrics", None, [])},
        },
        "components": {
            "schemas": {"Answer": _answer(), "Outputs": _outputs(), "Error": _error()},
            "securitySchemes": {
                "key": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "APPCODE <key>, when the operator has switched keys on",
                }
            },
        },
    }


def _recognition(settings: Settings, security: list[Schema]) -> Schema:
    plain, configured, inputs = _plain(), _configured(), _inputs(settings.serve.entries)
    form = {**plain, "additionalProperties": True}
    return {
        "operationId": "recognise",
        "summary": "Read an identity card",
        "security": security,
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"anyOf": [plain, configured, inputs]}},
                "application/x-www-form-urlencoded": {"schema": form},
                "multipart/form-data": {"schema": form},
            },
        },
        "responses": {
            "200": {
                "description": "What was read, in the shape of the request",
                "content": {"application/json": {"schema": {"anyOf": [_ref("Answer"), _ref("Outputs")]}}},
            },
            **_errors(ERRORS),
        },
    }


def _get(id: str, summary: str, schema: Schema | None, security: list[Schema]) -> Schema:
    content = {"text/plain": {}} if schema is None else {"application/json": {"schema": schema}}
    kinds = [kind for kind in ERRORS if kind.code in (400, 403, 503)]
    return {
        "operationId": id,
        "summary": summary,
        "security": security,
        "responses": {"200": {"description": summary, "content": content}, **_errors(kinds)},
    }


def _errors(kinds: tuple[type[IdCardError], ...] | list[type[IdCardError]]) -> Schema:
    found = {}
    for kind in kinds:
        rows = [row for row in ERROR_TABLE if row.kind is kind]
        whose = "the client's mistake" if issubclass(kind, ClientError) else "ours"
        headers: Schema = {"X-Ca-Error-Message": {"required": True, "schema": {"type": "string"}}}
        if kind in (ServiceBusy, NotReady):
            headers["Retry-After"] = {"required": True, "schema": {"type": "integer"}}
        found[str(kind.code)] = {
            "description": f"{whose}: " + "; ".join(f"`{row.message}` ({row.when.en})" for row in rows),
            "content": {"application/json": {"schema": _ref("Error")}},
            "headers": headers,
        }
    return found


def _plain() -> Schema:
    properties: Schema = {}
    for parameter in PARAMETERS:
        schema: Schema = {"type": "string", "description": parameter.meaning.en}
        if parameter.values:
            schema["enum"] = list(parameter.values)
        properties[parameter.name] = schema
    return {
        "type": "object",
        "properties": properties,
        "required": [parameter.name for parameter in PARAMETERS if parameter.required],
    }


def _configured() -> Schema:
    return {
        "type": "object",
        "properties": {"image": {"type": "string"}, "configure": _CONFIGURE},
        "required": ["image", "configure"],
    }


def _inputs(most: int) -> Schema:
    def data(value: Schema) -> Schema:
        properties = {"dataType": {"const": 50}, "dataValue": value}
        return {"type": "object", "properties": properties, "required": ["dataType", "dataValue"]}

    entry = {
        "type": "object",
        "properties": {"image": data({"type": "string"}), "configure": data(_CONFIGURE)},
        "required": ["image", "configure"],
    }
    return {
        "type": "object",
        "properties": {"inputs": {"type": "array", "items": entry, "minItems": 1, "maxItems": most}},
        "required": ["inputs"],
    }


def _answer() -> Schema:
    top = {
        field.name: {**_TYPES[field.type], "description": field.meaning.en} for field in ANSWER if "." not in field.name
    }
    return {"type": "object", "properties": top, "required": _ALWAYS_THERE}


def _outputs() -> Schema:
    output = {
        "type": "object",
        "properties": {
            "outputLabel": {"type": "string"},
            "outputMulti": {"type": "object"},
            "outputValue": {
                "type": "object",
                "properties": {"dataType": {"const": 50}, "dataValue": {"type": "string"}},
                "required": ["dataType", "dataValue"],
            },
        },
        "required": ["outputLabel", "outputMulti", "outputValue"],
    }
    return {
        "type": "object",
        "properties": {"outputs": {"type": "array", "items": output}},
        "required": ["outputs"],
    }


def _error() -> Schema:
    return {
        "type": "object",
        "properties": {
            "error_code": {"type": "integer", "enum": sorted({kind.code for kind in ERRORS})},
            "error_msg": {"type": "string"},
            "error_side": {"enum": ["client", "server"]},
            "log_id": _TYPES["uint64"],
        },
        "required": ["error_code", "error_msg", "error_side", "log_id"],
    }


def _quota() -> Schema:
    calls: Schema = {"type": ["integer", "null"], "minimum": 0}
    properties = {
        "log_id": _TYPES["uint64"],
        "keys": {"type": "boolean"},
        "left": calls,
        "used": calls,
        "total": calls,
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def _state(word: str) -> Schema:
    properties = {"log_id": _TYPES["uint64"], "status": {"const": word}}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
