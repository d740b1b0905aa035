"""What an open reader hears and asks: which papers may be read, in which version."""

import pytest
from sqlalchemy import select

from meetings import clock, events
from meetings.agenda import services as agenda
from meetings.agenda.access import services as access
from meetings.documents.queries import current_version
from meetings.models import AuditEntry, Event
from tests import factories, papers


@pytest.fixture
def document(installation, session, world):
    """A released paper; another that nobody laid lies beside it."""
    papers.prepared(installation, world.office)
    document = session.merge(papers.prepared(installation, world.office))
    factories.paper(session, world.item, document)
    session.commit()
    return document


def told(session, document, kind=events.ACCESS) -> int:
    topic = events.document_topic(document.id)
    query = select(Event).where(Event.topic == topic, Event.kind == kind)
    return len(session.scalars(query).all())


def ask(client, *named: object) -> dict:
    return client.get(f"/reader/standing?documents={','.join(map(str, named))}").json


def test_only_what_may_be_read_is_told_of_and_refusals_leave_no_line(
    session, world, sign_in, document
):
    hidden = factories.document(session, world.office)
    session.commit()
    delegate, outsider = sign_in(world.delegate), sign_in(world.outsider)
    found = ask(delegate, document.id, hidden.id, "no-name", "")
    version = current_version(session, document)
    session.rollback()
    assert found == {str(document.id): {"version": str(version.id), "number": 1, "ready": True}}
    assert ask(outsider, document.id) == {}
    refused = session.scalars(select(AuditEntry.action).where(AuditEntry.actor_id.is_not(None)))
    assert "account:use" not in refused.all()


def test_a_recall_tells_the_open_readers_and_they_may_not_go_on(session, world, sign_in, document):
    client = sign_in(world.delegate)
    paper = agenda.lay_paper(session, session.merge(world.item), document)
    agenda.recall_paper(session, paper, by=None)
    assert told(session, document) == 1
    session.commit()
    assert ask(client, document.id) == {}


def test_whoever_is_named_no_longer_is_told_too(session, world, document):
    item = session.merge(world.item)
    paper = agenda.lay_paper(session, item, document)
    access.set_readers(session, paper, {world.other_delegate.person_id})
    access.set_readers(session, item, {world.other_delegate.person_id})
    access.set_window(session, paper, start=None, end=clock.now())
    assert told(session, document) == 3


def test_a_prepared_version_is_told_of(session, document):
    assert told(session, document, "version") == 1


@pytest.mark.parametrize("who", ["outsider", "administrator"])
def test_strangers_hear_nothing(world, sign_in, document, who):
    address = f"/documents/{document.id}/live"
    assert sign_in(getattr(world, who)).get(address).status_code == 404


def test_a_reader_gets_a_stream(world, sign_in, document):
    with sign_in(world.delegate).get(f"/documents/{document.id}/live") as answer:
        assert answer.mimetype == "text/event-stream"
