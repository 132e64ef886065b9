"""Readings that are kept, and their answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "readings",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("time", sa.BigInteger, nullable=False),
        sa.Column("session", sa.String(64), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64)),
        sa.Column("engine", sa.String(64), nullable=False),
        sa.Column("sides", sa.Text, nullable=False),
        sa.Column("status", sa.String(32)),
        sa.Column("risk", sa.String(32)),
        sa.Column("direction", sa.Integer),
        sa.Column("milliseconds", sa.Double, nullable=False),
        sa.Column("stages", sa.Text, nullable=False),
        sa.Column("error_code", sa.Integer),
        sa.Column("error_message", sa.Text),
        sa.Column("needs_review", sa.Boolean, nullable=False),
        sa.Column("doubted", sa.Text, nullable=False),
        sa.Column("confidence", sa.Double),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("log_id", sa.String(20), nullable=False),
        sa.Column("fields_right", sa.Text, nullable=False),
        sa.Column("fields_wrong", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("readings_engine_time", "readings", ["engine", "time", "id"])
    op.create_index("readings_log_id", "readings", ["log_id"])
    op.create_index("readings_picture", "readings", ["sha256", "page"])
    op.create_index("readings_status_time", "readings", ["status", "time", "id"])
    op.create_index("readings_time", "readings", ["time", "id"])
    op.create_table(
        "reading_answers",
        sa.Column(
            "reading_id", KEY, sa.ForeignKey("readings.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
        ),
        sa.Column("answer", sa.LargeBinary, nullable=False),
    )
