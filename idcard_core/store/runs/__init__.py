"""Evaluation runs: an engine over a labelled set, kept card by card, so that two of them can be compared."""
