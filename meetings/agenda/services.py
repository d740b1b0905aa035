"""Changes to meetings: every one counts up the revision and is told to the open pages."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from meetings import clock, events, jobs
from meetings.documents import services as documents
from meetings.documents.queries import current_versions
from meetings.models import (
    AgendaItem,
    AgendaPaper,
    Body,
    Document,
    DocumentVersion,
    ItemKind,
    Meeting,
    MeetingKind,
    MeetingState,
    Participant,
    ParticipantItem,
    ParticipantRole,
    Person,
    StandIn,
    Taking,
    VersionState,
)
from meetings.policy import Asker

WHEN_AND_WHERE = ("starts_at", "ends_at", "place")


class ChangedMeanwhileError(Exception):
    """Somebody else changed the facts or the agenda of a meeting since they were shown."""


def take_turn(session: Session, meeting: Meeting, seen: int | None) -> None:
    """Let nobody change an agenda that they have not seen as it is; raise where it is another.

    The meeting stays locked until the change is kept; without a number seen nothing is compared.
    """
    session.refresh(meeting, ["agenda_revision"], with_for_update=True)
    if seen is not None and seen != meeting.agenda_revision:
        raise ChangedMeanwhileError


def arranged(session: Session, meeting: Meeting) -> None:
    """Count up what two clerks could overwrite each other in, and tell the open pages."""
    meeting.agenda_revision += 1
    announce(session, meeting)


def create_meeting(
    session: Session,
    body: Body,
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    kind: MeetingKind = MeetingKind.WORK_SESSION,
    place: str = "",
    taking: Taking = Taking.DOWNLOAD,
    stand_in: StandIn = StandIn.SAME_UNIT,
) -> Meeting:
    """Call a meeting of a body; only those who prepare it see it until its release."""
    meeting = Meeting(
        body_id=body.id,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        kind=kind,
        place=place,
        taking=taking,
        stand_in=stand_in,
    )
    session.add(meeting)
    session.flush()
    return meeting


def change_meeting(session: Session, meeting: Meeting, **facts: Any) -> None:
    """Change a meeting's title, kind, place or hours."""
    if any(name in facts and facts[name] != getattr(meeting, name) for name in WHEN_AND_WHERE):
        meeting.moved_at = clock.now()
    _set(meeting, facts)
    if meeting.state is not MeetingState.PLANNED:
        _sign_at_its_edges(session, meeting)
    arranged(session, meeting)


def add_item(
    session: Session,
    meeting: Meeting,
    *,
    title: str,
    kind: ItemKind = ItemKind.REPORT,
    presenter: str = "",
    planned_minutes: int = 0,
    set_for: datetime | None = None,
    parent: AgendaItem | None = None,
) -> AgendaItem:
    """Add an item at the end of the agenda, or at the end of another item."""
    parent_id = parent.id if parent else None
    siblings = session.scalars(_children(meeting.id, parent_id)).all()
    item = AgendaItem(
        meeting_id=meeting.id,
        parent_id=parent_id,
        position=siblings[-1].position + 1 if siblings else 1,
        title=title,
        kind=kind,
        presenter=presenter,
        planned_minutes=planned_minutes,
        set_for=set_for,
    )
    session.add(item)
    session.flush()
    arranged(session, meeting)
    return item


def change_item(session: Session, item: AgendaItem, **facts: Any) -> None:
    """Change an item's title, kind, presenter or minutes."""
    _set(item, facts)
    arranged(session, item.meeting)


def move_item(session: Session, item: AgendaItem, *, step: int) -> None:
    """Move an item among its siblings: -1 is one place up, 1 is one place down."""
    siblings = list(session.scalars(_children(item.meeting_id, item.parent_id)))
    place = siblings.index(item)
    siblings.pop(place)
    siblings.insert(min(max(place + step, 0), len(siblings)), item)
    for position, sibling in enumerate(siblings, 1):
        sibling.position = position
    arranged(session, item.meeting)


def hand_out_on_paper(session: Session, item: AgendaItem, *, on_paper: bool) -> None:
    """Say of an item that a paper of it is handed out in the room, or no longer."""
    change_item(session, item, on_paper=on_paper)


def remove_item(session: Session, item: AgendaItem) -> None:
    """Remove an item, what is nested in it, and take back their papers."""
    meeting = item.meeting
    _remove(session, item)
    arranged(session, meeting)


def invite(
    session: Session,
    meeting: Meeting,
    person: Person,
    role: ParticipantRole = ParticipantRole.VOTING_DELEGATE,
    *,
    items: Collection[UUID] | None = None,
) -> Participant:
    """Let a person take part, in all or in some items; give one who does another part."""
    query = select(Participant).where(
        Participant.meeting_id == meeting.id, Participant.person_id == person.id
    )
    participant = session.scalar(query) or Participant(meeting_id=meeting.id, person_id=person.id)
    participant.role, participant.whole = role, items is None
    session.add(participant)
    session.flush()
    owned = ParticipantItem.participant_id == participant.id
    session.execute(delete(ParticipantItem).where(owned))
    session.add_all(ParticipantItem(participant_id=participant.id, item_id=i) for i in items or ())
    session.flush()
    events.publish(session, events.person_topic(person.id), events.ACCESS)
    announce(session, meeting)
    return participant


def uninvite(session: Session, meeting: Meeting, person: Person) -> None:
    """Let a person take part no longer."""
    session.execute(
        delete(Participant).where(
            Participant.meeting_id == meeting.id, Participant.person_id == person.id
        )
    )
    events.publish(session, events.person_topic(person.id), events.ACCESS)
    announce(session, meeting)


def lay_paper(session: Session, item: AgendaItem, document: Document) -> AgendaPaper:
    """Lay a document before an item, unreleased; one that lies there already stays as it is."""
    laid = session.scalars(select(AgendaPaper).where(AgendaPaper.item_id == item.id)).all()
    known = [paper for paper in laid if paper.document_id == document.id]
    if known:
        return known[0]
    position = max((paper.position for paper in laid), default=0) + 1
    paper = AgendaPaper(item_id=item.id, document_id=document.id, position=position)
    session.add(paper)
    session.flush()
    announce(session, item.meeting)
    return paper


def take_back(session: Session, paper: AgendaPaper) -> None:
    """Take a paper off its item; the document itself stays with its body."""
    meeting = paper.item.meeting
    _take_back(session, paper)
    announce(session, meeting)


def release_meeting(session: Session, meeting: Meeting, *, by: Asker) -> None:
    """Release a meeting with its papers; those recalled or unreadable stay behind."""
    items = select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id)
    query = select(AgendaPaper).where(
        AgendaPaper.item_id.in_(items), AgendaPaper.recalled_at.is_(None)
    )
    papers = session.scalars(query).all()
    versions = current_versions(session, [paper.document for paper in papers])
    for paper in papers:
        if _can_be_read(versions.get(paper.document_id)):
            _release(session, paper)
    if meeting.state is MeetingState.PLANNED:
        meeting.state = MeetingState.RELEASED
    jobs.enqueue(session, "audit.head", {}, key="audit.head")
    _sign_at_its_edges(session, meeting)
    announce(session, meeting, "release", by=str(by.id))


def release_paper(session: Session, paper: AgendaPaper, *, by: Asker) -> bool:
    """Release one paper, also one recalled before; tell whether it can be read at all."""
    versions = current_versions(session, [paper.document])
    readable = _can_be_read(versions.get(paper.document_id))
    if readable:
        _release(session, paper)
        announce(session, paper.item.meeting, "release", paper=str(paper.id), by=str(by.id))
    return readable


def recall_paper(session: Session, paper: AgendaPaper, *, by: Asker | None) -> None:
    """Take a released paper away from the participants and out of the archive."""
    _recall(session, paper)
    who = {"by": str(by.id)} if by else {}
    announce(session, paper.item.meeting, "recall", paper=str(paper.id), **who)


def _sign_at_its_edges(session: Session, meeting: Meeting) -> None:
    """Have the ledger's newest line signed when a meeting opens and when it closes."""
    for moment in (meeting.starts_at, meeting.ends_at):
        if moment > clock.now():
            key = f"audit.head:{meeting.id}:{moment.timestamp():.0f}"
            jobs.enqueue(session, "audit.head", {}, key=key, not_before=moment)


def announce(session: Session, meeting: Meeting, kind: str = "agenda", **data: str) -> None:
    """Count up a meeting's revision and tell its open pages."""
    meeting.revision += 1
    for topic in (events.meeting_topic(meeting.id), events.office_topic(meeting.id)):
        events.publish(session, topic, kind, revision=meeting.revision, **data)


def tell_readers(session: Session, *documents: UUID) -> None:
    """Let the open readers of some documents ask whether they may go on."""
    for document in documents:
        events.publish(session, events.document_topic(document), events.ACCESS)


def _set(row: Meeting | AgendaItem, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(row, name, value)


def _children(meeting_id: UUID, parent_id: UUID | None) -> Select[AgendaItem]:
    query = select(AgendaItem).where(
        AgendaItem.meeting_id == meeting_id, AgendaItem.parent_id.is_not_distinct_from(parent_id)
    )
    return query.order_by(AgendaItem.position, AgendaItem.id)


def _remove(session: Session, item: AgendaItem) -> None:
    for part in session.scalars(_children(item.meeting_id, item.id)).all():
        _remove(session, part)
    for paper in session.scalars(select(AgendaPaper).where(AgendaPaper.item_id == item.id)).all():
        _take_back(session, paper)
    session.delete(item)
    session.flush()


def _take_back(session: Session, paper: AgendaPaper) -> None:
    _recall(session, paper)
    session.delete(paper)
    session.flush()


def _can_be_read(version: DocumentVersion | None) -> bool:
    return version is not None and version.state is not VersionState.FAILED


def _release(session: Session, paper: AgendaPaper) -> None:
    if not paper.is_out:
        paper.released_at, paper.recalled_at = clock.now(), None
        documents.archive(session, paper.document)


def _recall(session: Session, paper: AgendaPaper) -> None:
    if not paper.is_out:
        return
    paper.recalled_at = clock.now()
    session.flush()
    tell_readers(session, paper.document_id)
    still_out = select(func.count()).where(
        AgendaPaper.document_id == paper.document_id,
        AgendaPaper.released_at.is_not(None),
        AgendaPaper.recalled_at.is_(None),
    )
    if not session.scalar(still_out):
        documents.unarchive(session, paper.document)
        topic = events.office_topic(paper.item.meeting_id)
        documents.withdraw(session, paper.document, topic=topic)
