"""The table of what changed in who may read what; triggers of the database write it.

A trigger sees every write, whichever way it came. Each row says when somebody or something was
changed last, counted from the first change on: a document, a person, an account, or everything.
"""

from typing import Final
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from meetings.models.base import Base

EVERYTHING: Final = UUID(int=0)
"""Stands for all documents and everybody, where a change goes too far to say whom it concerns."""


class AccessChange(Base):
    """The last change of what a document is or of what a person may read."""

    __tablename__ = "access_change"

    subject: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(index=True)
