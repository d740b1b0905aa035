"""Numbers and terms are watched, for lists are put in order and narrowed down by them."""

import importlib

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

WATCHING = importlib.import_module("meetings.migrations.versions.0024_what_changed_in_who_may_read")
UPDATED = ("document", ("UPDATE",), WATCHING.FACTS_OF_DOCUMENT, "ROW.id AS subject")
WATCHED = (
    ("document", ("UPDATE",), f"{WATCHING.FACTS_OF_DOCUMENT}, symbol", "ROW.id AS subject"),
    ("term", WATCHING.ALL, "body_id, starts_on", "ROW.body_id AS subject"),
)


def upgrade() -> None:
    WATCHING.leave([UPDATED])
    WATCHING.watch(WATCHED)


def downgrade() -> None:
    WATCHING.leave(WATCHED)
    WATCHING.watch([UPDATED])
