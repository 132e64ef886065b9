"""The tables' history, one step a file; alembic goes from the last step that a database has had to the newest."""
