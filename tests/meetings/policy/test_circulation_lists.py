"""A list that joins what circulates lends none of its rows to the question who may read."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.models import (
    AgendaPaper,
    BodyKind,
    Document,
    Issue,
    IssueBody,
    IssueDraft,
    IssueReader,
    Reach,
)
from meetings.policy import Permission, allows, readable_documents
from tests import factories


@pytest.fixture
def member(session, world):
    """A person with a post in the office and no role."""
    account = factories.user(session)
    factories.post(session, account.person, world.office)
    return account


@pytest.fixture
def issued(session, world, member):
    """A document for each way to circulate, one that does not, and a draft."""

    def made(reach, **values):
        document = factories.document(session, world.province, archived_at=clock.now(), **values)
        return factories.add(session, Issue(document_id=document.id, reach=reach))

    issues = {reach: made(reach) for reach in Reach}
    bodies = issues[Reach.BODIES]
    factories.add(session, IssueBody(issue_id=bodies.id, body_id=world.office.id))
    factories.add(session, IssueBody(issue_id=bodies.id, body_id=world.commune.id))
    people = issues[Reach.PEOPLE]
    for who in (member, world.outsider):
        factories.add(session, IssueReader(issue_id=people.id, person_id=who.person_id))
    draft = factories.document(session, world.province, archived_at=clock.now())
    factories.add(session, IssueDraft(draft_id=draft.id, issue_id=bodies.id))
    plain = factories.document(session, world.province, archived_at=clock.now())
    session.commit()
    return {reach: issue.document_id for reach, issue in issues.items()} | {
        "draft": draft.id,
        "plain": plain.id,
    }


EXPECTED = {
    "member": {Reach.PARTY, Reach.BODIES, Reach.PEOPLE},
    "outsider": {Reach.PEOPLE},
    "researcher": {Reach.PARTY, "plain"},
    "administrator": set(),
    "clerk": {*Reach, "draft", "plain"},
}


@pytest.fixture
def people(world, member):
    return {name: member if name == "member" else getattr(world, name) for name in EXPECTED}


def named(issued, found):
    names = {identity: name for name, identity in issued.items()}
    return {names[each] for each in found if each in names}


@pytest.mark.parametrize("who", EXPECTED)
def test_each_way_to_circulate_reaches_whom_it_names(session, people, issued, who):
    query = readable_documents(people[who]).with_only_columns(Document.id)
    assert named(issued, session.scalars(query)) == EXPECTED[who]


@pytest.mark.parametrize("who", EXPECTED)
def test_the_list_and_the_single_answer_agree(session, people, issued, who):
    allowed = {
        name
        for name, identity in issued.items()
        if allows(session, people[who], Permission.DOCUMENT_READ, session.get(Document, identity))
    }
    assert allowed == EXPECTED[who]


@pytest.mark.parametrize("who", EXPECTED)
@pytest.mark.parametrize(
    ("table", "condition"),
    [
        (Issue, Issue.reach == Reach.PARTY),
        (IssueDraft, IssueDraft.draft_id.is_not(None)),
        (AgendaPaper, AgendaPaper.released_at.is_not(None)),
    ],
    ids=["issues", "drafts", "papers"],
)
def test_a_table_that_stands_beside_the_documents_changes_no_answer(
    session, people, world, issued, who, table, condition
):
    factories.paper(session, world.item, session.get(Document, issued["plain"]))
    session.commit()
    alone = set(session.scalars(readable_documents(people[who]).with_only_columns(Document.id)))
    rows = len(session.scalars(select(table).where(condition)).all())
    beside = readable_documents(people[who]).where(condition).with_only_columns(Document.id)
    found = session.scalars(beside.select_from(Document).join(table, condition)).all()
    assert set(found) == alone
    assert len(found) == rows * len(alone)


def test_a_paper_that_is_held_back_is_not_found_by_who_only_researches(session, world, issued):
    plain = session.get(Document, issued["plain"])
    later = clock.now() + timedelta(hours=1)
    factories.paper(session, world.item, plain, readable_from=later)
    session.commit()
    readable = set(session.scalars(readable_documents(world.researcher)))
    assert plain not in readable
    assert plain in set(session.scalars(readable_documents(world.clerk)))


def test_a_body_of_the_state_is_not_the_party(session, world, issued):
    state = factories.body(session, kind=BodyKind.STATE_BODY)
    official = factories.user(session)
    factories.post(session, official.person, state)
    session.commit()
    query = readable_documents(official).with_only_columns(Document.id)
    assert named(issued, session.scalars(query)) == set()
