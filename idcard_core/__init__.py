"""Reads second-generation Chinese resident identity cards, offline."""
