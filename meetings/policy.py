"""Who may do what: permissions with a sentence each, rules as data, lists made from the same rules.

A predicate is an SQL expression over the row in question and three facts about the person asking
(USER, PERSON, CLEARANCE). One definition serves both questions - "may this person do this to this
row?" and "which rows?" - so they cannot disagree (docs/adr/0001).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import Uuid

from meetings.models import (
    AccessLevel,
    AgendaItem,
    AgendaPaper,
    Base,
    Body,
    Document,
    DocumentVersion,
    Feedback,
    Job,
    Meeting,
    MeetingState,
    Page,
    Participant,
    Person,
    Role,
    RoleAssignment,
    SignIn,
    User,
)
from meetings.models.base import Identified

Predicate = ColumnElement[bool]
Row = TypeVar("Row", bound=Base)

USER = bindparam("asking_user", type_=Uuid())
PERSON = bindparam("asking_person", type_=Uuid())
CLEARANCE = bindparam("asking_clearance", type_=Integer())
ROW = bindparam("row_in_question", type_=Uuid())


class Permission(Enum):
    """Everything a person may be allowed to do."""

    ACCOUNT_USE = "account:use"
    """Use one's own pages: today, preferences, help."""
    AGENDA_ITEM_PREPARE = "agenda-item:prepare"
    """Change an agenda item and lay papers before it."""
    ARCHIVE_SEARCH = "archive:search"
    """Search among the documents one may read."""
    BODY_READ = "body:read"
    """See a body of the organisation and who serves in it."""
    DOCUMENT_BOOKMARK = "document:bookmark"
    """Keep one's place in a document."""
    DOCUMENT_DOWNLOAD = "document:download"
    """Take the original file of a document."""
    DOCUMENT_KEY = "document:key"
    """Take the key with which a tablet opens the pages of a document."""
    DOCUMENT_MANIFEST = "document:manifest"
    """See of which files the pages of a document consist."""
    DOCUMENT_PREPARE = "document:prepare"
    """Change what is recorded about a document and replace its file."""
    DOCUMENT_READ = "document:read"
    """Read a document."""
    DOCUMENT_READERS = "document:readers"
    """See who opened a document, and when."""
    FEEDBACK_READ = "feedback:read"
    """Read what people wrote to those who run the system."""
    FEEDBACK_SEND = "feedback:send"
    """Write to those who run the system."""
    JOB_CANCEL = "job:cancel"
    """Take a step out of the queue."""
    JOB_READ = "job:read"
    """See the queue of slow steps and what failed in it."""
    JOB_RETRY = "job:retry"
    """Queue a failed step again."""
    MEETING_CREATE = "meeting:create"
    """Call a meeting of a body."""
    MEETING_PREPARE = "meeting:prepare"
    """Prepare a meeting: its facts, agenda, participants and papers."""
    MEETING_READ = "meeting:read"
    """See a meeting, its agenda and its released papers."""
    MEETING_RELEASE = "meeting:release"
    """Release a meeting with its papers to the participants."""
    ORGANISATION_READ = "organisation:read"
    """See the tree of bodies and the list of people."""
    PAGE_READ = "page:read"
    """See one page of a document."""
    PAPER_RECALL = "paper:recall"
    """Recall a released paper from the participants."""
    PAPER_RELEASE = "paper:release"
    """Release one paper to the participants."""
    PERSON_READ = "person:read"
    """See a person's name and posts."""
    SIGN_IN_END = "sign-in:end"
    """End one of one's own sign-ins."""
    USER_MANAGE = "user:manage"
    """Change an account: its roles, its clearance, whether it may sign in."""
    USERS_READ = "users:read"
    """See the list of accounts."""


def holds(role: Role) -> Predicate:
    """Tell whether the person asking holds a role in any body."""
    return exists().where(RoleAssignment.user_id == USER, RoleAssignment.role == role)


def covers(role: Role, body: InstrumentedAttribute[UUID]) -> Predicate:
    """Tell whether the person asking holds a role in a body or in one above it."""
    held = (
        select(RoleAssignment.body_id)
        .where(RoleAssignment.user_id == USER, RoleAssignment.role == role)
        .cte(f"{role.value}_of", recursive=True)
    )
    held = held.union(select(Body.id).where(Body.parent_id == held.c.body_id))
    return body.in_(select(held.c.body_id))


def of(parent: InstrumentedAttribute[UUID], table: type[Any], *predicates: Predicate) -> Predicate:
    """Carry predicates about a row's parent over to the row."""
    return parent.in_(select(table.id).where(*predicates))


anyone = USER.is_not(None)
is_administrator = holds(Role.ADMINISTRATOR)
is_own_sign_in = SignIn.user_id == USER

is_clerk_of_body = covers(Role.CLERK, Body.id)
is_clerk_of_meeting = covers(Role.CLERK, Meeting.body_id)
is_participant = exists().where(
    Participant.meeting_id == Meeting.id, Participant.person_id == PERSON
)
meeting_is_open = Meeting.state != MeetingState.PLANNED

is_clerk_of_item = of(AgendaItem.meeting_id, Meeting, is_clerk_of_meeting)
is_clerk_of_paper = of(AgendaPaper.item_id, AgendaItem, is_clerk_of_item)
participates_in_item = of(AgendaItem.meeting_id, Meeting, is_participant, meeting_is_open)
participates_in_paper = of(AgendaPaper.item_id, AgendaItem, participates_in_item)
paper_is_released = and_(AgendaPaper.released_at.is_not(None), AgendaPaper.recalled_at.is_(None))

is_cleared = Document.access_level <= CLEARANCE
is_clerk_of_document = covers(Role.CLERK, Document.body_id)
is_researcher_of_document = covers(Role.RESEARCHER, Document.body_id)
document_is_archived = Document.archived_at.is_not(None)
has_it_before_them = Document.id.in_(
    select(AgendaPaper.document_id).where(participates_in_paper, paper_is_released)
)
paper_document_is_cleared = of(AgendaPaper.document_id, Document, is_cleared)

READERS: tuple[tuple[Predicate, ...], ...] = (
    (is_clerk_of_document, is_cleared),
    (is_researcher_of_document, document_is_archived, is_cleared),
    (has_it_before_them, is_cleared),
)
may_read_document = or_(*(and_(*clause) for clause in READERS))
may_read_version = of(DocumentVersion.document_id, Document, may_read_document)


class Audited(Enum):
    """Which deeds under a permission leave a line in the ledger; refusals always do."""

    NOTHING = "nothing"
    CHANGES = "changes"
    EVERYTHING = "everything"


@dataclass(frozen=True)
class Rule:
    """Clauses over the rows of a table: any clause, all its predicates; nothing else opens."""

    table: type[Any] | None
    clauses: tuple[tuple[Predicate, ...], ...]
    audited: Audited = Audited.NOTHING

    @property
    def condition(self) -> Predicate:
        """Return the rule as one expression."""
        return or_(*(and_(*clause) for clause in self.clauses))


RULES: Mapping[Permission, Rule] = {
    Permission.ACCOUNT_USE: Rule(None, ((anyone,),)),
    Permission.AGENDA_ITEM_PREPARE: Rule(AgendaItem, ((is_clerk_of_item,),), Audited.CHANGES),
    Permission.ARCHIVE_SEARCH: Rule(None, ((anyone,),)),
    Permission.BODY_READ: Rule(Body, ((anyone,),)),
    Permission.DOCUMENT_BOOKMARK: Rule(Document, READERS),
    Permission.DOCUMENT_DOWNLOAD: Rule(Document, READERS, Audited.EVERYTHING),
    Permission.DOCUMENT_KEY: Rule(Document, READERS, Audited.EVERYTHING),
    Permission.DOCUMENT_MANIFEST: Rule(Document, READERS),
    Permission.DOCUMENT_PREPARE: Rule(
        Document, ((is_clerk_of_document, is_cleared),), Audited.CHANGES
    ),
    Permission.DOCUMENT_READ: Rule(Document, READERS, Audited.EVERYTHING),
    Permission.DOCUMENT_READERS: Rule(Document, ((is_clerk_of_document, is_cleared),)),
    Permission.FEEDBACK_READ: Rule(Feedback, ((is_administrator,),)),
    Permission.FEEDBACK_SEND: Rule(None, ((anyone,),)),
    Permission.JOB_CANCEL: Rule(Job, ((is_administrator,),), Audited.CHANGES),
    Permission.JOB_READ: Rule(None, ((is_administrator,),)),
    Permission.JOB_RETRY: Rule(Job, ((is_administrator,),), Audited.CHANGES),
    Permission.MEETING_CREATE: Rule(Body, ((is_clerk_of_body,),), Audited.CHANGES),
    Permission.MEETING_PREPARE: Rule(Meeting, ((is_clerk_of_meeting,),)),
    Permission.MEETING_READ: Rule(
        Meeting, ((is_clerk_of_meeting,), (is_participant, meeting_is_open))
    ),
    Permission.MEETING_RELEASE: Rule(Meeting, ((is_clerk_of_meeting,),), Audited.CHANGES),
    Permission.ORGANISATION_READ: Rule(None, ((anyone,),)),
    Permission.PAGE_READ: Rule(Page, ((of(Page.version_id, DocumentVersion, may_read_version),),)),
    Permission.PAPER_RECALL: Rule(AgendaPaper, ((is_clerk_of_paper,),), Audited.CHANGES),
    Permission.PAPER_RELEASE: Rule(AgendaPaper, ((is_clerk_of_paper,),), Audited.CHANGES),
    Permission.PERSON_READ: Rule(Person, ((anyone,),)),
    Permission.SIGN_IN_END: Rule(SignIn, ((is_own_sign_in,),), Audited.CHANGES),
    Permission.USER_MANAGE: Rule(User, ((is_administrator,),), Audited.CHANGES),
    Permission.USERS_READ: Rule(None, ((is_administrator,),)),
}


class Asker(Protocol):
    """Whoever asks: an account, or what a request knows of one."""

    @property
    def id(self) -> UUID:
        """Return the account's id."""

    @property
    def person_id(self) -> UUID:
        """Return the person's id."""

    @property
    def clearance(self) -> AccessLevel:
        """Return how far papers may travel to them."""

    @property
    def active(self) -> bool:
        """Tell whether the account is open."""


def facts(user: Asker) -> dict[str, Any]:
    """Return what the predicates need to know about a person; whose account is closed is nobody."""
    if not user.active:
        return {USER.key: None, PERSON.key: None, CLEARANCE.key: -1}
    return {USER.key: user.id, PERSON.key: user.person_id, CLEARANCE.key: int(user.clearance)}


def allows(
    session: Session, user: Asker, permission: Permission, row: Identified | None = None
) -> bool:
    """Tell whether a person may do something, to a row or at all; deny what no rule opens."""
    if (row is None) != (RULES[permission].table is None):
        return False
    asked = facts(user) if row is None else facts(user) | {ROW.key: row.id}
    return bool(session.scalar(_question(permission), asked))


def permitted(session: Session, user: Asker, permission: Permission, row: UUID) -> Any | None:
    """Return the row with an id if the person may do this to it: one statement for both."""
    found = session.scalars(_permitted(permission), facts(user) | {ROW.key: row})
    return found.unique().one_or_none()


def allowed(
    session: Session, user: Asker, permissions: Sequence[Permission]
) -> frozenset[Permission]:
    """Return those of some permissions without a row that a person has, in one statement."""
    answers = session.execute(_questions(tuple(permissions)), facts(user)).one()
    return frozenset(p for p, answer in zip(permissions, answers, strict=True) if answer)


# Statements are made once and given their facts when they run: making one costs more than running.
@cache
def _question(permission: Permission) -> Select[bool]:
    rule = RULES[permission]
    if rule.table is None:
        return select(rule.condition)
    return select(exists().where(rule.table.id == ROW, rule.condition))


@cache
def _questions(permissions: tuple[Permission, ...]) -> Select[Any]:
    questions: Any = [RULES[permission].condition for permission in permissions]
    return cast("Select[Any]", select(*questions))


@cache
def _permitted(permission: Permission) -> Select[Any]:
    rule = RULES[permission]
    table: Any = rule.table
    return select(table).where(table.id == ROW, rule.condition)


def _readable(user: Asker | None, table: type[Row], condition: Predicate) -> Select[Row]:
    query = select(table).where(condition)
    return query.params(facts(user)) if user else query


# Each select below is bound to a person; without one it is a constant to be run with `facts`.
def readable_bodies(user: Asker | None = None) -> Select[Body]:
    """Select the bodies a person may see."""
    return _readable(user, Body, RULES[Permission.BODY_READ].condition)


def callable_bodies(user: Asker | None = None) -> Select[Body]:
    """Select the bodies whose meetings a person may call."""
    return _readable(user, Body, RULES[Permission.MEETING_CREATE].condition)


def readable_people(user: Asker | None = None) -> Select[Person]:
    """Select the people a person may see."""
    return _readable(user, Person, RULES[Permission.PERSON_READ].condition)


def readable_meetings(user: Asker | None = None) -> Select[Meeting]:
    """Select the meetings a person may see."""
    return _readable(user, Meeting, RULES[Permission.MEETING_READ].condition)


def readable_papers(user: Asker | None = None) -> Select[AgendaPaper]:
    """Select the agenda papers a person may see: released ones, or all for the clerk."""
    for_participants = and_(participates_in_paper, paper_is_released)
    condition = and_(or_(is_clerk_of_paper, for_participants), paper_document_is_cleared)
    return _readable(user, AgendaPaper, condition)


def readable_documents(user: Asker | None = None) -> Select[Document]:
    """Select the documents a person may read."""
    return _readable(user, Document, RULES[Permission.DOCUMENT_READ].condition)


def readable_users(user: Asker | None = None) -> Select[User]:
    """Select the accounts a person may manage."""
    return _readable(user, User, RULES[Permission.USER_MANAGE].condition)


def readable_jobs(user: Asker | None = None) -> Select[Job]:
    """Select the slow steps a person may see."""
    return _readable(user, Job, RULES[Permission.JOB_RETRY].condition)


def readable_feedback(user: Asker | None = None) -> Select[Feedback]:
    """Select the feedback a person may read."""
    return _readable(user, Feedback, RULES[Permission.FEEDBACK_READ].condition)


def readable_sign_ins(user: Asker | None = None) -> Select[SignIn]:
    """Select a person's own sign-ins."""
    return _readable(user, SignIn, RULES[Permission.SIGN_IN_END].condition)
