"""Tables of documents: the document, its versions, their pages, the keys they are locked with."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy import text as sa_text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.intake.page_text import Source
from meetings.models.base import AccessLevel, Base, Dated, ForeignName, Identified
from meetings.models.organisation import Body


class DocumentType(StrEnum):
    """Kinds of Party and State documents (domain reference 1.2)."""

    RESOLUTION = "resolution"
    DECISION = "decision"
    REGULATION = "regulation"
    STATUTE = "statute"
    DIRECTIVE = "directive"
    CONCLUSION = "conclusion"
    PARTY_CIRCULAR = "party_circular"
    GUIDELINE = "guideline"
    NOTICE = "notice"
    REPORT = "report"
    SUBMISSION = "submission"
    PLAN = "plan"
    PROGRAMME = "programme"
    SCHEME = "scheme"
    OFFICIAL_LETTER = "official_letter"
    MINUTES = "minutes"
    INVITATION = "invitation"
    SPEECH = "speech"
    OTHER = "other"


class VersionState(StrEnum):
    """How far a version's preparation has come."""

    RECEIVED = "received"
    BEGUN = "begun"
    """Its first pages can be read, the others are still made."""
    READY = "ready"
    FAILED = "failed"


UNDERWAY = frozenset({VersionState.RECEIVED, VersionState.BEGUN})
"""The states of a version whose pages are being made."""


class Compartment(Identified, Dated, Base):
    """The key that locks the keys of one body's papers of one access level."""

    __tablename__ = "compartment"
    constraints = (UniqueConstraint("body_id", "access_level"),)

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    access_level: Mapped[AccessLevel]
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)


class Document(Identified, Dated, Base):
    """A document that a body owns."""

    __tablename__ = "document"

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    access_level: Mapped[AccessLevel] = mapped_column(default=AccessLevel.INTERNAL)
    title: Mapped[str]
    doc_type: Mapped[DocumentType] = mapped_column(default=DocumentType.OTHER)
    symbol: Mapped[str] = mapped_column(default="", index=True)
    issued_on: Mapped[date | None]
    issuer: Mapped[str] = mapped_column(default="")
    signer: Mapped[str] = mapped_column(default="")
    in_force_from: Mapped[date | None]
    """Without one, it holds from the day of issue."""
    in_force_until: Mapped[date | None]
    """The last day on which it holds, where it or the archivist says so."""
    archived_at: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None]
    """Since when it lies in the bin."""
    destroyed_at: Mapped[datetime | None]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))

    body: Mapped[Body] = relationship()
    versions: Mapped[list["DocumentVersion"]] = relationship(
        lazy="raise", back_populates="document", order_by="DocumentVersion.number"
    )


class DocumentVersion(Identified, Dated, Base):
    """One file of a document, bit for bit as received."""

    __tablename__ = "document_version"
    constraints = (
        UniqueConstraint("document_id", "number"),
        Index("ix_document_version_plain_sha256", "plain_sha256"),
    )

    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int] = mapped_column(default=1)
    compartment_id: Mapped[UUID] = mapped_column(ForeignKey("compartment.id"))
    file_name: Mapped[str] = mapped_column(ForeignName)
    media_type: Mapped[str]
    size: Mapped[int]
    plain_sha256: Mapped[str]
    blob: Mapped[str]
    storage_key: Mapped[bytes] = mapped_column(LargeBinary)
    reading_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    page_count: Mapped[int]
    state: Mapped[VersionState] = mapped_column(default=VersionState.RECEIVED)
    header: Mapped[dict[str, Any] | None]
    """What its first page was read to say, each field with its confidence and its place."""
    signatures: Mapped[list[dict[str, Any]] | None]
    viewing: Mapped[str | None]
    """The PDF that is shown, without what acts; under the reading key, as the pages are."""
    contents: Mapped[str | None]
    """Its bookmarks and the printed numbers of its pages; under the reading key too."""
    removed: Mapped[dict[str, Any] | None]
    """How often each kind of acting content was taken out for the viewing copy."""
    edits: Mapped[list[dict[str, Any]] | None]
    """What was done to the pages of the version before to make this one."""
    marks: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The sketch of its text, by which near copies are told."""
    superseded_at: Mapped[datetime | None]

    document: Mapped[Document] = relationship(back_populates="versions")
    compartment: Mapped[Compartment] = relationship()


LACKING_LIGHT = Index(
    "ix_page_lacking_light",
    "version_id",
    sqlite_where=sa_text("light_image IS NULL"),
    postgresql_where=sa_text("light_image IS NULL"),
)
"""By which the few pages without a light picture are found among all."""


class Page(Identified, Base):
    """A prepared page: its pictures, its words, its text, as names of encrypted blobs."""

    __tablename__ = "page"
    constraints = (UniqueConstraint("version_id", "number"), LACKING_LIGHT)

    version_id: Mapped[UUID] = mapped_column(ForeignKey("document_version.id"))
    number: Mapped[int]
    width: Mapped[float]
    height: Mapped[float]
    crop: Mapped[list[float]]
    small_image: Mapped[str]
    large_image: Mapped[str]
    """Its sharp picture; the small one stands in until it was made."""
    thumbnail: Mapped[str]
    light_image: Mapped[str | None]
    """Its small picture in four greys, once it was made."""
    words: Mapped[str]
    text: Mapped[str]
    source: Mapped[Source] = mapped_column(default=Source.LAYER, server_default="layer")

    version: Mapped[DocumentVersion] = relationship()

    FILES: ClassVar = ("small_image", "large_image", "thumbnail", "light_image", "words", "text")

    @property
    def blobs(self) -> tuple[str, ...]:
        """Return the names of the page's files."""
        return tuple(name for name in (getattr(self, file) for file in self.FILES) if name)

    @property
    def lightest_image(self) -> str:
        """Return the name of the picture for a poor network."""
        return self.light_image or self.small_image
