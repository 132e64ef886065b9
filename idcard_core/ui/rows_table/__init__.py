"""Recognitions as a list to pick from: rows to open, to tick, and numbers behind an eye."""
