"""That an item has papers which are handed out in the room, on paper, and collected again."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

STRICT = {"sqlite_strict": True}


def upgrade() -> None:
    with op.batch_alter_table("agenda_item", table_kwargs=STRICT) as batch_op:
        batch_op.add_column(
            sa.Column("on_paper", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("agenda_item", table_kwargs=STRICT) as batch_op:
        batch_op.drop_column("on_paper")
