"""Labelled sample sets; a correction is a new version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "sample_sets",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("name", sa.String(200), nullable=False, unique=True),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "samples",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("set_id", KEY, sa.ForeignKey("sample_sets.id", ondelete="CASCADE"), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("picture", sa.String(64), sa.ForeignKey("pictures.sha256", ondelete="RESTRICT")),
        sa.Column("condition", sa.String(200), nullable=False),
        sa.Column("slices", sa.Text, nullable=False),
        sa.Column("label", sa.LargeBinary, nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("time", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("set_id", "sha256", "page", "version", name="samples_version"),
        sqlite_autoincrement=True,
    )
    op.create_index("samples_kept", "samples", ["picture"])
    op.create_index("samples_picture", "samples", ["sha256", "page", "current"])
    op.create_index("samples_set", "samples", ["set_id", "current", "condition", "id"])
