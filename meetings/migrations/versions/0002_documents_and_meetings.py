"""Documents with their keys and pages, meetings with their agendas and papers."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "compartment",
    "document",
    "document_version",
    "page",
    "reading_position",
    "meeting",
    "agenda_item",
    "agenda_paper",
    "participant",
)


def upgrade() -> None:
    op.create_table(
        "compartment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("access_level", base.AccessLevelType(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_compartment_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compartment")),
        sa.UniqueConstraint(
            "body_id", "access_level", name=op.f("uq_compartment_body_id_access_level")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("access_level", base.AccessLevelType(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "doc_type",
            sa.Enum(
                "resolution",
                "decision",
                "regulation",
                "statute",
                "directive",
                "conclusion",
                "party_circular",
                "guideline",
                "notice",
                "report",
                "submission",
                "plan",
                "programme",
                "scheme",
                "official_letter",
                "minutes",
                "invitation",
                "speech",
                "other",
                name="documenttype",
                native_enum=False,
            ),
            nullable=False,
        ),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("archived_at", base.UtcDateTime(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_document_body_id")),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_document_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_symbol"), ["symbol"], unique=False)
    op.create_table(
        "document_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("compartment_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("plain_sha256", sa.Text(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=False),
        sa.Column("storage_key", sa.LargeBinary(), nullable=False),
        sa.Column("reading_key", sa.LargeBinary(), nullable=True),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("received", "ready", "failed", name="versionstate", native_enum=False),
            nullable=False,
        ),
        sa.Column("superseded_at", base.UtcDateTime(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["compartment_id"], ["compartment.id"], name=op.f("fk_document_version_compartment_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_version_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_version")),
        sa.UniqueConstraint(
            "document_id", "number", name=op.f("uq_document_version_document_id_number")
        ),
        sqlite_strict=True,
    )
    with op.batch_alter_table("document_version", schema=None) as batch_op:
        batch_op.create_index("ix_document_version_plain_sha256", ["plain_sha256"], unique=False)
    op.create_table(
        "page",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("width", sa.Double(), nullable=False),
        sa.Column("height", sa.Double(), nullable=False),
        sa.Column("crop", sa.JSON(), nullable=False),
        sa.Column("small_image", sa.Text(), nullable=False),
        sa.Column("large_image", sa.Text(), nullable=False),
        sa.Column("thumbnail", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["document_version.id"], name=op.f("fk_page_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
        sa.UniqueConstraint("version_id", "number", name=op.f("uq_page_version_id_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "reading_position",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("updated_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_reading_position_document_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_reading_position_user_id")),
        sa.PrimaryKeyConstraint("user_id", "document_id", name=op.f("pk_reading_position")),
        sqlite_strict=True,
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
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
            ),
            nullable=False,
        ),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("starts_at", base.UtcDateTime(), nullable=False),
        sa.Column("ends_at", base.UtcDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "released",
                "in_session",
                "archived",
                name="meetingstate",
                native_enum=False,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_meeting_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_starts_at"), ["starts_at"], unique=False)
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "opening",
                "report",
                "speech",
                "discussion",
                "vote",
                "break",
                "closing",
                name="itemkind",
                native_enum=False,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("presenter", sa.Text(), nullable=False),
        sa.Column("planned_minutes", sa.Integer(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["agenda_item.id"], name=op.f("fk_agenda_item_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_item_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_item_parent_id"), ["parent_id"], unique=False)
    op.create_table(
        "agenda_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("released_at", base.UtcDateTime(), nullable=True),
        sa.Column("recalled_at", base.UtcDateTime(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_agenda_paper_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_agenda_paper_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_paper")),
        sa.UniqueConstraint(
            "item_id", "document_id", name=op.f("uq_agenda_paper_item_id_document_id")
        ),
        sqlite_strict=True,
    )
    with op.batch_alter_table("agenda_paper", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agenda_paper_document_id"), ["document_id"], unique=False
        )
    op.create_table(
        "participant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "chair",
                "meeting_secretary",
                "voting_delegate",
                "invited_delegate",
                "presenter",
                name="participantrole",
                native_enum=False,
            ),
            nullable=False,
        ),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_participant_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_participant_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint(
            "meeting_id", "person_id", name=op.f("uq_participant_meeting_id_person_id")
        ),
        sqlite_strict=True,
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participant_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
