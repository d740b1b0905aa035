"""Keep in a tray what came by itself, in the name of the account that stands for it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import audit, policy
from meetings.agenda.inbox.arrivals import Source
from meetings.agenda.services import announce
from meetings.agenda.tray import services as tray
from meetings.documents.quarantine.services import Received
from meetings.installation import Installation
from meetings.intake.verdict import Reason, Verdict
from meetings.models import Meeting, TrayFile, User
from meetings.policy import Permission

CODE_LENGTH = 8


def code_of(meeting: Meeting) -> str:
    """Return what names a meeting in the name of a folder or the subject of a mail."""
    return meeting.id.hex[-CODE_LENGTH:]


def steward(session: Session, name: str) -> User | None:
    """Return the account in whose name files are taken in."""
    query = select(User).where(User.username == name, User.active)
    return session.scalars(query).one_or_none() if name else None


def place_of(session: Session, code: str, *, by: User) -> Meeting | None:
    """Return the meeting with a code, if the account may take files in for it."""
    known = session.scalars(policy.readable_meetings(by).with_only_columns(Meeting.id))
    found = [identity for identity in known if identity.hex.endswith(code)]
    meeting = session.get(Meeting, found[0]) if len(found) == 1 else None
    if meeting and policy.allows(session, by, Permission.MEETING_INTAKE, meeting):
        return meeting
    return None


def take_in(
    installation: Installation,
    received: Received,
    verdict: Verdict,
    *,
    meeting: UUID,
    by: UUID,
    source: Source,
) -> UUID | None:
    """Keep an accepted file in a transaction of its own, with a line in the ledger."""

    def change(session: Session) -> UUID | None:
        place, who = session.get_one(Meeting, meeting), session.get_one(User, by)
        file = tray.keep(session, installation, received, verdict, meeting=place, by=who)
        _record(session, meeting, by, source)
        return file.document_id

    return installation.database.write(change)


def turn_away(
    installation: Installation,
    received: Received,
    reason: Reason,
    *,
    meeting: UUID,
    by: UUID,
    source: Source,
) -> None:
    """Tell in the tray that a file was refused; of a state secret only that one came."""

    def change(session: Session) -> None:
        place = session.get_one(Meeting, meeting)
        if reason is Reason.CLASSIFIED:
            session.add(TrayFile(meeting_id=meeting, file_name="", size=0, reason=reason.value))
            announce(session, place)
        else:
            tray.turn_away(session, place, received, reason)
        _record(session, meeting, by, source, reason)

    installation.database.write(change)


def _record(
    session: Session, meeting: UUID, by: UUID, source: Source, reason: Reason | None = None
) -> None:
    deed = audit.Deed(
        action=Permission.MEETING_INTAKE.value,
        actor_id=by,
        subject_type="Meeting",
        subject_id=str(meeting),
        detail={"source": source.value, **({"reason": reason.value} if reason else {})},
    )
    audit.record(session, deed)
