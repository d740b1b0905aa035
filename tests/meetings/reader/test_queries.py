"""Opening a document at the right page, and marking the words that a search found."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings import vault
from meetings.models import DocumentVersion, VersionState
from meetings.reader import queries
from meetings.reader.services import remember
from search_index import fold, matching_words, parse
from tests import factories

DAY = timedelta(days=1)
VOCABULARY = ("Nghị", "quyết", "nghi", "436-KL/TU", "số:", "ngân", "sách", "(2026)", "—", "tờ")
TEXT = ["Nghị", "quyết", "về", "ngân", "sách", "nghị", "trường"]


@pytest.fixture
def document(session, installation, world):
    """Return a document with three pages, each with the same words."""
    document = factories.document(session, world.office)
    version = factories.version(
        session, installation.keys, installation.store, document, b"%PDF", page_count=3
    )
    key = vault.reading_key(installation.keys, version)
    words = json.dumps([{"text": text, "box": [0, 0, 1, 1]} for text in TEXT]).encode()
    stored = installation.store.put_bytes(words, key=key)
    for number in (3, 1, 2):
        factories.page(session, version, number=number, words=stored.digest)
    return document


@pytest.mark.parametrize(
    ("asked", "opened"), [(1, 1), (2, 2), (3, 3), (4, 3), (10**9, 3), (-1, 1), (None, 1)]
)
def test_the_page_opened_is_the_nearest_to_the_one_asked_for(
    session, world, document, asked, opened: int
):
    reading = queries.open_at(session, document, asked, by=world.delegate)
    assert (reading.number, reading.count) == (opened, 3)
    assert reading.page.number == opened


def test_pages_stand_in_their_order(session, world, document):
    reading = queries.open_at(session, document, 1, by=world.delegate)
    assert [page.number for page in reading.pages] == [1, 2, 3]


def test_a_document_opens_where_this_person_left_it(session, world, document):
    remember(session, document, 3, by=world.delegate)
    remember(session, document, 2, by=world.clerk)
    opened = {
        who: queries.open_at(session, document, None, by=getattr(world, who)).number
        for who in ("delegate", "clerk", "other_delegate")
    }
    assert opened == {"delegate": 3, "clerk": 2, "other_delegate": 1}


def test_a_place_belongs_to_one_document(session, world, document):
    other = factories.document(session, world.office)
    remember(session, other, 3, by=world.delegate)
    assert queries.open_at(session, document, None, by=world.delegate).number == 1


def test_the_page_asked_for_counts_more_than_the_one_remembered(session, world, document):
    remember(session, document, 3, by=world.delegate)
    assert queries.open_at(session, document, 2, by=world.delegate).number == 2


def test_a_remembered_page_that_a_new_version_lacks_becomes_the_last(session, world, document):
    remember(session, document, 99, by=world.delegate)
    assert queries.open_at(session, document, None, by=world.delegate).number == 3


def test_a_document_without_a_file_opens_at_its_first_page(session, world):
    document = factories.document(session, world.office)
    reading = queries.open_at(session, document, 7, by=world.delegate)
    assert (reading.version, reading.number, reading.count, reading.page) == (None, 1, 0, None)


def test_a_version_without_pages_still_has_a_place(session, installation, world):
    document = factories.document(session, world.office)
    factories.version(
        session,
        installation.keys,
        installation.store,
        document,
        b"torn",
        page_count=0,
        state=VersionState.FAILED,
    )
    reading = queries.open_at(session, document, 5, by=world.delegate)
    assert (reading.number, reading.page) == (1, None)
    assert isinstance(reading.version, DocumentVersion)


@pytest.fixture
def papers(session, world, document):
    """Return a released paper, one of a planned meeting, and one held back."""
    return SimpleNamespace(
        released=factories.paper(session, world.item, document),
        planned=factories.paper(session, world.planned_item, document),
        held_back=factories.paper(
            session, world.item, factories.document(session, world.office), released_at=None
        ),
    )


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("clerk", {"released", "planned", "held_back"}),
        ("delegate", {"released"}),
        ("other_delegate", {"released"}),
        ("researcher", set()),
        ("outsider", set()),
        ("administrator", set()),
    ],
)
def test_a_paper_is_told_only_to_those_who_may_see_it(session, world, papers, who: str, seen):
    by = getattr(world, who)
    found = {
        name: queries.paper_of(session, str(paper.id), by=by)
        for name, paper in vars(papers).items()
    }
    assert {name for name, paper in found.items() if paper} == seen
    assert all(found[name] is getattr(papers, name) for name in seen)


@pytest.mark.parametrize("given_text", ["", "nonsense", "0", "../..", "x" * 5000, "\x00"])
def test_what_is_no_identity_names_no_paper(session, world, papers, given_text: str):
    assert queries.paper_of(session, given_text, by=world.clerk) is None


def test_an_unknown_identity_names_no_paper(session, world, papers):
    assert queries.paper_of(session, str(factories.new_id()), by=world.clerk) is None


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("ngan sach", [3, 4]),
        ("Nghị", [0, 5]),
        ("quyet", [1]),
        ('"nghi truong"', [5, 6]),
        ("vắng", []),
        ("", []),
        ("   ", []),
    ],
)
def test_exactly_the_words_found_are_marked(
    session, installation, world, document, text: str, marked: list[int]
):
    page = queries.open_at(session, document, 2, by=world.delegate).page
    answer = queries.words_of(session, installation, page, text)
    assert [word["text"] for word in answer["words"]] == TEXT
    assert answer["hits"] == marked


@given(
    words=st.lists(st.sampled_from(VOCABULARY), max_size=30),
    text=st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3).map(" ".join),
)
def test_marks_are_places_of_words_in_order_and_without_repeats(words, text: str):
    query = parse(text)
    hits = matching_words(words, query) if query else []
    assert hits == sorted(set(hits))
    assert all(0 <= hit < len(words) for hit in hits)


@given(
    words=st.lists(st.sampled_from(("nghi", "quyet", "ngan", "sach")), max_size=30),
    sought=st.sampled_from(("nghi", "quyet", "ngan", "sach", "vang")),
)
def test_a_single_plain_word_is_marked_wherever_it_stands(words, sought: str):
    expected = [at for at, word in enumerate(words) if fold(word) == sought]
    assert matching_words(words, parse(sought)) == expected


@given(text=st.text(max_size=40), words=st.lists(st.text(max_size=12), max_size=12))
def test_no_text_marks_a_word_that_is_not_there(text: str, words):
    query = parse(text)
    hits = matching_words(words, query) if query else []
    assert set(hits) <= set(range(len(words)))
