"""Schematic fictional documents that are no identity cards, photographed, and pictures of nothing."""

from idcard_core.specimen.documents.make import draw_document, make_document, make_nothing

__all__ = ["draw_document", "make_document", "make_nothing"]
