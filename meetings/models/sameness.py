"""Tables of likeness: what marks a version's text, and papers that look like one another."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.intake.same.same import SameKind
from meetings.models.base import Base, Dated, Identified
from meetings.models.documents import Document


class SameChoice(StrEnum):
    """What a clerk decides of two papers that look the same."""

    VERSION = "version"
    REPLACE = "replace"
    BOTH = "both"
    CANCEL = "cancel"


class TextMark(Base):
    """One of the smallest hashes of a version's text, by which like texts are found."""

    __tablename__ = "text_mark"

    version_id: Mapped[UUID] = mapped_column(
        ForeignKey("document_version.id", ondelete="CASCADE"), primary_key=True
    )
    mark: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, index=True)


class Sameness(Identified, Dated, Base):
    """A newer document that looks like an older one, and what was decided of it."""

    __tablename__ = "sameness"
    constraints = (UniqueConstraint("document_id", "other_id"),)

    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"))
    other_id: Mapped[UUID] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[SameKind]
    similarity: Mapped[float]
    choice: Mapped[SameChoice | None]

    document: Mapped[Document] = relationship(foreign_keys=document_id)
    other: Mapped[Document] = relationship(foreign_keys=other_id)
