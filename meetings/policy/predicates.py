"""What may be true of a person and a row, as SQL expressions over the row and five facts."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.types import Uuid

from meetings.models import (
    AccessLevel,
    AccessToken,
    AgendaItem,
    AgendaPaper,
    Body,
    BodyKind,
    BridgePoint,
    CommentRound,
    Custody,
    Destruction,
    Device,
    Document,
    DocumentVersion,
    DossierPackage,
    DossierPage,
    DossierScan,
    Issue,
    IssueBody,
    IssueDraft,
    IssueReader,
    ItemReader,
    Meeting,
    MeetingState,
    MeetingTemplate,
    Member,
    MemberApproval,
    MemberEvent,
    Note,
    PaperComment,
    PaperReader,
    Participant,
    ParticipantItem,
    ParticipantRole,
    Post,
    Reach,
    Role,
    RoleAssignment,
    Room,
    RoomBooking,
    SavedSearch,
    Sending,
    ServiceRequest,
    SignIn,
    TakenCopy,
    Taking,
    TrayFile,
    User,
    Widening,
)
from meetings.models.agenda import WITH_A_VOTE
from meetings.models.base import UtcDateTime

Predicate = ColumnElement[bool]

USER = bindparam("asking_user", type_=Uuid())
PERSON = bindparam("asking_person", type_=Uuid())
CLEARANCE = bindparam("asking_clearance", type_=Integer())
NOW = bindparam("asking_now", type_=UtcDateTime())
TODAY = bindparam("asking_today", type_=Date())


# Names of their own: a list that joins posts or bodies must not lend its rows to these questions.
HELD, SERVED = aliased(Post, name="held_post"), aliased(Body, name="served_body")
HELD_TODAY: tuple[Predicate, ...] = (
    HELD.person_id == PERSON,
    HELD.since <= TODAY,
    or_(HELD.until.is_(None), HELD.until >= TODAY),
)


def holds(role: Role) -> Predicate:
    """Tell whether the person asking holds a role in any body."""
    return exists().where(RoleAssignment.user_id == USER, RoleAssignment.role == role)


def covers(
    role: Role, body: InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None]
) -> Predicate:
    """Tell whether the person asking holds a role in a body or in one above it."""
    return body.in_(_bodies_under(role))


@cache
def _bodies_under(role: Role) -> Select[UUID]:
    held = (
        select(RoleAssignment.body_id)
        .where(RoleAssignment.user_id == USER, RoleAssignment.role == role)
        .cte(f"{role.value}_of", recursive=True)
    )
    held = held.union(select(Body.id).where(Body.parent_id == held.c.body_id))
    return select(held.c.body_id)


@cache
def _bodies_served() -> Select[UUID]:
    """Select the bodies in which the person asking holds a post today, and those above them."""
    served = select(HELD.body_id).where(*HELD_TODAY).cte("served", recursive=True)
    above = select(SERVED.parent_id).join(served, SERVED.id == served.c.body_id)
    served = served.union(above.where(SERVED.parent_id.is_not(None)))
    return select(served.c.body_id)


def under(
    name: str, items: Select[UUID], item: InstrumentedAttribute[UUID] = AgendaPaper.item_id
) -> Predicate:
    """Tell whether a paper lies before one of some items or before one below them, or an item."""
    found = items.cte(name, recursive=True)
    found = found.union(select(AgendaItem.id).where(AgendaItem.parent_id == found.c.item_id))
    return item.in_(select(found.c.item_id))


def of(parent: InstrumentedAttribute[Any], table: type[Any], *predicates: Predicate) -> Predicate:
    """Carry predicates about a row's parent over to the row."""
    return parent.in_(select(table.id).where(*predicates))


def has_one(document: InstrumentedAttribute[UUID], *predicates: Predicate) -> Predicate:
    """Tell whether a document has a row of which some predicates are true.

    It is asked of each document by an index, and no row of the list around it is meant.
    """
    return exists().where(document == Document.id, *predicates).correlate(Document)


anyone = USER.is_not(None)
is_administrator = holds(Role.ADMINISTRATOR)
is_clerk = holds(Role.CLERK)
is_own_sign_in = SignIn.user_id == USER
is_own_comment = PaperComment.person_id == PERSON
is_own_token = AccessToken.user_id == USER
is_own_note = Note.user_id == USER
is_own_search = SavedSearch.user_id == USER
is_own_device = Device.user_id == USER

is_clerk_of_body = covers(Role.CLERK, Body.id)
is_clerk_of_meeting = covers(Role.CLERK, Meeting.body_id)
is_clerk_of_room = covers(Role.CLERK, Room.body_id)
is_clerk_of_its_room = Meeting.id.in_(
    select(RoomBooking.meeting_id).where(of(RoomBooking.room_id, Room, is_clerk_of_room))
)
is_clerk_of_template = covers(Role.CLERK, MeetingTemplate.body_id)
is_participant = exists().where(
    Participant.meeting_id == Meeting.id, Participant.person_id == PERSON
)
leads_the_meeting = exists().where(
    Participant.meeting_id == Meeting.id,
    Participant.person_id == PERSON,
    Participant.role.in_((ParticipantRole.CHAIR, ParticipantRole.MEETING_SECRETARY)),
)
has_a_vote = exists().where(
    Participant.meeting_id == Meeting.id,
    Participant.person_id == PERSON,
    Participant.role.in_(WITH_A_VOTE),
)
meeting_is_open = Meeting.state != MeetingState.PLANNED

was_sent_by_them = Sending.sender_id == USER
is_not_withdrawn = Sending.withdrawn_at.is_(None)
was_sent_to_them = and_(
    Sending.receiver_id == PERSON,
    of(Sending.meeting_id, Meeting, is_participant, meeting_is_open),
)
was_sent_to_their_office = and_(
    Sending.receiver_id.is_(None), of(Sending.meeting_id, Meeting, is_clerk_of_meeting)
)

is_clerk_of_point = of(BridgePoint.meeting_id, Meeting, is_clerk_of_meeting)
is_clerk_of_service = of(ServiceRequest.meeting_id, Meeting, is_clerk_of_meeting)
serves_its_room = of(ServiceRequest.meeting_id, Meeting, is_clerk_of_its_room)
is_clerk_of_tray = of(TrayFile.meeting_id, Meeting, is_clerk_of_meeting)
is_clerk_of_item = of(AgendaItem.meeting_id, Meeting, is_clerk_of_meeting)
is_clerk_of_participant = of(Participant.meeting_id, Meeting, is_clerk_of_meeting)
is_clerk_of_paper = of(AgendaPaper.item_id, AgendaItem, is_clerk_of_item)
is_there_throughout = exists().where(
    Participant.meeting_id == Meeting.id, Participant.person_id == PERSON, Participant.whole
)
item_is_theirs = under(
    "theirs",
    select(ParticipantItem.item_id)
    .join(Participant, Participant.id == ParticipantItem.participant_id)
    .where(Participant.person_id == PERSON),
    AgendaItem.id,
)
items_that_name_them = select(ItemReader.item_id).where(ItemReader.person_id == PERSON)
item_is_hidden_from_them = under(
    "hidden",
    select(AgendaItem.id.label("item_id")).where(
        AgendaItem.closed, AgendaItem.id.not_in(items_that_name_them)
    ),
    AgendaItem.id,
)
participates_in_item = and_(
    of(AgendaItem.meeting_id, Meeting, is_participant, meeting_is_open),
    or_(of(AgendaItem.meeting_id, Meeting, is_there_throughout), item_is_theirs),
    ~item_is_hidden_from_them,
)
participates_in_paper = of(AgendaPaper.item_id, AgendaItem, participates_in_item)
paper_is_released = and_(AgendaPaper.released_at.is_not(None), AgendaPaper.recalled_at.is_(None))
paper_opens_later = AgendaPaper.readable_from > NOW
paper_is_over = AgendaPaper.readable_until <= NOW
paper_is_in_time = and_(
    or_(AgendaPaper.readable_from.is_(None), AgendaPaper.readable_from <= NOW),
    or_(AgendaPaper.readable_until.is_(None), AgendaPaper.readable_until > NOW),
)
item_is_closed_to_them = under(
    "closed", select(ItemReader.item_id).where(ItemReader.item_id.not_in(items_that_name_them))
)
paper_names_somebody = exists().where(PaperReader.paper_id == AgendaPaper.id)
paper_names_them = exists().where(
    PaperReader.paper_id == AgendaPaper.id, PaperReader.person_id == PERSON
)
paper_is_open_to_them = and_(~item_is_closed_to_them, or_(~paper_names_somebody, paper_names_them))
paper_is_limited = or_(
    under("limited", select(ItemReader.item_id)),
    AgendaPaper.id.in_(select(PaperReader.paper_id)),
)
paper_is_before_them = and_(
    participates_in_paper, paper_is_released, paper_is_in_time, paper_is_open_to_them
)
paper_is_held_back = and_(
    paper_is_released, or_(paper_opens_later, paper_is_over, paper_is_limited)
)

is_cleared = Document.access_level <= CLEARANCE
is_unrestricted = Document.access_level < AccessLevel.RESTRICTED
is_kept = Document.discarded_at.is_(None)
lies_in_the_bin = and_(Document.discarded_at.is_not(None), Document.destroyed_at.is_(None))
is_clerk_of_document = covers(Role.CLERK, Document.body_id)
is_researcher_of_document = covers(Role.RESEARCHER, Document.body_id)
serves_the_party = exists().where(
    *HELD_TODAY, HELD.body_id == SERVED.id, SERVED.kind != BodyKind.STATE_BODY
)
# Whoever runs the machines reads nothing by a post; only where somebody names them.
issue_reaches_them = or_(
    and_(Issue.reach == Reach.PARTY, serves_the_party, ~is_administrator),
    and_(
        Issue.reach == Reach.BODIES,
        ~is_administrator,
        exists().where(IssueBody.issue_id == Issue.id, IssueBody.body_id.in_(_bodies_served())),
    ),
    and_(
        Issue.reach == Reach.PEOPLE,
        exists().where(IssueReader.issue_id == Issue.id, IssueReader.person_id == PERSON),
    ),
)
has_it_in_circulation = has_one(Issue.document_id, issue_reaches_them)
circulates_narrowly = has_one(Issue.document_id, Issue.reach != Reach.PARTY)
became_another = has_one(IssueDraft.draft_id)
document_is_archived = and_(
    Document.archived_at.is_not(None),
    ~circulates_narrowly,
    ~became_another,
    ~has_one(AgendaPaper.document_id, paper_is_held_back),
)
# The other way round than above: from the meetings of a person, who has few, to the papers there.
has_it_before_them = Document.id.in_(select(AgendaPaper.document_id).where(paper_is_before_them))
paper_document_is_cleared = of(AgendaPaper.document_id, Document, is_cleared, is_kept)
answers_for_paper = exists().where(
    CommentRound.paper_id == AgendaPaper.id, CommentRound.answerer_id == PERSON
)
comments_are_shared = exists().where(CommentRound.paper_id == AgendaPaper.id, CommentRound.shared)
paper_is_readable_to_them = and_(paper_is_before_them, paper_document_is_cleared)
is_office_of_comment = of(
    PaperComment.paper_id, AgendaPaper, is_clerk_of_paper, paper_document_is_cleared
)
answers_for_comment = of(
    PaperComment.paper_id, AgendaPaper, answers_for_paper, paper_is_readable_to_them
)
is_shared_with_them = of(
    PaperComment.paper_id, AgendaPaper, comments_are_shared, paper_is_readable_to_them
)
tray_file_is_cleared = of(TrayFile.document_id, Document, is_cleared, is_kept)

OFFICE_OF_DOCUMENT = (is_clerk_of_document, is_cleared, is_kept)
READERS: tuple[tuple[Predicate, ...], ...] = (
    OFFICE_OF_DOCUMENT,
    (is_researcher_of_document, document_is_archived, is_cleared, is_kept),
    (has_it_before_them, is_cleared, is_kept),
    (has_it_in_circulation, is_cleared, is_kept),
)
may_read_document = or_(*(and_(*clause) for clause in READERS))


def may_take(*ways: Taking) -> tuple[tuple[Predicate, ...], ...]:
    """Return who may take a copy in one of some ways: the paper decides, or else its meeting."""
    meeting_lets = of(AgendaItem.meeting_id, Meeting, Meeting.taking.in_(ways))
    is_let = or_(
        and_(AgendaPaper.taking.is_not(None), AgendaPaper.taking.in_(ways)),
        and_(
            AgendaPaper.taking.is_(None),
            of(AgendaPaper.document_id, Document, is_unrestricted),
            of(AgendaPaper.item_id, AgendaItem, meeting_lets),
        ),
    )
    keeps_it_in = has_one(AgendaPaper.document_id, paper_is_released, ~is_let)
    lets_them = Document.id.in_(select(AgendaPaper.document_id).where(paper_is_before_them, is_let))
    in_archive = (is_researcher_of_document, document_is_archived, ~keeps_it_in)
    return (
        OFFICE_OF_DOCUMENT,
        (*in_archive, is_unrestricted, is_cleared, is_kept),
        (has_it_in_circulation, is_unrestricted, is_cleared, is_kept),
        (lets_them, is_cleared, is_kept),
    )


DOWNLOADERS = may_take(Taking.DOWNLOAD)
PRINTERS = may_take(Taking.DOWNLOAD, Taking.PRINT)
TAKERS_OF_ORIGINALS = DOWNLOADERS[:-1]
"""A file without a name on it is for those who do not have it from a meeting alone."""
is_read_now = DocumentVersion.superseded_at.is_(None)
is_office_of_version = of(DocumentVersion.document_id, Document, *OFFICE_OF_DOCUMENT)
may_read_version = and_(
    of(DocumentVersion.document_id, Document, may_read_document),
    or_(is_read_now, is_office_of_version),
)


is_office_of_copy = of(TakenCopy.document_id, Document, is_clerk_of_document, is_cleared)
is_office_of_pack = of(TakenCopy.meeting_id, Meeting, is_clerk_of_meeting)

OFFICE_OF_BIN = (is_clerk_of_document, is_cleared, lies_in_the_bin)
asked_for_by_another = and_(Destruction.confirmed_at.is_(None), Destruction.asked_by != USER)
is_office_of_destruction = of(Destruction.document_id, Document, *OFFICE_OF_BIN)

is_clerk_of_widening = covers(Role.CLERK, Widening.body_id)
is_cleared_for_all = literal(int(AccessLevel.RESTRICTED)) <= CLEARANCE
widening_waits = Widening.decided_at.is_(None)
was_asked_by_another = Widening.asked_by != USER

members_are_on = exists().where(MemberApproval.closed_at.is_(None))
keeps_records = holds(Role.RECORD_KEEPER)
is_cell_secretary = holds(Role.SECRETARY)
is_secretary_of_body = covers(Role.SECRETARY, Body.id)
keeps_records_of_body = covers(Role.RECORD_KEEPER, Body.id)
is_secretary_of_member = covers(Role.SECRETARY, Member.body_id)
keeps_records_of_package = covers(Role.RECORD_KEEPER, DossierPackage.body_id)
keeps_record = covers(Role.RECORD_KEEPER, Member.body_id)
keeps_record_of_event = of(MemberEvent.member_id, Member, keeps_record)
keeps_record_of_scan = of(DossierScan.member_id, Member, keeps_record)
keeps_record_of_page = of(DossierPage.scan_id, DossierScan, keeps_record_of_scan)
keeps_sending = covers(Role.RECORD_KEEPER, Custody.from_id)
keeps_receiving = covers(Role.RECORD_KEEPER, Custody.to_id)
dossier_was_sent = Custody.sent_at.is_not(None)
LISTERS = ((members_are_on, is_secretary_of_member), (members_are_on, keeps_record))
"""Who sees the fourteen columns of a member; the dossier is for its keeper alone."""


def passed(role: Role) -> Predicate:
    """Tell whether a member is or was in a body in which the person asking holds a role."""
    placed = select(MemberEvent.member_id).where(covers(role, MemberEvent.body_id))
    return Member.id.in_(placed)


ACCOUNTANTS = (
    (members_are_on, passed(Role.SECRETARY)),
    (members_are_on, passed(Role.RECORD_KEEPER)),
)
"""Who is told by name that a member came or went: the bodies that have or had the member."""

PRIVILEGED = (Role.ADMINISTRATOR, Role.CLERK, Role.RECORD_KEEPER)
"""Roles that change what others see: their sign-ins need more than a PIN."""
has_no_privilege = ~exists().where(
    RoleAssignment.user_id == User.id, RoleAssignment.role.in_(PRIVILEGED)
)
serves_under_the_office = User.person_id.in_(
    select(Post.person_id).where(covers(Role.CLERK, Post.body_id))
)
meets_under_the_office = User.person_id.in_(
    select(Participant.person_id).where(of(Participant.meeting_id, Meeting, is_clerk_of_meeting))
)
# Whoever enrols a tablet could keep it: never one that reads more than they do.
OFFICE_OF_USER = (
    or_(serves_under_the_office, meets_under_the_office),
    has_no_privilege,
    User.clearance <= CLEARANCE,
)
is_office_of_device = of(Device.user_id, User, *OFFICE_OF_USER)
