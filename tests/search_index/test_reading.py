"""What one generation says to a query, as arrays."""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_index import IndexDamaged, SearchIndex, reading
from search_index.analysis import fold_key, pair_keys, tokens
from search_index.arrays.cache import SHARED
from search_index.reading import Snapshot, generation
from search_index.writing import Storage
from tests.search_index.library import document, found

LETTERS = ["ba", "bo", "bi"]


@pytest.fixture
def snapshot(index, folder):
    index.put(document("gone", "một hai ba bốn", symbol="7-KL/TU"))
    index.put(
        document(
            "first", "hai ba hai", "ba bốn", title="Một", symbol="7-KL/TU", issued_on=20240501
        ),
        document("second", "hai hai hai hai", version="9", symbol="70-QĐ/TU"),
    )
    index.remove("gone")
    return Snapshot(folder)


def test_a_document_is_a_head_and_its_pages(snapshot):
    known = snapshot.catalogue
    assert known.documents == ["first", "second"]
    assert known.versions == ["1", "9"]
    assert known.issued_on.tolist() == [20240501, 0]
    assert known.page.tolist() == [0, 1, 2, 0, 1]
    assert known.length.tolist() == [4, 3, 2, 3, 4]
    assert known.document_of.tolist() == [0, 0, 0, 1, 1]
    assert known.heads.tolist() == [0, 3]
    assert known.place == {"first": 0, "second": 1}


def test_a_list_holds_the_living_units_and_how_often_each_has_the_word(snapshot):
    postings = snapshot.postings("words", "hai")
    assert postings.units.tolist() == [1, 4]
    assert postings.counts.tolist() == [2, 4]


def test_a_word_of_the_title_is_in_the_head(snapshot):
    assert snapshot.postings("words", "mot").units.tolist() == [0]


def test_accents_have_lists_of_their_own(snapshot):
    assert snapshot.postings("words", "bon").units.tolist() == [2]
    assert snapshot.postings("exact", "bon").units.tolist() == []


@pytest.mark.parametrize("field", ["words", "exact", "pairs", "cites", "symbol"])
def test_what_is_not_there_has_an_empty_list(snapshot, field):
    postings = snapshot.postings(field, "vắng")
    assert postings.units.tolist() == postings.counts.tolist() == []
    assert snapshot.prefix(field, "vắng").units.tolist() == []


def test_numbers_are_found_by_their_beginning(snapshot):
    assert snapshot.prefix("symbol", "7").units.tolist() == [0, 3]
    assert snapshot.prefix("symbol", "7k").units.tolist() == [0]
    assert snapshot.postings("symbol", "7kltu").units.tolist() == [0]


def test_a_number_cited_in_a_page_is_a_list_of_pages(index, folder):
    index.put(document("citing", "Theo Nghị quyết số 09-NQ/TU.", "Trang hai", symbol="5-KH/TU"))
    index.put(document("noise", "Theo Nghị quyết số 19-NQ/TU."))
    snapshot = Snapshot(folder)
    assert snapshot.postings("cites", "9nqtu").units.tolist() == [1]
    assert snapshot.postings("cites", "5khtu").units.tolist() == []


def test_an_index_without_documents_has_empty_lists(index, folder):
    snapshot = Snapshot(folder)
    assert snapshot.catalogue.documents == []
    assert snapshot.postings("words", "hai").units.tolist() == []
    assert snapshot.phrase(("mot", "hai", "ba")).units.tolist() == []
    assert snapshot.prefix("symbol", "7").units.tolist() == []


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Every text of up to seven words that a small random walk makes, in two segments."""
    random = np.random.default_rng(3)
    texts = [" ".join(random.choice(LETTERS, size)) for size in range(1, 8) for _ in range(12)]
    folder = tmp_path_factory.mktemp("runs") / "index"
    index = SearchIndex.open(folder)
    for half in (texts[::2], texts[1::2]):
        index.put(*(document(text, text) for text in half))
    return Snapshot(folder)


@given(st.lists(st.sampled_from(LETTERS), min_size=2, max_size=5))
@settings(deadline=None)
def test_a_phrase_is_found_where_it_stands_and_nowhere_else(runs, sought):
    known = runs.catalogue
    units = runs.phrase(tuple(sought)).units
    assert units.tolist() == sorted(set(units.tolist()))
    found_in = {known.documents[known.document_of[unit]] for unit in units}
    assert found_in == {text for text in known.documents if f" {' '.join(sought)} " in f" {text} "}


def test_a_pair_counts_how_often_it_stands(index, folder):
    index.put(document("echo", "ban thường vụ ban thường"))
    assert Snapshot(folder).phrase(("ban", "thuong")).counts.tolist() == [2]


def test_a_snapshot_keeps_its_answers_whatever_is_committed(snapshot, index):
    before = snapshot.postings("words", "hai")
    index.remove("first")
    index.optimise()
    index.put(document("third", "hai"))
    SHARED.clear()
    after = snapshot.postings("words", "hai")
    assert after.units.tolist() == before.units.tolist()
    assert after.counts.tolist() == before.counts.tolist()
    assert snapshot.phrase(("hai", "ba", "hai")).units.tolist() == [1]


@pytest.fixture
def hurried_threads():
    """Threads take turns so often that two of them are within any one reading."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_threads_that_read_one_snapshot_read_the_same(index, folder, hurried_threads):
    words = [f"chu{number}" for number in range(40)]
    index.put(*(document(f"d{at:03}", " ".join(words[at % 40 :])) for at in range(400)))
    snapshot = Snapshot(folder)

    def count(word):
        return len(snapshot.postings("words", word).units)

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(count, words)) == list(range(10, 401, 10))


@pytest.mark.parametrize("commits", [7, 30])
def test_many_small_commits_are_merged_into_few_segments(index, folder, commits):
    for number in range(commits):
        index.put(document(f"d{number:02}", "giống nhau", f"riêng{number}"))
    assert len(list(folder.glob("*.seg"))) <= 8
    known = Snapshot(folder).catalogue
    assert sorted(known.documents) == [f"d{number:02}" for number in range(commits)]
    assert known.page.tolist() == [0, 1, 2] * commits


def test_merging_keeps_a_document_whole_and_drops_the_deleted(index, folder):
    for number in range(12):
        index.put(document(f"d{number % 5}", f"lần {number}", "phụ lục", version=str(number)))
    index.optimise()
    snapshot = Snapshot(folder)
    assert len(list(folder.glob("*.seg"))) == 1
    assert snapshot.catalogue.page.tolist() == [0, 1, 2] * 5
    assert dict(zip(snapshot.catalogue.documents, snapshot.catalogue.versions, strict=True)) == {
        "d0": "10",
        "d1": "11",
        "d2": "7",
        "d3": "8",
        "d4": "9",
    }
    assert snapshot.postings("words", "5").units.tolist() == []
    assert len(snapshot.postings("words", "phu").units) == 5


def test_a_large_segment_is_left_alone_by_small_commits(index, folder, monkeypatch):
    monkeypatch.setattr("search_index.merging._SMALLEST", 8)
    index.put(*(document(f"big{number:02}", "trang") for number in range(10)))
    (large,) = folder.glob("*.seg")
    for number in range(20):
        index.put(document(f"small{number:02}", "trang"))
    assert large.exists()
    assert len(index.versions()) == 30


def test_the_generation_grows_with_each_commit(index, folder):
    assert generation(folder) == 0
    index.put(document("one", "một"))
    index.put(document("two", "hai"))
    assert generation(folder) == 2
    assert generation(folder / "nowhere") == -1


def test_a_generation_taken_away_while_it_is_opened_is_asked_for_again(index, folder, monkeypatch):
    index.put(document("one", "một"))
    opened, open_file = [], Storage.open_file

    def late(storage, name, **options):
        opened.append(name)
        if len(opened) == 1:
            raise FileNotFoundError(name)
        return open_file(storage, name, **options)

    monkeypatch.setattr(Storage, "open_file", late)
    assert Snapshot(folder).catalogue.documents == ["one"]
    assert len(opened) > 2


def test_a_generation_that_never_comes_is_damage(index, folder, monkeypatch):
    monkeypatch.setattr(reading, "_PAUSE", 0.001)
    for toc in folder.glob("*.toc"):
        toc.unlink()
    began = time.monotonic()
    with pytest.raises(IndexDamaged, match="cannot be read"):
        Snapshot(folder)
    assert time.monotonic() - began < 1


def test_damage_found_in_the_middle_of_a_search_has_its_name(index, monkeypatch):
    index.put(document("one", "một hai ba"))
    assert found(index, "một") == ["one"]

    def broken(*_):
        raise EOFError

    monkeypatch.setattr("search_index.arrays.lists.Field.postings", broken)
    with pytest.raises(IndexDamaged, match="EOFError"):
        found(index, "hai")


def test_a_search_that_finds_no_news_reads_no_file(index, folder, monkeypatch):
    index.put(document("one", "một"))
    assert found(index, "một") == ["one"]

    def refuse(*_, **__):
        raise AssertionError

    monkeypatch.setattr(Storage, "open_file", refuse)
    assert found(index, "một") == ["one"]
    os.utime(folder)
    assert found(index, "một") == ["one"]


@given(st.text(st.sampled_from("aáđ _-,.9\n"), max_size=30))
def test_pairs_are_of_words_that_follow_one_another_whatever_stands_between(text):
    words = [fold_key(token.text) for token in tokens(text)]
    assert len(pair_keys(words)) == max(len(words) - 1, 0)
