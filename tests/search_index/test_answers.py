"""Every answer of the index is the one that reading all documents by hand would give."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_index import SearchIndex
from search_index.query import And, Not, Or, Phrase, Query, Symbol, Word
from tests.search_index.library import document

SYLLABLES = ["cầu", "cau", "đường", "duong", "núi", "nui"]
FOLDED = {"cầu": "cau", "đường": "duong", "núi": "nui"}
SYMBOLS = ["", "3-KL/TU", "30-KL/TU", "3-NQ/TU"]
KEYS = {"": "", "3-KL/TU": "3kltu", "30-KL/TU": "30kltu", "3-NQ/TU": "3nqtu"}


@dataclass(frozen=True)
class Sheet:
    """A document as a person would lay it on a table."""

    name: str
    symbol: str
    title: tuple[str, ...]
    pages: tuple[tuple[str, ...], ...]

    def runs(self):
        numbered = self.symbol.replace("-", " ").replace("/", " ").split()
        return [(*numbered, *self.title), *self.pages]


def plain(words):
    return [FOLDED.get(word, word.lower()) for word in words]


def stands(run, words):
    sought, text = plain(words), plain(run)
    return any(text[at : at + len(sought)] == sought for at in range(len(text)))


def matches(sheet, node):
    match node:
        case Word(exact=_):
            return any(node.fold in plain(run) for run in sheet.runs())
        case Phrase(words):
            return any(stands(run, [word.fold for word in words]) for run in sheet.runs())
        case Symbol(key):
            return bool(KEYS[sheet.symbol]) and KEYS[sheet.symbol].startswith(key)
        case And(parts):
            return all(matches(sheet, part) for part in parts)
        case Or(parts):
            return any(matches(sheet, part) for part in parts)
        case Not(part):
            return not matches(sheet, part)


def matches_by_itself(run, head, node):
    """Tell whether one page has what is asked, with the words of the title as its own."""
    return matches(Sheet("", "", (), (run, head)), node)


texts = st.lists(st.sampled_from(SYLLABLES), max_size=6).map(tuple)
words = st.sampled_from(SYLLABLES).map(Word.of)
phrases = st.lists(words, min_size=2, max_size=4).map(lambda some: Phrase(tuple(some)))
symbols = st.sampled_from(["3", "3kl", "3kltu", "30kltu", "9"]).map(Symbol)
leaves = words | phrases | symbols
nodes = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: And(tuple(parts)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: Or(tuple(parts)))
        | inner.map(Not)
    ),
    max_leaves=6,
)


def sheets(random):
    """Forty documents of up to four short pages, the same in every run."""
    made = []
    for number in range(40):
        pages = tuple(
            tuple(random.choices(SYLLABLES, k=random.randint(0, 7)))
            for _ in range(random.randint(0, 4))
        )
        title = tuple(random.choices(SYLLABLES, k=random.randint(0, 2)))
        made.append(Sheet(f"d{number:02}", random.choice(SYMBOLS), title, pages))
    return made


@pytest.fixture(scope="module")
def table():
    from random import Random

    return sheets(Random(7))


@pytest.fixture(scope="module")
def shelf(table, tmp_path_factory):
    """The sheets in several segments, with older versions of some deleted on the way."""
    index = SearchIndex.open(tmp_path_factory.mktemp("shelf") / "index")
    index.put(*(document(sheet.name, "cầu đường núi", title="bản cũ") for sheet in table[::3]))
    index.put(document("withdrawn", "cầu cau đường duong núi nui", symbol="3-KL/TU"))
    for at in range(0, len(table), 7):
        index.put(
            *(
                document(
                    sheet.name,
                    *map(" ".join, sheet.pages),
                    title=" ".join(sheet.title),
                    symbol=sheet.symbol,
                )
                for sheet in table[at : at + 7]
            )
        )
    index.remove("withdrawn")
    return index


allowed_names = st.sets(st.sampled_from([f"d{number:02}" for number in range(40)] + ["withdrawn"]))


@given(nodes, allowed_names)
@settings(deadline=None)
def test_a_question_has_the_answers_that_reading_everything_gives(shelf, table, node, allowed):
    expected = {sheet.name for sheet in table if sheet.name in allowed and matches(sheet, node)}
    results = shelf.search(Query(node), allowed=allowed, limit=100)
    assert {hit.document for hit in results.hits} == expected
    assert results.total == len(results.hits) == len(expected)


@given(st.lists(words, min_size=1, max_size=3).map(lambda some: And(tuple(some))))
@settings(deadline=None)
def test_the_page_of_a_hit_has_all_words_where_any_page_has(shelf, table, node):
    known = {sheet.name: sheet for sheet in table}
    for hit in shelf.search(Query(node), allowed=known, limit=100).hits:
        head, *pages = known[hit.document].runs()
        whole = [at for at, page in enumerate(pages, 1) if matches_by_itself(page, head, node)]
        in_the_head = matches_by_itself(head, head, node)
        assert not whole or hit.page in whole or (in_the_head and hit.page == 1)


@given(phrases)
@settings(deadline=None)
def test_a_phrase_opens_at_a_page_where_it_stands(shelf, table, phrase):
    known = {sheet.name: sheet for sheet in table}
    for hit in shelf.search(Query(phrase), allowed=known, limit=100).hits:
        head, *pages = known[hit.document].runs()
        sought = [word.fold for word in phrase.words]
        assert stands(head, sought) or stands(pages[hit.page - 1], sought)


@given(nodes, allowed_names)
@settings(deadline=None)
def test_hidden_documents_change_neither_order_nor_scores(shelf, table, alone, node, allowed):
    seen = shelf.search(Query(node), allowed=allowed & VISIBLE, limit=100)
    assert seen == alone.search(Query(node), allowed=allowed, limit=100)


VISIBLE = {f"d{number:02}" for number in range(0, 40, 2)}


@pytest.fixture(scope="module")
def alone(table, tmp_path_factory):
    """An index that never had the odd documents, written in another order."""
    index = SearchIndex.open(tmp_path_factory.mktemp("alone") / "index")
    index.put(
        *(
            document(
                sheet.name,
                *map(" ".join, sheet.pages),
                title=" ".join(sheet.title),
                symbol=sheet.symbol,
            )
            for sheet in reversed(table)
            if sheet.name in VISIBLE
        )
    )
    return index


def test_the_table_has_what_the_questions_are_about(table):
    assert {sheet.symbol for sheet in table} == set(SYMBOLS)
    assert any(not sheet.pages for sheet in table)
    assert any(() in sheet.pages for sheet in table)
    assert any(not sheet.title for sheet in table)
