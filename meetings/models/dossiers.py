"""Tables of scanned dossiers: scans as they came, their pages, the pieces they are cut into."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.models.accounts import User
from meetings.models.base import Base, Dated, Identified
from meetings.models.members import Member
from meetings.models.organisation import Body


class ScanState(StrEnum):
    """How far a scan is."""

    RECEIVED = "received"
    READY = "ready"


class PieceState(StrEnum):
    """What a person said of a piece of a scan."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    TRAY = "tray"
    """To be looked at once more (khay xem lại); it is no paper of the dossier yet."""


class DossierScan(Identified, Dated, Base):
    """A file of scanned pages as it came, sealed under a key that the key of the members locks.

    It has no name here: people write names and numbers into those of files.
    """

    __tablename__ = "dossier_scan"
    constraints = (
        UniqueConstraint("member_id", "number"),
        UniqueConstraint("member_id", "plain_sha256"),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    number: Mapped[int]
    given_by: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    state: Mapped[ScanState] = mapped_column(default=ScanState.RECEIVED)
    page_count: Mapped[int]
    size: Mapped[int]
    plain_sha256: Mapped[str]
    blob: Mapped[str]
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int] = mapped_column(default=0)
    """How often the cutting changed: who saw another one changes nothing."""

    member: Mapped[Member] = relationship()
    giver: Mapped[User] = relationship()


class DossierPiece(Identified, Dated, Base):
    """A run of pages of a scan: one paper, or something for the review tray."""

    __tablename__ = "dossier_piece"
    constraints = (
        CheckConstraint("state <> 'accepted' OR kind IS NOT NULL", name="named"),
        CheckConstraint("kind BETWEEN 1 AND 104", name="kind"),
    )

    scan_id: Mapped[UUID] = mapped_column(ForeignKey("dossier_scan.id"), index=True)
    kind: Mapped[int | None]
    """Which of the 104 kinds it is."""
    state: Mapped[PieceState] = mapped_column(default=PieceState.PROPOSED)
    dated: Mapped[date | None]
    confidence: Mapped[float] = mapped_column(default=0.0)
    reason: Mapped[str] = mapped_column(default="")

    scan: Mapped[DossierScan] = relationship()


class DossierPage(Identified, Base):
    """A page of a scan; it belongs to exactly one piece, as its column says."""

    __tablename__ = "dossier_page"
    constraints = (
        UniqueConstraint("scan_id", "number"),
        CheckConstraint("turn IN (0, 90, 180, 270)", name="turn"),
    )

    scan_id: Mapped[UUID] = mapped_column(ForeignKey("dossier_scan.id"))
    number: Mapped[int]
    piece_id: Mapped[UUID] = mapped_column(ForeignKey("dossier_piece.id"), index=True)
    turn: Mapped[int] = mapped_column(default=0)
    """By how many degrees clockwise it is shown turned; the original stays as it came."""
    width: Mapped[float] = mapped_column(default=0.0)
    height: Mapped[float] = mapped_column(default=0.0)
    picture: Mapped[str] = mapped_column(default="")
    thumbnail: Mapped[str] = mapped_column(default="")

    scan: Mapped[DossierScan] = relationship()
    piece: Mapped[DossierPiece] = relationship()


class DossierStep(Identified, Dated, Base):
    """A change of the cutting, with what was before it, so that it can be taken back."""

    __tablename__ = "dossier_step"

    scan_id: Mapped[UUID] = mapped_column(ForeignKey("dossier_scan.id"), index=True)
    taken_by: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    before: Mapped[dict[str, Any]]


class Mark(StrEnum):
    """What a keeper says of a kind in a dossier, beside what its papers say."""

    NOT_ARISEN = "not_arisen"
    TO_SUPPLEMENT = "to_supplement"


class DossierMark(Identified, Dated, Base):
    """What was said of a kind in the dossier of a member."""

    __tablename__ = "dossier_mark"
    constraints = (
        UniqueConstraint("member_id", "kind"),
        CheckConstraint("kind BETWEEN 1 AND 104", name="kind"),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[int]
    mark: Mapped[Mark]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("user.id"))


class DossierPackage(Identified, Dated, Base):
    """Dossiers that are taken along: asked for with a purpose, sealed, soon gone."""

    __tablename__ = "dossier_package"

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    """The one member whose dossier it is; without one it is all of the body."""
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    purpose: Mapped[str]
    code: Mapped[str]
    """The five-part code of the organisation, which names the folder."""
    blob: Mapped[str | None]
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(default="")
    found: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What was counted when it was read back: files, pages, pages left out and why, faults."""
    checked_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship()
    asker: Mapped[User] = relationship()
