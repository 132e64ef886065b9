"""Look again at what was read, one picture after another."""
