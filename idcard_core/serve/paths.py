"""The API's own paths."""

from __future__ import annotations

RECOGNISE = "/ocr/idcard"
ALIAS = "/rest/160601/ocr/ocr_idcard.json"
"""The product's own path, for clients that cannot change more than the host."""
QUOTA = "/quota"
ALIVE = "/healthz"
READY = "/readyz"
METRICS = "/metrics"
OPENAPI = "/openapi.json"
DOCS = "/docs"
