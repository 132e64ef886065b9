"""The HTTP API: the wire contract served, alone or beside the dashboard."""
