"""Totals, counts, order, access and pages of what the collector finds."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.fields import NUMERIC, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from search_index.arrays import ArrayCollector, ArrayWriter, Keys, Layout, Wanted, Words
from search_index.arrays.cache import Cache
from tests.search_index.arrays import shelves
from tests.search_index.arrays.shelves import COMMON, ask, names

GONE = {"d0001", "d0090", "d0120"}


@pytest.fixture(scope="module")
def rows():
    random = Random(11)
    return [shelves.rows(random, 80), shelves.rows(random, 50, 80), shelves.rows(random, 9, 130)]


@pytest.fixture(scope="module")
def index(rows, tmp_path_factory):
    made = shelves.arrays(tmp_path_factory.mktemp("collector") / "index", *rows)
    shelves.remove(made, *GONE)
    return made


@pytest.fixture(scope="module")
def living(rows):
    return [row for batch in rows for row in batch if row["id"][0] not in GONE]


def having(living, word):
    return [row for row in living if word in row["words"]]


@pytest.mark.parametrize("word", [*COMMON, "ten3", "nowhere"])
def test_counts_are_of_every_match_not_of_the_best(index, living, word):
    found = ask(index, query.Term("words", word), counted=("kind",), limit=2)
    matching = having(living, word)
    assert found.total == found.count() == len(matching)
    assert found.counts["kind"] == Counter(row["kind"][0] for row in matching)
    assert len(found.items) == min(2, len(matching))


def test_counts_of_a_field_that_no_document_has_are_empty(tmp_path):
    index = shelves.arrays(tmp_path / "index", [{"id": ["a"], "words": ["ban"]}])
    found = ask(index, query.Term("words", "ban"), counted=("kind", "group"))
    assert found.counts == {"kind": Counter(), "group": Counter()}


@pytest.mark.parametrize("word", [*COMMON[:4], "ten3"])
def test_by_date_the_newest_come_first_equal_days_by_id(index, living, word):
    expected = sorted(having(living, word), key=lambda row: (-row["day"], row["id"][0]))
    asked = query.Term("words", word)
    assert names(index, asked, by_date=True) == [row["id"][0] for row in expected]
    few = ask(index, asked, by_date=True, limit=5)
    assert [item.date for item in few.items] == [row["day"] for row in expected[:5]]


def test_equal_scores_come_newest_first_then_by_id(index, living):
    expected = sorted(living, key=lambda row: (-row["day"], row["id"][0]))
    assert names(index, query.Every(), limit=30) == [row["id"][0] for row in expected[:30]]


@given(st.sets(st.sampled_from("1234"), min_size=1), st.sampled_from(COMMON[:4]))
@settings(deadline=None)
def test_only_what_is_allowed_is_found_and_counted(index, living, groups, word):
    allowed = query.Or([query.Term("group", group) for group in sorted(groups)])
    found = ask(index, query.Term("words", word), allowed=allowed, counted=("kind",))
    expected = [row for row in having(living, word) if groups & set(row["group"])]
    assert {item.name for item in found.items} == {row["id"][0] for row in expected}
    assert found.total == len(expected)
    assert found.counts["kind"] == Counter(row["kind"][0] for row in expected)


@given(st.integers(1, 40), st.sampled_from(COMMON[:3]))
@settings(deadline=None)
def test_a_limit_cuts_the_same_order(index, limit, word):
    asked = query.Or([query.Term("words", word), query.Term("words", "ban")])
    assert names(index, asked, limit=limit) == names(index, asked)[:limit]


def test_whoosh_gets_its_own_results(index):
    with index.searcher() as searcher:
        collector = ArrayCollector(Wanted(3, layout=shelves.LAYOUT), cache=Cache())
        searcher.search_with_collector(query.Term("words", "ban"), collector)
        results = collector.results()
        assert [hit["head"] for hit in results] == [int(i.name[1:]) for i in collector.items]
        assert [hit.docnum for hit in results] == collector.all_ids()


def test_an_index_without_documents_answers_nothing(tmp_path):
    found = ask(shelves.arrays(tmp_path / "index"), query.Term("words", "ban"), counted=("kind",))
    assert (found.total, found.items) == (0, [])


def test_a_later_generation_shows_what_was_deleted_meanwhile(tmp_path):
    index = shelves.arrays(tmp_path / "index", shelves.rows(Random(1), 30))
    before = names(index, query.Every())
    shelves.remove(index, "d0004")
    assert names(index, query.Every()) == [name for name in before if name != "d0004"]
    shelves.remove(index, "d0005", "d0006")
    assert len(names(index, query.Every())) == 27


def test_hidden_documents_change_no_answer(rows, tmp_path):
    """Two indexes that differ in what is hidden only, in other segments, answer byte for byte."""
    visible = [row for batch in rows for row in batch if "1" in row["group"]]
    hidden = [row for batch in rows for row in batch if "1" not in row["group"]]
    alone = shelves.arrays(tmp_path / "alone", visible)
    mixed = shelves.arrays(tmp_path / "mixed", hidden[:20] + visible[:9], visible[9:] + hidden[20:])
    random = Random(3)
    allowed = query.Term("group", "1")
    for _ in range(150):
        one, two, three = (query.Term("words", random.choice(COMMON)) for _ in range(3))
        asked = random.choice(
            [
                one,
                query.And([one, two]),
                query.Or([one, two, query.Term("words", "ten4")]),
                query.AndMaybe(one, query.And([two, three])),
                query.Phrase("words", [one.text, two.text]),
                query.Prefix("words", one.text[:2]),
                query.And([one, query.NumericRange("day", 20240101, 20250101)]),
            ]
        )
        wanted = {"allowed": allowed, "counted": ("kind",), "limit": random.choice([3, 20])}
        answers = [ask(index, asked, **wanted) for index in (alone, mixed)]
        told = [(a.total, a.counts, [(i.name, i.score, i.date) for i in a.items]) for a in answers]
        assert repr(told[0]) == repr(told[1])


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Units that are pages, side by side; `number` tells them apart."""
    folder = tmp_path_factory.mktemp("pages") / "index"
    folder.mkdir()
    schema = Schema(id=Keys(), words=Words(), day=NUMERIC(sortable=True, bits=32))
    index = FileIndex.create(FileStorage(str(folder)), schema, "MAIN")
    texts = [
        {"a": ["ban ban xa", "ban", "vu"], "b": ["vu vu", "ban " * 5]},
        {"c": ["xa", "xa", "ban xa"], "d": ["vu"]},
    ]
    for batch in texts:
        writer = ArrayWriter(index)
        for name, each in batch.items():
            for text in each:
                writer.add_document(id=[name], words=text.split(), day=1)
        writer.commit(merge=False)
    return index


@pytest.mark.parametrize(
    ("word", "expected"),
    [("ban", {"a": 0, "b": 4, "c": 7}), ("vu", {"a": 2, "b": 3, "d": 8}), ("xa", {"a": 0, "c": 5})],
)
def test_each_document_is_found_once_at_its_best_page(pages, word, expected):
    found = ask(pages, query.Term("words", word), layout=Layout("id", grouped=True))
    assert found.total == len(expected)
    assert {item.name: item.number for item in found.items} == expected


def test_pages_alike_are_answered_by_the_first(pages):
    found = ask(pages, query.Every(), layout=Layout("id", grouped=True))
    assert {item.name: item.number for item in found.items} == {"a": 0, "b": 3, "c": 5, "d": 8}
