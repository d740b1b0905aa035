"""The arrays answer as Whoosh itself does, document for document and score for score."""

from collections import defaultdict
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.writing import SegmentWriter

from search_index.arrays.statistics import Measured
from tests.search_index.arrays import shelves
from tests.search_index.arrays.shelves import COMMON, SELDOM, ask

QUESTIONS = 200
SEGMENTS = (130, 70, 1, 40)
ROUNDING = 1e-4


@pytest.fixture(scope="module")
def rows():
    random = Random(5)
    made, first = [], 0
    for size in SEGMENTS:
        made.append(shelves.rows(random, size, first))
        first += size
    return made


@pytest.fixture(scope="module")
def both(rows, tmp_path_factory):
    """The same documents twice, some of them deleted."""
    folder = tmp_path_factory.mktemp("both")
    ours = shelves.arrays(folder / "arrays", *rows)
    theirs = shelves.stock(folder / "stock", *rows)
    gone = ["d0003", "d0050", "d0140", "d0201"]
    shelves.remove(ours, *gone)
    shelves.remove(theirs, *gone, writer=SegmentWriter)
    return ours, theirs


def expected(index, asked):
    """What Whoosh's own matchers and scorers say: id to score."""
    with index.searcher() as searcher:
        results = searcher.search(asked, limit=None, optimize=False)
        return {f"d{hit['head']:04}": hit.score for hit in results}


def same(both, asked, *, scored=True):
    ours, theirs = both
    found = ask(ours, asked, statistics=Measured)
    wanted = expected(theirs, asked)
    assert found.total == len(wanted)
    scores = {item.name: item.score for item in found.items}
    assert scores.keys() == wanted.keys()
    assert not scored or scores == pytest.approx(wanted, rel=ROUNDING)
    order = [item.score for item in found.items]
    assert order == sorted(order, reverse=True)
    return found.total


def word(random):
    return random.choice(COMMON if random.random() < 0.7 else SELDOM)


def term(random):
    return query.Term("words", word(random))


def conjunction(random):
    return query.And([term(random) for _ in range(random.randint(2, 4))])


def phrase(random):
    return query.Phrase("words", [random.choice(COMMON) for _ in range(random.randint(2, 4))])


KINDS = {
    "a word": term,
    "several words": conjunction,
    "either word": lambda r: query.Or([term(r), term(r), conjunction(r)]),
    "a phrase": phrase,
    "a beginning": lambda r: query.Prefix("words", word(r)[: r.randint(1, 4)]),
    "a key": lambda r: query.Term("kind", r.choice(["bc", "kl", "nq", "zz"])),
    "a word refused": lambda r: query.And([term(r), query.Not(term(r))]),
    "one of the seldom ones": lambda r: query.Term("words", r.choice(SELDOM)),
    "one, better with another": lambda r: query.AndMaybe(term(r), term(r)),
    "a pair": lambda r: query.Term("pairs", "_".join(r.choices(COMMON, k=2))),
    "the group and a word": lambda r: query.And([term(r), query.Term("group", r.choice("1234"))]),
    "a weighted word": lambda r: query.Term("words", word(r), boost=2.5),
    "weighted words": lambda r: query.And([term(r), term(r)], boost=0.5),
    "a fixed score": lambda r: query.ConstantScoreQuery(conjunction(r), score=7.0),
    "days, which no array knows": lambda _: query.NumericRange("day", 20240101, 20240501),
    "words and days": lambda r: query.And([term(r), query.NumericRange("day", 1, 20240501)]),
    "a pattern, which no array knows": lambda r: query.Wildcard("words", word(r)[:2] + "*n*"),
    "everything": lambda _: query.Every(),
    "nothing": lambda _: query.NullQuery,
    "a phrase with room": lambda r: query.Phrase("words", r.sample(COMMON, 2), slop=3),
}


@pytest.mark.parametrize("kind", KINDS)
def test_totals_scores_and_order_are_those_of_whoosh(both, kind):
    random = Random(kind)
    scored = kind != "a beginning"  # a score that counts the keys of all documents would tell
    asked = [KINDS[kind](random) for _ in range(QUESTIONS // len(KINDS))]
    answered = sum(same(both, each, scored=scored) for each in asked)
    assert answered > 0 or kind == "nothing"


@pytest.fixture(scope="module")
def having(rows):
    """The words of each document that was not deleted."""
    gone = {"d0003", "d0050", "d0140", "d0201"}
    every = {row["id"][0]: set(row["words"]) for batch in rows for row in batch}
    return {name: words for name, words in every.items() if name not in gone}


@pytest.mark.parametrize("seed", range(8))
def test_what_whoosh_gets_wrong_is_as_counting_by_hand_gives(both, having, seed):
    """AndNot, Require and DisjunctionMax of Whoosh 2.7.4 mix up documents of its two matchers."""
    random = Random(seed)
    one, other = term(random), term(random)
    ours, _ = both

    def scores(asked):
        return {item.name: item.score for item in ask(ours, asked, statistics=Measured).items}

    first, second = scores(one), scores(other)
    assert first.keys() == {name for name, words in having.items() if one.text in words}
    left = {name: score for name, score in first.items() if name not in second}
    shared = {name: score for name, score in first.items() if name in second}
    assert scores(query.AndNot(one, other)) == left
    assert scores(query.Require(one, other)) == shared
    names = first.keys() | second.keys()
    assert scores(query.DisjunctionMax([one, other])) == pytest.approx(
        {name: max(first.get(name, 0), second.get(name, 0)) for name in names}
    )


def test_there_are_two_hundred_questions():
    assert QUESTIONS // len(KINDS) * len(KINDS) == QUESTIONS == 200


@pytest.mark.parametrize("kind", KINDS)
def test_merging_changes_no_answer(rows, tmp_path, kind):
    random = Random(kind)
    index = shelves.arrays(tmp_path / "index", *rows)
    shelves.remove(index, "d0003", "d0050")
    asked = [KINDS[kind](random) for _ in range(4)]
    before = [ask(index, each).items for each in asked]
    shelves.merge(index)
    after = [ask(index, each).items for each in asked]
    plain = [[(item.name, item.date) for item in answer] for answer in (*before, *after)]
    assert plain[:4] == plain[4:]
    assert [len(answer) for answer in before] == [len(answer) for answer in after]


leaves = st.sampled_from([*COMMON[:6], *SELDOM[:6]]).map(lambda text: query.Term("words", text))
phrases = st.lists(st.sampled_from(COMMON[:4]), min_size=2, max_size=4).map(
    lambda words: query.Phrase("words", words)
)
kinds = st.sampled_from(["bc", "kl", "nq"]).map(lambda text: query.Term("kind", text))
trees = st.recursive(
    leaves | phrases | kinds,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(query.And)
        | st.lists(inner, min_size=1, max_size=3).map(query.Or)
        | st.tuples(inner, inner).map(lambda two: query.AndMaybe(*two))
        | st.tuples(inner, inner).map(lambda two: query.And([two[0], query.Not(two[1])]))
    ),
    max_leaves=7,
)


@given(trees)
@settings(deadline=None, max_examples=150)
def test_trees_of_any_shape_match_as_in_whoosh(both, tree):
    ours, theirs = both
    found = ask(ours, tree, statistics=Measured)
    with theirs.searcher() as searcher:
        matching = {f"d{hit['head']:04}" for hit in searcher.search(tree, limit=None)}
    assert {item.name for item in found.items} == matching
    assert found.total == len(matching)


@given(st.integers(0, 10_000), st.integers(1, 4), st.booleans())
@settings(deadline=None, max_examples=25)
def test_random_documents_have_the_lists_that_counting_by_hand_gives(
    tmp_path_factory, seed, segments, merged
):
    random = Random(seed)
    made = [shelves.rows(random, random.randint(1, 30), 100 * at) for at in range(segments)]
    index = shelves.arrays(tmp_path_factory.mktemp("by_hand") / "index", *made)
    gone = {row["id"][0] for batch in made for row in batch if random.random() < 0.2}
    shelves.remove(index, *gone)
    if merged:
        shelves.merge(index)
    having, neighbours = defaultdict(set), defaultdict(set)
    for row in (row for batch in made for row in batch if row["id"][0] not in gone):
        for text in row["words"]:
            having[text].add(row["id"][0])
        for two in zip(row["words"], row["words"][1:], strict=False):
            neighbours[two].add(row["id"][0])
    for text in [*COMMON, *SELDOM]:
        assert set(shelves.names(index, query.Term("words", text))) == having[text]
    for two in [(a, b) for a in COMMON[:4] for b in COMMON[:4]]:
        assert set(shelves.names(index, query.Phrase("words", list(two)))) == neighbours[two]
        assert set(shelves.names(index, query.Term("pairs", "_".join(two)))) == neighbours[two]
