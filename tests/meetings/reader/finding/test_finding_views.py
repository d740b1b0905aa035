"""Words within one document: every hit of every page, for those who may read it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.documents.queries import current_version, page_words
from meetings.intake.prepared import Word
from meetings.models import Document
from meetings.reader.finding import queries
from tests import factories, papers


@pytest.fixture
def document(installation, session, world) -> Document:
    """A released paper of three pages."""
    document = papers.prepared(installation, world.office)
    factories.paper(session, world.item, document)
    session.commit()
    return document


def found(client, document, text: str) -> list:
    answer = client.get(f"/documents/{document.id}/find", query_string={"q": text})
    assert answer.status_code == 200
    return answer.json["pages"]


def test_every_hit_is_told_with_its_page_and_its_first_word(installation, sign_in, world, document):
    client = sign_in(world.delegate)
    hits = found(client, document, "436-KL/TU")
    assert [one["page"] for one in hits] == [2]
    with installation.database.reading() as session:
        pages = queries.pages_of(session, current_version(session, document))
        words = page_words(installation, pages[1])
        assert [words[place]["text"] for place in hits[0]["hits"]] == ["436-KL/TU"]
    assert found(client, document, "436 kl tu") == hits


def test_accents_do_not_matter_and_a_phrase_is_one_hit(sign_in, world, document):
    client = sign_in(world.delegate)
    plain, accented = (found(client, document, text) for text in ("quyet", "quyết"))
    assert plain
    assert {one["page"] for one in accented} <= {one["page"] for one in plain}


@pytest.mark.parametrize("text", ["", "   ", '"', "khôngcóchữnày", "x" * 900])
def test_what_stands_nowhere_has_no_hits(sign_in, world, document, text: str):
    assert found(sign_in(world.delegate), document, text) == []


def test_nobody_searches_in_what_they_may_not_read(installation, sign_in, world, document):
    for user in (world.outsider, world.administrator):
        answer = sign_in(user).get(f"/documents/{document.id}/find?q=giay")
        assert answer.status_code == 404


def test_a_recalled_document_is_not_searched(installation, session, sign_in, world, document):
    current_version(session, document).reading_key = None
    session.commit()
    assert sign_in(world.clerk).get(f"/documents/{document.id}/find?q=436").status_code == 404


@given(st.lists(st.text(max_size=12), max_size=8))
def test_the_texts_of_words_are_read_as_they_were_kept(texts):
    words = [Word(text, 0.1, 0.2, 0.3, 0.4)._asdict() for text in texts]
    assert queries.texts_in(json.dumps(words, ensure_ascii=False)) == texts


def test_words_side_by_side_are_one_hit():
    assert list(queries.firsts([])) == []
    assert list(queries.firsts([2, 3, 4, 7, 9, 10])) == [2, 7, 9]
