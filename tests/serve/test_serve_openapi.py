"""The API's description against the running API: what it says is what is answered."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.schemas import OpenApiSchema

sys.path.insert(0, str(Path(__file__).parent))
from serving import picture, serving

from idcard_core.serve.openapi import document
from idcard_core.settings import ServeSettings, Settings

EXAMPLES = 150
"""Of each operation and kind; a second each."""
CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
"""Not among them: that a method which is not described is answered with 405, where the contract has 400."""
OPERATIONS = [(path, method) for path, methods in document(Settings())["paths"].items() for method in methods]
POSTS = [path for path, method in OPERATIONS if method == "post"]


@pytest.fixture(scope="module")
def schema() -> Iterator[OpenApiSchema]:
    with serving() as running:
        yield described_by(running.url)


def described_by(url: str) -> OpenApiSchema:
    """The description of the server at ``url``, taken from it."""
    return schemathesis.openapi.from_url(f"{url}/openapi.json", config=schemathesis.Config())


def answered(case: Case) -> int:
    """The code of the answer, which is as described."""
    response = case.call_and_validate(checks=CHECKS)
    assert response.status_code < 500 or response.status_code in (502, 503)
    return response.status_code


def codes_of(
    schema: OpenApiSchema, path: str, method: str, mode: GenerationMode, ask: Callable[[Case], int] = answered
) -> Counter[int]:
    """The codes of the answers to requests of one operation that are made up, the same ones every time."""
    codes: Counter[int] = Counter()

    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    def holds(case: Case) -> None:
        codes[ask(case)] += 1

    holds()
    return codes


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_what_is_described_is_answered_as_described(schema: OpenApiSchema, path: str, method: str) -> None:
    assert codes_of(schema, path, method, GenerationMode.POSITIVE)


@pytest.mark.parametrize("path", POSTS)
def test_what_is_not_described_is_refused_as_described(schema: OpenApiSchema, path: str) -> None:
    assert codes_of(schema, path, "post", GenerationMode.NEGATIVE).keys() <= {460, 461, 462}


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_each_corner_of_the_description_is_answered_as_described(schema: OpenApiSchema, path: str, method: str) -> None:
    """Boundaries of every parameter, each missing in turn, and values of every other type."""
    operation = schema[path][method]
    generation = schema.config.generation_for(operation=operation)
    corners = schema.iter_coverage_cases(operation, generation_modes=list(GenerationMode), generation_config=generation)
    codes = [answered(case) for case in corners if case.method == method.upper()]
    assert len(codes) > (50 if method == "post" else 0)


@pytest.mark.parametrize("path", POSTS)
def test_a_request_as_described_with_a_picture_is_read(schema: OpenApiSchema, path: str) -> None:
    kinds: set[str | None] = set()

    def with_picture(case: Case) -> int:
        put_picture(case.body)
        kinds.add(case.media_type)
        return answered(case)

    assert codes_of(schema, path, "post", GenerationMode.POSITIVE, with_picture).keys() == {200}
    assert kinds == {"application/json", "application/x-www-form-urlencoded", "multipart/form-data"}


def put_picture(body: dict[str, Any]) -> None:
    """Put a picture, and a side, where a made-up request has any text."""
    for entry in body.get("inputs", []):
        entry["image"]["dataValue"] = picture()
        entry["configure"]["dataValue"] = '{"side":"face"}'
    if "image" in body:
        body["image"] = picture()
    if "configure" in body:
        body["configure"] = '{"side":"back"}'


def test_with_keys_a_call_without_one_is_refused_as_described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IDCARD_DATA", str(tmp_path))
    with serving(keys=True) as locked:
        schema = described_by(locked.url)
        for path, method in (*((path, "post") for path in POSTS), ("/quota", "get")):
            assert codes_of(schema, path, method, GenerationMode.POSITIVE).keys() == {403}


@pytest.mark.parametrize("keys", [False, True])
def test_the_description_is_openapi(keys: bool) -> None:
    described = document(Settings(serve=ServeSettings(keys=keys)))
    schema = schemathesis.openapi.from_dict(described, config=schemathesis.Config())
    schema.validate()
    assert [operation.ok().label for operation in schema.get_all_operations()]
    schemas = list(schemas_in(described))
    assert len(schemas) > 10
    for found in schemas:
        Draft202012Validator.check_schema(found)
    ids = [operation["operationId"] for methods in described["paths"].values() for operation in methods.values()]
    assert len(ids) == len(set(ids)) == len(OPERATIONS)


def schemas_in(value: object) -> Iterator[dict[str, object]]:
    """Every JSON schema in a description."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "schema":
                yield inner
            elif key == "schemas":
                yield from inner.values()
            else:
                yield from schemas_in(inner)
