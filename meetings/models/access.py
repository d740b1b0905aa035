"""Tables of access: who is named to read, and what waits for a second person."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.models.accounts import User
from meetings.models.agenda import AgendaItem, AgendaPaper
from meetings.models.base import Base, Dated, Identified
from meetings.models.documents import Document


class WideningKind(StrEnum):
    """What would be widened."""

    LEVEL = "level"
    READERS = "readers"
    WINDOW = "window"
    REACH = "reach"
    LAID = "laid"
    INVITED = "invited"


class WideningDecision(StrEnum):
    """How a request to widen access ended."""

    AGREED = "agreed"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


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


class Widening(Identified, Dated, Base):
    """A request to let more persons read a restricted paper, or earlier, or longer."""

    __tablename__ = "widening"

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    document_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    paper_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("agenda_paper.id", ondelete="CASCADE"), index=True
    )
    item_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[WideningKind]
    what: Mapped[dict[str, Any]]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    decision: Mapped[WideningDecision | None]

    document: Mapped[Document | None] = relationship()
    paper: Mapped[AgendaPaper | None] = relationship()
    item: Mapped[AgendaItem | None] = relationship()
    asker: Mapped[User] = relationship(foreign_keys=[asked_by])

    @property
    def place(self) -> Document | AgendaPaper | AgendaItem:
        """Return what more persons would read."""
        found = self.document or self.paper or self.item
        if found is None:
            raise LookupError(self.id)
        return found

    @property
    def title(self) -> str:
        """Return the title of what more persons would read."""
        place = self.place
        return place.document.title if isinstance(place, AgendaPaper) else place.title
