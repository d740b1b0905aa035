"""Dossiers are taken along for a purpose that is kept; the package is forgotten after a week."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import audit, clock, jobs
from meetings.documents.services import discard
from meetings.members.dossiers.packages import queries
from meetings.models import Body, DossierPackage, Member
from meetings.policy import Asker, Permission

KIND = "members.pack-dossiers"
KEPT = timedelta(days=7)


def order(
    session: Session, body: Body, member: Member | None, *, purpose: str, code: str, by: Asker
) -> DossierPackage:
    """Have the dossiers of a body, or of one member, made into a package."""
    package = DossierPackage(
        body_id=body.id,
        member_id=member.id if member else None,
        asked_by=by.id,
        purpose=purpose,
        code=code,
        found={},
    )
    session.add(package)
    session.flush()
    jobs.enqueue(session, KIND, {"package": str(package.id)}, key=queries.packing(package.id))
    deed = audit.Deed(
        action=Permission.DOSSIERS_EXPORT.value,
        actor_id=by.id,
        subject_type="DossierPackage",
        subject_id=str(package.id),
        detail={"member": str(member.id) if member else "", "body": str(body.id)},
    )
    audit.record(session, deed)
    return package


def forget(session: Session) -> None:
    """Remove the packages that were kept long enough; who asked for them stays in the ledger."""
    old = select(DossierPackage).where(DossierPackage.created_at < clock.now() - KEPT)
    for package in session.scalars(old).all():
        if package.blob:
            discard(session, [package.blob])
        session.delete(package)
    session.flush()
