"""What Whoosh asks of a codec is answered from the arrays."""

import pytest
from whoosh import query
from whoosh.matching import ReadTooFar
from whoosh.reading import TermNotFound

from tests.search_index.arrays import shelves

ROWS = [
    {"id": ["a"], "words": ["ban", "xa", "ban"], "kind": ["kl"], "day": 20240101},
    {"id": ["b"], "words": ["xa"], "kind": ["bc"], "day": 20250101},
    {"id": ["c"], "words": ["vu", "xa", "ban"], "kind": ["kl"], "day": 20240301},
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return shelves.arrays(tmp_path_factory.mktemp("codec") / "index", ROWS)


@pytest.fixture
def reader(index):
    with index.reader() as opened:
        yield opened


def test_terms_are_told_of_as_in_any_index(reader):
    assert ("words", "ban") in reader
    assert ("words", "bến") not in reader
    assert ("pairs", "xa_ban") in reader
    assert reader.doc_frequency("words", "xa") == 3
    assert reader.frequency("words", "ban") == 3
    assert reader.doc_frequency("words", "vắng") == reader.frequency("words", "vắng") == 0
    info = reader.term_info("words", "ban")
    assert (info.doc_frequency(), info.max_weight(), info.min_id(), info.max_id()) == (2, 2, 0, 2)
    with pytest.raises(TermNotFound):
        reader.term_info("words", "vắng")
    with pytest.raises(TermNotFound):
        reader.postings("words", "vắng")


def test_terms_are_listed_in_order(reader):
    assert list(reader.lexicon("words")) == [b"ban", b"vu", b"xa"]
    assert list(reader.lexicon("pairs")) == [b"ban_xa", b"vu_xa", b"xa_ban"]
    assert list(reader.expand_prefix("kind", "b")) == [b"bc"]
    assert {"words", "pairs", "kind", "day"} <= set(reader.indexed_field_names())
    assert ("words", b"vu") in set(reader.all_terms())
    assert dict(reader.iter_field("kind")).keys() == {b"bc", b"kl"}
    assert len(list(reader)) >= 11


def test_numbers_stay_whooshs_own(reader):
    assert list(reader.column_reader("day")) == [20240101, 20250101, 20240301]
    cursor = reader.cursor("day")
    assert cursor.is_valid()


@pytest.mark.parametrize("field", ["words", "pairs"])
def test_a_cursor_walks_over_the_terms(reader, field):
    cursor = reader.cursor(field)
    seen = []
    while cursor.is_valid():
        seen.append(cursor.text().encode())
        cursor.next()
    assert seen == list(reader.lexicon(field))
    assert cursor.text() is None
    assert cursor.first() == seen[0].decode()
    assert cursor.find(seen[1]) == cursor.find(seen[1].decode()) == seen[1].decode()
    assert cursor.find(b"zzz") is None


def test_a_matcher_goes_through_a_list_step_by_step(reader):
    matcher = reader.postings("words", "ban")
    assert list(matcher.all_ids()) == [0, 2]
    assert (matcher.id(), matcher.weight(), matcher.value_as("positions")) == (0, 2.0, [0, 2])
    twin = matcher.copy()
    matcher.next()
    assert (matcher.id(), matcher.value_as("positions")) == (2, [2])
    assert twin.id() == 0
    matcher.reset()
    matcher.skip_to(1)
    assert matcher.id() == 2
    matcher.skip_to(9)
    assert not matcher.is_active()
    with pytest.raises(ReadTooFar):
        matcher.skip_to(10)
    assert not matcher.supports_block_quality()
    assert reader.postings("kind", "kl").value() == b""


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (query.Wildcard("words", "?a*"), "abc"),
        (query.TermRange("words", "b", "c"), "ac"),
        (query.Phrase("words", ["ban", "ban"], slop=2), "a"),
        (query.spans.SpanFirst(query.Term("words", "vu")), "c"),
        (query.NumericRange("day", 20240201, 20250101), "bc"),
    ],
    ids=str,
)
def test_queries_that_no_array_knows_run_on_whooshs_matchers(index, asked, expected):
    assert sorted(shelves.names(index, asked)) == list(expected)


def test_a_search_without_the_collector_is_an_ordinary_one(index):
    with index.searcher() as searcher:
        assert len(searcher.search(query.Term("words", "ban"))) == 2
        assert len(searcher.search(query.Phrase("words", ["xa", "ban"]))) == 2
