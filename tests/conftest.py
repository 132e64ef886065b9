"""Property tests here have no deadline: the first example of a test may load a table, and machines differ."""

from hypothesis import settings

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
