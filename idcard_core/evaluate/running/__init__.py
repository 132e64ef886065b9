"""Labelled sets of the store read by an engine, in the background, stopped and taken up again."""
