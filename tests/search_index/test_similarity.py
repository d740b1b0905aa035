"""What a document is about: its own frequent and telling words, and nothing of other documents."""

from random import Random

import pytest

from search_index import SearchIndex, gist
from search_index.query import Cites, Phrase
from search_index.similarity import NUMBERS, TERMS, joined
from tests.search_index.library import document
from tests.search_index.test_hidden import WORDS, papers

RAIL = (
    "Quản lý kết cấu hạ tầng đường sắt. Đường sắt chuyên dùng nối với đường sắt quốc gia.",
    "Căn cứ Nghị quyết số 31-NQ/TU; đầu máy, toa xe trên đường sắt; căn cứ 31-NQ/TU.",
)


def pairs(about):
    return [part for part in about.query.root.parts if isinstance(part, Phrase)]


def numbers(about):
    return [part.key for part in about.query.root.parts if isinstance(part, Cites)]


def test_the_words_are_those_it_says_often_and_others_seldom():
    about = gist("Quy định về đường sắt", RAIL)
    told = [" ".join(word.fold for word in pair.words) for pair in pairs(about)]
    assert "đường sắt" in about.words[0]
    assert "qui dinh" not in told, "the name of a kind"
    assert "duong sat" in told[:2]


def test_what_is_said_once_is_not_asked_for_unless_the_title_says_it():
    told = [" ".join(word.fold for word in pair.words) for pair in pairs(gist("", RAIL))]
    assert "duong sat" in told
    assert "toa xe" not in told
    titled = [" ".join(w.fold for w in pair.words) for pair in pairs(gist("Toa xe", RAIL))]
    assert "toa xe" in titled


@pytest.mark.parametrize(
    "everywhere", ["kế hoạch", "Tỉnh ủy", "ban thường vụ", "đồng chí", "thực hiện", "nghị quyết"]
)
def test_what_every_paper_says_is_not_asked_for(everywhere):
    assert gist(everywhere, [f"{everywhere}. " * 9]).words == ()


def test_accents_of_a_pair_do_not_matter_and_are_shown_as_written():
    plain = gist("", ["duong sat duong sat"])
    accented = gist("", ["Đường sắt, đường sắt"])
    assert pairs(plain)[0] == pairs(accented)[0]
    assert accented.words[0].startswith("đường sắt")


def test_the_numbers_that_it_cites_and_its_own_are_asked_for():
    about = gist("Kế hoạch đường sắt", RAIL, symbol="77-KH/TU")
    assert numbers(about) == ["77khtu", "31nqtu"]
    assert not any("tu" in word.split() for word in about.words), "a number is no word"
    many = " ".join(f"{number}-NQ/TU" for number in range(1, 40))
    assert len(numbers(gist("đường sắt", [many], symbol="77-KH/TU"))) == NUMBERS


@pytest.mark.parametrize(
    ("title", "texts"),
    [("", []), ("", [""]), ("Một", ["hai"]), ("12/2024", ["1 2 3 1 2 3"]), ("", ["a b a b c d"])],
    ids=str,
)
def test_what_says_too_little_asks_nothing(title, texts):
    about = gist(title, texts)
    assert not about.query
    assert about.words == ()


def test_a_long_document_asks_no_more_than_a_short_one():
    chance = Random(7)
    texts = [" ".join(chance.choices(WORDS, k=400)) for _ in range(60)]
    assert len(pairs(gist("Báo cáo", texts))) == TERMS


def test_the_order_of_equal_words_is_always_the_same():
    texts = ["cầu đường nước hội cầu đường nước hội"]
    assert gist("", texts) == gist("", list(reversed(texts))) == gist("", texts * 1)


def test_runs_of_words_are_shown_as_one():
    assert joined(["tài chính", "chính vi", "vi mô", "đường sắt"]) == (
        "tài chính vi mô",
        "đường sắt",
    )
    assert joined(["vi mô", "chính vi"]) == ("chính vi mô",)
    assert joined(["a b", "b c", "c d", "d e", "e f"]) == ("a b c d e", "e f")
    assert joined([]) == ()


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Sixty visible papers alone, and the same among hidden ones that came and went."""
    folder = tmp_path_factory.mktemp("both")
    visible = papers(Random(1), [f"v{number:03}" for number in range(60)], WORDS)
    hidden = papers(Random(2), [f"h{number:03}" for number in range(90)], WORDS)
    alone, mixed = SearchIndex.open(folder / "alone"), SearchIndex.open(folder / "mixed")
    alone.put(*visible)
    for at in range(0, 60, 12):
        mixed.put(*hidden[at : at + 12], *reversed(visible[at : at + 12]))
    mixed.put(*hidden[60:])
    mixed.remove(*(f"h{number:03}" for number in range(0, 90, 7)))
    return alone, mixed, visible


def test_hidden_papers_change_neither_what_is_alike_nor_its_order_and_scores(both):
    alone, mixed, visible = both
    allowed = {paper.document for paper in visible}
    answered = 0
    for paper in visible:
        about = gist(paper.title, [page.text for page in paper.pages], symbol=paper.symbol)
        asked = {"allowed": allowed, "limit": 12, "among": allowed - {paper.document}}
        answers = [repr(index.search(about.query, **asked).hits) for index in (alone, mixed)]
        assert answers[0] == answers[1], paper.document
        answered += "Hit(" in answers[0]
    assert answered > 50
    everything = mixed.versions()
    seen = {
        hit.document
        for paper in visible[:20]
        for hit in mixed.search(
            gist(paper.title, [page.text for page in paper.pages]).query, allowed=everything
        ).hits
    }
    assert any(name.startswith("h") for name in seen), "they would be found, were they not hidden"


def test_the_paper_itself_is_most_alike(tmp_path):
    index = SearchIndex.open(tmp_path / "index")
    index.put(
        document("rail", *RAIL, title="Quy định về đường sắt"),
        document("other", "Đường sắt qua huyện.", title="Báo cáo giao thông"),
        document("far", "Trồng rừng gỗ lớn.", title="Kế hoạch trồng rừng"),
    )
    about = gist("Quy định về đường sắt", RAIL)
    hits = index.search(about.query, allowed=index.versions()).hits
    assert [hit.document for hit in hits] == ["rail", "other"]
