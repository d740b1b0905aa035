"""A ledger that is only added to: a guard against mistakes, not against whoever rules the server.

A later migration that rebuilds `audit_entry` on SQLite drops these triggers and has to make them
again.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

DEEDS = ("UPDATE", "DELETE")
SENTENCE = "the audit ledger is only added to"


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        op.execute(
            "CREATE FUNCTION keep_ledger() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$"
        )
    for deed in DEEDS:
        action = (
            "FOR EACH ROW EXECUTE FUNCTION keep_ledger()"
            if postgresql
            else f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
        op.execute(f"CREATE TRIGGER audit_entry_{deed} BEFORE {deed} ON audit_entry {action}")
    if postgresql:
        op.execute(
            "CREATE TRIGGER audit_entry_TRUNCATE BEFORE TRUNCATE ON audit_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION keep_ledger()"
        )


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for deed in DEEDS:
        where = " ON audit_entry" if postgresql else ""
        op.execute(f"DROP TRIGGER audit_entry_{deed}{where}")
    if postgresql:
        op.execute("DROP TRIGGER audit_entry_TRUNCATE ON audit_entry")
        op.execute("DROP FUNCTION keep_ledger()")
