"""The counter of changes: what the policy looks at is watched, and every write is counted."""

import importlib
from datetime import timedelta

import pytest
from sqlalchemy import Table, insert, inspect, select, text, update
from sqlalchemy.sql import visitors

from meetings import clock
from meetings.models import (
    EVERYTHING,
    AccessChange,
    AccessLevel,
    AgendaItem,
    Body,
    BodyKind,
    Document,
    Issue,
    IssueBody,
    IssueDraft,
    IssueReader,
    ItemReader,
    Meeting,
    MeetingState,
    PaperReader,
    Reach,
    Relation,
    RelationKind,
    Role,
    RoleAssignment,
    Term,
)
from meetings.policy import readable_documents
from tests import factories

FIRST, *LATER = (
    importlib.import_module(f"meetings.migrations.versions.{name}")
    for name in (
        "0024_what_changed_in_who_may_read",
        "0026_searches_narrowed_and_kept",
        "0029_how_a_meeting_is_prepared",
    )
)
WATCHED = {table: (deeds, columns) for table, deeds, columns, _ in FIRST.WATCHED}
for migration in LATER:
    for table, deeds, columns, _ in migration.WATCHED:
        known, _old = WATCHED.get(table, ((), ""))
        WATCHED[table] = (tuple(dict.fromkeys((*known, *deeds))), columns)


def test_every_table_that_decides_who_reads_is_watched():
    asked = {each.name for each in visitors.iterate(readable_documents()) if type(each) is Table}
    assert asked
    assert asked <= WATCHED.keys()


def test_every_column_that_decides_who_reads_is_watched():
    """Keys never change and titles decide nothing; all other columns of the rules are named."""
    rules = readable_documents().whereclause
    asked = {
        (each.table.name, each.name)
        for each in visitors.iterate(rules)
        if isinstance(getattr(each, "table", None), Table) and each.name != "id"
    }
    named = {
        (table, column) for table, (_, columns) in WATCHED.items() for column in columns.split(", ")
    }
    unchanging = {("meeting", "body_id"), ("document", "id")}
    assert asked - named - unchanging == set()
    assert len(asked) > 20


def test_every_watched_table_has_its_triggers(session):
    server = session.get_bind().dialect.name == "postgresql"
    names = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if server
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    there = {name.lower() for name in session.scalars(text(names))}
    wanted = {
        f"{table}_changes_access_{deed}".lower()
        for table, (deeds, _) in WATCHED.items()
        for deed in deeds
    }
    assert wanted <= there
    assert set(WATCHED) <= set(inspect(session.connection()).get_table_names())


@pytest.fixture
def changed(session, world):
    """Return whom and what was changed since it was last asked."""
    last = [0]

    def since():
        session.flush()
        query = select(AccessChange.subject, AccessChange.seq).where(AccessChange.seq > last[0])
        rows = session.execute(query).all()
        last[0] = max([last[0], *(seq for _, seq in rows)])
        return {subject for subject, _ in rows}

    since()
    return since


def test_a_document_and_its_circulation_tell_of_the_document(session, world, changed):
    document = factories.document(session, world.office)
    assert changed() == {document.id}
    document.title = "Tên khác"
    assert changed() == set(), "a title decides nothing"
    facts = {"access_level": AccessLevel.RESTRICTED, "issuer": "Ban", "symbol": "7-BC/TU"}
    for name, value in facts.items():
        setattr(document, name, value)
        assert changed() == {document.id}
    issue = factories.add(session, Issue(document_id=document.id, reach=Reach.BODIES))
    assert changed() == {document.id}
    issue.reach = Reach.PEOPLE
    assert changed() == {document.id}
    factories.add(session, IssueBody(issue_id=issue.id, body_id=world.office.id))
    assert changed() == {document.id}
    factories.add(session, IssueReader(issue_id=issue.id, person_id=world.delegate.person_id))
    assert changed() == {document.id}
    draft = factories.document(session, world.office)
    changed()
    factories.add(session, IssueDraft(draft_id=draft.id, issue_id=issue.id))
    assert changed() == {draft.id}
    session.delete(issue)
    assert changed() == {document.id, draft.id}, "what hangs on it goes with it"
    session.delete(draft)
    assert changed() == {draft.id}


def test_papers_and_meetings_tell_of_the_documents_laid_there(session, world, changed):
    document = factories.document(session, world.office)
    paper = factories.paper(session, world.item, document, released_at=None)
    changed()
    for name in ("released_at", "recalled_at", "readable_from", "readable_until"):
        setattr(paper, name, clock.now() + timedelta(hours=1))
        assert changed() == {document.id}
    paper.position = 4
    assert changed() == set()
    factories.add(session, PaperReader(paper_id=paper.id, person_id=world.delegate.person_id))
    assert changed() == {document.id}
    meeting = session.get_one(Meeting, world.meeting.id)
    meeting.revision += 1
    assert changed() == set()
    meeting.state = MeetingState.CLOSED
    assert changed() == {document.id}
    session.delete(paper)
    assert changed() == {document.id}


def test_people_are_told_of_by_what_they_are_given(session, world, changed):
    person = world.outsider.person
    part = factories.participant(session, world.meeting, person)
    assert changed() == {person.id}
    session.delete(part)
    assert changed() == {person.id}
    post = factories.post(session, person, world.office)
    assert changed() == {person.id}
    post.until = clock.today()
    assert changed() == {person.id}
    post.title = "Chánh Văn phòng"
    assert changed() == set()
    role = RoleAssignment(user_id=world.outsider.id, role=Role.CLERK, body_id=world.office.id)
    factories.add(session, role)
    assert changed() == {world.outsider.id}
    session.delete(role)
    assert changed() == {world.outsider.id}


def test_what_goes_too_far_is_told_of_as_everything(session, world, changed):
    name = ItemReader(item_id=world.item.id, person_id=world.delegate.person_id)
    factories.add(session, name)
    assert changed() == {EVERYTHING}
    session.get_one(AgendaItem, world.item.id).parent_id = world.planned_item.id
    assert changed() == {EVERYTHING}
    body = session.get_one(Body, world.commune.id)
    body.name = "Tên khác"
    assert changed() == set()
    body.kind = BodyKind.STATE_BODY
    assert changed() == {EVERYTHING}
    factories.body(session, body)
    assert changed() == set(), "in a new body nobody serves yet"


def test_a_relation_tells_of_what_it_is_done_to(session, world, changed):
    source, target, other = (factories.document(session, world.office) for _ in range(3))
    changed()
    kind = RelationKind.REPEALS
    relation = factories.add(session, Relation(source_id=source.id, target_id=target.id, kind=kind))
    assert changed() == {target.id}
    relation.target_id = other.id
    assert changed() == {target.id, other.id}


def test_a_term_tells_of_its_body(session, world, changed):
    term = factories.add(session, Term(body_id=world.office.id, starts_on=clock.today()))
    assert changed() == {world.office.id}
    term.starts_on -= timedelta(days=1)
    assert changed() == {world.office.id}
    session.delete(term)
    assert changed() == {world.office.id}


def test_statements_over_many_rows_are_counted_too(session, world, changed):
    made = [factories.document(session, world.office) for _ in range(3)]
    changed()
    session.execute(update(Document).values(signer="Lò Thị Mai"))
    assert changed() == {one.id for one in made}
    table = Body.__table__
    session.execute(insert(table).values(name="Chi bộ 9", kind=BodyKind.CELL))
    assert changed() == set()
    session.execute(update(Body).values(parent_id=None))
    assert changed() == {EVERYTHING}


def test_names_that_are_taken_off_again_are_counted(session, world, changed):
    document, draft = (factories.document(session, world.office) for _ in range(2))
    paper = factories.paper(session, world.item, document)
    issue = factories.add(session, Issue(document_id=document.id, reach=Reach.BODIES))
    person = {"person_id": world.delegate.person_id}
    told = {
        IssueBody(issue_id=issue.id, body_id=world.office.id): document.id,
        IssueReader(issue_id=issue.id, **person): document.id,
        IssueDraft(issue_id=issue.id, draft_id=draft.id): draft.id,
        PaperReader(paper_id=paper.id, **person): document.id,
        ItemReader(item_id=world.item.id, **person): EVERYTHING,
    }
    session.add_all(told)
    changed()
    for row, subject in told.items():
        session.delete(row)
        assert changed() == {subject}, row


def test_rows_that_are_given_to_another_tell_of_both(session, world, changed):
    first, second = (factories.document(session, world.office) for _ in range(2))
    issues = [
        factories.add(session, Issue(document_id=each.id, reach=Reach.PEOPLE))
        for each in (first, second)
    ]
    paper = factories.paper(session, world.item, first)
    part = factories.participant(session, world.meeting, world.outsider.person)
    name = factories.add(
        session, IssueReader(issue_id=issues[0].id, person_id=world.outsider.person_id)
    )
    changed()
    name.issue_id = issues[1].id
    assert changed() == {first.id, second.id}
    paper.document_id = second.id
    assert changed() == {first.id, second.id}
    part.person_id = world.clerk.person_id
    assert changed() == {world.outsider.person_id, world.clerk.person_id}
