"""A program is told exactly what its person may see in the product, whoever the person is."""

import msgspec
import pytest
from sqlalchemy import delete, select

from meetings.models import AccessLevel, AgendaPaper, Document, Meeting, RoleAssignment
from meetings.policy import readable_documents, readable_meetings, readable_papers
from tests import factories, papers

AT = "/api/v1"
WHO = ["clerk", "delegate", "other_delegate", "researcher", "outsider", "administrator"]


@pytest.fixture
def laid(installation, session, world):
    """Papers that are out, that wait, that are too secret for some, and of another office."""
    out = papers.prepared(installation, world.office)
    factories.paper(session, world.item, out)
    waiting = factories.document(session, world.office, title="Chưa phát hành")
    factories.paper(session, world.item, waiting, released_at=None)
    secret = factories.document(
        session, world.office, title="Hạn chế", access_level=AccessLevel.RESTRICTED
    )
    factories.paper(session, world.item, secret)
    elsewhere = factories.meeting(session, factories.body(session), title="Cuộc họp nơi khác")
    noise = factories.document(session, elsewhere.body, title="Tài liệu nơi khác")
    factories.paper(session, factories.item(session, elsewhere), noise)
    session.commit()
    return [out.id, waiting.id, secret.id, noise.id]


def ids(answer) -> set[str]:
    """Return the last part of every address in a list."""
    assert answer.status_code == 200
    return {row["id"].rsplit("/", 1)[-1] for row in msgspec.json.decode(answer.data)["data"]}


@pytest.fixture(params=WHO)
def person(request, world):
    return getattr(world, request.param)


def test_the_meetings_of_a_program_are_those_of_its_person(session, sign_in, person, laid):
    told = ids(sign_in(person).get(f"{AT}/meetings"))
    own = session.scalars(readable_meetings(person).with_only_columns(Meeting.id))
    assert told == set(map(str, own))


def test_the_papers_of_a_program_are_those_of_its_person(session, sign_in, person, laid):
    told = ids(sign_in(person).get(f"{AT}/papers"))
    before = readable_papers(person).with_only_columns(AgendaPaper.document_id)
    own = readable_documents(person).where(Document.id.in_(before)).with_only_columns(Document.id)
    assert told == set(map(str, session.scalars(own)))


def test_what_is_in_no_list_is_at_no_address_either(session, sign_in, person, laid):
    client = sign_in(person)
    own = set(session.scalars(readable_documents(person).with_only_columns(Document.id)))
    session.rollback()
    for paper in laid:
        expected = 200 if paper in own else 404
        assert client.get(f"{AT}/papers/{paper}").status_code == expected
        if expected == 404:
            assert client.get(f"{AT}/files/{paper}").status_code == 404
            assert client.get(f"{AT}/files/{paper}/download").status_code == 404


def test_a_meeting_and_its_items_are_closed_together(session, sign_in, person, laid, world):
    client = sign_in(person)
    own = set(session.scalars(readable_meetings(person).with_only_columns(Meeting.id)))
    every = session.execute(select(Meeting.id)).scalars().all()
    session.rollback()
    for meeting in every:
        expected = 200 if meeting in own else 404
        assert client.get(f"{AT}/meetings/{meeting}").status_code == expected


def test_a_role_that_is_taken_ends_what_a_program_sees_at_once(session, sign_in, world, laid):
    client = sign_in(world.clerk)
    assert str(world.planned_meeting.id) in ids(client.get(f"{AT}/meetings"))
    session.execute(delete(RoleAssignment).where(RoleAssignment.user_id == world.clerk.id))
    session.commit()
    assert str(world.planned_meeting.id) not in ids(client.get(f"{AT}/meetings"))


def test_a_closed_account_ends_its_tokens_at_once(session, sign_in, world, laid):
    client = sign_in(world.delegate)
    assert client.get(f"{AT}/meetings").status_code == 200
    session.rollback()
    world.delegate.active = False
    session.commit()
    assert client.get(f"{AT}/meetings").status_code == 401
