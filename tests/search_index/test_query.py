"""The tree of a question, without any engine: its leaves are sets of letters here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.query import (
    NOTHING,
    Accented,
    And,
    Cites,
    Not,
    Or,
    OrElse,
    Phrase,
    Query,
    Symbol,
    Word,
    as_typed,
    combine,
    evaluate,
    neighbours,
    settle,
    wanted,
)


class Letters:
    """Some of the letters a, b and c, with the operators of a mask."""

    def __init__(self, letters):
        self.letters = frozenset(letters)

    def __and__(self, other):
        return Letters(self.letters & other.letters)

    def __or__(self, other):
        return Letters(self.letters | other.letters)

    def __invert__(self):
        return Letters(frozenset("abc") - self.letters)


def word(text):
    return Word.of(text)


AB, BC, NONE = word("ab"), word("bc"), word("x")
PAIR = Phrase((AB, BC))


def value(node):
    return evaluate(node, lambda leaf: Letters(set(leaf.fold) & set("abc"))).letters


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (AB, "ab"),
        (And((AB, BC)), "b"),
        (Or((AB, BC)), "abc"),
        (Not(AB), "c"),
        (And((AB, Not(BC))), "a"),
        (Or((And((AB, BC)), Not(Or((AB, BC))))), "b"),
        (And((Or((AB, NONE)), Or((BC, NONE)))), "b"),
    ],
)
def test_a_tree_has_the_value_that_its_words_have_together(node, expected):
    assert value(node) == frozenset(expected)


words = st.sampled_from([AB, BC, NONE, word("a"), word("ca")])
trees = st.recursive(
    words,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: And(tuple(parts)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: Or(tuple(parts)))
        | inner.map(Not)
    ),
)


@given(st.lists(trees, min_size=1, max_size=4))
def test_no_part_has_what_all_are_refused(parts):
    either = value(Or(tuple(parts)))
    neither = value(And(tuple(Not(part) for part in parts)))
    assert either | neither == frozenset("abc")
    assert not either & neither


@given(trees)
def test_a_tree_without_doubt_is_settled_as_it_is(tree):
    assert settle(tree, lambda _: False) == tree


@given(trees)
def test_without_accents_the_stricter_question_is_the_question(tree):
    assert as_typed(tree) == tree


@given(trees)
def test_what_is_wanted_is_never_refused(tree):
    assert list(wanted(Not(tree))) == []
    assert set(wanted(And((AB, Not(tree))))) == {AB}


def test_doubt_is_settled_wherever_it_stands():
    doubt = OrElse(word("nghij"), word("nghị"))
    for settled, occurs in ((doubt.typed, True), (doubt.meant, False)):
        tree = And((AB, Or((doubt, BC)), Not(doubt)))
        expected = And((AB, Or((settled, BC)), Not(settled)))
        assert settle(tree, lambda _, answer=occurs: answer) == expected


def test_doubt_that_nobody_settled_means_what_was_typed():
    assert value(OrElse(AB, BC)) == frozenset("ab")


def test_both_readings_of_a_doubt_are_wanted_on_a_page():
    assert list(wanted(OrElse(AB, BC))) == [AB, BC]


def test_every_kind_of_leaf_is_wanted_in_its_order():
    leaves = [AB, Accented("đất"), PAIR, Symbol("3kltu"), Cites("3kltu")]
    assert list(wanted(And(tuple(leaves)))) == leaves


def test_accents_are_asked_for_in_the_wanted_and_not_in_the_refused():
    land = word("đất")
    tree = And((land, Or((word("giá"), AB)), Not(land), Symbol("3")))
    strict = And(
        (Accented(land.exact), Or((Accented(word("giá").exact), AB)), Not(land), Symbol("3"))
    )
    assert as_typed(tree) == strict


@pytest.mark.parametrize(
    ("node", "pairs"),
    [
        (AB, []),
        (And((AB, BC)), [PAIR]),
        (And((AB, BC, NONE)), [PAIR, Phrase((BC, NONE))]),
        (And((AB, Symbol("3"), BC)), []),
        (And((AB, Not(BC))), []),
        (Or((AB, BC)), []),
        (Or((And((AB, BC)), NONE)), [PAIR]),
        (And((NONE, Or((And((AB, BC)), AB)))), [Phrase((NONE, AB)), PAIR]),
        (And((Or((And((AB, BC)), NONE)), AB)), [Phrase((BC, AB)), PAIR]),
        (And((Or((Symbol("3"), AB)), BC)), []),
        (Not(And((AB, BC))), []),
        (Phrase((AB, BC)), []),
    ],
)
def test_only_words_typed_side_by_side_are_neighbours(node, pairs):
    assert list(neighbours(node)) == pairs


def test_one_part_needs_no_roof():
    assert combine([AB], And) == combine([AB], Or) == AB
    assert combine([AB, BC], Or) == Or((AB, BC))


def test_a_question_about_nothing_is_false():
    assert not Query(NOTHING)
    assert Query(AB)
    assert Query(Not(AB))


@pytest.mark.parametrize(
    ("text", "accented"),
    [("đất", True), ("dat", False), ("đ", True), ("436", False), ("hoà", True)],
)
def test_a_word_knows_whether_it_was_typed_with_accents(text, accented):
    assert word(text).accented is accented


def test_questions_that_say_the_same_are_equal_and_may_be_keys():
    left, right = Query(And((word("HÒA"), AB))), Query(And((word("hoà"), AB)))
    assert left == right
    assert len({left, right}) == 1
