"""The register of party members: its switch, its key, the members and what happened to them."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

STANDING = sa.Enum(
    "applicant",
    "probationary",
    "full",
    "exempt",
    "struck_off",
    "left",
    "expelled",
    "died",
    name="standing",
    native_enum=False,
)
EVENT_KIND = sa.Enum(
    "registered",
    "supplemented",
    "admitted",
    "made_official",
    "card_issued",
    "transferred_in",
    "transferred_out",
    "moved",
    "post_given",
    "post_ended",
    "trained",
    "commended",
    "badge_awarded",
    "disciplined",
    "rated",
    "exempted",
    "struck_off",
    "left",
    "expelled",
    "died",
    "restored",
    name="eventkind",
    native_enum=False,
)
TEXTS = ("full_name", "sort_name", "words", "birth_date", "card_number")


def upgrade() -> None:
    _make_tables_of_the_switch()
    op.create_table(
        "member",
        *_identity("member"),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("standing", STANDING, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("admitted_on", sa.Date(), nullable=True),
        sa.Column("official_on", sa.Date(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        _child("member", "body_id", "body"),
        sqlite_strict=True,
    )
    for column in ("body_id", "present", "sort_name", "card_number"):
        op.create_index(op.f(f"ix_member_{column}"), "member", [column])
    _make_table_of_events()
    op.create_table(
        "member_look",
        *_identity("member_look"),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _child("member_look", "member_id", "member", ondelete="CASCADE"),
        _child("member_look", "user_id", "user"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_member_look_member_id"), "member_look", ["member_id"])


def downgrade() -> None:
    for table in (
        "member_look",
        "member_event",
        "member",
        "member_key",
        "member_approval",
    ):
        op.drop_table(table)


def _make_tables_of_the_switch() -> None:
    op.create_table(
        "member_approval",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("opened_at", base.UtcDateTime(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("closed_at", base.UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        _child("member_approval", "opened_by", "user"),
        _child("member_approval", "closed_by", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_approval")),
        sqlite_strict=True,
    )
    op.create_table(
        "member_key",
        *_identity("member_key"),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sqlite_strict=True,
    )


def _make_table_of_events() -> None:
    op.create_table(
        "member_event",
        *_identity("member_event"),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", EVENT_KIND, nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        _child("member_event", "member_id", "member", ondelete="CASCADE"),
        _child("member_event", "body_id", "body"),
        _child("member_event", "corrects_id", "member_event"),
        _child("member_event", "recorded_by", "user"),
        sa.UniqueConstraint("member_id", "number", name=op.f("uq_member_event_member_id_number")),
        sqlite_strict=True,
    )
    for column in ("body_id", "corrects_id"):
        op.create_index(op.f(f"ix_member_event_{column}"), "member_event", [column])


def _identity(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Return the key of a row and when it was made."""
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _child(
    table: str, column: str, parent: str, *, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete=ondelete)
