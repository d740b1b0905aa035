"""Packages of a body, what they are to hold, and how they are opened."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from meetings import jobs, vault
from meetings.installation import Installation
from meetings.members.dossiers.packages.plan import Cut, Dossier
from meetings.members.dossiers.strips.queries import pages_of, strip_of
from meetings.members.life.replay import valid
from meetings.members.records.queries import events_of, facts_of, happenings
from meetings.members.register.queries import below
from meetings.models import Body, DossierPackage, DossierScan, Job, Member, ScanState
from meetings.policy import Asker, readable_members
from storage import BlobReader, unwrap


def packing(package: UUID) -> str:
    """Return the key of the job that makes a package."""
    return f"pack-dossiers:{package}"


def context(package: UUID) -> bytes:
    """Return what binds the key of a package to it."""
    return f"dossier-package:{package}".encode()


def packages_of(session: Session, body: Body) -> Sequence[tuple[DossierPackage, Job | None]]:
    """Return the packages of a body that are kept, the latest first, each with its job."""
    own = select(DossierPackage).where(DossierPackage.body_id == body.id)
    rows = session.scalars(
        own.order_by(DossierPackage.created_at.desc()).options(joinedload(DossierPackage.asker))
    )
    return [(row, jobs.latest(session, packing(row.id))) for row in rows]


def members_with_scans(session: Session, body: Body, *, by: Asker) -> Sequence[Member]:
    """Return the members of a body and of those below it of whom scans are here."""
    scanned = select(DossierScan.member_id).where(DossierScan.state == ScanState.READY)
    found = readable_members(by).where(
        Member.body_id.in_(below(body, by=by)), Member.id.in_(scanned)
    )
    return session.scalars(found.order_by(Member.sort_name, Member.id)).all()


def open_package(
    session: Session, installation: Installation, package: DossierPackage
) -> BlobReader:
    """Return a package as a seekable file; raise KeyError where it is not made yet."""
    if package.blob is None or package.wrapped_key is None:
        raise KeyError(package.id)
    lock = vault.members_key(session, installation.keys)
    key = unwrap(package.wrapped_key, by=lock, context=context(package.id))
    return installation.store.open(package.blob, key=key)


def dossier_of(session: Session, key: bytes, member: Member) -> Dossier:
    """Return a dossier as it is taken along, with the identity number in force today."""
    own = select(DossierScan).where(DossierScan.member_id == member.id)
    ready = own.where(DossierScan.state == ScanState.READY).order_by(DossierScan.number)
    cuts = [
        Cut(scan.id, scan.number, scan.plain_sha256, strip_of(pages_of(session, scan)))
        for scan in session.scalars(ready)
    ]
    return Dossier(member.id, member.full_name, _citizen_id(session, key, member), cuts)


def _citizen_id(session: Session, key: bytes, member: Member) -> str:
    events = events_of(session, member)
    known = {event.number: event for event in events}
    standing = (known[one.number] for one in valid(happenings(events)))
    facts: dict[str, Any] = {}
    for event in standing:
        facts |= facts_of(key, event)
    return str(facts.get("citizen_id", ""))
