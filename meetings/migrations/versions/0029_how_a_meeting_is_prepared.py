"""Who takes part in which items, and what a meeting is prepared with.

The triggers of 0024 learn of what decides here who may read: a closed item, a part of a meeting.
"""

import importlib

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

WATCHING = importlib.import_module("meetings.migrations.versions.0024_what_changed_in_who_may_read")
ROLE = sa.Enum(
    "chair",
    "meeting_secretary",
    "voting_delegate",
    "invited_delegate",
    "presenter",
    name="participantrole",
    native_enum=False,
)
STAND_IN = sa.Enum("nobody", "same_unit", "anybody", name="standin", native_enum=False)
LETTER = (
    "superior",
    "issuer",
    "symbol",
    "place",
    "addressees",
    "text",
    "note",
    "capacity",
    "signer_title",
    "signer_name",
    "recipients",
)
KIND = sa.Enum(
    "congress",
    "committee_session",
    "standing_committee_meeting",
    "standing_members_meeting",
    "review_conference",
    "study_conference",
    "briefing",
    "work_session",
    "cell_meeting",
    "written_consultation",
    name="meetingkind",
    native_enum=False,
)
SUBJECT_OF_PART = "person_id AS subject FROM participant WHERE id = ROW.participant_id"
WATCHED_BEFORE = (
    ("agenda_item", ("UPDATE",), "meeting_id, parent_id", "EVERYTHING AS subject"),
    ("participant", ("UPDATE",), "meeting_id, person_id", "ROW.person_id AS subject"),
)
WATCHED = (
    ("agenda_item", ("UPDATE",), "meeting_id, parent_id, closed", "EVERYTHING AS subject"),
    ("participant", ("UPDATE",), "meeting_id, person_id, whole", "ROW.person_id AS subject"),
    (
        "participant_item",
        ("INSERT", "UPDATE", "DELETE"),
        "participant_id, item_id",
        SUBJECT_OF_PART,
    ),
)


def upgrade() -> None:
    op.add_column(
        "agenda_item",
        sa.Column("closed", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_index(op.f("ix_agenda_item_closed"), "agenda_item", ["closed"])
    op.add_column(
        "participant",
        sa.Column("whole", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.add_column(
        "meeting",
        sa.Column("stand_in", STAND_IN, server_default="same_unit", nullable=False),
    )
    op.add_column(
        "meeting", sa.Column("agenda_revision", sa.Integer(), server_default="1", nullable=False)
    )
    op.add_column("agenda_item", sa.Column("set_for", base.UtcDateTime(), nullable=True))
    _make_tables_of_participants()
    _make_tables_of_invitations()
    _make_table_of_feeds()
    _make_tables_of_plans()
    WATCHING.leave(WATCHED_BEFORE)
    WATCHING.watch(WATCHED)


def downgrade() -> None:
    WATCHING.leave(WATCHED)
    WATCHING.watch(WATCHED_BEFORE)
    for table in ("special_day", "paper_place", "meeting_stage", "meeting_template"):
        op.drop_table(table)
    op.drop_table("calendar_feed")
    op.drop_table("invitation_letter")
    op.drop_table("invitation_reminder")
    op.drop_table("removed_participant")
    op.drop_table("participant_item")
    op.drop_column("agenda_item", "set_for")
    op.drop_column("meeting", "agenda_revision")
    op.drop_column("meeting", "stand_in")
    op.drop_column("participant", "whole")
    op.drop_index(op.f("ix_agenda_item_closed"), "agenda_item")
    op.drop_column("agenda_item", "closed")


def _make_tables_of_participants() -> None:
    op.create_table(
        "participant_item",
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        _child("participant_item", "participant_id", "participant"),
        _child("participant_item", "item_id", "agenda_item"),
        sa.PrimaryKeyConstraint("participant_id", "item_id", name=op.f("pk_participant_item")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_participant_item_item_id"), "participant_item", ["item_id"])
    op.create_table(
        "removed_participant",
        *_identity("removed_participant"),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", ROLE, nullable=False),
        sa.Column("items", sa.JSON(), nullable=True),
        sa.Column("answer", sa.JSON(), nullable=True),
        _child("removed_participant", "meeting_id", "meeting"),
        _child("removed_participant", "person_id", "person", ondelete=None),
        sa.UniqueConstraint(
            "meeting_id", "person_id", name=op.f("uq_removed_participant_meeting_id_person_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_removed_participant_person_id"), "removed_participant", ["person_id"])


def _make_tables_of_invitations() -> None:
    op.create_table(
        "invitation_reminder",
        *_identity("invitation_reminder"),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("reminded_at", base.UtcDateTime(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        _child("invitation_reminder", "participant_id", "participant"),
        sa.UniqueConstraint("participant_id", name=op.f("uq_invitation_reminder_participant_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "invitation_letter",
        *_identity("invitation_letter"),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in LETTER),
        _child("invitation_letter", "meeting_id", "meeting"),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_invitation_letter_meeting_id")),
        sqlite_strict=True,
    )


def _make_table_of_feeds() -> None:
    op.create_table(
        "calendar_feed",
        *_identity("calendar_feed"),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        _child("calendar_feed", "user_id", "user"),
        sa.UniqueConstraint("user_id", name=op.f("uq_calendar_feed_user_id")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_feed_digest")),
        sqlite_strict=True,
    )


def _make_tables_of_plans() -> None:
    op.create_table(
        "meeting_template",
        *_identity("meeting_template"),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("agenda", sa.JSON(), nullable=False),
        sa.Column("stages", sa.JSON(), nullable=False),
        _child("meeting_template", "body_id", "body", ondelete=None),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_meeting_template_body_id"), "meeting_template", ["body_id"])
    op.create_table(
        "meeting_stage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        _child("meeting_stage", "meeting_id", "meeting"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_stage")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_meeting_stage_meeting_id"), "meeting_stage", ["meeting_id"])
    op.create_table(
        "paper_place",
        *_identity("paper_place"),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        _child("paper_place", "item_id", "agenda_item"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_paper_place_item_id"), "paper_place", ["item_id"])
    op.create_table(
        "special_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_special_day")),
        sqlite_strict=True,
    )


def _identity(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Return the key of a row and when it was made."""
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _child(
    table: str, column: str, parent: str, *, ondelete: str | None = "CASCADE"
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete=ondelete)
