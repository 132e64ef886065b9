"""Review: pictures in a queue, and the append-only log of what reviewers did with them."""
