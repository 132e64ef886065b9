"""Review items and the append-only log of what reviewers did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
SQLITE_TRIGGER = """
CREATE TRIGGER review_events_stay BEFORE UPDATE ON review_events
BEGIN SELECT RAISE(ABORT, 'a review event cannot be changed'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION review_event_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a review event cannot be changed'; END $$
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER review_events_stay BEFORE UPDATE ON review_events FOR EACH ROW EXECUTE FUNCTION review_event_stays()
"""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "review_items",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("pictures.sha256", ondelete="RESTRICT"), nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("reading_id", KEY, sa.ForeignKey("readings.id", ondelete="SET NULL")),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("priority", sa.Double, nullable=False),
        sa.Column("confidence", sa.Double),
        sa.Column("status", sa.String(32)),
        sa.Column("risk", sa.String(32)),
        sa.Column("direction", sa.Integer),
        sa.Column("condition", sa.String(200), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("reviewer", sa.String(200), nullable=False),
        sa.Column("updated", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("sha256", "page", name="review_items_picture"),
        sqlite_autoincrement=True,
    )
    op.create_index("review_items_priority", "review_items", ["priority", "id"])
    op.create_index("review_items_queue", "review_items", ["state", "priority", "id"])
    op.create_index("review_items_reading", "review_items", ["reading_id"])
    op.create_index("review_items_updated", "review_items", ["updated"])
    op.create_table(
        "review_answers",
        sa.Column(
            "item_id", KEY, sa.ForeignKey("review_items.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
        ),
        sa.Column("answer", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "review_events",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("item_id", KEY, sa.ForeignKey("review_items.id", ondelete="CASCADE"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("reviewer", sa.String(200), nullable=False),
        sa.Column("time", sa.BigInteger, nullable=False),
        sa.Column("forced", sa.Boolean, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("item_id", "version", name="review_events_version"),
        sqlite_autoincrement=True,
    )
    op.create_index("review_events_reviewer", "review_events", ["reviewer", "item_id"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE_TRIGGER)
    else:
        op.execute(POSTGRESQL_FUNCTION)
        op.execute(POSTGRESQL_TRIGGER)
