"""What an open reader hears and asks: which papers may be read, in which version."""

import pytest
from sqlalchemy import select

from meetings import clock, events
from meetings.agenda import services as agenda
from meetings.agenda.access import services as access
from meetings.documents.changes.queries import Compared
from meetings.documents.queries import current_version
from meetings.intake.comparison import Change, ChangeKind, Comparison, Piece
from meetings.models import AuditEntry, Event
from meetings.reader.watch.queries import first_changes
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


LATER = ("Nghị quyết số 03-NQ/TU về cải cách chế độ công vụ, dự toán 150 tỷ", *papers.TEXTS[1:])


def news(client, document, version):
    return client.get(f"/documents/{document.id}/news?version={version}&page=2")


def test_what_is_new_is_said_in_words_with_the_ways_to_it(
    installation, session, world, sign_in, document
):
    read = current_version(session, document).id
    session.commit()
    client = sign_in(world.delegate)
    assert news(client, document, read).status_code == 404
    papers.replaced(installation, document, papers.pdf(*LATER))
    page = news(client, document, read).text
    for words in ("Có bản mới", "Đồng chí vẫn đang đọc bản cũ", "150", "look=beside", "page=2"):
        assert words in page
    assert ask(client, document.id)[str(document.id)]["number"] > 1
    beside = client.get(f"/documents/{document.id}/changes?look=beside").text
    assert "Xem lần lượt" in beside
    assert '<div class="beside">' in beside


def test_no_news_of_a_version_that_never_lay_before_them(
    installation, session, world, sign_in, document
):
    other = papers.prepared(installation, world.office)
    elsewhere = current_version(session, other).id
    session.commit()
    papers.replaced(installation, document, papers.pdf(*LATER))
    client = sign_in(world.delegate)
    for version in (elsewhere, "no-name", ""):
        assert news(client, document, version).status_code == 404
    assert news(sign_in(world.outsider), document, elsewhere).status_code == 404


def test_changes_with_numbers_come_first_and_few_are_told():
    def change(words: str, *, numbers: bool = False) -> Change:
        piece = Piece("", words, has_numbers=numbers)
        return Change(ChangeKind.ADDED, None, 1, None, 1, (piece,))

    listed = [change(word) for word in "abc"] + [change("120 tỷ", numbers=True)]
    found = Compared(None, None, Comparison(tuple(listed), {}), {})
    assert [one.pieces[0].new for one in first_changes(found)] == ["120 tỷ", "a", "b"]
    assert first_changes(Compared(None, None, None, {})) == ()
