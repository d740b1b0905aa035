"""The scans of a dossier, their keys and pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from meetings import jobs, vault
from meetings.installation import Installation
from meetings.models import DossierPage, DossierPiece, DossierScan, Job, Member, PieceState
from storage import unwrap

WIDTHS: Mapping[int, str] = {240: "thumbnail", 1200: "picture"}


@dataclass(frozen=True)
class Shown:
    """A scan in the list of a dossier: how far its reading and its cutting are."""

    scan: DossierScan
    job: Job | None
    pieces: Mapping[PieceState, int]


def reading(scan: UUID) -> str:
    """Return the key of the job that reads a scan."""
    return f"read-scan:{scan}"


def context(scan: UUID) -> bytes:
    """Return what binds the key of a scan to it."""
    return f"dossier-scan:{scan}".encode()


def key_of(session: Session, installation: Installation, scan: DossierScan) -> bytes:
    """Return the key of a scan and its pictures."""
    lock = vault.members_key(session, installation.keys)
    return unwrap(scan.wrapped_key, by=lock, context=context(scan.id))


def picture(session: Session, installation: Installation, page: DossierPage, width: int) -> bytes:
    """Return the picture of a page, 240 or 1200 wide; raise KeyError for any other."""
    blob = getattr(page, WIDTHS[width])
    if not blob:
        raise KeyError(width)
    return installation.store.read(blob, key=key_of(session, installation, page.scan))


def scans_of(session: Session, member: Member) -> Sequence[Shown]:
    """Return the scans of a member's dossier in the order of their arrival."""
    own = select(DossierScan).where(DossierScan.member_id == member.id)
    scans = session.scalars(
        own.order_by(DossierScan.number).options(joinedload(DossierScan.giver))
    ).all()
    counted = _pieces(session, member)
    return [
        Shown(scan, jobs.latest(session, reading(scan.id)), counted.get(scan.id, {}))
        for scan in scans
    ]


def _pieces(session: Session, member: Member) -> Mapping[UUID, Mapping[PieceState, int]]:
    of_scan = DossierPiece.scan_id, DossierPiece.state
    query = (
        select(*of_scan, func.count())
        .join(DossierScan, DossierScan.id == DossierPiece.scan_id)
        .where(DossierScan.member_id == member.id)
        .group_by(*of_scan)
    )
    found: dict[UUID, dict[PieceState, int]] = {}
    for scan, state, count in session.execute(query):
        found.setdefault(scan, {})[state] = count
    return found
