"""What is remembered between runs, in SQLite or PostgreSQL; the only place with SQL."""
