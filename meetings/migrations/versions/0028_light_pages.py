"""The light pictures of pages, what papers say of their order, pages that people turned."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("document_version", sa.Column("contents", sa.Text(), nullable=True))
    op.add_column("read_pages", sa.Column("turns", sa.JSON(), nullable=True))
    op.add_column("page", sa.Column("light_image", sa.Text(), nullable=True))
    lacking = sa.text("light_image IS NULL")
    op.create_index(
        "ix_page_lacking_light",
        "page",
        ["version_id"],
        sqlite_where=lacking,
        postgresql_where=lacking,
    )


def downgrade() -> None:
    op.drop_index("ix_page_lacking_light", "page")
    op.drop_column("page", "light_image")
    op.drop_column("read_pages", "turns")
    op.drop_column("document_version", "contents")
