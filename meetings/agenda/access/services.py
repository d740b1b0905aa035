"""Who reads a paper, and when: set by the office, turned by the clock."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from meetings import clock, jobs
from meetings.agenda.access.queries import (
    is_restricted,
    lists_over,
    reach_of,
    reader_table,
    readers_of,
)
from meetings.agenda.services import announce, invite, lay_paper, recall_paper, tell_readers
from meetings.models import (
    AccessLevel,
    AgendaItem,
    AgendaPaper,
    Document,
    Meeting,
    Participant,
    ParticipantItem,
    ParticipantRole,
    Person,
    Taking,
    WideningKind,
)
from meetings.policy import Asker
from meetings.widenings import services as widenings

OFFICIAL = (
    ParticipantRole.CHAIR,
    ParticipantRole.MEETING_SECRETARY,
    ParticipantRole.VOTING_DELEGATE,
)
"""As what those take part who stay when an item is closed, unless others are named."""


class Window(NamedTuple):
    """From when until when a paper may be read; None leaves a side open."""

    start: datetime | None
    end: datetime | None

    def within(self, other: "Window") -> "Window":
        """Return the time that lies in both."""
        starts = [bound for bound in (self.start, other.start) if bound]
        ends = [bound for bound in (self.end, other.end) if bound]
        return Window(max(starts, default=None), min(ends, default=None))

    def told(self) -> dict[str, str | None]:
        """Return the window as JSON."""
        return {name: bound and bound.isoformat() for name, bound in self._asdict().items()}

    @classmethod
    def read(cls, told: dict[str, str | None]) -> "Window":
        """Return the window that was told."""
        bounds = (told["start"], told["end"])
        return cls(*(datetime.fromisoformat(bound) if bound else None for bound in bounds))


def wish_window(
    session: Session,
    paper: AgendaPaper,
    *,
    start: datetime | None,
    end: datetime | None,
    by: Asker,
) -> bool:
    """Set a window; tell whether the part that widens it waits for a second person."""
    old = Window(paper.readable_from, paper.readable_until)
    wish = Window(start, end)
    common = old.within(wish)
    waits = common != wish and is_restricted(session, paper)
    if waits:
        body = paper.document.body_id
        widenings.ask(session, paper, WideningKind.WINDOW, wish.told(), body=body, by=by)
    else:
        widenings.supersede(session, paper, WideningKind.WINDOW, by=by)
    start, end = common if waits else wish
    set_window(session, paper, start=start, end=end)
    return waits


def wish_readers(
    session: Session, place: AgendaPaper | AgendaItem, people: set[UUID], *, by: Asker
) -> bool:
    """Name readers; tell whether those who are added wait for a second person."""
    old = readers_of(session, place)
    widens = bool(old) and not (people and people <= old)
    waits = widens and is_restricted(session, place)
    if waits:
        what = {"readers": sorted(map(str, people))}
        body = place.meeting.body_id if isinstance(place, AgendaItem) else place.document.body_id
        widenings.ask(session, place, WideningKind.READERS, what, body=body, by=by)
    else:
        widenings.supersede(session, place, WideningKind.READERS, by=by)
    set_readers(session, place, (old & people or old) if waits else people)
    return waits


def wish_paper(
    session: Session, item: AgendaItem, document: Document, *, by: Asker
) -> AgendaPaper | None:
    """Lay a document before an item; None where this waits, as it would reach more persons."""
    restricted = document.access_level is AccessLevel.RESTRICTED
    if restricted and not reach_of(session, item) <= reach_of_document(session, document):
        what, body = {"item": str(item.id)}, document.body_id
        widenings.ask(session, document, WideningKind.LAID, what, body=body, by=by)
        return None
    return lay_paper(session, item, document)


def wish_invitation(
    session: Session,
    meeting: Meeting,
    person: Person,
    role: ParticipantRole,
    *,
    by: Asker,
    items: Collection[UUID] | None = None,
) -> bool:
    """Let a person take part, in all or in some items.

    Tell whether this waits, as it would open restricted papers to them that are closed so far.
    """
    opened = opened_by_invitation(session, meeting, person.id)
    if not opened or not _widens(session, meeting, person, items):
        invite(session, meeting, person, role, items=items)
        return False
    part = None if items is None else sorted(map(str, items))
    what = {"meeting": str(meeting.id), "person": str(person.id), "role": role.value, "items": part}
    widenings.ask(session, opened[0], WideningKind.INVITED, what, body=meeting.body_id, by=by)
    return True


def items_of_part(session: Session, part: Participant) -> set[UUID] | None:
    """Return the items for which somebody is invited; None where it is the whole meeting."""
    if part.whole:
        return None
    named = select(ParticipantItem.item_id).where(ParticipantItem.participant_id == part.id)
    return set(session.scalars(named))


def _widens(
    session: Session, meeting: Meeting, person: Person, items: Collection[UUID] | None
) -> bool:
    """Tell whether a person would take part in more than they do."""
    part = session.scalar(
        select(Participant).where(
            Participant.meeting_id == meeting.id, Participant.person_id == person.id
        )
    )
    if part is None:
        return True
    known = items_of_part(session, part)
    return known is not None and (items is None or not known.issuperset(items))


def set_closed(session: Session, item: AgendaItem, *, closed: bool, by: Asker) -> None:
    """Close an item to all but those named, or open it; nobody named means the official ones."""
    item.closed = closed
    session.flush()
    if closed and not readers_of(session, item):
        official = select(Participant.person_id).where(
            Participant.meeting_id == item.meeting_id, Participant.role.in_(OFFICIAL)
        )
        wish_readers(session, item, set(session.scalars(official)), by=by)
    tell_readers(session, *_documents_at(session, item))
    announce(session, item.meeting)


def set_window(
    session: Session, paper: AgendaPaper, *, start: datetime | None, end: datetime | None
) -> None:
    """Let a released paper be read from a moment until another; None leaves that side open."""
    paper.readable_from, paper.readable_until = start, end
    session.flush()
    meeting = paper.item.meeting
    meeting.turns_at = _turns_of(session, meeting)
    for moment in (start, end):
        if moment and moment > clock.now():
            key = f"window:{paper.id}:{moment.timestamp():.0f}"
            order = {"paper": str(paper.id)}
            jobs.enqueue(session, "agenda.window", order, key=key, not_before=moment)
    tell_readers(session, paper.document_id)
    announce(session, meeting)


def set_readers(
    session: Session, place: AgendaPaper | AgendaItem, people: Collection[UUID]
) -> None:
    """Limit a paper, or the papers of an item, to named persons; nobody named means everybody."""
    table, owner = reader_table(place)
    session.execute(delete(table).where(owner == place.id))
    session.add_all(table(**{owner.key: place.id, "person_id": person}) for person in people)
    session.flush()
    tell_readers(session, *_documents_at(session, place))
    announce(session, place.meeting if isinstance(place, AgendaItem) else place.item.meeting)


def set_taking(session: Session, paper: AgendaPaper, taking: Taking | None) -> None:
    """Let participants only read a paper, print it too, or download it; or as for all papers."""
    paper.taking = taking
    session.flush()
    announce(session, paper.item.meeting)


def turn(session: Session, paper: AgendaPaper) -> None:
    """Tell a meeting that a paper opened by itself; recall one whose time is over."""
    moment = clock.now()
    if not paper.is_out:
        return
    if paper.readable_until and paper.readable_until <= moment:
        recall_paper(session, paper, by=None)
    elif paper.readable_from and paper.readable_from <= moment:
        announce(session, paper.item.meeting, "release", paper=str(paper.id))


def _documents_at(session: Session, place: AgendaPaper | AgendaItem) -> Collection[UUID]:
    if isinstance(place, AgendaPaper):
        return [place.document_id]
    items = select(AgendaItem.id).where(AgendaItem.meeting_id == place.meeting_id)
    laid = select(AgendaPaper.document_id).where(AgendaPaper.item_id.in_(items))
    return session.scalars(laid.distinct()).all()


def _turns_of(session: Session, meeting: Meeting) -> list[float]:
    items = select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id)
    bounds = select(AgendaPaper.readable_from, AgendaPaper.readable_until)
    rows = session.execute(bounds.where(AgendaPaper.item_id.in_(items)))
    return sorted(moment.timestamp() for row in rows for moment in row if moment)


def reach_of_document(session: Session, document: Document) -> set[UUID]:
    """Return the persons to whom a document lies open without a limit of time."""
    lasting = select(AgendaPaper).where(
        AgendaPaper.document_id == document.id,
        AgendaPaper.recalled_at.is_(None),
        AgendaPaper.readable_from.is_(None),
        AgendaPaper.readable_until.is_(None),
    )
    return set().union(*(reach_of(session, paper) for paper in session.scalars(lasting)))


def opened_by_invitation(session: Session, meeting: Meeting, person: UUID) -> list[Document]:
    """Return the restricted documents that a person could read as a participant."""
    laid = (
        select(AgendaPaper)
        .join(AgendaItem, AgendaItem.id == AgendaPaper.item_id)
        .join(Document, Document.id == AgendaPaper.document_id)
        .where(
            AgendaItem.meeting_id == meeting.id,
            Document.access_level == AccessLevel.RESTRICTED,
            Document.destroyed_at.is_(None),
        )
        .order_by(AgendaItem.position, AgendaPaper.position, AgendaPaper.id)
    )
    return [
        paper.document
        for paper in session.scalars(laid).all()
        if all(person in named for named in lists_over(session, paper))
    ]
