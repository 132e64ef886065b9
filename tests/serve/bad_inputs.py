"""Bad requests to ``POST /ocr/idcard``, hundreds of them, made here one by one; none is stored as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bad_addresses import addresses
from bad_bodies import content_types, forms, image_texts, json_faults, wrong_shapes
from bad_cases import BadInput
from bad_files import bombs, broken_headers, cut_files, polyglots
from bad_http import http_faults, lengths

FAMILIES: tuple[Callable[[], Iterator[BadInput]], ...] = (
    cut_files,
    broken_headers,
    bombs,
    polyglots,
    lengths,
    http_faults,
    json_faults,
    wrong_shapes,
    forms,
    content_types,
    image_texts,
    addresses,
)


def corpus() -> list[BadInput]:
    """Every case; no two have the same name."""
    return [case for family in FAMILIES for case in family()]
