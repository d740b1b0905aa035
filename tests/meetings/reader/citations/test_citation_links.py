"""Citations of a page open what its reader may read, and tell nothing of the rest."""

import pytest

from meetings import clock
from meetings.documents.queries import current_version, pages_of
from meetings.models import AccessLevel
from meetings.reader.citations.queries import links_on
from tests import factories, papers

WORDS = ["Căn", "cứ", "Kết", "luận", "số", "436-KL/TU", "của", "Tỉnh", "ủy"]


@pytest.fixture
def citing(session, world):
    document = factories.document(session, world.office, symbol="12-BC/TU")
    factories.paper(session, world.item, document)
    return document


@pytest.fixture
def cited(session, world):
    document = factories.document(session, world.office, symbol="436-KL/TU", title="Kết luận")
    factories.paper(session, world.item, document)
    return document


def links(session, citing, by) -> list[str]:
    return [one["document"] for one in links_on(session, citing, WORDS, by=by)]


def test_the_words_of_a_citation_open_the_document_that_is_meant(session, world, citing, cited):
    [link] = links_on(session, citing, WORDS, by=world.delegate)
    assert link["document"] == str(cited.id)
    assert link["name"] == "436-KL/TU · Kết luận"
    assert WORDS[link["last"]] == "436-KL/TU"
    assert link["first"] <= link["last"]


def test_what_is_not_there_is_no_link(session, world, citing):
    assert links(session, citing, world.delegate) == []
    assert links_on(session, citing, [], by=world.delegate) == []


def test_what_the_reader_may_not_read_leaves_no_trace(session, world, citing, cited):
    cited.access_level = AccessLevel.RESTRICTED
    session.flush()
    assert links(session, citing, world.delegate) == []
    assert links(session, citing, world.outsider) == []


def test_a_document_does_not_open_itself_and_one_in_the_bin_opens_not(
    session, world, citing, cited
):
    assert links(session, cited, world.delegate) == []
    cited.discarded_at = clock.now()
    session.flush()
    assert links(session, citing, world.clerk) == []


def test_the_words_of_a_page_come_with_their_links(installation, session, sign_in, world):
    made = papers.prepared(installation, world.office)
    document = session.merge(made)
    factories.paper(session, world.item, document)
    target = factories.document(session, world.office, symbol="436-KL/TU")
    factories.paper(session, world.item, target)
    pages = pages_of(session, current_version(session, document))
    session.commit()
    told = [
        sign_in(who).get(f"/pages/{pages[1].id}/words").json["links"]
        for who in (world.delegate, world.clerk)
    ]
    assert [[one["document"] for one in links] for links in told] == [[str(target.id)]] * 2
