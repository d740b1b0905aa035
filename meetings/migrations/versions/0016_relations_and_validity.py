"""Relations between documents, from when until when they hold, terms of bodies, saved searches."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KINDS = ("replaces", "amends", "repeals", "suspends", "implements", "reviews", "cites")
KIND = sa.Enum(*KINDS, name="relationkind", native_enum=False)
STATE = sa.Enum("proposed", "confirmed", "rejected", name="relationstate", native_enum=False)
TYPES = (
    "resolution decision regulation statute directive conclusion party_circular guideline notice "
    "report submission plan programme scheme official_letter minutes invitation speech other"
)
TYPE = sa.Enum(*TYPES.split(), name="documenttype", native_enum=False)
ENDS = {"source_id": "document.id", "target_id": "document.id"}


def upgrade() -> None:
    op.create_table(
        "relation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("state", STATE, nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", base.UtcDateTime(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [parent], name=op.f(f"fk_relation_{column}"), ondelete="CASCADE"
            )
            for column, parent in ENDS.items()
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["user.id"], name=op.f("fk_relation_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
        sa.UniqueConstraint("source_id", "target_id", name=op.f("uq_relation_source_id_target_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_relation_target_id"), "relation", ["target_id"])
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("doc_type", TYPE, nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_saved_search_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_saved_search_user_id"), "saved_search", ["user_id"])
    op.create_table(
        "term",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_term_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("body_id", "starts_on", name=op.f("uq_term_body_id_starts_on")),
        sqlite_strict=True,
    )
    op.add_column("document", sa.Column("in_force_from", sa.Date(), nullable=True))
    op.add_column("document", sa.Column("in_force_until", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("document", "in_force_until")
    op.drop_column("document", "in_force_from")
    op.drop_table("term")
    op.drop_table("saved_search")
    op.drop_table("relation")
