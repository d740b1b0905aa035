"""Who is named to read a paper, or the papers of an agenda item."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LISTS = {"paper_reader": ("paper_id", "agenda_paper"), "item_reader": ("item_id", "agenda_item")}


def upgrade() -> None:
    for table, (column, listed) in LISTS.items():
        op.create_table(
            table,
            sa.Column(column, sa.Uuid(), nullable=False),
            sa.Column("person_id", sa.Uuid(), nullable=False),
            sa.ForeignKeyConstraint(
                [column], [f"{listed}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"
            ),
            sa.ForeignKeyConstraint(
                ["person_id"], ["person.id"], name=op.f(f"fk_{table}_person_id")
            ),
            sa.PrimaryKeyConstraint(column, "person_id", name=op.f(f"pk_{table}")),
            sqlite_strict=True,
        )
        op.create_index(op.f(f"ix_{table}_person_id"), table, ["person_id"])


def downgrade() -> None:
    for table in LISTS:
        op.drop_table(table)
