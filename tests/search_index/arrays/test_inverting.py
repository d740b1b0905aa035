"""Documents become lists, and parts that follow one another become one."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_index.arrays.flat import without
from search_index.arrays.inverting import Inverted, Inverter, compact, merged

WORDS = ["ban", "xa", "vu", "huyện", "z"]
texts = st.lists(st.sampled_from(WORDS), max_size=8)
shelves_of = st.lists(texts, max_size=6)


def inverted(documents, first=0):
    inverter = Inverter(placed=True, paired=True)
    for number, words in enumerate(documents, first):
        assert inverter.add(number, words) == len(words)
    return inverter.inverted()


def lists_of(part: Inverted):
    """Return for each word its documents, each with the places of the word."""
    told, place = {}, 0
    for at, key in enumerate(part.lists.keys.tolist()):
        docs = {}
        for row in range(int(part.lists.rows[at]), int(part.lists.rows[at + 1])):
            count = int(part.lists.counts[row])
            docs[int(part.lists.docs[row])] = part.lists.places[place : place + count].tolist()
            place += count
        told[part.keys[key].decode()] = docs
    return told


def pairs_of(part: Inverted):
    """Return for each pair of neighbours its documents, each with how often it is there."""
    told = {}
    for at, key in enumerate(part.pairs.keys.tolist()):
        words = part.keys[key >> 32].decode(), part.keys[key & 0xFFFFFFFF].decode()
        rows = range(int(part.pairs.rows[at]), int(part.pairs.rows[at + 1]))
        told[words] = {int(part.pairs.docs[row]): int(part.pairs.counts[row]) for row in rows}
    return told


def words_by_hand(documents, first=0):
    told = {}
    for number, words in enumerate(documents, first):
        for place, word in enumerate(words):
            told.setdefault(word, {}).setdefault(number, []).append(place)
    return told


def pairs_by_hand(documents, first=0):
    told = {}
    for number, words in enumerate(documents, first):
        for two in pairwise(words):
            docs = told.setdefault(two, {})
            docs[number] = docs.get(number, 0) + 1
    return told


@given(shelves_of)
def test_words_have_their_documents_and_places(documents):
    assert lists_of(inverted(documents)) == words_by_hand(documents)


@given(shelves_of)
def test_neighbours_have_their_documents_and_counts(documents):
    assert pairs_of(inverted(documents)) == pairs_by_hand(documents)


@given(shelves_of)
def test_keys_are_in_the_order_of_their_bytes(documents):
    part = inverted(documents)
    assert part.keys == sorted(word.encode() for word in {w for d in documents for w in d})


@given(st.lists(shelves_of, min_size=1, max_size=4))
@settings(deadline=None)
def test_parts_that_follow_one_another_are_what_one_writer_would_make(shelves):
    parts, first = [], 0
    for documents in shelves:
        parts.append(inverted(documents, first))
        first += len(documents)
    whole = merged(parts)
    together = [words for documents in shelves for words in documents]
    assert lists_of(whole) == words_by_hand(together)
    assert pairs_of(whole) == pairs_by_hand(together)
    assert whole.keys == inverted(together).keys


@given(shelves_of, st.sets(st.integers(0, 5)))
def test_words_without_a_document_are_dropped_with_their_numbers(documents, gone):
    part = inverted(documents)
    left = [number for number in range(6) if number not in gone]
    renumbered = np.array([left.index(n) if n in left else -1 for n in range(6)])
    pairs = without(part.pairs, renumbered)
    small = compact(Inverted(part.keys, without(part.lists, renumbered), pairs))
    kept = [words for number, words in enumerate(documents) if number not in gone]
    assert lists_of(small) == words_by_hand(kept)
    assert pairs_of(small) == pairs_by_hand(kept)
    assert small.keys == inverted(kept).keys


def test_a_whole_part_is_returned_as_it_is():
    part = inverted([["ban", "xa"]])
    assert merged([part]) is part
    assert compact(part) is part


@pytest.mark.parametrize(("placed", "paired"), [(False, False), (True, False), (False, True)])
def test_places_and_pairs_are_kept_only_where_they_are_asked_for(placed, paired):
    inverter = Inverter(placed=placed, paired=paired)
    inverter.add(3, ["ban", "xa", "ban"])
    part = inverter.inverted()
    assert part.lists.counts.tolist() == [2, 1]
    assert (part.lists.places is not None) is placed
    assert (part.pairs is not None) is paired


def test_neighbours_end_where_a_document_ends():
    part = inverted([["ban", "xa"], ["vu", "ban"], [], ["xa"]])
    assert set(pairs_of(part)) == {("ban", "xa"), ("vu", "ban")}
