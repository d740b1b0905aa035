"""Numbers and terms are watched, for lists by them; a kept search has a name and all its facets."""

import importlib

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

STRICT = {"sqlite_strict": True}
WATCHING = importlib.import_module("meetings.migrations.versions.0024_what_changed_in_who_may_read")
UPDATED = ("document", ("UPDATE",), WATCHING.FACTS_OF_DOCUMENT, "ROW.id AS subject")
WATCHED = (
    ("document", ("UPDATE",), f"{WATCHING.FACTS_OF_DOCUMENT}, symbol", "ROW.id AS subject"),
    ("term", WATCHING.ALL, "body_id, starts_on", "ROW.body_id AS subject"),
)

SEARCH = sa.table(
    "saved_search",
    sa.column("id", sa.Uuid()),
    sa.column("doc_type", sa.Text()),
    sa.column("year", sa.Integer()),
    sa.column("chosen", sa.JSON()),
)


def upgrade() -> None:
    WATCHING.leave([UPDATED])
    WATCHING.watch(WATCHED)
    with op.batch_alter_table("saved_search", table_kwargs=STRICT) as batch_op:
        batch_op.add_column(sa.Column("name", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("chosen", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("known", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("dropped_at", base.UtcDateTime(), nullable=True))
    connection = op.get_bind()
    for row in connection.execute(sa.select(SEARCH)).all():
        said = {"type": row.doc_type, "year": str(row.year or "")}
        chosen = {name: value for name, value in said.items() if value}
        connection.execute(SEARCH.update().where(SEARCH.c.id == row.id).values(chosen=chosen))
    with op.batch_alter_table("saved_search", table_kwargs=STRICT) as batch_op:
        batch_op.drop_column("doc_type")
        batch_op.drop_column("year")


def downgrade() -> None:
    with op.batch_alter_table("saved_search", table_kwargs=STRICT) as batch_op:
        batch_op.add_column(sa.Column("doc_type", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("year", sa.Integer(), nullable=True))
    connection = op.get_bind()
    for row in connection.execute(sa.select(SEARCH)).all():
        year = int(row.chosen.get("year") or 0) or None
        kept = {"doc_type": row.chosen.get("type"), "year": year}
        connection.execute(SEARCH.update().where(SEARCH.c.id == row.id).values(kept))
    with op.batch_alter_table("saved_search", table_kwargs=STRICT) as batch_op:
        for name in ("name", "chosen", "known", "dropped_at"):
            batch_op.drop_column(name)
    WATCHING.leave(WATCHED)
    WATCHING.watch([UPDATED])
