"""Whoosh, asked in its own words, finds the units that the tree describes."""

import pytest
from whoosh.index import FileIndex
from whoosh.query import NullQuery, NumericRange
from whoosh.searching import Searcher

from search_index import SearchIndex, parse
from search_index.language.whoosh_tree import tree
from search_index.query import NOTHING, Accented, Issued, Not, Query, Word, as_typed, evaluate
from search_index.view import View
from search_index.writing import Storage
from tests.search_index.library import document

TEXTS = [
    "đất ở và giá đất",
    "dát vàng, giá vàng",
    "chuyển đổi số theo Kết luận số 43-KL/TU",
    "số người chuyển đi, đổi mới",
    "họp không giấy",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tree") / "index"
    SearchIndex.open(folder).put(
        *(document(f"d{at}", text, symbol=f"4{at}-KL/TU") for at, text in enumerate(TEXTS))
    )
    return folder


QUESTIONS = [
    "đất",
    "giá đất",
    "giá -đất",
    '"chuyển đổi số"',
    '"giá đất"',
    "đất OR giấy",
    "số:43-KL/TU",
    "43-KL/TU",
    "chuy* số",
    "-đất",
    "-đất -giấy",
    "xyz",
    "nghij",
]


@pytest.mark.parametrize("typed", QUESTIONS)
@pytest.mark.parametrize("strict", [False, True])
def test_both_find_the_same_units(folder, typed, strict):
    root = parse(typed).root
    node = as_typed(root) if strict else root
    index = SearchIndex(folder)
    view = View(index._snapshot, index.versions())

    def mask(leaf):
        units = set(view.occurrences(leaf).units.tolist())
        return Units(units, len(view.catalogue.page))

    with FileIndex(Storage(folder)).reader() as reader:
        found = set(Searcher(reader).docs_for_query(tree(node)))
    assert found == evaluate(node, mask).units


class Units:
    """Hold some of so many units."""

    def __init__(self, units, count):
        self.units, self.count = units, count

    def __and__(self, other):
        return Units(self.units & other.units, self.count)

    def __or__(self, other):
        return Units(self.units | other.units, self.count)

    def __invert__(self):
        return Units(set(range(self.count)) - self.units, self.count)


def test_a_day_is_a_range_and_accents_are_terms():
    assert tree(Issued(20240101, 20241231)) == NumericRange("issued_on", 20240101, 20241231)
    assert tree(NOTHING) == NullQuery
    word = Word.of("đất")
    assert tree(Accented(word.exact)).text == word.exact
    assert tree(Query(Not(word)).root).query.text == "dat"
