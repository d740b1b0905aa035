"""Nothing that a reader sees depends on what is hidden from this reader."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import SearchIndex, parse
from tests.search_index.library import answers, document, found

WORDS = ["cầu", "cau", "đường", "duong", "nước"]
NAMES = [f"d{number}" for number in range(12)]
TEXTS = {
    name: [WORDS[at % 5], f"{WORDS[(at * 3 + 1) % 5]} {WORDS[(at + 2) % 5]}"]
    for at, name in enumerate(NAMES)
}
FOLDED = {"cầu": "cau", "đường": "duong", "nước": "nuoc"}


def make(folder, names):
    index = SearchIndex.open(folder)
    index.put(*(document(name, *TEXTS[name], issued_on=at) for at, name in enumerate(names)))
    return index


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return make(tmp_path_factory.mktemp("shelf") / "index", NAMES)


def matching(word, allowed):
    plain = FOLDED.get(word, word)
    return {
        name
        for name in set(allowed) & set(NAMES)
        if plain in {FOLDED.get(each, each) for text in TEXTS[name] for each in text.split()}
    }


@given(st.sets(st.sampled_from([*NAMES, "unknown"])), st.sampled_from(WORDS))
def test_exactly_the_allowed_matches_are_counted_and_shown(shelf, allowed, word):
    results = answers(shelf, word, allowed)
    assert {hit.document for hit in results.hits} == matching(word, allowed)
    assert results.total == len(results.hits) == len(matching(word, allowed))


@given(st.sets(st.sampled_from(NAMES)), st.sampled_from(WORDS), st.integers(1, 4))
def test_pages_of_results_put_together_are_the_whole(shelf, allowed, word, step):
    whole = answers(shelf, word, allowed).hits
    parts = [
        hit
        for at in range(0, len(NAMES), step)
        for hit in answers(shelf, word, allowed, limit=step, offset=at).hits
    ]
    assert parts == whole


@given(st.sets(st.sampled_from(NAMES)), st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_a_refusal_shows_only_allowed_documents(shelf, allowed, word, refused):
    expected = matching(word, allowed) - matching(refused, allowed)
    assert set(found(shelf, f"{word} -{refused}", allowed)) == expected


def test_nothing_allowed_is_nothing_found(shelf):
    assert answers(shelf, "cầu", []).total == 0
    assert answers(shelf, "cầu").total > 0


@pytest.mark.parametrize("typed", ["cầu", "duong", "nước OR cầu", "cau duong"])
def test_scores_are_those_of_an_index_without_the_hidden_documents(shelf, tmp_path, typed):
    shown = NAMES[::2]
    alone = SearchIndex.open(tmp_path / "alone")
    alone.put(*(document(name, *TEXTS[name], issued_on=NAMES.index(name)) for name in shown))
    hidden = shelf.search(parse(typed), allowed=shown)
    assert hidden.total > 0
    assert hidden == alone.search(parse(typed), allowed=shown)


@given(st.sets(st.sampled_from(NAMES)), st.sampled_from(WORDS))
def test_a_mask_over_the_documents_of_the_index_shows_what_their_ids_show(shelf, allowed, word):
    def mask(documents):
        return np.array([document in allowed for document in documents], np.bool_)

    by_mask, by_ids = answers(shelf, word, mask), answers(shelf, word, allowed)
    assert by_mask == by_ids
    assert by_mask.matching == by_ids.matching
    assert len(by_mask.matching) == by_mask.total
    assert all(name in by_mask.matching for name in by_mask.matching)
    assert "unknown" not in by_mask.matching
    among = shelf.search(parse(word), allowed=mask, among=lambda names: ~mask(names))
    assert (among.shown, among.hits, among.total) == (0, [], by_ids.total)
