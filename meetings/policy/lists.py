"""Which rows may this person see? The selects at which every list begins.

Each is bound to a person; without one it is a constant to be run with `facts`.
"""

from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from meetings.models import (
    AccessToken,
    AgendaItem,
    AgendaPaper,
    Base,
    Body,
    Custody,
    Device,
    Dissolution,
    Document,
    Feedback,
    Job,
    Meeting,
    MeetingTemplate,
    Member,
    Note,
    PaperComment,
    Person,
    Room,
    RoomBooking,
    SavedSearch,
    Sending,
    ServiceRequest,
    SignIn,
    TakenCopy,
    TrayFile,
    User,
    Widening,
)
from meetings.models.base import UtcDateTime
from meetings.policy.answers import Asker, facts
from meetings.policy.permissions import Permission
from meetings.policy.predicates import (
    ACCOUNTANTS,
    LISTERS,
    Predicate,
    answers_for_comment,
    is_cleared,
    is_clerk_of_document,
    is_clerk_of_paper,
    is_clerk_of_tray,
    is_office_of_comment,
    is_own_comment,
    is_shared_with_them,
    keeps_record,
    members_are_on,
    of,
    paper_document_is_cleared,
    paper_is_before_them,
    paper_is_open_to_them,
    participates_in_paper,
    tray_file_is_cleared,
)
from meetings.policy.rules import RULES

Row = TypeVar("Row", bound=Base)
BELOW = aliased(Body, name="body_below")


def _readable(user: Asker | None, table: type[Row], condition: Predicate) -> Select[Row]:
    query = select(table).where(condition)
    return query.params(facts(user)) if user else query


def readable_bodies(user: Asker | None = None) -> Select[Body]:
    """Select the bodies a person may see."""
    return _readable(user, Body, RULES[Permission.BODY_READ].condition)


def callable_bodies(user: Asker | None = None) -> Select[Body]:
    """Select the bodies whose meetings a person may call."""
    return _readable(user, Body, RULES[Permission.MEETING_CREATE].condition)


def complete_registers(user: Asker | None = None) -> Select[Body]:
    """Select the bodies whose missing numbers a person may know."""
    return _readable(user, Body, RULES[Permission.REGISTER_GAPS].condition)


def readable_people(user: Asker | None = None) -> Select[Person]:
    """Select the people a person may see."""
    return _readable(user, Person, RULES[Permission.PERSON_READ].condition)


def readable_meetings(user: Asker | None = None) -> Select[Meeting]:
    """Select the meetings a person may see."""
    return _readable(user, Meeting, RULES[Permission.MEETING_READ].condition)


def visible_items(user: Asker | None = None) -> Select[AgendaItem]:
    """Select the agenda items a person may see: those they take part in, or all for the clerk."""
    return _readable(user, AgendaItem, RULES[Permission.AGENDA_ITEM_READ].condition)


def readable_papers(user: Asker | None = None) -> Select[AgendaPaper]:
    """Select the agenda papers a person may see: those before them now, or all for the clerk."""
    condition = and_(or_(is_clerk_of_paper, paper_is_before_them), paper_document_is_cleared)
    return _readable(user, AgendaPaper, condition)


def commentable_papers(user: Asker | None = None) -> Select[AgendaPaper]:
    """Select the papers on which a person may comment: those before them now."""
    return _readable(user, AgendaPaper, RULES[Permission.COMMENT_WRITE].condition)


def readable_comments(user: Asker | None = None) -> Select[PaperComment]:
    """Select the comments a person may see: own ones, those they answer, those that are shared."""
    answered_by_them = or_(is_office_of_comment, answers_for_comment)
    condition = or_(is_own_comment, answered_by_them, is_shared_with_them)
    return _readable(user, PaperComment, condition)


def recalled_papers(user: Asker | None = None) -> Select[AgendaPaper]:
    """Select the papers that lay before a person until the office took them back."""
    lay_there = and_(participates_in_paper, paper_is_open_to_them, paper_document_is_cleared)
    taken_back = and_(AgendaPaper.released_at.is_not(None), AgendaPaper.recalled_at.is_not(None))
    return _readable(user, AgendaPaper, and_(lay_there, taken_back))


def readable_tray(user: Asker | None = None) -> Select[TrayFile]:
    """Select the files in trays that a person works through; refused ones left no document."""
    condition = and_(is_clerk_of_tray, or_(TrayFile.document_id.is_(None), tray_file_is_cleared))
    return _readable(user, TrayFile, condition)


def readable_documents(user: Asker | None = None) -> Select[Document]:
    """Select the documents a person may read."""
    return _readable(user, Document, RULES[Permission.DOCUMENT_READ].condition)


def takeable_documents(user: Asker | None = None) -> Select[Document]:
    """Select the documents of which a person may take a copy along."""
    return _readable(user, Document, RULES[Permission.DOCUMENT_DOWNLOAD].condition)


def readable_copies(user: Asker | None = None) -> Select[TakenCopy]:
    """Select the copies of which a person may know who took them."""
    return _readable(user, TakenCopy, RULES[Permission.COPY_READ].condition)


def preparable_documents(user: Asker | None = None) -> Select[Document]:
    """Select the documents whose record a person may change."""
    return _readable(user, Document, RULES[Permission.DOCUMENT_PREPARE].condition)


def readable_bin(user: Asker | None = None) -> Select[Document]:
    """Select the documents in the bin, or destroyed, that a person looks after."""
    condition = and_(is_clerk_of_document, is_cleared, Document.discarded_at.is_not(None))
    return _readable(user, Document, condition)


def readable_users(user: Asker | None = None) -> Select[User]:
    """Select the accounts a person may manage."""
    return _readable(user, User, RULES[Permission.USER_MANAGE].condition)


def equippable_users(user: Asker | None = None) -> Select[User]:
    """Select the accounts for which a person may enrol tablets."""
    return _readable(user, User, RULES[Permission.USER_DEVICES].condition)


def readable_devices(user: Asker | None = None) -> Select[Device]:
    """Select the tablets a person may end: one's own, those of one's office, all."""
    return _readable(user, Device, RULES[Permission.DEVICE_END].condition)


def readable_jobs(user: Asker | None = None) -> Select[Job]:
    """Select the slow steps a person may see."""
    return _readable(user, Job, RULES[Permission.JOB_RETRY].condition)


def readable_feedback(user: Asker | None = None) -> Select[Feedback]:
    """Select the feedback a person may read."""
    return _readable(user, Feedback, RULES[Permission.FEEDBACK_READ].condition)


def usable_templates(user: Asker | None = None) -> Select[MeetingTemplate]:
    """Select the templates from which a person may call meetings."""
    return _readable(user, MeetingTemplate, RULES[Permission.MEETING_TEMPLATE_USE].condition)


def readable_notes(user: Asker | None = None) -> Select[Note]:
    """Select a person's own notes, also the empty rows of deleted ones."""
    return _readable(user, Note, RULES[Permission.NOTE_KEEP].condition)


def readable_received(user: Asker | None = None) -> Select[Sending]:
    """Select the notes that others sent to a person or to their office."""
    return _readable(user, Sending, RULES[Permission.NOTE_OPEN].condition)


def readable_sent(user: Asker | None = None) -> Select[Sending]:
    """Select what a person sent of their own notes, also what they took back."""
    return _readable(user, Sending, RULES[Permission.NOTE_WITHDRAW].condition)


def readable_searches(user: Asker | None = None) -> Select[SavedSearch]:
    """Select the searches that a person kept."""
    return _readable(user, SavedSearch, RULES[Permission.SEARCH_DROP].condition)


def readable_sign_ins(user: Asker | None = None) -> Select[SignIn]:
    """Select a person's own sign-ins."""
    return _readable(user, SignIn, RULES[Permission.SIGN_IN_END].condition)


def readable_tokens(user: Asker | None = None) -> Select[AccessToken]:
    """Select the access tokens that a person gave to programs."""
    return _readable(user, AccessToken, RULES[Permission.PROGRAM_END].condition)


def readable_widenings(user: Asker | None = None) -> Select[Widening]:
    """Select what waits for a second person in the office of the person asking."""
    return _readable(user, Widening, RULES[Permission.WIDENING_REFUSE].condition)


def readable_members(user: Asker | None = None) -> Select[Member]:
    """Select the members of whom a person may see the fourteen columns."""
    return _readable(user, Member, or_(*(and_(*clause) for clause in LISTERS)))


def accounted_members(user: Asker | None = None) -> Select[Member]:
    """Select the members whose coming to a body, or going from it, a person may be told."""
    return _readable(user, Member, or_(*(and_(*clause) for clause in ACCOUNTANTS)))


def readable_custodies(user: Asker | None = None) -> Select[Custody]:
    """Select the dossiers on their way, or arrived, whose way a person may see."""
    return _readable(user, Custody, RULES[Permission.CUSTODY_READ].condition)


def ways_of_dossiers(user: Asker | None = None) -> Select[Custody]:
    """Select every way that the dossiers went whose records a person keeps now."""
    return _readable(
        user, Custody, and_(members_are_on, of(Custody.member_id, Member, keeps_record))
    )


def members_listed(user: Asker, body: UUID, *, most: bool = False) -> Select[Member]:
    """Select the members of a body whose register a person may open, and of those below it.

    Whoever may open it may open those below: the tree is asked once, not each member. Where it
    holds most of all members, the database goes along their order and not from body to body.
    """
    root = listed_bodies(user).with_only_columns(Body.id).where(Body.id == body)
    tree = root.cte("register", recursive=True)
    tree = tree.union(select(BELOW.id).where(BELOW.parent_id == tree.c.id))
    place: Any = func.coalesce(Member.body_id, Member.body_id) if most else Member.body_id
    return select(Member).where(place.in_(select(tree.c.id))).params(facts(user))


def members_counted(user: Asker) -> Select[UUID, int]:
    """Select how many members are in force in each body whose register a person may open."""
    listed = listed_bodies(user).with_only_columns(Body.id)
    counted = select(Member.body_id, func.count()).where(Member.present)
    counted = counted.where(Member.body_id.in_(listed)).group_by(Member.body_id)
    return counted.params(facts(user))


def readable_dissolutions(user: Asker | None = None) -> Select[Dissolution]:
    """Select the dissolutions that a person looks after."""
    return _readable(user, Dissolution, RULES[Permission.DISSOLUTION_KEEP].condition)


def listed_bodies(user: Asker | None = None) -> Select[Body]:
    """Select the bodies whose register of members a person may open."""
    return _readable(user, Body, RULES[Permission.MEMBER_LIST].condition)


def kept_registers(user: Asker | None = None) -> Select[Body]:
    """Select the bodies in whose register a person enters members."""
    return _readable(user, Body, RULES[Permission.MEMBER_ENTER].condition)


def readable_rooms(user: Asker | None = None) -> Select[Room]:
    """Select the rooms a person may see."""
    return _readable(user, Room, RULES[Permission.ROOM_READ].condition)


def taken_hours(user: Asker) -> Select[Any]:
    """Select when rooms are taken; by what is told only to whom may see the meeting.

    Columns: room, meeting, beginning, end, title or nothing, when it opened.
    """
    end = func.coalesce(Meeting.closed_at, Meeting.ends_at, type_=UtcDateTime())
    title = case((RULES[Permission.MEETING_READ].condition, Meeting.title), else_="")
    columns = (RoomBooking.room_id, Meeting.id, Meeting.starts_at, end, title, Meeting.opened_at)
    query = select(*columns).join(Meeting, Meeting.id == RoomBooking.meeting_id)
    return query.params(facts(user))


def freeable_meetings(user: Asker | None = None) -> Select[Meeting]:
    """Select the meetings whose rooms a person may free."""
    return _readable(user, Meeting, RULES[Permission.MEETING_FREE_ROOM].condition)


def readable_services(user: Asker | None = None) -> Select[ServiceRequest]:
    """Select what is asked for in the rooms that a person serves, or for meetings they prepare."""
    return _readable(user, ServiceRequest, RULES[Permission.SERVICE_DO].condition)
