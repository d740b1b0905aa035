"""The whole matrix: permission x role x where it is held x part in the meeting x clearance x
account x state of the object, against sentences written without looking at the rules.

Every combination of the facts below is a cell; a sentence opens it or nothing does. A permission
without sentences fails, and so does a fact that no sentence could tell from another.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from meetings import clock, policy
from meetings.models import (
    AccessLevel,
    AgendaItem,
    AgendaPaper,
    Base,
    Body,
    BodyKind,
    Compartment,
    Document,
    DocumentVersion,
    Feedback,
    Issue,
    IssueBody,
    IssueDraft,
    IssueReader,
    ItemReader,
    Job,
    Meeting,
    MeetingState,
    PaperReader,
    ParticipantRole,
    Reach,
    Role,
    SavedSearch,
    Taking,
    User,
)
from meetings.policy import Permission
from tests import factories

P = Permission
ABOVE, OWNING, BELOW, BESIDE, NOWHERE = "above", "owning", "below", "beside", "nowhere"
NO_PART, ANOTHER_MEETING, TAKES_PART = "no part", "another meeting", "takes part"
LEADS = "leads it"
KEPT, IN_BIN, DESTROYED = "kept", "in the bin", "destroyed"
UNLAID, DRAFT, RELEASED, RECALLED = "unlaid", "draft", "released", "recalled"
BEFORE, INSIDE, AFTER = "before its time", "in its time", "after its time"
NO_LIST, NAMED, OTHERS_NAMED = "no list", "named", "others named"
NO_POST, SERVES, SERVES_BELOW, SERVED, STATE_POST = "none", "serves", "below", "served", "state"
NOT_ISSUED, TO_ALL, TO_BODY, TO_THEM, TO_OTHERS, TO_NOBODY, A_DRAFT = (
    "not issued", "to all", "to the body", "to them", "to others", "to nobody", "a draft",
)  # fmt: skip


@dataclass(frozen=True)
class Who:
    """A person of the matrix."""

    role: Role | None
    where: str
    part: str
    clearance: AccessLevel
    active: bool
    post: str = NO_POST

    def holds(self, role: Role, *places: str) -> bool:
        return self.active and self.role is role and self.where in places


@dataclass(frozen=True)
class What:
    """An object of the matrix; facts that do not concern its kind stay at their default."""

    level: AccessLevel = AccessLevel.NORMAL
    archived: bool = False
    paper: str = UNLAID
    window: str = INSIDE
    paper_list: str = NO_LIST
    item_list: str = NO_LIST
    opened: bool = False
    own: bool = False
    place: str = KEPT
    theirs: bool = False
    decided: bool = False
    privileged: bool = False
    issue: str = NOT_ISSUED
    taking: Taking = Taking.DOWNLOAD
    addressed: bool = False
    said: bool = False
    """Whether the paper itself says what may be taken, or its meeting."""

    def lets(self, *ways: Taking) -> bool:
        if self.paper != RELEASED:
            return True
        return self.taking in ways and (self.said or self.level < AccessLevel.RESTRICTED)


def has_no_limit(what: What) -> bool:
    return (what.window, what.paper_list, what.item_list) == (INSIDE, NO_LIST, NO_LIST)


WORDS: dict[str, Callable[[Who, What], bool]] = {
    "anybody": lambda who, _: who.active,
    "an administrator": lambda who, _: who.holds(Role.ADMINISTRATOR, ABOVE, OWNING, BELOW, BESIDE),
    "the office": lambda who, _: who.holds(Role.CLERK, ABOVE, OWNING),
    "a researcher of the body": lambda who, _: who.holds(Role.RESEARCHER, ABOVE, OWNING),
    "who takes part": lambda who, _: who.active and who.part in {TAKES_PART, LEADS},
    "who leads it": lambda who, _: who.active and who.part == LEADS,
    "cleared for it": lambda who, what: what.level <= who.clearance,
    "cleared for all": lambda who, _: who.clearance is AccessLevel.RESTRICTED,
    "the keeper of the records": lambda who, _: who.holds(Role.RECORD_KEEPER, ABOVE, OWNING),
    "the receiving keeper": lambda who, _: who.holds(Role.RECORD_KEEPER, ABOVE, BESIDE),
    "sent": lambda _, what: what.decided,
    "a keeper of records": lambda who, _: who.holds(
        Role.RECORD_KEEPER, ABOVE, OWNING, BELOW, BESIDE
    ),
    "the secretary": lambda who, _: who.holds(Role.SECRETARY, ABOVE, OWNING),
    "a secretary": lambda who, _: who.holds(Role.SECRETARY, ABOVE, OWNING, BELOW, BESIDE),
    "archived": lambda _, what: what.archived,
    "in its time": lambda _, what: what.window == INSIDE,
    "held back from nobody": lambda _, what: what.paper != RELEASED or has_no_limit(what),
    "issued to everybody": lambda _, what: what.issue == TO_ALL,
    "issued to the body": lambda _, what: what.issue == TO_BODY,
    "issued to them": lambda _, what: what.issue == TO_THEM,
    "at large": lambda _, what: what.issue in {NOT_ISSUED, TO_ALL},
    "an account": lambda who, _: who.active,
    "serves the Party": lambda who, _: who.active and who.post in {SERVES, SERVES_BELOW},
    "serves in the body": lambda who, _: who.active and who.post in {SERVES, SERVES_BELOW},
    "on every list": lambda _, what: OTHERS_NAMED not in {what.paper_list, what.item_list},
    "released": lambda _, what: what.paper == RELEASED,
    "meeting open": lambda _, what: what.opened,
    "a clerk": lambda who, _: who.holds(Role.CLERK, ABOVE, OWNING, BELOW, BESIDE),
    "unrestricted": lambda _, what: what.level < AccessLevel.RESTRICTED,
    "to be downloaded": lambda _, what: what.lets(Taking.DOWNLOAD),
    "to be printed": lambda _, what: what.lets(Taking.PRINT, Taking.DOWNLOAD),
    "kept": lambda _, what: what.place == KEPT,
    "in the bin": lambda _, what: what.place == IN_BIN,
    "undecided": lambda _, what: not what.decided,
    "asked by another": lambda _, what: not what.own,
    "oneself": lambda who, what: who.active and what.own,
    "to nobody by name": lambda _, what: not what.addressed,
    "their person": lambda _, what: what.theirs,
    "without privilege": lambda _, what: not what.privileged,
}

READING = (
    "the office, cleared for it, kept",
    "a researcher of the body, cleared for it, archived, held back from nobody, at large, kept",
    "who takes part, cleared for it, released, meeting open, in its time, on every list, kept",
    "serves the Party, cleared for it, issued to everybody, kept",
    "serves in the body, cleared for it, issued to the body, kept",
    "an account, cleared for it, issued to them, kept",
)
ORIGINALS = (
    "the office, cleared for it, kept",
    (
        "a researcher of the body, cleared for it, archived, held back from nobody, at large, "
        "unrestricted, to be downloaded, kept"
    ),
    "serves the Party, cleared for it, issued to everybody, unrestricted, kept",
    "serves in the body, cleared for it, issued to the body, unrestricted, kept",
    "an account, cleared for it, issued to them, unrestricted, kept",
)
DOWNLOADING = (
    *ORIGINALS,
    (
        "who takes part, cleared for it, released, meeting open, in its time, on every list, "
        "to be downloaded, kept"
    ),
)
PRINTING = tuple(line.replace("to be downloaded", "to be printed") for line in DOWNLOADING)
BEFORE_THEM = (
    "who takes part, cleared for it, released, meeting open, in its time, on every list, kept"
)
OFFICE_FILES = ("the office, cleared for it, kept",)
OFFICE_BIN = ("the office, cleared for it, in the bin",)
OFFICE = ("the office",)
ADMINISTRATION = ("an administrator",)
EVERYBODY = ("anybody",)
OFFICE_OF_A_PERSON = ("the office, their person, without privilege, cleared for it",)

SENTENCES: dict[P, tuple[str, ...]] = {
    P.ABBREVIATIONS_EDIT: ("a clerk",),
    P.ACCOUNT_USE: EVERYBODY,
    P.AGENDA_ITEM_NOTE: ("the office", "who takes part, meeting open"),
    P.AGENDA_ITEM_PREPARE: OFFICE,
    P.AGENDA_ITEM_READ: ("the office", "who takes part, meeting open"),
    P.ARCHIVE_EXPORT: EVERYBODY,
    P.ARCHIVE_IMPORT: OFFICE,
    P.ARCHIVE_SEARCH: EVERYBODY,
    P.BIN_READ: ("a clerk",),
    P.BODY_DISSOLVE: ADMINISTRATION,
    P.BODY_KEEP: ADMINISTRATION,
    P.DISSOLUTION_KEEP: ADMINISTRATION,
    P.BODY_READ: EVERYBODY,
    P.CALENDAR_FEED: EVERYBODY,
    P.COMMENT_ANSWER: (*OFFICE_FILES, f"oneself, {BEFORE_THEM}"),
    P.COMMENT_CHANGE: ("oneself",),
    P.COMMENT_WRITE: (BEFORE_THEM,),
    P.COMMENTS_OPEN: OFFICE_FILES,
    P.COMMENTS_READ: (*OFFICE_FILES, f"oneself, {BEFORE_THEM}"),
    P.COPY_READ: ("the office, cleared for it",),
    P.COPY_TRACE: ("a clerk",),
    P.DESTRUCTION_ASK: OFFICE_BIN,
    P.DESTRUCTION_CONFIRM: ("the office, cleared for it, in the bin, asked by another",),
    P.DEVICE_END: ("oneself", *OFFICE_OF_A_PERSON, "an administrator"),
    P.DEVICE_NEW_PIN: OFFICE_OF_A_PERSON,
    P.DOCUMENT_BOOKMARK: READING,
    P.DOCUMENT_FACTS: READING,
    P.DOCUMENT_ISSUE: OFFICE_FILES,
    P.DOCUMENT_RELATE: OFFICE_FILES,
    P.DOCUMENT_KEY: READING,
    P.DOCUMENT_FACTS: READING,
    P.DOCUMENT_MANIFEST: READING,
    P.DOCUMENT_PLAY: READING,
    P.DOCUMENT_DISCARD: OFFICE_FILES,
    P.DOCUMENT_DOWNLOAD: DOWNLOADING,
    P.DOCUMENT_ORIGINAL: ORIGINALS,
    P.DOCUMENT_PRINT: PRINTING,
    P.DOCUMENT_PREPARE: OFFICE_FILES,
    P.DOCUMENT_READ: READING,
    P.DOCUMENT_READERS: OFFICE_FILES,
    P.DOCUMENT_RESTORE: OFFICE_BIN,
    P.FEEDBACK_READ: ADMINISTRATION,
    P.FEEDBACK_SEND: EVERYBODY,
    P.JOB_READ: ADMINISTRATION,
    P.JOB_RETRY: ADMINISTRATION,
    P.JOB_CANCEL: ADMINISTRATION,
    P.MEETING_CREATE: OFFICE,
    P.MEETING_ANSWER: ("who takes part, meeting open",),
    P.MEETING_FREE_ROOM: OFFICE,
    P.MEETING_LEAD: ("the office, meeting open", "who leads it, meeting open"),
    P.MEETING_PACK: ("the office", "who takes part, meeting open"),
    P.MEETING_PREPARE: OFFICE,
    P.MEETING_READ: ("the office", "who takes part, meeting open"),
    P.MEETING_INTAKE: OFFICE,
    P.MEETING_RELEASE: OFFICE,
    P.MEETING_TEMPLATE_USE: OFFICE,
    P.MEMBER_CONFIRM: ("the secretary", "the keeper of the records"),
    P.DOSSIER_CUT: ("the keeper of the records",),
    P.DOSSIER_FILL: ("the keeper of the records",),
    P.DOSSIER_OPEN: ("the keeper of the records",),
    P.DOSSIER_PAGE: ("the keeper of the records",),
    P.DOSSIER_READ: ("the keeper of the records",),
    P.DOSSIERS_COUNT: ("the keeper of the records",),
    P.DOSSIERS_EXPORT: ("the keeper of the records",),
    P.DOSSIERS_TAKE: ("the keeper of the records",),
    P.CUSTODIES_READ: ("a keeper of records",),
    P.CUSTODY_READ: ("the keeper of the records", "the receiving keeper, sent"),
    P.CUSTODY_RECEIVE: ("the receiving keeper, sent",),
    P.CUSTODY_SEND: ("the keeper of the records",),
    P.MEMBER_CORRECT: ("the keeper of the records",),
    P.MEMBER_ENTER: ("the keeper of the records",),
    P.MEMBER_LIST: ("the secretary", "the keeper of the records"),
    P.MEMBER_RATE: ("the keeper of the records",),
    P.MEMBER_READ: ("the keeper of the records",),
    P.MEMBER_RECORD: ("the keeper of the records",),
    P.MEMBER_REPORT: ("the keeper of the records",),
    P.MEMBER_REVEAL: ("the keeper of the records",),
    P.MEMBER_SEND: ("the keeper of the records",),
    P.MEMBERS_READ: ("a secretary", "a keeper of records"),
    P.MEMBERS_SWITCH: ADMINISTRATION,
    P.NOTE_KEEP: ("oneself",),
    P.NOTE_OPEN: (
        "the office, to nobody by name, undecided",
        "oneself, who takes part, meeting open, undecided",
    ),
    P.NOTE_SEND: ("oneself",),
    P.NOTE_WITHDRAW: ("oneself",),
    P.OPINION_GIVE: ("who takes part, meeting open",),
    P.ORGANISATION_KEEP: ADMINISTRATION,
    P.ORGANISATION_READ: EVERYBODY,
    P.PAGE_READ: READING,
    P.PAPER_ACCESS: OFFICE_FILES,
    P.PAPER_RECALL: OFFICE,
    P.PAPER_RELEASE: OFFICE,
    P.PARTICIPANT_PREPARE: OFFICE,
    P.PERSON_ACCOUNT: ADMINISTRATION,
    P.PERSON_KEEP: ADMINISTRATION,
    P.PERSON_READ: EVERYBODY,
    P.REGISTER_GAPS: ("the office, cleared for all",),
    P.POINT_PREPARE: OFFICE,
    P.ROOM_ADD: ("a clerk",),
    P.ROOM_KEEP: OFFICE,
    P.ROOM_READ: ("a clerk",),
    P.ROOMS_READ: ("a clerk",),
    P.SEARCH_DROP: ("oneself",),
    P.SEARCH_KEEP: EVERYBODY,
    P.SERVICE_DO: OFFICE,
    P.SERVICE_DROP: OFFICE,
    P.SERVICES_READ: ("a clerk",),
    P.SIGN_IN_END: ("oneself",),
    P.SPECIAL_DAYS_EDIT: ("a clerk",),
    P.PROGRAM_END: ("oneself",),
    P.PROGRAM_ADMIT: EVERYBODY,
    P.USER_DEVICES: OFFICE_OF_A_PERSON,
    P.USER_MANAGE: ADMINISTRATION,
    P.USERS_READ: ADMINISTRATION,
    P.WIDENING_AGREE: ("the office, cleared for it, undecided, asked by another",),
    P.WIDENING_REFUSE: ("the office, cleared for it, undecided",),
    P.WIDENINGS_READ: ("a clerk",),
}
DOCUMENTS = (
    P.DESTRUCTION_ASK,
    P.DOCUMENT_DISCARD,
    P.DOCUMENT_RESTORE,
    P.DOCUMENT_BOOKMARK,
    P.DOCUMENT_DOWNLOAD,
    P.DOCUMENT_ORIGINAL,
    P.DOCUMENT_PRINT,
    P.DOCUMENT_FACTS,
    P.DOCUMENT_ISSUE,
    P.DOCUMENT_KEY,
    P.DOCUMENT_FACTS,
    P.DOCUMENT_MANIFEST,
    P.DOCUMENT_PLAY,
    P.DOCUMENT_PREPARE,
    P.DOCUMENT_READ,
    P.DOCUMENT_RELATE,
)


def is_open(permission: P, who: Who, what: What) -> bool:
    return any(
        all(WORDS[word](who, what) for word in sentence.split(", "))
        for sentence in SENTENCES[permission]
    )


def everybody() -> Iterator[Who]:
    held = [(None, NOWHERE), *product(Role, (ABOVE, OWNING, BELOW, BESIDE))]
    parts = (NO_PART, ANOTHER_MEETING, TAKES_PART, LEADS)
    for (role, where), part, clearance, active in product(held, parts, AccessLevel, (True, False)):
        yield Who(role, where, part, clearance, active)
    posts = (SERVES, SERVES_BELOW, SERVED, STATE_POST)
    for post, clearance, active in product(posts, AccessLevel, (True, False)):
        yield Who(None, NOWHERE, NO_PART, clearance, active, post)


@dataclass
class Stage:
    """Every person and every object, with the row that stands for it."""

    people: dict[Who, User]
    rows: dict[P, dict[UUID, What]]


@pytest.fixture
def bodies(session: Session) -> dict[str, Body]:
    above = factories.body(session)
    owning, beside = (factories.body(session, above) for _ in range(2))
    return {ABOVE: above, OWNING: owning, BELOW: factories.body(session, owning), BESIDE: beside}


@pytest.fixture
def people(session: Session, bodies: dict[str, Body]) -> dict[Who, User]:
    made = {
        who: factories.user(
            session,
            *([(who.role, bodies[who.where])] if who.role else []),
            clearance=who.clearance,
            active=who.active,
        )
        for who in everybody()
    }
    state = factories.body(session, kind=BodyKind.STATE_BODY)
    over = {"until": clock.today() - timedelta(days=1)}
    held = {
        SERVES: (bodies[OWNING], {}),
        SERVES_BELOW: (bodies[BELOW], {}),
        SERVED: (bodies[OWNING], over),
        STATE_POST: (state, {}),
    }
    for who, user in made.items():
        if who.post in held:
            where, times = held[who.post]
            factories.post(session, user.person, where, **times)
    return made


@pytest.fixture
def stage(session: Session, bodies: dict[str, Body], people: dict[Who, User]) -> Stage:
    owning = bodies[OWNING]
    opened = {
        True: factories.meeting(session, owning, state=MeetingState.RELEASED),
        False: factories.meeting(session, owning, state=MeetingState.PLANNED),
    }
    another = factories.meeting(session, owning, state=MeetingState.RELEASED)
    letting = {
        taking: factories.meeting(session, owning, state=MeetingState.RELEASED, taking=taking)
        for taking in Taking
    }
    for who, user in people.items():
        attended = {NO_PART: [], ANOTHER_MEETING: [another]}
        role = ParticipantRole.CHAIR if who.part == LEADS else ParticipantRole.VOTING_DELEGATE
        for meeting in attended.get(who.part, [*opened.values(), *letting.values()]):
            factories.participant(session, meeting, user.person, role=role)
    lists = Lists(session, people)
    items = {
        (is_open, lists_laid): lists.item(meeting, *lists_laid)
        for is_open, meeting in opened.items()
        for lists_laid in LISTS
    }
    documents, papers = lay_everything(session, owning, items, lists)
    documents |= lay_to_take(session, owning, letting)
    documents |= issue_everything(session, owning, bodies[BESIDE], people)
    meetings = {meeting.id: What(opened=is_open) for is_open, meeting in opened.items()}
    versions = session.scalars(select(DocumentVersion)).all()
    pages = {
        factories.page(session, version).id: documents[version.document_id] for version in versions
    }
    rows: dict[P, dict[UUID, What]] = dict.fromkeys((*DOCUMENTS, P.DOCUMENT_READERS), documents)
    rows |= dict.fromkeys((P.PAPER_ACCESS, P.PAPER_RECALL, P.PAPER_RELEASE), papers)
    rows |= dict.fromkeys((P.COMMENT_WRITE, P.COMMENTS_OPEN, P.COMMENTS_READ), papers)
    rows[P.COMMENT_ANSWER] = comments_on(session, papers)
    rows |= dict.fromkeys(
        (
            P.MEETING_ANSWER,
            P.MEETING_FREE_ROOM,
            P.MEETING_INTAKE,
            P.MEETING_LEAD,
            P.MEETING_PACK,
            P.MEETING_PREPARE,
            P.MEETING_READ,
            P.MEETING_RELEASE,
            P.OPINION_GIVE,
        ),
        meetings,
    )
    rows[P.PAGE_READ] = pages
    laid = {item.id: What(opened=is_open) for (is_open, _), item in items.items()}
    rows |= {P.AGENDA_ITEM_NOTE: laid, P.AGENDA_ITEM_PREPARE: laid, P.AGENDA_ITEM_READ: laid}
    guest = factories.participant(session, another, factories.person(session))
    rows[P.PARTICIPANT_PREPARE] = {guest.id: What()}
    rows[P.COPY_READ] = copies(session, documents, meetings)
    rows[P.DESTRUCTION_CONFIRM] = destructions(session, documents)
    asker = factories.user(session)
    wishes = {
        factories.widening(session, owning, asker, decided_at=moment).id: What(
            AccessLevel.RESTRICTED, decided=moment is not None
        )
        for moment in (None, clock.now())
    }
    rows |= {P.WIDENING_AGREE: wishes, P.WIDENING_REFUSE: wishes}
    rows |= accounts_with_tablets(session, bodies[BESIDE], owning, opened[True])
    rows |= members_of(session, owning, bodies[BESIDE], asker)
    rows[P.NOTE_OPEN] = notes_for_the_office(session, meetings)
    rows |= single_rows(session, owning, people)
    for table in Base.metadata.tables:  # not those that all databases of a server share
        session.execute(text(f'ANALYZE "{table}"'))
    return Stage(people, rows)


def copies(
    session: Session, documents: dict[UUID, What], meetings: dict[UUID, What]
) -> dict[UUID, What]:
    """Take a copy of every document and the papers of every meeting, as somebody outside."""
    stranger = factories.user(session)
    taken = {
        factories.taken_copy(session, stranger, document_id=identity).id: what
        for identity, what in documents.items()
    }
    packs = (factories.taken_copy(session, stranger, meeting_id=one).id for one in meetings)
    return taken | dict.fromkeys(packs, What())


def comments_on(session: Session, papers: dict[UUID, What]) -> dict[UUID, What]:
    """Comment on every paper, as somebody outside of the matrix."""
    stranger = factories.user(session)
    laid = {paper: session.get_one(AgendaPaper, paper) for paper in papers}
    return {
        factories.comment(session, laid[paper], stranger).id: what for paper, what in papers.items()
    }


def members_of(
    session: Session, owning: Body, beside: Body, recorder: User
) -> dict[P, dict[UUID, What]]:
    """Switch the register on, enter a member with an event, seal the dossier and send it."""
    factories.members_on(session)
    member = factories.member(session, owning)
    event = factories.member_event(session, member, recorder)
    scan = factories.dossier_scan(session, member, recorder)
    page = factories.dossier_page(session, scan)
    rows = {P.MEMBER_CORRECT: {event.id: What()}, P.DOSSIER_PAGE: {page.id: What()}}
    rows |= {p: {scan.id: What()} for p in (P.DOSSIER_CUT, P.DOSSIER_OPEN)}
    records = (P.MEMBER_READ, P.MEMBER_RECORD, P.MEMBER_REVEAL, P.MEMBER_SEND)
    records += (P.DOSSIER_FILL, P.DOSSIER_READ)
    rows |= {p: {member.id: What()} for p in records}
    of_body = (
        P.MEMBER_CONFIRM,
        P.MEMBER_ENTER,
        P.MEMBER_LIST,
        P.MEMBER_RATE,
        P.MEMBER_REPORT,
        P.DOSSIERS_COUNT,
        P.DOSSIERS_EXPORT,
    )
    rows |= {p: {owning.id: What()} for p in of_body}
    package = factories.dossier_package(session, owning, recorder)
    rows[P.DOSSIERS_TAKE] = {package.id: What()}
    ways = {
        factories.custody(session, member, beside, recorder, sent_at=moment).id: What(
            decided=moment is not None
        )
        for moment in (None, clock.now())
    }
    rows |= dict.fromkeys((P.CUSTODY_READ, P.CUSTODY_RECEIVE, P.CUSTODY_SEND), ways)
    return rows


def notes_for_the_office(session: Session, meetings: dict[UUID, What]) -> dict[UUID, What]:
    """Send notes to the office of every meeting, as somebody outside, and take some back."""
    stranger = factories.user(session)
    sent = {}
    for (meeting, what), moment in product(meetings.items(), (None, clock.now())):
        place = session.get_one(Meeting, meeting)
        row = factories.sending(session, place, stranger, withdrawn_at=moment)
        sent[row.id] = replace(what, decided=moment is not None)
    return sent


def lay_to_take(session: Session, owning: Body, letting: dict[Taking, Meeting]) -> dict[UUID, What]:
    """Make a released paper for every way to let it be taken: by its meeting, or by itself."""
    documents = {}
    items = {taking: factories.item(session, meeting) for taking, meeting in letting.items()}
    ways = [*((taking, None) for taking in Taking), *product(Taking, Taking)]
    for level, archived, (of_all, of_it) in product(AccessLevel, (False, True), ways):
        moment = clock.now() if archived else None
        document = factories.document(session, owning, access_level=level, archived_at=moment)
        factories.paper(session, items[of_all], document, taking=of_it)
        documents[document.id] = What(
            level, archived, RELEASED, opened=True, taking=of_it or of_all, said=of_it is not None
        )
        bare_version(session, document)
    return documents


def destructions(session: Session, documents: dict[UUID, What]) -> dict[UUID, What]:
    """Ask for the destruction of every document, as somebody outside of the matrix."""
    stranger = factories.user(session)
    return {
        factories.destruction(session, identity, stranger).id: what
        for identity, what in documents.items()
    }


def accounts_with_tablets(
    session: Session, beside: Body, owning: Body, meeting: Meeting
) -> dict[P, dict[UUID, What]]:
    """Make an account for every way to belong to a body, each with a tablet."""
    ways: dict[str, Callable[[User], object]] = {
        "serves": lambda user: factories.post(session, user.person, owning),
        "meets": lambda user: factories.participant(session, meeting, user.person),
        "does neither": lambda _: None,
    }
    users, tablets = {}, {}
    for level, way, role in product(AccessLevel, ways, (None, *Role)):
        user = factories.user(session, *([(role, beside)] if role else []), clearance=level)
        ways[way](user)
        privileged = role in {Role.ADMINISTRATOR, Role.CLERK, Role.RECORD_KEEPER}
        what = What(level, theirs=way != "does neither", privileged=privileged)
        users[user.id], tablets[factories.device(session, user).id] = what, what
    return {P.USER_DEVICES: users, P.DEVICE_NEW_PIN: tablets, P.DEVICE_END: tablets}


def lay_everything(
    session: Session, owning: Body, items: dict[Any, AgendaItem], lists: "Lists"
) -> tuple[dict[UUID, What], dict[UUID, What]]:
    """Make a document for every combination of its facts, with its version, and its paper."""
    documents, papers = {}, {}
    states = {
        DRAFT: {"released_at": None},
        RELEASED: {"released_at": clock.now()},
        RECALLED: {"released_at": clock.now(), "recalled_at": clock.now()},
    }
    places = {
        KEPT: {},
        IN_BIN: {"discarded_at": clock.now()},
        DESTROYED: {"discarded_at": clock.now(), "destroyed_at": clock.now()},
    }
    unlaid, plain = (UNLAID, INSIDE, LISTS[0]), (RELEASED, INSIDE, LISTS[0])
    laid = product(states, (BEFORE, INSIDE, AFTER), LISTS)
    kept = product([KEPT], [unlaid, *laid])
    thrown = product((IN_BIN, DESTROYED), (unlaid, plain))
    facts = product(AccessLevel, (False, True), [*kept, *thrown], (False, True))
    for level, archived, (place, (state, window, named)), is_open in facts:
        values = {"archived_at": clock.now() if archived else None} | places[place]
        document = factories.document(session, owning, access_level=level, **values)
        what = documents[document.id] = What(
            level, archived, state, window, *named, is_open, place=place
        )
        bare_version(session, document)
        if state is not UNLAID:
            paper = factories.paper(
                session, items[is_open, named], document, **states[state], **WINDOWS[window]
            )
            lists.name(PaperReader, named[0], paper_id=paper.id)
            papers[paper.id] = what
    return documents, papers


def issue_everything(
    session: Session, owning: Body, beside: Body, people: dict[Who, User]
) -> dict[UUID, What]:
    """Make a document for every way to circulate one, and a draft of each."""
    reaches = {
        TO_ALL: Reach.PARTY,
        TO_BODY: Reach.BODIES,
        TO_THEM: Reach.PEOPLE,
        TO_OTHERS: Reach.PEOPLE,
        TO_NOBODY: Reach.ARCHIVISTS,
    }
    documents = {}
    stranger = factories.person(session).id
    for level, archived, issue, place in product(
        AccessLevel, (False, True), reaches, (KEPT, IN_BIN)
    ):
        moments = {
            "archived_at": clock.now() if archived else None,
            "discarded_at": clock.now() if place is IN_BIN else None,
        }
        document, draft = (
            factories.document(session, owning, access_level=level, **moments) for _ in range(2)
        )
        facts = {"level": level, "archived": archived, "place": place}
        documents[document.id] = What(**facts, issue=issue)
        documents[draft.id] = What(**facts, issue=A_DRAFT)
        bare_version(session, document)
        row = factories.add(session, Issue(document_id=document.id, reach=reaches[issue]))
        factories.add(session, IssueDraft(draft_id=draft.id, issue_id=row.id))
        # the lists that the reach does not speak of count for nothing
        body = owning if issue == TO_BODY else beside
        factories.add(session, IssueBody(issue_id=row.id, body_id=body.id))
        named = [user.person_id for user in people.values()] if issue == TO_THEM else [stranger]
        rows = [{"issue_id": row.id, "person_id": person} for person in named]
        session.execute(insert(IssueReader), rows)
    return documents


class Lists:
    """Named persons: everybody of the matrix, or somebody else who takes part everywhere."""

    def __init__(self, session: Session, people: dict[Who, User]) -> None:
        self.session = session
        self.named = {
            NO_LIST: [],
            NAMED: [user.person_id for user in people.values()],
            OTHERS_NAMED: [factories.person(session).id],
        }

    def name(self, table: type[Any], named: str, **place: UUID) -> None:
        rows = [place | {"person_id": person} for person in self.named[named]]
        if rows:
            self.session.execute(insert(table), rows)

    def item(self, meeting: Meeting, paper_list: str, item_list: str) -> AgendaItem:
        """Make an item; where its papers have a list of their own, the item's is its parent's."""
        item = factories.item(self.session, meeting)
        self.name(ItemReader, item_list, item_id=item.id)
        if paper_list is NO_LIST:
            return item
        return factories.item(self.session, meeting, parent_id=item.id)


LISTS = (
    (NO_LIST, NO_LIST),
    (NAMED, NO_LIST),
    (OTHERS_NAMED, NO_LIST),
    (NO_LIST, NAMED),
    (NO_LIST, OTHERS_NAMED),
    (NAMED, OTHERS_NAMED),
)


def hours(start: int | None, end: int | None) -> dict[str, datetime | None]:
    """Return a window some hours away from now."""
    moment = clock.now()
    bounds = {"readable_from": start, "readable_until": end}
    return {
        name: None if away is None else moment + timedelta(hours=away)
        for name, away in bounds.items()
    }


WINDOWS = {BEFORE: hours(9, 99), INSIDE: hours(-9, 9), AFTER: hours(-99, -9)}


def bare_version(session: Session, document: Document) -> None:
    """Add a version without bytes: no rule reads them."""
    place = session.scalar(
        select(Compartment).where(
            Compartment.body_id == document.body_id,
            Compartment.access_level == document.access_level,
        )
    ) or factories.add(
        session,
        Compartment(
            body_id=document.body_id, access_level=document.access_level, wrapped_key=b"key"
        ),
    )
    facts = dict.fromkeys(("file_name", "media_type", "plain_sha256", "blob"), "x")
    factories.add(
        session,
        DocumentVersion(
            document_id=document.id,
            compartment_id=place.id,
            storage_key=b"key",
            size=1,
            page_count=1,
            **facts,
        ),
    )


def single_rows(
    session: Session, owning: Body, people: dict[Who, User]
) -> dict[P, dict[UUID, What]]:
    """Return the rows whose own facts decide nothing."""
    someone = next(iter(people.values()))
    feedback = factories.add(session, Feedback(user_id=someone.id, text="Chữ nhỏ quá"))
    job = factories.add(session, Job(kind="x", payload={}, dedupe_key="x", due_at=clock.now()))
    room, meeting = factories.room(session, owning), factories.meeting(session, owning)
    service = factories.service(session, meeting)
    return {
        P.POINT_PREPARE: {factories.bridge_point(session, meeting).id: What()},
        P.SERVICE_DO: {service.id: What()},
        P.SERVICE_DROP: {service.id: What()},
        P.ROOM_KEEP: {room.id: What()},
        P.ROOM_READ: {room.id: What()},
        P.BODY_DISSOLVE: {owning.id: What()},
        P.BODY_KEEP: {owning.id: What()},
        P.DISSOLUTION_KEEP: {
            factories.dissolution(session, owning, factories.user(session)).id: What()
        },
        P.BODY_READ: {owning.id: What()},
        P.ARCHIVE_IMPORT: {owning.id: What()},
        P.REGISTER_GAPS: {owning.id: What()},
        P.FEEDBACK_READ: {feedback.id: What()},
        P.JOB_RETRY: {job.id: What()},
        P.JOB_CANCEL: {job.id: What()},
        P.MEETING_CREATE: {owning.id: What()},
        P.MEETING_TEMPLATE_USE: {factories.template(session, owning).id: What()},
        P.PERSON_ACCOUNT: {someone.person_id: What()},
        P.PERSON_KEEP: {someone.person_id: What()},
        P.PERSON_READ: {someone.person_id: What()},
        P.USER_MANAGE: {someone.id: What()},
    }


def test_every_permission_has_its_sentences_and_every_word_is_used():
    assert set(SENTENCES) == set(P)
    used = {word for group in SENTENCES.values() for line in group for word in line.split(", ")}
    assert used == set(WORDS)


def test_the_policy_opens_every_cell_that_a_sentence_opens_and_no_other(
    session: Session, stage: Stage
):
    cells = opened = 0
    for who, user in stage.people.items():
        bare = [permission for permission in P if policy.RULES[permission].table is None]
        had = policy.allowed(session, user, bare)
        answers: dict[tuple[tuple[str, ...], int], set[UUID]] = {}
        expected = {permission for permission in bare if is_open(permission, who, What())}
        assert had == expected, who
        cells += len(bare)
        opened += len(had)
        for permission, rows in stage.rows.items():
            rule = policy.RULES[permission]
            table: Any = rule.table
            query = select(table.id).where(rule.condition)
            found = set(session.scalars(query, policy.facts(user))) & rows.keys()
            asked = SENTENCES[permission], id(rows)
            if asked not in answers:
                answers[asked] = {k for k, what in rows.items() if is_open(permission, who, what)}
            right = answers[asked]
            assert found == right, (permission, who, [rows[key] for key in found ^ right][:3])
            cells += len(rows)
            opened += len(found)
    print(f"{cells} cells hold, {opened} of them open")
    assert cells > 40_000
    assert opened > cells / 50


def test_each_ends_their_own_sign_ins_only(session: Session, people: dict[Who, User]):
    owner = next(user for who, user in people.items() if who.active)
    row = factories.sign_in(session, owner)
    for who, user in people.items():
        expected = is_open(P.SIGN_IN_END, who, What(own=user is owner))
        assert policy.allows(session, user, P.SIGN_IN_END, row) == expected


def test_each_keeps_their_own_notes_only(session: Session, people: dict[Who, User]):
    owner = next(user for who, user in people.items() if who.active)
    row = factories.note(session, owner)
    for who, user in people.items():
        expected = is_open(P.NOTE_KEEP, who, What(own=user is owner))
        assert policy.allows(session, user, P.NOTE_KEEP, row) == expected
        assert policy.allows(session, user, P.NOTE_SEND, row) == expected
        listed = session.scalars(policy.readable_notes(user)).all()
        assert listed == ([row] if expected else [])


def test_each_opens_only_what_was_sent_to_them_and_takes_back_only_what_they_sent(
    session: Session, stage: Stage
):
    active = {who.part: user for who, user in stage.people.items() if who.active}
    sent = {}
    for (meeting, what), part in product(stage.rows[P.MEETING_READ].items(), (NO_PART, TAKES_PART)):
        receiver, place = active[part], session.get_one(Meeting, meeting)
        named = {"receiver_id": receiver.person_id}
        sent[factories.sending(session, place, active[LEADS], **named).id] = receiver, what
    for who, user in stage.people.items():
        facts = {
            row: replace(what, own=user is receiver, addressed=True)
            for row, (receiver, what) in sent.items()
        }
        found = {row.id for row in session.scalars(policy.readable_received(user))} & sent.keys()
        assert found == {row for row in sent if is_open(P.NOTE_OPEN, who, facts[row])}
        own = is_open(P.NOTE_WITHDRAW, who, What(own=user is active[LEADS]))
        kept = {row.id for row in session.scalars(policy.readable_sent(user))} & sent.keys()
        assert kept == (sent.keys() if own else set())


def test_each_changes_their_own_comments_only_and_answers_where_they_were_asked_to(
    session: Session, stage: Stage
):
    who_answers = next(user for who, user in stage.people.items() if takes_part_cleared(who))
    papers = stage.rows[P.COMMENTS_READ]
    for paper in papers:
        factories.comment_round(
            session, session.get_one(AgendaPaper, paper), answerer_id=who_answers.person_id
        )
    comments = stage.rows[P.COMMENT_ANSWER]
    mine = factories.comment(session, session.get_one(AgendaPaper, next(iter(papers))), who_answers)
    for who, user in stage.people.items():
        own = user is who_answers
        assert policy.allows(session, user, P.COMMENT_CHANGE, mine) == own
        for permission, rows in ((P.COMMENTS_READ, papers), (P.COMMENT_ANSWER, comments)):
            table: Any = policy.RULES[permission].table
            query = select(table.id).where(policy.RULES[permission].condition)
            found = set(session.scalars(query, policy.facts(user))) & rows.keys()
            facts = {row: replace(what, own=own) for row, what in rows.items()}
            assert found == {row for row in rows if is_open(permission, who, facts[row])}


def takes_part_cleared(who: Who) -> bool:
    restricted = who.clearance is AccessLevel.RESTRICTED
    return who.active and who.role is None and who.part == TAKES_PART and restricted


def test_each_drops_their_own_searches_only(session: Session, people: dict[Who, User]):
    owner = next(user for who, user in people.items() if who.active)
    row = factories.add(session, SavedSearch(user_id=owner.id, words="đất đai"))
    for who, user in people.items():
        expected = is_open(P.SEARCH_DROP, who, What(own=user is owner))
        assert policy.allows(session, user, P.SEARCH_DROP, row) == expected


def test_each_ends_their_own_tokens_only(session: Session, people: dict[Who, User]):
    owner = next(user for who, user in people.items() if who.active)
    row = factories.access_token(session, owner)
    for who, user in people.items():
        expected = is_open(P.PROGRAM_END, who, What(own=user is owner))
        assert policy.allows(session, user, P.PROGRAM_END, row) == expected
        assert (row in session.scalars(policy.readable_tokens(user)).all()) == expected


def test_nobody_agrees_to_their_own_wish(
    session: Session, bodies: dict[str, Body], people: dict[Who, User]
):
    owner = next(user for who, user in people.items() if is_open(P.WIDENING_AGREE, who, WAITING))
    row = factories.widening(session, bodies[OWNING], owner)
    for who, user in people.items():
        what = replace(WAITING, own=user is owner)
        for permission in (P.WIDENING_AGREE, P.WIDENING_REFUSE):
            expected = is_open(permission, who, what)
            assert policy.allows(session, user, permission, row) == expected


WAITING = What(AccessLevel.RESTRICTED)


def test_each_ends_their_own_tablet(session: Session, people: dict[Who, User]):
    owner = next(user for who, user in people.items() if who.active)
    row = factories.device(session, owner)
    for who, user in people.items():
        expected = is_open(P.DEVICE_END, who, What(own=user is owner))
        assert policy.allows(session, user, P.DEVICE_END, row) == expected


def test_the_matrix_leaves_no_permission_out(stage: Stage):
    bare = {permission for permission in P if policy.RULES[permission].table is None}
    alone = {
        P.COMMENT_CHANGE,
        P.NOTE_KEEP,
        P.NOTE_SEND,
        P.NOTE_WITHDRAW,
        P.PROGRAM_END,
        P.SEARCH_DROP,
        P.SIGN_IN_END,
    }
    assert stage.rows.keys() | bare | alone == set(P)
