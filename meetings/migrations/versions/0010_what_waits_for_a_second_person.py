"""Requests to widen the access to a restricted paper, and how a second person decided."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KIND = sa.Enum("level", "readers", "window", name="wideningkind", native_enum=False)
DECISION = sa.Enum("agreed", "refused", "superseded", name="wideningdecision", native_enum=False)
BODY, PLACES = "body", {"document": "document", "paper": "agenda_paper", "item": "agenda_item"}
PEOPLE = ("asked_by", "decided_by")


def upgrade() -> None:
    op.create_table(
        "widening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        *(sa.Column(f"{place}_id", sa.Uuid(), nullable=True) for place in PLACES),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", base.UtcDateTime(), nullable=True),
        sa.Column("decision", DECISION, nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_widening_body_id")),
        *(
            sa.ForeignKeyConstraint(
                [f"{place}_id"],
                [f"{table}.id"],
                name=op.f(f"fk_widening_{place}_id"),
                ondelete="CASCADE",
            )
            for place, table in PLACES.items()
        ),
        *(
            sa.ForeignKeyConstraint([person], ["user.id"], name=op.f(f"fk_widening_{person}"))
            for person in PEOPLE
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_widening")),
        sqlite_strict=True,
    )
    for place in (BODY, *PLACES):
        op.create_index(op.f(f"ix_widening_{place}_id"), "widening", [f"{place}_id"])


def downgrade() -> None:
    op.drop_table("widening")
