"""Measures readers on labelled pictures: accuracy and character errors by condition, and latency, side by side."""
