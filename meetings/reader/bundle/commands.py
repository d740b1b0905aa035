"""What the command `meetings pack` does: the papers of a meeting as one file."""

from pathlib import Path
from shutil import copyfileobj
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from meetings.installation import Installation
    from meetings.models import Meeting, User
    from meetings.press.stamp import Stamp
    from meetings.reader.bundle.queries import Bundle


def write_pack(
    installation: "Installation", meeting: "UUID", account: str, target: Path
) -> tuple[int, str]:
    """Write the papers that an account may take along; return how many, and the code on them."""
    from meetings.documents.copies.services import new_stamp
    from meetings.intake import Reason
    from meetings.press.pdf import UnavailableError
    from meetings.reader.bundle import services
    from meetings.reader.bundle.queries import bundle_of

    with installation.database.reading() as session:
        found, who = _asked_for(session, meeting, account)
        bundle = bundle_of(session, found, by=who)
        if not bundle.leaves:
            message = f"“{account}” may take no paper of this meeting along."
            raise click.ClickException(message)
        stamp = new_stamp(session, by=who)
        try:
            made = services.bound(installation, bundle, stamp)
        except UnavailableError as error:
            raise click.ClickException(str(error)) from error
        if isinstance(made, Reason):
            message = f"The papers could not be bound: {made.value}."
            raise click.ClickException(message)
        _write_down(installation, bundle, stamp, who)
    with made, target.open("wb") as file:
        copyfileobj(made, file)
    return len(bundle.leaves), stamp.code


def _asked_for(session: "Session", meeting: "UUID", account: str) -> tuple["Meeting", "User"]:
    """Return the meeting and the account, if that account may take its papers along."""
    from sqlalchemy import select

    from meetings import policy
    from meetings.models import User

    who = session.scalar(select(User).where(User.username == account, User.active))
    needs = policy.Permission.MEETING_PACK
    found = policy.permitted(session, who, needs, meeting) if who else None
    if who is None or found is None:
        message = f"“{account}” sees no such meeting."
        raise click.ClickException(message)
    return found, who


def _write_down(
    installation: "Installation", bundle: "Bundle", stamp: "Stamp", who: "User"
) -> None:
    from meetings import audit
    from meetings.documents.copies.services import note_pack
    from meetings.policy import Permission

    meeting = bundle.meeting
    deed = audit.Deed(
        action=Permission.MEETING_PACK.value,
        actor_id=who.id,
        subject_type="Meeting",
        subject_id=str(meeting.id),
    )

    def change(writing: "Session") -> None:
        papers = [leaf.paper.document_id for leaf in bundle.leaves]
        note_pack(writing, stamp, meeting, papers, by=who)
        audit.record(writing, deed)

    installation.database.write(change)
