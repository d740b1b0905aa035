"""What a part of a question is worth depends on its page and on public text alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import listing
from search_index.listing import Frequent, Seldom, Weight, listed
from search_index.query import Accented, Cites, Issued, Phrase, Prefix, Symbol, Word
from search_index.reading import Snapshot
from tests.search_index.library import document

SIZE = 40


@pytest.fixture
def source(index, folder):
    index.put(
        document("plan", "rừng xanh, rừng rộng", "núi", title="Rừng", issued_on=20240520),
        document("other", "Theo Nghị quyết số 09-NQ/TU", symbol="7-KL/TU", issued_on=20250101),
    )
    return Snapshot(folder)


def words(*folded):
    return tuple(map(Word.of, folded))


@pytest.mark.parametrize(
    ("leaf", "units"),
    [
        (Word.of("rung"), [0, 1]),
        (Accented(Word.of("rừng").exact), [0, 1]),
        (Phrase(words("rung", "rong")), [1]),
        (Phrase(words("rung", "xanh", "rung")), [1]),
        (Symbol("7k"), [3]),
        (Cites("9nqtu"), [4]),
        (Prefix("ru"), [0, 1]),
        (Issued(20240101, 20241231), [0]),
        (Word.of("vắng"), []),
    ],
)
def test_each_kind_of_part_is_found_where_it_stands(source, leaf, units):
    found = listed(source, leaf)
    assert found.units.tolist() == units
    assert len(found.worth) == len(units)
    assert (found.worth > 0).all()


def test_a_word_of_the_law_is_worth_less_than_one_that_no_law_has(source, index, folder):
    index.put(document("third", "luật của núi"))
    source = Snapshot(folder)
    law, hill = (listed(source, Word.of(word)).worth[-1] for word in ("luật", "núi"))
    assert law < hill


@pytest.mark.parametrize("leaf", [Prefix("ru"), Issued(20240101, 20251231)])
def test_a_beginning_and_a_day_are_worth_the_same_wherever_they_are(source, leaf):
    assert len(set(listed(source, leaf).worth.tolist())) == 1


def test_a_phrase_is_as_telling_as_the_rarest_of_its_pairs(source):
    longer = listed(source, Phrase(words("rung", "xanh", "rung")))
    shorter = listed(source, Phrase(words("rung", "xanh")))
    assert longer.worth[0] >= shorter.worth[0]


def test_what_was_worked_out_is_kept_for_the_next_to_ask(source, monkeypatch):
    first = listed(source, Word.of("rừng"))
    monkeypatch.setattr(listing, "_listed", None)
    assert listed(source, Word.of("rừng")) is first
    assert first.nbytes > 0


def test_a_frequent_part_knows_its_documents_and_a_rare_one_finds_them(index, folder):
    index.put(*(document(f"d{at:03}", "chung" if at else "riêng") for at in range(64)))
    source = Snapshot(folder)
    common, rare = listed(source, Word.of("chung")), listed(source, Word.of("riêng"))
    assert (type(common), type(rare)) == (Frequent, Seldom)
    assert common.within(source.catalogue).sum() == 63
    assert np.flatnonzero(rare.within(source.catalogue)).tolist() == [0]


units = st.lists(st.integers(0, SIZE - 1), unique=True).map(sorted)


@given(units, units, st.booleans())
def test_a_rare_part_has_the_worth_that_a_frequent_one_would_have(having, asked, alike):
    at = np.array(having, np.int32)
    counts = np.arange(1, len(at) + 1, dtype=np.float32)
    everywhere = np.zeros(SIZE, np.uint8)
    everywhere[at] = counts
    lengths = np.linspace(0.3, 3, SIZE, dtype=np.float32)
    weight = Weight(np.float32(1.7), None if alike else lengths)
    line = np.array(asked, np.int64)
    rare = Seldom(at, weight.of(counts, at))
    frequent = Frequent(everywhere, np.zeros(0, np.bool_), weight)
    assert rare.worth_in(line).tolist() == frequent.worth_in(line).tolist()
    assert rare.units.tolist() == frequent.units.tolist()
    assert rare.worth.tolist() == frequent.worth.tolist()


@pytest.mark.parametrize("often", [1, 255, 256, 70_000])
def test_a_part_that_stands_very_often_is_counted_in_full(index, folder, often):
    index.put(document("much", "chung " * often), document("one", "chung"))
    found = listed(Snapshot(folder), Word.of("chung"))
    assert type(found) is Frequent
    assert sorted(found.everywhere[found.units].tolist()) == [1, often]
    much, one = found.worth[np.argsort(-found.everywhere[found.units])].tolist()
    assert (much > one) == (often > 1), "and is worth more than what stands once on a short page"
