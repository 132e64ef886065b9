"""Evaluation runs, and what became of every picture and card."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "runs",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("set_id", KEY, sa.ForeignKey("sample_sets.id", ondelete="CASCADE"), nullable=False),
        sa.Column("engine", sa.String(64), nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("planned", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("started", sa.BigInteger, nullable=False),
        sa.Column("finished", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    op.create_index("runs_set", "runs", ["set_id", "started"])
    op.create_table(
        "run_pictures",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("run_id", KEY, sa.ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("condition", sa.String(200), nullable=False),
        sa.Column("slices", sa.Text, nullable=False),
        sa.Column("readable", sa.Boolean, nullable=False),
        sa.Column("milliseconds", sa.Double, nullable=False),
        sa.Column("stages", sa.Text, nullable=False),
        sa.Column("status", sa.String(32)),
        sa.Column("status_label", sa.String(32)),
        sa.Column("risk", sa.String(32)),
        sa.Column("risk_label", sa.String(32)),
        sa.Column("direction", sa.Integer),
        sa.Column("direction_label", sa.Integer),
        sa.Column("error_code", sa.Integer),
        sa.UniqueConstraint("run_id", "sha256", "page", name="run_pictures_picture"),
        sqlite_autoincrement=True,
    )
    op.create_index("run_pictures_sha256", "run_pictures", ["sha256"])
    op.create_table(
        "run_cards",
        sa.Column(
            "picture_id",
            KEY,
            sa.ForeignKey("run_pictures.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("found", sa.Boolean, nullable=False),
        sa.Column("is_right", sa.Boolean, nullable=False),
        sa.Column("fields_right", sa.Text, nullable=False),
        sa.Column("fields_wrong", sa.Text, nullable=False),
        sa.Column("confidences", sa.Text, nullable=False),
        sa.Column("fields", sa.LargeBinary, nullable=False),
    )
