"""Run by alembic: the steps that are missing, in one transaction, while no other process takes them."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

LOCK = 0x1DCA4D
"""Any number, the same for everybody: PostgreSQL's advisory lock."""

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True)
if connection.dialect.name == "sqlite":
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    context.run_migrations()
    connection.exec_driver_sql("COMMIT")
else:
    with connection.begin():
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        context.run_migrations()
