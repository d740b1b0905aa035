"""What every engine has to do: the right papers first, exact totals, nothing of what is hidden."""

from random import Random

import pytest

from search_index import DocumentEntry, IndexDamaged, PageEntry, SearchIndex, parse
from search_index.on_tantivy import TantivyIndex
from tests.search_index.library import answers, document, found, places
from tests.search_index.test_hidden import SECRET, WORDS, papers, question, told
from tests.search_index.test_party_papers import PAPERS, QUESTIONS, passes
from tests.search_index.test_relevance import DOCUMENTS, FIRST

ENGINES = (SearchIndex, TantivyIndex)
ASKED = 150

pytestmark = pytest.mark.parametrize("kind", ENGINES, ids=["arrays", "tantivy"], scope="module")


@pytest.fixture(scope="module")
def town(kind, tmp_path_factory):
    index = kind.open(tmp_path_factory.mktemp("town") / "index")
    shelf = DOCUMENTS.items()
    index.put(*(document(n, text, symbol=s, title=title) for n, (s, title, text) in shelf))
    return index


@pytest.fixture(scope="module")
def archive(kind, tmp_path_factory):
    index = kind.open(tmp_path_factory.mktemp("party") / "index")
    index.put(
        *(
            document(name, text, symbol=symbol, title=title, issued_on=day)
            for name, (symbol, title, text, day, _) in PAPERS.items()
        )
    )
    return index


@pytest.fixture(scope="module")
def visible():
    return papers(Random(1), [f"v{number:03}" for number in range(40)], WORDS)


@pytest.fixture(scope="module")
def both(kind, tmp_path_factory, visible):
    """The visible papers alone, and among hidden ones that came and went."""
    folder = tmp_path_factory.mktemp("both")
    alone, mixed = kind.open(folder / "alone"), kind.open(folder / "mixed")
    alone.put(*visible)
    hidden = papers(Random(2), [f"h{number:03}" for number in range(40)], [*WORDS, *SECRET * 5])
    mixed.put(*hidden[:20], *reversed(visible))
    mixed.put(*hidden[20:])
    mixed.remove(*(f"h{number:03}" for number in range(0, 40, 7)))
    return alone, mixed


@pytest.fixture
def engine(kind, tmp_path):
    return kind.open(tmp_path / "index")


@pytest.mark.parametrize(("typed", "expected", "why"), FIRST, ids=[row[2] for row in FIRST])
def test_what_was_meant_comes_first(town, typed, expected, why):
    assert found(town, typed)[:1] == [expected], why


def test_of_sixty_party_questions_every_one_finds_its_papers(archive):
    wrong = []
    for typed, expected, _ in QUESTIONS:
        query = parse(typed)
        allowed = [name for name in PAPERS if all(passes(name, each) for each in query.filters)]
        if query:
            results = archive.search(query, allowed=allowed, nearest=True)
            wrong += [typed] * ([hit.document for hit in results.hits][: len(expected)] != expected)
    assert wrong == []


def test_hidden_papers_change_nothing_that_is_told(both, visible):
    chance, allowed = Random(3), {paper.document for paper in visible}
    answered = 0
    for _ in range(ASKED):
        typed = question(chance)
        alone, mixed = (told(index, typed, allowed, limit=20) for index in both)
        assert alone == mixed, typed
        answered += "Hit(" in alone
    assert answered > ASKED / 4


def test_all_that_is_found_is_allowed_and_counted(both, visible):
    allowed = {paper.document for paper in visible[::2]}
    for typed in ("hội nghị", "đất OR rừng", "kế hoạch -tỉnh", '"môi trường"', "hoi*", "số:1"):
        results = both[1].search(parse(typed), allowed=allowed, limit=100)
        assert {hit.document for hit in results.hits} == results.matching <= allowed
        assert results.total == len(results.hits) == results.shown


def test_both_engines_count_the_same(both, visible, tmp_path):
    other = SearchIndex.open(tmp_path / "other")
    other.put(*visible)
    chance = Random(5)
    for _ in range(ASKED):
        typed = question(chance)
        assert answers(both[0], typed).matching == answers(other, typed).matching, typed


def test_the_latest_version_takes_the_place_of_the_others(engine):
    engine.put(document("plan", "đập cũ"), document("noise", "khác"))
    engine.put(document("plan", "cầu mới", version="2"))
    assert engine.versions() == {"plan": "2", "noise": "1"}
    assert (found(engine, "đập"), found(engine, "cầu")) == ([], ["plan"])


def test_what_was_removed_is_gone_and_stays_gone(engine, kind, tmp_path):
    engine.put(document("gone", "đập"), document("noise", "đập"))
    engine.remove("gone", "unknown")
    engine.remove()
    engine.optimise()
    assert found(engine, "đập") == found(kind.open(tmp_path / "index"), "đập") == ["noise"]


def test_nothing_put_and_nothing_kept_is_nothing_found(engine):
    engine.put()
    assert (engine.versions(), answers(engine, "đập").total) == ({}, 0)


def test_the_page_to_open_is_the_one_that_has_all_words(engine):
    engine.put(document("plan", "biển", "núi", "biển và núi"), document("noise", "đồi"))
    assert places(engine, "biển núi") == [("plan", 3)]
    engine.put(DocumentEntry("part", "1", (PageEntry(40, "suối"), PageEntry(12, "hồ"))))
    assert places(engine, "suối") == [("part", 40)]


def test_a_mistyped_word_is_put_right_by_what_is_allowed(engine):
    engine.put(document("plan", "phát triển kinh tế"), document("noise", "họp"))
    assert engine.suggestion("kih tế", allowed=["plan"]) == "kinh tế"
    assert engine.suggestion("kih tế", allowed=["noise"]) is None


def test_a_folder_that_is_no_index_is_damage(kind, tmp_path):
    kind.open(tmp_path / "index").put(document("plan", "đập"))
    for file in (tmp_path / "index").iterdir():
        if file.is_file():
            file.write_bytes(b"broken")
    with pytest.raises(IndexDamaged):
        kind.open(tmp_path / "index")
