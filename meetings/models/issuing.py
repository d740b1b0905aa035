"""Tables of issued documents: how far each one goes, and the drafts it was made from."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from meetings.models.base import Base, Dated, Identified


class Reach(StrEnum):
    """To whom an issued document goes (phạm vi phổ biến)."""

    PARTY = "party"
    BODIES = "bodies"
    PEOPLE = "people"
    ARCHIVISTS = "archivists"


class Issue(Identified, Dated, Base):
    """The issuing of a document (ban hành); its circulation decides who reads it from then on."""

    __tablename__ = "issue"

    document_id: Mapped[UUID] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), unique=True
    )
    reach: Mapped[Reach] = mapped_column(default=Reach.ARCHIVISTS)
    issued_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))


class IssueBody(Base):
    """A body in a circulation, with those below it."""

    __tablename__ = "issue_body"

    issue_id: Mapped[UUID] = mapped_column(
        ForeignKey("issue.id", ondelete="CASCADE"), primary_key=True
    )
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), primary_key=True, index=True)


class IssueReader(Base):
    """A person in a circulation."""

    __tablename__ = "issue_reader"

    issue_id: Mapped[UUID] = mapped_column(
        ForeignKey("issue.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class IssueDraft(Base):
    """A draft from which an issued document was made; no draft becomes two documents."""

    __tablename__ = "issue_draft"

    draft_id: Mapped[UUID] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True
    )
    issue_id: Mapped[UUID] = mapped_column(ForeignKey("issue.id", ondelete="CASCADE"), index=True)
