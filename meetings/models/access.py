"""Tables of access: who is named to read a paper, or the papers of an item."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from meetings.models.base import Base


class PaperReader(Base):
    """A person named to read a paper; where nobody is named, all participants may."""

    __tablename__ = "paper_reader"

    paper_id: Mapped[UUID] = mapped_column(
        ForeignKey("agenda_paper.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class ItemReader(Base):
    """A person named to read the papers of an item and of those below it."""

    __tablename__ = "item_reader"

    item_id: Mapped[UUID] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
