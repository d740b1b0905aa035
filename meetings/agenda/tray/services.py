"""Files come into the tray, find their items, are moved by hand, and leave it again."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import PurePosixPath
from typing import cast
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session, joinedload

from meetings import clock, events, jobs
from meetings.agenda.access.services import wish_paper
from meetings.agenda.papers.services import is_commented
from meetings.agenda.queries import numbered_items
from meetings.agenda.services import announce, take_back
from meetings.documents import services as documents
from meetings.documents.destruction import services as bin_of_documents
from meetings.documents.quarantine.services import Received
from meetings.installation import Installation
from meetings.intake import matching
from meetings.intake.verdict import Reason, Verdict
from meetings.models import (
    AccessLevel,
    AgendaItem,
    AgendaPaper,
    Certainty,
    Document,
    Meeting,
    TrayFile,
    User,
    WideningKind,
)
from meetings.policy import Asker
from meetings.widenings.services import supersede

CERTAINTIES = {
    matching.Certainty.SURE: Certainty.SURE,
    matching.Certainty.GUESS: Certainty.GUESS,
    matching.Certainty.LOOK: Certainty.LOOK,
}
SAMPLE = 50  # so many names tell whether the files of a tray are numbered by item
CALM = timedelta(seconds=10)  # after which a large tray is looked at as a whole


def take_in(
    installation: Installation, received: Received, verdict: Verdict, *, meeting: UUID, by: UUID
) -> UUID:
    """Keep an accepted file in a short transaction of its own; return its document."""

    def change(session: Session) -> UUID:
        place, who = session.get_one(Meeting, meeting), session.get_one(User, by)
        file = keep(session, installation, received, verdict, meeting=place, by=who)
        return cast("UUID", file.document_id)

    return installation.database.write(change)


def note_refusal(
    installation: Installation, received: Received, reason: Reason, *, meeting: UUID
) -> None:
    """Remember a refusal in a short transaction of its own."""
    installation.database.write(
        lambda session: turn_away(session, session.get_one(Meeting, meeting), received, reason)
    )


def keep(
    session: Session,
    installation: Installation,
    received: Received,
    verdict: Verdict,
    *,
    meeting: Meeting,
    by: Asker,
) -> TrayFile:
    """Keep an accepted file in the tray and find its item; tell the open pages."""
    document = _known(session, received, meeting, by=by) or documents.receive(
        session,
        installation,
        received,
        verdict,
        body=meeting.body,
        access_level=min(AccessLevel.INTERNAL, by.clearance),
        by=by,
        topic=events.office_topic(meeting.id),
    )
    file = _row(session, meeting, received, document)
    _sort_in(session, meeting, file, by=by)
    return file


def turn_away(session: Session, meeting: Meeting, received: Received, reason: Reason) -> None:
    """Remember that a file was refused, and why; of a state secret nothing is remembered."""
    if reason is Reason.CLASSIFIED:
        return
    session.add(
        TrayFile(
            meeting_id=meeting.id,
            file_name=received.name,
            folder=received.folder,
            size=received.size,
            reason=reason.value,
        )
    )
    announce(session, meeting)


def sort_anew(session: Session, meeting: Meeting, *, by: Asker) -> None:
    """Find the item of every file that nobody placed by hand; all are looked at together."""
    _sort(session, meeting, session.scalars(_unsorted(meeting)).all(), by=by)


def assign(session: Session, file: TrayFile, item: AgendaItem | None, *, by: Asker) -> None:
    """Place a file before an item by hand, or before none."""
    _place(session, file, item, by=by)
    file.by_hand, file.certainty = True, Certainty.SURE if item else Certainty.LOOK


def remove(session: Session, file: TrayFile, *, by: Asker) -> None:
    """Take a file out of the tray and off its item; its document goes into the bin."""
    _place(session, file, None, by=by)
    if file.document and not _lies_elsewhere(session, file.document):
        bin_of_documents.put_in_bin(session, file.document)
    session.delete(file)


def clear(session: Session, meeting: Meeting) -> None:
    """Empty the tray of files that lie before an item and of those that were refused."""
    settled = TrayFile.item_id.is_not(None) | TrayFile.reason.is_not(None)
    session.execute(delete(TrayFile).where(TrayFile.meeting_id == meeting.id, settled))


def _sort_in(session: Session, meeting: Meeting, file: TrayFile, *, by: Asker) -> None:
    """Find the item of a new file, and of the first ones with it; of more a job finds the rest.

    Looking at all of them with every file that comes would take ever longer.
    """
    first = session.scalars(_unsorted(meeting).limit(SAMPLE + 1)).all()
    if len(first) > SAMPLE:
        order = {"meeting": str(meeting.id), "user": str(by.id)}
        due = clock.now() + CALM
        jobs.enqueue(session, "agenda.sort", order, key=f"sort:{meeting.id}", not_before=due)
        first = [*first[:SAMPLE], *([] if file.by_hand else [file])]
    _sort(session, meeting, first, by=by)


def _sort(session: Session, meeting: Meeting, laid: Sequence[TrayFile], *, by: Asker) -> None:
    files = {str(file.id): file for file in laid}
    lines = numbered_items(session, meeting)
    items = [
        matching.Item(id=str(item.id), number=number, title=item.title, presenter=item.presenter)
        for number, item in lines
    ]
    for match in matching.match([_facts(file) for file in files.values()], items):
        file = files[match.file]
        item = session.get_one(AgendaItem, UUID(match.item)) if match.item else None
        _place(session, file, item, by=by)
        file.certainty = CERTAINTIES[match.certainty]
    announce(session, meeting)


def _known(session: Session, received: Received, meeting: Meeting, *, by: Asker) -> Document | None:
    doubles = documents.duplicates_of(session, received.sha256, by=by)
    return next((double for double in doubles if double.body_id == meeting.body_id), None)


def _row(session: Session, meeting: Meeting, received: Received, document: Document) -> TrayFile:
    query = select(TrayFile).where(
        TrayFile.meeting_id == meeting.id, TrayFile.document_id == document.id
    )
    file = session.scalar(query) or TrayFile(
        meeting_id=meeting.id,
        document_id=document.id,
        file_name=received.name,
        folder=received.folder,
        size=received.size,
    )
    session.add(file)
    session.flush()
    return file


def _unsorted(meeting: Meeting) -> Select[TrayFile]:
    query = select(TrayFile).options(joinedload(TrayFile.document)).order_by(TrayFile.id)
    return query.where(
        TrayFile.meeting_id == meeting.id,
        TrayFile.by_hand.is_(False),
        TrayFile.document_id.is_not(None),
    )


def _facts(file: TrayFile) -> matching.File:
    document = file.document
    return matching.File(
        id=str(file.id),
        name=file.file_name,
        folder=PurePosixPath(file.folder).name,
        symbol=document.symbol if document else "",
        subject=document.title if document else "",
    )


def _place(session: Session, file: TrayFile, item: AgendaItem | None, *, by: Asker) -> None:
    """Move a file's paper to an item; one that is out or was commented on stays where it is."""
    if file.item_id == (item.id if item else None):
        return
    papers = _papers(session, file)
    if any(paper.is_out or is_commented(session, paper) for paper in papers):
        return
    document = file.document
    if document and file.item_id:
        left = {"item": str(file.item_id)}
        supersede(session, document, WideningKind.LAID, by=by, what=left)
    if document and item:
        wish_paper(session, item, document, by=by)
    for paper in papers:
        take_back(session, paper)
    file.item_id = item.id if item else None


def _papers(session: Session, file: TrayFile) -> Sequence[AgendaPaper]:
    return session.scalars(
        select(AgendaPaper).where(
            AgendaPaper.item_id == file.item_id, AgendaPaper.document_id == file.document_id
        )
    ).all()


def _lies_elsewhere(session: Session, document: Document) -> bool:
    query = select(AgendaPaper.id).where(AgendaPaper.document_id == document.id).limit(1)
    return session.scalar(query) is not None
