"""Sets in two forms, combined; what a segment keeps of its lists."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query

from search_index.arrays.cache import Cache
from search_index.arrays.evaluation import Evaluation, intersect, is_mask
from search_index.arrays.segment import Frequent, Segment, Seldom
from search_index.arrays.statistics import Fixed, Measured
from tests.search_index.arrays import shelves

SIZE = 12
sets = st.sets(st.integers(0, SIZE - 1))


def as_mask(numbers):
    mask = np.zeros(SIZE, np.bool_)
    mask[list(numbers)] = True
    return mask


def as_numbers(numbers):
    return np.array(sorted(numbers), np.int64)


def read(found):
    return set((np.flatnonzero(found) if is_mask(found) else found).tolist())


@given(sets, sets, st.sampled_from([as_mask, as_numbers]), st.sampled_from([as_mask, as_numbers]))
def test_an_intersection_is_the_same_in_every_form(one, other, form, another):
    assert read(intersect(form(one), another(other))) == one & other


@given(sets, sets)
def test_few_with_many_are_few(one, other):
    assert not is_mask(intersect(as_numbers(one), as_mask(other)))
    assert is_mask(intersect(as_mask(one), as_mask(other)))


@pytest.fixture(scope="module")
def rows():
    return shelves.rows(Random(21), 200)


@pytest.fixture(scope="module")
def reader(rows, tmp_path_factory):
    index = shelves.arrays(tmp_path_factory.mktemp("evaluation") / "index", rows)
    with index.reader() as opened:
        yield opened


@pytest.fixture
def segment(reader):
    return Segment(reader, Cache())


def counted(rows, word):
    return {at: row["words"].count(word) for at, row in enumerate(rows) if word in row["words"]}


def test_a_common_word_is_kept_as_a_count_for_every_document(segment, rows):
    found = segment.list_of("words", b"ban")
    assert isinstance(found, Frequent)
    assert {at: int(found.counts[at]) for at in np.flatnonzero(found.counts)} == counted(
        rows, "ban"
    )
    assert found.nbytes == len(rows)


def test_a_seldom_word_is_kept_as_the_documents_that_have_it(segment, rows):
    seldom = min(shelves.SELDOM, key=lambda word: len(counted(rows, word)) or 99)
    found = segment.list_of("words", seldom.encode())
    assert isinstance(found, Seldom)
    having = dict(zip(found.docs.tolist(), found.counts.tolist(), strict=True))
    assert having == counted(rows, seldom)
    assert found.nbytes > 0


@pytest.mark.parametrize("field", ["words", "pairs", "kind", "nowhere"])
def test_a_key_without_a_list_has_none(segment, field):
    assert segment.list_of(field, b"khong") is None
    assert segment.places(field, b"khong") is None
    assert not segment.beginning(field, b"khong").any()


def test_places_are_those_of_the_words(segment, rows):
    found = segment.places("words", b"xa")
    for at, doc in enumerate(found.docs.tolist()):
        begin, end = found.begins[at : at + 2]
        words = rows[doc]["words"]
        expected = [place for place, word in enumerate(words) if word == "xa"]
        assert found.places[begin:end].tolist() == expected
    assert found.nbytes > 0


@pytest.mark.parametrize("field", ["kind", "id"])
@pytest.mark.parametrize("form", ["mask", "numbers"])
def test_shares_are_counted_alike_in_every_form(segment, rows, field, form):
    chosen = [at for at in range(len(rows)) if at % 3]
    mask = np.zeros(len(rows), np.bool_)
    mask[chosen] = True
    shares = segment.shares(field, mask if form == "mask" else np.array(chosen))
    keys = [key.decode() for key in segment.fields[field].texts()]
    told = dict(zip(keys, shares.tolist(), strict=True))
    assert told == {key: sum(rows[at][field] == [key] for at in chosen) for key in keys}


def test_dates_are_those_of_the_column_or_nought(segment, rows):
    assert segment.dates("day").tolist() == [row["day"] for row in rows]
    assert set(segment.dates(None).tolist()) == {0}


def test_nothing_deleted_is_no_set_at_all(segment):
    assert segment.living() is None


def test_a_named_set_is_made_once(segment):
    made = []

    def make():
        made.append(1)
        return np.ones(3, np.bool_)

    assert segment.mask("mine", make) is segment.mask("mine", make)
    assert made == [1]


def test_scores_of_some_are_those_of_all_at_their_places(reader, segment):
    chosen = np.array([3, 50, 51, 160])
    for asked in (
        query.Term("words", "ban"),
        query.Term("words", "ten3"),
        query.And([query.Term("words", "ban"), query.Term("words", "ten7")]),
        query.Or([query.Term("words", "xa"), query.Phrase("words", ["ban", "xa"])]),
        query.DisjunctionMax([query.Term("words", "xa"), query.Term("words", "ten1")]),
        query.Term("kind", "kl"),
    ):
        evaluation = Evaluation(segment, Fixed(), None)
        every, some = evaluation.scores(asked, None), evaluation.scores(asked, chosen)
        assert np.allclose(np.broadcast_to(every, segment.size)[chosen], some)


def test_fixed_statistics_know_nothing_of_the_index(reader):
    fixed = Fixed()
    assert fixed.rarity("words", b"cua") < fixed.rarity("words", b"khongco")
    assert fixed.mean_length("words") > fixed.mean_length("title") > 0
    assert not fixed.of_whoosh


def test_measured_statistics_are_those_of_whoosh(reader, rows):
    from whoosh.searching import Searcher

    searcher = Searcher(reader)
    measured = Measured(searcher)
    mean = sum(len(row["words"]) for row in rows) / len(rows)
    assert measured.rarity("words", b"ban") == searcher.idf("words", "ban")
    assert measured.mean_length("words") == pytest.approx(mean)
    assert measured.mean_length("kind") == 1.0
    assert measured.of_whoosh
