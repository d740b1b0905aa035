"""What changed in who may read what, written by triggers.

A later migration that rebuilds one of the tables in WATCHED on SQLite drops its triggers and has
to make them again; tests/meetings/models/test_changes.py tells.
"""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

EVERYTHING = "00000000-0000-0000-0000-000000000000"
ALL = "INSERT", "UPDATE", "DELETE"
PAPERS_OF_MEETING = (
    "DISTINCT paper.document_id AS subject FROM agenda_paper AS paper"
    " JOIN agenda_item AS item ON item.id = paper.item_id WHERE item.meeting_id = ROW.id"
)
OF_ISSUE = "document_id AS subject FROM issue WHERE id = ROW.issue_id"
OF_PAPER = "document_id AS subject FROM agenda_paper WHERE id = ROW.paper_id"
FACTS_OF_DOCUMENT = (
    "body_id, access_level, doc_type, issued_on, issuer, signer, in_force_from, in_force_until,"
    " archived_at, discarded_at"
)
Watch = tuple[str, tuple[str, ...], str, str]
"""A table, the deeds that are noted, the columns whose change is, and whom or what it concerns."""
WATCHED: tuple[Watch, ...] = (
    (
        "document",
        ALL,
        FACTS_OF_DOCUMENT,
        "ROW.id AS subject",
    ),
    ("issue", ALL, "document_id, reach", "ROW.document_id AS subject"),
    ("issue_body", ALL, "issue_id, body_id", OF_ISSUE),
    ("issue_reader", ALL, "issue_id, person_id", OF_ISSUE),
    ("issue_draft", ALL, "draft_id", "ROW.draft_id AS subject"),
    (
        "agenda_paper",
        ALL,
        "item_id, document_id, released_at, recalled_at, readable_from, readable_until",
        "ROW.document_id AS subject",
    ),
    ("paper_reader", ALL, "paper_id, person_id", OF_PAPER),
    ("item_reader", ALL, "item_id, person_id", "EVERYTHING AS subject"),
    ("agenda_item", ("UPDATE", "DELETE"), "meeting_id, parent_id", "EVERYTHING AS subject"),
    ("meeting", ("UPDATE",), "state", PAPERS_OF_MEETING),
    ("participant", ALL, "meeting_id, person_id", "ROW.person_id AS subject"),
    ("role_assignment", ALL, "user_id, role, body_id", "ROW.user_id AS subject"),
    ("post", ALL, "person_id, body_id, since, until", "ROW.person_id AS subject"),
    ("body", ("UPDATE",), "parent_id, kind", "EVERYTHING AS subject"),
    ("relation", ALL, "source_id, target_id, kind, state, since", "ROW.target_id AS subject"),
)
NOTE = (
    "INSERT INTO access_change (subject, seq)"
    " SELECT changed.subject, (SELECT coalesce(max(seq), 0) + 1 FROM access_change)"
    " FROM (SELECT NAMED) AS changed WHERE true"
    " ON CONFLICT (subject) DO UPDATE SET seq = excluded.seq;"
)
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def upgrade() -> None:
    op.create_table(
        "access_change",
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_access_change")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_access_change_seq"), "access_change", ["seq"])
    watch(WATCHED)


def downgrade() -> None:
    leave(WATCHED)
    op.drop_table("access_change")


def watch(watched: Iterable[Watch]) -> None:
    """Make a trigger for each deed on each table."""
    for statement in _statements(op.get_bind().dialect.name, watched):
        op.execute(statement)


def leave(watched: Iterable[Watch]) -> None:
    """Drop the triggers of tables."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table, deeds, _columns, _subjects in watched:
        for deed in deeds:
            name, where = f"{table}_changes_access_{deed}", f" ON {table}" if postgresql else ""
            op.execute(f"DROP TRIGGER {name}{where}")
            if postgresql:
                op.execute(f"DROP FUNCTION {name}()")


def _statements(dialect: str, watched: Iterable[Watch]) -> Iterator[str]:
    for table, deeds, columns, subjects in watched:
        for deed in deeds:
            name, of = f"{table}_changes_access_{deed}", f" OF {columns}" * (deed == "UPDATE")
            notes = " ".join(_note(dialect, row, subjects) for row in ROWS[deed])
            when = f"CREATE TRIGGER {name} AFTER {deed}{of} ON {table} FOR EACH ROW"
            if dialect == "postgresql":
                yield (
                    f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN {notes} RETURN NULL; END $$"
                )
                yield f"{when} EXECUTE FUNCTION {name}()"
            else:
                yield f"{when} BEGIN {notes} END"


def _note(dialect: str, row: str, subjects: str) -> str:
    """Return what writes down that the subjects of a row changed, after all earlier changes."""
    server = dialect == "postgresql"
    everything = f"'{EVERYTHING}'::uuid" if server else f"'{EVERYTHING.replace('-', '')}'"
    named = subjects.replace("ROW.", f"{row}.").replace("EVERYTHING", everything)
    return NOTE.replace("NAMED", named)
