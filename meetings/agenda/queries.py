"""Meetings and their agendas, as the person asking may see them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from meetings import clock, jobs, paging, policy
from meetings.collation import name_key
from meetings.documents.queries import CURRENT_FILE
from meetings.models import (
    UNDERWAY,
    AccessLevel,
    AgendaItem,
    AgendaPaper,
    Body,
    Document,
    DocumentType,
    DocumentVersion,
    ItemKind,
    Meeting,
    PaperReader,
    Participant,
    ParticipantRole,
    Person,
    Taking,
    VersionState,
)
from meetings.models.prepared import Prepared, settled
from meetings.paging import Leaf
from meetings.policy import Asker

DAYS_AHEAD = timedelta(days=7)
PAGE_SIZE = 20
STATE = DocumentVersion.__table__.c.state.type
ROLE_ORDER = tuple(ParticipantRole)

# Made once, and given the meeting and the person when they run; plain columns, not objects: every
# delegate of a meeting asks for them.
ITEMS = (
    select(
        AgendaItem.id,
        AgendaItem.parent_id,
        AgendaItem.title,
        AgendaItem.kind,
        AgendaItem.presenter,
        AgendaItem.planned_minutes,
        AgendaItem.begun_at,
        AgendaItem.ended_at,
        AgendaItem.on_paper,
        AgendaItem.closed,
        AgendaItem.set_for,
    )
    .where(AgendaItem.meeting_id == bindparam("meeting"))
    .order_by(AgendaItem.position, AgendaItem.id)
)
_ITEMS_OF = Prepared(ITEMS)
_SHOWN_OF = Prepared(
    policy.visible_items()
    .where(AgendaItem.meeting_id == bindparam("meeting"))
    .with_only_columns(AgendaItem.id)
)
NAMED = (
    select(func.count())
    .where(PaperReader.paper_id == AgendaPaper.id)
    .correlate(AgendaPaper)
    .scalar_subquery()
)
_PAPERS_OF = Prepared(
    policy.readable_papers()
    .where(AgendaPaper.item_id.in_(ITEMS.with_only_columns(AgendaItem.id).order_by(None)))
    .join(AgendaPaper.document)
    .outerjoin(DocumentVersion, CURRENT_FILE)
    .with_only_columns(
        AgendaPaper.id,
        AgendaPaper.item_id,
        AgendaPaper.document_id,
        Document.title,
        Document.doc_type,
        Document.symbol,
        Document.issued_on,
        DocumentVersion.page_count,
        func.coalesce(DocumentVersion.state, VersionState.FAILED, type_=STATE),
        and_(AgendaPaper.released_at.is_not(None), AgendaPaper.recalled_at.is_(None)),
        AgendaPaper.recalled_at.is_not(None),
        AgendaPaper.readable_from,
        AgendaPaper.readable_until,
        NAMED,
        AgendaPaper.appendix_of,
        DocumentVersion.id,
        AgendaPaper.taking,
        Document.access_level,
    )
    .order_by(AgendaPaper.position, AgendaPaper.id)
)

_NAME_OF_BODY = Prepared(
    policy.readable_bodies().where(Body.id == bindparam("body")).with_only_columns(Body.name)
)


@dataclass(frozen=True)
class LaidPaper:
    """A paper before an item: what its document is, how far its file is, whether it is out."""

    id: UUID
    item_id: UUID
    document_id: UUID
    title: str
    doc_type: DocumentType
    symbol: str
    issued_on: date | None
    page_count: int | None
    state: VersionState
    released: bool
    recalled: bool
    readable_from: datetime | None = None
    readable_until: datetime | None = None
    named: int = 0
    appendix_of: UUID | None = None
    version_id: UUID | None = None
    taking: Taking = Taking.READ
    done: int = 0
    total: int = 0

    @property
    def incomplete(self) -> bool:
        """Tell whether a number or a date is missing from what is recorded."""
        return not (self.symbol and self.issued_on)


@dataclass(frozen=True)
class Item:
    """An item as it stands in the database."""

    id: UUID
    parent_id: UUID | None
    title: str
    kind: ItemKind
    presenter: str
    planned_minutes: int
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    on_paper: bool = False
    closed: bool = False
    set_for: datetime | None = None

    @property
    def is_running(self) -> bool:
        """Tell whether the meeting has come to this item and not left it."""
        return self.begun_at is not None and self.ended_at is None


@dataclass(frozen=True)
class Line:
    """An item where it stands in the agenda and among its siblings, its time, its papers."""

    item: Item
    number: str
    starts_at: datetime
    ends_at: datetime
    papers: tuple[LaidPaper, ...]
    first: bool
    last: bool


Tree = Mapping[UUID | None, Sequence[Item]]


def meetings_ahead(session: Session, user: Asker, moment: datetime) -> Sequence[Meeting]:
    """Return the meetings of today and the coming days, earliest first."""
    start, end = clock.day_bounds(clock.local(moment).date())
    query = policy.readable_meetings(user).where(
        Meeting.ends_at >= start, Meeting.starts_at < end + DAYS_AHEAD
    )
    ordered = query.options(joinedload(Meeting.body)).order_by(Meeting.starts_at, Meeting.id)
    return session.scalars(ordered).all()


def meeting_page(session: Session, user: Asker, *, past: bool, page: int) -> Leaf[Meeting]:
    """Return a page of past meetings, latest first, or of those to come, earliest first."""
    over = Meeting.ends_at < clock.now()
    query = policy.readable_meetings(user).where(over if past else ~over)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page, pages = paging.place(total, page, PAGE_SIZE)
    order = Meeting.starts_at.desc() if past else Meeting.starts_at
    rows = query.options(joinedload(Meeting.body)).order_by(order, Meeting.id)
    shown = rows.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return Leaf(session.scalars(shown).all(), page, pages, total)


def items_of(session: Session, meeting: Meeting) -> list[Item]:
    """Return a meeting's items; siblings stand in their order."""
    rows = _ITEMS_OF.all(settled(session), {"meeting": meeting.id})
    return [Item(*row) for row in rows]


def numbered_items(session: Session, meeting: Meeting) -> list[tuple[str, Item]]:
    """Return a meeting's items in reading order, each with its number."""
    lines = _lines(_tree(session, meeting), {}, None, "", meeting.starts_at)
    return [(line.number, line.item) for line in lines]


def agenda_of(session: Session, meeting: Meeting, *, user: Asker) -> tuple[Line, ...]:
    """Return the items that a person may see, in reading order, each with its papers.

    Numbers and hours are those of the whole agenda: what somebody does not see takes its time.
    """
    tree = _tree(session, meeting)
    papers = _papers_by_item(session, meeting, user)
    asked = policy.facts(user) | {"meeting": meeting.id}
    shown = {item for (item,) in _SHOWN_OF.all(settled(session), asked)}
    lines = _lines(tree, papers, None, "", meeting.starts_at)
    return tuple(line for line in lines if line.item.id in shown)


def body_name_of(session: Session, meeting: Meeting, *, user: Asker) -> str:
    """Return the name of the body that meets."""
    asked = policy.facts(user) | {"body": meeting.body_id}
    return "".join(_NAME_OF_BODY.one_or_none(settled(session), asked) or ())


def running_line(lines: Sequence[Line]) -> Line | None:
    """Return the line to which a meeting in session has come."""
    return next((line for line in lines if line.item.is_running), None)


def line_of_the_hour(lines: Sequence[Line], moment: datetime) -> Line | None:
    """Return the first line with papers among the current one and those after it.

    Towards the end, when none has papers any more, it is the last one that had some.
    """
    begun = [line.starts_at for line in lines if line.starts_at <= moment]
    running = running_line(lines)
    since = running.starts_at if running else max(begun, default=None)
    with_papers = [line for line in lines if line.papers]
    ahead = (line for line in with_papers if since is None or line.starts_at >= since)
    return next(ahead, with_papers[-1] if with_papers else None)


def participants_of(session: Session, meeting: Meeting) -> list[Participant]:
    """Return who takes part, the chair first, then by rank and name."""
    query = select(Participant).where(Participant.meeting_id == meeting.id)
    found = session.scalars(query.options(joinedload(Participant.person))).all()
    return sorted(found, key=_protocol)


def people_to_invite(session: Session, meeting: Meeting, *, user: Asker) -> list[Person]:
    """Return the people who do not take part yet, by name."""
    known = select(Participant.person_id).where(Participant.meeting_id == meeting.id)
    people = session.scalars(policy.readable_people(user).where(Person.id.not_in(known))).all()
    return sorted(people, key=lambda person: name_key(person.full_name))


def _protocol(participant: Participant) -> tuple[object, ...]:
    person = participant.person
    rank = ROLE_ORDER.index(participant.role)
    return rank, person.protocol_rank, name_key(person.full_name)


def _tree(session: Session, meeting: Meeting) -> Tree:
    tree: dict[UUID | None, list[Item]] = defaultdict(list)
    for item in items_of(session, meeting):
        tree[item.parent_id].append(item)
    return tree


def _lines(
    tree: Tree,
    papers: Mapping[UUID, Sequence[LaidPaper]],
    parent: UUID | None,
    prefix: str,
    starts_at: datetime,
) -> Iterator[Line]:
    siblings = tree.get(parent, ())
    for index, item in enumerate(siblings, 1):
        number, laid = f"{prefix}{index}", tuple(papers.get(item.id, ()))
        # a meeting in session sets the hours of what follows
        begins = item.begun_at or item.set_for or starts_at
        ends = item.ended_at or begins + timedelta(minutes=_minutes(tree, item))
        yield Line(item, number, begins, ends, laid, first=index == 1, last=index == len(siblings))
        yield from _lines(tree, papers, item.id, f"{number}.", begins)
        starts_at = ends


def _minutes(tree: Tree, item: Item) -> int:
    """Return how long an item takes: as planned, else as long as its parts."""
    return item.planned_minutes or sum(_minutes(tree, part) for part in tree.get(item.id, ()))


def _papers_by_item(
    session: Session, meeting: Meeting, user: Asker
) -> Mapping[UUID, Sequence[LaidPaper]]:
    rows = _PAPERS_OF.all(settled(session), policy.facts(user) | {"meeting": meeting.id})
    told = ((*facts, _taking(said, level, meeting)) for *facts, said, level in rows)
    laid = [LaidPaper(*facts) for facts in told]
    keys = {f"prepare:{p.document_id}": p for p in laid if p.state in UNDERWAY}
    steps = jobs.progress(session, keys) if keys else {}
    papers: dict[UUID, list[LaidPaper]] = defaultdict(list)
    for paper in laid:
        done, total = steps.get(f"prepare:{paper.document_id}", (0, 0))
        papers[paper.item_id].append(replace(paper, done=done, total=total) if total else paper)
    return {item: _with_appendices(listed) for item, listed in papers.items()}


def _taking(said: Taking | None, level: AccessLevel, meeting: Meeting) -> Taking:
    """Return what participants may do with a paper."""
    return said or (Taking.READ if level is AccessLevel.RESTRICTED else meeting.taking)


def _with_appendices(papers: Sequence[LaidPaper]) -> list[LaidPaper]:
    """Return papers each with its appendices behind it; one whose paper is hidden stands alone."""
    shown = {paper.id for paper in papers}
    mains = [paper for paper in papers if paper.appendix_of not in shown]
    return [
        each
        for main in mains
        for each in (main, *(paper for paper in papers if paper.appendix_of == main.id))
    ]
