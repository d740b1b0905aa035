"""Meetings and their agendas, as the person asking may see them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from meetings import clock, policy
from meetings.collation import name_key
from meetings.documents.queries import current_versions
from meetings.jobs import OPEN
from meetings.models import (
    AgendaItem,
    AgendaPaper,
    Document,
    DocumentVersion,
    Job,
    Meeting,
    Participant,
    ParticipantRole,
    Person,
    RoleAssignment,
    User,
    VersionState,
)

DAYS_AHEAD = timedelta(days=7)
PAGE_SIZE = 20
ROLE_ORDER = tuple(ParticipantRole)

Tree = Mapping[UUID | None, Sequence[AgendaItem]]


@dataclass(frozen=True)
class LaidPaper:
    """A paper before an item, with the file that is current and how far its preparation is."""

    row: AgendaPaper
    version: DocumentVersion | None
    done: int = 0
    total: int = 0

    @property
    def document(self) -> Document:
        """Return the document."""
        return self.row.document

    @property
    def state(self) -> VersionState:
        """Return how far the preparation has come."""
        return self.version.state if self.version else VersionState.FAILED

    @property
    def released(self) -> bool:
        """Tell whether the participants have it before them."""
        return self.row.released_at is not None and self.row.recalled_at is None

    @property
    def incomplete(self) -> bool:
        """Tell whether a number or a date is missing from what is recorded."""
        return not (self.document.symbol and self.document.issued_on)


@dataclass(frozen=True)
class Line:
    """An item where it stands in the agenda: its number, its time, its papers."""

    item: AgendaItem
    number: str
    starts_at: datetime
    papers: Sequence[LaidPaper]


@dataclass(frozen=True)
class MeetingPage:
    """One page of a list of meetings."""

    meetings: Sequence[Meeting]
    page: int
    pages: int


def meetings_ahead(session: Session, user: User, moment: datetime) -> Sequence[Meeting]:
    """Return the meetings of today and the coming days, earliest first."""
    start, end = clock.day_bounds(clock.local(moment).date())
    query = policy.readable_meetings(user).where(
        Meeting.ends_at >= start, Meeting.starts_at < end + DAYS_AHEAD
    )
    ordered = query.options(joinedload(Meeting.body)).order_by(Meeting.starts_at, Meeting.id)
    return session.scalars(ordered).all()


def meeting_page(session: Session, user: User, *, past: bool, page: int) -> MeetingPage:
    """Return a page of past meetings, latest first, or of those to come, earliest first."""
    over = Meeting.ends_at < clock.now()
    query = policy.readable_meetings(user).where(over if past else ~over)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    order = Meeting.starts_at.desc() if past else Meeting.starts_at
    rows = query.options(joinedload(Meeting.body)).order_by(order, Meeting.id)
    shown = rows.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return MeetingPage(session.scalars(shown).all(), page, pages)


def items_of(session: Session, meeting: Meeting) -> Sequence[AgendaItem]:
    """Return a meeting's items; siblings stand in their order."""
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
    return session.scalars(query.order_by(AgendaItem.position, AgendaItem.id)).all()


def agenda_of(session: Session, meeting: Meeting, *, user: User) -> list[Line]:
    """Return a meeting's items in reading order with the papers that a person may see."""
    tree: dict[UUID | None, list[AgendaItem]] = defaultdict(list)
    for item in items_of(session, meeting):
        tree[item.parent_id].append(item)
    papers = _papers_by_item(session, meeting, user)
    return list(_lines(tree, papers, None, "", meeting.starts_at))


def line_of_the_hour(lines: Sequence[Line], moment: datetime) -> Line | None:
    """Return the first line with papers among the current one and those after it."""
    begun = [line.starts_at for line in lines if line.starts_at <= moment]
    since = max(begun, default=None)
    ahead = (line for line in lines if since is None or line.starts_at >= since)
    return next((line for line in ahead if line.papers), None)


def participants_of(session: Session, meeting: Meeting) -> list[Participant]:
    """Return who takes part, the chair first, then by rank and name."""
    query = select(Participant).where(Participant.meeting_id == meeting.id)
    found = session.scalars(query.options(joinedload(Participant.person))).all()
    return sorted(found, key=_protocol)


def people_to_invite(session: Session, meeting: Meeting, *, user: User) -> list[Person]:
    """Return the people who do not take part yet, by name."""
    known = select(Participant.person_id).where(Participant.meeting_id == meeting.id)
    people = session.scalars(policy.readable_people(user).where(Person.id.not_in(known))).all()
    return sorted(people, key=lambda person: name_key(person.full_name))


def role_facts(session: Session, user: User) -> list[str]:
    """Return what decides how pages differ for a person, in a fixed order."""
    query = select(RoleAssignment.role, RoleAssignment.body_id)
    roles = session.execute(query.where(RoleAssignment.user_id == user.id)).all()
    return [str(int(user.clearance)), *sorted(f"{role}@{body}" for role, body in roles)]


def _protocol(participant: Participant) -> tuple[object, ...]:
    person = participant.person
    rank = ROLE_ORDER.index(participant.role)
    return rank, person.protocol_rank, name_key(person.full_name)


def _lines(
    tree: Tree,
    papers: Mapping[UUID, Sequence[LaidPaper]],
    parent: UUID | None,
    prefix: str,
    starts_at: datetime,
) -> Iterator[Line]:
    for index, item in enumerate(tree.get(parent, ()), 1):
        number = f"{prefix}{index}"
        yield Line(item, number, starts_at, papers.get(item.id, ()))
        yield from _lines(tree, papers, item.id, f"{number}.", starts_at)
        starts_at += timedelta(minutes=_minutes(tree, item))


def _minutes(tree: Tree, item: AgendaItem) -> int:
    """Return how long an item takes: as planned, else as long as its parts."""
    return item.planned_minutes or sum(_minutes(tree, part) for part in tree.get(item.id, ()))


def _papers_by_item(
    session: Session, meeting: Meeting, user: User
) -> Mapping[UUID, Sequence[LaidPaper]]:
    items = select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id)
    query = policy.readable_papers(user).where(AgendaPaper.item_id.in_(items))
    ordered = query.options(joinedload(AgendaPaper.document)).order_by(
        AgendaPaper.position, AgendaPaper.id
    )
    rows = session.scalars(ordered).all()
    versions = current_versions(session, [row.document for row in rows])
    progress = _progress(session, versions.values())
    papers: dict[UUID, list[LaidPaper]] = defaultdict(list)
    for row in rows:
        steps = progress.get(f"prepare:{row.document_id}", (0, 0))
        papers[row.item_id].append(LaidPaper(row, versions.get(row.document_id), *steps))
    return papers


def _progress(session: Session, versions: Iterable[DocumentVersion]) -> dict[str, tuple[int, int]]:
    waiting = [f"prepare:{v.document_id}" for v in versions if v.state is VersionState.RECEIVED]
    if not waiting:
        return {}
    query = select(Job.dedupe_key, Job.done, Job.total)
    found = session.execute(query.where(Job.dedupe_key.in_(waiting), Job.state.in_(OPEN)))
    return {key: (done, total) for key, done, total in found}
