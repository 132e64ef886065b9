"""One module a page; each has a ``render`` that draws it from top to bottom."""
