"""Tables of comments (góp ý): when a paper is open for them, what was written and answered."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings import clock
from meetings.models.agenda import AgendaPaper
from meetings.models.base import Base, Dated, Identified
from meetings.models.documents import DocumentVersion
from meetings.models.organisation import Person


class Verdict(StrEnum):
    """What becomes of a comment (tiếp thu, giải trình)."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    EXPLAINED = "explained"


class CommentRound(Dated, Base):
    """From when until when those who read a paper may comment on it."""

    __tablename__ = "comment_round"

    paper_id: Mapped[UUID] = mapped_column(
        ForeignKey("agenda_paper.id", ondelete="CASCADE"), primary_key=True
    )
    opens_at: Mapped[datetime] = mapped_column(default=clock.now)
    closes_at: Mapped[datetime]
    shared: Mapped[bool] = mapped_column(default=False)
    """Whether everybody who reads the paper sees what the others wrote."""
    answerer_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who answers for the content beside the office (người chủ trì nội dung)."""

    answerer: Mapped[Person | None] = relationship()


class PaperComment(Identified, Dated, Base):
    """What somebody wrote about a page of a paper or a paragraph there, and the answer to it."""

    __tablename__ = "paper_comment"

    paper_id: Mapped[UUID] = mapped_column(
        ForeignKey("agenda_paper.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    version_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("document_version.id", ondelete="SET NULL"), index=True
    )
    """The version that was before them as they wrote."""
    page: Mapped[int]
    paragraph: Mapped[int | None]
    """Counted from one; without it the whole page is meant."""
    quote: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    verdict: Mapped[Verdict | None]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))

    paper: Mapped[AgendaPaper] = relationship()
    person: Mapped[Person] = relationship()
    version: Mapped[DocumentVersion | None] = relationship()
