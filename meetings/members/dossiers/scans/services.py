"""A scan is taken in: sealed as it came, then read by a job."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meetings import audit, jobs, vault
from meetings.documents.quarantine.services import Received
from meetings.installation import Installation
from meetings.intake import Verdict
from meetings.members.dossiers.scans import queries
from meetings.models import DossierScan, Member, ScanState, new_id
from meetings.policy import Asker, Permission
from storage import Stored, new_key, wrap

KIND = "members.read-scan"


class Known(Exception):
    """The dossier has the very same file already."""


def take_in(
    installation: Installation, received: Received, verdict: Verdict, *, member: UUID, by: Asker
) -> UUID:
    """Keep a file that passed the gate, in a short transaction of its own; raise Known."""
    plain = new_key()
    with received.open() as reader:
        stored = installation.store.put(reader, key=plain)

    def change(session: Session) -> UUID:
        of = session.get_one(Member, member, with_for_update=True)
        lock = vault.members_key(session, installation.keys)
        return keep(session, of, stored, pages=verdict.pages, keys=(plain, lock), by=by).id

    try:
        return installation.database.write(change)
    except BaseException:
        installation.store.remove(stored.digest)
        raise


def keep(
    session: Session,
    member: Member,
    stored: Stored,
    *,
    pages: int,
    keys: tuple[bytes, bytes],
    by: Asker,
) -> DossierScan:
    """Enter a sealed file as a scan of a dossier and have it read; raise Known."""
    own = select(DossierScan).where(DossierScan.member_id == member.id)
    same = own.where(DossierScan.plain_sha256 == stored.plain_sha256)
    if session.scalar(same) is not None:
        raise Known
    numbers = select(func.max(DossierScan.number)).where(DossierScan.member_id == member.id)
    identity, (plain, lock) = new_id(), keys
    scan = DossierScan(
        id=identity,
        member_id=member.id,
        number=(session.scalar(numbers) or 0) + 1,
        given_by=by.id,
        state=ScanState.RECEIVED,
        page_count=pages,
        size=stored.plain_size,
        plain_sha256=stored.plain_sha256,
        blob=stored.digest,
        wrapped_key=wrap(plain, by=lock, context=queries.context(identity)),
    )
    session.add(scan)
    session.flush()
    jobs.enqueue(session, KIND, {"scan": str(identity)}, key=queries.reading(identity))
    audit.record(session, _deed(scan, by))
    return scan


def _deed(scan: DossierScan, by: Asker) -> audit.Deed:
    return audit.Deed(
        action=Permission.DOSSIER_FILL.value,
        actor_id=by.id,
        subject_type="DossierScan",
        subject_id=str(scan.id),
        detail={"pages": scan.page_count, "sha256": scan.plain_sha256},
    )
