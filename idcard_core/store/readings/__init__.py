"""Every recognition that is kept: rows, lists of them, and what they say over time."""
