"""Past one machine: batches and the HTTP API on a Ray cluster. Needs the extra ``scale``, and nothing else does."""
