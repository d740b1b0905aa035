"""The expectation table: who may do what to what, written down without looking at the rules."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock, policy
from meetings.models import (
    AccessLevel,
    AgendaPaper,
    Body,
    Document,
    Feedback,
    Job,
    MemberApproval,
    PaperReader,
    Person,
    Role,
    SavedSearch,
    Taking,
    User,
    VersionState,
)
from meetings.policy import Permission
from tests import factories

CLERK, DELEGATE, RESEARCHER = "clerk", "delegate", "researcher"
OUTSIDER, ADMINISTRATOR = "outsider", "administrator"
STRANGE_CLERK, CLOSED_CLERK = "clerk of another body", "clerk whose account is closed"
KEEPER, SECRETARY = "keeper of the records", "secretary of the cell"
STRANGE_KEEPER = "keeper of another body"
P = Permission
PEOPLE = (
    *(CLERK, DELEGATE, RESEARCHER, OUTSIDER, ADMINISTRATOR, STRANGE_CLERK, CLOSED_CLERK),
    *(KEEPER, SECRETARY, STRANGE_KEEPER),
)
ACTIVE = frozenset(PEOPLE) - {CLOSED_CLERK}
NOBODY: frozenset[str] = frozenset()
OFFICE = frozenset({CLERK})
ROOM = frozenset({CLERK, DELEGATE})
READERS = ROOM | {RESEARCHER}

DRAFT, RELEASED, RECALLED = "draft", "released", "recalled"
RESTRICTED, PLANNED, ARCHIVED = "restricted", "in a planned meeting", "archived only"
IN_BIN = "in the bin"
READ_ONLY, TO_PRINT = "only to be read", "to be printed"
TO_DOWNLOAD = "to be downloaded"
EARLY, OVER = "before its time", "after its time"
THEIRS, OTHERS = "limited to the delegate", "limited to somebody else"
DOCUMENTS = {
    DRAFT: OFFICE,
    RELEASED: READERS,
    RECALLED: OFFICE,
    RESTRICTED: NOBODY,
    PLANNED: OFFICE,
    EARLY: OFFICE,
    OVER: OFFICE,
    THEIRS: ROOM,
    OTHERS: OFFICE,
    ARCHIVED: OFFICE | {RESEARCHER},
    IN_BIN: NOBODY,
    READ_ONLY: READERS,
    TO_PRINT: READERS,
    TO_DOWNLOAD: READERS,
}
DOWNLOADS = DOCUMENTS | {READ_ONLY: OFFICE, TO_PRINT: OFFICE}
PRINTS = DOCUMENTS | {READ_ONLY: OFFICE}
ORIGINALS = DOWNLOADS | {
    RELEASED: OFFICE | {RESEARCHER},
    THEIRS: OFFICE,
    TO_DOWNLOAD: OFFICE | {RESEARCHER},
}
OPEN_MEETING, CLOSED_MEETING = "released meeting", "planned meeting"
PREPARING = {OPEN_MEETING: OFFICE, CLOSED_MEETING: OFFICE}
PAPERS = dict.fromkeys(
    (
        *(DRAFT, RELEASED, RECALLED, RESTRICTED, PLANNED, EARLY, OVER, THEIRS, OTHERS),
        *(READ_ONLY, TO_PRINT, TO_DOWNLOAD),
    ),
    OFFICE,
)
BEFORE_THEM = dict.fromkeys(PAPERS, NOBODY) | dict.fromkeys(
    (RELEASED, THEIRS, READ_ONLY, TO_PRINT, TO_DOWNLOAD), frozenset({DELEGATE})
)
SEALED, SENT = "sealed dossier", "sent dossier"
ADMIN = {"row": frozenset({ADMINISTRATOR})}
KEPT_RECORD = {"row": frozenset({KEEPER})}

ROWS: dict[P, dict[str, frozenset[str]]] = {
    P.AGENDA_ITEM_NOTE: {OPEN_MEETING: ROOM, CLOSED_MEETING: OFFICE},
    P.AGENDA_ITEM_PREPARE: PREPARING,
    P.AGENDA_ITEM_READ: {OPEN_MEETING: ROOM, CLOSED_MEETING: OFFICE},
    P.BODY_DISSOLVE: ADMIN,
    P.BODY_KEEP: ADMIN,
    P.BODY_READ: {"row": ACTIVE},
    P.COMMENT_ANSWER: {"row": OFFICE},
    P.COMMENT_CHANGE: {"row": frozenset({DELEGATE})},
    P.COMMENT_WRITE: BEFORE_THEM,
    P.COMMENTS_OPEN: PAPERS | {RESTRICTED: NOBODY},
    P.COMMENTS_READ: PAPERS | {RESTRICTED: NOBODY},
    P.COPY_READ: {"row": OFFICE, "pack": OFFICE},
    P.CUSTODY_READ: {
        SEALED: frozenset({KEEPER}),
        SENT: frozenset({KEEPER, STRANGE_KEEPER}),
    },
    P.CUSTODY_RECEIVE: {SEALED: NOBODY, SENT: frozenset({STRANGE_KEEPER})},
    P.CUSTODY_SEND: {SEALED: frozenset({KEEPER}), SENT: frozenset({KEEPER})},
    P.DISSOLUTION_KEEP: ADMIN,
    P.DESTRUCTION_ASK: dict.fromkeys(DOCUMENTS, NOBODY) | {IN_BIN: OFFICE},
    P.DESTRUCTION_CONFIRM: {"row": OFFICE},
    P.DEVICE_END: {"row": ROOM | {ADMINISTRATOR}},
    P.DEVICE_NEW_PIN: {"row": OFFICE},
    P.DOCUMENT_BOOKMARK: DOCUMENTS,
    P.DOCUMENT_FACTS: DOCUMENTS,
    P.DOCUMENT_ISSUE: dict.fromkeys(DOCUMENTS, OFFICE) | {RESTRICTED: NOBODY, IN_BIN: NOBODY},
    P.DOCUMENT_RELATE: dict.fromkeys(DOCUMENTS, OFFICE) | {RESTRICTED: NOBODY, IN_BIN: NOBODY},
    P.DOCUMENT_KEY: DOCUMENTS,
    P.DOCUMENT_FACTS: DOCUMENTS,
    P.DOCUMENT_MANIFEST: DOCUMENTS,
    P.DOCUMENT_PLAY: DOCUMENTS,
    P.DOCUMENT_DISCARD: dict.fromkeys(DOCUMENTS, OFFICE) | {RESTRICTED: NOBODY, IN_BIN: NOBODY},
    P.DOCUMENT_RESTORE: dict.fromkeys(DOCUMENTS, NOBODY) | {IN_BIN: OFFICE},
    P.DOCUMENT_DOWNLOAD: DOWNLOADS,
    P.DOCUMENT_ORIGINAL: ORIGINALS,
    P.DOCUMENT_PRINT: PRINTS,
    P.DOCUMENT_PREPARE: dict.fromkeys(DOCUMENTS, OFFICE) | {RESTRICTED: NOBODY, IN_BIN: NOBODY},
    P.DOCUMENT_READ: DOCUMENTS,
    P.DOCUMENT_READERS: dict.fromkeys(DOCUMENTS, OFFICE) | {RESTRICTED: NOBODY, IN_BIN: NOBODY},
    P.FEEDBACK_READ: ADMIN,
    P.JOB_RETRY: ADMIN,
    P.JOB_CANCEL: ADMIN,
    P.MEETING_CREATE: {"row": OFFICE},
    P.MEETING_ANSWER: {OPEN_MEETING: frozenset({DELEGATE}), CLOSED_MEETING: NOBODY},
    P.OPINION_GIVE: {OPEN_MEETING: frozenset({DELEGATE}), CLOSED_MEETING: NOBODY},
    P.MEETING_FREE_ROOM: PREPARING,
    P.MEETING_LEAD: {OPEN_MEETING: OFFICE, CLOSED_MEETING: NOBODY},
    P.MEETING_PACK: {OPEN_MEETING: ROOM, CLOSED_MEETING: OFFICE},
    P.MEETING_PREPARE: PREPARING,
    P.MEETING_READ: {OPEN_MEETING: ROOM, CLOSED_MEETING: OFFICE},
    P.MEETING_INTAKE: PREPARING,
    P.MEETING_RELEASE: PREPARING,
    P.MEETING_TEMPLATE_USE: {"row": OFFICE},
    P.MEMBER_CONFIRM: {"row": frozenset({KEEPER, SECRETARY})},
    P.DOSSIER_CUT: KEPT_RECORD,
    P.DOSSIER_FILL: KEPT_RECORD,
    P.DOSSIER_OPEN: KEPT_RECORD,
    P.DOSSIER_PAGE: KEPT_RECORD,
    P.DOSSIER_READ: KEPT_RECORD,
    P.DOSSIERS_COUNT: KEPT_RECORD,
    P.DOSSIERS_EXPORT: KEPT_RECORD,
    P.DOSSIERS_TAKE: KEPT_RECORD,
    P.MEMBER_CORRECT: KEPT_RECORD,
    P.MEMBER_ENTER: KEPT_RECORD,
    P.MEMBER_LIST: {"row": frozenset({KEEPER, SECRETARY})},
    P.MEMBER_RATE: KEPT_RECORD,
    P.MEMBER_READ: KEPT_RECORD,
    P.MEMBER_RECORD: KEPT_RECORD,
    P.MEMBER_REPORT: KEPT_RECORD,
    P.MEMBER_REVEAL: KEPT_RECORD,
    P.MEMBER_SEND: KEPT_RECORD,
    P.NOTE_KEEP: {"row": frozenset({DELEGATE})},
    P.NOTE_OPEN: {"row": OFFICE},
    P.NOTE_SEND: {"row": frozenset({DELEGATE})},
    P.NOTE_WITHDRAW: {"row": frozenset({DELEGATE})},
    P.PAGE_READ: DOCUMENTS,
    P.PAPER_ACCESS: PAPERS | {RESTRICTED: NOBODY},
    P.PAPER_RECALL: PAPERS,
    P.PAPER_RELEASE: PAPERS,
    P.PARTICIPANT_PREPARE: {"row": OFFICE},
    P.PERSON_ACCOUNT: ADMIN,
    P.PERSON_KEEP: ADMIN,
    P.PERSON_READ: {"row": ACTIVE},
    P.ARCHIVE_IMPORT: {"row": OFFICE},
    P.REGISTER_GAPS: {"row": NOBODY},
    P.POINT_PREPARE: {"row": OFFICE},
    P.ROOM_KEEP: {"row": OFFICE},
    P.ROOM_READ: {"row": OFFICE | {STRANGE_CLERK}},
    P.SEARCH_DROP: {"row": frozenset({DELEGATE})},
    P.SERVICE_DO: {"row": OFFICE},
    P.SERVICE_DROP: {"row": OFFICE},
    P.SIGN_IN_END: {"row": frozenset({DELEGATE})},
    P.PROGRAM_END: {"row": frozenset({DELEGATE})},
    P.USER_DEVICES: {"row": OFFICE},
    P.USER_MANAGE: ADMIN,
    P.WIDENING_AGREE: {"row": NOBODY},
    P.WIDENING_REFUSE: {"row": NOBODY},
}
BARE: dict[P, frozenset[str]] = {
    P.ABBREVIATIONS_EDIT: frozenset({CLERK, STRANGE_CLERK}),
    P.ACCOUNT_USE: ACTIVE,
    P.BIN_READ: frozenset({CLERK, STRANGE_CLERK}),
    P.CALENDAR_FEED: ACTIVE,
    P.COPY_TRACE: frozenset({CLERK, STRANGE_CLERK}),
    P.ARCHIVE_EXPORT: ACTIVE,
    P.ARCHIVE_SEARCH: ACTIVE,
    P.CUSTODIES_READ: frozenset({KEEPER, STRANGE_KEEPER}),
    P.FEEDBACK_SEND: ACTIVE,
    P.JOB_READ: frozenset({ADMINISTRATOR}),
    P.MEMBERS_READ: frozenset({KEEPER, SECRETARY, STRANGE_KEEPER}),
    P.MEMBERS_SWITCH: frozenset({ADMINISTRATOR}),
    P.ORGANISATION_KEEP: frozenset({ADMINISTRATOR}),
    P.ORGANISATION_READ: ACTIVE,
    P.ROOM_ADD: frozenset({CLERK, STRANGE_CLERK}),
    P.ROOMS_READ: frozenset({CLERK, STRANGE_CLERK}),
    P.SEARCH_KEEP: ACTIVE,
    P.SERVICES_READ: frozenset({CLERK, STRANGE_CLERK}),
    P.SPECIAL_DAYS_EDIT: frozenset({CLERK, STRANGE_CLERK}),
    P.PROGRAM_ADMIT: ACTIVE,
    P.USERS_READ: frozenset({ADMINISTRATOR}),
    P.WIDENINGS_READ: frozenset({CLERK, STRANGE_CLERK}),
}


@dataclass
class Stage:
    """Every person and every object of the table."""

    people: dict[str, User]
    rows: dict[tuple[P, str], Any]


@pytest.fixture
def stage(session: Session, world: Any, installation: Any) -> Stage:
    people = {
        CLERK: world.clerk,
        DELEGATE: world.delegate,
        RESEARCHER: world.researcher,
        OUTSIDER: world.outsider,
        ADMINISTRATOR: world.administrator,
        STRANGE_CLERK: factories.user(session, (Role.CLERK, world.commune)),
        CLOSED_CLERK: factories.user(session, (Role.CLERK, world.province), active=False),
        KEEPER: factories.user(session, (Role.RECORD_KEEPER, world.province)),
        SECRETARY: factories.user(session, (Role.SECRETARY, world.office)),
        STRANGE_KEEPER: factories.user(session, (Role.RECORD_KEEPER, world.commune)),
    }
    documents = {state: factories.document(session, world.office) for state in DOCUMENTS}
    documents[RESTRICTED].access_level = AccessLevel.RESTRICTED
    released = {"released_at": clock.now()}
    papers = {
        DRAFT: lay(session, world.item, documents[DRAFT], released_at=None),
        RELEASED: lay(session, world.item, documents[RELEASED], **released),
        RECALLED: lay(session, world.item, documents[RECALLED], recalled_at=clock.now()),
        RESTRICTED: lay(session, world.item, documents[RESTRICTED], **released),
        PLANNED: lay(session, world.planned_item, documents[PLANNED], **released),
    }
    hour = timedelta(hours=1)
    papers[EARLY] = lay(session, world.item, documents[EARLY], readable_from=clock.now() + hour)
    papers[OVER] = lay(session, world.item, documents[OVER], readable_until=clock.now() - hour)
    for state, named in ((THEIRS, world.delegate), (OTHERS, world.other_delegate)):
        papers[state] = lay(session, world.item, documents[state], **released)
        reader = PaperReader(paper_id=papers[state].id, person_id=named.person_id)
        factories.add(session, reader)
    ways = {READ_ONLY: Taking.READ, TO_PRINT: Taking.PRINT, TO_DOWNLOAD: Taking.DOWNLOAD}
    for state, taking in ways.items():
        papers[state] = lay(session, world.item, documents[state], taking=taking)
    documents[IN_BIN].discarded_at = clock.now()
    for state in DOCUMENTS.keys() - {DRAFT, RECALLED, PLANNED, IN_BIN}:
        documents[state].archived_at = clock.now()
    meetings = {OPEN_MEETING: world.meeting, CLOSED_MEETING: world.planned_meeting}
    items = {OPEN_MEETING: world.item, CLOSED_MEETING: world.planned_item}
    pages = {state: page(session, installation, row) for state, row in documents.items()}
    copies = {
        "row": factories.taken_copy(
            session, world.delegate, document_id=documents[RELEASED].id, version_number=1
        ),
        "pack": factories.taken_copy(session, world.delegate, meeting_id=world.meeting.id),
    }
    feedback = Feedback(user_id=world.delegate.id, text="Chữ nhỏ quá")
    job = Job(kind="x", payload={}, dedupe_key="x", due_at=clock.now())
    tablet = factories.device(session, world.delegate)
    widening = factories.widening(session, world.office, world.outsider)
    note, sending = (
        factories.note(session, world.delegate),
        factories.sending(session, world.meeting, world.delegate),
    )
    comment = factories.comment(session, papers[RELEASED], world.delegate)
    factories.members_on(session)
    member = factories.member(session, world.office)
    factories.member(session, world.commune)
    room = factories.room(session, world.office)
    service = factories.service(session, world.meeting)
    scan = factories.dossier_scan(session, member, world.clerk)
    single = {
        P.MEMBER_CONFIRM: world.office,
        P.POINT_PREPARE: factories.bridge_point(session, world.meeting),
        P.SERVICE_DO: service,
        P.SERVICE_DROP: service,
        P.ROOM_KEEP: room,
        P.ROOM_READ: room,
        P.DOSSIER_CUT: scan,
        P.DOSSIER_FILL: member,
        P.DOSSIER_OPEN: scan,
        P.DOSSIER_PAGE: factories.dossier_page(session, scan),
        P.DOSSIER_READ: member,
        P.DOSSIERS_COUNT: world.office,
        P.DOSSIERS_EXPORT: world.office,
        P.DOSSIERS_TAKE: factories.dossier_package(session, world.office, world.clerk),
        P.MEMBER_CORRECT: factories.member_event(session, member, world.clerk),
        P.MEMBER_ENTER: world.office,
        P.MEMBER_LIST: world.office,
        P.MEMBER_RATE: world.office,
        P.MEMBER_READ: member,
        P.MEMBER_RECORD: member,
        P.MEMBER_REPORT: world.office,
        P.MEMBER_REVEAL: member,
        P.MEMBER_SEND: member,
        P.BODY_DISSOLVE: world.office,
        P.DISSOLUTION_KEEP: factories.dissolution(session, world.office, world.administrator),
        P.BODY_KEEP: world.office,
        P.BODY_READ: world.office,
        P.COMMENT_ANSWER: comment,
        P.COMMENT_CHANGE: comment,
        P.DESTRUCTION_CONFIRM: factories.destruction(
            session, documents[IN_BIN].id, factories.user(session)
        ),
        P.DEVICE_END: tablet,
        P.DEVICE_NEW_PIN: tablet,
        P.USER_DEVICES: world.delegate,
        P.FEEDBACK_READ: factories.add(session, feedback),
        P.JOB_RETRY: factories.add(session, job),
        P.JOB_CANCEL: job,
        P.MEETING_CREATE: world.office,
        P.MEETING_TEMPLATE_USE: factories.template(session, world.office),
        P.PARTICIPANT_PREPARE: factories.participant(
            session, world.planned_meeting, world.researcher.person
        ),
        P.NOTE_KEEP: note,
        P.NOTE_OPEN: sending,
        P.NOTE_SEND: note,
        P.NOTE_WITHDRAW: sending,
        P.PERSON_ACCOUNT: world.outsider.person,
        P.PERSON_KEEP: world.outsider.person,
        P.PERSON_READ: world.outsider.person,
        P.ARCHIVE_IMPORT: world.office,
        P.REGISTER_GAPS: world.office,
        P.SEARCH_DROP: factories.add(
            session, SavedSearch(user_id=world.delegate.id, words="đất đai")
        ),
        P.SIGN_IN_END: factories.sign_in(session, world.delegate),
        P.PROGRAM_END: factories.access_token(session, world.delegate),
        P.USER_MANAGE: world.outsider,
        P.WIDENING_AGREE: widening,
        P.WIDENING_REFUSE: widening,
    }
    dossiers = {
        state: factories.custody(session, member, world.commune, world.clerk, sent_at=moment)
        for state, moment in ((SEALED, None), (SENT, clock.now()))
    }
    many = {
        P.CUSTODY_READ: dossiers,
        P.CUSTODY_RECEIVE: dossiers,
        P.CUSTODY_SEND: dossiers,
        P.AGENDA_ITEM_NOTE: items,
        P.AGENDA_ITEM_PREPARE: items,
        P.AGENDA_ITEM_READ: items,
        P.MEETING_ANSWER: meetings,
        P.MEETING_FREE_ROOM: meetings,
        P.MEETING_LEAD: meetings,
        P.OPINION_GIVE: meetings,
        P.COPY_READ: copies,
        P.MEETING_PACK: meetings,
        P.MEETING_PREPARE: meetings,
        P.MEETING_READ: meetings,
        P.MEETING_INTAKE: meetings,
        P.MEETING_RELEASE: meetings,
        P.COMMENT_WRITE: papers,
        P.COMMENTS_OPEN: papers,
        P.COMMENTS_READ: papers,
        P.PAPER_ACCESS: papers,
        P.PAPER_RECALL: papers,
        P.PAPER_RELEASE: papers,
        P.PAGE_READ: pages,
        P.DESTRUCTION_ASK: documents,
        P.DOCUMENT_DISCARD: documents,
        P.DOCUMENT_RESTORE: documents,
        P.DOCUMENT_BOOKMARK: documents,
        P.DOCUMENT_FACTS: documents,
        P.DOCUMENT_PLAY: documents,
        P.DOCUMENT_ISSUE: documents,
        P.DOCUMENT_RELATE: documents,
        P.DOCUMENT_KEY: documents,
        P.DOCUMENT_FACTS: documents,
        P.DOCUMENT_MANIFEST: documents,
        P.DOCUMENT_DOWNLOAD: documents,
        P.DOCUMENT_ORIGINAL: documents,
        P.DOCUMENT_PRINT: documents,
        P.DOCUMENT_PREPARE: documents,
        P.DOCUMENT_READ: documents,
        P.DOCUMENT_READERS: documents,
    }
    rows = {(p, state): row for p, group in many.items() for state, row in group.items()}
    rows |= {(permission, "row"): row for permission, row in single.items()}
    session.flush()
    return Stage(people, rows)


def lay(session: Session, item: Any, document: Document, **changes: Any) -> AgendaPaper:
    return factories.paper(session, item, document, **changes)


def page(session: Session, installation: Any, document: Document) -> Any:
    keys, store = installation.keys, installation.store
    version = factories.version(session, keys, store, document, b"x", state=VersionState.READY)
    return factories.page(session, version)


def test_the_table_names_every_permission():
    assert ROWS.keys() | BARE.keys() == set(P)
    assert not ROWS.keys() & BARE.keys()


def test_the_table_is_what_the_policy_answers(session: Session, stage: Stage):
    cells = 0
    for permission, states in ROWS.items():
        for state, allowed in states.items():
            row = stage.rows[permission, state]
            for who, user in stage.people.items():
                cells += 1
                answer = policy.allows(session, user, permission, row)
                assert answer == (who in allowed), f"{who} {permission.value} {state}"
    for permission, allowed in BARE.items():
        for who, user in stage.people.items():
            cells += 1
            assert policy.allows(session, user, permission) == (who in allowed), (who, permission)
            assert (permission in policy.allowed(session, user, list(BARE))) == (who in allowed)
    print(f"{cells} cells of the expectation table hold")
    assert cells == len(PEOPLE) * (len(BARE) + sum(map(len, ROWS.values())))


def test_a_permission_about_rows_needs_a_row_and_one_about_none_takes_none(
    session: Session, stage: Stage
):
    administrator = stage.people[ADMINISTRATOR]
    assert not policy.allows(session, administrator, P.USER_MANAGE)
    assert not policy.allows(session, administrator, P.USERS_READ, administrator)


def test_a_restricted_paper_is_only_read_until_somebody_opens_it(session: Session, world: Any):
    """The level closes it by itself, also when it is raised after the release."""
    world.delegate.clearance = AccessLevel.RESTRICTED
    document = factories.document(session, world.office)
    paper = lay(session, world.item, document)

    def allowed() -> list[bool]:
        asked = (P.DOCUMENT_READ, P.DOCUMENT_PRINT, P.DOCUMENT_DOWNLOAD, P.DOCUMENT_ORIGINAL)
        session.flush()
        return [policy.allows(session, world.delegate, one, document) for one in asked]

    assert allowed() == [True, True, True, False]
    document.access_level = AccessLevel.RESTRICTED
    assert allowed() == [True, False, False, False]
    paper.taking = Taking.PRINT
    assert allowed() == [True, True, False, False]
    paper.taking, world.meeting.taking = Taking.DOWNLOAD, Taking.READ
    assert allowed() == [True, True, True, False]
    paper.taking = None
    document.access_level = AccessLevel.NORMAL
    assert allowed() == [True, False, False, False]


LISTS: dict[P, Callable[[User], Any]] = {
    P.AGENDA_ITEM_READ: policy.visible_items,
    P.BODY_READ: policy.readable_bodies,
    P.MEETING_CREATE: policy.callable_bodies,
    P.PERSON_READ: policy.readable_people,
    P.MEETING_FREE_ROOM: policy.freeable_meetings,
    P.MEETING_READ: policy.readable_meetings,
    P.ROOM_READ: policy.readable_rooms,
    P.SERVICE_DO: policy.readable_services,
    P.DOSSIERS_COUNT: policy.kept_registers,
    P.MEMBER_ENTER: policy.kept_registers,
    P.MEMBER_LIST: policy.listed_bodies,
    P.CUSTODY_READ: policy.readable_custodies,
    P.DISSOLUTION_KEEP: policy.readable_dissolutions,
    P.COPY_READ: policy.readable_copies,
    P.DOCUMENT_DOWNLOAD: policy.takeable_documents,
    P.DOCUMENT_READ: policy.readable_documents,
    P.USER_MANAGE: policy.readable_users,
    P.JOB_RETRY: policy.readable_jobs,
    P.FEEDBACK_READ: policy.readable_feedback,
    P.NOTE_KEEP: policy.readable_notes,
    P.NOTE_OPEN: policy.readable_received,
    P.NOTE_WITHDRAW: policy.readable_sent,
    P.SEARCH_DROP: policy.readable_searches,
    P.SIGN_IN_END: policy.readable_sign_ins,
    P.PROGRAM_END: policy.readable_tokens,
    P.WIDENING_REFUSE: policy.readable_widenings,
}


def test_lists_hold_exactly_the_rows_that_may_be_opened(session: Session, stage: Stage):
    for permission, listed in LISTS.items():
        table = policy.RULES[permission].table
        for user in stage.people.values():
            rows = session.scalars(select(table)).all()
            opened = {row.id for row in rows if policy.allows(session, user, permission, row)}
            assert {row.id for row in session.scalars(listed(user))} == opened


def test_participants_find_released_papers_and_the_office_finds_all(session: Session, stage: Stage):
    papers = {state: stage.rows[P.PAPER_RELEASE, state].id for state in PAPERS}
    expected = {
        CLERK: set(papers.values()) - {papers[RESTRICTED]},
        DELEGATE: {papers[state] for state in (RELEASED, THEIRS, READ_ONLY, TO_PRINT, TO_DOWNLOAD)},
        RESEARCHER: set(),
        OUTSIDER: set(),
        ADMINISTRATOR: set(),
        STRANGE_CLERK: set(),
        CLOSED_CLERK: set(),
        KEEPER: set(),
        SECRETARY: set(),
        STRANGE_KEEPER: set(),
    }
    for who, ids in expected.items():
        listed = session.scalars(policy.readable_papers(stage.people[who]))
        assert {paper.id for paper in listed} == ids, who


def test_the_fourteen_columns_are_for_the_keeper_and_the_secretary(session: Session, stage: Stage):
    ours, theirs = stage.rows[P.MEMBER_READ, "row"].body_id, stage.rows[P.MEMBER_LIST, "row"]
    expected = dict.fromkeys(PEOPLE, 0) | {KEEPER: 1, SECRETARY: 1, STRANGE_KEEPER: 1}
    assert ours == theirs.id
    for who, user in stage.people.items():
        listed = session.scalars(policy.readable_members(user)).all()
        assert len(listed) == expected[who], who
        assert all((member.body_id == ours) == (who != STRANGE_KEEPER) for member in listed)


def test_who_left_is_told_to_the_keeper_and_the_secretary_of_both_bodies(
    session: Session, stage: Stage
):
    """The record goes with the member; that they were there stays known where they were."""
    body = stage.rows[P.MEMBER_LIST, "row"]
    gone = factories.member(session, factories.body(session))
    factories.member_event(session, gone, factories.user(session), body_id=body.id)
    factories.member(session, factories.body(session))
    expected = {who: {gone.id} if who in {KEEPER, SECRETARY} else set() for who in PEOPLE}
    for who, user in stage.people.items():
        told = {member.id for member in session.scalars(policy.accounted_members(user))}
        assert told == expected[who], who
        assert gone.id not in {m.id for m in session.scalars(policy.readable_members(user))}


def test_the_members_of_a_body_are_those_whose_columns_one_may_see(
    session: Session, stage: Stage, world: Any
):
    below = {world.province: {world.province.id, world.office.id}}
    for body, user in product((world.province, world.office, world.commune), stage.people.values()):
        may = policy.allows(session, user, P.MEMBER_LIST, body)
        seen = session.scalars(policy.readable_members(user)).all()
        expected = {one for one in seen if one.body_id in below.get(body, {body.id}) and may}
        assert set(session.scalars(policy.members_listed(user, body.id))) == expected
        assert set(session.scalars(policy.members_listed(user, body.id, most=True))) == expected


def test_nobody_reaches_a_member_while_the_register_is_off(session: Session, stage: Stage):
    session.scalars(select(MemberApproval)).one().closed_at = clock.now()
    session.flush()
    named = ("member", "dossier", "custod")
    asked = [p for p in P if p.value.startswith(named) and p is not P.MEMBERS_SWITCH]
    assert len(asked) == 23
    for user in stage.people.values():
        for permission in asked:
            row = stage.rows.get((permission, "row"), stage.rows.get((permission, SENT)))
            assert not policy.allows(session, user, permission, row)
        assert session.scalars(policy.readable_members(user)).all() == []
        assert session.scalars(policy.accounted_members(user)).all() == []
        assert session.scalars(policy.readable_custodies(user)).all() == []
        assert session.scalars(policy.ways_of_dossiers(user)).all() == []
        ours = stage.rows[P.MEMBER_LIST, "row"]
        assert session.scalars(policy.members_listed(user, ours.id)).all() == []


def test_a_role_reaches_down_the_tree_and_never_up_or_aside(session: Session):
    root = factories.body(session)
    middle = factories.body(session, root)
    leaf = factories.body(session, middle)
    aside = factories.body(session, root)
    clerk = factories.user(session, (Role.CLERK, middle))
    assert {b.id for b in session.scalars(policy.callable_bodies(clerk))} == {middle.id, leaf.id}
    assert aside.id in {b.id for b in session.scalars(policy.readable_bodies(clerk))}


def test_every_permission_has_a_value_of_two_words():
    for permission in P:
        subject, deed = permission.value.split(":")
        assert subject
        assert deed
        assert isinstance(policy.RULES[permission], policy.Rule)


def test_nobody_reads_people_or_bodies_with_a_closed_account(session: Session, stage: Stage):
    closed = stage.people[CLOSED_CLERK]
    assert session.scalars(policy.readable_people(closed)).all() == []
    assert session.scalars(policy.readable_bodies(closed)).all() == []
    assert session.scalars(select(Person)).first() is not None
    assert session.scalars(select(Body)).first() is not None
