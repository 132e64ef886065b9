"""The HTTP API under load: many clients at once against a server of its own, on this machine only."""
