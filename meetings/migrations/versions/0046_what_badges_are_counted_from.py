"""From which day the party age of a member counts, and which badges were awarded."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

OLD_INDEXES = ("body_id", "present", "sort_name")
INDEXES = {
    "ix_member_of_body": ["body_id", "present"],
    "ix_member_words": ["present", "words", "body_id", "standing"],
    "ix_member_in_order": ["present", "sort_name", "id", "body_id", "standing"],
}
OUT = ("struck_off", "left", "expelled")
MEMBER = sa.table(
    "member",
    sa.column("id", sa.Uuid),
    sa.column("counted_from", sa.Date),
    sa.column("badges", sa.JSON),
)
EVENTS = (
    "SELECT member_id, id, corrects_id, kind, happened_on, facts FROM member_event"
    " WHERE member_id IN (SELECT member_id FROM member_event"
    " WHERE kind IN ('badge_awarded', 'struck_off', 'left', 'expelled'))"
    " ORDER BY member_id, number"
)

TYPES = {
    "member_id": sa.Uuid,
    "id": sa.Uuid,
    "corrects_id": sa.Uuid,
    "happened_on": sa.Date,
    "facts": sa.JSON,
}


def upgrade() -> None:
    op.add_column("member", sa.Column("counted_from", sa.Date(), nullable=True))
    op.add_column("member", sa.Column("badges", sa.JSON(), nullable=False, server_default="[]"))
    op.execute("UPDATE member SET counted_from = admitted_on")
    connection = op.get_bind()
    for identity, admitted_on, badges in _counted(connection):
        known = MEMBER.update().where(MEMBER.c.id == identity)
        connection.execute(known.values(counted_from=admitted_on, badges=badges))
    op.create_index(op.f("ix_member_counted_from"), "member", ["counted_from"])
    for column in OLD_INDEXES:
        op.drop_index(op.f(f"ix_member_{column}"), table_name="member")
    for name, columns in INDEXES.items():
        op.create_index(name, "member", columns)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, table_name="member")
    for column in OLD_INDEXES:
        op.create_index(op.f(f"ix_member_{column}"), "member", [column])
    op.drop_index(op.f("ix_member_counted_from"), table_name="member")
    op.drop_column("member", "badges")
    op.drop_column("member", "counted_from")


def _counted(connection: sa.Connection) -> Iterator[tuple[Any, date | None, list[str]]]:
    """Yield of each member who was out once or has a badge what the events say of both."""
    lives: dict[Any, dict[Any, list[Any]]] = defaultdict(dict)
    for row in connection.execute(sa.text(EVENTS).columns(**TYPES)):
        first = row.corrects_id or row.id
        lives[row.member_id].setdefault(first, []).append(row)
    for identity, versions in lives.items():
        valid = [found[-1] for found in versions.values()]
        valid.sort(key=lambda row: row.happened_on)
        badges = [row.facts.get("badge", "") for row in valid if row.kind == "badge_awarded"]
        yield identity, _counted_from(valid), badges


def _counted_from(valid: Iterable[Any]) -> date | None:
    admitted = left = None
    for row in valid:
        if row.kind in OUT:
            left = row.happened_on
        elif row.kind in {"admitted", "restored"}:
            if left and admitted:
                admitted += row.happened_on - left
            left, admitted = None, admitted or (row.happened_on if row.kind == "admitted" else None)
    return admitted
